"""The stages a page goes through, in the order of ``crawlers.settings.ITEM_PIPELINES``.

``KnownBytes`` Page → Verdict when nothing can have changed, else the Page; ``Record``
Page → Verdict; ``Tell`` Verdict → the line that ``-O articles.jsonl`` exports.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final, Self

from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem

from crawlers.discovery import article_key
from crawlers.page import Page
from pipelines.desk import Desk, Verdict
from pipelines.errors import StoreError
from pipelines.record import record_known_bytes, record_page
from pipelines.runs import desk_of, recorder_of
from pipelines.store.rows import iso, iso_or_none

WALLS: Final = ("block_page", "cookie_wall")
WALLS_TO_STOP: Final = 4
"""In a row; a site may keep a few of its pages to itself."""


class Stage:
    """A step with the run's desk at hand."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    @property
    def desk(self) -> Desk:
        return desk_of(self._crawler)

    @contextmanager
    def stopping(self) -> Iterator[None]:
        """When the store fails the crawl stops, in one line; the page stays due."""
        try:
            yield
        except StoreError as error:
            recorder_of(self._crawler).stop_on(error)
            raise DropItem("the store failed", log_level="DEBUG") from error

    def count(self, what: str) -> None:
        if self._crawler.stats is not None:
            self._crawler.stats.inc_value(f"baowatch/{what}")


class KnownBytes(Stage):
    def process_item(self, item: Page) -> Page | Verdict:
        with self.stopping():
            return record_known_bytes(self.desk, item) or item


class Record(Stage):
    """Ends the run where walls stand before the articles: asking for more is no use to anybody."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._walls = 0

    def process_item(self, item: Page | Verdict) -> Verdict:
        if isinstance(item, Verdict):
            return item
        with self.stopping():
            verdict = record_page(self.desk, item)
        self._walls = self._walls + 1 if verdict.kind in WALLS else 0
        if self._walls == WALLS_TO_STOP:
            recorder_of(self._crawler).end_early("blocked")
        return verdict


class Tell(Stage):
    def process_item(self, item: Verdict) -> dict[str, Any]:
        self.count(f"verdicts/{item.name}")
        return told(self.desk, item)


def told(desk: Desk, verdict: Verdict) -> dict[str, Any]:
    """A verdict as plain JSON: what was read, and what was made of it."""
    page, article = verdict.page, verdict.article
    facts: dict[str, Any] = {
        "site": page.site,
        "key": article_key(page.final_url, desk.site),
        "url": page.url,
        "final_url": page.final_url,
        "status": page.status,
        "fetched_at": iso(page.fetched_at),
        "verdict": verdict.name,
        "kind": verdict.kind,
        "reason": verdict.reason,
    }
    if article is None:
        return facts
    return facts | {
        "title": article.title,
        "lead": article.lead,
        "text": article.text,
        "captions": list(article.captions),
        "author": article.author,
        "published_at": iso_or_none(article.published_at),
        "modified_at": iso_or_none(article.modified_at),
        "language": article.language,
        "tags": list(article.tags),
    }
