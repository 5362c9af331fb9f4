"""The stage that archives pages which became a version or a suspicion (``-a warc=DIR``)."""

import logging
import os
from importlib.metadata import version
from pathlib import Path
from typing import Final

from scrapy.crawler import Crawler

from crawlers.clock import ORIGINS_VARIABLE
from pipelines.desk import Desk, Verdict
from pipelines.disk import MEGABYTE, least_free
from pipelines.snapshots import sha256
from pipelines.stages import Stage
from pipelines.store import archive, findings
from pipelines.warc import ArchiveFailed, WarcFile

logger = logging.getLogger(__name__)

UNCHANGED: Final = ("unchanged", "refuted", "missing", "not_an_article", "forgotten")


class Archive(Stage):
    """After ``Record``: only then is it known whether the page is kept."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._file: WarcFile | None = None
        self._has_failed = False

    def process_item(self, item: Verdict) -> Verdict:
        if item.page.exchanges and not self._has_failed and item.name not in UNCHANGED:
            with self.stopping():
                self._archive(self.desk, item)
        return item

    def close_spider(self) -> None:
        if self._file is not None:
            self._file.close()

    def _archive(self, desk: Desk, verdict: Verdict) -> None:
        page = verdict.page
        # The second of two looks that agree is archived where the first was not.
        first_seen = None if verdict.name == "changed" else page.fetched_at
        snapshot_id = archive.unarchived(
            desk.store.reader, verdict.article_id, sha256(page.body), fetched_at=first_seen
        )
        if snapshot_id is None:
            return
        self._file = self._file or self._begin(desk)
        try:
            place = self._file.add(page.exchanges)
        except ArchiveFailed as error:
            self._fail(desk, error)
            return
        with desk.store.writing() as db:
            archive.note(db, snapshot_id, file=str(place.file), offset=place.offset, now=desk.now())
        self.count("archived")

    def _begin(self, desk: Desk) -> WarcFile:
        folder: Path = self._crawler.spider.arguments.warc  # type: ignore[union-attr]
        settings = self._crawler.settings
        about = {
            "software": f"baowatch/{version('baowatch')}",
            "isPartOf": desk.site.name,
            "http-header-user-agent": settings["USER_AGENT"],
        }
        if os.environ.get(ORIGINS_VARIABLE):
            about["description"] = "Fetched from a replica on this machine, not from the portal."
        name = f"{desk.site.name}-{desk.now():%Y%m%dT%H%M%SZ}-{desk.run_id}"
        return WarcFile(folder, name, about, least_free=least_free(settings) * MEGABYTE)

    def _fail(self, desk: Desk, error: ArchiveFailed) -> None:
        """The crawl goes on without it, and says so."""
        self._has_failed = True
        logger.error("%s. The crawl goes on; its pages are not archived.", error)
        with desk.store.writing() as db:
            findings.open_finding(
                db,
                desk.site_id,
                kind="archive_failed",
                detail=str(error),
                run_id=desk.run_id,
                now=desk.now(),
            )
