"""Articles and their addresses: found, looked for, merged, due."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from crawlers.page import Link
from pipelines.changes import ArticleRow
from pipelines.store import citations, forgotten, links, search, watched
from pipelines.store.opening import Reader, Writer
from pipelines.store.rows import (
    article_row,
    change_row,
    insert,
    iso,
    iso_or_none,
    moment_or_none,
    one,
    rows,
)


def by_id(db: Reader | Writer, article_id: int) -> ArticleRow:
    row = one(db, "SELECT * FROM articles WHERE id = ?", [article_id])
    assert row is not None
    return article_row(row)


def resolve(db: Reader | Writer, site_id: int, key: str) -> ArticleRow | None:
    """The article that ``key`` names, through merges."""
    row = one(
        db,
        "WITH RECURSIVE survivor(id, merged_into) AS ("
        "SELECT id, merged_into FROM articles WHERE site_id = ? AND key = ? UNION "
        "SELECT articles.id, articles.merged_into FROM articles "
        "JOIN survivor ON articles.id = survivor.merged_into) "
        "SELECT articles.* FROM articles JOIN survivor USING (id) "
        "WHERE articles.merged_into IS NULL",
        [site_id, key],
    )
    return article_row(row) if row else None


def add(db: Writer, site_id: int, *, key: str, url: str, now: datetime) -> ArticleRow:
    article_id = insert(
        db,
        "articles",
        {
            "site_id": site_id,
            "key": key,
            "url": url,
            "first_seen_at": iso(now),
            "due_at": iso(now),
        },
    )
    add_address(db, article_id, url, now)
    citations.found_now(db, site_id, key, article_id)
    return by_id(db, article_id)


def add_address(db: Writer, article_id: int, url: str, now: datetime) -> bool:
    """Note an address of an article; True when it was not known before."""
    cursor = db.execute(
        "INSERT INTO addresses (article_id, url, seen_at) VALUES (?, ?, ?) "
        "ON CONFLICT (article_id, url) DO NOTHING",
        [article_id, url, iso(now)],
    )
    return cursor.rowcount > 0


def other_address(db: Reader | Writer, row: ArticleRow) -> str | None:
    """Another address of the article at which it was not found gone, the latest first."""
    return next(iter(other_addresses(db, row)), None)


def other_addresses(db: Reader | Writer, row: ArticleRow) -> list[str]:
    """All other addresses at which it was not found gone, the latest first."""
    found = rows(
        db,
        "SELECT url FROM addresses WHERE article_id = ? AND url != ? AND gone_at IS NULL "
        "ORDER BY id DESC",
        [row.id, row.url],
    )
    return [row["url"] for row in found]


def gone_at(db: Reader | Writer, row: ArticleRow) -> datetime | None:
    """Since when the article is known to be gone at the address where it is looked for."""
    found = one(
        db, "SELECT gone_at FROM addresses WHERE article_id = ? AND url = ?", [row.id, row.url]
    )
    return moment_or_none(found["gone_at"]) if found else None


def has_moved_from(db: Reader | Writer, row: ArticleRow) -> bool:
    """Whether the article once moved away from the address where it is looked for."""
    found = one(
        db,
        "SELECT 1 FROM changes WHERE article_id = ? AND kind = 'moved' "
        "AND dismissed_at IS NULL AND json_extract(explanation, '$.from') = ? LIMIT 1",
        [row.id, row.url],
    )
    return found is not None


def mark_address(db: Writer, article_id: int, url: str, *, gone_at: datetime | None) -> None:
    """Note that an address does not answer with the article any more, or that it does again."""
    db.execute(
        "UPDATE addresses SET gone_at = ? WHERE article_id = ? AND url = ?",
        [iso_or_none(gone_at), article_id, url],
    )


def _listed_again(db: Writer, article_id: int, url: str) -> None:
    db.execute(
        "UPDATE addresses SET gone_at = NULL "
        "WHERE article_id = ? AND url = ? AND gone_at IS NOT NULL",
        [article_id, url],
    )


def addresses(db: Reader | Writer, article_id: int) -> list[str]:
    return [
        row["url"]
        for row in rows(
            db, "SELECT url FROM addresses WHERE article_id = ? ORDER BY id", [article_id]
        )
    ]


def discover(
    db: Writer,
    site_id: int,
    link: Link,
    *,
    now: datetime,
    announced_by: str | None,
    hints: bool = False,
) -> bool:
    """Note what a source listed; True when the article was not known before.

    A second address of a known article makes it due, so that the two can be told apart:
    moved, or alive twice. So does a time of modification after the last look, where
    ``hints`` are believed; that there is none proves nothing. An address at which it was gone
    may show it again once it is listed.
    """
    row = resolve(db, site_id, link.key)
    is_new = row is None
    if row is None and forgotten.is_forgotten(db, site_id, link.key):
        return False
    if row is None:
        row = add(db, site_id, key=link.key, url=link.url, now=now)
        told = {
            "title": link.title,
            "published_at": iso_or_none(link.published_at),
            "announced_by": announced_by,
        }
        change(db, row.id, told)
    elif add_address(db, row.id, link.url, now):
        change(db, row.id, {"due_at": iso(now)})
    elif hints and row.checked_at and row.checked_at < (link.modified_at or row.checked_at) <= now:
        due_by(db, row.id, now)
    if link.url != row.url:
        _listed_again(db, row.id, link.url)
    if not is_new and row.current_version_id is None and row.announced_by is None and announced_by:
        # Found first by a source on its first reading, and in the same breath by one that
        # had been read in full before: news after all. Only before the article is read.
        db.execute(
            "UPDATE articles SET announced_by = ? WHERE id = ? AND first_seen_at > ifnull(("
            "SELECT max(finished_at) FROM runs WHERE site_id = articles.site_id "
            "AND reason != 'died'), '')",
            [announced_by, row.id],
        )
    return is_new


def change(db: Writer, article_id: int, values: Mapping[str, Any]) -> None:
    change_row(db, "articles", article_id, values)


def due_by(db: Writer, article_id: int, moment: datetime) -> None:
    """Let an article be due by then, if it is not due before."""
    db.execute(
        "UPDATE articles SET due_at = min(due_at, ?) WHERE id = ?", [iso(moment), article_id]
    )


def merge(db: Writer, gone: ArticleRow, survivor: ArticleRow, now: datetime) -> None:
    """Let ``gone`` be another name of ``survivor``. Its history stays where it is."""
    change(db, gone.id, {"merged_into": survivor.id, "status": "moved", "due_at": None})
    db.execute("UPDATE articles SET merged_into = ? WHERE merged_into = ?", [survivor.id, gone.id])
    search.index(db, gone.id)
    links.pass_on(db, gone.id, survivor.id, now)
    watched.pass_on(db, gone.id, survivor.id)
    for row in rows(db, "SELECT url FROM addresses WHERE article_id = ?", [gone.id]):
        add_address(db, survivor.id, row["url"], now)
    db.execute(
        "UPDATE looks SET state = 'agreed' WHERE article_id = ? AND state IN ('pending', 'held')",
        [gone.id],
    )


TeaserKind = Literal["title", "lead"]


def add_teaser(db: Writer, row: ArticleRow, kind: TeaserKind, key: str) -> None:
    """Remember a title or lead (folded) that an article has or had."""
    if key:
        db.execute(
            "INSERT INTO teasers (site_id, kind, key, article_id) VALUES (?, ?, ?, ?) "
            "ON CONFLICT DO NOTHING",
            [row.site_id, kind, key, row.id],
        )


def has_teaser(
    db: Reader | Writer,
    site_id: int,
    kind: TeaserKind,
    key: str,
    *,
    except_id: int,
    begins: bool = False,
) -> bool:
    """Whether another article of the site has or had this title or lead (folded).

    ``begins``: or one that begins so.
    """
    last = key + "\U0010ffff" if begins else key
    found = one(
        db,
        "SELECT 1 AS found FROM teasers JOIN articles ON articles.id = teasers.article_id "
        "WHERE teasers.site_id = ? AND teasers.kind = ? AND teasers.key BETWEEN ? AND ? "
        "AND articles.id != ? AND articles.merged_into IS NOT ? LIMIT 1",
        [site_id, kind, key, last, except_id, except_id],
    )
    return found is not None or forgotten.has_teaser(db, site_id, kind, key, begins=begins)


@dataclass(frozen=True, slots=True, kw_only=True)
class DueWish:
    """Which due articles a run wants.

    ``checked_before``: also every read article last looked at before that moment.
    ``rechecks``: read articles at all. ``first_looks``: anything but second looks.
    ``since``: of unread articles only those not known to be published earlier.
    """

    now: datetime
    checked_before: datetime | None = None
    rechecks: bool = True
    first_looks: bool = True
    since: datetime | None = None


def has_gone(db: Reader, run_id: int) -> bool:
    """Whether a run found an article gone that was gone before."""
    row = one(
        db,
        "SELECT 1 AS found FROM runs CROSS JOIN articles INDEXED BY articles_by_status "
        "ON articles.site_id = runs.site_id AND status = 'missing' "
        "WHERE runs.id = ? AND gone_run_id = runs.id AND gone_looks > 1 "
        "AND current_version_id IS NOT NULL LIMIT 1",
        [run_id],
    )
    return row is not None


def last_seen(db: Reader, site_id: int, *, besides: Collection[int]) -> ArticleRow | None:
    """The live article that was seen last, of those that answer."""
    marks = ", ".join("?" * len(besides))
    row = one(
        db,
        "SELECT * FROM articles INDEXED BY articles_by_status WHERE site_id = ? "  # noqa: S608
        "AND status = 'live' AND merged_into IS NULL AND failures = 0 AND due_at IS NOT NULL "
        f"AND id NOT IN ({marks}) ORDER BY last_seen_at DESC LIMIT 1",
        [site_id, *besides],
    )
    return article_row(row) if row else None


def missing(db: Reader | Writer, site_id: int) -> list[ArticleRow]:
    """Articles that were live and answered 404 or 410 since, not yet called withdrawn."""
    return [
        article_row(row)
        for row in rows(
            db,
            "SELECT * FROM articles WHERE site_id = ? AND status = 'missing' "
            "AND current_version_id IS NOT NULL AND gone_looks > 0 ORDER BY id",
            [site_id],
        )
    ]
