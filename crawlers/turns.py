"""One request at a time for the whole site, each in its turn: applies ``politeness``."""

import asyncio
import logging
import os
import random
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Self

from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.utils.misc import build_from_crawler, load_object

from crawlers import politeness
from crawlers.clock import clock_from_environment
from crawlers.page import FailureReason
from crawlers.politeness import Allowance, Ledger
from crawlers.site import Site
from crawlers.unanswered import NotNow, Unfetched

logger = logging.getLogger(__name__)


class Turns:
    """Scrapy extension; the download handler sends every request through ``take``."""

    def __init__(self, crawler: Crawler, site: Site, ledger: Ledger) -> None:
        self._crawler, self._site, self._ledger = crawler, site, ledger
        self._clock = clock_from_environment(os.environ)
        self._delay = site.delay
        asked = crawler.settings.getint("BAOWATCH_REQUESTS_PER_HOUR") or site.requests_per_hour
        self._requests_per_hour = min(asked, site.requests_per_hour)
        self._one = asyncio.Lock()
        self._busy_answers = 0
        self._closing: asyncio.Task[None] | None = None
        self._refusal: Unfetched | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        path = crawler.settings.get("BAOWATCH_LEDGER") or "crawlers.politeness.MemoryLedger"
        ledger: Ledger = build_from_crawler(load_object(path), crawler)
        return cls(crawler, crawler.spidercls.site, ledger)  # type: ignore[attr-defined]

    @property
    def is_closing(self) -> bool:
        """Whether the run is about to close, so that nothing is asked again."""
        return self._closing is not None

    @property
    def delay(self) -> float:
        """Seconds between requests, at least; a pause may be half as long again."""
        return self._delay

    def slow_down(self, delay: float, *, since: datetime) -> None:
        """Never less than ``delay`` seconds between requests ``since`` then (Crawl-delay)."""
        if delay > self._delay:
            self._delay = delay
            allowance = self._ledger.load(self._site.name)
            moment = since + self._pause()
            self._ledger.record(self._site.name, politeness.not_before(allowance, moment))

    async def take(self, send: Callable[[], Awaitable[Response]]) -> Response:
        """Waits for the site's turn, then sends. Raises NotNow when the run must close."""
        async with self._one:
            allowance = politeness.asked(await self._granted(), self._clock.now())
            self._record(allowance, self._pause())
            pause = self._pause()
            try:
                response = await send()
                pause = max(pause, self._asked_to_wait(response))
            finally:
                self._record(allowance, pause)
            return response

    def _record(self, allowance: Allowance, pause: timedelta) -> None:
        moment = self._clock.now() + pause
        self._ledger.record(self._site.name, politeness.not_before(allowance, moment))

    def _pause(self) -> timedelta:
        return timedelta(seconds=self._delay * random.uniform(1.0, 1.5))  # noqa: S311 (jitter)

    async def _granted(self) -> Allowance:
        """Waits for the next allowed moment, in steps, so that a stop is noticed."""
        while True:
            now = self._clock.now()
            allowance = politeness.in_this_hour(self._ledger.load(self._site.name), now)
            if self._closing or not self._crawler.crawling:
                raise self._refusal or NotNow("the run is closing")
            if allowance.hour_requests >= self._requests_per_hour:
                raise self._close("budget_spent")
            wait = politeness.remaining(allowance, now)
            if not wait:
                return allowance
            if wait > politeness.LONGEST_WAIT:
                raise self._close("told_to_wait")
            await asyncio.sleep(min(self._clock.wait_seconds(wait), 1.0))

    def _asked_to_wait(self, response: Response) -> timedelta:
        if response.status not in politeness.BUSY:
            self._busy_answers = 0
            return timedelta()
        self._busy_answers += 1
        value = (response.headers.get("Retry-After") or b"").decode("latin-1")
        wait = politeness.retry_after(value, self._clock.now())
        logger.info("%d: %s asks to wait %s", response.status, self._site.name, wait)
        if wait > politeness.LONGEST_WAIT or self._busy_answers >= politeness.BUSY_ANSWERS_TO_STOP:
            # So that what waits for its robots.txt ends as what it is, a refusal.
            reason: FailureReason = "busy" if response.status == 429 else "server_error"
            self._refusal = Unfetched(reason, f"status {response.status}: asks to wait {wait}")
            self._close("told_to_wait")
        return wait

    def _close(self, reason: str) -> NotNow:
        """Lets the engine close the run, which ends this request too."""
        if self._closing is None:
            logger.info("%s: closing (%s)", self._site.name, reason)
            engine = self._crawler.engine
            self._closing = asyncio.ensure_future(engine.close_spider_async(reason=reason))
        return NotNow(reason)
