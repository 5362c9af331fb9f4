"""Changes: recorded when confirmed, told only when released."""

from collections.abc import Collection
from datetime import datetime

from pipelines.changes import Change
from pipelines.store import outbox
from pipelines.store.opening import Reader, Writer
from pipelines.store.rows import Row, as_json, change_row, insert, iso, iso_or_none, one, rows


def add(db: Writer, article_id: int, change: Change, *, run_id: int) -> int:
    return insert(
        db,
        "changes",
        {
            "article_id": article_id,
            "run_id": run_id,
            "kind": change.kind,
            "weight": change.weight,
            "before_version_id": change.before_version_id,
            "after_version_id": change.after_version_id,
            "fields": as_json(change.fields),
            "explanation": as_json(change.explanation),
            "detected_at": iso(change.detected_at),
            "confirmed_at": iso(change.confirmed_at),
        },
    )


def release(
    db: Writer, site_id: int, now: datetime, *, news: bool, held: Collection[int] = ()
) -> int:
    """Let people know of every confirmed change of a site but the ``held``; return how many.

    What was released and what the outbox holds is one transaction: the caller's.

    Without ``news`` what is new is kept back: the rest of the run may still show that it is
    a known article under another address.
    """
    marks = ", ".join("?" * len(held))
    released = rows(
        db,
        "UPDATE changes SET released_at = ? WHERE released_at IS NULL AND dismissed_at IS NULL "  # noqa: S608 - marks
        "AND (? OR kind != 'new') AND id NOT IN "
        f"({marks}) AND article_id IN "
        "(SELECT id FROM articles WHERE site_id = ? AND merged_into IS NULL) RETURNING id",
        [iso(now), news, *held, site_id],
    )
    outbox.add(db, sorted(row["id"] for row in released), "released", now)
    return len(released)


def dismiss(db: Writer, change_id: int, now: datetime, *, why: str) -> None:
    """Call a change a false alarm: it is told no more, and kept with the reason.

    Whoever was told of it will be told so.
    """
    change_row(db, "changes", change_id, {"dismissed_at": iso(now), "dismissed_why": why})
    if one(db, "SELECT id FROM changes WHERE id = ? AND released_at IS NOT NULL", [change_id]):
        outbox.add(db, [change_id], "taken_back", now)


def undo_dismissal(db: Writer, change_id: int, now: datetime) -> None:
    """Let a change be told after all, now where nobody was told of it before."""
    outbox.add(db, [change_id], "released", now)
    db.execute(
        "UPDATE changes SET dismissed_at = NULL, dismissed_why = NULL, "
        "released_at = ifnull(released_at, ?) WHERE id = ?",
        [iso(now), change_id],
    )


def by_id(db: Reader | Writer, change_id: int) -> Row | None:
    """A change with its article's address and its site's name; None for an unknown number."""
    return one(
        db,
        "SELECT changes.*, articles.url, articles.title, articles.site_id, "
        "sites.name AS site FROM changes "
        "JOIN articles ON articles.id = changes.article_id "
        "JOIN sites ON sites.id = articles.site_id WHERE changes.id = ?",
        [change_id],
    )


def released(
    db: Reader,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    site: str | None = None,
) -> list[Row]:
    """Released changes, oldest first, with their article's and site's columns."""
    return rows(
        db,
        "SELECT changes.*, articles.url, articles.title, articles.published_at, "
        "articles.site_id, "
        "sites.name AS site FROM changes "
        "JOIN articles ON articles.id = changes.article_id "
        "JOIN sites ON sites.id = articles.site_id "
        "WHERE released_at >= ifnull(:since, '') AND released_at < ifnull(:until, '9999') "
        "AND dismissed_at IS NULL "
        "AND sites.name = ifnull(:site, sites.name) ORDER BY released_at, changes.id",
        {"since": iso_or_none(since), "until": iso_or_none(until), "site": site},
    )


def dismissed(db: Reader, *, since: datetime, until: datetime, site: str) -> list[Row]:
    """Dismissed changes of a site that were told in the span, or dismissed in it untold."""
    return rows(
        db,
        "SELECT changes.*, articles.url, articles.title FROM changes "
        "JOIN articles ON articles.id = changes.article_id "
        "JOIN sites ON sites.id = articles.site_id WHERE sites.name = ? "
        "AND dismissed_at IS NOT NULL AND ifnull(released_at, dismissed_at) >= ? "
        "AND ifnull(released_at, dismissed_at) < ? ORDER BY changes.id",
        [site, iso(since), iso(until)],
    )


def of_article(db: Reader, article_id: int) -> list[Row]:
    """Every change of an article, oldest first, released or not."""
    return rows(db, "SELECT * FROM changes WHERE article_id = ? ORDER BY id", [article_id])
