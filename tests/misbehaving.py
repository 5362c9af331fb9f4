"""Scrapy extension: BAOWATCH_TEST_ABORTS and BAOWATCH_TEST_LEAKS name a site each."""

import os
from typing import Any

from scrapy import signals


class Misbehaving:
    def __init__(self) -> None:
        self._leak: list[bytearray] = []

    @classmethod
    def from_crawler(cls, crawler: Any) -> "Misbehaving":
        made = cls()
        crawler.signals.connect(made.response_received, signal=signals.response_received)
        return made

    def response_received(self, spider: Any) -> None:
        if spider.name == os.environ.get("BAOWATCH_TEST_ABORTS"):
            os.abort()  # as a C library would, of which no Python code hears
        while spider.name == os.environ.get("BAOWATCH_TEST_LEAKS"):
            self._leak.append(bytearray(64 << 20))
