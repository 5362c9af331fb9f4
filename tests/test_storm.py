"""Template or articles? What many share is the template's; the rest is an edit."""

from dataclasses import replace

import pytest

from pipelines.article import Article, Block
from pipelines.storm import (
    Shift,
    is_improbable,
    only_moved,
    own_part,
    rule,
    shift_between,
    without_template,
)

FOOT = "Tải ứng dụng của Báo."


def article(number: int, *more: str, **fields: object) -> Article:
    lines = (f"Đoạn thứ nhất của bài {number}.", f"Đoạn thứ hai của bài {number}.", *more)
    return replace(
        Article(
            site="bao",
            url=f"https://bao.example/{number}",
            title=f"Tựa {number}",
            lead=f"Sapo {number}.",
            blocks=tuple(Block(text=line) for line in lines),
            author="Mai Lan",
        ),
        **fields,  # type: ignore[arg-type]
    )


def shifts(*pairs: tuple[Article, Article]) -> list[Shift]:
    return [shift_between(number, *pair) for number, pair in enumerate(pairs)]


def test_a_sentence_that_came_everywhere_is_the_templates() -> None:
    told = shifts(*((article(n), article(n, FOOT)) for n in range(6)))
    ruling = rule(told, looked_at=6)
    assert list(ruling.came.values()) == [6]
    assert (ruling.is_storm, ruling.left_over, ruling.holds) == (True, 0, False)


def test_what_is_left_over_is_an_edit() -> None:
    told = shifts(*((article(n), article(n, FOOT)) for n in range(6)))
    edited = shift_between(9, article(9), article(9, FOOT, "Thêm 45 người."))
    ruling = rule([*told, edited], looked_at=8)
    assert ruling.left_over == 1
    assert own_part(edited, ruling.came, ruling.went, ruling.fields)
    assert not own_part(told[0], ruling.came, ruling.went, ruling.fields)


@pytest.mark.parametrize(("changed", "looked_at", "held"), [
    (3, 14, False), (4, 30, False), (2, 2, False), (4, 4, False), (5, 5, True), (9, 14, True),
    (0, 0, False), (20, 400, False), (500, 5000, False), (700, 5000, True), (3, 60_000, False),
])  # fmt: skip
def test_how_many_edits_are_improbable(changed: int, looked_at: int, held: bool) -> None:
    assert is_improbable(changed, looked_at) is held


def test_three_of_many_articles_with_one_correction_are_edits() -> None:
    told = shifts(*((article(n), article(n, FOOT)) for n in range(3)))
    assert not rule(told, looked_at=40).is_storm


def test_a_byline_lost_everywhere_is_the_templates_and_one_byline_is_not() -> None:
    told = shifts(*((article(n), article(n, author="")) for n in range(5)))
    assert rule(told, looked_at=6).fields == {"author": 5}
    assert not rule(told[:1], looked_at=6).is_storm


def test_what_comes_here_and_goes_there_rotates() -> None:
    told = shifts(
        (article(1, FOOT), article(1)),
        (article(2), article(2, FOOT)),
        (article(3), article(3, FOOT)),
    )
    assert list(rule(told, looked_at=50).rotating.values()) == [FOOT]


def test_a_correction_note_is_never_the_templates() -> None:
    note = "Đính chính: Tên đúng là Lê Văn Tám."
    told = shifts(*((article(n), article(n, note)) for n in range(6)))
    ruling = rule(told, looked_at=6)
    assert (ruling.came, ruling.rotating) == ({}, {})


def test_a_lead_printed_in_the_text_only_moved() -> None:
    before = article(1)
    after = replace(before, lead="", blocks=(Block(text=before.lead), *before.blocks))
    assert only_moved(before, after)
    assert without_template(before, after, {"lead"}) == after


def test_a_shift_survives_the_store() -> None:
    one = shift_between(7, article(1), article(1, FOOT, author=""))
    assert Shift.from_json(7, one.as_json()) == one
