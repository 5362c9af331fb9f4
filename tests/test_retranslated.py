"""A translation in other words is an edit only where its original was edited."""

from pathlib import Path

import pytest
from two_portals import (
    ORIGINAL,
    TOLD,
    TOLD_AGAIN,
    TRANSLATION,
    Portals,
    linked_by_hand,
    translated,
    written,
)


@pytest.fixture
def portals(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Portals:
    return linked_by_hand(tmp_path, monkeypatch)


def test_without_an_original_other_words_are_reworded(portals: Portals) -> None:
    portals.look(portals.dich, TRANSLATION, **translated("4.7", TOLD_AGAIN))
    assert portals.told() == [("dich", "reworded", "cosmetic", None)]


def test_other_words_of_an_unchanged_original_are_a_translation_again(portals: Portals) -> None:
    portals.link()
    portals.retell(**translated("4.7", TOLD_AGAIN))
    assert portals.told() == [("dich", "retranslated", "cosmetic", "same")]


def test_of_an_original_that_nobody_looked_at_since_nothing_is_said(portals: Portals) -> None:
    portals.link()
    portals.look(portals.dich, TRANSLATION, **translated("4.7", TOLD_AGAIN))
    assert portals.told() == [("dich", "retranslated", "cosmetic", None)]


def test_a_guess_at_an_original_decides_nothing(portals: Portals) -> None:
    portals.link(sure=False)
    portals.look(portals.dich, TRANSLATION, **translated("4.7", TOLD_AGAIN))
    assert portals.told() == [("dich", "reworded", "cosmetic", None)]


def test_a_translation_that_follows_its_original_is_an_edit_and_says_so(portals: Portals) -> None:
    portals.link()
    portals.look(portals.bao, ORIGINAL, **written("47"))
    portals.look(portals.dich, TRANSLATION, **translated("47", TOLD_AGAIN))
    assert portals.told() == [
        ("bao", "edited", "substantive", None),
        ("dich", "edited", "substantive", "changed"),
    ]


def test_after_it_followed_the_next_rewording_is_a_translation_again(portals: Portals) -> None:
    portals.link()
    portals.look(portals.bao, ORIGINAL, **written("47"))
    portals.look(portals.dich, TRANSLATION, **translated("47", TOLD_AGAIN))
    portals.look(portals.dich, TRANSLATION, **translated("47"))
    assert portals.told()[-1] == ("dich", "retranslated", "cosmetic", None)


def test_other_words_that_leave_the_former_figure_do_not_follow(portals: Portals) -> None:
    portals.link()
    portals.look(portals.bao, ORIGINAL, **written("47"))
    portals.look(portals.dich, TRANSLATION, **translated("4.7", TOLD_AGAIN))
    assert portals.told()[-1] == ("dich", "retranslated", "cosmetic", None)


def test_an_original_that_may_have_changed_in_between_is_not_called_the_same(
    portals: Portals,
) -> None:
    """Its edit was seen after the former wording, which says nothing of what it changed."""
    silent = {**translated("4.7"), "body": [TOLD[1]]}
    portals.clock.pass_by(hours=1)
    portals.look(portals.dich, TRANSLATION, **silent)
    portals.look(portals.bao, ORIGINAL, **written("47"))
    portals.link()
    portals.dich.begin()
    again = {**silent, "body": [TOLD_AGAIN[1]]}
    portals.dich.answer(TRANSLATION, **again)
    portals.clock.pass_by(minutes=10)
    portals.look(portals.bao, ORIGINAL, **written("47"))
    portals.look(portals.dich, TRANSLATION, **again)
    assert portals.told()[-1] == ("dich", "retranslated", "cosmetic", None)


def test_another_figure_may_follow_what_nobody_has_seen_yet(portals: Portals) -> None:
    portals.link()
    portals.look(portals.dich, TRANSLATION, **translated("47", TOLD_AGAIN))
    assert portals.told() == [("dich", "reworded", "substantive", None)]


def test_another_figure_of_an_original_that_was_looked_at_since_is_a_translation_again(
    portals: Portals,
) -> None:
    portals.link()
    portals.retell(**translated("47", TOLD_AGAIN))
    assert portals.told() == [("dich", "retranslated", "substantive", "same")]


def test_what_only_changed_in_the_template_of_the_original_is_no_change_of_it(
    portals: Portals,
) -> None:
    portals.link()
    portals.look(portals.bao, ORIGINAL, **written("47"))
    with portals.bao.store.writing() as db:
        db.execute("UPDATE changes SET dismissed_at = released_at, dismissed_why = 'none'")
    portals.look(portals.dich, TRANSLATION, **translated("47", TOLD_AGAIN))
    assert portals.told()[-1][1:3] == ("reworded", "substantive")


def test_a_copy_in_the_originals_language_is_compared_as_any_article(portals: Portals) -> None:
    portals.dich.begin()
    portals.dich.listed("/tin/chep")
    portals.dich.answer("/tin/chep", **written("4,7"))
    portals.dich.end()
    portals.link("/tin/chep", kind="copy")
    portals.clock.pass_by(hours=1)
    portals.look(portals.dich, "/tin/chep", **written("4,9"))
    assert portals.told()[-1][:3] == ("dich", "edited", "substantive")


def test_a_byline_is_still_corrected(portals: Portals) -> None:
    portals.link()
    portals.look(portals.dich, TRANSLATION, **translated("4.7", author="Mai Lan"))
    assert portals.told() == [("dich", "corrected", "substantive", None)]
