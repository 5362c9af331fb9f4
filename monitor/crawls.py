"""What the daemon does when a site's bell rings: a crawl, unless there is a reason not to."""

import asyncio
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from crawlers import politeness
from crawlers.arguments import ArgumentError, warc_folder
from crawlers.clock import Clock
from crawlers.ends import GOOD_ENDS
from crawlers.politeness import PROBE
from monitor.crawl import CrawlOrder, CrawlResult, run_crawl
from monitor.project import Project
from monitor.schedule import Schedule, SitePlan
from monitor.slots import Slots
from pipelines import breaker
from pipelines.holding import holder_of, site_lock
from pipelines.ledger import StoreLedger
from pipelines.store import breakers, planning, sites
from pipelines.store.opening import Store

logger = logging.getLogger(__name__)

PER_HOUR_SETTING: Final = "BAOWATCH_REQUESTS_PER_HOUR"
NOTHING_DUE: Final = "nothing is due"


@dataclass(frozen=True, slots=True, kw_only=True)
class Orders:
    """What the crawls go by at present: where sites and store are, and when to crawl what."""

    project: Project
    schedule: Schedule


class Crawls:
    """The crawls under way: one of a site, side by side as many as the schedule says."""

    def __init__(
        self, store: Store, clock: Clock, orders: Orders, ended: Callable[[CrawlResult], None]
    ) -> None:
        self._store = store
        self._clock = clock
        self._orders = orders
        self._ended = ended
        self._slots = Slots(orders.schedule.side_by_side)
        self._tasks: dict[str, asyncio.Task[None]] = {}

    def set_orders(self, orders: Orders) -> None:
        """Crawls begun from now on go by these."""
        self._orders = orders
        self._slots.set_number(orders.schedule.side_by_side)

    def ring(self, site: str) -> None:
        """Crawl the site in its turn, if anything is due; not while it is being crawled."""
        if site in self._tasks:
            logger.debug("%s: the crawl before is not over", site)
            return
        if reason := self._why_not(site):
            level = logging.DEBUG if reason == NOTHING_DUE else logging.INFO
            logger.log(level, "%s: %s", site, reason)
            return
        task = asyncio.create_task(self._crawl(site), name=f"crawl of {site}")
        self._tasks[site] = task
        task.add_done_callback(lambda task: self._done(site, task))

    async def stop(self) -> None:
        """End the crawls under way, each down its ladder, all at the same time."""
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    @property
    def under_way(self) -> frozenset[str]:
        return frozenset(self._tasks)

    async def _crawl(self, site: str) -> None:
        async with self._slots:
            plan = self._orders.schedule.sites.get(site)
            if plan is None or self._why_not(site):  # while it waited for its turn
                return
            circuit = breakers.of_name(self._store.reader, site)
            order = _order(plan, is_probe=circuit.is_open, warc=_usable(self._orders.schedule.warc))
            result = await run_crawl(self._orders.project, order, self._clock)
        self._ended(result)

    def _why_not(self, site: str) -> str | None:
        """Why the site is not to be crawled now; None when it is."""
        db, now = self._store.reader, self._clock.now()
        row = sites.site_row(db, site)
        if row is not None:
            if not planning.has_due(db, row["id"], now):
                return NOTHING_DUE
            circuit = breakers.of_site(db, row["id"])
            if not breaker.may_run(circuit, now):
                return f"left alone until {circuit.probe_at}, since it does not answer"
            wait = politeness.remaining(StoreLedger(self._store).load(site), now)
            if wait > politeness.LONGEST_WAIT:
                return f"left alone until {now + wait}, as it asked"
        if holder := holder_of(site_lock(self._store.path, site)):
            return f"skipped, since it is being crawled by {holder}"
        return None

    def _done(self, site: str, task: asyncio.Task[None]) -> None:
        del self._tasks[site]
        if not task.cancelled() and (error := task.exception()):
            logger.error("%s: the crawl could not be made", site, exc_info=error)


def _order(plan: SitePlan, *, is_probe: bool, warc: Path | None) -> CrawlOrder:
    settings: Mapping[str, str] = {PROBE: "1"} if is_probe else {}
    if plan.requests_per_hour is not None:
        settings = {**settings, PER_HOUR_SETTING: str(plan.requests_per_hour)}
    arguments = {"sources": "due"}
    if warc is not None:
        arguments["warc"] = str(warc)
    return CrawlOrder(
        site=plan.site,
        arguments=arguments,
        settings=settings,
        time_limit=plan.time_limit,
    )


def _usable(folder: Path | None) -> Path | None:
    """The folder for archives; without it a crawl is better than none, and the log says so."""
    try:
        return warc_folder(str(folder)) if folder else None
    except ArgumentError as error:
        logger.error("%s. Pages are not archived until then.", error)
        return None


def told(result: CrawlResult) -> tuple[int, str]:
    """A log level and a line on how a crawl went."""
    run = result.run
    if result.timed_out:
        return logging.WARNING, "ended at its time limit"
    if result.exit_status < 0:
        return logging.WARNING, f"ended by signal {-result.exit_status}"
    if run is None:
        return logging.WARNING, "the crawl did not begin"
    level = logging.INFO if run["reason"] in GOOD_ENDS else logging.WARNING
    return level, (
        f"{run['reason'] or 'died'}; {run['requests']} requests, {run['pages']} "
        f"pages, {run['versions_added']} versions added, {run['failures']} failures"
    )
