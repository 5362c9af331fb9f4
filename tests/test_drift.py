"""Which facts set a translation apart from its original, and from which text of it it is."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.article import Article, Block
from pipelines.changes import Version
from pipelines.drift import Fact, facts, made_from_former, takes_over

NOON = datetime(2026, 3, 2, 5, tzinfo=UTC)


def article(*texts: str) -> Article:
    return Article(
        site="bao",
        url="https://bao.example/tin/mot",
        title="",
        lead="",
        blocks=tuple(Block(text=text) for text in texts),
        published_at=NOON,
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
    assert facts(article(one)).keys() == facts(article(other)).keys()
    assert facts(article(one))


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


@given(st.text(max_size=200))
def test_any_text_has_facts_and_is_no_former_text_of_itself(text: str) -> None:
    same = version(text, last=9)
    assert made_from_former(same, same, version(text, seen=1)) is None
    assert all(len(fact.value) <= 60 for fact in facts(article(text)).values())
