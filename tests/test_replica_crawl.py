"""``scrapy crawl`` against the replica: from a portal to a true report."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crawlers.discovery import article_key
from monitor.project import Project, find_project
from monitor.rehearsal import MORNING, Rehearsal, told_and_expected
from monitor.replica.server import Replica
from pipelines.normalise import comparable
from pipelines.store import articles, versions
from pipelines.store.opening import open_store

ROOT = Path(__file__).parents[1]
SITES = (
    "baohatinh",
    "baoninhbinh",
    "baoninhthuan",
    "baoquangninh",
    "svhttdl_dienbien",
    "vietnamvn",
)
START = datetime(2026, 3, 2, 1, tzinfo=UTC)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    found = find_project()
    return Project(folder=ROOT, config=found.config, store=tmp_path / "store.db")


@pytest.fixture
def rehearsal(project: Project) -> Iterator[Rehearsal]:
    with Replica(11, start=START, editions=3) as replica:
        yield Rehearsal(project=project, replica=replica)


def crawl_well(rehearsal: Rehearsal, *sites: str, **arguments: str) -> None:
    for result in rehearsal.crawl(sites, arguments=arguments or None):
        assert result.succeeded, result
        assert result.messages == ()


def counts(rehearsal: Rehearsal) -> dict[str, int]:
    reader = open_store(rehearsal.project.store).reader
    return {
        table: reader.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
        for table in ("articles", "versions", "looks", "changes")
    }


def test_scrapy_list_prints_the_six() -> None:
    printed = subprocess.run(
        [sys.executable, "-m", "scrapy", "list"], cwd=ROOT, capture_output=True, text=True
    )
    assert tuple(printed.stdout.split()) == SITES
    assert printed.stderr == ""


@pytest.mark.parametrize("site", SITES)
def test_every_article_is_stored_once_and_rightly(rehearsal: Rehearsal, site: str) -> None:
    rehearsal.set_clock(START + MORNING)
    crawl_well(rehearsal, site)
    known = rehearsal.project.sites()[0][site]
    store = open_store(rehearsal.project.store)
    site_id = store.reader.execute("SELECT id FROM sites").fetchone()[0]
    stories = rehearsal.replica.script.editions[0].portals[site].listed
    for story in stories:
        row = articles.resolve(store.reader, site_id, article_key(story.url, known))
        assert row is not None, story.url
        (version,) = versions.history(store.reader, row.id)
        article = version.article
        assert comparable(article.title) == comparable(story.title)
        assert comparable(article.lead) == comparable(story.lead)
        assert comparable(article.text) == comparable("\n".join(story.paragraphs))
        assert comparable(article.author) == comparable(story.author)
        assert article.published_at is not None
        assert abs(article.published_at - story.published_at) < story_precision(site), story.url


def story_precision(site: str) -> timedelta:
    """To the minute where the portal prints the time of day, else to the day."""
    return timedelta(days=1) if site in ("svhttdl_dienbien", "vietnamvn") else timedelta(minutes=1)


def test_an_unchanged_edition_makes_nothing(rehearsal: Rehearsal) -> None:
    rehearsal.set_clock(START + MORNING)
    crawl_well(rehearsal, *SITES)
    before = counts(rehearsal)
    rehearsal.set_clock(START + MORNING + timedelta(hours=3))
    crawl_well(rehearsal, *SITES, recheck="all")
    assert counts(rehearsal) == before
    assert before["looks"] == before["changes"] == 0


def test_every_scripted_change_is_told_and_no_other(rehearsal: Rehearsal) -> None:
    for edition, moment in rehearsal.rounds():
        rehearsal.replica.set_edition(edition)
        rehearsal.set_clock(moment)
        for result in rehearsal.crawl(SITES):
            assert result.succeeded, result
    told, expected = told_and_expected(rehearsal)
    assert told == expected
    assert expected.total() > 50


def test_a_feed_export_holds_every_article_read(rehearsal: Rehearsal, tmp_path: Path) -> None:
    rehearsal.set_clock(START + MORNING)
    export = tmp_path / "articles.jsonl"
    environment = {**os.environ, **rehearsal.environment()}
    environment["BAOWATCH_STORE"] = str(rehearsal.project.store)
    subprocess.run(
        [sys.executable, "-m", "scrapy", "crawl", "baoninhbinh", "-O", str(export)],
        cwd=ROOT,
        env=environment,
        check=True,
        capture_output=True,
    )
    lines = [json.loads(line) for line in export.read_text(encoding="utf-8").splitlines()]
    assert len(lines) == counts(rehearsal)["versions"]
    assert {line["verdict"] for line in lines} == {"baseline"}
    assert all(line["title"] and line["text"] and line["key"] for line in lines)


def test_a_second_crawl_of_a_site_says_who_is_crawling(rehearsal: Rehearsal) -> None:
    from pipelines.runs import lock_site

    rehearsal.set_clock(START + MORNING)
    store = open_store(rehearsal.project.store)
    lock = lock_site(store, "baoninhbinh")
    (result,) = rehearsal.crawl(["baoninhbinh"])
    lock.release()
    assert not result.succeeded
    assert any("is being crawled by another process" in line for line in result.messages)
    assert counts(rehearsal)["articles"] == 0
