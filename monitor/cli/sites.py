"""``baowatch sites``: the configured sites, whether their files are right, their last runs."""

from typing import Annotated, Any

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
        typer.echo(plain_json({"sites": lines, "errors": wrong}))
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
    print_table(
        ("site", "articles", "last run", "ended", "verified", "findings", "title"),
        (
            (
                line["site"],
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
