"""Channels that do not work: one finding of the store, open until they work or nobody minds."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from monitor.notify.routes import Patience
from pipelines.store import findings, sending
from pipelines.store.opening import Store

KIND: Final = "undelivered"
FAILURES: Final = 5
"""In a row, after which a channel is said not to work."""
PATIENCE_WITHOUT_CHANNEL: Final = Patience(
    first_retry=timedelta(hours=1),
    longest_retry=timedelta(hours=1),
    tries=1000,
    give_up_after=timedelta(days=3),
)
"""With what is owed to a channel that notify.yml has no more; it may be put back."""


def look(store: Store, now: datetime) -> Iterator[str]:
    """Open or close the finding; a line for the log where it turned. Raises StoreError."""
    with store.writing() as db:
        failing = sending.failing(db, FAILURES)
        detail = "; ".join(
            f"{row['channel']}: {row['failures']} failures in a row, {row['dead']} given up "
            f"({row['why']})"
            for row in failing
        )
        if failing:
            turned = findings.open_finding(db, None, kind=KIND, detail=detail, now=now)
        else:
            turned = findings.close_finding(db, None, KIND, now=now)
    if turned:
        yield f"found wrong: {detail}" if failing else "right again: every channel works"
