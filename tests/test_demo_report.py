"""What a demo does to two portals, in the HTML report: every change, word by word, and no other.

``benchmarks/report_truth.py`` is the same for all six portals and many seeds.
"""

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from browser import WIDTHS, Chromium, chromium

ROOT = Path(__file__).parents[1]
sys.path.append(str(ROOT / "benchmarks"))
from report_truth import START, Judged, happened, judge, page_of, play  # noqa: E402

from crawlers.site import Site  # noqa: E402
from monitor.project import Project, find_project  # noqa: E402
from monitor.rehearsal import Rehearsal, told_and_expected  # noqa: E402
from monitor.replica.server import Replica  # noqa: E402
from monitor.replica.story import Event  # noqa: E402
from pipelines.store.opening import Reader, Store, open_store  # noqa: E402

SITES = ("baoninhbinh", "vietnamvn")


@dataclass(frozen=True)
class Told:
    rehearsal: Rehearsal
    page: Path
    events: list[Event]
    db: Reader
    known: dict[str, Site]

    def judged(self, page: str) -> Judged:
        return judge(page, self.events, self.db, self.known)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Told]:
    folder = tmp_path_factory.mktemp("told")
    project = Project(folder=ROOT, config=find_project().config, store=folder / "store.db")
    with Replica(5, start=START, editions=3, layout_seed=5) as replica:
        rehearsal = Rehearsal(project=project, replica=replica)
        play(rehearsal, SITES)
        events = happened(replica, SITES)
    known, _ = project.sites()
    store = open_store(project.store)
    page = folder / "report.html"
    page.write_text(page_of(store, known, SITES), "utf-8")
    yield Told(rehearsal=rehearsal, page=page, events=events, db=store.reader, known=known)
    store.close()


@pytest.fixture(scope="module")
def browser(told: Told) -> Iterator[Chromium]:
    """After the crawls: a browser leaves no room for another event loop."""
    with chromium() as found:
        yield found


def test_every_scripted_change_is_there_with_the_words_that_changed_and_no_others(
    told: Told,
) -> None:
    judged = told.judged(told.page.read_text("utf-8"))
    assert judged.wrong == ()
    assert judged.expected == judged.shown
    assert judged.differences >= 5


@pytest.mark.parametrize(
    ("what", "instead"),
    [
        ("<ins ", "<i "),
        ("</del>", "</del><del>, hôm nay</del>"),
        ('<span class="bw-same">', "<span>một "),
        ('<article class="change"', "<article"),
        ('<ul class="news">', '<ul class="news"><li>Một tin khác</li>'),
    ],
)
def test_a_page_that_marks_other_words_is_found_out(told: Told, what: str, instead: str) -> None:
    page = told.page.read_text("utf-8")
    assert what in page
    assert told.judged(page.replace(what, instead)).wrong != ()


@pytest.mark.parametrize("is_linked", [True, False])
def test_a_followed_edit_may_be_called_reworded_only_of_an_original_that_nobody_knows(
    told: Told, tmp_path: Path, is_linked: bool
) -> None:
    store = copied(told.db, tmp_path / "store.db")
    with store.writing() as db:
        db.execute(
            "UPDATE changes SET kind = 'reworded' "
            "WHERE kind = 'edited' AND json_extract(explanation, '$.original') = 'changed'"
        )
        if not is_linked:
            db.execute("UPDATE links SET sure = 0")
    page = told.page.read_text("utf-8")
    wrong = judge(page, told.events, store.reader, told.known).wrong
    assert [one.split(":")[0] for one in wrong] == (["missed", "false"] if is_linked else [])
    project = replace(told.rehearsal.project, store=tmp_path / "store.db")
    shown, scripted = told_and_expected(replace(told.rehearsal, project=project))
    false = [one.kind for one in (shown - scripted) if one.site in SITES]
    missed = [one.kind for one in (scripted - shown) if one.site in SITES]
    assert (false, missed) == ((["reworded"], ["edited"]) if is_linked else ([], []))
    store.close()


def copied(db: Reader, path: Path) -> Store:
    with closing(sqlite3.connect(path)) as target:
        db.conn.backup(target)
    return open_store(path)


@WIDTHS
def test_anybody_can_read_it_with_any_input(
    told: Told, browser: Chromium, size: tuple[int, int]
) -> None:
    address = told.page.as_uri()
    with browser.shown(address, size) as shown:
        shown.assert_quiet()
        shown.assert_nothing_ran()
        shown.assert_fits()
        shown.assert_reachable()
        shown.page.eval_on_selector_all("details", "all => all.forEach(one => one.open = true)")
        shown.assert_fits()
    assert browser.barriers(address, size) == []


def test_what_is_read_from_the_right_stands_at_the_right(told: Told, browser: Chromium) -> None:
    with browser.shown(told.page.as_uri()) as shown:
        sides = shown.page.eval_on_selector_all(
            ".bw-difference [lang=ar], .bw-difference [lang=fa]",
            "all => all.map(one => [getComputedStyle(one).direction, one.textContent.trim()])",
        )
    assert sides
    assert {direction for direction, text in sides if text} == {"rtl"}
