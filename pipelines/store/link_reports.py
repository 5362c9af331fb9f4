"""What reports, messages and pages ask of links and citations: of what was told, nothing else."""

from datetime import datetime
from typing import Final

from pipelines.store.cases import EDITS
from pipelines.store.opening import Reader
from pipelines.store.rows import Row, iso, one, rows
from pipelines.store.schema_browse import UNTOLD

# ruff: noqa: S608 - our own words

_NAMED: Final = "id, site, url, title, language, published_at, status"
_TOLD: Final = "released_at IS NOT NULL AND dismissed_at IS NULL"
_EDITS: Final = ", ".join(f"'{kind}'" for kind in EDITS)


def named(db: Reader, article_id: int) -> Row | None:
    """An article as it was told; None for one that nobody was told of, or that is another now."""
    return one(db, f"SELECT {_NAMED} FROM article_list WHERE id = ?", [article_id])


def told_version(db: Reader, article_id: int, *, at: datetime | None = None) -> int | None:
    """The version of an article that people know of, or knew of at that moment."""
    row = one(
        db,
        "SELECT max(id) AS id FROM versions WHERE article_id = :id AND seen_at <= :at "
        f"AND id NOT IN (SELECT after_version_id FROM changes WHERE {UNTOLD})",
        {"id": article_id, "at": iso(at) if at else "9999"},
    )
    return row["id"] if row else None


def told_edits(db: Reader, article_id: int) -> list[Row]:
    """An article's edits in substance that were told, oldest first."""
    return rows(
        db,
        "SELECT id, before_version_id, after_version_id, detected_at, released_at FROM changes "
        f"WHERE article_id = ? AND {_TOLD} AND weight = 'substantive' AND kind IN ({_EDITS}) "
        "AND before_version_id != after_version_id ORDER BY id",
        [article_id],
    )
