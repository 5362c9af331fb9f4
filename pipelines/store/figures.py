"""Counts by site, for metrics."""

from datetime import datetime

from pipelines.store.opening import Reader
from pipelines.store.rows import Row, iso, rows


def runs(db: Reader) -> list[Row]:
    """Columns site, reason ("" while under way), runs, requests, pages, failures."""
    return rows(
        db,
        "SELECT sites.name AS site, ifnull(reason, '') AS reason, count(*) AS runs, "
        "sum(requests) AS requests, sum(pages) AS pages, sum(failures) AS failures "
        "FROM runs JOIN sites ON sites.id = site_id GROUP BY 1, 2",
    )


def changes_released(db: Reader) -> list[Row]:
    """Columns site, kind, changes."""
    return rows(
        db,
        "SELECT sites.name AS site, changes.kind, count(*) AS changes FROM changes "
        "JOIN articles ON articles.id = article_id JOIN sites ON sites.id = site_id "
        "WHERE released_at IS NOT NULL GROUP BY 1, 2",
    )


def backlog(db: Reader, now: datetime) -> list[Row]:
    """Columns site, due (articles whose time has come), known: by indexes alone."""
    return rows(
        db,
        "SELECT name AS site, (SELECT count(*) FROM articles WHERE site_id = sites.id) AS known, "
        "(SELECT count(*) FROM articles INDEXED BY articles_by_due WHERE site_id = sites.id "
        "AND due_at <= ?) AS due FROM sites",
        [iso(now)],
    )


def conditions(db: Reader) -> list[Row]:
    """Columns site, breaker_probe_at, good_at: the end of the last run that read something."""
    return rows(
        db,
        "SELECT name AS site, breaker_probe_at, (SELECT max(finished_at) FROM runs "
        "WHERE site_id = sites.id AND pages > 0 AND reason IN "
        "('finished', 'budget_spent', 'told_to_wait')) AS good_at FROM sites",
    )
