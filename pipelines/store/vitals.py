"""What the store tells of a site's health: counts and times, for ``monitor.health`` to judge."""

from datetime import datetime, timedelta

from pipelines.store.opening import Reader
from pipelines.store.rows import Row, iso, moment, moment_or_none, one, rows

RHYTHM = 42
"""Days before the latest new article that tell how often a site publishes."""
DAY = timedelta(days=1)
BEFORE = timedelta(days=28)
MOST_LENGTHS = 2_000


def arrivals(db: Reader, site_id: int) -> tuple[datetime, ...]:
    """When new articles were found, in the six weeks before the latest of them, in order.

    Another address of a known article is none, nor is one that may be (its look is held).
    """
    found = rows(
        db,
        "WITH arrived AS (SELECT first_seen_at FROM articles WHERE site_id = :site "
        "AND announced_by IS NOT NULL AND merged_into IS NULL AND NOT EXISTS ("
        "SELECT 1 FROM looks WHERE article_id = articles.id "
        "AND state IN ('pending', 'held') AND state = 'held')) "  # by the index of open looks
        "SELECT first_seen_at FROM arrived "
        "WHERE first_seen_at > (SELECT baseline_at FROM sites WHERE id = :site) "
        "AND first_seen_at >= (SELECT strftime('%Y-%m-%dT%H:%M:%S', max(first_seen_at), :span) "
        "FROM arrived) ORDER BY first_seen_at",
        {"site": site_id, "span": f"-{RHYTHM} days"},
    )
    return tuple(moment(row["first_seen_at"]) for row in found)


def sources_read_at(db: Reader, site_id: int) -> datetime | None:
    """When a source answered last; lists of named addresses are none."""
    row = one(
        db,
        "SELECT max(read_at) AS at FROM sources WHERE site_id = ? "
        "AND kind NOT IN ('argument', 'pages')",
        [site_id],
    )
    return moment_or_none(row["at"]) if row else None


def dead_since(db: Reader, site_id: int, now: datetime) -> datetime | None:
    """The last heartbeat of a run that is open though its lease has expired."""
    row = one(
        db,
        "SELECT min(heartbeat_at) AS at FROM runs WHERE site_id = ? AND finished_at IS NULL "
        "AND lease_until < ?",
        [site_id, iso(now)],
    )
    return moment_or_none(row["at"]) if row else None


def readings(db: Reader, site_id: int, now: datetime) -> Row:
    """Columns read, unfit, empty, undated, dated_or_not, and the last two of the weeks before."""
    row = one(
        db,
        "SELECT (SELECT count(*) FROM articles WHERE site_id = :site AND "
        "(read_at >= :day OR last_seen_at >= :day)) AS read, "
        "(SELECT count(*) FROM articles WHERE site_id = :site AND read_at >= :day "
        "AND fits_profile = 0) AS unfit, "
        "(SELECT count(DISTINCT place) FROM symptoms JOIN findings ON findings.id = finding_id "
        "WHERE site_id = :site AND closed_at IS NULL AND answered_at IS NULL AND met_at >= :day "
        "AND kind IN ('empty', 'text_collapsed', 'parts_missing')) AS empty, "
        "count(*) FILTER (WHERE seen_at >= :day) AS dated_or_not, "
        "count(*) FILTER (WHERE seen_at >= :day AND versions.published_at IS NULL) AS undated, "
        "count(*) FILTER (WHERE seen_at < :day) AS dated_or_not_before, "
        "count(*) FILTER (WHERE seen_at < :day AND versions.published_at IS NULL) "
        "AS undated_before "
        "FROM versions JOIN articles ON articles.id = versions.article_id "
        "WHERE site_id = :site AND seen_at >= :before",
        {"site": site_id, "day": iso(now - DAY), "before": iso(now - DAY - BEFORE)},
    )
    assert row is not None
    return row


def lengths(db: Reader, site_id: int, now: datetime) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Characters of the texts of the last day's versions, and of the weeks before."""
    found = rows(
        db,
        "SELECT length, seen_at FROM versions JOIN articles ON articles.id = versions.article_id "
        "JOIN texts ON texts.id = text_id WHERE site_id = ? AND seen_at >= ? "
        "ORDER BY seen_at DESC LIMIT ?",
        [site_id, iso(now - DAY - BEFORE), MOST_LENGTHS],
    )
    day_ago = iso(now - DAY)
    latest = [row["length"] for row in found if row["seen_at"] >= day_ago]
    before = [row["length"] for row in found if row["seen_at"] < day_ago]
    return tuple(latest), tuple(before)


def yields(db: Reader, site_id: int) -> list[Row]:
    """Columns listed, usual, well_at of each listing that is still asked for."""
    return rows(
        db,
        "SELECT listed, usual, well_at FROM sources WHERE site_id = :site AND usual IS NOT NULL "
        "AND julianday(read_at) > (SELECT julianday(max(read_at)) - 3 FROM sources "
        "WHERE site_id = :site AND kind NOT IN ('argument', 'pages'))",
        {"site": site_id},
    )


def overdue(db: Reader, site_id: int, now: datetime, *, most: int) -> int:
    """Articles whose time has come, ``most`` at most; what the baseline brought is not counted
    until it was read.
    """
    row = one(
        db,
        "SELECT count(*) AS n FROM (SELECT 1 FROM articles JOIN sites ON sites.id = site_id "
        "WHERE site_id = ? AND due_at <= ? AND merged_into IS NULL AND "
        "(current_version_id IS NOT NULL OR first_seen_at > baseline_at) LIMIT ?)",
        [site_id, iso(now), most],
    )
    return int(row["n"]) if row else 0


def latest_at(db: Reader) -> datetime | None:
    """The latest time that a run wrote into the store."""
    row = one(db, "SELECT max(heartbeat_at) AS at FROM runs")
    return moment_or_none(row["at"]) if row else None
