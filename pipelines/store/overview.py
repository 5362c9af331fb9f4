"""What a site's plan comes to: what is due, what comes next, what an hour asks for."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from crawlers.page import Source
from pipelines.store import nightly, planning
from pipelines.store.opening import Reader
from pipelines.store.rows import iso, moment, moment_or_none, one, rows

A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """One site's plan. Requests are per hour: ``planned`` at the site's ``price``, sources
    included, and ``made`` on average over the last day.

    ``unread`` and ``overdue`` articles and ``sources`` are due now, ``known`` all that is
    looked at; ``next_at`` is when the next thing comes due.
    """

    price: float
    planned: float
    made: float
    known: int
    unread: int
    overdue: int
    sources: int
    next_at: datetime | None


def overview(db: Reader, site_id: int, now: datetime) -> Overview:
    """What is due on a site now, and what its plan asks of it."""
    counts = one(
        db,
        "SELECT (SELECT price FROM sites WHERE id = :site) AS price, "
        "count(current_version_id) AS known, "
        "sum(due_at <= :now AND current_version_id IS NULL) AS unread, "
        "sum(due_at <= :now AND current_version_id IS NOT NULL) AS overdue, "
        "(SELECT sum(requests) FROM runs WHERE site_id = :site AND started_at > :day) AS made "
        "FROM articles WHERE site_id = :site AND merged_into IS NULL",
        {"site": site_id, "now": iso(now), "day": iso(now - A_DAY)},
    )
    assert counts is not None
    return Overview(
        price=counts["price"],
        planned=nightly.demand(db, site_id, now).requests(counts["price"]),
        made=(counts["made"] or 0) / 24,
        known=counts["known"],
        unread=counts["unread"] or 0,
        overdue=counts["overdue"] or 0,
        sources=len(planning.due_sources(db, site_id, now)),
        next_at=planning.next_due_at(db, site_id),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class NextSource:
    """A source and when it is read next; ``due_at`` None for at once. ``found`` so many
    addresses not known before in so many ``hours``, the old counting less.
    """

    source: Source
    due_at: datetime | None
    read_at: datetime | None
    found: float
    hours: float


def next_sources(db: Reader, site_id: int) -> list[NextSource]:
    """A site's sources in the order in which they will be read."""
    return [
        NextSource(
            source=Source(kind=row["kind"], url=row["url"]),
            due_at=moment_or_none(row["due_at"]),
            read_at=moment_or_none(row["read_at"]),
            found=row["found"],
            hours=row["hours"],
        )
        for row in rows(
            db,
            "SELECT * FROM sources WHERE site_id = ? AND kind NOT IN ('argument', 'pages') "
            "ORDER BY ifnull(due_at, ''), url",
            [site_id],
        )
    ]


def next_articles(db: Reader, site_id: int, *, limit: int) -> list[tuple[int, datetime]]:
    """The ids of the articles that come due first, and when."""
    found = rows(
        db,
        "SELECT id, due_at FROM articles WHERE site_id = ? AND due_at IS NOT NULL "
        "AND merged_into IS NULL ORDER BY due_at, id LIMIT ?",
        [site_id, limit],
    )
    return [(row["id"], moment(row["due_at"])) for row in found]
