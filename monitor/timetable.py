"""Firings on the passed clock, kept in memory by APScheduler, which knows the machine's only."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from apscheduler.executors.debug import DebugExecutor
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.base import BaseTrigger
from apscheduler.triggers.date import DateTrigger

from crawlers.clock import Clock

SAFETY: Final = timedelta(milliseconds=1)
"""Real time by which we wake late: woken a blink early, the same firing would be the next one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bell:
    """When something is to be done (``next_after`` a moment; None: never again), and what."""

    next_after: Callable[[datetime], datetime | None]
    ring: Callable[[], None]


class ClockTrigger(BaseTrigger):  # type: ignore[misc] # APScheduler has no types
    """The next firing after now by ``clock``, as a moment of the machine's clock.

    What was missed is left out: the timetable is made anew from configuration and store.
    """

    def __init__(self, next_after: Callable[[datetime], datetime | None], clock: Clock) -> None:
        self._next_after = next_after
        self._clock = clock

    def get_next_fire_time(
        self,
        previous_fire_time: datetime | None,  # noqa: ARG002 (APScheduler's)
        now: datetime,
    ) -> datetime | None:
        moment = self._clock.now()
        firing = self._next_after(moment)
        if firing is None:
            return None
        # The machine's clock as it is now: ``now`` was read before other bells were rung.
        wait = timedelta(seconds=self._clock.wait_seconds(firing - moment))
        return max(datetime.now(UTC), now) + wait + SAFETY


class Timetable:
    """Rings bells; within a running event loop."""

    def __init__(self, clock: Clock) -> None:
        logging.getLogger("apscheduler").setLevel(logging.WARNING)
        self._clock = clock
        self._scheduler = AsyncIOScheduler(
            timezone=UTC,
            # Rings in the event loop, at once: a ring is short, and neither task nor thread.
            executors={"default": DebugExecutor()},
            job_defaults={"coalesce": True, "misfire_grace_time": None, "max_instances": 1},
        )

    def start(self) -> None:
        self._scheduler.start()

    def stop(self) -> None:
        self._scheduler.shutdown(wait=False)

    def set_bells(self, bells: Mapping[str, Bell]) -> None:
        """Ring these from now on, and no others."""
        self._scheduler.remove_all_jobs()
        for name, bell in bells.items():
            trigger = ClockTrigger(bell.next_after, self._clock)
            self._scheduler.add_job(bell.ring, trigger, id=name)

    def once(self, name: str, moment: datetime, ring: Callable[[], None]) -> None:
        """Ring once at ``moment``, beside the bells that are set."""
        wait = self._clock.wait_seconds(moment - self._clock.now())
        trigger = DateTrigger(datetime.now(UTC) + timedelta(seconds=wait) + SAFETY)
        self._scheduler.add_job(ring, trigger, id=name, replace_existing=True)
