"""Applies robots.txt to every request, redirects included; asked for a few times a day."""

import asyncio
import logging
import os
from datetime import datetime
from typing import Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import StopDownload
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK
from scrapy.utils.misc import build_from_crawler, load_object

from crawlers import robots
from crawlers.clock import clock_from_environment
from crawlers.origins import origin_of
from crawlers.robots import RobotsCopies, RobotsCopy, Rules
from crawlers.turns import Turns
from crawlers.unanswered import Unanswered, Unfetched

logger = logging.getLogger(__name__)

SITEMAPS = "baowatch_sitemaps"
"""Request.meta: the ``Sitemap:`` lines of the origin's robots.txt."""
_IS_ROBOTS = "baowatch_robots"
_RECEIVED = "baowatch_received"


class Obedience:
    """Downloader middleware."""

    def __init__(self, crawler: Crawler, copies: RobotsCopies) -> None:
        self._crawler, self._copies = crawler, copies
        self._clock = clock_from_environment(os.environ)
        self._rules: dict[str, Rules | Unfetched] = {}
        self._one = asyncio.Lock()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        path = crawler.settings.get("BAOWATCH_ROBOTS_COPIES") or "crawlers.robots.MemoryCopies"
        obedience = cls(crawler, build_from_crawler(load_object(path), crawler))
        crawler.signals.connect(obedience.enough, signal=signals.bytes_received)
        return obedience

    def enough(self, data: bytes, request: Request) -> None:
        """Ends a robots.txt where what follows would not be read."""
        if not request.meta.get(_IS_ROBOTS):
            return
        request.meta[_RECEIVED] = request.meta.get(_RECEIVED, 0) + len(data)
        if request.meta[_RECEIVED] > robots.MAX_BYTES:
            raise StopDownload(fail=False)

    async def process_request(self, request: Request) -> None:
        """Raises Unfetched when robots.txt forbids the address, or cannot be had."""
        if request.meta.get(_IS_ROBOTS):
            return
        rules = await self._rules_of(origin_of(request.url))
        if isinstance(rules, Unfetched):
            raise Unfetched(rules.reason, rules.detail)
        if not rules.allows(request.url):
            raise Unfetched("robots_forbids", "robots.txt forbids the address")
        request.meta[SITEMAPS] = rules.sitemaps

    async def _rules_of(self, origin: str) -> Rules | Unfetched:
        async with self._one:
            if origin in self._rules:
                return self._rules[origin]
            copy = await self._copy(origin)
            if isinstance(copy, Unfetched):
                self._rules[origin] = copy
                return copy
            rules = self._rules[origin] = robots.rules(copy.body)
            if (turns := self._crawler.get_extension(Turns)) is not None:
                turns.slow_down(rules.crawl_delay, since=copy.fetched_at)
            return rules

    async def _copy(self, origin: str) -> RobotsCopy | Unfetched:
        """A copy of some hours ago; else what the origin answers now, or a copy that may serve."""
        kept = self._copies.load(origin)
        if kept and robots.is_fresh(kept, self._clock.now()):
            return kept
        spider = self._crawler.spider
        slot = spider.name if spider else ""
        meta = {_IS_ROBOTS: True, "download_slot": slot, "download_maxsize": 0}
        request = Request(f"{origin}/robots.txt", callback=NO_CALLBACK, meta=meta)
        response = await self._crawler.engine.download_async(request)
        now = self._clock.now()
        if copy := self._settled(response, now):
            self._copies.save(origin, copy)
            return copy
        problem = _problem(response)
        logger.info("%s/robots.txt: %s", origin, problem.detail)
        return kept if kept and robots.may_serve(kept, now) else problem

    def _settled(self, response: Response, now: datetime) -> RobotsCopy | None:
        if not isinstance(response, Unanswered):
            return robots.settled(response.status, response.body, now)
        if response.reason == "too_many_redirects":  # as if absent (RFC 9309 §2.3.1.2)
            return RobotsCopy(body=b"", fetched_at=now)
        return None


def _problem(response: Response) -> Unfetched:
    """Why nothing may be fetched; a refusal or a bad certificate is told as such."""
    if not isinstance(response, Unanswered):
        said = f"status {response.status}"
    elif response.reason in ("refused", "certificate"):
        return Unfetched(response.reason, response.detail)
    else:
        said = response.detail
    return Unfetched("robots_unreachable", f"robots.txt: {said}; so nothing is fetched")
