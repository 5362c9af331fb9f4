"""``scrapy crawl`` against the replica: from a portal to a true report."""

import itertools
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from rehearsing import ROOT, START, Counts, counts, in_one_file, rehearse

from crawlers.discovery import article_key
from monitor.rehearsal import MORNING, Rehearsal, Told, told_and_expected
from monitor.replica.answered import Answered
from monitor.replica.server import Replica
from pipelines.normalise import comparable
from pipelines.store import articles, versions
from pipelines.store.opening import open_store

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


@dataclass(frozen=True)
class Played:
    """What was left after the first crawl of all sites, after a second, and after all editions."""

    rehearsal: Rehearsal
    first: Path
    counts: tuple[Counts, Counts]
    told: list[Told]
    expected: list[Told]
    requests: tuple[Answered, ...]


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
            requests=tuple(replica.requests),
        )


def crawl_well(rehearsal: Rehearsal, edition: int, moment: datetime) -> None:
    rehearsal.begin_round(edition, moment)
    for result in rehearsal.crawl(SITES):
        assert result.succeeded, result
        assert result.messages == ()
    in_one_file(rehearsal.project.store)


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
            (one.started, one.ended) for one in played.requests if one.host in site.all_hosts
        )
        assert len(spans) > 50
        for (_, ended), (started, _) in itertools.pairwise(spans):
            assert ended <= started, site.name


def test_validators_that_proved_true_are_used_and_hide_no_edit(played: Played) -> None:
    """Báo Hà Tĩnh's replica has honest ETags, Báo Ninh Thuận's a new one at each answer."""
    assert {one.host for one in played.requests if one.status == 304} == {"baohatinh.vn"}
    edits = [one for one in played.expected if one.fields]
    assert [one for one in played.told if one.fields] == edits
    assert "baoninhthuan" in {one.site for one in edits}
    # Of some edits we hear only because the server did not say "not modified".
    answered = {one.path for one in played.requests if one.conditional and one.status == 200}
    edited = {urlsplit(one.article).path for one in edits if one.site == "baohatinh"}
    assert edited & answered
