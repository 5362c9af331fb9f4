"""Where the answers of stored pages lie in WARC files. The files are outside the store."""

from collections.abc import Collection
from datetime import datetime

from pipelines.store.opening import Reader, Writer
from pipelines.store.rows import insert, iso, one, rows


def unarchived(
    db: Reader, article_id: int, digest: str, *, fetched_at: datetime | None
) -> int | None:
    """The stored page of an article with this sha256, if no archive holds it yet.

    ``fetched_at``: only one that was fetched then.
    """
    row = one(
        db,
        "SELECT id, fetched_at FROM snapshots WHERE article_id = ? AND sha256 = ? "
        "AND NOT EXISTS (SELECT 1 FROM archived WHERE snapshot_id = snapshots.id) "
        "ORDER BY id DESC LIMIT 1",
        [article_id, digest],
    )
    if row is None or (fetched_at is not None and row["fetched_at"] != iso(fetched_at)):
        return None
    return int(row["id"])


def note(db: Writer, snapshot_id: int, *, file: str, offset: int, now: datetime) -> None:
    """Say where a stored page's answer lies. To be called when it is on the disk."""
    facts = {"snapshot_id": snapshot_id, "file": file, "offset": offset, "archived_at": iso(now)}
    insert(db, "archived", facts)


def files_of(db: Reader | Writer, article_ids: Collection[int]) -> list[str]:
    """The files that hold pages of these articles."""
    marks = ", ".join("?" * len(article_ids))
    found = rows(
        db,
        "SELECT DISTINCT file FROM archived JOIN snapshots ON snapshots.id = snapshot_id "  # noqa: S608
        f"WHERE article_id IN ({marks}) ORDER BY file",
        [*article_ids],
    )
    return [row["file"] for row in found]


def erase(db: Writer, article_ids: Collection[int]) -> None:
    """Forget where their pages lie; the files stay as they are."""
    marks = ", ".join("?" * len(article_ids))
    db.execute(
        "DELETE FROM archived WHERE snapshot_id IN "  # noqa: S608
        f"(SELECT id FROM snapshots WHERE article_id IN ({marks}))",
        [*article_ids],
    )
