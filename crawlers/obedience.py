"""Applies robots.txt to every request, redirects included: fetched once per run and origin."""

import asyncio
import logging
import os

from scrapy import Request
from scrapy.crawler import Crawler
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


class Obedience:
    """Downloader middleware."""

    def __init__(self, crawler: Crawler, copies: RobotsCopies) -> None:
        self._crawler, self._copies = crawler, copies
        self._clock = clock_from_environment(os.environ)
        self._rules: dict[str, Rules | None] = {}
        self._one = asyncio.Lock()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "Obedience":
        path = crawler.settings.get("BAOWATCH_ROBOTS_COPIES") or "crawlers.robots.MemoryCopies"
        return cls(crawler, build_from_crawler(load_object(path), crawler))

    async def process_request(self, request: Request) -> None:
        """Raises Unfetched when robots.txt forbids the address, or cannot be had."""
        if request.meta.get(_IS_ROBOTS):
            return
        rules = await self._rules_of(origin_of(request.url))
        if rules is None:
            raise Unfetched("robots_unreachable", "robots.txt gave no answer: nothing is fetched")
        if not rules.allows(request.url):
            raise Unfetched("robots_forbids", "robots.txt forbids the address")
        request.meta[SITEMAPS] = rules.sitemaps

    async def _rules_of(self, origin: str) -> Rules | None:
        async with self._one:
            if origin not in self._rules:
                copy = await self._copy(origin)
                self._rules[origin] = robots.rules(copy.body) if copy else None
        rules = self._rules[origin]
        turns = self._crawler.get_extension(Turns)
        if rules is not None and turns is not None:
            turns.slow_down(rules.crawl_delay)
        return rules

    async def _copy(self, origin: str) -> RobotsCopy | None:
        """What the origin answers now; failing that, a copy that may serve."""
        spider = self._crawler.spider
        meta = {_IS_ROBOTS: True, "download_slot": spider.name if spider else ""}
        request = Request(f"{origin}/robots.txt", callback=NO_CALLBACK, meta=meta)
        response = await self._crawler.engine.download_async(request)
        now = self._clock.now()
        if isinstance(response, Unanswered):
            if response.reason == "too_many_redirects":  # RFC 9309 §2.3.1.2: as if absent
                return RobotsCopy(body=b"", fetched_at=now)
        elif copy := robots.settled(response.status, response.body, now):
            self._copies.save(origin, copy)
            return copy
        kept = self._copies.load(origin)
        logger.info("%s/robots.txt: status %d", origin, response.status)
        return kept if robots.may_serve(kept, now) else None
