"""Which known articles may be the one that was just read: found by index, few at a time."""

from datetime import datetime

from pipelines.store.opening import Reader, Writer
from pipelines.store.rows import change_row, iso, moment_or_none, one, rows

MOST_OF_ONE_TEXT = 20
MOST_OF_ONE_TITLE = 10
MOST_OF_ONE_MOMENT = 40


def by_body(
    db: Reader | Writer,
    site_id: int,
    body: str,
    *,
    title: str,
    published_at: datetime | None,
    except_id: int,
) -> list[int]:
    """Articles of the site whose current body is this (by its fingerprint).

    Those of the title and moment come first, then those that are not there any more.
    """
    found = rows(
        db,
        # In this order: the planner would rather go through all articles of the site.
        "SELECT articles.id FROM texts CROSS JOIN versions ON versions.text_id = texts.id "
        "CROSS JOIN articles INDEXED BY articles_by_version "
        "ON articles.current_version_id = versions.id "
        "WHERE texts.fingerprint = ? AND articles.site_id = ? AND articles.id != ? "
        "AND articles.merged_into IS NULL ORDER BY (articles.title = ?) + "
        "(articles.published_at IS ?) DESC, articles.status = 'live', articles.id LIMIT ?",
        [
            body,
            site_id,
            except_id,
            title,
            iso(published_at) if published_at else None,
            MOST_OF_ONE_TEXT,
        ],
    )
    return [row["id"] for row in found]


def by_title(
    db: Reader | Writer, site_id: int, title: str, *, key: str, except_id: int
) -> list[int]:
    """Read articles of the site with this title, or that ever had it (``key``, folded).

    Those that are not there any more come first.
    """
    found = rows(
        db,
        "SELECT id FROM articles WHERE id IN (SELECT id FROM articles INDEXED BY "
        "articles_by_title WHERE site_id = :site AND title = :title UNION "
        "SELECT article_id FROM teasers WHERE site_id = :site AND kind = 'title' "
        "AND key = :key AND :key != '') AND id != :besides AND current_version_id IS NOT NULL "
        "AND merged_into IS NULL ORDER BY status = 'live', id DESC LIMIT :most",
        {
            "site": site_id,
            "title": title,
            "key": key,
            "besides": except_id,
            "most": MOST_OF_ONE_TITLE,
        },
    )
    return [row["id"] for row in found]


def by_moment(
    db: Reader | Writer, site_id: int, since: datetime, until: datetime, *, except_id: int
) -> list[int]:
    """Read articles of the site that were published from ``since`` until before ``until``."""
    found = rows(
        db,
        "SELECT id FROM articles INDEXED BY articles_by_moment WHERE site_id = ? "
        "AND published_at >= ? AND published_at < ? AND id != ? "
        "AND current_version_id IS NOT NULL AND merged_into IS NULL "
        "ORDER BY status = 'live', id LIMIT ?",
        [site_id, iso(since), iso(until), except_id, MOST_OF_ONE_MOMENT],
    )
    return [row["id"] for row in found]


def wait_for(db: Writer, look_id: int, twin_id: int) -> None:
    """Let a held article wait for another twin."""
    change_row(db, "looks", look_id, {"twin_id": twin_id})


def taught_at(db: Reader, site_id: int) -> datetime | None:
    """When the site last taught how its pages are read, or a person dropped what it taught."""
    row = one(
        db,
        "SELECT max(learned_at, ifnull(dropped_at, '')) AS at FROM learned WHERE site_id = ? "
        "ORDER BY at DESC LIMIT 1",
        [site_id],
    )
    return moment_or_none(row["at"]) if row else None
