"""What one may expect of a site, its runs and this machine, against what happened. Pure.

Each rule answers True (wrong), False (right) or None (too little is known: whatever was told
stays). What opens a finding is clearly worse than what closes it, so that none flutters.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Final

LEAST_ARRIVALS: Final = 10
"""New articles that a site must have had before its rhythm is known."""
KNOWN_FOR: Final = timedelta(days=7)
LEAST_SILENCE: Final = timedelta(days=2)
SILENCE_FACTOR: Final = 3
"""Times the second longest pause between new articles; the longest may have been an outage."""
SILENCE_AT_TET: Final = timedelta(days=14)
LEAST_PAGES: Final = 5
EMPTY_SHARE: Final = 0.3
UNDATED_SHARE: Final = 0.3
UNDATED_JUMP: Final = 3
UNFIT_SHARE: Final = 0.5
HOURS_BEHIND: Final = 24
"""Hours of the whole budget that looking at what is overdue would take."""
CLOCK_TOLERANCE: Final = timedelta(minutes=10)
EVEN_AGAIN_AFTER: Final = timedelta(hours=1)
LEAST_FREE_BYTES: Final = 1_000_000_000
LEAST_FREE_SHARE: Final = 0.02
MOST_FREE_BYTES: Final = 20_000_000_000
"""However large the disk, so much is enough."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Vitals:
    """What the store tells of one site. Times aware UTC, counts over the last day.

    ``arrivals``: when new articles were found in the six weeks before the latest of them, in
    order. ``dead_since``: last sign of life of a run whose lease has expired. ``read``:
    articles read, or known by their bytes; ``empty``: article pages that gave no text or too
    little of it; ``unfit`` of those read fitted none of the learned layouts; ``undated`` of
    ``dated_or_not`` versions show no date, as ``undated_before`` of ``dated_or_not_before`` in
    the four weeks before.
    ``overdue``: articles whose time to be looked at has come, at most a bound of the asker's.
    """

    site: str
    baseline_at: datetime | None
    arrivals: tuple[datetime, ...] = ()
    sources_read_at: datetime | None = None
    dead_since: datetime | None = None
    read: int = 0
    empty: int = 0
    unfit: int = 0
    undated: int = 0
    dated_or_not: int = 0
    undated_before: int = 0
    dated_or_not_before: int = 0
    overdue: int = 0
    requests_per_hour: int | None = None
    last_reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """The disk that holds the store, in bytes, and the latest time written into the store."""

    free: int
    size: int
    latest_at: datetime | None
    jumped_at: datetime | None
    """When a jump of the clock was last noticed, while that finding is open."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """One expectation: ``is_wrong`` None where nothing can be said; ``detail`` for people."""

    kind: str
    is_wrong: bool | None
    detail: str = ""


def judge_site(vitals: Vitals, now: datetime) -> Iterator[Judgement]:
    for rule in SITE_RULES:
        yield rule(vitals, now)


def judge_machine(machine: Machine, now: datetime) -> Iterator[Judgement]:
    yield disk_low(machine)
    yield clock_jumped(machine, now)


def silent(vitals: Vitals, now: datetime) -> Judgement:
    """No new article for far longer than the site ever pauses, though its sources were read."""
    known = vitals.baseline_at is not None and now - vitals.baseline_at >= KNOWN_FOR
    if not known or len(vitals.arrivals) < LEAST_ARRIVALS or vitals.sources_read_at is None:
        return Judgement(kind="silent", is_wrong=None)
    last = vitals.arrivals[-1]
    pauses = sorted(after - before for before, after in pairwise(vitals.arrivals))
    allowed = max(pauses[-2] * SILENCE_FACTOR, LEAST_SILENCE)
    if _is_about_tet(last) or _is_about_tet(now):
        allowed = max(allowed, SILENCE_AT_TET)
    pause = vitals.sources_read_at - last
    return Judgement(
        kind="silent",
        is_wrong=pause > allowed,
        detail=f"no new article for {_days(pause)}; {_days(allowed)} would be within its habits",
    )


def dead_run(vitals: Vitals, now: datetime) -> Judgement:
    """A run that neither ended nor gave a sign of life while its lease ran."""
    since = vitals.dead_since
    detail = f"no sign of life for {_days(now - since)}; the next run ends it" if since else ""
    return Judgement(kind="dead_run", is_wrong=since is not None, detail=detail)


def extraction_broken(vitals: Vitals, now: datetime) -> Judgement:  # noqa: ARG001 - a site rule
    """Many pages at once that are read without text, without a date, or by no known layout."""
    pages = vitals.read + vitals.empty
    if pages < LEAST_PAGES:
        return Judgement(kind="extraction_broken", is_wrong=None)
    before = _share(vitals.undated_before, vitals.dated_or_not_before)
    undated_limit = max(UNDATED_SHARE, before * UNDATED_JUMP)
    measures = (
        ("without text, or with little of it", _share(vitals.empty, pages), EMPTY_SHARE),
        ("without a date", _share(vitals.undated, vitals.dated_or_not), undated_limit),
        ("built as none before", _share(vitals.unfit, vitals.read), UNFIT_SHARE),
    )
    bad = [f"{share:.0%} {words}" for words, share, limit in measures if share >= limit]
    fine = all(share < limit / 2 for _, share, limit in measures)
    return Judgement(
        kind="extraction_broken",
        is_wrong=True if bad else (False if fine else None),
        detail=f"of {pages} pages read in a day {', '.join(bad)}",
    )


def over_budget(vitals: Vitals, now: datetime) -> Judgement:  # noqa: ARG001 - a site rule
    """More is overdue than a day of the whole budget could look at, and the budget is spent."""
    budget = vitals.requests_per_hour
    if not budget or vitals.baseline_at is None:
        return Judgement(kind="over_budget", is_wrong=None)
    behind = vitals.overdue / budget
    is_wrong = None
    if behind > HOURS_BEHIND and vitals.last_reason == "budget_spent":
        is_wrong = True
    elif behind < HOURS_BEHIND / 2:
        is_wrong = False
    return Judgement(
        kind="over_budget",
        is_wrong=is_wrong,
        detail=f"{vitals.overdue} articles are overdue, at {budget} requests per hour",
    )


def disk_low(machine: Machine) -> Judgement:
    """Too little room for the store to grow; fine again at twice that."""
    least = min(max(LEAST_FREE_BYTES, int(machine.size * LEAST_FREE_SHARE)), MOST_FREE_BYTES)
    is_wrong = True if machine.free < least else (False if machine.free > 2 * least else None)
    return Judgement(
        kind="disk_low",
        is_wrong=is_wrong,
        detail=f"{machine.free / 1e6:,.0f} MB free; at least {least / 1e6:,.0f} MB are wanted",
    )


def clock_jumped(machine: Machine, now: datetime) -> Judgement:
    """The store holds times that lie ahead; or a jump was noticed less than an hour ago."""
    latest, jumped = machine.latest_at, machine.jumped_at
    if latest is not None and latest - now > CLOCK_TOLERANCE:
        detail = f"the store was written to at {latest:%Y-%m-%d %H:%M} UTC, which is yet to come"
        return Judgement(kind="clock_jumped", is_wrong=True, detail=detail)
    is_even = jumped is not None and abs(now - jumped) > EVEN_AGAIN_AFTER
    return Judgement(kind="clock_jumped", is_wrong=False if is_even else None)


SITE_RULES: Final[tuple[Callable[[Vitals, datetime], Judgement], ...]] = (
    silent,
    dead_run,
    extraction_broken,
    over_budget,
)


def _is_about_tet(moment: datetime) -> bool:
    """The weeks in which the lunar new year (21 January to 20 February) and its feast fall."""
    return (1, 14) <= (moment.month, moment.day) <= (3, 6)


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def _days(span: timedelta) -> str:
    hours = span.total_seconds() / 3600
    return f"{hours:.0f} hours" if hours < 72 else f"{hours / 24:.0f} days"
