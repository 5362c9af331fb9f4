"""Each ``config/sites/*.yml`` is a spider."""

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Self

from scrapy import Request, Spider
from scrapy.settings import BaseSettings
from scrapy.utils.httpobj import urlparse_cached

from crawlers.site import Site
from crawlers.sitefile import load_sites
from crawlers.spider import SiteSpider


def sites_folder(settings: BaseSettings) -> Path:
    """Where the site files are."""
    return Path(settings["BAOWATCH_CONFIG"]) / "sites"


def spider_class(site: Site, known: Mapping[str, Site]) -> type[SiteSpider]:
    """The spider of one site; ``known`` are all that are configured, by name."""
    told = {"name": site.name, "site": site, "sites": known}
    return type(f"{site.name}_spider", (SiteSpider,), told)


class SiteLoader:
    """SPIDER_LOADER_CLASS. A broken file stops its own site and is named on stderr."""

    def __init__(self, folder: Path) -> None:
        sites, errors = load_sites(folder)
        known = {site.name: site for site in sites}
        self._spiders = {name: spider_class(site, known) for name, site in known.items()}
        for error in errors:
            sys.stderr.write(f"baowatch: warning: {error}\n")

    @classmethod
    def from_settings(cls, settings: BaseSettings) -> Self:
        return cls(sites_folder(settings))

    def load(self, spider_name: str) -> type[Spider]:
        """Raises KeyError."""
        return self._spiders[spider_name]

    def list(self) -> list[str]:
        return [*self._spiders]

    def find_by_request(self, request: Request) -> Sequence[str]:
        host = urlparse_cached(request).hostname
        return [name for name, spider in self._spiders.items() if host in spider.site.all_hosts]
