"""Does an upgrade report anything, and is an edit that happened meanwhile still found?

``python benchmarks/upgrade.py [--articles 300] [--older 2.1.0]`` fills a store with articles that
an older trafilatura has read (fetched with pip, put first on the path of a process of its own).
Then today's trafilatura, and after it a changed set of rules, look at every article again, ten
of them edited. The exit status is 1 when anything but the ten is told, or one of them is not.
"""

import argparse
import html
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from pathlib import Path

from crawlers.discovery import article_key
from crawlers.page import Link, Listing, Page, Source, Validators
from crawlers.site import NoiseRule as SiteRule
from crawlers.site import Selectors, Site
from monitor.project import find_project
from monitor.replica.layout import Layout
from monitor.replica.noise import USUAL, Noise
from monitor.replica.portals import PORTALS
from monitor.replica.portals.markup import View
from monitor.replica.script import script
from monitor.replica.story import Served, Story
from pipelines.desk import Desk
from pipelines.record import record_listing, record_page
from pipelines.settle import settle
from pipelines.store import changes, runs, sites
from pipelines.store.opening import Store, open_store

START = datetime(2026, 3, 2, 1, tzinfo=UTC)
EDITED_EVERY = 30
FIRST_TEXTS = "SELECT article_id, fingerprint FROM versions WHERE number = 1"
NOISE = USUAL - {"decomposed", "spaces", "invisible"}
PORTAL = {portal.site: portal for portal in PORTALS}
SITES = ("baohatinh", "baoninhbinh", "baoninhthuan", "baoquangninh")


class SetClock:
    def __init__(self, now: datetime) -> None:
        self.moment = now

    def now(self) -> datetime:
        self.moment += timedelta(microseconds=1)
        return self.moment

    def wait_seconds(self, span: timedelta) -> float:
        return span.total_seconds()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=300)
    parser.add_argument("--older", default="2.1.0", help="the trafilatura that reads first")
    parser.add_argument("--play", choices=("before", "after", "rules"), help=argparse.SUPPRESS)
    parser.add_argument("--store", type=Path, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.play:
        return play(chosen.play, chosen.store, chosen.articles)
    with tempfile.TemporaryDirectory() as folder:
        older = Path(folder) / "older"
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", older]
        subprocess.run([*pip, f"trafilatura=={chosen.older}"], check=True)
        wrong = 0
        for act in ("before", "after", "rules"):
            path = [str(Path(__file__).parents[1])]
            path = [str(older), *path] if act == "before" else path
            words = ["--play", act, "--store", f"{folder}/u.db", "--articles", str(chosen.articles)]
            wrong += subprocess.run(
                [sys.executable, __file__, *words],
                env={**os.environ, "PYTHONPATH": os.pathsep.join(path)},
            ).returncode
    return 1 if wrong else 0


def stories(number: int) -> Iterator[tuple[str, Story, Page]]:
    """``number`` articles of the replica's portals, from as many scripts as it takes."""
    found = 0
    for seed in range(1_000):
        edition = script(seed, start=START, editions=1).editions[0]
        for name in SITES:
            for story in edition.portals[name].listed:
                if found == number:
                    return
                found += 1
                yield name, story, rendered(name, story, edition.portals[name], str(found))


def rendered(name: str, story: Story, served: Served, seed: str) -> Page:
    noise = Noise(f"{seed} {os.getpid()}", on=NOISE, now=START)
    view = View(served=served, layout=Layout(site=name, seed=7), noise=noise)
    body = PORTAL[name].article(story, view)
    return Page(
        site=name,
        url=story.url,
        final_url=story.url,
        status=200,
        fetched_at=START,
        body=body.encode(),
        content_type="text/html",
        validators=Validators(),
    )


def edited(page: Page, story: Story, figure: int) -> Page:
    """The page with a sentence more in its third paragraph."""
    text = html.escape(story.paragraphs[2], quote=False)
    body = page.body.decode().replace(text, f"{text} Thêm {figure} người đã đến.", 1)
    assert body.encode() != page.body, story.url
    return replace(page, body=body.encode())


def play(act: str, path: Path, number: int) -> int:
    """One process's part: read every article once (before), or twice with edits."""
    store = open_store(path)
    rules = (
        [SiteRule(why="a rule of today", line=r"(?!.*Thêm \d+ người).*hộ.*")]
        if act == "rules"
        else []
    )
    known = {
        name: site.model_copy(update={"selectors": Selectors(), "noise": (*site.noise, *rules)})
        for name, site in find_project().sites()[0].items()
        if name in SITES
    }
    clock = SetClock(START + timedelta(days=("before", "after", "rules").index(act)))
    desks = {name: begin(store, known[name], clock) for name in SITES}
    asked = set[str]()
    known_texts = {row[0]: row[1] for row in store.reader.execute(FIRST_TEXTS)}
    for look in range(1 if act == "before" else 2):
        for count, (name, story, page) in enumerate(stories(number)):
            if look == 0 and act == "before":
                record_listing(desks[name], listing(known[name], page, clock))
            if act != "before" and count % EDITED_EVERY == 0:
                page = edited(page, story, 45)
            if act == "rules" and count % EDITED_EVERY == EDITED_EVERY // 2:
                page = edited(page, story, 63)
            if count % EDITED_EVERY == {"after": 0, "rules": EDITED_EVERY // 2}.get(act):
                asked.add(story.url)
            record_page(desks[name], page)
        clock.moment += timedelta(minutes=5)
    for desk in desks.values():
        settle(desk, complete=True, thorough=True)
        with store.writing() as db:
            runs.finish(db, desk.run_id, reason="finished", now=clock.now())
    since = clock.moment - timedelta(hours=1)
    told = {row["url"] for row in changes.released(store.reader, since=since)}
    count = store.reader.execute("SELECT count(DISTINCT article_id) FROM versions").fetchone()[0]
    texts = {row[0]: row[1] for row in store.reader.execute(FIRST_TEXTS)}
    anew = sum(texts[article] != before for article, before in known_texts.items())
    print(
        f"{act:<7} trafilatura {version('trafilatura')}: {count} articles, {len(asked)} edited, "
        f"{len(told & asked)} told, {len(told - asked)} told falsely; "
        f"{anew} first readings written anew"
    )
    store.close()
    return int(told != asked)


def begin(store: Store, site: Site, clock: SetClock) -> Desk:
    with store.writing() as db:
        site_id = sites.site_id(db, site.name)
        run_id = runs.begin(db, site_id, host="benchmark", pid=os.getpid(), now=clock.now())
    return Desk(store=store, site=site, site_id=site_id, run_id=run_id, clock=clock)


def listing(site: Site, page: Page, clock: SetClock) -> Listing:
    return Listing(
        site=site.name,
        source=Source(kind="home", url=site.home),
        page=1,
        fetched_at=clock.now(),
        links=(Link(url=page.url, key=article_key(page.url, site)),),
        complete=True,
    )


if __name__ == "__main__":
    sys.exit(main())
