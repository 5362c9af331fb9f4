"""The daemon: crawls when the schedule says so, for years, and ends when it is told to."""

import asyncio
import logging
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Final

from crawlers.clock import Clock
from crawlers.errors import UserError
from monitor.configuration import (
    Configuration,
    accepted_copy,
    read_configuration,
    read_unbroken,
    signature_of,
)
from monitor.crawl import CrawlResult
from monitor.crawls import Crawls, Orders, told
from monitor.jumps import Reading, jump
from monitor.project import Project
from monitor.schedule import SitePlan
from monitor.systemd import ServiceManager
from monitor.timetable import Bell, Timetable
from pipelines.holding import Held, hold
from pipelines.store import findings, runs
from pipelines.store.opening import Store, open_store
from pipelines.store.rows import moment

logger = logging.getLogger(__name__)

PULSE: Final = 1.0
"""Real seconds between looks at files and clock, and signs of life to the service manager."""


class AlreadyRunning(UserError):
    """Another daemon has this store."""


@contextmanager
def only_one(store: Path) -> Iterator[None]:
    """Be the store's only daemon on this machine. Raises AlreadyRunning."""
    try:
        lock = hold(Path(f"{store}.daemon.lock"))
    except Held as error:
        raise AlreadyRunning(
            f"{store} has a daemon already: {error.holder}. End that one first."
        ) from error
    try:
        yield
    finally:
        lock.release()


async def run_daemon(project: Project, clock: Clock) -> None:
    """Run until SIGTERM or SIGINT; SIGHUP or a changed file has the configuration read again.

    Raises AlreadyRunning, ScheduleError and StoreError before anything was started.
    """
    with only_one(project.store):
        configuration = read_configuration(project)
        store = open_store(project.store)
        try:
            await Daemon(project, store, clock, configuration).run()
        finally:
            store.close()


class Daemon:
    """What runs between start and end. Only here are the parts wired together."""

    def __init__(
        self, project: Project, store: Store, clock: Clock, configuration: Configuration
    ) -> None:
        self._project = project
        self._store = store
        self._clock = clock
        self._configuration = configuration
        self._manager = ServiceManager.from_environment()
        self._timetable = Timetable(clock)
        self._crawls = Crawls(store, clock, self._orders(), self._crawl_ended)
        self._stopping = asyncio.Event()
        self._reload = False
        self._refused = configuration.signature

    async def run(self) -> None:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._stopping.set)
        loop.add_signal_handler(signal.SIGHUP, self._ask_for_reload)
        for error in self._configuration.left_out:
            logger.error("left out: %s", error)
        self._timetable.start()
        self._set_bells()
        self._manager.tell("READY=1", self._status())
        logger.info("started: %s", self._status().removeprefix("STATUS="))
        try:
            await self._beat()
        finally:
            self._manager.tell("STOPPING=1")
            logger.info("stopping")
            self._timetable.stop()
            await self._crawls.stop()
        logger.info("stopped")

    async def _beat(self) -> None:
        before = self._reading()
        while not self._stopping.is_set():
            self._manager.tell("WATCHDOG=1")
            before = self._look_at_clock(before)
            if self._reload or self._is_changed():
                self._read_again()
            try:
                async with asyncio.timeout(PULSE):
                    await self._stopping.wait()
            except TimeoutError:
                continue

    def _orders(self) -> Orders:
        return Orders(
            project=accepted_copy(self._project, self._configuration),
            schedule=self._configuration.schedule,
        )

    def _set_bells(self) -> None:
        """Make the timetable anew, and make good once what was missed."""
        plans = self._configuration.schedule.sites
        self._timetable.set_bells(
            {
                site: Bell(next_after=plan.after, ring=partial(self._crawls.ring, site))
                for site, plan in plans.items()
            }
        )
        now = self._clock.now()
        for site, plan in plans.items():
            when = plan.missed(self._last_start(plan), now)
            if when is not None:
                ring = partial(self._crawls.ring, site)
                self._timetable.once(f"{site}, what was missed", when, ring)

    def _last_start(self, plan: SitePlan) -> datetime | None:
        row = runs.latest(self._store.reader, plan.site)
        return moment(row["started_at"]) if row else None

    def _ask_for_reload(self) -> None:
        self._reload = True

    def _is_changed(self) -> bool:
        return signature_of(self._project.config) != self._refused

    def _read_again(self) -> None:
        self._reload = False
        running = str(int(time.monotonic() * 1_000_000))
        self._manager.tell("RELOADING=1", f"MONOTONIC_USEC={running}")
        self._refused = signature_of(self._project.config)
        try:
            self._configuration = read_unbroken(self._project)
        except UserError as error:
            logger.error("configuration refused, the one before goes on: %s", error)
        else:
            self._refused = self._configuration.signature
            self._crawls.set_orders(self._orders())
            self._set_bells()
            logger.info("configuration read again: %s", self._status().removeprefix("STATUS="))
        self._manager.tell("READY=1", self._status())

    def _status(self) -> str:
        schedule = self._configuration.schedule
        return f"STATUS={len(schedule.sites)} sites, {schedule.side_by_side} side by side"

    def _crawl_ended(self, result: CrawlResult) -> None:
        level, line = told(result)
        logger.log(level, "%s", line)
        for message in result.messages:
            logger.info("%s | %s", result.site, message)

    def _reading(self) -> Reading:
        return Reading(wall=self._clock.now(), running=time.monotonic())

    def _look_at_clock(self, before: Reading) -> Reading:
        after = self._reading()
        if off := jump(before, after, self._clock):
            logger.warning("the machine's clock was set by %+.0f seconds", off)
            with self._store.writing() as db:
                findings.open_finding(
                    db,
                    None,
                    kind="clock_jumped",
                    detail=f"set by {off:+.0f} seconds",
                    now=self._clock.now(),
                )
            self._set_bells()
        return after
