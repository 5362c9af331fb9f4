"""Which facts set a translation apart from its original, and from which text of it it is."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.article import Article, Block
from pipelines.changes import Version
from pipelines.drift import (
    LONGEST,
    Fact,
    facts,
    made_from_former,
    source_among,
    takes_over,
)

NOON = datetime(2026, 3, 2, 5, tzinfo=UTC)
DAY = NOON.date()


def article(*texts: str, published_at: datetime | None = NOON) -> Article:
    return Article(
        site="bao",
        url="https://bao.example/tin/mot",
        title="",
        lead="",
        blocks=tuple(Block(text=text) for text in texts),
        published_at=published_at,
    )


def version(*texts: str, seen: float = 0, last: float | None = None) -> Version:
    """Seen first and last so many hours after noon."""
    return Version(
        id=1,
        article_id=1,
        number=1,
        snapshot_id=1,
        seen_at=NOON + timedelta(hours=seen),
        last_seen_at=NOON + timedelta(hours=seen if last is None else last),
        fingerprint=" ".join(texts),
        article=article(*texts),
    )


def told(found: tuple[Fact, ...]) -> list[tuple[str, str]]:
    return [(fact.kind, fact.value) for fact in found]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Tăng 4,7 % theo Kết luận 57-KL/TW", "ارتفع بنسبة ٤٫٧٪ وفق القرار 57-KL/TW"),
        ("Ngày 2/3/2026 thu 1.250 tỷ đồng", "On 2 March 2026 they took 1,250 billion dong"),
        ("Nghị định 09/2017/NĐ-CP", "Decree 09/2017/ND-CP"),
        ("ngày 25 tháng 6, 3.500 người", "در ۲۵ ژوئن، ۳۵۰۰ نفر"),
    ],
)
def test_a_fact_is_the_same_in_any_language(one: str, other: str) -> None:
    assert facts(article(one), DAY).keys() == facts(article(other), DAY).keys()
    assert facts(article(one), DAY)


def test_a_translation_says_what_its_original_said_before() -> None:
    found = made_from_former(
        version("Đạt 4,7 % và 250 hộ.", last=3),
        version("Đạt 47 % và 250 hộ.", seen=5),
        version("Reached 4.7% and 250 households.", seen=1),
    )
    assert found is not None
    assert told(found.gone) == [("figure", "4.7 %")]
    assert told(found.came) == [("figure", "47 %")]


@pytest.mark.parametrize(
    ("then_seen_last", "translation_seen", "text", "is_former"),
    [
        (3, 1, "Reached 4.7%.", True),  # it stood before the change
        (0, 4, "Reached 4.7%.", True),  # it was seen after, but says what was said before
        (0, 4, "Reached 47%.", False),
        (3, 1, "Reached 47%.", False),  # the original came to say what the translation said
        (0, 4, "Up from 4.7% to 47%.", False),  # it tells what is said now, too
        (0, 4, "It grew.", False),  # nobody can tell
        (3, 1, "It grew.", True),
    ],
)
def test_only_what_is_certain_is_called_a_former_text(
    then_seen_last: int, translation_seen: int, text: str, is_former: bool
) -> None:
    found = made_from_former(
        version("Đạt 4,7 %.", last=then_seen_last),
        version("Đạt 47 %.", seen=5),
        version(text, seen=translation_seen),
    )
    assert (found is not None) == is_former


def test_what_an_original_says_no_more_is_certain_where_it_says_nothing_instead() -> None:
    then, now = version("Đạt 4,7 % của 340 hộ."), version("Có 340 hộ.", seen=3)
    found = made_from_former(then, now, version("4.7% of 340 households", seen=4))
    assert found is not None
    assert (told(found.gone), found.came) == ([("figure", "4.7 %")], ())
    silent = version("Of households nothing", seen=4)
    assert made_from_former(then, now, silent) is None


def test_a_small_number_alone_proves_nothing() -> None:
    former = made_from_former(
        version("Có 5 người."),
        version("Có 7 người.", seen=3),
        version("5 days; seven came.", seen=4),
    )
    assert former is None


def test_other_words_of_an_original_are_certain_by_time_alone() -> None:
    then, now = version("Ông Hà nói.", last=2), version("Ông Hải nói.", seen=3)
    assert made_from_former(then, now, version("Mr Ha said.", seen=1)) is not None
    assert made_from_former(then, now, version("Mr Ha said.", seen=4)) is None


@pytest.mark.parametrize(
    ("after", "follows"),
    [("It is 47% now.", True), ("It is 4.7 per cent now.", False), ("It grew.", True)],
)
def test_a_translation_follows_when_it_takes_over_what_changed(after: str, follows: bool) -> None:
    texts = (article("Đạt 4,7 %."), article("Đạt 47 %."), article("It is 4.7%."), article(after))
    assert takes_over(*texts) == follows


def test_what_an_insertion_moves_far_down_is_not_gone() -> None:
    long = "Văn bản dài không có số nào. " * 1400
    then = version(long, "Tổng kinh phí 987.654 đồng.")
    now = version("Có 345 người dự.", long, "Tổng kinh phí 987.654 đồng.", seen=3)
    assert made_from_former(then, now, version("Total 987,654 dong.", seen=9)) is None


def test_a_text_too_long_to_be_read_whole_proves_nothing() -> None:
    then = version("Đạt 4,7 %.", last=3)
    now = version("Đạt 47 %." + " và" * LONGEST, seen=5)
    assert made_from_former(then, now, version("Reached 4.7%.", seen=1)) is None
    texts = (then.article, now.article, article("It is 4.7%."), article("It is 47%."))
    assert not takes_over(*texts)


def test_shares_are_no_facts() -> None:
    assert facts(article("Đường dây nóng 24/7, khoảng 2/3 hộ dân, 3/4 diện tích"), DAY) == {}


def test_all_texts_are_read_by_one_day() -> None:
    then = version("Ngày 12/5, hội nghị có 345 người.")
    now = version("Ngày 12/5, hội nghị có 345 người dự tại Huế.", seen=3)
    undated = replace(now, article=replace(now.article, published_at=None))
    later = replace(now, article=replace(now.article, published_at=NOON + timedelta(days=300)))
    made = version("On 12/5 a conference with 345 people in Hue.", seen=9)
    assert made_from_former(then, undated, made) is None
    assert made_from_former(then, later, made) is None
    assert takes_over(then.article, undated.article, made.article, article("On 12/5 in Hue"))


@pytest.mark.parametrize(
    ("glued", "apart"), [("20ha", "20 ha"), ("500.000đ", "500.000 đồng"), ("60km/h", "60 km/h")]
)
def test_a_unit_makes_no_document_of_a_figure(glued: str, apart: str) -> None:
    (fact,) = facts(article(f"Trồng {glued} rừng"), DAY).values()
    assert fact.kind == "figure"
    assert list(facts(article(f"Trồng {apart} rừng"), DAY).values()) == [fact]


@pytest.mark.parametrize(
    ("today", "gone", "came"),
    [
        ("Đạt 4,7 % và 250 hộ.", None, None),  # undone
        ("Đạt 4,7 % và 250 hộ ở đây.", None, None),  # undone, in other words
        ("Đạt 4,9 % và 250 hộ.", ["4.7 %"], []),
        ("Đạt 47 % và 260 hộ.", ["4.7 %"], ["47 %"]),
    ],
)
def test_of_a_change_only_what_stands_today_is_told(
    today: str, gone: list[str] | None, came: list[str] | None
) -> None:
    found = made_from_former(
        version("Đạt 4,7 % và 250 hộ.", last=3),
        version("Đạt 47 % và 250 hộ.", seen=5),
        version("Reached 4.7% and 250 households.", seen=1),
        today=version(today, seen=9),
    )
    told = found and ([fact.value for fact in found.gone], [fact.value for fact in found.came])
    assert told == (None if gone is None else (gone, came))


@pytest.mark.parametrize(
    ("made", "seen", "which"),
    [
        ("4.7% of 340 households", 9, 0),
        ("5.1% of 340 households", 9, 1),
        ("5.1% of 350 households", 9, 2),
        ("340 households", 9, 1),  # the latest that says so
        ("It grew.", 9, 2),
        ("It grew.", 1, 0),  # nothing else was there yet
        ("5.1% of 340 households", 1, 0),
    ],
)
def test_a_text_is_of_that_former_one_with_which_it_shares_most(
    made: str, seen: float, which: int
) -> None:
    first = version("Đạt 4,7 % của 340 hộ.", last=2)
    second = version("Đạt 5,1 % của 340 hộ.", seen=3, last=4)
    today = version("Đạt 5,1 % của 350 hộ.", seen=5)
    found = source_among([first, second], today, version(made, seen=seen))
    assert found is (first, second, today)[which]


@given(st.text(max_size=200))
def test_any_text_has_facts_and_is_no_former_text_of_itself(text: str) -> None:
    same = version(text, last=9)
    assert made_from_former(same, same, version(text, seen=1)) is None
    assert all(len(fact.value) <= 60 for fact in facts(article(text), DAY).values())
