"""How lively a page has been, and when to look again therefore: stored per page. Pure.

An edit not yet found costs its delay, a request its price: where the rate of edits is known,
look again when the integral of its root reaches the price (Azar et al. 2018, "Tractable
near-optimal policies for crawling"; Cho & Garcia-Molina 2003, "Effective page refresh
policies for web crawlers"). The rate is the age's (:mod:`pipelines.hazard`) times the page's
own liveliness, plus the burst that follows an edit, plus what a withdrawal is worth.

Moments are hours since the epoch, spans hours, rates edits per hour: plain floats, since it
is asked often.
"""

import math
from bisect import bisect_right
from dataclasses import dataclass, replace
from typing import Final

from pipelines.hazard import EDGES, Hazard, expected, found

SHORTEST_GAP: Final = 0.1
"""Six minutes between two looks at an article, at the least."""
LONGEST_GAP: Final = 365 * 24.0
POWER: Final = 0.55
"""0.5 is best where rates are known; a little more allows for their being guessed."""
FIRST_PRICE: Final = 0.5
"""Until a night has set a site's price from its budget."""
SHAPE: Final = 0.55
"""Of the Gamma distribution of articles' liveliness (0.4 to 0.7 where it was measured)."""
LIVELIEST: Final = 25.0
STUCK: Final = 8
"""So many changes in a row, one at each look: the page shows something else each time."""
BURST_RATE: Final = 0.08
BURST_FADES: Final = 2.5
"""An edit is followed by 0.08 more per hour, fading with e ** (-t / 2.5 h)."""
WITHDRAWAL_WEIGHT: Final = 5.0
"""A withdrawal found an hour sooner is worth that many edits."""
STEP: Final = 0.75
FAINT: Final = 0.02
"""Of the other rates: a burst that is less is over. An old page's own rate is small, so no
fixed bound would do.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Habit:
    """What is remembered of an article: how lively it has been so far.

    ``born``: when it was published; ``looked``: when it was last looked at. ``edits`` it had
    of its own, where an average article would have had ``mass``. ``burst``: how strongly
    further edits were to be expected at ``burst_at``. ``streak``: looks in a row that found
    it changed.
    """

    born: float
    looked: float
    edits: float = 0.0
    mass: float = 0.0
    burst: float = 0.0
    burst_at: float = 0.0
    streak: int = 0


def liveliness(habit: Habit) -> float:
    """How many times livelier than the average article: the mean of a Gamma posterior."""
    lively = min((SHAPE + habit.edits) / (SHAPE + habit.mass), LIVELIEST)
    return min(lively, 1.0) if habit.streak >= STUCK else lively


def fading(habit: Habit, moment: float) -> float:
    """What is left of an article's burst: further edits per hour at ``moment``."""
    if not habit.burst:
        return 0.0
    return BURST_RATE * habit.burst * math.exp(-max(moment - habit.burst_at, 0.0) / BURST_FADES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation:
    """Edits expected between two moments: of the article's ``own``, and of a burst."""

    own: float
    burst: float

    @property
    def total(self) -> float:
        return self.own + self.burst


def expectation(habit: Habit, table: Hazard, until: float, since: float) -> Expectation:
    """Edits to be expected of an article between two moments, by what is known of it."""
    mass = expected(table, since - habit.born, until - habit.born)
    burst = (fading(habit, since) - fading(habit, until)) * BURST_FADES
    return Expectation(own=liveliness(habit) * mass, burst=max(burst, 0.0))


def after_look(habit: Habit, table: Hazard, now: float, *, same: bool) -> Habit:
    """Remember a look. ``same``: it found the accepted text; else only that time passed.

    A look that found something else teaches when that is released: :func:`after_change`.
    """
    mass = expected(table, habit.looked - habit.born, now - habit.born)
    return replace(
        habit,
        looked=max(now, habit.looked),
        mass=habit.mass + max(mass, 0.0),
        streak=0 if same else habit.streak,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """``edits``: how many edits of the article's own a released change stood for."""

    habit: Habit
    edits: float


def after_change(habit: Habit, table: Hazard, *, since: float, until: float) -> Lesson:
    """Learn from a released change that fell between the looks at ``since`` and ``until``.

    It stands for ``found(u)`` edits, where u were to be expected in that span. Only those of
    the article's own make it livelier; those that a burst explains are the burst's. To be
    told when the change is released, however much later: both looks' moments are on record
    (``versions.last_seen_at`` of the former version, ``changes.detected_at``), so u need not
    be kept. What is no change (noise, a storm, dismissed) is never told.
    """
    before = replace(
        habit,
        mass=max(habit.mass - expected(table, since - habit.born, until - habit.born), 0.0),
    )
    due = expectation(before, table, until, since)
    edits = found(due.total) * (due.own / due.total if due.total > 0 else 1.0)
    streak = habit.streak + 1
    learned = 0.0 if streak > STUCK else edits
    span = max(until - since, 1e-6)
    fresh = BURST_FADES / span * -math.expm1(-span / BURST_FADES)
    return Lesson(
        habit=replace(
            habit,
            edits=habit.edits + learned,
            burst=fading(habit, until) / BURST_RATE + fresh if streak < STUCK else 0.0,
            burst_at=until,
            streak=streak,
        ),
        edits=learned,
    )


def gap(habit: Habit, table: Hazard, price: float) -> float:
    """Hours from an article's last look to its next: until the integral of rate ** POWER
    reaches the price (for a known constant rate: the gap of least cost, root of 2 price / rate).
    """
    lively = liveliness(habit)
    age = max(habit.looked - habit.born, 0.0)
    burst = fading(habit, habit.looked)
    place = bisect_right(EDGES, age) - 1
    left, hours, step = price, 0.0, SHORTEST_GAP
    while hours < LONGEST_GAP:
        end = EDGES[place + 1] if place + 1 < len(EDGES) else math.inf
        span = end - age
        rate = lively * table.rates[place] + WITHDRAWAL_WEIGHT * table.withdrawals[place]
        if burst > FAINT * rate:
            span, step = min(span, step), min(step * 2, STEP)
            rate += burst * math.exp(-span / 2 / BURST_FADES)
            burst *= math.exp(-span / BURST_FADES)
        worth = math.pow(rate, POWER)
        if worth * span >= left:
            hours += left / worth
            break
        left -= worth * span
        hours += span
        age += span
        place += age >= end
    return min(max(hours, SHORTEST_GAP), LONGEST_GAP)


CLASS_STEP: Final = 1.25
CLASSES: Final = int(math.log(LONGEST_GAP / SHORTEST_GAP) / math.log(CLASS_STEP)) + 1


def gap_class(hours: float) -> int:
    """The class of gaps (each a quarter longer than the last) by which the overdue are found."""
    place = int(math.log(max(hours, SHORTEST_GAP) / SHORTEST_GAP) / math.log(CLASS_STEP))
    return min(place, CLASSES - 1)


def class_gap(place: int) -> float:
    """A gap in the middle of a class."""
    return SHORTEST_GAP * math.pow(CLASS_STEP, place + 0.5)


def worth(habit: Habit, table: Hazard, since: float, until: float) -> float:
    """The integral of rate ** POWER between two moments, bursts left out.

    Divided by the price it is the number of looks that the article asks for.
    """
    lively = liveliness(habit)
    age, end = max(since - habit.born, 0.0), max(until - habit.born, 0.0)
    place, total = bisect_right(EDGES, age) - 1, 0.0
    while age < end:
        bound = min(EDGES[place + 1] if place + 1 < len(EDGES) else math.inf, end)
        rate = lively * table.rates[place] + WITHDRAWAL_WEIGHT * table.withdrawals[place]
        total += math.pow(rate, POWER) * (bound - age)
        age, place = bound, place + 1
    return total
