"""Ends a run where the site does not answer: a dead host costs a few requests, not one for
each article that is due.
"""

import asyncio
import logging
from typing import Final, Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.http import Response

from crawlers.politeness import PROBE
from crawlers.unanswered import Unanswered

logger = logging.getLogger(__name__)

UNANSWERED_TO_STOP: Final = 4
"""Requests in a row without an answer, or with a server error, after which the run closes."""
UNANSWERED_TO_STOP_A_PROBE: Final = 1
REFUSED: Final = frozenset({202, 401, 403, 429, 451})
"""Statuses that end a probe too; an ordinary run may meet a few pages that are not for us."""


class Outage:
    """Scrapy extension; closes the run with the reason "unreachable"."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._is_probe = crawler.settings.getbool(PROBE)
        self._most = UNANSWERED_TO_STOP_A_PROBE if self._is_probe else UNANSWERED_TO_STOP
        self._in_a_row = 0
        self._closing: asyncio.Future[None] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        outage = cls(crawler)
        crawler.signals.connect(outage.received, signal=signals.response_received)
        return outage

    def received(self, response: Response) -> None:
        """Called for whatever a request came to, robots.txt included."""
        met = is_outage(response)
        if met is None:
            return
        met = met or (self._is_probe and response.status in REFUSED)
        self._in_a_row = self._in_a_row + 1 if met else 0
        engine = self._crawler.engine
        if self._in_a_row >= self._most and self._closing is None and engine is not None:
            logger.info("no answer %d times in a row; closing (unreachable)", self._in_a_row)
            self._closing = asyncio.ensure_future(engine.close_spider_async(reason="unreachable"))


def is_outage(response: Response) -> bool | None:
    """Whether a request got no answer, or a server error; None where nothing was asked."""
    if isinstance(response, Unanswered):
        is_silence = response.reason in ("unreachable", "robots_unreachable")
        return True if is_silence else None
    return response.status >= 500
