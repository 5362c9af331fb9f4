"""The one spider: a site's sources become Listings, its articles Pages, the rest Failures."""

import os
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from typing import Any, ClassVar

from scrapy import Request, Spider
from scrapy.http import Response
from twisted.python.failure import Failure as TwistedFailure

from crawlers.answers import failure_of, page_of
from crawlers.arguments import parse_arguments
from crawlers.clock import clock_from_environment
from crawlers.discovery import plain_link
from crawlers.exchanges import EXCHANGES
from crawlers.obedience import SITEMAPS
from crawlers.page import Failure, Listing, Page, Source, Validators
from crawlers.plain import short
from crawlers.site import Site
from crawlers.sources import Answer, Ask, Found, Reader
from crawlers.unanswered import Crashed, NotNow

_SOURCES_FIRST = 100


class SiteSpider(Spider):
    """Subclassed per site file by ``loader``; ``arguments`` holds what ``-a`` asked.

    ``sites``: all that are configured, by name.
    """

    site: ClassVar[Site]
    sites: ClassVar[Mapping[str, Site]]

    def __init__(self, **given: str) -> None:
        super().__init__(self.site.name)
        self.arguments = parse_arguments(given, self.site)
        self.clock = clock_from_environment(os.environ)
        self._reader = Reader(self.site)

    async def start(self) -> AsyncIterator[Any]:
        """What is named is listed at once; then the sources are asked for."""
        if self.arguments.urls:
            yield self._named(Source(kind="argument", url="argument"), self.arguments.urls)
            return
        if self.site.pages:
            yield self._named(Source(kind="pages", url="config"), self.site.pages)
        if self.arguments.sources != "none":
            for ask in self._reader.first():
                yield self._source_request(ask)

    def source_requests(self, sources: Iterable[Source]) -> Iterator[Request]:
        """Requests for sources that an earlier run found, unless this run asks for them."""
        for ask in self._reader.further(sources):
            yield self._source_request(ask)

    def article_request(
        self,
        url: str,
        *,
        validators: Validators | None = None,
        past_caches: bool = False,
        priority: int = 0,
    ) -> Request:
        """A request whose answer becomes a Page of this very ``url``, or a Failure.

        ``past_caches`` asks caches on the way to step aside, for a second look.
        """
        headers = {}
        if validators and validators.etag:
            headers["If-None-Match"] = validators.etag.encode("latin-1")
        if validators and validators.last_modified:
            headers["If-Modified-Since"] = validators.last_modified.encode("latin-1")
        if past_caches:
            headers |= {"Cache-Control": b"no-cache", "Pragma": b"no-cache"}
        meta: dict[str, Any] = {"download_slot": self.name}
        if self.arguments.warc is not None:
            meta[EXCHANGES] = []
        return Request(
            url,
            callback=self.parse_article,
            errback=self.failed,
            headers=headers,
            priority=priority,
            cb_kwargs={"url": url},
            meta=meta,
            dont_filter=True,
        )

    def parse_article(self, response: Response, url: str) -> Iterator[Page | Failure]:
        yield page_of(response, url, self.site, self.clock.now())

    def parse_source(self, response: Response, ask: Ask) -> Iterator[Listing | Failure | Request]:
        """The Listing comes first: what follows depends on whether it brought anything new."""
        failure = failure_of(response, ask.url, self.site, self.clock.now(), ask.source)
        if failure:
            yield from self._gone(failure, ask, response.status)
            return
        answer = Answer(
            at=self.clock.now(),
            url=response.url,
            body=response.body,
            content_type=(response.headers.get("Content-Type") or b"").decode("latin-1"),
            sitemaps=response.meta.get(SITEMAPS, ()),
        )
        found = self._reader.read(ask, answer)
        if found.problem:
            yield self._failure(ask, found)
        if found.links is not None:
            self.logger.info("%s: %d links", answer.url, len(found.links))
            yield Listing(
                site=self.site.name,
                source=ask.source,
                page=ask.page,
                fetched_at=self.clock.now(),
                links=found.links,
                complete=found.complete,
            )
        for further in found.asks:
            yield self._source_request(further)

    def failed(self, failure: TwistedFailure) -> None:
        """Only what could not become an answer comes here (see ``unanswered``)."""
        if not isinstance(failure.value, NotNow):
            # Another exception than the request's own: Scrapy then signals spider_error.
            raise Crashed(f"{type(failure.value).__name__}: {failure.value}") from failure.value

    def _gone(self, failure: Failure, ask: Ask, status: int) -> Iterator[Failure | Request]:
        """A guessed source may be absent; what else the site has is asked for all the same."""
        if not (ask.guessed and status in (404, 410)):
            yield failure
        for further in self._reader.without(ask):
            yield self._source_request(further)

    def _failure(self, ask: Ask, found: Found) -> Failure:
        return Failure(
            site=self.site.name,
            url=ask.url,
            reason=found.reason,
            detail=short(found.problem, 300),
            failed_at=self.clock.now(),
            source=ask.source,
        )

    def _named(self, source: Source, urls: tuple[str, ...]) -> Listing:
        return Listing(
            site=self.site.name,
            source=source,
            page=1,
            fetched_at=self.clock.now(),
            links=tuple(plain_link(url, self.site) for url in urls),
            complete=True,
        )

    def _source_request(self, ask: Ask) -> Request:
        meta: dict[str, Any] = {"download_slot": self.name}
        if ask.page > 1 and ask.source.kind == "listing":
            meta["next_page"] = True
        if ask.source.kind == "sitemap":
            meta["download_maxsize"] = ask.max_bytes
        return Request(
            ask.url,
            callback=self.parse_source,
            errback=self.failed,
            priority=_SOURCES_FIRST,
            cb_kwargs={"ask": ask},
            meta=meta,
            dont_filter=True,
        )
