"""``baowatch compare``: what changed between saved pages, without a store."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from crawlers.clock import clock_from_environment
from crawlers.page import Page
from crawlers.site import Site
from monitor.cli.saved_options import SiteOption, configured_sites
from monitor.comparison import Comparison, compare_pages
from monitor.pairs import Pair, PairsError, compare_pairs, read_pairs
from monitor.render.plain_json import plain_json
from monitor.render.text import render_difference, safe
from monitor.saved import SavedPageError, saved_page, site_for


def compare(
    before: Annotated[
        Path | None, typer.Argument(help="The page as it was; .gz is fine.", show_default=False)
    ] = None,
    after: Annotated[
        Path | None, typer.Argument(help="The page as it is now.", show_default=False)
    ] = None,
    url: Annotated[
        str | None, typer.Option("--url", help="The address the page was saved from.")
    ] = None,
    pairs: Annotated[
        Path | None,
        typer.Option(
            "--pairs",
            help="Many pairs: a CSV file with the columns file_a, file_b (relative to its "
            "folder) and url. A line for each, in order.",
        ),
    ] = None,
    site: SiteOption = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="One JSON object; with --pairs, one per line.")
    ] = False,
) -> None:
    """Compare two saved pages, or many pairs of them, through the code that crawls use.

    Exit status: 0 unchanged, 1 changed, 2 not comparable or bad input; of many pairs the highest.
    """
    try:
        if pairs is not None and (before, after, url) == (None, None, None):
            status = _compare_many(pairs, site, as_json=as_json)
        elif pairs is None and before is not None and after is not None and url is not None:
            status = _compare_two(_pages(before, after, url, site), as_json=as_json)
        else:
            raise SavedPageError(
                "give two saved pages and their --url, or --pairs FILE.csv and none of these"
            )
    except (SavedPageError, PairsError) as error:
        typer.echo(f"baowatch: {error}", err=True)
        raise typer.Exit(2) from error
    raise typer.Exit(status)


def _compare_two(pages: tuple[Page, Page, Site], *, as_json: bool) -> int:
    found = compare_pages(*pages)
    if as_json:
        typer.echo(plain_json(found.as_json()))
    elif found.comparable:
        typer.echo(_as_text(found))
    if not found.comparable:
        typer.echo(f"baowatch: not comparable: {safe(found.reason)}", err=True)
    return _status(found)


def _compare_many(path: Path, site: str | None, *, as_json: bool) -> int:
    rows, sites = read_pairs(path), configured_sites()
    _check_site(site, sites)
    status, lost = 0, 0
    found = compare_pairs(
        rows,
        folder=path.parent,
        sites=sites,
        site=site,
        fetched_at=clock_from_environment(os.environ).now(),
    )
    for pair, one in zip(rows, found, strict=True):
        told = {**one.as_json(), **pair.as_json()}
        print(plain_json(told, indent=None) if as_json else _line(pair, one), flush=True)  # noqa: T201
        status, lost = max(status, _status(one)), lost + (not one.comparable)
    if lost:
        typer.echo(f"baowatch: {lost} of {len(rows)} pairs are not comparable", err=True)
    return status


def _check_site(name: str | None, sites: Mapping[str, Site]) -> None:
    if name is not None:
        site_for("https://example.org/", name=name, sites=sites)


def _status(found: Comparison) -> int:
    if not found.comparable:
        return 2
    return 1 if found.difference else 0


def _line(pair: Pair, found: Comparison) -> str:
    verdict = f"not comparable: {found.reason}"
    if found.comparable:
        verdict = "unchanged" if found.difference is None else _headline(found)
    return safe(f"{pair.file_a} {pair.file_b} {verdict}")


def _pages(before: Path, after: Path, url: str, name: str | None) -> tuple[Page, Page, Site]:
    site = site_for(url, name=name, sites=configured_sites())
    now = clock_from_environment(os.environ).now()
    old, new = (saved_page(path, url=url, site=site, fetched_at=now) for path in (before, after))
    return old, new, site


def _headline(found: Comparison) -> str:
    if (difference := found.difference) is None:
        return "unchanged"
    return f"{difference.kind}, {difference.weight}: {', '.join(difference.fields)}"


def _as_text(found: Comparison) -> str:
    if found.difference is None or found.before is None or found.after is None:
        return _headline(found)
    shown = render_difference(
        found.before, found.after, found.difference, colour=sys.stdout.isatty()
    )
    return f"{_headline(found)}\n{shown}"
