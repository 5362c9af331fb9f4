"""Pages that a person follows: looked at so often at least, as far as the budget allows."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from pipelines.store.opening import Reader, Writer
from pipelines.store.rows import Row, iso, moment, moment_or_none, one, rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """A followed page; ``next_at`` None while it waits for another page, or is none."""

    article_id: int
    site: str
    url: str
    title: str
    status: str
    every: timedelta
    note: str
    since: datetime
    checked_at: datetime | None
    next_at: datetime | None


_WATCHED = """
SELECT watched.*, sites.name AS site, articles.url, articles.title, articles.status,
  articles.checked_at, articles.due_at, articles.failures, articles.current_version_id,
  EXISTS (SELECT 1 FROM looks WHERE looks.article_id = articles.id
    AND state IN ('pending', 'held')) AS is_in_doubt
FROM watched CROSS JOIN articles ON articles.id = watched.article_id
JOIN sites ON sites.id = articles.site_id"""


def follow(db: Writer, article_id: int, *, every: timedelta, note: str, now: datetime) -> None:
    """Watch an article; one that is watched already gets these words and times."""
    db.execute(
        "INSERT INTO watched (article_id, every, note, since) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (article_id) DO UPDATE SET every = excluded.every, note = excluded.note",
        [article_id, int(every.total_seconds()), note, iso(now)],
    )


def stop(db: Writer, article_id: int) -> bool:
    """Watch an article no more; False when it was not watched."""
    return db.execute("DELETE FROM watched WHERE article_id = ?", [article_id]).rowcount > 0


def pass_on(db: Writer, gone_id: int, survivor_id: int) -> None:
    """Watch an article under its other name."""
    db.execute(
        "UPDATE OR IGNORE watched SET article_id = ? WHERE article_id = ?", [survivor_id, gone_id]
    )
    stop(db, gone_id)


def is_watched(db: Reader | Writer, article_id: int) -> bool:
    return one(db, "SELECT 1 FROM watched WHERE article_id = ?", [article_id]) is not None


def of_article(db: Reader, article_id: int) -> Watched | None:
    """How an article is watched; None where nobody does."""
    row = one(db, f"{_WATCHED} WHERE articles.id = ?", [article_id])
    return _watched(row) if row else None


def all_watched(db: Reader) -> list[Watched]:
    """Every followed page, by site and since when."""
    return [_watched(row) for row in rows(db, f"{_WATCHED} ORDER BY site, since, article_id")]


def due(db: Reader, site_id: int, now: datetime) -> list[int]:
    """The ids of a site's followed pages whose turn it is, the longest waiting first."""
    found = ((one.next_at, one.article_id) for one in _of_site(db, site_id))
    return [article_id for at, article_id in sorted((at, n) for at, n in found if at) if at <= now]


def next_at(db: Reader, site_id: int) -> datetime | None:
    """When the next of a site's followed pages is to be looked at; None where there is none."""
    return min((one.next_at for one in _of_site(db, site_id) if one.next_at), default=None)


def _of_site(db: Reader, site_id: int) -> list[Watched]:
    found = rows(db, f"{_WATCHED} WHERE articles.site_id = ?", [site_id])
    return [_watched(row) for row in found]


def _watched(row: Row) -> Watched:
    return Watched(
        article_id=row["article_id"],
        site=row["site"],
        url=row["url"],
        title=row["title"],
        status=row["status"],
        every=timedelta(seconds=row["every"]),
        note=row["note"],
        since=moment(row["since"]),
        checked_at=moment_or_none(row["checked_at"]),
        next_at=_next_at(row),
    )


def _next_at(row: Row) -> datetime | None:
    """What is in doubt, failing or unread has moments of its own."""
    due_at, checked_at = moment_or_none(row["due_at"]), moment_or_none(row["checked_at"])
    is_plain = not row["is_in_doubt"] and not row["failures"] and row["current_version_id"]
    if due_at is None or checked_at is None or not is_plain:
        return due_at
    return min(due_at, checked_at + timedelta(seconds=row["every"]))
