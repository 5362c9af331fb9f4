"""What our own pages ask of the store, over the views and tables, for reading only."""

from collections.abc import Callable
from datetime import datetime
from sqlite3 import Connection
from typing import Final, TypeVar

from datasette.app import Datasette
from datasette.utils import sqlite_timelimit
from sqlite_utils import Database

from monitor.browse.rights import store_of
from pipelines.store.opening import Reader
from pipelines.store.rows import Row, iso, one, rows

T = TypeVar("T")
MOST_MILLISECONDS: Final = 5000
LEAST_COPIED: Final = 200
"""Characters: shorter texts are equal by chance."""


async def ask(datasette: Datasette, question: Callable[[Reader], T]) -> T:
    """What ``question`` finds, all of it as the store is at one moment."""

    def asked(connection: Connection) -> T:
        connection.execute("BEGIN")
        try:
            with sqlite_timelimit(connection, MOST_MILLISECONDS):
                return question(Reader(Database(connection)))
        finally:
            connection.rollback()

    found: T = await store_of(datasette).execute_fn(asked)
    return found


def counts_since(db: Reader, since: datetime) -> list[Row]:
    """Rows of kind, weight and n of the changes released since then."""
    return rows(
        db,
        "SELECT kind, weight, count(*) AS n FROM changes WHERE released_at >= ? "
        "AND dismissed_at IS NULL GROUP BY kind, weight",
        [iso(since)],
    )


def changes_since(db: Reader, since: datetime, *, news: bool, limit: int) -> list[Row]:
    """Released changes, the heaviest first; ``news``: new articles, or all but these."""
    return rows(
        db,
        "SELECT * FROM latest_changes WHERE released_at >= ? AND (kind = 'new') = ? "
        "AND weight != 'cosmetic' ORDER BY weight = 'substantive' DESC, released_at DESC LIMIT ?",
        [iso(since), news, limit],
    )


def latest(db: Reader, *, limit: int) -> list[Row]:
    """The latest changes of any day."""
    return rows(
        db,
        "SELECT * FROM latest_changes WHERE weight != 'cosmetic' AND kind != 'new' "
        "ORDER BY released_at DESC LIMIT ?",
        [limit],
    )


def latest_of_site(db: Reader, site_id: int, *, limit: int) -> list[Row]:
    return rows(
        db,
        "SELECT latest_changes.* FROM latest_changes "
        "JOIN articles ON articles.id = latest_changes.article_id "
        "WHERE articles.site_id = ? AND latest_changes.weight != 'cosmetic' "
        "AND latest_changes.kind != 'new' ORDER BY latest_changes.released_at DESC LIMIT ?",
        [site_id, limit],
    )


def health(db: Reader) -> list[Row]:
    """Each site's last run, its articles that are live, and its open findings."""
    return rows(db, "SELECT * FROM site_health")


def site(db: Reader, name: str) -> Row | None:
    return one(
        db,
        "SELECT sites.id, sites.name, sites.baseline_at, sites.answered_at, site_health.* "
        "FROM sites JOIN site_health ON site_health.site = sites.name WHERE sites.name = ?",
        [name],
    )


def by_status(db: Reader, site_id: int) -> list[Row]:
    return rows(
        db,
        "SELECT status, count(*) AS n FROM articles WHERE site_id = ? AND merged_into IS NULL "
        "GROUP BY status ORDER BY n DESC",
        [site_id],
    )


def runs(db: Reader, site_id: int, *, limit: int) -> list[Row]:
    return rows(
        db,
        "SELECT id, started_at, finished_at, reason, requests, pages, articles_answered, "
        "failures, versions_added FROM runs WHERE site_id = ? ORDER BY started_at DESC LIMIT ?",
        [site_id, limit],
    )


def findings(db: Reader, site_id: int, *, limit: int) -> list[Row]:
    """The open ones, then those that were closed last."""
    return rows(
        db,
        "SELECT kind, detail, url, times, opened_at, last_at, closed_at FROM findings "
        "WHERE site_id = ? ORDER BY closed_at IS NOT NULL, opened_at DESC LIMIT ?",
        [site_id, limit],
    )


def sources(db: Reader, site_id: int) -> list[Row]:
    return rows(
        db,
        "SELECT kind, url, read_at, due_at FROM sources WHERE site_id = ? "
        "AND kind NOT IN ('argument', 'pages') ORDER BY kind, url LIMIT 200",
        [site_id],
    )


def days(db: Reader, site_id: int, since: datetime) -> list[Row]:
    """Rows of day (as it is in Việt Nam), new and changed of what was told since then."""
    return rows(
        db,
        "SELECT date(changes.released_at, '+7 hours') AS day, sum(changes.kind = 'new') AS new, "
        "sum(changes.kind != 'new') AS changed FROM changes "
        "JOIN articles ON articles.id = changes.article_id WHERE changes.released_at >= ? "
        "AND changes.dismissed_at IS NULL AND changes.weight != 'cosmetic' "
        "AND articles.site_id = ? GROUP BY day ORDER BY day",
        [iso(since), site_id],
    )


def delays(db: Reader, site_id: int, since: datetime) -> list[float]:
    """Hours from publication until it was read, of each article that was new since then."""
    found = rows(
        db,
        "SELECT (julianday(changes.detected_at) - julianday(articles.published_at)) * 24 AS hours "
        "FROM changes JOIN articles ON articles.id = changes.article_id "
        "WHERE changes.released_at >= ? AND changes.kind = 'new' AND articles.site_id = ? "
        "AND changes.detected_at >= articles.published_at",
        [iso(since), site_id],
    )
    return [row["hours"] for row in found]


def article(db: Reader, article_id: int) -> Row | None:
    """An article as it was told; None for one that is unknown or that nobody was told of yet."""
    return one(
        db,
        "SELECT article_list.*, articles.site_id FROM article_list "
        "JOIN articles ON articles.id = article_list.id WHERE article_list.id = ?",
        [article_id],
    )


def merged_into(db: Reader, article_id: int) -> int | None:
    row = one(db, "SELECT merged_into FROM articles WHERE id = ?", [article_id])
    return row["merged_into"] if row else None


def addresses(db: Reader, article_id: int) -> list[Row]:
    return rows(
        db,
        "SELECT url, seen_at, gone_at FROM addresses WHERE article_id = ? ORDER BY id LIMIT 50",
        [article_id],
    )


def copies(db: Reader, article_id: int, version_ids: list[int]) -> list[Row]:
    """Other articles, of this or another site, that have a text of these versions word by word."""
    marks = ", ".join("?" * len(version_ids))
    return rows(
        db,
        "SELECT DISTINCT article_list.id, article_list.site, article_list.title, "  # noqa: S608
        "article_list.language, article_list.published_at FROM versions AS own "
        "JOIN texts ON texts.id = own.text_id AND texts.length >= ? "
        "JOIN versions AS other ON other.text_id = own.text_id AND other.article_id != ? "
        f"JOIN article_list ON article_list.id = other.article_id WHERE own.id IN ({marks}) "
        "ORDER BY article_list.published_at LIMIT 50",
        [LEAST_COPIED, article_id, *version_ids],
    )


def archived(db: Reader, snapshot_ids: list[int]) -> dict[int, Row]:
    """Where the archived pages lie: rows of file, offset and archived_at by snapshot."""
    marks = ", ".join("?" * len(snapshot_ids))
    found = rows(db, f"SELECT * FROM archived WHERE snapshot_id IN ({marks})", snapshot_ids)  # noqa: S608
    return {row["snapshot_id"]: row for row in found}


def neighbours(db: Reader, change: Row) -> list[Row]:
    """The other told changes of a change's article, newest first."""
    return rows(
        db,
        "SELECT id, kind, weight, released_at FROM changes WHERE article_id = ? AND id != ? "
        "AND (released_at IS NOT NULL OR dismissed_at IS NOT NULL) ORDER BY id DESC LIMIT 50",
        [change["article_id"], change["id"]],
    )


def latest_at(db: Reader) -> str | None:
    """When a crawl began last, or a change was told last."""
    row = one(
        db,
        "SELECT max(ifnull((SELECT max(started_at) FROM runs), ''), "
        "ifnull((SELECT max(released_at) FROM changes), '')) AS at",
    )
    return (row["at"] or None) if row else None
