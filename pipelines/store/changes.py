"""Changes: recorded when confirmed, told only when released."""

from datetime import datetime

from pipelines.changes import Change
from pipelines.store.opening import Reader, Writer
from pipelines.store.rows import Row, as_json, insert, iso, iso_or_none, rows


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


def release(db: Writer, site_id: int, now: datetime, *, news: bool) -> int:
    """Let people know of every confirmed change of a site; return how many.

    Without ``news`` what is new is kept back: the rest of the run may still show that it is
    a known article under another address.
    """
    cursor = db.execute(
        "UPDATE changes SET released_at = ? WHERE released_at IS NULL AND (? OR kind != 'new') "
        "AND article_id IN (SELECT id FROM articles WHERE site_id = ? AND merged_into IS NULL)",
        [iso(now), news, site_id],
    )
    return cursor.rowcount


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
        "sites.name AS site FROM changes "
        "JOIN articles ON articles.id = changes.article_id "
        "JOIN sites ON sites.id = articles.site_id "
        "WHERE released_at >= ifnull(:since, '') AND released_at < ifnull(:until, '9999') "
        "AND sites.name = ifnull(:site, sites.name) ORDER BY released_at, changes.id",
        {"since": iso_or_none(since), "until": iso_or_none(until), "site": site},
    )


def of_article(db: Reader, article_id: int) -> list[Row]:
    """Every change of an article, oldest first, released or not."""
    return rows(db, "SELECT * FROM changes WHERE article_id = ? ORDER BY id", [article_id])
