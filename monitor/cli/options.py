"""Options that several commands share, and how their values are read."""

import os
import re
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer

from crawlers.clock import clock_from_environment
from crawlers.site import Site
from monitor.project import Project
from pipelines.store.opening import Store, open_store

StoreOption = Annotated[
    Path | None,
    typer.Option(
        "--store",
        help="The store's file. Default: BAOWATCH_STORE, else baowatch.db in the project.",
    ),
]

_SPAN = re.compile(r"(\d+)([mhdw])")
_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


def moment_option(value: str, *, now: datetime) -> datetime:
    """``24h``, ``7d``, ``30m``, ``2w`` before ``now``, or an ISO date or time; aware UTC.

    Raises typer.BadParameter.
    """
    if (span := span_of(value)) is not None:
        return now - span
    try:
        moment = datetime.fromisoformat(value.strip())
    except ValueError:
        raise typer.BadParameter(
            f"{value!r} is no span like 24h or 7d, and no time like 2026-03-01T08:00+07:00"
        ) from None
    return (moment if moment.tzinfo else moment.astimezone()).astimezone(UTC)


def span_of(value: str) -> timedelta | None:
    """``30m``, ``24h``, ``7d`` or ``2w`` as a span; None for anything else."""
    found = _SPAN.fullmatch(value.strip())
    return timedelta(**{_UNITS[found[2]]: int(found[1])}) if found else None


@contextmanager
def existing_store(project: Project) -> Iterator[Store]:
    """The project's store, open. Raises typer.BadParameter where nothing was crawled yet."""
    if not project.store.is_file():
        raise typer.BadParameter(f"there is no store at {project.store} yet: crawl first")
    store = open_store(project.store)
    try:
        yield store
    finally:
        store.close()


def told_sites(project: Project) -> dict[str, Site]:
    """The configured sites; what is wrong with the other files is said."""
    known, errors = project.sites()
    for error in errors:
        typer.echo(f"baowatch: {error}", err=True)
    return known


def check_site(name: str | None, known: Collection[str]) -> None:
    """Raises typer.BadParameter for a site that is not configured."""
    if name is not None and name not in known:
        raise typer.BadParameter(f"unknown site {name!r}; known are {', '.join(sorted(known))}")


def current_time() -> datetime:
    """Now, aware UTC, by the clock that crawls go by."""
    return clock_from_environment(os.environ).now().astimezone(UTC)


def refused(reason: str) -> typer.Exit:
    """Say in one line why nothing was done; to be raised: exit status 2."""
    typer.echo(f"baowatch: {reason}", err=True)
    return typer.Exit(2)
