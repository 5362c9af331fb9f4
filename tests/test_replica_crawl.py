"""``scrapy crawl`` against the replica: from a portal to a true report."""

import itertools
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from crawlers.discovery import article_key
from monitor.project import Project, find_project
from monitor.rehearsal import MORNING, Rehearsal, Told, told_and_expected
from monitor.replica.faults import Fault
from monitor.replica.server import Replica
from pipelines.normalise import comparable
from pipelines.store import articles, versions
from pipelines.store.opening import open_store

ROOT = Path(__file__).parents[1]
# Thirty crawls stand before the first test, and count as its time.
pytestmark = pytest.mark.timeout(1200)
SITES = (
    "baohatinh",
    "baoninhbinh",
    "baoninhthuan",
    "baoquangninh",
    "svhttdl_dienbien",
    "vietnamvn",
)
START = datetime(2026, 3, 2, 1, tzinfo=UTC)
Counts = dict[str, int]


@dataclass(frozen=True)
class Played:
    """What was left after the first crawl of all sites, after a second, and after all editions."""

    rehearsal: Rehearsal
    first: Path
    counts: tuple[Counts, Counts]
    told: list[Told]
    expected: list[Told]
    requests: list[tuple[str, float, float]]


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Played]:
    """Every edition crawled as a monitor would, the first one twice."""
    folder = tmp_path_factory.mktemp("played")
    # One layout in about ten reads a lead that no machine is told of as the first paragraph.
    with Replica(11, start=START, editions=3, layout_seed=11) as replica:
        rehearsal = rehearse(folder / "store.db", replica)
        crawl_well(rehearsal, 0, START + MORNING)
        first = Path(shutil.copy(rehearsal.project.store, folder / "first.db"))
        before = counts(rehearsal.project.store)
        crawl_well(rehearsal, 0, START + MORNING + timedelta(hours=3))
        after = counts(rehearsal.project.store)
        for edition, moment in rehearsal.rounds()[1:]:
            crawl_well(rehearsal, edition, moment)
        told, expected = told_and_expected(rehearsal)
        yield Played(
            rehearsal=rehearsal,
            first=first,
            counts=(before, after),
            told=sorted(told.elements()),
            expected=sorted(expected.elements()),
            requests=[(one.host, one.started, one.ended) for one in replica.requests],
        )


def rehearse(store: Path, replica: Replica) -> Rehearsal:
    project = Project(folder=ROOT, config=find_project().config, store=store)
    return Rehearsal(project=project, replica=replica)


def crawl_well(rehearsal: Rehearsal, edition: int, moment: datetime) -> None:
    rehearsal.begin_round(edition, moment)
    for result in rehearsal.crawl(SITES):
        assert result.succeeded, result
        assert result.messages == ()
    store = open_store(rehearsal.project.store)
    store.reader.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    store.close()


def counts(path: Path) -> Counts:
    store = open_store(path)
    tables = ("articles", "versions", "looks", "changes")
    found = {
        table: store.reader.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
        for table in tables
    }
    store.close()
    return found


def test_scrapy_list_prints_every_site() -> None:
    printed = subprocess.run(
        [sys.executable, "-m", "scrapy", "list"], cwd=ROOT, capture_output=True, text=True
    )
    listed = printed.stdout.split()
    assert listed == sorted(path.stem for path in (ROOT / "config" / "sites").glob("*.yml"))
    assert {*SITES} <= {*listed}
    assert printed.stderr == ""


@pytest.mark.parametrize("site", SITES)
def test_every_article_is_stored_once_and_rightly(played: Played, site: str) -> None:
    known = played.rehearsal.project.sites()[0][site]
    store = open_store(played.first)
    site_id = store.reader.execute("SELECT id FROM sites WHERE name = ?", [site]).fetchone()[0]
    for story in played.rehearsal.replica.script.editions[0].portals[site].stories:
        row = articles.resolve(store.reader, site_id, article_key(story.url, known))
        assert row is not None, story.url
        (version,) = versions.history(store.reader, row.id)
        article = version.article
        read = (article.title, article.lead, article.text, article.author)
        scripted = (story.title, story.lead, "\n".join(story.paragraphs), story.author)
        assert [comparable(text) for text in read] == [comparable(text) for text in scripted]
        assert article.published_at is not None
        off = abs(article.published_at - story.published_at)
        assert off < (timedelta(days=1) if story.day_only else timedelta(minutes=1)), story.url
    store.close()


def test_an_unchanged_edition_makes_nothing(played: Played) -> None:
    before, after = played.counts
    assert after == before
    assert before["looks"] == before["changes"] == 0


def test_every_scripted_change_is_told_and_no_other(played: Played) -> None:
    assert played.told == played.expected
    assert {one.kind for one in played.told} >= {
        "new", "edited", "retitled", "corrected", "withdrawn", "moved",
    }  # fmt: skip


def test_no_site_is_asked_twice_at_once(played: Played) -> None:
    known = played.rehearsal.project.sites()[0]
    for site in (known[name] for name in SITES):
        spans = sorted(
            (started, ended) for host, started, ended in played.requests if host in site.all_hosts
        )
        assert len(spans) > 50
        for (_, ended), (started, _) in itertools.pairwise(spans):
            assert ended <= started, site.name


@pytest.fixture
def alone(tmp_path: Path) -> Iterator[Rehearsal]:
    with Replica(12, start=START, editions=2) as replica:
        rehearsal = rehearse(tmp_path / "store.db", replica)
        rehearsal.set_clock(START + MORNING)
        yield rehearsal


def scrapy(rehearsal: Rehearsal, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, **rehearsal.environment()}
    environment["BAOWATCH_STORE"] = str(rehearsal.project.store)
    return subprocess.run(
        [sys.executable, "-m", "scrapy", "crawl", *words],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
    )


def test_a_feed_export_holds_every_article_read(alone: Rehearsal, tmp_path: Path) -> None:
    export = tmp_path / "articles.jsonl"
    assert scrapy(alone, "baoninhbinh", "-O", str(export), "-a", "limit=4").returncode == 0
    lines = [json.loads(line) for line in export.read_text(encoding="utf-8").splitlines()]
    assert len(lines) == 4 == counts(alone.project.store)["versions"]
    assert {line["verdict"] for line in lines} == {"baseline"}
    assert all(line["title"] and line["text"] and line["key"] for line in lines)


def test_only_what_is_named_is_fetched(alone: Rehearsal) -> None:
    stories = alone.replica.script.editions[0].portals["baohatinh"].listed[:2]
    named = ",".join(story.url for story in stories)
    assert scrapy(alone, "baohatinh", "-a", f"url={named}").returncode == 0
    asked = {one.path for one in alone.replica.requests}
    assert asked == {"/robots.txt", *(story.path for story in stories)}
    assert counts(alone.project.store)["versions"] == 2


def test_a_pending_look_is_finished_by_a_later_run(alone: Rehearsal) -> None:
    slow = replace(alone, rate=20.0, settings={"BAOWATCH_CONFIRM_WAIT": "0"})
    site, script = "baoninhbinh", alone.replica.script
    # Only these are asked, so that the run ends long before their second looks are due.
    edited = ",".join(one.url for one in script.expected(1) if one.site == site and one.fields)
    for edition, rehearsal in enumerate((alone, slow)):
        alone.replica.set_edition(edition)
        rehearsal.set_clock(script.editions[edition].begins_at + MORNING)
        asked = {"url": edited} if edition else None
        (result,) = rehearsal.crawl([site], arguments=asked)
        assert result.succeeded, result
    store = open_store(alone.project.store)
    pending = "SELECT count(*) FROM looks WHERE state = 'pending'"
    assert store.reader.execute(pending).fetchone()[0] > 0
    alone.set_clock(alone.replica.script.editions[1].begins_at + timedelta(hours=2))
    (result,) = alone.crawl([site], arguments={"recheck": "none"})
    assert result.succeeded, result
    assert store.reader.execute(pending).fetchone()[0] == 0
    store.close()


def test_validators_that_proved_true_are_used_and_hide_no_edit(alone: Rehearsal) -> None:
    """Báo Hà Tĩnh's replica has honest ETags, Báo Ninh Thuận's a new one at each answer."""
    site, useless = "baohatinh", "baoninhthuan"
    planned = START + MORNING
    for edition in (0, 0, 0, 0, 1):
        alone.begin_round(edition, planned)
        for result in alone.crawl([site, useless]):
            assert result.succeeded, result
        planned = alone.replica.script.editions[1].begins_at + MORNING
    hosts = {one.host for one in alone.replica.requests if one.status == 304}
    assert hosts == {"baohatinh.vn"}
    told, expected = told_and_expected(alone)
    edits = {one for one in expected if one.site in (site, useless) and one.fields}
    assert edits
    assert {one for one in told if one.fields} == edits


def test_a_disk_that_fills_up_ends_the_crawl_and_loses_nothing(alone: Rehearsal) -> None:
    environment = {**os.environ, **alone.environment(), "PYTHONPATH": str(ROOT)}
    environment["BAOWATCH_STORE"] = str(alone.project.store)
    script = str(ROOT / "tests" / "full_disk_crawl.py")
    empty = open_store(alone.project.store)
    pages = empty.reader.execute("PRAGMA page_count").fetchone()[0] + 10
    empty.close()
    words = ["crawl", "baoninhbinh", "-s", "LOG_LEVEL=WARNING"]
    full = subprocess.run(
        [sys.executable, script, str(pages), *words],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
    )
    assert full.returncode == 1
    assert "the disk is full" in full.stderr
    assert "Traceback" not in full.stderr
    left = counts(alone.project.store)
    assert 0 < left["versions"] < 15
    (result,) = alone.crawl(["baoninhbinh"], arguments={})
    assert result.succeeded, result
    listed = alone.replica.script.editions[0].portals["baoninhbinh"].stories
    assert counts(alone.project.store)["versions"] == len(listed)
    store = open_store(alone.project.store)
    assert store.reader.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    store.close()


def test_a_second_crawl_of_a_site_says_who_is_crawling(alone: Rehearsal) -> None:
    from pipelines.runs import lock_site

    store = open_store(alone.project.store)
    lock = lock_site(store, "baoninhbinh")
    (result,) = alone.crawl(["baoninhbinh"])
    lock.release()
    store.close()
    assert not result.succeeded
    assert any("is being crawled by process" in line for line in result.messages)
    assert counts(alone.project.store)["articles"] == 0


def test_what_is_not_due_is_not_asked_for(alone: Rehearsal) -> None:
    site, replica = "baoninhbinh", alone.replica
    assert scrapy(alone, site).returncode == 0
    alone = replace(alone, rate=10.0)  # nothing comes due meanwhile
    store = open_store(alone.project.store)
    known = alone.project.sites()[0][site]
    sources = {known.home, *(source.url for source in known.sources)}

    alone.set_clock(START + MORNING + timedelta(days=1))
    with store.writing() as db:  # nothing is due, but the home page
        later = START + timedelta(days=9)
        db.execute("UPDATE articles SET due_at = ?", [later.isoformat(timespec="microseconds")])
        db.execute(
            "UPDATE sources SET due_at = iif(url = ?, looked_at, ?)",
            [known.home, later.isoformat(timespec="microseconds")],
        )
    asked = len(replica.requests)
    assert scrapy(alone, site, "-a", "sources=due").returncode == 0
    paths = [one.path for one in replica.requests[asked:]]
    assert [path for path in paths if path != "/robots.txt"] == ["/"]

    asked = len(replica.requests)
    assert scrapy(alone, site, "-a", "sources=due").returncode == 0
    assert replica.requests[asked:] == []
    assert scrapy(alone, site, "-a", "sources=none").returncode == 0
    assert replica.requests[asked:] == []
    assert scrapy(alone, site).returncode == 0  # whoever asks by hand is told of all sources
    asked_for = {one.path for one in replica.requests[asked:]}
    assert {urlsplit(url).path for url in sources} <= asked_for
    store.close()


def rest_all(alone: Rehearsal, until: datetime) -> None:
    """Nothing is due, sources included, before ``until``."""
    store = open_store(alone.project.store)
    moment = until.isoformat(timespec="microseconds")
    with store.writing() as db:
        db.execute("UPDATE articles SET due_at = ?", [moment])
        db.execute("UPDATE sources SET due_at = ?", [moment])
    store.close()


def test_an_absence_is_decided_with_a_witness_also_where_nothing_else_is_due(
    alone: Rehearsal,
) -> None:
    site, replica = "baoninhbinh", alone.replica
    assert scrapy(alone, site).returncode == 0
    since, now = START + MORNING + timedelta(seconds=1), START + MORNING + timedelta(hours=7)
    rest_all(alone, now + timedelta(days=1))
    store = open_store(alone.project.store)
    with store.writing() as db:  # one is gone, and was gone for the first time six hours ago
        db.execute(
            "UPDATE articles SET url = replace(url, '.htm', '9.htm'), "
            "key = replace(key, '.htm', '9.htm'), status = 'missing', "
            "missing_since = :since, gone_at = :since, gone_looks = 1, due_at = :since "
            "WHERE id = (SELECT max(id) FROM articles WHERE status = 'live')",
            {"since": since.isoformat(timespec="microseconds")},
        )
        db.execute(
            "DELETE FROM addresses WHERE article_id IN "
            "(SELECT id FROM articles WHERE status = 'missing')"
        )
        db.execute("UPDATE sources SET read_at = ?", [now.isoformat(timespec="microseconds")])
    alone.set_clock(now)
    asked = len(replica.requests)
    assert scrapy(alone, site, "-a", "sources=due").returncode == 0
    assert len([one for one in replica.requests[asked:] if one.path != "/robots.txt"]) == 2
    kinds = [row[0] for row in store.reader.execute("SELECT kind FROM changes")]
    assert kinds == ["withdrawn"]
    store.close()


def test_news_that_a_source_without_baseline_lists_first_is_told_though_others_rest(
    alone: Rehearsal,
) -> None:
    site = "baoninhbinh"
    assert scrapy(alone, site).returncode == 0
    (_, moment) = alone.rounds()[1]
    rest_all(alone, moment + timedelta(days=1))
    store = open_store(alone.project.store)
    with store.writing() as db:  # due is only what was never read in full
        db.execute(
            "UPDATE sources SET baseline_at = NULL, read_in_full_by = NULL, due_at = looked_at "
            "WHERE kind = 'feed'"
        )
    alone.begin_round(1, moment)
    assert scrapy(alone, site, "-a", "sources=due").returncode == 0
    new = [row[0] for row in store.reader.execute("SELECT 1 FROM changes WHERE kind = 'new'")]
    unread = store.reader.execute(
        "SELECT count(*) FROM articles WHERE first_seen_at > ? AND announced_by IS NULL",
        [moment.isoformat(timespec="microseconds")],
    ).fetchone()
    assert new
    assert unread[0] == 0
    store.close()


def test_a_portal_behind_a_wall_is_not_asked_for_every_page(alone: Rehearsal) -> None:
    site, replica = "baoninhbinh", alone.replica
    alone.crawl([site])
    alone.set_clock(START + MORNING + timedelta(days=1))
    paths = frozenset(story.path for story in replica.script.editions[0].portals[site].stories)
    replica.faults = [Fault(host="baoninhbinh.org.vn", kind="cookie_wall", paths=paths)]
    asked = len(replica.requests)
    (result,) = alone.crawl([site])
    assert result.run is not None
    assert result.run["reason"] == "blocked"
    assert 4 <= len([one for one in replica.requests[asked:] if one.path in paths]) <= 6
    assert counts(alone.project.store)["changes"] == 0
