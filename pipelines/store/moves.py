"""What is known of a site whose articles go elsewhere, many at once."""

from datetime import datetime, timedelta
from typing import Final

from pipelines.conditions import origin
from pipelines.store.opening import Reader, Writer
from pipelines.store.rows import Row, iso, moment, moment_or_none, one, rows

SPAN: Final = timedelta(days=2)
"""So near to each other articles go that go with their portal."""
FOR_EVER: Final = "9"
"""After every moment, as text."""


def moved(
    db: Reader | Writer, site_id: int, since: datetime, until: datetime | None = None
) -> list[Row]:
    """Moves found in that time, the first first: columns id, url (where it stood), gone_to,
    stands (where it is now), how, published_at, detected_at.
    """
    found = rows(
        db,
        # In this order: the planner would rather go through all articles of the site.
        "WITH latest AS (SELECT id FROM changes WHERE released_at IS NULL "
        "UNION SELECT id FROM changes WHERE released_at BETWEEN :since AND :released) "
        "SELECT articles.id, json_extract(explanation, '$.from') AS url, "
        "json_extract(explanation, '$.to') AS gone_to, articles.url AS stands, "
        "json_extract(explanation, '$.how') AS how, "
        "ifnull(articles.published_at, first_seen_at) AS published_at, detected_at "
        "FROM latest CROSS JOIN changes ON changes.id = latest.id "
        "CROSS JOIN articles ON articles.id = article_id "
        "WHERE +kind = 'moved' AND dismissed_at IS NULL AND detected_at BETWEEN :since AND :until "
        "AND articles.site_id = :site ORDER BY detected_at",
        {
            "since": iso(since),
            "until": iso(until) if until else FOR_EVER,
            "released": iso(until + SPAN) if until else FOR_EVER,
            "site": site_id,
        },
    )
    return [_with_moments(row, "published_at", "detected_at") for row in found]


def away(db: Reader | Writer, site_id: int, since: datetime) -> list[Row]:
    """Read articles that are gone since then: id, url (where they stood), status,
    missing_since, published_at.
    """
    found = rows(
        db,
        "SELECT id, ifnull(moved_from, url) AS url, status, missing_since, "
        "ifnull(published_at, first_seen_at) AS published_at FROM articles "
        "INDEXED BY articles_by_status WHERE site_id = ? "
        "AND status IN ('missing', 'withdrawn') AND missing_since >= ? "
        "AND current_version_id IS NOT NULL AND merged_into IS NULL",
        [site_id, iso(since)],
    )
    return [_with_moments(row, "published_at", "missing_since") for row in found]


def stayed(db: Reader | Writer, site_id: int, place: str, since: datetime) -> list[datetime]:
    """When the articles at a place (``https://host``) were last seen that were looked at again
    since then, and there.
    """
    found = rows(
        db,
        "SELECT last_seen_at FROM articles INDEXED BY articles_by_status "
        "WHERE site_id = ? AND status = 'live' AND merged_into IS NULL "
        "AND last_seen_at >= ? AND url >= ? AND url < ? "
        "AND first_seen_at < (SELECT max(started_at) FROM runs WHERE site_id = ?) "
        "AND NOT EXISTS (SELECT 1 FROM changes WHERE article_id = articles.id "
        "AND kind = 'moved' AND detected_at >= ?)",
        [site_id, iso(since), f"{place}/", f"{place}0", site_id, iso(since)],
    )
    return [moment(row["last_seen_at"]) for row in found]


def answers(db: Reader | Writer, site_id: int, place: str, since: datetime) -> bool:
    """Whether an article was seen at a place (``https://host``) since then, and stands there."""
    row = one(
        db,
        "SELECT 1 FROM articles INDEXED BY articles_by_status WHERE site_id = ? "
        "AND status = 'live' AND merged_into IS NULL AND moved_from IS NULL "
        "AND last_seen_at >= ? AND url >= ? AND url < ? LIMIT 1",
        [site_id, iso(since), f"{place}/", f"{place}0"],
    )
    return row is not None


def held(db: Reader | Writer, site_id: int) -> int:
    """Addresses that wait until their twin was looked at."""
    row = one(
        db,
        "SELECT count(*) AS number FROM looks CROSS JOIN articles ON articles.id = article_id "
        "WHERE looks.state IN ('pending', 'held') AND looks.state = 'held' AND site_id = ?",
        [site_id],
    )
    assert row is not None
    return int(row["number"])


def has_unread(db: Reader | Writer, site_id: int, since: datetime) -> bool:
    """Whether an address that was listed since then was not read yet, and may be."""
    row = one(
        db,
        "SELECT 1 FROM articles INDEXED BY articles_unread WHERE site_id = ? "
        "AND current_version_id IS NULL AND merged_into IS NULL AND status = 'known' "
        "AND failures = 0 AND first_seen_at >= ? AND due_at IS NOT NULL "
        "AND NOT EXISTS (SELECT 1 FROM looks WHERE article_id = articles.id) LIMIT 1",
        [site_id, iso(since)],
    )
    return row is not None


def spans(db: Reader | Writer, site_id: int) -> list[tuple[datetime, datetime | None]]:
    """When the portal was moving, by its findings; None: it still is."""
    found = rows(
        db,
        "SELECT opened_at, closed_at FROM findings WHERE site_id = ? AND kind = 'portal_moves' "
        "ORDER BY id",
        [site_id],
    )
    return [(moment(row["opened_at"]), moment_or_none(row["closed_at"])) for row in found]


def unfound(db: Reader | Writer, site_id: int) -> int:
    """Articles that went when the portal moved, or later from where it left, and are still
    missing once the move is not told any more: neither found again nor called withdrawn.
    """
    over = [(since - SPAN, until) for since, until in spans(db, site_id) if until is not None]
    if not over:
        return 0
    missing = rows(
        db,
        "SELECT url, missing_since FROM articles INDEXED BY articles_by_status WHERE site_id = ? "
        "AND status = 'missing' AND missing_since >= ? AND merged_into IS NULL",
        [site_id, iso(min(since for since, _ in over))],
    )
    went = [(origin(row["url"]), moment(row["missing_since"])) for row in missing]
    silent = {
        (place, until)
        for place in {place for place, _ in went}
        for _, until in over
        if not answers(db, site_id, place, until)
    }
    return sum(
        any(since <= at and (at <= until or (place, until) in silent) for since, until in over)
        for place, at in went
    )


def _with_moments(row: Row, *names: str) -> Row:
    return {**row, **{name: moment(row[name]) for name in names}}
