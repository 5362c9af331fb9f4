"""What of an original's edits is told of its copies and translations: what is so today, once."""

from collections import Counter
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from desks import START
from test_link_reports import LATEST, notes, report
from two_portals import (
    ORIGINAL,
    TRANSLATION,
    Portals,
    linked_by_hand,
    translated,
    written,
)

from monitor.link_news import Outdated
from monitor.links import Since, known_links
from pipelines import former
from pipelines.changes import Version
from pipelines.drift import Facts, facts_of

LATER = "/ar/tin/sau"


@pytest.fixture
def portals(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Portals:
    return linked_by_hand(tmp_path, monkeypatch)


def edit(portals: Portals, rate: str, people: str = "340") -> None:
    fields = written(rate)
    body = [text.replace("340", people) for text in fields["body"]]  # type: ignore[attr-defined]
    portals.look(portals.bao, ORIGINAL, **{**fields, "body": body})


def translate(portals: Portals, rate: str) -> None:
    """Another translation, new on its site, and its link."""
    portals.dich.begin()
    portals.dich.listed(TRANSLATION, LATER)
    portals.dich.answer(LATER, **translated(rate))
    portals.dich.end()
    portals.clock.pass_by(hours=1)
    portals.link(LATER)


def since(portals: Portals, url: str) -> Since | None:
    known = known_links(portals.bao.store.reader, portals.article_id(url))
    assert known is not None
    (original,) = known.originals
    return original.since


def figures(one: Outdated | Since) -> tuple[list[str], list[str]]:
    gone, came = one.drift.gone, one.drift.came
    return [fact.value for fact in gone], [fact.value for fact in came]


def change_ids(portals: Portals) -> list[int]:
    rows = portals.bao.store.reader.execute("SELECT id FROM changes WHERE kind = 'edited'")
    return [row[0] for row in rows.fetchall()]


def test_a_page_names_the_edit_that_came_after_the_text_which_was_translated(
    portals: Portals,
) -> None:
    edit(portals, "5,1")
    translate(portals, "5.1")
    edit(portals, "5,1", "350")
    portals.link()
    first, second = change_ids(portals)
    found = since(portals, LATER)
    assert found is not None
    assert (found.change_id, figures(found)) == (second, (["340"], ["350"]))
    found = since(portals, TRANSLATION)
    assert found is not None
    assert (found.change_id, figures(found)) == (first, (["4.7 %", "340"], ["5.1 %", "350"]))


@pytest.mark.parametrize("is_known_before", [True, False])
def test_an_edit_that_was_undone_is_not_told(portals: Portals, is_known_before: bool) -> None:
    if is_known_before:
        portals.link()
    edit(portals, "47")
    edit(portals, "4,7")
    if not is_known_before:
        portals.link()
    made = report(portals)
    assert made.links.outdated == ()
    assert notes(made) == []
    assert since(portals, TRANSLATION) is None


def test_what_a_later_edit_overtook_is_not_told_as_what_is_said_today(portals: Portals) -> None:
    portals.link()
    edit(portals, "47")
    edit(portals, "4,9")
    told = [figures(one) for one in report(portals).links.outdated]
    assert told == [(["4.7 %"], []), (["4.7 %"], ["4.9 %"])]


def test_edits_before_a_link_was_known_are_told_as_one(portals: Portals) -> None:
    edit(portals, "47")
    edit(portals, "47", "350")
    before = portals.clock.now()
    portals.link()
    portals.clock.pass_by(hours=1)
    edit(portals, "47", "360")
    first, _, third = change_ids(portals)
    one, other = report(portals).links.outdated
    assert (one.change_id, figures(one)) == (first, (["4.7 %", "340"], ["47 %"]))
    assert (other.change_id, figures(other)) == (third, (["4.7 %", "340"], ["47 %", "360"]))
    whole = [one, other]
    assert list(report(portals, before).links.outdated) == whole
    for hours in (1, 3):
        spans = [START + timedelta(hours=hours * n) for n in range(24 // hours)]
        parts = [
            report(portals, start, until).links.outdated
            for start, until in zip(spans, [*spans[1:], LATEST], strict=True)
        ]
        assert [one for part in parts for one in part] == whole


def test_the_facts_of_a_text_are_read_once_for_a_report(
    portals: Portals, monkeypatch: pytest.MonkeyPatch
) -> None:
    portals.link()
    for rate in range(50, 60):
        edit(portals, str(rate))
    translate(portals, "55")
    asked = Counter[int]()

    def counted(version: Version, near: date | None) -> Facts:
        asked[version.id] += 1
        return facts_of(version, near)

    monkeypatch.setattr(former, "facts_of", counted)
    made = report(portals)
    assert len(made.links.outdated) == 11
    assert set(asked.values()) == {1}


def test_spans_of_the_past_tell_what_is_so_today(portals: Portals) -> None:
    portals.link()
    edit(portals, "47")
    edited: datetime = portals.clock.now()
    assert len(report(portals, until=edited).links.outdated) == 1
    edit(portals, "4,7")
    assert report(portals, until=edited).links.outdated == ()
