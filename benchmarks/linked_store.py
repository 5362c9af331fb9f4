"""Generated stories put into a store as a crawl would, without pages and without the network."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from benchmarks.translated_world import AGGREGATOR, Story
from crawlers.site import Site
from pipelines.article import Article, Block
from pipelines.citation import Citation
from pipelines.fingerprint import fingerprints
from pipelines.linking import link
from pipelines.store import articles, citations, links, runs, sites, versions
from pipelines.store.citations import Target
from pipelines.store.opening import Store, Writer, open_store
from pipelines.store.rows import insert, iso

MOST_ROUNDS: Final = 50


class LinkedStore:
    """``ids``: the article of each story by its address."""

    def __init__(self, path: Path) -> None:
        self.store: Store = open_store(path)
        self.store.reader.execute("PRAGMA synchronous = OFF")
        self.ids: dict[str, int] = {}
        self._runs: dict[str, tuple[int, int]] = {}

    def add(self, story: Story) -> int:
        """One article with its version; it waits to be linked."""
        seen = story.published_at + timedelta(hours=3)
        with self.store.writing() as db:
            site_id, run_id = self._run(db, story.site, seen)
            row = articles.add(db, site_id, key=story.url, url=story.url, now=seen)
            citations.found_now(db, site_id, story.url, row.id)
            facts = {
                "status": "live",
                "published_at": iso(story.published_at),
                "title": story.title,
                "checked_at": iso(seen),
            }
            articles.change(db, row.id, facts)
            article = article_of(story)
            prints = fingerprints(article)
            versions.add(
                db, row.id, article, prints, snapshot_id=_page(db, row.id), run_id=run_id, now=seen
            )
            if story.prints_address and story.original:
                cited_site, _ = self._run(db, story.original.site, seen)
                told = Citation(label="Source", url=story.original.url, how="printed")
                target = Target(
                    site_id=cited_site,
                    key=story.original.url,
                    article_id=self.ids.get(story.original.url),
                )
                citations.write(db, row.id, [(told, target)], now=seen)
        self.ids[story.url] = row.id
        return row.id

    def link(self, article_id: int, site: str, now: datetime) -> None:
        """What the end of a run does with one article."""
        borrowing = {site_id for name, (site_id, _) in self._runs.items() if name == AGGREGATOR}
        with self.store.writing() as db:
            link(db, article_id, site_of(site), now, borrowing=borrowing)

    def link_all(self, now: datetime) -> None:
        """What the ends of all sites' runs do, until nothing waits."""
        for _ in range(MOST_ROUNDS):
            waited = 0
            for name, (site_id, _) in self._runs.items():
                for article_id in links.waiting(self.store.reader, site_id, most=10_000):
                    self.link(article_id, name, now)
                    waited += 1
            if not waited:
                return
        raise AssertionError("linking never comes to an end")

    def _run(self, db: Writer, name: str, now: datetime) -> tuple[int, int]:
        if name not in self._runs:
            site_id = sites.site_id(db, name)
            self._runs[name] = site_id, runs.begin(db, site_id, host="here", pid=1, now=now)
        return self._runs[name]


def _page(db: Writer, article_id: int) -> int:
    return insert(
        db,
        "snapshots",
        {"article_id": article_id, "sha256": "", "url": "", "final_url": "", "status": 200,
         "fetched_at": "", "content_type": "", "encoding": "plain", "body": b""},
    )  # fmt: skip


def site_of(name: str) -> Site:
    return Site.model_validate(
        {
            "name": name,
            "title": name,
            "home": f"https://{name}.example/",
            "verified": False,
            "translates": name == AGGREGATOR,
            "articles": [{"path": "/.*"}],
        }
    )


def article_of(story: Story) -> Article:
    return Article(
        site=story.site,
        url=story.url,
        title=story.title,
        lead="",
        blocks=tuple(Block(text=text) for text in story.blocks),
        published_at=story.published_at,
        language=story.language,
        recipe="generated",
    )
