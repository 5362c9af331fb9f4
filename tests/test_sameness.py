"""Two articles are never taken for one, whatever they share; one that moved is."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from pipelines.article import Article, Block
from pipelines.normalise import fold
from pipelines.sameness import may_be_same, sameness

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
NOON = datetime(2026, 3, 2, 5, 3, tzinfo=UTC)
FRAME = (
    "Ủy ban nhân dân {place} báo cáo kết quả thực hiện nhiệm vụ phát triển kinh tế - xã hội.",
    "Tổng thu ngân sách đạt {one} tỷ đồng, bằng {two} phần trăm dự toán được giao cả năm.",
    "Tỷ lệ giải ngân vốn đầu tư công đạt {three} phần trăm, cao hơn cùng kỳ của năm trước đó.",
    "Các sở, ngành được yêu cầu tiếp tục thực hiện nghiêm túc các giải pháp đã đề ra từ đầu năm.",
    "Hội nghị thảo luận về an sinh xã hội, quốc phòng, an ninh và công tác xây dựng Đảng bộ.",
)
TITLES = ("Kết quả phát triển kinh tế của {place}", "Báo cáo thường niên", "{place} họp phiên cuối")
PLACES = ("Phan Rang", "Ninh Hải", "Thuận Nam", "Cam Ranh", "Diên Khánh")
places = st.sampled_from(PLACES)
figures = st.integers(2, 99_999)
moments = st.integers(0, 4_000_000).map(lambda minutes: NOON - timedelta(minutes=minutes))
reports = st.builds(
    lambda title, place, one, two, three, moment: article(
        TITLES[title].format(place=place),
        [line.format(place=place, one=one, two=two, three=three) for line in FRAME],
        moment,
    ),
    st.integers(0, len(TITLES) - 1),
    places,
    figures,
    figures,
    figures,
    moments,
)


def article(title: str, lines: list[str], published_at: datetime | None = NOON) -> Article:
    return Article(
        site="bao",
        url="",
        title=title,
        lead="",
        blocks=tuple(Block(text=line) for line in lines),
        published_at=published_at,
    )


def is_distinct(one: Article, other: Article) -> bool:
    """Of two articles one tells something that the other does not: by title, or by figures."""
    return one.published_at != other.published_at and (
        fold(one.title) != fold(other.title) or one.text != other.text
    )


@given(reports, reports)
def test_reports_on_one_pattern_are_never_one(one: Article, other: Article) -> None:
    """Yearly reports: one title, one wording, other figures, another moment."""
    assume(is_distinct(one, other))
    assume(one.text != other.text)
    assert sameness(one, other, ZONE) != "same"


MIDNIGHT = NOON.astimezone(ZONE).replace(hour=0, minute=0)


def report_of(place: str, moment: datetime, one: int = 1) -> Article:
    lines = [line.format(place=place, one=one, two=2, three=3) for line in FRAME]
    return article("Báo cáo thường niên", lines, moment)


@pytest.mark.parametrize("moment", [MIDNIGHT, NOON])
def test_on_one_day_two_districts_may_give_one_notice(moment: datetime) -> None:
    """Where a page prints only the day, the day is no minute."""
    known = report_of("Ninh Hải", MIDNIGHT)
    for other in (report_of("Cam Ranh", moment), report_of("Ninh Hải", moment, one=77)):
        assert sameness(known, other, ZONE) == "perhaps"


@given(reports, places, moments)
@example(report_of("Ninh Hải", MIDNIGHT), "Cam Ranh", NOON)
def test_notices_that_differ_in_a_name_are_never_one(
    one: Article, place: str, moment: datetime
) -> None:
    assume(place not in one.text and moment != one.published_at)
    known = next(name for name in PLACES if name in one.text)
    lines = [block.text.replace(known, place) for block in one.blocks]
    assert sameness(one, article(one.title, lines, moment), ZONE) != "same"


@given(reports, reports)
def test_two_of_one_minute_with_two_titles_are_never_one(one: Article, other: Article) -> None:
    other = replace(other, published_at=one.published_at)
    assume(fold(one.title) != fold(other.title) and one.text != other.text)
    assert sameness(one, other, ZONE) != "same"


@given(places, places, moments)
@example("Ninh Hải", "Cam Ranh", MIDNIGHT)
def test_stubs_are_never_one_by_their_text(one: str, other: str, moment: datetime) -> None:
    assume(one != other)
    stub = ["Mời quý vị theo dõi chương trình truyền hình trực tiếp."]
    first = article(f"Chương trình thời sự {one}", stub, moment)
    assert sameness(first, article(f"Chương trình thời sự {other}", stub, moment), ZONE) == "other"
    later = replace(first, published_at=moment + timedelta(minutes=1))
    assert sameness(first, later, ZONE) == "other"


@given(reports, st.sampled_from(("Ảnh: cộng tác viên của báo.", "Theo Báo Khánh Hòa điện tử")))
def test_one_article_under_two_templates_is_one(one: Article, line: str) -> None:
    """Another line at the end, no time of day or none at all."""
    framed = replace(one, blocks=(*one.blocks, Block(text=line)))
    assert one.published_at is not None
    midnight = one.published_at.astimezone(ZONE).replace(hour=0, minute=0)
    assert sameness(one, framed, ZONE) == "same"
    assert sameness(one, replace(framed, published_at=midnight), ZONE) == "same"
    assert sameness(one, replace(framed, published_at=None), ZONE) == "same"
    assert sameness(framed, replace(one, published_at=NOON), ZONE) == "same", "imported today"


@given(reports, figures)
@example(report_of("Ninh Hải", MIDNIGHT), 77)
def test_an_edited_figure_leaves_it_the_same_where_title_and_minute_say_so(
    one: Article, figure: int
) -> None:
    lines = [block.text for block in one.blocks]
    edited = article(one.title, [f"Tổng thu đạt {figure} tỷ đồng.", *lines[1:]], one.published_at)
    assert sameness(one, edited, ZONE) in ("same", "perhaps")
    later = replace(edited, published_at=NOON + timedelta(days=1))
    assert sameness(one, later, ZONE) == "other"


@pytest.mark.parametrize("moment", [NOON, None])
def test_an_equal_text_of_its_own_needs_the_title_or_the_moment(moment: datetime | None) -> None:
    lines = [line.format(place="Ninh Hải", one=1, two=2, three=3) for line in FRAME]
    known, shown = article("Tựa", lines), article("Tựa khác hẳn", lines, moment)
    assert sameness(known, shown, ZONE) == ("same" if moment else "perhaps")


@given(reports, reports, st.booleans())
def test_only_what_cannot_be_one_is_not_compared(
    one: Article, other: Article, is_same_moment: bool
) -> None:
    if is_same_moment:
        other = replace(other, published_at=one.published_at)
    assert may_be_same(one, other) or sameness(one, other, ZONE) == "other"
    framed = replace(one, title=f"{one.title} năm qua", blocks=(*one.blocks, Block(text=FRAME[0])))
    assert may_be_same(one, framed)
    assert may_be_same(framed, one)


def test_another_text_is_told_by_a_few_passages_however_long() -> None:
    def long(seed: int) -> list[str]:
        return [f"Đoạn {seed * n} nói về chuyện {n * 7 + seed} ở {n}." for n in range(2_000)]

    known, other = article("Tựa", long(3)), article("Tựa khác hẳn", long(5))
    assert not may_be_same(known, other)
    assert may_be_same(known, replace(other, title="TỰA")), "one title"
    assert may_be_same(known, article("Tựa khác hẳn", [*long(3)[:1500], *long(5)[1500:]]))
