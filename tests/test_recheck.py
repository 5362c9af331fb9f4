"""The rule of looking again: its integrals are right, and it grows where it should."""

import math
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pipelines import flow, habit, hazard
from pipelines.flow import Flow
from pipelines.habit import Habit
from pipelines.price import Demand, price

TABLE = hazard.hazard()
AGES = st.floats(0.0, 20_000.0)
PRICES = st.floats(0.05, 50.0)
HABITS = st.builds(
    Habit,
    born=st.just(0.0),
    looked=AGES,
    edits=st.floats(0.0, 40.0),
    mass=st.floats(0.0, 5.0),
)


def rate(known: Habit, moment: float) -> float:
    """The rate that the gap is made of, written down plainly."""
    age = moment - known.born
    place = max(index for index, edge in enumerate(hazard.EDGES) if edge <= age)
    return (
        habit.liveliness(known) * TABLE.rates[place]
        + habit.WITHDRAWAL_WEIGHT * TABLE.withdrawals[place]
        + habit.fading(known, moment)
    )


def numeric(known: Habit, start: float, end: float) -> float:
    """Finely between the table's edges and, where a burst fades, within each hour."""
    edges = [*hazard.EDGES, *(start + hour for hour in range(40))]
    cuts = sorted({start, end, *(edge for edge in edges if start < edge < end)})
    return sum(fine(known, first, last) for first, last in pairwise(cuts))


def fine(known: Habit, start: float, end: float, steps: int = 20) -> float:
    step = (end - start) / steps
    return step * sum(
        math.pow(rate(known, start + (each + 0.5) * step), habit.POWER) for each in range(steps)
    )


@given(AGES, AGES, AGES)
def test_expected_edits_add_up(one: float, two: float, three: float) -> None:
    first, middle, last = sorted((one, two, three))
    whole = hazard.expected(TABLE, first, last)
    parts = hazard.expected(TABLE, first, middle) + hazard.expected(TABLE, middle, last)
    assert whole == pytest.approx(parts, abs=1e-9)
    assert whole >= 0


@given(HABITS, PRICES, st.floats(0.0, 5.0))
def test_the_gap_is_where_the_integral_reaches_the_price(
    known: Habit, its_price: float, burst: float
) -> None:
    known = replace(known, looked=min(known.looked, 800.0), burst=burst, burst_at=0.0)
    known = replace(known, burst_at=known.looked)
    gap = habit.gap(known, TABLE, its_price)
    assume(habit.SHORTEST_GAP < gap < 2000)
    found = numeric(known, known.looked, known.looked + gap)
    assert found == pytest.approx(its_price, rel=0.07)


@given(HABITS, PRICES, st.floats(1.0, 10.0))
def test_the_gap_grows_with_the_price(known: Habit, its_price: float, times: float) -> None:
    assert habit.gap(known, TABLE, its_price) <= habit.gap(known, TABLE, its_price * times)


@given(HABITS, PRICES, st.floats(0.0, 5000.0))
def test_the_gap_grows_with_age(known: Habit, its_price: float, later: float) -> None:
    older = replace(known, looked=known.looked + later)
    gap = habit.gap(known, TABLE, its_price)
    assert gap <= habit.gap(older, TABLE, its_price) * (1 + 1e-9)
    assert habit.SHORTEST_GAP <= gap <= habit.LONGEST_GAP


@given(HABITS, PRICES, st.floats(0.0, 10.0))
def test_the_gap_shrinks_with_edits(known: Habit, its_price: float, more: float) -> None:
    livelier = replace(known, edits=known.edits + more)
    assert habit.gap(livelier, TABLE, its_price) <= habit.gap(known, TABLE, its_price) * (1 + 1e-9)


@given(HABITS, st.floats(0.01, 500.0), PRICES)
def test_an_edit_found_brings_the_next_look_nearer(
    known: Habit, since: float, its_price: float
) -> None:
    looked = habit.after_look(known, TABLE, known.looked + since, same=False)
    lesson = habit.after_change(looked, TABLE, since=known.looked, until=known.looked + since)
    assert lesson.edits > 0
    assert habit.gap(lesson.habit, TABLE, its_price) <= habit.gap(looked, TABLE, its_price)


@given(HABITS, st.floats(0.01, 500.0))
def test_a_look_that_found_nothing_makes_less_lively(known: Habit, later: float) -> None:
    seen = habit.after_look(known, TABLE, known.looked + later, same=True)
    assert seen.looked == known.looked + later
    assert habit.liveliness(seen) <= habit.liveliness(known)


def test_what_was_changed_at_eight_looks_in_a_row_is_believed_no_more() -> None:
    known = Habit(born=0.0, looked=30.0, mass=1.0)
    for step in range(40):
        since, now = 30.0 + step, 31.0 + step
        known = habit.after_look(known, TABLE, now, same=False)
        known = habit.after_change(known, TABLE, since=since, until=now).habit
    assert habit.liveliness(known) <= 1
    learned = known.edits
    assert learned <= habit.STUCK * 2
    quiet = habit.after_look(known, TABLE, 72.0, same=True)
    assert quiet.streak == 0
    assert habit.liveliness(quiet) > 1, "what it had learned before counts again"


def test_a_burst_explains_an_edit_that_comes_soon_after_another() -> None:
    calm = Habit(born=0.0, looked=100.0)
    stirred = replace(calm, burst=1.0, burst_at=100.0)
    alone = habit.after_change(calm, TABLE, since=100.0, until=101.0).edits
    assert habit.after_change(stirred, TABLE, since=100.0, until=101.0).edits < alone / 5


@given(st.floats(1e-6, 20.0))
def test_a_changed_look_stands_for_one_edit_or_more(expectation: float) -> None:
    assert hazard.found(expectation) >= 1
    assert hazard.found(expectation) >= expectation


def test_rates_are_learned_back_from_what_they_produce() -> None:
    truth = [rate * 3 for rate in hazard.START]
    hours = [10_000 / rate for rate in truth]
    seen = hazard.Seen(hours=tuple(hours), edits=(10_000.0,) * len(truth))
    assert hazard.learn(seen) == pytest.approx(truth, rel=0.01)
    nothing = hazard.Seen(hours=(0.0,) * len(truth), edits=(0.0,) * len(truth))
    assert hazard.learn(nothing) == pytest.approx(hazard.START)


@given(st.lists(st.tuples(st.floats(0, 900), st.floats(0.01, 900), st.floats(0.1, 3))))
def test_no_observed_hour_or_edit_is_lost(parts: list[tuple[float, float, float]]) -> None:
    spans = [(start, start + length) for start, length, _ in parts]
    changes = [(start, start + length, count) for start, length, count in parts]
    seen = hazard.observed(TABLE, spans, changes)
    assert sum(seen.hours) == pytest.approx(sum(length for _, length, _ in parts))
    assert sum(seen.edits) == pytest.approx(sum(count for *_, count in parts))


@given(st.floats(0.0, 500.0), st.floats(0.0, 500.0), PRICES)
def test_a_source_that_brings_more_is_read_more_often(
    found: float, hours: float, its_price: float
) -> None:
    usual = flow.gap(Flow(found=found, hours=hours), its_price)
    assert flow.gap(Flow(found=found + 5, hours=hours), its_price) <= usual
    assert usual <= flow.gap(
        flow.after_reading(Flow(found=found, hours=hours), hours=5, found=0), its_price
    ) * (1 + 1e-9)
    assert flow.SHORTEST_GAP <= usual <= flow.LONGEST_GAP


@given(st.floats(0.1, 100), st.floats(0.0, 10), st.floats(0.0, 3.0), st.floats(1.0, 60.0))
def test_a_richer_budget_makes_looks_cheaper(
    articles: float, sources: float, fixed: float, budget: float
) -> None:
    demand = Demand(articles=articles, sources=sources, fixed=fixed)
    assert price(demand, budget * 2) <= price(demand, budget)


@given(HABITS)
def test_the_class_of_a_gap_holds_it(known: Habit) -> None:
    gap = habit.gap(known, TABLE, 1.0)
    middle = habit.class_gap(habit.gap_class(gap))
    assert middle / 1.2 <= gap <= middle * 1.2
