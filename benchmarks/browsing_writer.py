"""Writes into a store as crawls do, beside whoever reads it.

``python benchmarks/browsing_writer.py STORE SECONDS``: runs of ten sites in turn, each with
new articles and edits that two looks agree on, every answer judged and written as a crawl's
is, and released at the run's end. Prints how much was written.
"""

import json
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from browsing_store import WORDS

from crawlers.discovery import article_key
from crawlers.page import Link, Listing, Page, Source, Validators
from crawlers.site import Site
from pipelines.article import Article, Block
from pipelines.desk import Desk
from pipelines.noise import Memory
from pipelines.profile import NO_PROFILE, Profile
from pipelines.reading import Reading
from pipelines.record import record_listing, record_page
from pipelines.settle import settle
from pipelines.store import runs, sites
from pipelines.store.opening import Store, open_store

NEW_IN_A_RUN = 12
PAUSE = 0.1
"""Seconds between two answers: a portal is asked ten times a second at most."""


class Ahead:
    """The machine's clock, from the year after the store's."""

    def __init__(self) -> None:
        self._begin = datetime(2026, 6, 2, tzinfo=UTC)
        self._passed = timedelta()

    def now(self) -> datetime:
        self._passed += timedelta(milliseconds=1)
        return self._begin + self._passed

    def pass_by(self, minutes: float) -> None:
        self._passed += timedelta(minutes=minutes)

    def wait_seconds(self, span: timedelta) -> float:
        return span.total_seconds()


def site_named(name: str) -> Site:
    told = {"title": name, "home": f"https://{name}.example/", "verified": False}
    return Site.model_validate({"name": name, **told, "articles": [{"path": "/moi/[a-z0-9-]+"}]})


def read(page: Page, site: Site, memory: Memory, profile: Profile = NO_PROFILE) -> Reading:  # noqa: ARG001
    fields = json.loads(page.body)
    blocks = tuple(Block(text=line) for line in fields["body"])
    return Reading(
        kind="article",
        reason="generated",
        article=Article(
            site=site.name,
            url=page.url,
            title=fields["title"],
            lead="",
            blocks=blocks,
            published_at=datetime.fromisoformat(fields["at"]),
            recipe="generated",
        ),
    )


def one_run(store: Store, site: Site, clock: Ahead, draw: Random, number: int, until: float) -> int:
    """A crawl of a site: a listing, new articles, their edits agreed on; the answers written."""
    with store.writing() as db:
        site_id = sites.site_id(db, site.name)
        run_id = runs.begin(db, site_id, host="writer", pid=1, now=clock.now())
    desk = Desk(store=store, site=site, site_id=site_id, run_id=run_id, clock=clock, read=read)
    urls = [f"{site.home}moi/bai-{number}-{place}" for place in range(NEW_IN_A_RUN)]
    record_listing(desk, _listing(site, urls, clock))
    pages = {url: _fields(draw, clock) for url in urls}
    for look in range(3):
        for url, fields in pages.items():
            if time.monotonic() > until:
                break
            told = {**fields, "body": [*fields["body"], f"Thu ngân sách đạt {45 + bool(look)} %."]}
            record_page(desk, _page(site, url, told, clock))
            time.sleep(PAUSE)
        clock.pass_by(5)
    settle(desk, complete=True, thorough=True)
    with store.writing() as db:
        runs.finish(db, run_id, reason="finished", now=clock.now())
    return len(pages) * 3


def _fields(draw: Random, clock: Ahead) -> dict[str, Any]:
    lines = [" ".join(draw.choices(WORDS, k=25)) for _ in range(5)]
    title = " ".join(draw.choices(WORDS, k=8))
    return {"title": title, "body": lines, "at": clock.now().isoformat()}


def _listing(site: Site, urls: list[str], clock: Ahead) -> Listing:
    links = tuple(Link(url=url, key=article_key(url, site)) for url in urls)
    return Listing(
        site=site.name,
        source=Source(kind="listing", url=str(site.home)),
        page=1,
        fetched_at=clock.now(),
        links=links,
        complete=True,
    )


def _page(site: Site, url: str, fields: dict[str, Any], clock: Ahead) -> Page:
    return Page(
        site=site.name,
        url=url,
        final_url=url,
        status=200,
        fetched_at=clock.now(),
        body=json.dumps(fields).encode(),
        content_type="application/json",
        validators=Validators(),
    )


def main() -> None:
    store, draw, clock = open_store(Path(sys.argv[1])), Random(11), Ahead()
    until, number, written = time.monotonic() + float(sys.argv[2]), 0, 0
    known = [site_named(f"bao{one}") for one in range(1, 11)]
    begun = int(time.time())
    while time.monotonic() < until:
        site = known[number % len(known)]
        written += one_run(store, site, clock, draw, begun + number, until)
        number += 1
        clock.pass_by(10)
    changes = store.reader.execute(
        "SELECT count(*) FROM changes JOIN runs ON runs.id = run_id WHERE host = 'writer'"
    ).fetchone()[0]
    store.close()
    print(f"written: {number} runs, {written} answers, {changes} changes of new articles and edits")


if __name__ == "__main__":
    main()
