"""Runs: one crawl of one site, with a lease and a heartbeat."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from pipelines.store.opening import Reader, Writer
from pipelines.store.rows import Row, change_row, insert, iso, moment, one, rows

LEASE: Final = timedelta(minutes=30)


def open_runs(db: Writer, site_id: int) -> list[Row]:
    return rows(db, "SELECT * FROM runs WHERE site_id = ? AND finished_at IS NULL", [site_id])


def begin(db: Writer, site_id: int, *, host: str, pid: int, now: datetime) -> int:
    return insert(
        db,
        "runs",
        {
            "site_id": site_id,
            "started_at": iso(now),
            "heartbeat_at": iso(now),
            "lease_until": iso(now + LEASE),
            "host": host,
            "pid": pid,
        },
    )


def beat(db: Writer, run_id: int, now: datetime) -> None:
    change_row(db, "runs", run_id, {"heartbeat_at": iso(now), "lease_until": iso(now + LEASE)})


def count(db: Writer, run_id: int, columns: Iterable[str]) -> None:
    """Add one to each of the run's counters named."""
    assignments = ", ".join(f"{column} = {column} + 1" for column in columns)
    db.execute(f"UPDATE runs SET {assignments} WHERE id = ?", [run_id])  # noqa: S608 - our names


def finish(
    db: Writer, run_id: int, *, reason: str, now: datetime, requests: int = 0, error: str = ""
) -> None:
    change_row(
        db,
        "runs",
        run_id,
        {
            "finished_at": iso(now),
            "reason": reason,
            "error": error or None,
            "requests": requests,
        },
    )


def started_at(db: Reader, run_id: int) -> datetime:
    row = one(db, "SELECT started_at FROM runs WHERE id = ?", [run_id])
    assert row is not None
    return moment(row["started_at"])


def had_witness(db: Reader | Writer, run_id: int) -> bool:
    """Whether some article of the site answered with its text in this run."""
    row = one(db, "SELECT articles_answered FROM runs WHERE id = ?", [run_id])
    return row is not None and row["articles_answered"] > 0


def latest(db: Reader, site: str) -> Row | None:
    return one(
        db,
        "SELECT runs.* FROM runs JOIN sites ON sites.id = runs.site_id WHERE sites.name = ? "
        "ORDER BY runs.id DESC LIMIT 1",
        [site],
    )
