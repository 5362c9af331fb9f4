"""Care of the store file: stored pages that may go, and a write-ahead log that stays small."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from pipelines.retention import Limits, StoredPage, is_above, may_go
from pipelines.store import snapshots
from pipelines.store.opening import Reader, Store, Writer
from pipelines.store.rows import moment, rows

AT_ONCE: Final = 50
"""Pages that are removed in one transaction: others may write in between."""
MOST_ROUNDS: Final = 20

_NEEDED: Final = """
(EXISTS (SELECT 1 FROM versions WHERE snapshot_id = snapshots.id AND (
  EXISTS (SELECT 1 FROM articles WHERE current_version_id = versions.id)
  OR versions.id IN (
    SELECT before_version_id FROM changes WHERE released_at IS NULL AND dismissed_at IS NULL
    UNION SELECT after_version_id FROM changes WHERE released_at IS NULL
    AND dismissed_at IS NULL)))
OR id IN (SELECT snapshot_id FROM looks WHERE state IN ('pending', 'held')))"""
"""Of a row of snapshots: whether a text of today, an untold edit or an open look rests on it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Retained:
    """What a retention did: pages ``removed``, bytes ``freed`` by it and ``left``.

    ``is_above``: what is needed alone is more than the limit.
    """

    removed: int
    freed: int
    left: int
    is_above: bool


def apply_retention(store: Store, limits: Limits, now: datetime) -> Retained:
    """Remove the bytes of stored pages that the limits do not allow, in small transactions.

    Versions, their readings and changes stay, and so does what each page's sha256 was. Killed
    at any moment it leaves the store right. The file does not shrink: what is free is used again.
    """
    pages, removed = stored_pages(store.reader), 0
    before = _size(pages)
    for _ in range(MOST_ROUNDS):
        going = may_go(pages, limits, now)
        gone = sum(
            _remove(store, going[start : start + AT_ONCE], now)
            for start in range(0, len(going), AT_ONCE)
        )
        if not gone:
            break
        removed += gone
        # A page that others were based on frees less than it held: weigh again.
        pages = stored_pages(store.reader)
    left = _size(pages)
    return Retained(
        removed=removed, freed=before - left, left=left, is_above=is_above(left, limits)
    )


def stored_pages(db: Reader | Writer) -> list[StoredPage]:
    """Every page whose bytes are there."""
    found = rows(
        db,
        "SELECT id, length(body) AS size, fetched_at, id IN (SELECT snapshot_id FROM versions) "  # noqa: S608
        f"AS has_version, {_NEEDED} AS needed FROM snapshots WHERE removed_at IS NULL",
    )
    return [
        StoredPage(
            id=row["id"],
            size=row["size"],
            fetched_at=moment(row["fetched_at"]),
            needed=bool(row["needed"]),
            has_version=bool(row["has_version"]),
        )
        for row in found
    ]


def _size(pages: Sequence[StoredPage]) -> int:
    return sum(page.size for page in pages)


def _remove(store: Store, going: Sequence[int], now: datetime) -> int:
    with store.writing() as db:
        # A crawl may have come to need one since.
        marks = ", ".join("?" * len(going))
        free = rows(
            db,
            f"SELECT id FROM snapshots WHERE id IN ({marks}) AND NOT {_NEEDED} "  # noqa: S608
            "AND removed_at IS NULL",
            going,
        )
        return sum(snapshots.remove(db, row["id"], now) for row in free)


def tidy_log(store: Store, *, patience: float = 0.0) -> bool:
    """Bring the write-ahead log into the file and empty it.

    Waits ``patience`` seconds for others at most. False where they are reading or writing
    just now: then a later call does it.
    """
    connection = store.reader.conn
    (usual,) = connection.execute("PRAGMA busy_timeout").fetchone()
    connection.execute(f"PRAGMA busy_timeout = {int(patience * 1000)}")
    try:
        busy, _, _ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise
        return False
    finally:
        connection.execute(f"PRAGMA busy_timeout = {usual}")
    return not busy
