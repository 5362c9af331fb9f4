"""What a report asks of the store, beside the released changes."""

from datetime import datetime

from pipelines.store.opening import Reader
from pipelines.store.rows import Row, iso, one, rows


def site_names(db: Reader) -> list[str]:
    """The sites that were ever crawled; one that was only looked at has a row, but no run."""
    found = rows(
        db,
        "SELECT name FROM sites WHERE EXISTS (SELECT 1 FROM runs WHERE site_id = sites.id) "
        "ORDER BY name",
    )
    return [row["name"] for row in found]


def baseline(db: Reader, site: str, *, since: datetime, until: datetime) -> Row | None:
    """How many articles were known when the site's baseline ended, if within the span."""
    return one(
        db,
        "SELECT (SELECT count(*) FROM articles WHERE site_id = sites.id AND merged_into IS NULL "
        "AND first_seen_at <= sites.baseline_at) AS articles FROM sites "
        "WHERE name = ? AND baseline_at >= ? AND baseline_at < ?",
        [site, iso(since), iso(until)],
    )


def unread(db: Reader, site: str) -> int:
    """Addresses that are known but were never read."""
    row = one(
        db,
        "SELECT count(*) AS n FROM articles JOIN sites ON sites.id = articles.site_id "
        "WHERE sites.name = ? AND articles.status = 'known'",
        [site],
    )
    return row["n"] if row else 0


def last_release(db: Reader) -> str | None:
    """When a change was told last, in the store's own text."""
    row = one(db, "SELECT max(released_at) AS at FROM changes")
    return row["at"] if row else None


def looked_at(db: Reader, site: str, *, until: datetime) -> str | None:
    """When the last crawl of a site that ended well before ``until`` ended."""
    row = one(
        db,
        "SELECT max(finished_at) AS at FROM runs JOIN sites ON sites.id = runs.site_id "
        "WHERE sites.name = ? AND runs.finished_at < ? "
        "AND runs.reason IN ('finished', 'budget_spent', 'told_to_wait')",
        [site, iso(until)],
    )
    return row["at"] if row else None


def archived(db: Reader, version_id: int) -> Row | None:
    """File and offset of the answer that a version was read from, where one is archived."""
    return one(
        db,
        "SELECT archived.file, archived.offset FROM versions "
        "JOIN archived ON archived.snapshot_id = versions.snapshot_id WHERE versions.id = ?",
        [version_id],
    )


def problems(db: Reader, site: str, *, until: datetime) -> list[Row]:
    """Open findings, and the latest run where it ended badly."""
    return rows(
        db,
        "SELECT findings.kind, findings.detail, findings.url, findings.opened_at AS since, "
        "findings.times FROM findings JOIN sites ON sites.id = findings.site_id "
        "WHERE sites.name = :site AND findings.opened_at < :until "
        "AND ifnull(findings.closed_at, '9999') >= :until "
        "UNION ALL "
        "SELECT 'run_' || runs.reason, ifnull(runs.error, ''), '', runs.started_at, 1 "
        "FROM runs JOIN sites ON sites.id = runs.site_id "
        "WHERE sites.name = :site AND runs.finished_at IS NOT NULL AND runs.reason NOT IN "
        "('finished', 'budget_spent', 'told_to_wait', 'unreachable') AND runs.id = "
        "(SELECT max(id) FROM runs WHERE site_id = sites.id AND finished_at IS NOT NULL) "
        "ORDER BY 4",
        {"site": site, "until": iso(until)},
    )


def health(db: Reader, site: str) -> Row:
    """A site's last run, live articles and open findings, for one line of a list."""
    row = one(
        db,
        "SELECT last_run_at, last_reason, live_articles, findings FROM site_health WHERE site = ?",
        [site],
    )
    return row or {"last_run_at": None, "last_reason": None, "live_articles": 0, "findings": ""}
