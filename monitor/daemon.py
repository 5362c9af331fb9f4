"""The daemon: crawls when the schedule says so, for years, and ends when it is told to."""

import asyncio
import logging
import signal
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Final

from crawlers.clock import Clock
from crawlers.errors import UserError
from monitor.budgets import budgets
from monitor.checkup import check_up
from monitor.configuration import (
    Configuration,
    accepted_copy,
    read_configuration,
    read_unbroken,
    signature_of,
)
from monitor.crawl import CrawlResult
from monitor.crawls import Crawls, Orders, told
from monitor.endpoint import serving
from monitor.errands import Errands
from monitor.jumps import Reading, jump
from monitor.metrics import Pulse
from monitor.postman import Postman
from monitor.project import Project
from monitor.schedule import longest_ago_first, missed
from monitor.systemd import ServiceManager
from monitor.timetable import Bell, Timetable
from pipelines.errors import StoreError
from pipelines.holding import Held, hold
from pipelines.store import findings, nightly, runs
from pipelines.store.opening import Store, open_store
from pipelines.store.rows import moment

logger = logging.getLogger(__name__)

NIGHT: Final = "the night's upkeep"
POST: Final = "what is owed to somebody"
BEAT: Final = 1.0
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

    Raises AlreadyRunning, ScheduleError, NotifyError, StoreError and PortTaken before anything
    was started.
    """
    with ExitStack() as ending:
        store = open_store(project.store)
        ending.callback(store.close)
        ending.enter_context(only_one(project.store))
        configuration = read_configuration(project)
        pulse = Pulse()
        if (port := configuration.schedule.metrics_port) is not None:
            ending.enter_context(serving(project.store, pulse, clock, port=port))
        await Daemon(project, store, clock, configuration, pulse).run()


class Daemon:
    """What runs between start and end. Only here are the parts wired together."""

    def __init__(
        self,
        project: Project,
        store: Store,
        clock: Clock,
        configuration: Configuration,
        pulse: Pulse,
    ) -> None:
        self._project, self._store, self._clock, self._pulse = project, store, clock, pulse
        self._configuration = configuration
        self._looked_at = configuration.signature
        orders = self._orders()
        self._manager = ServiceManager.from_environment()
        self._timetable = Timetable(clock)
        self._errands = Errands(orders.project, clock)
        self._postman = Postman(
            store, orders.project, clock, has_routes=bool(configuration.notifications.routes)
        )
        self._crawls = Crawls(store, clock, orders, self._crawl_ended)
        self._stopping = asyncio.Event()
        self._must_read = False

    async def run(self) -> None:
        """Until it is told to end; then nothing that was started is left."""
        self._obey_signals()
        for error in self._configuration.left_out:
            logger.error("left out: %s", error)
        self._timetable.start()
        self._set_bells()
        self._manager.tell("READY=1", f"STATUS={self._told()}")
        logger.info("started: %s", self._told())
        try:
            await self._beat()
        finally:
            self._manager.tell("STOPPING=1")
            logger.info("stopping; under way: %s", ", ".join(self._crawls.under_way) or "nothing")
            self._timetable.stop()
            await asyncio.gather(self._crawls.stop(), self._errands.stop(), self._postman.stop())
        logger.info("stopped")

    def _obey_signals(self) -> None:
        loop = asyncio.get_running_loop()
        loop.add_signal_handler(signal.SIGTERM, self._stopping.set)
        loop.add_signal_handler(signal.SIGINT, self._stopping.set)
        loop.add_signal_handler(signal.SIGHUP, self._ask_to_read)

    def _ask_to_read(self) -> None:
        self._must_read = True

    async def _beat(self) -> None:
        before = self._reading()
        while not self._stopping.is_set():
            self._pulse.beat()
            self._manager.tell("WATCHDOG=1")
            before = self._look_at_clock(before)
            if self._must_read or signature_of(self._project.config) != self._looked_at:
                self._read_again()
            try:
                async with asyncio.timeout(BEAT):
                    await self._stopping.wait()
            except TimeoutError:
                continue

    def _set_bells(self) -> None:
        """Make the timetable anew, and make good once what was missed."""
        schedule, now = self._configuration.schedule, self._clock.now()
        learned = nightly.learned_at(self._store.reader)
        bells = {
            site: Bell(next_after=plan.after, ring=partial(self._crawls.ring, site))
            for site, plan in schedule.sites.items()
        }
        last = {site: self._last_start(site) for site in schedule.sites}
        lost = {
            site: schedule.sites[site].made_good(last[site], now)
            for site in longest_ago_first(last)
        }
        bells[NIGHT] = Bell(
            next_after=schedule.nightly.after, ring=partial(self._errands.run, "night")
        )
        bells[POST] = Bell(next_after=self._postman.next_look, ring=self._postman.look)
        lost[NIGHT] = now if missed(schedule.nightly.after, learned, now) else None
        self._timetable.set_bells(bells)
        for name, when in lost.items():
            if when is not None:
                self._timetable.once(f"{name}: what was missed", when, bells[name].ring)

    def _last_start(self, site: str) -> datetime | None:
        row = runs.latest(self._store.reader, site)
        return moment(row["started_at"]) if row else None

    def _read_again(self) -> None:
        self._must_read = False
        self._manager.tell("RELOADING=1", f"MONOTONIC_USEC={time.monotonic_ns() // 1000}")
        self._looked_at = signature_of(self._project.config)
        before = self._configuration
        try:
            self._configuration = read_unbroken(self._project, before)
        except UserError as error:
            logger.error("configuration refused, the one before goes on: %s", error)
        else:
            self._accept(before)
        self._manager.tell("READY=1", f"STATUS={self._told()}")

    def _accept(self, before: Configuration) -> None:
        now = self._configuration
        self._looked_at = now.signature
        orders = self._orders()
        self._crawls.set_orders(orders)
        self._errands.set_project(orders.project)
        has_routes = bool(now.notifications.routes)
        self._postman.set_project(orders.project, has_routes=has_routes)
        if budgets(now.sites, now.schedule) != budgets(before.sites, before.schedule):
            self._errands.run("prices")
        if now.schedule.metrics_port != before.schedule.metrics_port:
            logger.warning("another metrics_port is obeyed from the next start on")
        self._set_bells()
        logger.info("configuration read again: %s", self._told())

    def _orders(self) -> Orders:
        return Orders(
            project=accepted_copy(self._project, self._configuration),
            schedule=self._configuration.schedule,
        )

    def _told(self) -> str:
        schedule = self._configuration.schedule
        waiting = f", {len(schedule.waiting)} waiting to be verified" if schedule.waiting else ""
        return f"{len(schedule.sites)} sites, {schedule.side_by_side} side by side{waiting}"

    def _crawl_ended(self, result: CrawlResult) -> None:
        level, line = told(result)
        logger.log(level, "%s: %s", result.site, line, extra={"site": result.site})
        for message in result.messages:
            logger.info("%s | %s", result.site, message, extra={"site": result.site})
        granted = budgets(self._configuration.sites, self._configuration.schedule)
        whole = {site: int(requests) for site, requests in granted.items()}
        try:
            turns = check_up(
                self._store,
                whole,
                clock=self._clock,
                only=result.site,
                configured=self._configuration.sites,
            )
        except StoreError as error:
            logger.error("%s: no check-up after the crawl: %s", result.site, error)
        else:
            for turn in turns:
                logger.warning("%s", turn.line)

    def _reading(self) -> Reading:
        return Reading(wall=self._clock.now(), running=time.monotonic())

    def _look_at_clock(self, before: Reading) -> Reading:
        after = self._reading()
        if off := jump(before, after, self._clock):
            detail = f"the machine's clock was set by {off:+.0f} seconds"
            logger.warning("%s", detail)
            now = self._clock.now()
            try:
                with self._store.writing() as db:
                    findings.open_finding(db, None, kind="clock_jumped", detail=detail, now=now)
            except StoreError as error:
                logger.error("the finding could not be written: %s", error)
            self._postman.note_clock_was_set()
            self._set_bells()
        return after
