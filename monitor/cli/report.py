"""``baowatch report``: what is new, edited, withdrawn, restored, moved, and what went wrong."""

import sys
from datetime import timedelta
from enum import StrEnum
from typing import Annotated

import typer

from monitor.cli.options import (
    StoreOption,
    check_site,
    current_time,
    existing_store,
    moment_option,
    told_sites,
)
from monitor.project import find_project
from monitor.render.as_json import render_json
from monitor.render.report_text import render_text
from monitor.report import make_report


class Format(StrEnum):
    TEXT = "text"
    JSON = "json"


def report(
    since: Annotated[str, typer.Option(help="A span like 24h or 7d, or an ISO time.")] = "24h",
    until: Annotated[str | None, typer.Option(help="An ISO time. Default: now.")] = None,
    site: Annotated[str | None, typer.Option(help="Only this site.")] = None,
    form: Annotated[Format, typer.Option("--format", help="text or json.")] = Format.TEXT,
    everything: Annotated[
        bool,
        typer.Option("--all", help="Cosmetic changes and rewordings too, and what was dismissed."),
    ] = False,
    store: StoreOption = None,
) -> None:
    """Tell what is new or changed since a moment. Only confirmed changes are told."""
    project = find_project(store)
    known = told_sites(project)
    check_site(site, known)
    now = current_time()
    with existing_store(project) as opened:
        made = make_report(
            opened.reader,
            known,
            since=moment_option(since, now=now),
            # The moment itself belongs to the report.
            until=moment_option(until, now=now) if until else now + timedelta(microseconds=1),
            only=site,
            everything=everything,
        )
    if form is Format.JSON:
        typer.echo(render_json(made))
    else:
        typer.echo(render_text(made, colour=sys.stdout.isatty(), dismissed=everything))
