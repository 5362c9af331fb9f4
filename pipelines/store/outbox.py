"""The outbox: which released or taken-back changes no channel was looked up for yet."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Final, Literal

from pipelines.search import query
from pipelines.store.opening import Reader, Writer
from pipelines.store.rows import Row, iso, moment, one, rows

Event = Literal["released", "taken_back"]

AT_ONCE: Final = 200
"""Events that one transaction turns into deliveries, so that writers need not wait long."""


def add(db: Writer, change_ids: Iterable[int], event: Event, now: datetime) -> None:
    """Let channels be looked up for these changes; in the transaction that made it so."""
    written = [(change_id, event, iso(now)) for change_id in change_ids]
    db.conn.executemany(
        "INSERT INTO outbox (change_id, event, written_at) VALUES (?, ?, ?)", written
    )


def unrouted(db: Reader | Writer, limit: int = AT_ONCE) -> list[Row]:
    """The oldest events that no channel was looked up for: id, change_id, event, written_at."""
    return rows(
        db,
        "SELECT id, change_id, event, written_at FROM outbox WHERE routed_at IS NULL "
        "ORDER BY id LIMIT ?",
        [limit],
    )


def mark_routed(db: Writer, event_id: int, now: datetime) -> None:
    db.execute("UPDATE outbox SET routed_at = ? WHERE id = ?", [iso(now), event_id])


def know_routes(db: Writer, names: Collection[str], now: datetime) -> dict[str, datetime]:
    """Since when each of the routes stands; new ones from now on, others are forgotten.

    Where the clock ran ahead when a route began: since what was not looked up for it yet.
    """
    _take_back_beginnings(db, now)
    known = {row["name"]: moment(row["began_at"]) for row in rows(db, "SELECT * FROM routes")}
    for name in known.keys() - set(names):
        db.execute("DELETE FROM routes WHERE name = ?", [name])
    for name in names:
        if name not in known:
            db.execute("INSERT INTO routes (name, began_at) VALUES (?, ?)", [name, iso(now)])
            known[name] = now
    return {name: known[name] for name in names}


def _take_back_beginnings(db: Writer, now: datetime) -> None:
    db.execute(
        "UPDATE routes SET began_at = min(:now, ifnull("
        "(SELECT min(written_at) FROM outbox WHERE routed_at IS NULL), :now)) "
        "WHERE began_at > :now",
        {"now": iso(now)},
    )


def route_names(db: Reader | Writer) -> frozenset[str]:
    return frozenset(row["name"] for row in rows(db, "SELECT name FROM routes"))


def change(db: Reader | Writer, change_id: int) -> Row | None:
    """A change with its article's and site's columns, as ``changes.released`` has them."""
    return one(
        db,
        "SELECT changes.*, articles.url, articles.title, articles.published_at, "
        "articles.site_id, sites.name AS site FROM changes "
        "JOIN articles ON articles.id = changes.article_id "
        "JOIN sites ON sites.id = articles.site_id WHERE changes.id = ?",
        [change_id],
    )


def is_found(db: Reader | Writer, words: str, article_id: int) -> bool:
    """Whether a search for a person's words finds the article."""
    row = one(
        db,
        "SELECT 1 FROM articles_fts WHERE articles_fts MATCH ? AND rowid = ?",
        [query(words), article_id],
    )
    return row is not None
