"""Scrapy spider middleware between the spider and the store.

What the spider lists is recorded; what the store calls due is fetched. The frontier is
the store, so a killed crawl loses nothing: discovery first, then, whenever the crawl is
idle, the next due articles, until none is due and no second look is to be waited for.
"""

import asyncio
import logging
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final, Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider, DontCloseSpider
from scrapy.http import Response

from crawlers.arguments import Arguments
from crawlers.discovery import article_key
from crawlers.page import Failure, Listing, Page, Source
from crawlers.sources import Ask
from crawlers.spider import SiteSpider
from pipelines.asking import article_request
from pipelines.changes import ArticleRow
from pipelines.desk import Desk
from pipelines.errors import StoreError
from pipelines.hosts import Hosts
from pipelines.record import record_failure, record_listing, record_read_in_full
from pipelines.runs import desk_of, has_begun, recorder_of
from pipelines.store import articles, planning, runs, sites, versions

logger = logging.getLogger(__name__)

BATCH: Final = 20
LOOKS_PER_RUN: Final = 3
WITNESSES_ASKED: Final = 3
CONFIRM_WAIT: Final = timedelta(minutes=10)
"""How long a run that has nothing else to do waits for a second look to come due."""


class DueArticles:
    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._asked: Counter[int] = Counter()
        self._urls: dict[int, str] = {}
        self._resting: list[Request] = []
        self._hosts = Hosts()
        self._witnesses = 0
        self._first_looks = 0
        self._waiting = False
        self._confirm_wait = timedelta(
            seconds=crawler.settings.getfloat("BAOWATCH_CONFIRM_WAIT", CONFIRM_WAIT.total_seconds())
        )

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        middleware = cls(crawler)
        crawler.signals.connect(middleware.spider_idle, signal=signals.spider_idle)
        return middleware

    @property
    def _desk(self) -> Desk:
        return desk_of(self._crawler)

    async def process_start(self, start: AsyncIterator[Any]) -> AsyncIterator[Any]:
        if not has_begun(self._crawler):
            return  # the recorder has said why, and closes the spider
        async for each in start:
            if isinstance(each, Listing):
                self._record(each)
            elif self._is_wanted(each):
                yield self._knowing(each)
        if self._arguments.sources == "due" and not self._arguments.urls:
            for request in self._spider.source_requests(self._found_earlier()):
                yield self._knowing(request)

    async def process_spider_output(
        self,
        response: Response,
        result: AsyncIterator[Any],
    ) -> AsyncIterator[Any]:
        listing: Listing | None = None
        added = 0
        async for each in result:
            if isinstance(each, Listing | Page):
                self._hosts.heard(response.url, each.url if isinstance(each, Page) else "")
            if isinstance(each, Listing):
                listing, added = each, self._record(each)
                for request in self._woken(each, added):
                    yield self._knowing(request)
            elif isinstance(each, Failure):
                self._count(f"failures/{each.reason}")
                with self._stopping():
                    record_failure(self._desk, each)
                    self._hosts.missed(self._desk, each)
            elif listing and isinstance(each, Request) and each.meta.get("next_page") and not added:
                # A page that listed nothing new: what comes after it is known.
                with self._stopping():
                    record_read_in_full(self._desk, listing)
            elif not isinstance(each, Request):
                yield each
            elif self._is_wanted(each):
                yield self._knowing(each)

    def spider_idle(self, spider: SiteSpider) -> None:
        if not has_begun(self._crawler):
            return
        if self._waiting:
            raise DontCloseSpider
        try:
            requests = self._next_requests(spider)
            wait = None if requests else self._wait_for_second_look()
        except StoreError as error:
            logger.error("%s", error)
            raise CloseSpider("store_failed") from error
        for request in requests:
            self._fetch(request)
        if wait is not None:
            self._waiting = True
            asyncio.get_running_loop().call_later(wait, self._resume, spider)
        if requests or wait is not None:
            raise DontCloseSpider

    def _resume(self, spider: SiteSpider) -> None:
        self._waiting = False
        if self._crawler.engine is None or self._crawler.engine.spider is None:
            return  # closed meanwhile
        with self._stopping():
            for request in self._next_requests(spider):
                self._fetch(request)

    def _fetch(self, request: Request) -> None:
        assert self._crawler.engine is not None
        self._crawler.engine.crawl(request)

    def _record(self, listing: Listing) -> int:
        added = 0
        with self._stopping():
            added = record_listing(self._desk, listing).added
        self._count("listings")
        self._count("addresses/added", added)
        return added

    @contextmanager
    def _stopping(self) -> Iterator[None]:
        """When the store fails the crawl stops, in one line."""
        try:
            yield
        except StoreError as error:
            recorder_of(self._crawler).stop_on(error)

    @property
    def _spider(self) -> SiteSpider:
        assert isinstance(self._crawler.spider, SiteSpider)
        return self._crawler.spider

    @property
    def _arguments(self) -> Arguments:
        return self._spider.arguments

    def _woken(self, listing: Listing, added: int) -> list[Request]:
        """The sources that rest, where one that tells no news yet listed what was not known.

        Only they can tell what of it is news, and only before it is read.
        """
        db, site_id = self._desk.store.reader, self._desk.site_id
        if not self._resting or not added or sites.tells_news(db, site_id, listing.source):
            return []
        woken, self._resting = self._resting, []
        return woken

    def _is_wanted(self, request: Request) -> bool:
        """Whether a source is due, or unknown, or this is a further page of one that was."""
        ask: Ask | None = request.cb_kwargs.get("ask")
        if ask is None or ask.url != ask.source.url or self._arguments.sources != "due":
            return True
        desk = self._desk
        resting = planning.resting_sources(desk.store.reader, desk.site_id, desk.now())
        if ask.source.url in resting:
            self._resting.append(request)
        return ask.source.url not in resting

    def _knowing(self, request: Request) -> Request:
        """The request for a source with when it was last read in full."""
        ask: Ask | None = request.cb_kwargs.get("ask")
        if ask is None or ask.url != ask.source.url or self._arguments.sources != "due":
            return request
        read_at = sites.read_in_full_at(self._desk.store.reader, self._desk.site_id, ask.source)
        return request.replace(cb_kwargs={"ask": replace(ask, read_at=read_at)})

    def _found_earlier(self) -> list[Source]:
        desk = self._desk
        return planning.due_sources(desk.store.reader, desk.site_id, desk.now())

    def _count(self, what: str, by: int = 1) -> None:
        if self._crawler.stats is not None:
            self._crawler.stats.inc_value(f"baowatch/{what}", by)

    def _next_requests(self, spider: SiteSpider) -> list[Request]:
        rows = self._askable(spider)
        requests = [self._ask(spider, row) for row in rows if self._within_limit(spider, row)]
        return requests or self._witness(spider)

    def _ask(self, spider: SiteSpider, row: ArticleRow) -> Request:
        self._first_looks += not self._asked[row.id]
        self._asked[row.id] += 1
        self._urls[row.id] = row.url
        return article_request(self._desk, spider, row)

    def _witness(self, spider: SiteSpider) -> list[Request]:
        """Where an absence could be decided and no article answered yet: one that should."""
        db, desk = self._desk.store.reader, self._desk
        if spider.arguments.urls or self._witnesses == WITNESSES_ASKED:
            return []
        if runs.had_witness(db, desk.run_id) or not articles.has_gone(db, desk.run_id):
            return []
        row = articles.last_seen(db, desk.site_id, besides=self._asked.keys())
        if row is None or not self._within_limit(spider, row):
            return []
        self._witnesses += 1
        return [self._ask(spider, row)]

    def _askable(self, spider: SiteSpider) -> list[ArticleRow]:
        """A batch of what is due and this run may ask; the store is asked for more only where
        what this run is done with fills the batch.
        """
        named, limit = bool(spider.arguments.urls), BATCH
        while True:
            found = self._due(spider, limit)
            may_be = [row for row in found if self._may_ask(row, named=named)]
            askable = may_be if named else self._hosts.few_of_each(self._desk.site, may_be)
            if len(askable) >= BATCH or len(found) < limit or named:
                return askable[:BATCH]
            limit *= 2

    def _due(self, spider: SiteSpider, limit: int) -> list[ArticleRow]:
        desk, arguments = self._desk, spider.arguments
        if arguments.urls:
            keys = [article_key(url, desk.site) for url in arguments.urls]
            found = [articles.resolve(desk.store.reader, desk.site_id, key) for key in keys]
            return [row for row in found if row is not None]
        wish = articles.DueWish(
            now=desk.now(),
            checked_before=self._started_at() if arguments.recheck == "all" else None,
            rechecks=arguments.recheck != "none",
            first_looks=arguments.limit is None or self._first_looks < arguments.limit,
            since=arguments.since,
        )
        return planning.due(desk.store.reader, desk.site_id, wish, limit=limit)

    def _started_at(self) -> datetime:
        return runs.started_at(self._desk.store.reader, self._desk.run_id)

    def _may_ask(self, row: ArticleRow, *, named: bool) -> bool:
        """One look at each article, and as many more as a suspicion needs, three in all."""
        asked = self._asked[row.id]
        look = versions.open_look(self._desk.store.reader, row.id)
        if look is not None and look.state == "pending":
            is_due = look.due_at <= self._desk.now()
            return asked < LOOKS_PER_RUN and (is_due or (named and not asked))
        if asked:
            # Gone from one address and listed under another: that one is looked at at once.
            return asked < LOOKS_PER_RUN and row.url != self._urls[row.id] and self._is_due(row)
        return True

    def _is_due(self, row: ArticleRow) -> bool:
        return row.due_at is not None and row.due_at <= self._desk.now()

    def _within_limit(self, spider: SiteSpider, row: ArticleRow) -> bool:
        """Whether ``-a limit=N`` allows the look; a second look is not counted."""
        limit = spider.arguments.limit
        return bool(self._asked[row.id]) or limit is None or self._first_looks < limit

    def _wait_for_second_look(self) -> float | None:
        """Real seconds until the next second look that this run should make, if any is near."""
        desk = self._desk
        asked = [one for one, times in self._asked.items() if times < LOOKS_PER_RUN]
        due_at = versions.next_second_look(desk.store.reader, desk.site_id, asked)
        if due_at is None or due_at - desk.now() > self._confirm_wait:
            return None
        return desk.clock.wait_seconds(due_at - desk.now())
