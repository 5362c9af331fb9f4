"""One page of a configured site, fetched by the one engine and kept in no store."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

from crawlers.discovery import site_address
from crawlers.page import Page, Validators
from crawlers.site import Site
from monitor.probing import ProbeOrder, probe_site
from monitor.project import Project

NO_ENVIRONMENT: Final[Mapping[str, str]] = MappingProxyType({})


class NotFetched(Exception):
    """A page could not be had; the message says why."""


async def fetch_page(
    project: Project,
    site: Site,
    url: str,
    folder: Path,
    environment: Mapping[str, str] = NO_ENVIRONMENT,
) -> Page:
    """The page at ``url`` with status 200; ``folder`` takes it as it came.

    Raises NotFetched and StoreError.
    """
    address = site_address(url, site, base=site.home)
    if address is None:
        raise NotFetched(f"{url} is no address of {site.name}")
    order = ProbeOrder(site=site, urls=(address,), folder=folder, environment=environment)
    probe = await probe_site(project, order)
    answer = next(iter(probe.articles), None)
    if answer is None:
        raise NotFetched(f"{url}: {probe.problem or 'no answer'}")
    if answer.status != 200 or not answer.saved:
        raise NotFetched(f"{url}: {answer.reason or answer.kind}")
    return Page(
        site=site.name,
        url=answer.url,
        final_url=answer.final_url,
        status=answer.status,
        fetched_at=probe.began_at,
        body=(folder / answer.saved).read_bytes(),
        content_type=answer.content_type,
        validators=Validators(),
    )
