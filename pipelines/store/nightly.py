"""Once a night: the rates by age learned from this store, and each site's price anew."""

import math
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Final

from pipelines import flow, habit
from pipelines.flow import Flow
from pipelines.habit import Habit
from pipelines.hazard import Seen, expected, hazard, learn, observed
from pipelines.price import Demand, price
from pipelines.store.habits import HABIT, born, habit_of, hours, table_in_force
from pipelines.store.opening import Reader, Store, Writer
from pipelines.store.rows import as_json, change_row, insert, iso, moment, one, rows

SLICE: Final = 5000
"""Articles whose mass is set anew in one transaction, so that crawls need not wait long."""
A_WEEK: Final = timedelta(days=7)


def learn_rates(store: Store, now: datetime) -> Seen:
    """Learn the rates by age from all that was observed; return what that was.

    Exposure is the time from each article's first look to its last, edits are the released
    changes that taught. Every article's ``mass`` is then counted by the new rates.
    """
    known = table_in_force(store.reader)
    spans = list(_spans(store.reader))
    seen = observed(known, ((start, end) for _, start, end, _ in spans), _changes(store.reader))
    rates = learn(seen)
    with store.writing() as db:
        values = {"learned_at": iso(now), "rates": as_json(rates)}
        sums = {"hours": as_json(seen.hours), "edits": as_json(seen.edits)}
        insert(db, "hazards", {**values, **sums})
    table = hazard(rates)
    masses = ((expected(table, start, end), each, mass) for each, start, end, mass in spans)
    moved = [(new, each) for new, each, mass in masses if abs(new - mass) > 0.01 * mass]
    for start in range(0, len(moved), SLICE):
        with store.writing() as db:
            db.conn.executemany(
                "UPDATE articles SET mass = ? WHERE id = ?", moved[start : start + SLICE]
            )
    return seen


def learned_at(db: Reader) -> datetime | None:
    """When rates were learned last."""
    row = one(db, "SELECT learned_at FROM hazards ORDER BY id DESC LIMIT 1")
    return moment(row["learned_at"]) if row else None


def _spans(db: Reader) -> Iterator[tuple[int, float, float, float]]:
    """Of every read article its id, its ages at the first and the last look, its mass."""
    for row in rows(
        db,
        f"SELECT articles.id, {HABIT}, versions.seen_at FROM articles "  # noqa: S608 - our columns
        "JOIN versions ON versions.article_id = articles.id AND versions.number = 1 "
        "WHERE looked_at IS NOT NULL",
    ):
        birth = born(row)
        first, last = hours(row["seen_at"]) - birth, hours(row["looked_at"]) - birth
        yield row["id"], first, last, row["mass"]


def _changes(db: Reader) -> Iterator[tuple[float, float, float]]:
    for row in rows(
        db,
        f"SELECT {HABIT}, changes.detected_at, changes.taught, "  # noqa: S608 - our columns
        "versions.last_seen_at FROM changes JOIN articles ON articles.id = changes.article_id "
        "JOIN versions ON versions.id = before_version_id WHERE taught > 0",
    ):
        birth = born(row)
        since, until = hours(row["last_seen_at"]) - birth, hours(row["detected_at"]) - birth
        if since < until:
            yield since, until, row["taught"]


def demand(db: Reader | Writer, site_id: int, now: datetime) -> Demand:
    """What an hour of a site asks for, by its articles of today and its news of a week."""
    table, moment = table_in_force(db), now.timestamp() / 3600
    articles = sum(habit.worth(each, table, moment - 24, moment) for each in _live(db, site_id))
    sources = rows(
        db,
        "SELECT found, hours FROM sources WHERE site_id = ? AND kind NOT IN ('argument', 'pages')",
        [site_id],
    )
    flows = [Flow(found=row["found"], hours=row["hours"]) for row in sources]
    return Demand(
        articles=articles / 24,
        sources=sum(math.pow(flow.rate(each), habit.POWER) for each in flows),
        fixed=_fixed(db, site_id, now),
    )


def _live(db: Reader | Writer, site_id: int) -> Iterator[Habit]:
    found = rows(
        db,
        f"SELECT {HABIT} FROM articles INDEXED BY articles_by_status "  # noqa: S608 - our columns
        "WHERE site_id = ? AND status = 'live' AND merged_into IS NULL",
        [site_id],
    )
    return (habit_of(row) for row in found)


def _fixed(db: Reader | Writer, site_id: int, now: datetime) -> float:
    """Requests per hour that no price avoids: one for each new article and each second look."""
    row = one(
        db,
        "SELECT (SELECT count(*) FROM articles WHERE site_id = :site AND first_seen_at > :since "
        "AND announced_by IS NOT NULL) + (SELECT count(*) FROM changes JOIN articles "
        "ON articles.id = article_id WHERE released_at > :since AND site_id = :site "
        "AND kind NOT IN ('new', 'withdrawn')) AS looks, "
        "(SELECT baseline_at FROM sites WHERE id = :site) AS baseline_at",
        {"site": site_id, "since": iso(now - A_WEEK)},
    )
    assert row is not None
    if row["baseline_at"] is None:
        return 0.0
    known = now.timestamp() / 3600 - hours(row["baseline_at"])
    return float(row["looks"]) / min(max(known, 1.0), A_WEEK.total_seconds() / 3600)


def set_prices(store: Store, budgets: Mapping[str, float], now: datetime) -> dict[str, float]:
    """Set each named site's price from its budget in requests per hour; return the prices.

    Sites that the store does not know are passed over. To be repeated whenever a budget
    changes, and nightly after :func:`learn_rates`.
    """
    found = rows(store.reader, "SELECT id, name FROM sites")
    prices = {
        row["id"]: (row["name"], price(demand(store.reader, row["id"], now), budgets[row["name"]]))
        for row in found
        if row["name"] in budgets
    }
    with store.writing() as db:
        for site_id, (_, its_price) in prices.items():
            change_row(db, "sites", site_id, {"price": its_price})
    return dict(prices.values())
