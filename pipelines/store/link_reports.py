"""What reports, messages and pages ask of links and citations: of what was told, nothing else,
but that only the last citations of a page are kept, which may be a little ahead of that.
"""

from datetime import datetime
from typing import Final

from pipelines.store.cases import EDITS
from pipelines.store.opening import Reader, Writer
from pipelines.store.rows import Row, iso, one, rows
from pipelines.store.schema_browse import UNTOLD, UNTOLD_NEWS

# ruff: noqa: S608 - our own words

# "+": by the article or by the moment, not by way of all changes of a kind.
_NAMED: Final = "id, site, url, title, language, published_at, status"
_EDITS: Final = ", ".join(f"'{kind}'" for kind in EDITS)
_SUBSTANTIVE: Final = (
    "SELECT id, kind, before_version_id, after_version_id, detected_at, released_at FROM changes "
    f"WHERE article_id = ? AND dismissed_at IS NULL AND +weight = 'substantive' "
    f"AND +kind IN ({_EDITS}) AND before_version_id != after_version_id"
)


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
    return rows(db, f"{_SUBSTANTIVE} AND released_at IS NOT NULL ORDER BY id", [article_id])


def accepted_edits(db: Reader | Writer, article_id: int) -> list[Row]:
    """An article's edits in substance, told or still to be told, oldest first."""
    return rows(db, f"{_SUBSTANTIVE} ORDER BY id", [article_id])


def current_version(db: Reader | Writer, article_id: int) -> int | None:
    row = one(db, "SELECT current_version_id FROM articles WHERE id = ?", [article_id])
    return row["current_version_id"] if row else None


def followed_at(db: Reader, article_id: int, version_id: int) -> str | None:
    """When an edit of an article was first seen that follows its original, after a version."""
    row = one(
        db,
        "SELECT min(detected_at) AS at FROM changes WHERE article_id = ? "
        "AND before_version_id >= ? AND released_at IS NOT NULL AND dismissed_at IS NULL "
        "AND json_extract(explanation, '$.original') = 'changed'",
        [article_id, version_id],
    )
    return row["at"] if row else None


_KNOWN_AT: Final = (
    "max(links.found_at, "
    + ", ".join(
        "ifnull((SELECT max(released_at) FROM changes WHERE +kind = 'new' "
        f"AND dismissed_at IS NULL AND article_id = links.{side}_article_id), '')"
        for side in ("from", "to")
    )
    + ")"
)
"""When people could know of a link: it was found, and both articles were told of."""
_IS_NEWS: Final = (
    "EXISTS (SELECT 1 FROM changes WHERE +kind = 'new' AND released_at IS NOT NULL "
    "AND dismissed_at IS NULL AND article_id = links.from_article_id)"
)
_LINK: Final = "links.kind, links.from_article_id, links.to_article_id"


def became_known(db: Reader, *, since: datetime, until: datetime) -> list[Row]:
    """The sure links that became known in the span, with ``known_at`` and, in ``is_news``,
    whether the copy or translation itself was told of as new.
    """
    return rows(
        db,
        f"""
WITH candidates AS (
  SELECT id FROM links WHERE found_at >= :since AND found_at < :until
  UNION SELECT links.id FROM changes JOIN links ON links.from_article_id = changes.article_id
  WHERE released_at >= :since AND released_at < :until AND +changes.kind = 'new'
  UNION SELECT links.id FROM changes JOIN links ON links.to_article_id = changes.article_id
  WHERE released_at >= :since AND released_at < :until AND +changes.kind = 'new')
SELECT * FROM (SELECT {_LINK}, {_KNOWN_AT} AS known_at, {_IS_NEWS} AS is_news
  FROM candidates JOIN links ON links.id = candidates.id WHERE links.sure)
WHERE known_at >= :since AND known_at < :until
  AND from_article_id NOT IN {UNTOLD_NEWS} AND to_article_id NOT IN {UNTOLD_NEWS}
ORDER BY known_at, from_article_id""",
        {"since": iso(since), "until": iso(until)},
    )


def changed_originals(db: Reader, *, since: datetime, until: datetime) -> list[Row]:
    """Edits in substance told in the span, once for each sure link to the article they are of
    that was known before.
    """
    return rows(
        db,
        f"SELECT changes.id AS change_id, changes.kind AS change_kind, {_LINK}, "
        "changes.released_at AS known_at "
        "FROM changes CROSS JOIN links ON links.to_article_id = changes.article_id "
        "WHERE released_at >= ? AND released_at < ? AND dismissed_at IS NULL "
        f"AND +weight = 'substantive' AND +changes.kind IN ({_EDITS}) AND links.sure "
        f"AND before_version_id != after_version_id AND changes.released_at > {_KNOWN_AT} "
        "ORDER BY changes.released_at, changes.id",
        [iso(since), iso(until)],
    )


def withdrawals(db: Reader, *, since: datetime, until: datetime) -> list[Row]:
    """Articles withdrawn in the span and not restored in it: id, article_id, released_at."""
    return rows(
        db,
        f"SELECT id, article_id, released_at FROM changes WHERE {_WITHDRAWN} "
        "AND released_at >= :since AND released_at < :until ORDER BY released_at, id",
        {"since": iso(since), "until": iso(until)},
    )


def withdrawal_of(db: Reader, article_id: int, *, until: datetime) -> Row | None:
    """The change by which an article was gone at ``until``; None where it was there."""
    return one(
        db,
        f"SELECT id, article_id, released_at FROM changes WHERE {_WITHDRAWN} "
        "AND article_id = :id AND released_at < :until ORDER BY id DESC LIMIT 1",
        {"id": article_id, "until": iso(until)},
    )


_WITHDRAWN: Final = (
    "+kind = 'withdrawn' AND released_at IS NOT NULL AND dismissed_at IS NULL "
    "AND NOT EXISTS (SELECT 1 FROM changes AS later WHERE later.article_id = changes.article_id "
    "AND later.id > changes.id AND +later.kind IN ('restored', 'moved') "
    "AND later.dismissed_at IS NULL AND later.released_at < :until)"
)


def known_at(db: Reader, made: int, original: int) -> str | None:
    """When a sure link between two articles became known; None where there is none."""
    row = one(
        db,
        f"SELECT {_KNOWN_AT} AS at FROM links "
        "WHERE from_article_id = ? AND to_article_id = ? AND sure",
        [made, original],
    )
    return row["at"] if row else None


def news_at(db: Reader, article_id: int) -> str | None:
    """When an article was told of as new; None for one that was known from the beginning."""
    row = one(
        db,
        "SELECT max(released_at) AS at FROM changes "
        "WHERE article_id = ? AND +kind = 'new' AND dismissed_at IS NULL",
        [article_id],
    )
    return row["at"] if row else None


def gone_when_cited(db: Reader, *, since: datetime, until: datetime) -> list[Row]:
    """New articles told in the span whose sources are withdrawn: article_id, cited_article_id."""
    return rows(
        db,
        "SELECT DISTINCT changes.article_id, cited.id AS cited_article_id, "
        "changes.released_at FROM changes "
        "JOIN citations ON citations.article_id = changes.article_id "
        "JOIN articles AS named ON named.id = citations.cited_article_id "
        "JOIN articles AS cited ON cited.id = ifnull(named.merged_into, named.id) "
        "WHERE changes.released_at >= ? AND changes.released_at < ? AND +changes.kind = 'new' "
        "AND changes.dismissed_at IS NULL AND cited.status = 'withdrawn' ORDER BY changes.id",
        [iso(since), iso(until)],
    )
