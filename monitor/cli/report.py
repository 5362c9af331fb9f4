"""``baowatch report``: what is new, edited, withdrawn, restored, moved, and what went wrong."""

import os
import sys
from datetime import UTC, timedelta
from enum import StrEnum
from typing import Annotated

import typer

from crawlers.clock import clock_from_environment
from monitor.cli.options import StoreOption, moment_option
from monitor.project import find_project
from monitor.render.as_json import render_json
from monitor.render.report_text import render_text
from monitor.report import make_report
from pipelines.store.opening import open_store


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
    known, errors = project.sites()
    for error in errors:
        typer.echo(f"baowatch: {error}", err=True)
    if site is not None and site not in known:
        raise typer.BadParameter(f"unknown site {site!r}; known are {', '.join(sorted(known))}")
    if not project.store.is_file():
        raise typer.BadParameter(f"there is no store at {project.store} yet: crawl first")
    now = clock_from_environment(os.environ).now().astimezone(UTC)
    opened = open_store(project.store)
    made = make_report(
        opened.reader,
        known,
        since=moment_option(since, now=now),
        # The moment itself belongs to the report.
        until=moment_option(until, now=now) if until else now + timedelta(microseconds=1),
        only=site,
        everything=everything,
    )
    opened.close()
    if form is Format.JSON:
        typer.echo(render_json(made))
    else:
        typer.echo(render_text(made, colour=sys.stdout.isatty(), dismissed=everything))
