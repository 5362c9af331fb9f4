"""The child's side of a probe: a spider middleware that takes the place of the store's.

The spider, guard, robots.txt and turns are those of every crawl. What comes back is written
into the folder named by the setting BAOWATCH_PROBING, and nothing into a store.
"""

import json
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any, Final, Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DontCloseSpider
from scrapy.http import Response
from twisted.python.failure import Failure as TwistedFailure

from crawlers.page import Failure, Listing, Page, Source
from crawlers.sources import Ask
from crawlers.spider import SiteSpider
from crawlers.turns import Turns
from monitor.probing import trusting
from monitor.probing.choosing import LINKS_KEPT, Bounds, chosen, fitting
from monitor.probing.handover import ARTICLES, FOLDER, RESULT
from monitor.probing.probe import ArticleProbe, SourceProbe
from monitor.probing.reading import article_probe, text_print, unread
from monitor.probing.saved import plain_of
from monitor.probing.trusting import Trial
from monitor.whole import write_whole

TIME: Final = timedelta(hours=1)
"""For all turns and answers of a look; found sources are left out where articles would not fit."""
_ASKED_AS: Final = "baowatch_probing"


class Looking:
    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._folder = Path(crawler.settings[FOLDER])
        self._wanted = crawler.settings.getint(ARTICLES)
        self._bounds = Bounds()
        self._sources: dict[str, SourceProbe] = {}
        self._articles: dict[str, ArticleProbe] = {}
        self._listed_by: dict[str, str] = {}
        self._prints: dict[str, str] = {}
        self._trials: dict[str, Trial] = {}
        self._crashes: list[str] = []
        self._files = 0
        self._has_chosen = False
        self._asked_for = 0
        self._unasked = 0

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        looking = cls(crawler)
        connect = crawler.signals.connect
        connect(looking.spider_idle, signal=signals.spider_idle)
        connect(looking.spider_error, signal=signals.spider_error)
        connect(looking.spider_closed, signal=signals.spider_closed)
        return looking

    @property
    def _spider(self) -> SiteSpider:
        assert isinstance(self._crawler.spider, SiteSpider)
        return self._crawler.spider

    async def process_start(self, start: AsyncIterator[Any]) -> AsyncIterator[Any]:
        async for each in start:
            if isinstance(each, Listing):
                self._list(each)
            elif self._is_wanted(each):
                self._asked_for += 1
                yield each

    async def process_spider_output(
        self, response: Response, result: AsyncIterator[Any]
    ) -> AsyncIterator[Any]:
        ask: Ask | None = response.request.cb_kwargs.get("ask") if response.request else None
        if ask is not None:
            self._meet(ask, response)
        async for each in result:
            if isinstance(each, Listing):
                self._list(each)
            elif isinstance(each, Failure):
                self._fail(each, response)
            elif isinstance(each, Page):
                for request in self._read(each, response):
                    self._asked_for += 1
                    yield request
            elif self._is_wanted(each, led_by=ask):
                self._asked_for += 1
                yield each

    def spider_idle(self, spider: SiteSpider) -> None:
        """When the sources were asked, the articles; then the probe is over."""
        if self._has_chosen:
            return
        self._has_chosen = True
        wanted = chosen(self._sources.values(), self._wanted)
        links = wanted[: max(self._room(), 1)]
        self._unasked += len(wanted) - len(links)
        self._asked_for += len(links)
        assert self._crawler.engine is not None
        for source_url, link in links:
            self._listed_by[link.url] = source_url
            self._crawler.engine.crawl(self._asked(spider.article_request(link.url), "first"))
        if links:
            raise DontCloseSpider

    def spider_error(self, failure: TwistedFailure) -> None:
        self._crashes.append(f"{type(failure.value).__name__}: {failure.value}"[:300])

    def spider_closed(self) -> None:
        judged = [
            trusting.judged(article, self._trials.get(url))
            for url, article in self._articles.items()
        ]
        articles = trusting.shared(judged, [self._prints.get(url, "") for url in self._articles])
        told = {
            "sources": [plain_of(source) for source in self._sources.values()],
            "articles": [plain_of(article) for article in articles],
            "crashes": self._crashes,
            "delay": self._delay(),
            "unasked": self._unasked,
        }
        write_whole(self._folder / RESULT, json.dumps(told, ensure_ascii=False))

    def _is_configured(self, source: Source) -> bool:
        site = self._spider.site
        return source.kind == "home" or source.url in {one.url for one in site.sources}

    def _is_wanted(self, request: Request, *, led_by: Ask | None = None) -> bool:
        ask: Ask | None = request.cb_kwargs.get("ask")
        if ask is None:
            return True
        if led_by is not None:
            self._change(led_by.source, further=self._source(led_by.source).further + 1)
        configured = self._is_configured(ask.source)
        if not self._bounds.allow(ask, configured=configured):
            return False
        is_named = configured and ask.depth == 1
        if not is_named and self._room() <= self._wanted + 2 * trusting.TRIED:
            self._unasked += 1
            return False
        self._change(ask.source, guessed=ask.guessed, configured=configured)
        return True

    def _room(self) -> int:
        """How many more requests fit into the time of a look."""
        return max(fitting(TIME, self._delay()) - self._asked_for, 0)

    def _delay(self) -> float:
        turns = self._crawler.get_extension(Turns)
        return turns.delay if turns else self._spider.site.delay

    def _source(self, source: Source) -> SourceProbe:
        plain = SourceProbe(kind=source.kind, url=source.url)
        return self._sources.setdefault(source.url, plain)

    def _change(self, source: Source, **values: Any) -> None:
        self._sources[source.url] = replace(self._source(source), **values)

    def _meet(self, ask: Ask, response: Response) -> None:
        """The first answer of a source stands for it; a file of an index does not."""
        if self._source(ask.source).status:
            return
        self._change(
            ask.source,
            final_url=response.url,
            status=response.status,
            content_type=_content_type(response),
            saved=self._save(response.body),
        )

    def _list(self, listing: Listing) -> None:
        known = self._source(listing.source)
        self._change(
            listing.source,
            number=known.number + len(listing.links),
            links=(*known.links, *listing.links)[:LINKS_KEPT],
        )

    def _fail(self, failure: Failure, response: Response) -> None:
        if failure.source is not None:
            is_a_file = failure.url != failure.source.url
            detail = f"{failure.url}: {failure.detail}" if is_a_file else failure.detail
            self._change(failure.source, reason=failure.reason, detail=detail)
            return
        if response.meta.get(_ASKED_AS) == "first":
            probe = unread(failure, response.status, self._listed_by.get(failure.url, ""))
            self._articles[failure.url] = probe

    def _read(self, page: Page, response: Response) -> list[Request]:
        """What the article's page says; of the first few, the requests that try validators."""
        asked_as = response.meta.get(_ASKED_AS)
        if asked_as != "first":
            trial = self._trials[page.url]
            self._trials[page.url] = replace(trial, **{str(asked_as): page.status})
            return []
        site = self._spider.site
        probe, article = article_probe(page, site, listed_by=self._listed_by[page.url])
        self._articles[page.url] = replace(probe, saved=self._save(page.body))
        if article is not None:
            self._prints[page.url] = text_print(article)
        if not probe.is_article or not page.validators or len(self._trials) >= trusting.TRIED:
            return []
        if self._room() < 2:
            return []
        self._trials[page.url] = Trial()
        tries = {"own": page.validators, "foreign": trusting.foreign(page.validators)}
        return [
            self._asked(self._spider.article_request(page.url, validators=validators), name)
            for name, validators in tries.items()
        ]

    def _asked(self, request: Request, name: str) -> Request:
        request.meta[_ASKED_AS] = name
        return request

    def _save(self, body: bytes) -> str:
        if not body:
            return ""
        self._files += 1
        name = f"answer-{self._files:03}"
        (self._folder / name).write_bytes(body)
        return name


def _content_type(response: Response) -> str:
    return (response.headers.get("Content-Type") or b"").decode("latin-1")
