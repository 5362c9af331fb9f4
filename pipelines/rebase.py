"""Stored pages read again with today's rules, profile and memory; nothing is told because of it."""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from crawlers.clock import clock_from_environment
from crawlers.site import Site
from pipelines.article import Article
from pipelines.citation import Citation
from pipelines.citing import cite
from pipelines.desk import Desk
from pipelines.fingerprint import Fingerprints, fingerprints
from pipelines.store import articles, versions
from pipelines.store.opening import Store, Writer, open_store
from pipelines.store.readings import StoredReading
from pipelines.store.rows import iso_or_none
from pipelines.suspicion import remember_quotable


@dataclass(frozen=True, slots=True, kw_only=True)
class Reread:
    """A version as it is read today; without a reading ``reason`` says why, for people."""

    stored: StoredReading
    article: Article | None = None
    prints: Fingerprints | None = None
    reason: str = ""
    citations: tuple[Citation, ...] = ()

    @property
    def differs(self) -> bool:
        """Whether the article says something else today than what is stored."""
        return self.prints is not None and self.prints.all != self.stored.fingerprint


def reread(stored: StoredReading, *, store: Path, site: Site, site_id: int, run_id: int) -> Reread:
    """Read a version's page again. Only reads the store: made to be called in other processes."""
    desk = Desk(
        store=_opened(store),
        site=site,
        site_id=site_id,
        run_id=run_id,
        clock=clock_from_environment(os.environ),
    )
    db = desk.store.reader
    page = versions.snapshot_page(db, stored.snapshot_id, site=site.name)
    if page is None:
        return Reread(stored=stored, reason="its stored page is not there any more")
    reading = desk.read_page(db, page, stored.article_id)
    if reading.article is None:
        return Reread(stored=stored, reason=f"{reading.kind.replace('_', ' ')}: {reading.reason}")
    return Reread(
        stored=stored,
        article=reading.article,
        prints=fingerprints(reading.article),
        citations=reading.citations,
    )


@lru_cache(maxsize=1)
def _opened(path: Path) -> Store:
    return open_store(path)


def rewrite(desk: Desk, db: Writer, found: Iterable[Reread]) -> None:
    """Write today's readings in the place of the stored ones; no change, look or version."""
    found = list(found)
    _cite_again(desk, db, found)
    for one in found:
        article, stored = one.article, one.stored
        if article is None or one.prints is None:
            continue
        if not one.differs and article.recipe == stored.recipe:
            continue
        versions.rewrite(db, stored.version_id, article, one.prints)
        remember_quotable(db, articles.by_id(db, stored.article_id), article)
        if stored.is_current:
            facts = {
                "title": article.title,
                "published_at": iso_or_none(article.published_at),
                "modified_at": iso_or_none(article.modified_at),
            }
            articles.change(db, stored.article_id, facts)


def _cite_again(desk: Desk, db: Writer, found: Iterable[Reread]) -> None:
    """What the stored page of the current version cites, as it is read today.

    The source line alone may have changed since, so the next look reads the page in full.
    """
    for one in found:
        if not one.stored.is_current or one.article is None:
            continue
        published_at = one.article.published_at
        if cite(desk, db, one.stored.article_id, one.citations, published_at=published_at):
            unread = {"body_sha256": "", "etag": "", "last_modified": ""}
            articles.change(db, one.stored.article_id, unread)
