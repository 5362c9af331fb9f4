"""Why one article is due when it is: everything that the rule knows of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from pipelines import habit
from pipelines.hazard import expected
from pipelines.store import watched
from pipelines.store.habits import HABIT, at_hours, habit_of, table_in_force
from pipelines.store.opening import Reader
from pipelines.store.rows import Row, moment_or_none, one

FOLLOWED: Final = "it is watched: sooner than its gap"


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Spans in hours, rates per hour.

    ``usual`` is the rate of an average article of this ``age``, ``liveliness`` this one's
    share of it, ``burst`` what an edit just found adds, ``expected`` the edits to be expected
    since the last look. ``edits`` of its own are set against ``mass`` of an average article;
    ``stuck`` says that it changed at every look and is not believed. ``watched_every``: a
    person follows it so closely. ``why`` is one line.
    """

    url: str
    age: float
    usual: float
    liveliness: float
    burst: float
    expected: float
    edits: float
    mass: float
    stuck: bool
    price: float
    gap: float
    looked_at: datetime | None
    due_at: datetime | None
    watched_every: float | None
    why: str


def explain(db: Reader, article_id: int, now: datetime) -> Explanation:
    """What is known of one article's next look; ``articles.resolve`` finds its id."""
    row = one(
        db,
        f"SELECT {HABIT}, articles.url, articles.due_at, articles.gap, articles.status, "  # noqa: S608
        "articles.failures, articles.refutations, articles.missing_since, articles.merged_into, "
        "articles.current_version_id, sites.price, "
        "EXISTS (SELECT 1 FROM looks WHERE article_id = articles.id AND state = 'pending') "
        "AS suspected FROM articles JOIN sites ON sites.id = articles.site_id "
        "WHERE articles.id = ?",
        [article_id],
    )
    assert row is not None
    known, table, moment = habit_of(row), table_in_force(db), now.timestamp() / 3600
    age = moment - known.born
    since_last_look = habit.expectation(known, table, until=moment, since=known.looked)
    followed = watched.of_article(db, article_id)
    due_at = followed.next_at if followed else moment_or_none(row["due_at"])
    return Explanation(
        url=row["url"],
        age=age,
        usual=expected(table, age, age + 1e-3) * 1e3,
        liveliness=habit.liveliness(known),
        burst=habit.fading(known, moment),
        expected=since_last_look.total,
        edits=known.edits,
        mass=known.mass,
        stuck=known.streak >= habit.STUCK,
        price=row["price"],
        gap=row["gap"],
        looked_at=moment_or_none(row["looked_at"]),
        due_at=due_at,
        watched_every=followed.every / timedelta(hours=1) if followed else None,
        why=_why(row) if due_at == moment_or_none(row["due_at"]) else FOLLOWED,
    )


def _why(row: Row) -> str:
    if row["merged_into"] is not None:
        return "another address of a known article: looked at under that"
    if row["suspected"]:
        return "a suspected change waits for its second look"
    if row["status"] == "missing":
        return f"missing since {row['missing_since']}: looked at until that is decided"
    if row["failures"]:
        return f"{row['failures']} failures in a row: later each time"
    if row["current_version_id"] is None:
        return "never read: as soon as there is room, the newest first"
    if row["refutations"]:
        return "another text was seen once and then the accepted one: looked at some more"
    planned = row["looked_at"] and at_hours(_looked(row) + row["gap"])
    if planned and moment_or_none(row["due_at"]) != planned:
        return "sooner than its gap: a source or a lesson asks for it"
    return "when its gap is over: as many edits as a look is worth are to be expected by then"


def _looked(row: Row) -> float:
    return habit_of(row).looked
