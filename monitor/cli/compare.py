"""``baowatch compare``: what changed between two saved pages, without a store."""

import json
import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from crawlers.clock import clock_from_environment
from crawlers.page import Page
from crawlers.site import Site
from monitor.cli.saved_options import SiteOption, UrlOption, configured_sites
from monitor.comparison import Comparison, compare_pages
from monitor.render.text import render_difference, safe
from monitor.saved import SavedPageError, saved_page, site_for


def compare(
    before: Annotated[Path, typer.Argument(help="The page as it was; .gz is fine.")],
    after: Annotated[Path, typer.Argument(help="The page as it is now.")],
    url: UrlOption,
    site: SiteOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> None:
    """Compare two saved pages through the code that crawls use.

    Exit status: 0 unchanged, 1 changed, 2 not comparable or bad input.
    """
    try:
        found = compare_pages(*_pages(before, after, url, site))
    except SavedPageError as error:
        typer.echo(f"baowatch: {error}", err=True)
        raise typer.Exit(2) from error
    if as_json:
        typer.echo(json.dumps(found.as_json(), ensure_ascii=False, indent=2))
    elif found.comparable:
        typer.echo(_as_text(found))
    if not found.comparable:
        typer.echo(f"baowatch: not comparable: {safe(found.reason)}", err=True)
        raise typer.Exit(2)
    if found.difference:
        raise typer.Exit(1)


def _pages(before: Path, after: Path, url: str, name: str | None) -> tuple[Page, Page, Site]:
    site = site_for(url, name=name, sites=configured_sites())
    now = clock_from_environment(os.environ).now()
    old, new = (saved_page(path, url=url, site=site, fetched_at=now) for path in (before, after))
    return old, new, site


def _as_text(found: Comparison) -> str:
    if found.difference is None or found.before is None or found.after is None:
        return "unchanged"
    difference = found.difference
    shown = render_difference(found.before, found.after, difference, colour=sys.stdout.isatty())
    return f"{difference.kind}, {difference.weight}: {', '.join(difference.fields)}\n{shown}"
