"""What can be found: each article's current version, folded, one row of ``articles_fts`` each.

Whoever changes which version is current, how it was read or whether the article is merged
calls :func:`index` in that transaction; so the words of a row are always those of today.
"""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Final

from pipelines.search import query, searchable
from pipelines.store.opening import Reader, Store, Writer
from pipelines.store.rows import Row, iso_or_none, one, rows
from pipelines.store.schema_browse import TOLD_VERSION, UNTOLD_NEWS

FIELDS: Final = ("title", "lead", "text", "captions", "author")
AT_ONCE: Final = 500
"""Articles held in memory while all are gone through."""

_CURRENT: Final = """
SELECT articles.id, versions.title, versions.lead, texts.text, versions.captions, versions.author
FROM articles JOIN versions ON versions.id = articles.current_version_id
JOIN texts ON texts.id = versions.text_id
WHERE articles.merged_into IS NULL"""

PAGES_AT_ONCE: Final = 500
"""Of the index, some 2 MB."""
MOST_WEIGHED: Final = 5000
"""To weigh every article that holds a common word takes seconds."""
_MATCHING: Final = f"""
FROM articles_fts CROSS JOIN articles ON articles.id = articles_fts.rowid
WHERE articles_fts MATCH :expression
AND (:site IS NULL OR site_id = (SELECT id FROM sites WHERE name = :site))
AND (:since IS NULL OR ifnull(published_at, first_seen_at) >= :since)
AND articles.id NOT IN {UNTOLD_NEWS}"""  # noqa: S608 - our own words
# The best are chosen before their texts are read.
_BEST: Final = f"""
WITH best AS (
  SELECT articles_fts.rowid AS id, rank {_MATCHING} AND articles_fts.rowid > :oldest
  ORDER BY rank, ifnull(published_at, first_seen_at) DESC LIMIT :limit)
SELECT articles.id AS article_id, sites.name AS site, articles.url, articles.status,
  articles.published_at, articles.first_seen_at, versions.title, versions.lead, texts.text,
  versions.captions, versions.author
FROM best JOIN articles ON articles.id = best.id
JOIN sites ON sites.id = articles.site_id
JOIN versions ON versions.id = {TOLD_VERSION}
JOIN texts ON texts.id = versions.text_id
ORDER BY best.rank, ifnull(articles.published_at, articles.first_seen_at) DESC"""  # noqa: S608


def index(db: Writer, article_id: int) -> None:
    """Let an article be found by the words of its current version, or not at all."""
    row = one(db, f"{_CURRENT} AND articles.id = ?", [article_id])
    told = _folded(row) if row else None
    stored = one(
        db,
        "SELECT title, lead, text, captions, author FROM articles_fts WHERE rowid = ?",
        [article_id],
    )
    if told == (tuple(stored[name] for name in FIELDS) if stored else None):
        return
    if stored:
        remove(db, article_id)
    if told:
        _add(db, article_id, told)


def index_version(db: Writer, version_id: int) -> None:
    """The same for the article whose current version this is, if it is one's."""
    for row in rows(db, "SELECT id FROM articles WHERE current_version_id = ?", [version_id]):
        index(db, row["id"])


def remove(db: Writer, article_id: int) -> None:
    """Let an article be found no more. Its words are still in the file: see :func:`condense`."""
    db.execute("DELETE FROM articles_fts WHERE rowid = ?", [article_id])


def condense(store: Store) -> None:
    """Take the words of removed articles out of the file: the index is written anew without them.

    In many small transactions, so that others may write in between.
    """
    with store.writing() as db:
        _merge(db, -PAGES_AT_ONCE)  # below zero: whatever there is
    merging = True
    while merging:
        with store.writing() as db:
            before = db.conn.total_changes
            _merge(db, PAGES_AT_ONCE)
            merging = db.conn.total_changes - before > 1


def _merge(db: Writer, pages: int) -> None:
    db.execute("INSERT INTO articles_fts (articles_fts, rank) VALUES ('merge', ?)", [pages])


def index_all(db: Writer) -> None:
    """Fill the empty table, in a store that was made without it."""
    for row in _all_current(db):
        _add(db, row["id"], _folded(row))


def find(
    db: Reader,
    words: str,
    *,
    limit: int,
    site: str | None = None,
    since: datetime | None = None,
) -> list[Row]:
    """Articles that hold all of a person's words, the best first and of equals the newest.

    Of words that stand in more than MOST_WEIGHED articles, those found last are weighed.
    An edit that nobody was told of is found, and shown as the text was before; what is new
    and nobody was told of is not found.

    ``since``: published since then, or first seen if that is not known. Rows with
    ``article_id``, ``site``, ``url``, ``status``, ``published_at``, ``first_seen_at`` and, as
    they stood when last told, ``title``, ``lead``, ``text``, ``captions`` (a tuple), ``author``.
    """
    asked = {"expression": query(words), "site": site, "since": iso_or_none(since)}
    oldest = one(
        db,
        f"SELECT articles.id {_MATCHING} ORDER BY articles_fts.rowid DESC "
        f"LIMIT 1 OFFSET {MOST_WEIGHED}",
        asked,
    )
    found = rows(db, _BEST, {**asked, "oldest": oldest["id"] if oldest else 0, "limit": limit})
    return [{**row, "captions": tuple(json.loads(row["captions"]))} for row in found]


def faults(db: Reader) -> Iterator[str]:
    """Where what can be found is not what the current versions say, a line each."""
    stored = {row[0] for row in db.execute("SELECT id FROM articles_fts_docsize")}
    for row in _all_current(db):
        stored.discard(row["id"])
        found = db.execute(
            "SELECT title, lead, text, captions, author FROM articles_fts WHERE rowid = ?",
            [row["id"]],
        ).fetchone()
        if found != _folded(row):
            yield f"search does not find article {row['id']} by its current words"
    for article_id in sorted(stored):
        yield f"search finds article {article_id}, which has no text"


def _all_current(db: Reader | Writer) -> Iterator[Row]:
    last = 0
    while found := rows(
        db, f"{_CURRENT} AND articles.id > ? ORDER BY articles.id LIMIT {AT_ONCE}", [last]
    ):
        yield from found
        last = found[-1]["id"]


def _folded(row: Row) -> tuple[str, ...]:
    captions = "\n".join(json.loads(row["captions"]))
    told = (row["title"], row["lead"], row["text"], captions, row["author"])
    return tuple(searchable(text) for text in told)


def _add(db: Writer, article_id: int, told: tuple[str, ...]) -> None:
    db.execute(
        "INSERT INTO articles_fts (rowid, title, lead, text, captions, author) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        [article_id, *told],
    )
