"""``baowatch record``: a live page becomes a test case."""

import asyncio
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from crawlers.site import Site
from monitor.cli.options import StoreOption, check_site, current_time, refused, told_sites
from monitor.fetching import NotFetched, fetch_page
from monitor.project import Project, find_project
from monitor.recording import Case, RecordError, case_of, check_name, write_case
from monitor.render.text import safe
from monitor.saved import SavedPageError, site_for
from pipelines.reading import read

CASES = Path("tests/pages")


def record(
    url: Annotated[str, typer.Argument(help="The address of an article or a listing.")],
    site: Annotated[
        str | None, typer.Option("--site", help="Whose it is. Default: the site with the host.")
    ] = None,
    name: Annotated[
        str | None, typer.Option("--name", help="The case's name. Default: by the address.")
    ] = None,
    into: Annotated[
        Path | None,
        typer.Option(help="Where cases stand: FOLDER/SITE/NAME. Default: tests/pages."),
    ] = None,
    store: StoreOption = None,
) -> None:
    """Fetch one page as a crawl would, and keep it with what is read of it as a test case.

    ``expected.yml`` is what is read today: compare it with the page. Nothing is written over.
    Exit status: 0 when the case was written, 1 when the page could not be had or tells
    nothing, 2 for wrong input.
    """
    project = find_project(store)
    known = told_sites(project)
    check_site(site, known)
    try:
        owner = site_for(url, name=site, sites=known)
        if name is not None:
            check_name(name)
    except (SavedPageError, RecordError) as error:
        raise refused(safe(str(error))) from error
    if owner.name not in known:
        raise refused(f"no site has the host of {safe(url)}. Run baowatch add first.")
    try:
        case = _case(project, owner, url, name)
        folder = write_case(case, into or project.folder / CASES)
    except (NotFetched, RecordError) as error:
        typer.echo(f"baowatch: {safe(str(error))}", err=True)
        raise typer.Exit(1) from error
    typer.echo(f"{folder}: {case.kind}. Compare expected.yml with the page.")


def _case(project: Project, site: Site, url: str, name: str | None) -> Case:
    """The page as a case. Raises NotFetched and RecordError."""
    with TemporaryDirectory(prefix="baowatch-") as scratch:
        page = asyncio.run(fetch_page(project, site, url, Path(scratch)))
    return case_of(page, read(page, site), site, name=name, day=current_time().date())
