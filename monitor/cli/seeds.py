"""``baowatch seeds``: the originals that seed documents cite, handed to their spiders."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Final

import typer

from crawlers.clock import clock_from_environment
from crawlers.discovery import article_key, canonical_address
from crawlers.page import Link
from monitor.cli.options import StoreOption
from monitor.project import Project, find_project
from monitor.render.plain_json import plain_json
from monitor.render.text import safe
from monitor.seeds import Seed, SeedError, Verdict, add_sources, read_seed
from pipelines.store import articles
from pipelines.store import sites as site_rows
from pipelines.store.opening import open_store

TOLD: Final[dict[Verdict, str]] = {
    "cited": "cites {url} of {site}",
    "no_address": "names a source ({label}) without an address",
    "foreign": "cites {url}, which belongs to no configured site",
    "none": "names no source",
}


def seeds(
    files: Annotated[list[Path], typer.Argument(help="Seed documents: plain text.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only report.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON list.")] = False,
    store: StoreOption = None,
) -> None:
    """Find the originals that documents cite, and let their sites' spiders fetch them.

    Exit status: 0 when every file could be read, 2 when one could not.
    """
    project = find_project(store)
    known, errors = project.sites()
    for error in errors:
        typer.echo(f"baowatch: {error}", err=True)
    found: list[Seed] = []
    unreadable: list[SeedError] = []
    for path in files:
        try:
            found.append(read_seed(path, known))
        except SeedError as error:
            unreadable.append(error)
    added = None if dry_run else add_sources(found, _adder(project))
    typer.echo(_as_json(found) if as_json else _as_text(found, added))
    for problem in unreadable:
        typer.echo(f"baowatch: {problem}", err=True)
    if unreadable:
        raise typer.Exit(2)


def _as_json(found: list[Seed]) -> str:
    return plain_json([seed.as_json() for seed in found])


def _as_text(found: list[Seed], added: int | None) -> str:
    lines = [
        f"{seed.path}: "
        + TOLD[seed.verdict].format(
            url=safe(seed.source.url), site=seed.site, label=safe(seed.source.label)
        )
        for seed in found
    ]
    if added is not None:
        cited = len({seed.source.url for seed in found if seed.verdict == "cited"})
        lines.append(f"{cited} addresses cited, {added} new to the store: a crawl fetches them.")
    return "\n".join(lines)


def _adder(project: Project) -> Callable[[str, str], bool]:
    known, _ = project.sites()
    now = clock_from_environment(os.environ).now()

    def add(site: str, url: str) -> bool:
        opened = open_store(project.store)
        address = canonical_address(url, known[site])
        link = Link(url=address, key=article_key(address, known[site]))
        with opened.writing() as db:
            site_id = site_rows.site_id(db, site)
            is_new = articles.discover(db, site_id, link, now=now, announced_by=None)
        opened.close()
        return is_new

    return add
