"""What was told long ago: rows of the outbox that nobody asks for any more."""

from datetime import datetime, timedelta
from typing import Final

from pipelines.store.opening import Store, Writer
from pipelines.store.rows import iso

CORRECTED_FOR: Final = timedelta(days=400)
"""So long it is known who was told of a change, and a dismissal sends corrections."""
KEPT: Final = timedelta(days=30)
"""Events that became deliveries, and what was cancelled or dropped before anybody got it."""
AT_ONCE: Final = 500
"""Rows that are removed in one transaction: others may write in between."""


def remove_ended(store: Store, now: datetime) -> int:
    """Remove what ended long ago, in small transactions; how many rows. Nothing owed is removed."""
    removed = 0
    while True:
        with store.writing() as db:
            gone = _remove(db, now)
        removed += gone
        if not gone:
            return removed


def _remove(db: Writer, now: datetime) -> int:
    events = db.execute(
        "DELETE FROM outbox WHERE id IN (SELECT id FROM outbox "
        "WHERE routed_at < :before LIMIT :limit)",
        {"before": iso(now - KEPT), "limit": AT_ONCE},
    ).rowcount
    deliveries = db.execute(
        "DELETE FROM deliveries WHERE id IN (SELECT id FROM deliveries "
        "WHERE status IN ('sent', 'dead', 'dropped', 'cancelled') AND ended_at < "
        "CASE WHEN status IN ('sent', 'dead') OR reached THEN :corrected_for ELSE :kept END "
        "LIMIT :limit)",
        {
            "corrected_for": iso(now - CORRECTED_FOR),
            "kept": iso(now - KEPT),
            "limit": AT_ONCE,
        },
    ).rowcount
    return events + deliveries
