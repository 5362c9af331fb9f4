"""``scrapy crawl`` of a single replica portal: what is asked for, stored and said."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from rehearsing import ROOT, START, counts, in_one_file, rehearse

from monitor.rehearsal import MORNING, Rehearsal
from monitor.replica.faults import Fault
from monitor.replica.server import Replica
from pipelines.store.opening import open_store

SITE = "baoninhbinh"


@contextmanager
def morning(store: Path) -> Iterator[Rehearsal]:
    """The same portals each time, at the hour when their first edition is crawled."""
    with Replica(12, start=START, editions=2, layout_seed=12) as replica:
        rehearsal = rehearse(store, replica)
        rehearsal.set_clock(START + MORNING)
        yield rehearsal


@pytest.fixture
def alone(tmp_path: Path) -> Iterator[Rehearsal]:
    with morning(tmp_path / "store.db") as rehearsal:
        yield rehearsal


@pytest.fixture(scope="module")
def store_after_a_crawl(tmp_path_factory: pytest.TempPathFactory) -> Path:
    with morning(tmp_path_factory.mktemp("crawled") / "store.db") as rehearsal:
        assert scrapy(rehearsal, SITE).returncode == 0
        return in_one_file(rehearsal.project.store)


@pytest.fixture
def crawled(alone: Rehearsal, store_after_a_crawl: Path) -> Rehearsal:
    """Báo Ninh Bình was crawled whole, by hand; its replica has been asked for nothing yet."""
    shutil.copy(store_after_a_crawl, alone.project.store)
    return alone


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
    assert scrapy(alone, SITE, "-O", str(export), "-a", "limit=4").returncode == 0
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


def test_a_pending_look_is_finished_by_a_later_run(crawled: Rehearsal) -> None:
    script, pending = crawled.replica.script, "SELECT count(*) FROM looks WHERE state = 'pending'"
    # Only these are asked, so that the run ends long before their second looks are due.
    edited = ",".join(one.url for one in script.expected(1) if one.site == SITE and one.fields)
    crawled.replica.set_edition(1)
    slow = replace(crawled, rate=20.0, settings={"BAOWATCH_CONFIRM_WAIT": "0"})
    slow.set_clock(script.editions[1].begins_at + MORNING)
    (result,) = slow.crawl([SITE], arguments={"url": edited})
    assert result.succeeded, result
    store = open_store(crawled.project.store)
    assert store.reader.execute(pending).fetchone()[0] > 0
    crawled.set_clock(script.editions[1].begins_at + timedelta(hours=2))
    (result,) = crawled.crawl([SITE], arguments={"recheck": "none"})
    assert result.succeeded, result
    assert store.reader.execute(pending).fetchone()[0] == 0
    store.close()


def test_a_disk_that_fills_up_ends_the_crawl_and_loses_nothing(alone: Rehearsal) -> None:
    environment = {**os.environ, **alone.environment(), "PYTHONPATH": str(ROOT)}
    environment["BAOWATCH_STORE"] = str(alone.project.store)
    script = str(ROOT / "tests" / "full_disk_crawl.py")
    empty = open_store(alone.project.store)
    pages = empty.reader.execute("PRAGMA page_count").fetchone()[0] + 10
    empty.close()
    words = ["crawl", SITE, "-s", "LOG_LEVEL=WARNING"]
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
    (result,) = alone.crawl([SITE], arguments={})
    assert result.succeeded, result
    listed = alone.replica.script.editions[0].portals[SITE].stories
    assert counts(alone.project.store)["versions"] == len(listed)
    store = open_store(alone.project.store)
    assert store.reader.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    store.close()


def test_a_second_crawl_of_a_site_says_who_is_crawling(alone: Rehearsal) -> None:
    from pipelines.runs import lock_site

    store = open_store(alone.project.store)
    lock = lock_site(store, SITE)
    (result,) = alone.crawl([SITE])
    lock.release()
    store.close()
    assert not result.succeeded
    assert any("is being crawled by process" in line for line in result.messages)
    assert counts(alone.project.store)["articles"] == 0


def test_what_is_not_due_is_not_asked_for(crawled: Rehearsal) -> None:
    slow, replica = replace(crawled, rate=10.0), crawled.replica  # nothing comes due meanwhile
    store = open_store(slow.project.store)
    known = slow.project.sites()[0][SITE]
    sources = {known.home, *(source.url for source in known.sources)}

    slow.set_clock(START + MORNING + timedelta(days=1))
    with store.writing() as db:  # nothing is due, but the home page
        later = START + timedelta(days=9)
        db.execute("UPDATE articles SET due_at = ?", [later.isoformat(timespec="microseconds")])
        db.execute(
            "UPDATE sources SET due_at = iif(url = ?, looked_at, ?)",
            [known.home, later.isoformat(timespec="microseconds")],
        )
    asked = len(replica.requests)
    assert scrapy(slow, SITE, "-a", "sources=due").returncode == 0
    paths = [one.path for one in replica.requests[asked:]]
    assert [path for path in paths if path != "/robots.txt"] == ["/"]

    asked = len(replica.requests)
    assert scrapy(slow, SITE, "-a", "sources=due").returncode == 0
    assert replica.requests[asked:] == []
    assert scrapy(slow, SITE, "-a", "sources=none").returncode == 0
    assert replica.requests[asked:] == []
    assert scrapy(slow, SITE).returncode == 0  # whoever asks by hand is told of all sources
    asked_for = {one.path for one in replica.requests[asked:]}
    assert {urlsplit(url).path for url in sources} <= asked_for
    store.close()


def rest_all(crawled: Rehearsal, until: datetime) -> None:
    """Nothing is due, sources included, before ``until``."""
    store = open_store(crawled.project.store)
    moment = until.isoformat(timespec="microseconds")
    with store.writing() as db:
        db.execute("UPDATE articles SET due_at = ?", [moment])
        db.execute("UPDATE sources SET due_at = ?", [moment])
    store.close()


def test_an_absence_is_decided_with_a_witness_also_where_nothing_else_is_due(
    crawled: Rehearsal,
) -> None:
    replica = crawled.replica
    since, now = START + MORNING + timedelta(seconds=1), START + MORNING + timedelta(hours=7)
    rest_all(crawled, now + timedelta(days=1))
    store = open_store(crawled.project.store)
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
    crawled.set_clock(now)
    asked = len(replica.requests)
    assert scrapy(crawled, SITE, "-a", "sources=due").returncode == 0
    assert len([one for one in replica.requests[asked:] if one.path != "/robots.txt"]) == 2
    kinds = [row[0] for row in store.reader.execute("SELECT kind FROM changes")]
    assert kinds == ["withdrawn"]
    store.close()


def test_news_that_a_source_without_baseline_lists_first_is_told_though_others_rest(
    crawled: Rehearsal,
) -> None:
    (_, moment) = crawled.rounds()[1]
    rest_all(crawled, moment + timedelta(days=1))
    store = open_store(crawled.project.store)
    with store.writing() as db:  # due is only what was never read in full
        db.execute(
            "UPDATE sources SET baseline_at = NULL, read_in_full_by = NULL, due_at = looked_at "
            "WHERE kind = 'feed'"
        )
    crawled.begin_round(1, moment)
    assert scrapy(crawled, SITE, "-a", "sources=due").returncode == 0
    new = [row[0] for row in store.reader.execute("SELECT 1 FROM changes WHERE kind = 'new'")]
    unread = store.reader.execute(
        "SELECT count(*) FROM articles WHERE first_seen_at > ? AND announced_by IS NULL",
        [moment.isoformat(timespec="microseconds")],
    ).fetchone()
    assert new
    assert unread[0] == 0
    store.close()


def test_a_portal_behind_a_wall_is_not_asked_for_every_page(crawled: Rehearsal) -> None:
    replica = crawled.replica
    crawled.set_clock(START + MORNING + timedelta(days=1))
    paths = frozenset(story.path for story in replica.script.editions[0].portals[SITE].stories)
    replica.faults = [Fault(host="baoninhbinh.org.vn", kind="cookie_wall", paths=paths)]
    asked = len(replica.requests)
    (result,) = crawled.crawl([SITE])
    assert result.run is not None
    assert result.run["reason"] == "blocked"
    assert 4 <= len([one for one in replica.requests[asked:] if one.path in paths]) <= 6
    assert counts(crawled.project.store)["changes"] == 0
