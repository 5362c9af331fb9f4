"""``baowatch sites``: the configured sites, whether their files are right, their last runs."""

import json
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from crawlers.site import Site
from monitor.cli.options import StoreOption
from monitor.project import Project, find_project
from monitor.render.words import local
from pipelines.store import reports
from pipelines.store.opening import open_store
from pipelines.store.rows import moment


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
        return {**line, **reports.health(store.reader, site.name)}
    finally:
        store.close()


def _print_table(lines: list[dict[str, Any]]) -> None:
    console = Console()
    if not console.is_terminal:
        console.width = 200  # a pipe has no width: no column is cut
    table = Table(box=None, pad_edge=False)
    for heading in ("site", "articles", "last run", "ended", "verified", "findings", "title"):
        table.add_column(heading, no_wrap=heading in ("site", "last run"))
    for line in lines:
        last_run = line["last_run_at"]
        table.add_row(
            line["site"],
            str(line["live_articles"]),
            local(moment(last_run)) if last_run else "never",
            line["last_reason"] or "",
            line["verified"] or "no",
            line["findings"] or "",
            line["title"],
        )
    console.print(table)
