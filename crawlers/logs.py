# ruff: noqa: ARG002 (Scrapy names what these methods are given)
"""Short log lines: never a whole page, never a whole article."""

import logging
from typing import Any

from scrapy import Spider
from scrapy.http import Response
from scrapy.logformatter import LogFormatter, LogFormatterResult
from twisted.python.failure import Failure


class ShortLines(LogFormatter):
    """What comes of an answer is named by its kind only."""

    def scraped(
        self, item: Any, response: Response | Failure | None, spider: Spider
    ) -> LogFormatterResult:
        return _line(logging.DEBUG, "%(kind)s from %(src)s", item, response)

    def dropped(
        self,
        item: Any,
        exception: BaseException,
        response: Response | Failure | None,
        spider: Spider,
    ) -> LogFormatterResult:
        return _line(logging.INFO, f"dropped {exception}: %(kind)s from %(src)s", item, response)

    def item_error(
        self,
        item: Any,
        exception: BaseException,
        response: Response | Failure | None,
        spider: Spider,
    ) -> LogFormatterResult:
        return _line(logging.ERROR, "failed on %(kind)s from %(src)s", item, response)


def _line(
    level: int, message: str, item: Any, response: Response | Failure | None
) -> LogFormatterResult:
    address = response.url if isinstance(response, Response) else "the start"
    return {
        "level": level,
        "msg": message,
        "args": {"kind": type(item).__name__, "src": address},
    }
