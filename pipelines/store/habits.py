"""How lively each page has been, in columns: a look recorded, a released change taught.

The rule is :mod:`pipelines.habit`'s; here its rows are read and written.
"""

import json
from datetime import UTC, datetime
from functools import lru_cache
from typing import Final

from crawlers.page import Listing, Source
from pipelines import flow, habit
from pipelines.flow import Flow
from pipelines.habit import Habit
from pipelines.hazard import Hazard, hazard
from pipelines.store.opening import Reader, Writer
from pipelines.store.rows import Row, change_row, iso, one, rows

UNKNOWN_AGE: Final = 7 * 24.0
"""Hours; an article without a date that stood there before its source was known."""
HABIT: Final = (
    "articles.published_at, articles.first_seen_at, articles.announced_by, articles.looked_at, "
    "articles.edits, articles.mass, articles.burst, articles.burst_at, articles.streak"
)
"""The columns that make a :class:`Habit`."""
_IN_FORCE: Final = "(SELECT rates FROM hazards ORDER BY id DESC LIMIT 1) AS rates"


def hours(text: str) -> float:
    """A stored moment as hours since the epoch."""
    return datetime.fromisoformat(text).timestamp() / 3600


def at_hours(moment: float) -> datetime:
    return datetime.fromtimestamp(moment * 3600, UTC)


def born(row: Row) -> float:
    """When an article was published, as far as is known; never after it was first seen."""
    first_seen = hours(row["first_seen_at"])
    if row["published_at"] is not None:
        return min(hours(row["published_at"]), first_seen)
    return first_seen if row["announced_by"] else first_seen - UNKNOWN_AGE


def habit_of(row: Row) -> Habit:
    """From the columns ``HABIT``; an article never looked at counts as looked at when seen."""
    return Habit(
        born=born(row),
        looked=hours(row["looked_at"] or row["first_seen_at"]),
        edits=row["edits"],
        mass=row["mass"],
        burst=row["burst"],
        burst_at=hours(row["burst_at"]) if row["burst_at"] else 0.0,
        streak=row["streak"],
    )


def table_in_force(db: Reader | Writer) -> Hazard:
    """The rates by age that were learned last; the start table before the first night."""
    row = one(db, f"SELECT {_IN_FORCE}")
    assert row is not None
    return table_of(row["rates"])


@lru_cache(maxsize=8)
def table_of(rates: str | None) -> Hazard:
    return hazard(tuple(json.loads(rates))) if rates else hazard()


def record_check(db: Writer, article_id: int, now: datetime, *, same: bool) -> None:
    """A read article was looked at: remember it and set ``due_at``, ``gap``, ``gap_class``.

    ``same``: the look found the accepted text (unchanged, 304, refuted); False for a first
    version and for a look that agreed on a change, which teaches when it is released. Not to
    be called for a look that leaves a suspicion pending, nor for failures and absences: those
    have moments of their own. Sets ``due_at`` last, so call it after the row's other columns
    and before anything that pulls ``due_at`` forward.
    """
    row = one(
        db,
        f"SELECT {HABIT}, sites.price, {_IN_FORCE} "  # noqa: S608 - our own columns
        "FROM articles JOIN sites ON sites.id = articles.site_id WHERE articles.id = ?",
        [article_id],
    )
    assert row is not None
    table, moment = table_of(row["rates"]), now.timestamp() / 3600
    known = habit_of(row)
    if row["looked_at"] is None:
        seen = Habit(born=known.born, looked=moment)
    else:
        seen = habit.after_look(known, table, moment, same=same)
    gap = habit.gap(seen, table, row["price"])
    db.execute(
        "UPDATE articles SET looked_at = ?, mass = ?, streak = ?, gap = ?, gap_class = ?, "
        "due_at = ? WHERE id = ?",
        [
            iso(at_hours(seen.looked)),
            seen.mass,
            seen.streak,
            gap,
            habit.gap_class(gap),
            iso(at_hours(seen.looked + gap)),
            article_id,
        ],
    )


def teach_released(db: Writer, site_id: int) -> int:
    """Let every released edit of a site teach, once; return how many did.

    To be called after ``changes.release``, in its transaction or any later one. What is
    unreleased, held or dismissed waits or never teaches.
    """
    found = rows(
        db,
        "SELECT changes.id, changes.article_id, changes.detected_at, "
        "versions.last_seen_at AS since FROM changes CROSS JOIN articles "
        "ON articles.id = changes.article_id "
        "LEFT JOIN versions ON versions.id = changes.before_version_id "
        "WHERE taught IS NULL AND released_at IS NOT NULL AND dismissed_at IS NULL "
        "AND changes.kind IN ('edited', 'retitled', 'corrected', 'reworded') "
        "AND articles.site_id = ? ORDER BY changes.id",
        [site_id],
    )
    for row in found:
        _teach(db, row)
    return len(found)


def _teach(db: Writer, change: Row) -> None:
    row = one(
        db,
        f"SELECT {HABIT}, sites.price, {_IN_FORCE} "  # noqa: S608 - our own columns
        "FROM articles JOIN sites ON sites.id = articles.site_id WHERE articles.id = ?",
        [change["article_id"]],
    )
    assert row is not None
    table, until = table_of(row["rates"]), hours(change["detected_at"])
    since = min(hours(change["since"]), until) if change["since"] else until
    lesson = habit.after_change(habit_of(row), table, since=since, until=until)
    taught = lesson.habit
    gap = habit.gap(taught, table, row["price"])
    due_at = iso(at_hours(taught.looked + gap))
    db.execute(
        "UPDATE articles SET edits = ?, burst = ?, burst_at = ?, streak = ?, gap = ?, "
        "gap_class = ?, due_at = iif(status = 'live' AND failures = 0, min(due_at, ?), due_at) "
        "WHERE id = ?",
        [
            taught.edits,
            taught.burst,
            iso(at_hours(taught.burst_at)),
            taught.streak,
            gap,
            habit.gap_class(gap),
            due_at,
            change["article_id"],
        ],
    )
    change_row(db, "changes", change["id"], {"taught": lesson.edits})


def unteach(db: Writer, change_id: int) -> None:
    """Take back what a change taught: a person has dismissed it.

    When the dismissal is undone the next ``teach_released`` teaches it again.
    """
    db.execute(
        "UPDATE articles SET burst = 0, streak = max(streak - 1, 0), "
        "edits = max(edits - changes.taught, 0) FROM changes "
        "WHERE changes.id = ? AND articles.id = changes.article_id AND taught IS NOT NULL",
        [change_id],
    )
    change_row(db, "changes", change_id, {"taught": None})


def record_reading(db: Writer, site_id: int, url: str, now: datetime, *, added: int) -> None:
    """A source was read and listed ``added`` addresses not known before: when to read it next.

    May be called for each page of a source in turn. Before its baseline all is new in it,
    which teaches nothing.
    """
    row = one(
        db,
        "SELECT sources.id, looked_at, found, hours, sources.baseline_at, sites.price "
        "FROM sources JOIN sites ON sites.id = site_id WHERE site_id = ? AND url = ?",
        [site_id, url],
    )
    if row is None:
        return
    span = now.timestamp() / 3600 - hours(row["looked_at"]) if row["looked_at"] else 0.0
    counted = added if row["baseline_at"] else 0
    seen = flow.after_reading(
        Flow(found=row["found"], hours=row["hours"]), hours=max(span, 0.0), found=counted
    )
    due_at = at_hours(now.timestamp() / 3600 + flow.gap(seen, row["price"]))
    values = {"looked_at": iso(now), "found": seen.found, "hours": seen.hours}
    change_row(db, "sources", row["id"], {**values, "due_at": iso(due_at)})


def record_listing(
    db: Writer, site_id: int, listing: Listing, now: datetime, *, added: int
) -> None:
    """A page of a source was read, with ``added`` addresses that were not known before."""
    record_reading(db, site_id, listing.source.url, now, added=added)
    if listing.page == 1 and listing.source.kind in ("home", "listing", "feed"):
        _record_yield(db, site_id, listing.source.url, now, listed=len(listing.links))


def _record_yield(db: Writer, site_id: int, url: str, now: datetime, *, listed: int) -> None:
    """Whether it gave about as many links as usual; what is far fewer teaches nothing."""
    row = one(db, "SELECT id, usual FROM sources WHERE site_id = ? AND url = ?", [site_id, url])
    if row is None:
        return
    usual = float(listed) if row["usual"] is None else row["usual"]
    values: dict[str, object] = {"listed": listed, "usual": usual}
    if row["usual"] is None or listed >= usual * flow.THIN:
        values |= {"usual": usual + (listed - usual) * flow.TAUGHT_BY_ONE, "well_at": iso(now)}
    change_row(db, "sources", row["id"], values)


def put_off_source(db: Writer, site_id: int, source: Source, now: datetime) -> None:
    """A source did not answer: ask again when its gap is over once more."""
    db.execute(
        "INSERT INTO sources (site_id, kind, url) VALUES (?, ?, ?) "
        "ON CONFLICT (site_id, url) DO NOTHING",
        [site_id, source.kind, source.url],
    )
    row = one(
        db,
        "SELECT sources.id, found, hours, sites.price FROM sources "
        "JOIN sites ON sites.id = site_id WHERE site_id = ? AND url = ?",
        [site_id, source.url],
    )
    if row is not None:
        gap = flow.gap(Flow(found=row["found"], hours=row["hours"]), row["price"])
        due_at = at_hours(now.timestamp() / 3600 + gap)
        change_row(db, "sources", row["id"], {"due_at": iso(due_at)})
