"""Firing goes on for years: nothing of the daemon may grow with it, and no firing may be lost."""

import asyncio
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parents[1] / "benchmarks"))

from firings import fire, judge

from crawlers.clock import FastClock, SystemClock
from monitor.jumps import Reading, jump
from monitor.slots import Slots
from monitor.timetable import Bell, ClockTrigger, Timetable

START = datetime(2026, 3, 2, tzinfo=UTC)


def test_thousands_of_firings_leave_nothing_behind(tmp_path: Path) -> None:
    samples = fire(tmp_path, firings=4_000, sites=20)
    assert samples[-1].firings == 4_000
    assert samples[-1].children > 0
    assert [str(figure) for figure in judge(samples) if not figure.met] == []


def fast(rate: float = 3600.0) -> FastClock:
    return FastClock(start=START, real_start=time.time(), rate=rate)


def test_bells_ring_in_order_on_the_clock_that_is_given() -> None:
    clock, rung = fast(), []

    async def listen() -> None:
        table, enough = Timetable(clock), asyncio.Event()

        def ring() -> None:
            rung.append(clock.now())
            if len(rung) == 5:
                enough.set()

        table.start()
        table.set_bells({"hourly": Bell(next_after=next_hour, ring=ring)})
        await asyncio.wait_for(enough.wait(), 120)
        table.stop()

    asyncio.run(listen())
    hours = [moment.replace(minute=0, second=0, microsecond=0) for moment in rung]
    assert hours == sorted(set(hours))  # at its hour or later, never the same hour twice
    assert all(moment >= hour for moment, hour in zip(rung, hours, strict=True))


def next_hour(moment: datetime) -> datetime:
    return moment.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)


def test_what_was_slept_through_rings_once_and_a_bell_may_end() -> None:
    clock = fast(rate=1.0)
    trigger = ClockTrigger(next_hour, clock)
    now = datetime.now(UTC)
    long_ago = now - timedelta(days=30)
    assert trigger.get_next_fire_time(long_ago, now) > now
    assert ClockTrigger(lambda _: None, clock).get_next_fire_time(None, now) is None


def test_nobody_is_woken_before_the_firing_or_it_would_come_twice() -> None:
    clock = fast()
    for _ in range(200):
        firing = next_hour(clock.now())
        woken = ClockTrigger(lambda _, at=firing: at, clock).get_next_fire_time(
            None, datetime.now(UTC)
        )
        by_clock = clock.start + timedelta(
            seconds=(woken.timestamp() - clock.real_start) * clock.rate
        )
        assert timedelta() <= by_clock - firing


def test_bells_that_are_set_replace_those_before() -> None:
    async def listen() -> list[str]:
        rung: list[str] = []
        table, rang = Timetable(fast()), asyncio.Event()
        table.start()
        table.set_bells({"a": Bell(next_after=next_hour, ring=lambda: rung.append("a"))})
        table.once("c", START, lambda: rung.append("c"))
        table.set_bells({"b": Bell(next_after=next_hour, ring=lambda: rung.append("b"))})
        table.once("d", START, lambda: (rung.append("d"), rang.set())[0])
        await asyncio.wait_for(rang.wait(), 120)
        while "b" not in rung:
            await asyncio.sleep(0.01)
        table.stop()
        return rung

    assert set(asyncio.run(listen())) == {"b", "d"}


def test_slots_are_given_in_order_and_their_number_may_change() -> None:
    async def play() -> tuple[list[int], int]:
        slots, order, at_once, most = Slots(1), [], 0, 0
        gates = [asyncio.Event() for _ in range(6)]

        async def one(number: int) -> None:
            nonlocal at_once, most
            async with slots:
                order.append(number)
                at_once += 1
                most = max(most, at_once)
                await gates[number].wait()
                at_once -= 1

        tasks = [asyncio.create_task(one(number)) for number in range(6)]
        await asyncio.sleep(0)
        tasks[1].cancel()  # while it waits
        slots.set_number(2)
        for gate in gates:
            gate.set()
            await asyncio.sleep(0)
        await asyncio.gather(*tasks, return_exceptions=True)
        return order, most

    assert asyncio.run(play()) == ([0, 2, 3, 4, 5], 2)


@pytest.mark.parametrize("clock", [SystemClock(), fast(600.0)])
@pytest.mark.parametrize(
    ("set_by", "told"), [(0.0, 0.0), (5.0, 0.0), (3600.0, 3600.0), (-3600.0, -3600.0)]
)
def test_a_clock_that_was_set_is_noticed_and_one_that_runs_is_not(
    clock: FastClock | SystemClock, set_by: float, told: float
) -> None:
    rate = 1.0 / clock.wait_seconds(timedelta(seconds=1))
    before = Reading(wall=START, running=100.0)
    after = Reading(wall=START + timedelta(seconds=(2.0 + set_by) * rate), running=102.0)
    assert jump(before, after, clock) == pytest.approx(told, abs=1e-3)
