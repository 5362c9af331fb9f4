"""``baowatch crawl``: crawl sites side by side and say in a line each how it went."""

import asyncio
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated

import typer

from crawlers.arguments import ArgumentError, warc_folder
from crawlers.site import Site
from crawlers.sitefile import SiteError
from monitor.cli.options import StoreOption, refused
from monitor.crawl import CrawlOrder, CrawlResult, run_crawls
from monitor.project import Project, find_project
from monitor.schedulefile import NAME, load_schedule, unverified_of
from pipelines.store.opening import open_store


def crawl(
    sites: Annotated[
        list[str] | None,
        typer.Argument(help="Sites; none means all but those that wait to be verified."),
    ] = None,
    argument: Annotated[
        list[str] | None,
        typer.Option("-a", help="A spider argument: recheck=all, limit=5, since=2026-01-01 …"),
    ] = None,
    side_by_side: Annotated[
        int, typer.Option("--side-by-side", "-n", min=1, help="Sites crawled at the same time.")
    ] = os.cpu_count() or 2,
    warc: Annotated[
        Path | None,
        typer.Option(help="A folder: each run archives there what is new or may have changed."),
    ] = None,
    store: StoreOption = None,
) -> None:
    """Crawl sites, each in a process of its own, and record what is new or changed.

    Exit status: 0 when every crawl ended well, 1 when one did not, 2 for wrong input.
    """
    project = find_project(store)
    known, errors = project.sites()
    for error in errors:
        typer.echo(f"baowatch: {error}", err=True)
    unknown = [name for name in sites or () if name not in known]
    if unknown:
        raise typer.BadParameter(
            f"unknown site {unknown[0]!r}; known are {', '.join(sorted(known))}"
        )
    arguments = dict(_pair(pair) for pair in argument or ())
    if warc is not None:
        arguments["warc"] = _folder(warc)
    names = sites or _unnamed(project, known, errors)
    open_store(project.store).close()
    orders = [CrawlOrder(site=name, arguments=arguments) for name in names]
    results = asyncio.run(run_crawls(project, orders, side_by_side=side_by_side))
    for result in results:
        typer.echo(summary(result))
        for line in result.messages:
            typer.echo(f"  {line}", err=True)
    if errors or not all(result.succeeded for result in results):
        raise typer.Exit(1)


def summary(result: CrawlResult) -> str:
    """One line on a crawl."""
    run = result.run
    if run is None:
        return f"{result.site}: did not begin"
    return (
        f"{result.site}: {run['reason'] or 'died'}; {run['requests']} requests, "
        f"{run['pages']} pages, {run['versions_added']} versions added, "
        f"{run['failures']} failures"
    )


def _unnamed(project: Project, known: Mapping[str, Site], errors: Sequence[SiteError]) -> list[str]:
    """The sites to crawl when none is named; says which are left out, as the daemon leaves them."""
    path = project.config / NAME
    if not path.is_file():
        return sorted(known)
    broken = [error.path.stem for error in errors]
    waiting = load_schedule(
        path, known, unverified=unverified_of(known), broken=broken, archives=False
    ).waiting
    left_out = (
        f"{', '.join(waiting)} (unverified, and not named in {NAME}); name a site to crawl it"
    )
    if waiting and len(waiting) == len(known):
        raise refused(f"nothing to crawl but {left_out}")
    if waiting:
        typer.echo(f"baowatch: left out: {left_out}", err=True)
    return sorted({*known}.difference(waiting))


def _folder(warc: Path) -> str:
    try:
        return str(warc_folder(str(warc)))
    except ArgumentError as error:
        raise refused(str(error)) from None


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise typer.BadParameter(f"-a {text}: write it as name=value")
    return name, value
