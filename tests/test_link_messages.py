"""A message about an article that was translated says so, and a webhook can read it."""

import json
from dataclasses import replace
from pathlib import Path

import hostile
import pytest
from reports import NOON
from test_link_formats import named
from two_portals import ORIGINAL, SITES, Portals, linked_by_hand, written

from monitor.notes import ROLES, Note
from monitor.notify.as_text import body_of
from monitor.notify.message import Message, MessageKind, as_json
from monitor.notify.told import Told, told_of
from pipelines.drift import Drift, Fact


@pytest.fixture
def changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Portals:
    portals = linked_by_hand(tmp_path, monkeypatch)
    portals.link()
    portals.look(portals.bao, ORIGINAL, **written("47"))
    return portals


def message(*changes: Told, kind: MessageKind = "change") -> Message:
    return Message(
        key="k", kind=kind, channel="c", route="r", made_at=NOON, changes=changes, browse_url=""
    )


def test_whoever_is_told_of_the_change_is_told_of_its_translations(changed: Portals) -> None:
    (told,) = told_of(changed.bao.store.reader, [1], SITES)
    for kind in ("change", "digest"):
        body = body_of(message(told, kind=kind))  # type: ignore[arg-type]
        assert "translated on dich on 2026-03-02" in body
        assert "the original said 4.7 % before, and says 47 % since" in body
    sent = json.loads(as_json(message(told)))
    assert sent["version"] == 2
    (note,) = sent["changes"][0]["notes"]
    assert (note["role"], note["article"]["site"]) == ("translated_before", "dich")
    assert note["came"] == [{"kind": "figure", "value": "47 %"}]


def test_a_guess_is_in_no_message(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    portals = linked_by_hand(tmp_path, monkeypatch)
    portals.link(sure=False)
    portals.look(portals.bao, ORIGINAL, **written("47"))
    (told,) = told_of(portals.bao.store.reader, [1], SITES)
    assert told.notes == ()


def test_hostile_words_stay_inert_and_short(changed: Portals) -> None:
    (told,) = told_of(changed.bao.store.reader, [1], SITES)
    drift = Drift(gone=(Fact(kind="document", value=hostile.EVERYTHING),))
    other = replace(named(1, hostile.ADDRESSES[0]), title=f"@everyone {hostile.EVERYTHING}" * 50)
    notes = tuple(Note(role=role, other=other, at=NOON, drift=drift) for role in ROLES)
    body = body_of(message(replace(told, notes=notes)))
    hostile.assert_plain(body.replace("@\u2060", ""))  # our own, so that nobody is called
    assert "@everyone" not in body
    assert "[x](" not in body
    assert len(body) < 10_000
    assert len(as_json(message(replace(told, notes=notes)))) < 200_000
