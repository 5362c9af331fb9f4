"""``baowatch sites``: the configured sites, whether their files are right, their last runs."""

import json
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from crawlers.site import Site
from monitor.cli.options import StoreOption
from monitor.project import Project, find_project
from pipelines.store import reports
from pipelines.store.opening import open_store


def sites(
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    store: StoreOption = None,
) -> None:
    """List the sites with their last runs; check every site file.

    Exit status: 0 when every file is right, 2 when one is not.
    """
    project = find_project(store)
    known, errors = project.sites()
    lines = [_line(site, project) for site in known.values()]
    if as_json:
        wrong = [{"file": str(error.path), "error": str(error)} for error in errors]
        typer.echo(json.dumps({"sites": lines, "errors": wrong}, ensure_ascii=False, indent=2))
    else:
        _print_table(lines)
        for error in errors:
            typer.echo(f"baowatch: {error}", err=True)
    if errors:
        raise typer.Exit(2)


def _line(site: Site, project: Project) -> dict[str, Any]:
    line: dict[str, Any] = {
        "site": site.name,
        "title": site.title,
        "home": site.home,
        "verified": str(site.verified) if site.verified else False,
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
        return line | reports.health(store.reader, site.name)
    finally:
        store.close()


def _print_table(lines: list[dict[str, Any]]) -> None:
    table = Table(box=None, pad_edge=False)
    for heading in ("site", "title", "verified", "articles", "last run", "ended", "findings"):
        table.add_column(heading, no_wrap=heading == "site")
    for line in lines:
        table.add_row(
            line["site"],
            line["title"],
            line["verified"] or "no",
            str(line["live_articles"]),
            (line["last_run_at"] or "never")[:16],
            line["last_reason"] or "",
            line["findings"] or "",
        )
    Console().print(table)
