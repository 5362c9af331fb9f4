"""Of which of an original's texts a translation is, of several that stood one after the other."""

from pathlib import Path

import pytest
from two_portals import ORIGINAL, TRANSLATION, Portals, linked_by_hand, translated, written

from pipelines.former import Former, Texts, former_text
from pipelines.store import link_reports

RATES = ("5,1", "5,9", "6,3")


@pytest.fixture
def portals(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Portals:
    return linked_by_hand(tmp_path, monkeypatch)


def edits_of(portals: Portals) -> list[int]:
    original = portals.article_id(ORIGINAL)
    return [edit["id"] for edit in link_reports.told_edits(portals.bao.store.reader, original)]


def found(portals: Portals, change_id: int | None = None) -> Former | None:
    """Where the translation comes from, as it stands."""
    db = portals.bao.store.reader
    texts = Texts(db)
    edits = link_reports.told_edits(db, portals.article_id(ORIGINAL))
    number = link_reports.current_version(db, portals.article_id(TRANSLATION))
    assert number is not None
    return former_text(texts, edits, texts.version(number), change_id=change_id)


def gone(former: Former | None) -> list[str] | None:
    return former and [fact.value for fact in former.drift.gone]


def test_an_edit_that_the_translation_has_already_is_none_that_outdated_it(
    portals: Portals,
) -> None:
    for rate in RATES:
        portals.look(portals.bao, ORIGINAL, **written(rate))
        if rate == "5,9":
            portals.look(portals.dich, TRANSLATION, **translated("5.9"))
    first, second, third = edits_of(portals)
    assert found(portals, first) is None
    assert found(portals, second) is None
    outdated = found(portals, third)
    assert outdated is not None
    assert (outdated.edit["id"], gone(outdated)) == (third, ["5.9 %"])
    assert gone(found(portals)) == ["5.9 %"]


def test_of_an_edit_that_is_none_any_more_nothing_is_said(portals: Portals) -> None:
    assert found(portals) is None, "there was none"
    portals.look(portals.bao, ORIGINAL, **written("5,1"))
    (edit,) = edits_of(portals)
    with portals.bao.store.writing() as db:
        db.execute("UPDATE changes SET dismissed_at = released_at, dismissed_why = 'none'")
    assert found(portals, edit) is None
    portals.look(portals.bao, ORIGINAL, **written("5,9"))
    assert found(portals, edit) is None, "that one was dismissed"


def test_where_any_of_its_texts_is_too_long_to_compare_nothing_is_said(
    portals: Portals, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipelines.drift.LONGEST", 300)
    portals.look(portals.bao, ORIGINAL, **written("5,1"))
    assert gone(found(portals)) == ["4.7 %"]
    more = "Người dân các xã miền núi mong có thêm đường sá, trường học và trạm xá mới."
    portals.look(portals.bao, ORIGINAL, **written("5,1", lead=f"{more} Ai cũng nói vậy. {more}"))
    portals.look(portals.bao, ORIGINAL, **written("5,9"))
    assert len(edits_of(portals)) == 3
    assert found(portals) is None
