"""``run_crawl``: one crawl of one site as a child process, judged by its run row.

A child, because a spider that hangs, leaks or aborts must not take its parent along; the
run row, because Scrapy's exit status is 0 even when every callback crashed.
"""

import asyncio
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from crawlers.clock import Clock, SystemClock
from crawlers.ends import GOOD_ENDS
from monitor.children import ChildOrder, run_child
from monitor.project import Project
from pipelines.store import runs
from pipelines.store.opening import open_store
from pipelines.store.rows import Row


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlResult:
    """How a crawl ended. ``run`` is None when it did not even begin.

    ``exit_status`` is negative for the signal that ended the child.
    """

    site: str
    exit_status: int
    run: Row | None
    timed_out: bool = False
    messages: tuple[str, ...] = ()

    @property
    def succeeded(self) -> bool:
        """Ended by itself, with an answer to something that was asked."""
        if self.exit_status or self.run is None or self.run["reason"] not in GOOD_ENDS:
            return False
        return bool(self.run["pages"]) or not self.run["failures"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlOrder:
    """What to crawl, and how: spider arguments, settings and environment of the child."""

    site: str
    arguments: Mapping[str, str] = field(default_factory=dict)
    settings: Mapping[str, str] = field(default_factory=dict)
    environment: Mapping[str, str] = field(default_factory=dict)
    time_limit: timedelta | None = None

    def command(self) -> list[str]:
        words = [sys.executable, "-m", "scrapy", "crawl", self.site]
        for name, value in self.arguments.items():
            words += ["-a", f"{name}={value}"]
        for name, value in {"LOG_LEVEL": "WARNING", **self.settings}.items():
            words += ["-s", f"{name}={value}"]
        return words


async def run_crawl(project: Project, order: CrawlOrder, clock: Clock | None = None) -> CrawlResult:
    """Crawl one site and read how it went. The child ends when this is cancelled.

    ``clock`` measures the order's time limit; without one, the machine's does.
    """
    before = _latest_run(project, order.site)
    end = await run_child(
        ChildOrder(
            command=order.command(),
            folder=project.folder,
            environment={
                **os.environ,
                "BAOWATCH_STORE": str(project.store),
                "BAOWATCH_CONFIG": str(project.config),
                **order.environment,
            },
            time_limit=order.time_limit,
        ),
        clock or SystemClock(),
    )
    run = _latest_run(project, order.site)
    began = run is not None and (before is None or run["id"] != before["id"])
    return CrawlResult(
        site=order.site,
        exit_status=end.exit_status,
        run=run if began else None,
        timed_out=end.timed_out,
        messages=end.lines,
    )


async def run_crawls(
    project: Project, orders: Sequence[CrawlOrder], *, side_by_side: int
) -> list[CrawlResult]:
    """Crawl several sites, so many at a time; the results in the order of the orders."""
    free = asyncio.Semaphore(side_by_side)

    async def one(order: CrawlOrder) -> CrawlResult:
        async with free:
            return await run_crawl(project, order)

    return list(await asyncio.gather(*(one(order) for order in orders)))


def _latest_run(project: Project, site: str) -> Row | None:
    store = open_store(project.store)
    try:
        return runs.latest(store.reader, site)
    finally:
        store.close()
