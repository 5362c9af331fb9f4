"""Options that several commands share, and how their values are read."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer

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
    if span := _SPAN.fullmatch(value.strip()):
        return now - timedelta(**{_UNITS[span[2]]: int(span[1])})
    try:
        moment = datetime.fromisoformat(value.strip())
    except ValueError:
        raise typer.BadParameter(
            f"{value!r} is no span like 24h or 7d, and no time like 2026-03-01T08:00+07:00"
        ) from None
    return (moment if moment.tzinfo else moment.astimezone()).astimezone(UTC)
