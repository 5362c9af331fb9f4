"""What politeness must remember between runs, kept in the store."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Self

from crawlers.politeness import Allowance
from crawlers.robots import RobotsCopy
from pipelines.store import sites
from pipelines.store.opening import Store, open_store
from pipelines.store.rows import moment, moment_or_none

if TYPE_CHECKING:  # the daemon asks the ledger, and does not need all of Scrapy for it
    from scrapy.crawler import Crawler


class _Kept:
    """Something in the store named by BAOWATCH_LEDGER_STORE, else by BAOWATCH_STORE.

    A probe keeps what it finds in a store of its own, and here when it asked.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    @classmethod
    def from_crawler(cls, crawler: "Crawler") -> Self:
        settings = crawler.settings
        return cls(
            open_store(Path(settings["BAOWATCH_LEDGER_STORE"] or settings["BAOWATCH_STORE"]))
        )


class StoreLedger(_Kept):
    """A site's next allowed moment and the requests of its hour (crawlers.politeness.Ledger)."""

    def load(self, site_name: str) -> Allowance:
        row = sites.budget(self._store.reader, site_name)
        if row is None:
            return Allowance()
        return Allowance(
            next_allowed_at=moment_or_none(row["next_allowed_at"]),
            recent=tuple((minute, count) for minute, count in json.loads(row["recent_requests"])),
        )

    def record(self, site_name: str, allowance: Allowance) -> None:
        with self._store.writing() as db:
            sites.record_budget(
                db,
                site_name,
                next_allowed_at=allowance.next_allowed_at,
                recent_requests=json.dumps(allowance.recent),
            )


class StoreRobotsCopies(_Kept):
    """The robots.txt files that were answered (crawlers.robots.RobotsCopies)."""

    def load(self, origin: str) -> RobotsCopy | None:
        row = sites.robots_copy(self._store.reader, origin)
        if row is None:
            return None
        return RobotsCopy(body=row["body"], fetched_at=moment(row["fetched_at"]))

    def save(self, origin: str, copy: RobotsCopy) -> None:
        with self._store.writing() as db:
            sites.record_robots_copy(db, origin, fetched_at=copy.fetched_at, body=copy.body)
