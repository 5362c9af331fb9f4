"""Free disk: a run ends while there is room for everything that it has begun."""

import shutil
from pathlib import Path
from typing import Final, Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.settings import BaseSettings

from pipelines.errors import DiskLow, StoreError
from pipelines.runs import recorder_of
from pipelines.store.opening import open_store

LEAST: Final = "BAOWATCH_FREE_DISK_MB"
MEGABYTE: Final = 1_000_000


class DiskGuard:
    """Scrapy extension: ends the run when free space falls under BAOWATCH_FREE_DISK_MB."""

    def __init__(self, crawler: Crawler) -> None:
        if not crawler.settings.get("BAOWATCH_STORE"):
            raise NotConfigured("BAOWATCH_STORE is empty: nothing is kept")
        self._crawler = crawler
        self._store = Path(crawler.settings["BAOWATCH_STORE"])
        self._least = least_free(crawler.settings)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        guard = cls(crawler)
        crawler.signals.connect(guard.response_received, signal=signals.response_received)
        return guard

    def response_received(self) -> None:
        """After each answer: what one page needs is far less than the threshold."""
        try:
            refuse_low_disk(self._store, self._least)
        except DiskLow as error:
            recorder_of(self._crawler).stop_on(error)


def preflight(settings: BaseSettings) -> None:
    """Refuse a store or a disk that cannot be used before anything starts. Raises StoreError."""
    if settings.get("BAOWATCH_STORE"):
        store = Path(settings["BAOWATCH_STORE"])
        open_store(store).close()
        refuse_low_disk(store, least_free(settings))


def least_free(settings: BaseSettings) -> int:
    """The threshold in megabytes; 0 for none. Raises StoreError for what is no number."""
    told = settings.get(LEAST)
    if not str(told).isdecimal():
        raise StoreError(f"{LEAST}={told!r} is no number of megabytes; 0 switches the guard off.")
    return int(told)


def refuse_low_disk(store: Path, least: int) -> None:
    """Raise DiskLow when fewer than ``least`` megabytes are free where the store lies."""
    free = free_megabytes(store)
    if free < least:
        raise DiskLow(
            f"{store}: only {free} MB are free on this disk, fewer than {LEAST}={least}. "
            "Nothing was lost; make room and crawl again."
        )


def free_megabytes(store: Path) -> int:
    """Free space where the store lies; its file is not opened."""
    return shutil.disk_usage(store.absolute().parent).free // MEGABYTE
