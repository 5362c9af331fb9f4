"""``baowatch sites``: the configured sites, whether their files are right, their last runs."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Final

import typer

from crawlers.site import Site
from monitor.cli.options import StoreOption
from monitor.project import Project, find_project
from monitor.render.plain_json import plain_json
from monitor.render.tables import print_table
from monitor.render.words import local
from pipelines.store import reports
from pipelines.store.opening import open_store
from pipelines.store.rows import moment

KINDS: Final = {
    "newspaper": "newspapers: {}",
    "translator": "translating: {}",
    "other": "others: {}",
}
"""The kinds of sites, and how many there are of each."""


def sites(
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    store: StoreOption = None,
) -> None:
    """List the sites with their last runs, and how many of each kind; check every site file.

    Exit status: 0 when every file is right, 2 when one is not.
    """
    project = find_project(store)
    known, errors = project.sites()
    lines = [_line(site, project) for site in known.values()]
    if as_json:
        wrong = [{"file": str(error.path), "error": str(error)} for error in errors]
        kinds = Counter(line["kind"] for line in lines)
        typer.echo(plain_json({"sites": lines, "kinds": kinds, "errors": wrong}))
    else:
        _print_table(lines)
        typer.echo(_counts(lines))
        for error in errors:
            typer.echo(f"baowatch: {error}", err=True)
    if errors:
        raise typer.Exit(2)


def kind_of(site: Site) -> str:
    """``newspaper`` of a province, ``translator`` of others' articles, or ``other``."""
    if site.province:
        return "newspaper"
    return "translator" if site.translates else "other"


def _counts(lines: Sequence[Mapping[str, Any]]) -> str:
    kinds = Counter(line["kind"] for line in lines)
    provinces = len({line["province"] for line in lines if line["province"]})
    verified = sum(bool(line["verified"]) for line in lines)
    told = ", ".join(counted.format(kinds[kind]) for kind, counted in KINDS.items() if kinds[kind])
    return f"Sites: {len(lines)} ({told}). Provinces: {provinces}. Verified: {verified}."


def _line(site: Site, project: Project) -> dict[str, Any]:
    line: dict[str, Any] = {
        "site": site.name,
        "title": site.title,
        "home": site.home,
        "verified": str(site.verified) if site.verified else False,
        "kind": kind_of(site),
        "province": site.province,
        "platform": site.platform,
        "predecessors": [one.host for one in site.predecessors],
    }
    if not project.store.is_file():
        return {
            **line,
            "last_run_at": None,
            "last_reason": None,
            "live_articles": 0,
            "findings": "",
        }
    store = open_store(project.store)
    try:
        return {**line, **reports.health(store.reader, site.name)}
    finally:
        store.close()


def _print_table(lines: list[dict[str, Any]]) -> None:
    print_table(
        ("site", "province", "articles", "last run", "ended", "verified", "findings", "title"),
        (
            (
                line["site"],
                line["province"],
                line["live_articles"],
                local(moment(line["last_run_at"])) if line["last_run_at"] else "never",
                line["last_reason"] or "",
                line["verified"] or "no",
                line["findings"] or "",
                line["title"],
            )
            for line in lines
        ),
        whole=("site", "last run"),
    )
