"""One run: its row, its lock, its heartbeat, and the judge at its end."""

import asyncio
import logging
import os
import socket
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Final, Self

from filelock import FileLock
from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider, NotConfigured
from scrapy.http import Response
from scrapy.utils.asyncio import AsyncioLoopingCall, create_looping_call
from twisted.internet.task import LoopingCall
from twisted.python.failure import Failure as TwistedFailure

from crawlers.clock import clock_from_environment
from crawlers.ends import GOOD_ENDS
from crawlers.page import Failure, Page
from pipelines.citing import follow_waiting
from pipelines.desk import Desk
from pipelines.errors import DiskLow, SiteBusy, StoreError
from pipelines.holding import Held, hold, site_lock
from pipelines.record import record_failure
from pipelines.settle import Settled, settle
from pipelines.store import runs, sites
from pipelines.store.care import tidy_log
from pipelines.store.opening import Store, open_store
from pipelines.store.rows import Row, moment

logger = logging.getLogger(__name__)

HEARTBEAT: Final = timedelta(minutes=5)
DIED: Final = "died"


class RunRecorder:
    """Scrapy extension: begins the run before the first request, ends it after the last."""

    def __init__(self, crawler: Crawler) -> None:
        if not crawler.settings.get("BAOWATCH_STORE"):
            raise NotConfigured("BAOWATCH_STORE is empty: nothing is kept")
        self._crawler = crawler
        self._desk: Desk | None = None
        self._lock: FileLock | None = None
        self._beat: AsyncioLoopingCall | LoopingCall | None = None
        self._closing: asyncio.Future[None] | None = None
        self._is_thorough = True

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        recorder = cls(crawler)
        connect = crawler.signals.connect
        connect(recorder.spider_opened, signal=signals.spider_opened)
        connect(recorder.spider_closed, signal=signals.spider_closed)
        connect(recorder.item_error, signal=signals.item_error)
        connect(recorder.spider_error, signal=signals.spider_error)
        return recorder

    @property
    def has_begun(self) -> bool:
        return self._desk is not None

    @property
    def desk(self) -> Desk:
        assert self._desk is not None, "the run begins before any page"
        return self._desk

    def spider_opened(self, spider: Spider) -> None:
        try:
            arguments = spider.arguments  # type: ignore[attr-defined]
            narrowed = arguments.urls or arguments.limit or arguments.since
            self._is_thorough = not narrowed and arguments.recheck != "none"
            store = open_store(Path(self._crawler.settings["BAOWATCH_STORE"]))
            self._lock = lock_site(store, spider.name)
            self._desk = begin_run(store, spider)
        except SiteBusy as error:
            logger.error("%s", error)
            raise CloseSpider("already_running") from error
        except StoreError as error:
            logger.error("%s", error)
            raise CloseSpider("store_failed") from error
        self._beat = create_looping_call(self._heartbeat)
        self._beat.start(self.desk.clock.wait_seconds(HEARTBEAT), now=False)

    def spider_closed(self, reason: str) -> None:
        if self._beat is not None:
            self._beat.stop()
        if self._desk is not None:
            try:
                self._end_run(self._desk, reason)
            except StoreError as error:
                # The run stays open, so the next one will finish its work.
                logger.error("%s", error)
        if self._lock is not None:
            self._lock.release()

    def item_error(self, item: object, failure: TwistedFailure) -> None:
        """A page that our own code could not bear is a defect, and reported as one."""
        url = item.url if isinstance(item, Page) else ""
        self._record_crash(url, failure)

    def spider_error(self, failure: TwistedFailure, response: Response) -> None:
        self._record_crash(response.url if response is not None else "", failure)

    def stop_on(self, error: StoreError) -> None:
        """End the crawl: without a store nothing may be fetched."""
        if self.end_early("disk_low" if isinstance(error, DiskLow) else "store_failed"):
            logger.error("%s", error)

    def end_early(self, reason: str) -> bool:
        """Close the crawl for a reason; False where it is closing already."""
        engine = self._crawler.engine
        if engine is None or engine.spider is None or self._closing is not None:
            return False
        self._closing = asyncio.ensure_future(engine.close_spider_async(reason=reason))
        return True

    def _record_crash(self, url: str, failure: TwistedFailure) -> None:
        if isinstance(failure.value, StoreError):
            self.stop_on(failure.value)
            return
        crash = Failure(
            site=self.desk.site.name,
            url=url,
            reason="crashed",
            detail=f"{type(failure.value).__name__}: {failure.value}"[:300],
            failed_at=self.desk.now(),
        )
        record_failure(self.desk, crash)

    def _heartbeat(self) -> None:
        with self.desk.store.writing() as db:
            runs.beat(db, self.desk.run_id, self.desk.now())

    def _end_run(self, desk: Desk, reason: str) -> None:
        stats = self._crawler.stats
        settled = settle(
            desk, complete=reason in GOOD_ENDS, thorough=reason == "finished" and self._is_thorough
        )
        _count_settled(self._crawler, settled)
        with desk.store.writing() as db:
            runs.finish(
                db,
                desk.run_id,
                reason=reason,
                now=desk.now(),
                requests=stats.get_value("downloader/request_count", 0) if stats else 0,
            )
        tidy_log(desk.store)
        desk.store.close()


def desk_of(crawler: Crawler) -> Desk:
    """The desk of the crawler's run."""
    return recorder_of(crawler).desk


def has_begun(crawler: Crawler) -> bool:
    """Whether the run could begin: not when another crawl holds the site, or the store fails."""
    return recorder_of(crawler).has_begun


def recorder_of(crawler: Crawler) -> RunRecorder:
    """The crawler's RunRecorder."""
    recorder = crawler.get_extension(RunRecorder)
    assert recorder is not None, "settings.EXTENSIONS names pipelines.runs.RunRecorder"
    return recorder


def lock_site(store: Store, site: str) -> FileLock:
    """Hold a site's lock; the system lets it go when the process ends, however it ends.

    Raises SiteBusy when another process on this machine is crawling the site.
    """
    path = site_lock(store.path, site)
    path.parent.mkdir(exist_ok=True)
    try:
        return hold(path)
    except Held as error:
        raise SiteBusy(f"{site} is being crawled by {error.holder}; wait for it to end.") from error


def begin_run(store: Store, spider: Spider) -> Desk:
    """Begin a run, after finishing what a dead run of the site left.

    The site's lock must be held. Raises SiteBusy when another machine's lease is alive.
    """
    site = spider.site  # type: ignore[attr-defined]
    clock = clock_from_environment(os.environ)
    host = socket.gethostname()
    with store.writing() as db:
        site_id = sites.site_id(db, site.name)
        left = runs.open_runs(db, site_id)
        now = clock.now()
        for run in left:
            if run["host"] != host and moment(run["lease_until"]) > now:
                raise SiteBusy(
                    f"{site.name} is being crawled on {run['host']} since {run['started_at']}."
                )
        run_id = runs.begin(db, site_id, host=host, pid=os.getpid(), now=now)
    desk = Desk(
        store=store,
        site=site,
        site_id=site_id,
        run_id=run_id,
        clock=clock,
        sites=spider.sites,  # type: ignore[attr-defined]
    )
    for run in left:
        _bury(desk, run)
    with store.writing() as db:
        follow_waiting(desk, db)
    return desk


def _bury(desk: Desk, run: Row) -> None:
    """Release what a dead run had confirmed, then close its row."""
    settle(replace(desk, run_id=run["id"]), complete=False, thorough=False)
    with desk.store.writing() as db:
        runs.finish(
            db,
            run["id"],
            reason=DIED,
            now=desk.now(),
            error=f"process {run['pid']} on {run['host']} ended without a word",
        )
    logger.warning("an earlier run of %s died; its work goes on", desk.site.name)


def _count_settled(crawler: Crawler, settled: Settled) -> None:
    if crawler.stats is not None:
        crawler.stats.inc_value("baowatch/released", settled.released)
        crawler.stats.inc_value("baowatch/withdrawn", settled.withdrawn)
