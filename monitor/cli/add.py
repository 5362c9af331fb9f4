"""``baowatch add``: look at a live portal and propose its site file."""

import asyncio
import os
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from crawlers.platformfile import Platform, PlatformError, load_platform
from crawlers.site import Site
from crawlers.sitefile import SITE_NAME, SiteError, load_site
from monitor.adding.composing import propose
from monitor.adding.looking import Looked, NothingFound, look
from monitor.adding.naming import home_of, owner, site_name
from monitor.adding.proposal import host_of
from monitor.adding.writing import site_file
from monitor.cli.options import StoreOption, current_time, refused, told_sites
from monitor.cli.record import CASES
from monitor.fetching import NO_ENVIRONMENT
from monitor.project import Project, find_project
from monitor.recording import RecordError, case_of, write_case
from monitor.render.text import safe
from monitor.whole import write_whole
from pipelines.reading import read


def add(
    url: Annotated[str, typer.Argument(help="The portal's front page, a section or an article.")],
    name: Annotated[
        str | None, typer.Option("--name", help="The site's name. Default: the host's own label.")
    ] = None,
    into: Annotated[
        Path | None, typer.Option(help="Where recorded cases stand. Default: tests/pages.")
    ] = None,
    dry_run: Annotated[
        bool,
        typer.Option("--dry-run", help="Print the file instead of writing it; record nothing."),
    ] = False,
    store: StoreOption = None,
) -> None:
    """Look at a live portal, propose its site file, and record a listing and an article of it.

    Ten to eighty requests, by the rules of every crawl; of the store only when the portal
    was asked and its robots.txt are written. Each line of the file says what speaks for it;
    what was not found is a comment that says what to do. Nothing is written over.
    Exit status: 0 when a file was proposed, 1 when the portal did not show enough, 2 for
    wrong input.
    """
    project = find_project(store)
    home = _home(url)
    chosen = _name(name or site_name(host_of(home)), home, project, told_sites(project))
    typer.echo(f"Looking at {home} …", err=True)
    try:
        looked = asyncio.run(look(project, chosen, home, url.strip(), NO_ENVIRONMENT))
    except NothingFound as error:
        raise _ended(str(error)) from error
    proposal = propose(looked, _platforms(project))
    day = current_time().date()
    text = site_file(proposal, day)
    if not proposal.is_useful:
        typer.echo(text)
        raise _ended(
            "no form of article addresses was found, so no file is written. Give the address "
            "of a section that lists articles, or write the file by hand from what stands above."
        )
    if dry_run:
        typer.echo(text)
        return
    path = _write(project, chosen, text)
    typer.echo(f"{path} is proposed; each line says what speaks for it.")
    for line in record_cases(looked, load_site(path), into or project.folder / CASES, day):
        typer.echo(line)
    typer.echo(f"Now look at it, then run: baowatch check {chosen}")


def record_cases(looked: Looked, site: Site, into: Path, day: date) -> list[str]:
    """Record the front page and the first article; a line on each."""
    met = next((one for one in looked.pages if one.verdict == "article" and one.page), None)
    pages = [looked.home] + ([met.page] if met and met.page else [])
    lines = []
    for page in pages:
        try:
            case = case_of(page, read(page, site), site, name=None, day=day)
            lines.append(f"{write_case(case, into)}: {case.kind}. Compare it with the page.")
        except RecordError as error:
            lines.append(f"not recorded: {safe(str(error))}")
    return lines


def _home(url: str) -> str:
    home = home_of(url)
    if home is None:
        raise refused(f"{safe(url)} is no address of a portal; write it as https://host/path")
    return home


def _name(name: str, home: str, project: Project, known: Mapping[str, Site]) -> str:
    """The new site's name, where neither it nor the host is taken."""
    if not SITE_NAME.fullmatch(name):
        raise refused(f"{safe(name)!r} is no site name; write it like baoninhbinh")
    if site := owner(host_of(home), known.values()):
        raise refused(f"{host_of(home)} is a host of {site.name} already: its file describes it")
    path = project.config / "sites" / f"{name}.yml"
    if path.exists():
        raise refused(f"{path} exists already; give another name with --name")
    return name


def _platforms(project: Project) -> dict[str, Platform]:
    platforms = {}
    for path in sorted((project.config / "platforms").glob("*.yml")):
        try:
            platforms[path.stem] = load_platform(path)
        except PlatformError as error:
            typer.echo(f"baowatch: {error}", err=True)
    return platforms


def _write(project: Project, name: str, text: str) -> Path:
    """The new file, whole; taken away again where it would not load, which is a defect of ours."""
    path = project.config / "sites" / f"{name}.yml"
    draft = path.with_name(f".{name}.{os.getpid()}.draft")
    try:
        write_whole(draft, text)
        os.link(draft, path)  # unlike a rename it replaces nothing
    except OSError as error:
        raise refused(f"{path}: {error.strerror}") from error
    finally:
        draft.unlink(missing_ok=True)
    try:
        load_site(path)
    except SiteError as error:
        path.unlink()
        raise _ended(f"what was proposed cannot be read, please report it: {error}") from error
    return path


def _ended(why: str) -> typer.Exit:
    typer.echo(f"baowatch: {safe(why)}", err=True)
    return typer.Exit(1)
