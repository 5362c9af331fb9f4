"""Each site's circuit breaker, in its row."""

from datetime import datetime

from pipelines import breaker
from pipelines.breaker import CLOSED, Breaker
from pipelines.store.opening import Reader, Writer
from pipelines.store.rows import Row, iso_or_none, moment_or_none, one


def of_site(db: Reader | Writer, site_id: int) -> Breaker:
    """The site's breaker; a site that has none yet is asked freely."""
    row = one(db, "SELECT breaker_failures, breaker_probe_at FROM sites WHERE id = ?", [site_id])
    return from_row(row) if row else CLOSED


def of_name(db: Reader | Writer, site: str) -> Breaker:
    row = one(db, "SELECT breaker_failures, breaker_probe_at FROM sites WHERE name = ?", [site])
    return from_row(row) if row else CLOSED


def from_row(row: Row) -> Breaker:
    """From a row with the columns ``breaker_failures`` and ``breaker_probe_at``."""
    return Breaker(
        failures=row["breaker_failures"], probe_at=moment_or_none(row["breaker_probe_at"])
    )


def note_run(db: Writer, site_id: int, run_id: int, *, now: datetime, jitter: float) -> Breaker:
    """Let a run that ends count for its site's breaker, and return that as it is now.

    A run that answered at all and is over closes it. Failures that are no outage and no
    refusal (a page too large, our own crash) count for nothing.
    """
    row = one(
        db,
        "SELECT ifnull(sites.answered_at >= runs.started_at, 0) AS answered, EXISTS "
        "(SELECT 1 FROM findings WHERE site_id = sites.id AND last_run_id = runs.id AND "
        "closed_at IS NULL AND kind IN ('unreachable', 'blocked', 'unanswered', 'page_blocked', "
        "'certificate')) AS failed "
        "FROM runs JOIN sites ON sites.id = runs.site_id WHERE runs.id = ?",
        [run_id],
    )
    assert row is not None
    after = breaker.after_run(
        of_site(db, site_id),
        answered=bool(row["answered"]),
        failed=bool(row["failed"]),
        now=now,
        jitter=jitter,
    )
    db.execute(
        "UPDATE sites SET breaker_failures = ?, breaker_probe_at = ? WHERE id = ?",
        [after.failures, iso_or_none(after.probe_at), site_id],
    )
    return after
