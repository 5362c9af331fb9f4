"""Figures, days and other traits survive translation; a guess is never called sure."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.article import Article, Block
from pipelines.normalise import fold
from pipelines.numerals import figures_in
from pipelines.originals import (
    ASTRAY_COSTS,
    LEFT_OUT_COSTS,
    MISSING_COSTS,
    NAME_COSTS,
    SURE,
    Found,
    Side,
    Weighing,
    find,
    weigh,
    weight,
)
from pipelines.textdays import days_in
from pipelines.traits import MOST, kind_of, numbers, slug_of, slugs_of, tongue, traits_of

EASTERN = ("٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹")
DAY = date(2026, 3, 2)


def figures(text: str) -> list[str]:
    return [figure.text for figure in figures_in(fold(text))]


def days(text: str, near: date | None = DAY) -> set[date]:
    return set(days_in(fold(text), near)[0])


@pytest.mark.parametrize(
    ("told", "value"),
    [
        ("đạt 1.234,5 tấn", "1234.5"),
        ("1,234.5 tonnes", "1234.5"),
        ("١٬٢٣٤٫٥ طن", "1234.5"),
        ("2,5 triệu đồng", "2500000"),
        ("2.5 million VND", "2500000"),
        ("٢٫٥ مليون دونغ", "2500000"),
        ("۲٫۵ میلیون دونگ", "2500000"),
        ("2.500.000 đồng", "2500000"),
        ("1.250 tỷ đồng", "1250000000000"),
        ("1,25 nghìn tỷ đồng", "1250000000000"),
        ("1.25 trillion VND", "1250000000000"),
        ("1.407 trillion VND", "1407000000000"),
        ("2,650 trillion VND", "2650000000000000"),
        ("2.650 nghìn tỷ đồng", "2650000000000000"),
        ("tăng 5 tỷ so với cùng kỳ", "5000000000"),
        ("35 ngàn hộ", "35000"),
        ("35 ngân hàng", "35"),
        ("năm 2030 tỷ lệ hộ nghèo", "2030"),
        ("5 triệu chứng", "5"),
        ("tăng 4,7%", "4.7 %"),
        ("tăng 4,7 phần trăm", "4.7 %"),
        ("بنسبة ٤٫٧ في المائة", "4.7 %"),
        ("۴٫۷ درصد", "4.7 %"),
        ("0,725", "0.725"),
        ("10 000 000 VND".replace(" ", "\N{NO-BREAK SPACE}"), "10000000"),
    ],
)
def test_a_figure_is_one_value_in_any_writing(told: str, value: str) -> None:
    assert figures(told) == [value]


@pytest.mark.parametrize("told", ["1.2.3.4", "16:01", "12/2023"])
def test_what_only_looks_like_a_figure_is_none(told: str) -> None:
    assert figures(told) == []


@given(st.integers(0, 10**12), st.integers(0, 99), st.sampled_from(EASTERN))
def test_grouping_marks_and_digits_do_not_matter(whole: int, cents: int, eastern: str) -> None:
    english = f"{whole:,}.{cents:02}"
    vietnamese = english.translate(str.maketrans(",.", ".,"))
    arabic = english.translate(str.maketrans("0123456789,.", f"{eastern}٬٫"))
    assert figures(english) == figures(vietnamese) == figures(arabic)
    assert float(figures(english)[0]) == float(f"{whole}.{cents:02}")


@given(st.dates(date(1950, 1, 1), date(2099, 12, 31)), st.sampled_from(EASTERN))
def test_a_day_is_one_day_in_any_writing(day: date, eastern: str) -> None:
    digits = str.maketrans("0123456789", eastern)
    for told in (
        f"{day:%d/%m/%Y}",
        f"{day:%Y-%m-%d}",
        f"ngày {day.day} tháng {day.month} năm {day.year}",
        f"{day.day}/{day.month}/{day.year}".translate(digits),
        f"{day:%B} {day.day}, {day.year}",
        f"{day.year}年{day.month}月{day.day}日",
    ):
        assert days(told) == {day}, told


@pytest.mark.parametrize(
    ("told", "day"),
    [
        ("16 أكتوبر/تشرين الأول 2023", date(2023, 10, 16)),
        ("١٤ فبراير ٢٠١٢", date(2012, 2, 14)),
        ("مورخ ۱۴ فوریه ۲۰۱۲", date(2012, 2, 14)),
        ("14 février 2012", date(2012, 2, 14)),
        ("14 февраля 2012 года", date(2012, 2, 14)),
        ("sáng 28/2", date(2026, 2, 28)),
        ("ngày 30 tháng 12", date(2025, 12, 30)),
        ("في 19 سبتمبر", date(2025, 9, 19)),
    ],
)
def test_days_in_words_and_without_a_year(told: str, day: date) -> None:
    assert days(told) == {day}


def test_a_day_without_a_year_is_unknown_where_the_articles_day_is() -> None:
    assert days("sáng 28/2", near=None) == set()


@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    traits = traits_of(article(text), DAY)
    assert all(0 <= trait.number < 2**63 for trait in traits)


def test_a_hostile_article_has_no_more_traits_than_any() -> None:
    text = " ".join(
        f"{number * 7919 % 1_000_003:,} Nguyễn Văn {number}" for number in range(100_000)
    )
    traits = traits_of(article(text), DAY)
    for kind, most in MOST.items():
        assert sum(trait.kind == kind for trait in traits) <= most


def article(*blocks: str, url: str = "https://bao.example/1", title: str = "") -> Article:
    return Article(
        site="bao",
        url=url,
        title=title,
        lead="",
        blocks=tuple(Block(text=text) for text in blocks),
        published_at=datetime(2026, 3, 2, tzinfo=UTC),
    )


ORIGINAL = article(
    "Kết luận số 57-KL/TW và Nghị định 09/2017/NĐ-CP được quán triệt ngày 15/6/2023.",
    "Toàn tỉnh thu 1.250 tỷ đồng, tăng 4,7%, với 12.345 hộ tham gia.",
    url="https://bao.example/hoi-nghi-trien-khai-ket-luan-cua-bo-chinh-tri-post1234567.html",
    title="Hội nghị triển khai kết luận của Bộ Chính trị",
)
IN_ARABIC = (
    "استنتاج رقم ٥٧-KL/TW والمرسوم 09/2017/ND-CP بتاريخ 15 يونيو/حزيران 2023.",
    "جمعت المقاطعة 1.25 تريليون دونغ بزيادة ٤٫٧٪ بمشاركة ١٢٬٣٤٥ أسرة.",
)
OTHER_PAPER = article(
    "Nghị định 09/2017/NĐ-CP và Kết luận số 57-KL/TW; 12.345 hộ, 873.211 lượt khách.",
    "Ngân sách 3.417 tỷ đồng, giảm 8,25%, 45.678 người, ngày 3/8/2022.",
    url="https://khac.example/tin/1",
    title="Nhiều giải pháp mới ở cơ sở",
)


def side(number: int, told: Article) -> Side:
    return Side(
        article_id=number,
        numbers=numbers(traits_of(told, DAY)),
        slugs=slugs_of(told),
        tongue=tongue(told.text),
    )


def found(translation: Article, *candidates: Article) -> Found | None:
    traits = traits_of(translation, DAY)
    weights = {each.number: weight(each, holders=0, articles=1000) for each in traits}
    others = [side(number, each) for number, each in enumerate(candidates, 2)]
    return find(side(1, translation), traits, weights, others)


def test_an_original_is_found_by_what_survives_translation() -> None:
    got = found(article(*IN_ARABIC, url="https://v.example/ar/1"), ORIGINAL, OTHER_PAPER)
    assert got is not None
    assert got.article_id == 2
    assert got.sure
    assert {each.value for each in got.evidence} >= {"57-kl/tw", "09/2017/nd-cp", "1250000000000"}


def test_another_paper_on_the_event_is_not_called_the_original() -> None:
    got = found(article(*IN_ARABIC, url="https://v.example/ar/1"), OTHER_PAPER)
    assert got is None or not got.sure


def test_two_that_fit_alike_leave_it_open() -> None:
    got = found(article(*IN_ARABIC, url="https://v.example/ar/1"), ORIGINAL, ORIGINAL)
    assert got is not None
    assert not got.sure


TRANSLATION = article(*IN_ARABIC, url="https://v.example/ar/1")


def weighed(translation: Article, candidate: Article) -> Weighing:
    traits = traits_of(translation, DAY)
    weights = {each.number: weight(each, holders=0, articles=1000) for each in traits}
    return weigh(side(1, translation), traits, weights, side(2, candidate))


def more(told: Article, *blocks: str, url: str = "") -> Article:
    added = (*told.blocks, *(Block(text=text) for text in blocks))
    return replace(told, blocks=added, url=url or told.url)


def test_a_rival_nearly_as_good_leaves_it_open() -> None:
    near = more(ORIGINAL, "Thêm 64.213 lượt khách.")
    got = found(TRANSLATION, ORIGINAL, near)
    assert got is not None
    assert (got.article_id, got.sure) == (2, False)


def test_a_copy_of_the_original_is_no_rival() -> None:
    traits = traits_of(TRANSLATION, DAY)
    weights = {each.number: weight(each, holders=0, articles=1000) for each in traits}
    both = [replace(side(3, ORIGINAL), copy_of=2), side(2, ORIGINAL)]
    got = find(side(1, TRANSLATION), traits, weights, both)
    assert got is not None
    assert (got.article_id, got.sure) == (2, True)


def test_little_in_common_is_never_sure() -> None:
    got = found(article("جمعت المقاطعة 12345 أسرة."), article("Có 12.345 hộ tham gia."))
    assert got is not None
    assert not got.sure


@pytest.mark.parametrize(
    ("fuller", "times"),
    [("translation", MISSING_COSTS), ("original", LEFT_OUT_COSTS)],
)
def test_each_fact_that_one_of_them_lacks_makes_it_harder_to_be_sure(
    fuller: str, times: float
) -> None:
    alone = weighed(TRANSLATION, ORIGINAL)
    assert alone.needed == SURE
    figures = "98.765 ha, 43.219 tấn"
    one, other = (
        (more(TRANSLATION, figures), ORIGINAL)
        if fuller == "translation"
        else (TRANSLATION, more(ORIGINAL, figures))
    )
    assert weighed(one, other).needed == alone.needed + 2 * times
    assert weighed(one, other).score < alone.score


def test_a_figure_that_stands_in_many_texts_counts_half_and_the_articles_own_day_nothing() -> None:
    told = more(TRANSLATION, "450 ha", "2/3")
    assert weighed(told, ORIGINAL).needed == SURE + MISSING_COSTS / 2


def test_a_name_that_a_latin_translation_has_of_its_own_speaks_against_it() -> None:
    english = article("Conclusion 57-KL/TW: 12,345 households, chaired by Le Quang Mai.")
    needed = weighed(english, article("Kết luận số 57-KL/TW: 12.345 hộ.")).needed
    assert needed == SURE + NAME_COSTS


def test_other_words_in_the_address_ask_for_much_more() -> None:
    slug = "https://v.example/ar/mot-bai-hoan-toan-khac-ve-chuyen-khac"
    told = replace(TRANSLATION, url=slug)
    assert weighed(told, ORIGINAL).needed == SURE + ASTRAY_COSTS


def test_what_many_articles_have_says_less() -> None:
    trait = next(each for each in traits_of(TRANSLATION, DAY) if each.kind == "document")
    rare, common = (weight(trait, holders=number, articles=1000) for number in (0, 50))
    assert common < rare - 1


def test_the_articles_own_day_says_little() -> None:
    (own,) = traits_of(article("Sáng 2/3, hội nghị diễn ra."), DAY)
    assert own.expected
    assert weight(own, holders=0, articles=1000) < 1.3


def test_the_words_of_the_address_tell_where_hardly_a_figure_does() -> None:
    url = "https://v.example/ar/hoi-nghi-trien-khai-ket-luan-cua-bo-chinh-tri"
    poor = replace(ORIGINAL, blocks=(Block(text="Có 12.345 hộ tham gia hội nghị."),))
    got = found(article("حضر المؤتمر 12345 أسرة.", url=url), poor, OTHER_PAPER)
    assert got is not None
    assert (got.article_id, got.sure) == (2, True)
    assert "slug" in {each.kind for each in got.evidence}


def test_the_same_words_in_the_address_and_other_figures_are_last_weeks_report() -> None:
    url = "https://v.example/ar/hoi-nghi-trien-khai-ket-luan-cua-bo-chinh-tri"
    told = "بلغ 98,765 طنا و 43,219 هكتارا و 2,31% في 3 أغسطس 2021 وفق 11-CT/TU."
    got = found(article(told, url=url), ORIGINAL)
    assert got is None or not got.sure


@pytest.mark.parametrize(
    "url",
    [
        "https://a.example/tang-cuong-cong-tac-thong-tin-tuyen-truyen-post298123.html",
        "https://a.example/tang-cuong-cong-tac-thong-tin-tuyen-truyen/d20240625160152777.htm",
        "https://a.example/portal/pages/2025-05-29/Tang-cuong-cong-tac-thong-tin-tuyen-truyen.aspx",
        "https://a.example/news/139123p24c32/tang-cuong-cong-tac-thong-tin-tuyen-truyen.htm",
        "https://a.example/ar/tang-cuong-cong-tac-thong-tin-tuyen-truyen",
    ],
)
def test_the_words_of_an_address_are_found_in_any_form_of_it(url: str) -> None:
    assert slug_of(url) == "tangcuongcongtacthongtintuyentruyen"


def test_an_address_of_many_numbers_is_read_as_soon_as_any_other() -> None:
    # To try all the ways to part these numbers takes longer than anybody waits.
    url = f"https://a.example/{'-1234567' * 200}-mot-hai-ba-bon-.html"
    assert slug_of(url).endswith("mothaibabon")


def test_too_many_of_a_kind_are_cut_alike_on_both_sides() -> None:
    many = [f"{number * 7919 % 900_000 + 100_000}" for number in range(60)]
    one = traits_of(article(" ; ".join(many)), DAY)
    other = traits_of(article(" | ".join(reversed(many))), DAY)
    assert numbers(one) == numbers(other)
    assert {kind_of(each.number) for each in one} == {"figure"}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Hội nghị triển khai nhiệm vụ trọng tâm", "vi"),
        ("The conference was held online", "latin"),
        ("عقد المؤتمر عبر الإنترنت", "arabic"),
        ("会议在线举行", "cjk"),
    ],
)
def test_letters_tell_the_tongue(text: str, name: str) -> None:
    assert tongue(text) == name
