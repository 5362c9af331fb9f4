"""Is the store sound? What SQLite says of the file, and what we hold of its rows."""

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Final

from pipelines.snapshots import DamagedPage
from pipelines.store import search, snapshots
from pipelines.store.opening import Reader, Store
from pipelines.store.rows import rows

MOST_FAULTS: Final = 20
"""Of one kind; more of them say nothing new."""

_RULES: Final = {
    "the current version of article {id} is another article's, or is missing": """
SELECT articles.id FROM articles LEFT JOIN versions ON versions.id = current_version_id
WHERE current_version_id IS NOT NULL AND versions.article_id IS NOT articles.id""",
    "article {id} has versions, and none of them is its current one": """
SELECT id FROM articles WHERE current_version_id IS NULL
AND id IN (SELECT article_id FROM versions)""",
    "article {id} was merged into one that is another name itself": """
SELECT articles.id FROM articles JOIN articles AS other ON other.id = articles.merged_into
WHERE other.merged_into IS NOT NULL""",
    "version {id} was read from another article's page": """
SELECT versions.id FROM versions JOIN snapshots ON snapshots.id = snapshot_id
WHERE snapshots.article_id != versions.article_id""",
    "the current version of article {id} has lost its page": """
SELECT articles.id FROM articles JOIN versions ON versions.id = current_version_id
JOIN snapshots ON snapshots.id = snapshot_id WHERE removed_at IS NOT NULL""",
    "the open look {id} has lost its page": """
SELECT looks.id FROM looks JOIN snapshots ON snapshots.id = snapshot_id
WHERE state IN ('pending', 'held') AND removed_at IS NOT NULL""",
    "change {id} was told and lacks a version": """
SELECT id FROM changes WHERE released_at IS NOT NULL AND (
  (kind != 'new' AND before_version_id IS NULL)
  OR (kind != 'withdrawn' AND after_version_id IS NULL))""",
    "change {id} speaks of another article's version": """
SELECT changes.id FROM changes
JOIN versions ON versions.id IN (before_version_id, after_version_id)
JOIN articles ON articles.id = changes.article_id
LEFT JOIN articles AS other ON other.id = versions.article_id
WHERE versions.article_id != changes.article_id
AND other.merged_into IS NOT changes.article_id
AND articles.merged_into IS NOT versions.article_id""",
    "finding {id} is open twice": """
SELECT max(id) AS id FROM findings WHERE closed_at IS NULL
GROUP BY site_id, kind HAVING count(*) > 1""",
}


def faults(store: Store, tell: Callable[[int, int], None]) -> list[str]:
    """What is wrong with the store, a line each; none for a sound one. Changes nothing.

    Crawls may go on meanwhile: everything is seen as it was at one moment. ``tell`` is called
    with the stored pages read and all.
    """
    db = store.reader
    db.conn.execute("BEGIN")
    try:
        # A damaged file answers further questions at random.
        return [*_of_the_file(db)] or [
            *_of_the_rows(db),
            *islice(search.faults(db), MOST_FAULTS),
            *_of_the_pages(db, tell),
        ]
    finally:
        db.conn.execute("ROLLBACK")


def _of_the_file(db: Reader) -> Iterator[str]:
    for row in db.execute(f"PRAGMA integrity_check({MOST_FAULTS})"):
        if row[0] != "ok":
            yield f"the file is damaged: {row[0]}"
    for table, row_id, parent, _ in db.execute("PRAGMA foreign_key_check").fetchmany(MOST_FAULTS):
        yield f"row {row_id} of {table} names a row of {parent} that is not there"


def _of_the_rows(db: Reader) -> Iterator[str]:
    for told, query in _RULES.items():
        for row in rows(db, f"{query} LIMIT {MOST_FAULTS}"):
            yield told.format(id=row["id"])


def _of_the_pages(db: Reader, tell: Callable[[int, int], None]) -> Iterator[str]:
    kept = rows(db, "SELECT id, url FROM snapshots WHERE removed_at IS NULL ORDER BY id")
    for done, row in enumerate(kept, 1):
        try:
            snapshots.body_of(db, row["id"])
        except DamagedPage as error:
            yield f"stored page {row['id']} ({row['url']}): {error}"
        tell(done, len(kept))
