"""Does the HTML report hold every scripted change, with the words that changed and no others?

``python benchmarks/report_truth.py [--seeds 5,11] [--editions 3] [--sites …] [--browser]`` crawls
the replica portals, writes the report and reads it back (see marked_words.py). It prints a row a
seed; the exit status is 1 when anything is missing, false or marked wrongly.
"""

import argparse
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import lxml.html
from marked_words import faults, shown_fields

from crawlers.discovery import article_key
from crawlers.site import Site
from monitor.project import Project, find_project
from monitor.rehearsal import FIRST_DAY, LAST_DAY, Rehearsal, knows_original
from monitor.render.report_html import render_html
from monitor.replica.server import Replica
from monitor.replica.story import Event, Expected, expectation
from monitor.report import make_report
from pipelines.store import articles, sites
from pipelines.store.opening import Reader, Store, open_store

START = datetime(2026, 3, 2, 1, tzinfo=UTC)
ROOT = Path(__file__).resolve().parents[1]
EVERY_SITE = (
    "baohatinh",
    "baoninhbinh",
    "baoninhthuan",
    "baoquangninh",
    "svhttdl_dienbien",
    "vietnamvn",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """``expected`` scripted changes of ``shown`` entries on the page, and what is wrong there."""

    expected: int
    shown: int
    differences: int
    wrong: tuple[str, ...]


def play(rehearsal: Rehearsal, names: Sequence[str]) -> None:
    """Crawl every edition as a monitor would."""
    for edition, moment in rehearsal.rounds():
        rehearsal.begin_round(edition, moment)
        for result in rehearsal.crawl(names):
            if not result.succeeded:
                raise SystemExit(f"a crawl failed: {result}")


def page_of(store: Store, known: dict[str, Site], names: Sequence[str]) -> str:
    """The HTML report of all that was told."""
    report = make_report(store.reader, known, since=FIRST_DAY, until=LAST_DAY)
    assert set(names) <= {site.site for site in report.sites}
    return render_html(report)


def judge(page: str, events: Sequence[Event], db: Reader, known: dict[str, Site]) -> Judged:
    """Compare the page with what the script did, an entry with an event."""
    told = Counter[tuple[Any, ...]]()
    entries: dict[int, list[Any]] = {}
    for entry in lxml.html.fromstring(page).xpath("//article[@class='change']"):
        number = int(entry.get("id").removeprefix("change-"))
        row = db.execute("SELECT article_id, kind FROM changes WHERE id = ?", [number]).fetchone()
        told[tuple(row)] += 1
        entries.setdefault(row[0], []).append(entry)
    news = len(lxml.html.fromstring(page).xpath("//ul[@class='news']/li"))
    wrong: list[str] = []
    expected = Counter[tuple[Any, ...]]()
    differences = 0
    for event, one in _reported(events):
        if one.kind == "new":
            expected["new",] += 1
            continue
        article_id = _article(db, known[one.site], one.url)
        expected[article_id, one.kind] += 1
        if one.fields:
            differences += 1
            wrong += _difference(event, entries.get(article_id, []))
    told["new",] = news
    for article_id, kind in [one for one in expected if one[-1] == "edited"]:
        if knows_original(db, article_id):
            continue
        # As true, of a translation whose original is not known.
        n = min(told[article_id, "reworded"], expected[article_id, kind] - told[article_id, kind])
        told += Counter({(article_id, kind): n})
        told -= Counter({(article_id, "reworded"): n})
    wrong += [f"missed: {one}" for one in (expected - told).elements()]
    wrong += [f"false: {one}" for one in (told - expected).elements()]
    return Judged(
        expected=expected.total(), shown=told.total(), differences=differences, wrong=tuple(wrong)
    )


def _reported(events: Sequence[Event]) -> Iterator[tuple[Event, Expected]]:
    for event in events:
        one = expectation(event)
        if one and one.reported:
            yield event, one


def _difference(event: Event, entries: Sequence[Any]) -> list[str]:
    """What is wrong in the entry that comes nearest to the event; an article may have several."""
    assert event.before is not None
    assert event.after is not None
    found = [faults(event.before, event.after, shown_fields(entry)) for entry in entries]
    least = min(found, key=lambda one: sum(map(len, one)), default=["there is no entry"])
    return [f"{event.after.url}: {one}" for one in least]


def _article(db: Reader, site: Site, url: str) -> int:
    row = sites.site_row(db, site.name)
    found = articles.resolve(db, row["id"], article_key(url, site)) if row else None
    return found.id if found else -1


def happened(replica: Replica, names: Sequence[str]) -> list[Event]:
    """What the script does on these portals after the baseline."""
    editions = replica.script.editions
    return [event for edition in editions for event in edition.events if event.site in names]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", default="5,11")
    parser.add_argument("--editions", type=int, default=3)
    parser.add_argument("--sites", default=",".join(EVERY_SITE))
    parser.add_argument("--browser", action="store_true", help="open each page in Chromium too")
    chosen = parser.parse_args()
    names = chosen.sites.split(",")
    print(f"{'seed':>6} {'scripted':>9} {'shown':>6} {'differences':>12} {'wrong':>6} {'s':>6}")
    found: list[str] = []
    for seed in map(int, chosen.seeds.split(",")):
        began = time.monotonic()
        with tempfile.TemporaryDirectory() as folder:
            page = Path(folder) / "report.html"
            judged = _seed(seed, names, chosen.editions, page)
            wrong = [*judged.wrong, *(_opened(page) if chosen.browser else ())]
        found += wrong
        print(
            f"{seed:>6} {judged.expected:>9} {judged.shown:>6} {judged.differences:>12} "
            f"{len(wrong):>6} {time.monotonic() - began:>6.0f}",
            flush=True,
        )
        print(*(f"  {one[:400]}" for one in wrong), sep="\n", end="\n" if wrong else "")
    return bool(found)


def _seed(seed: int, names: Sequence[str], editions: int, page: Path) -> Judged:
    with Replica(seed, start=START, editions=editions, layout_seed=seed) as replica:
        project = Project(
            folder=ROOT, config=find_project().config, store=page.with_name("store.db")
        )
        rehearsal = Rehearsal(project=project, replica=replica)
        play(rehearsal, names)
        known, _ = project.sites()
        store = open_store(project.store)
        page.write_text(page_of(store, known, names), "utf-8")
        judged = judge(page.read_text("utf-8"), happened(replica, names), store.reader, known)
        store.close()
    return judged


def _opened(page: Path) -> Iterator[str]:
    """What Chromium and axe have against the page."""
    sys.path.append(str(ROOT / "tests"))
    from browser import DESK, PHONE, chromium

    with chromium() as browser:
        for size in (PHONE, DESK):
            with browser.shown(page.as_uri(), size) as shown:
                for check in (shown.assert_quiet, shown.assert_nothing_ran, shown.assert_fits):
                    try:
                        check()
                    except AssertionError as error:
                        yield f"{size[0]} px: {error}"
            yield from (f"{size[0]} px: {one}" for one in browser.barriers(page.as_uri(), size))


if __name__ == "__main__":
    sys.exit(main())
