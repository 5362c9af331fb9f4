"""What one may expect of a site, its runs and this machine, against what happened. Pure.

Each rule answers True (wrong), False (right) or None (too little is known: whatever was told
stays). What opens a finding is clearly worse than what closes it, so that none flutters.
"""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Final

from monitor.legibility import extraction_broken
from monitor.newsflow import silent, too_many
from monitor.vitals import Judgement, Machine, Vitals, span_in_words

HOURS_BEHIND: Final = 24
"""Hours of the whole budget that looking at what is overdue would take."""
CLOCK_TOLERANCE: Final = timedelta(minutes=10)
EVEN_AGAIN_AFTER: Final = timedelta(hours=1)
LEAST_FREE_BYTES: Final = 1_000_000_000
LEAST_FREE_SHARE: Final = 0.02
MOST_FREE_BYTES: Final = 20_000_000_000
"""However large the disk, so much is enough."""


def judge_site(vitals: Vitals, now: datetime) -> Iterator[Judgement]:
    for rule in SITE_RULES:
        yield rule(vitals, now)


def judge_machine(machine: Machine, now: datetime) -> Iterator[Judgement]:
    yield disk_low(machine)
    yield clock_jumped(machine, now)


def dead_run(vitals: Vitals, now: datetime) -> Judgement:
    """A run that neither ended nor gave a sign of life while its lease ran."""
    since = vitals.dead_since
    detail = (
        f"no sign of life for {span_in_words(now - since)}; the next run ends it" if since else ""
    )
    return Judgement(kind="dead_run", is_wrong=since is not None, detail=detail)


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
    too_many,
    dead_run,
    extraction_broken,
    over_budget,
)
