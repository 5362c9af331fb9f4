"""A site's learned profile: what it reads, what it leaves alone, what it is learned from."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawlers.page import Page, Validators
from crawlers.site import Site
from pipelines import body
from pipelines.fingerprint import fingerprints
from pipelines.induction import learn
from pipelines.profile import NO_PROFILE, BrokenProfile, Layout, Profile, as_json, from_json
from pipelines.reading import Reading, read
from pipelines.shapes import Shape, shape_of

HOME = "https://bao.example"
FACTS = {
    "name": "bao",
    "title": "Báo",
    "home": f"{HOME}/",
    "verified": False,
    "articles": [{"path": r"/tin-\d+\.html"}],
}
SITE = Site.model_validate(FACTS)
PLACES = ("Ninh Bình", "Hà Tĩnh", "Quảng Ninh", "Điện Biên", "Khánh Hòa", "Lào Cai", "Cà Mau")


def text(number: int) -> list[str]:
    place = PLACES[number % len(PLACES)]
    return [
        f"Sáng {number + 1}/3, tỉnh {place} tổ chức hội nghị đánh giá kết quả quý I năm 2026.",
        f"Thu ngân sách {place} đạt {number + 2}.150 tỷ đồng, tăng 4,{number} % so với cùng kỳ.",
        f"Lãnh đạo {place} yêu cầu các sở, ngành khẩn trương giải ngân vốn đầu tư công.",
    ]


def title(number: int) -> str:
    return f"{PLACES[number % len(PLACES)]} tổng kết quý I, đề ra nhiệm vụ số {number}"


def lead(number: int) -> str:
    return f"Hội nghị ở {PLACES[number % len(PLACES)]} bàn ba việc lớn của quý II, đợt {number}."


def paragraphs(lines: Sequence[str]) -> str:
    return "".join(f"<p>{line}</p>" for line in lines)


def article(
    number: int,
    *,
    before: str = "",
    above: str = "",
    within: str = "",
    after: str = "",
    lines: Sequence[str] | None = None,
    words: str = "c",
) -> str:
    """One template: a sapo in a heading, the text three levels deep, a list of links below."""
    told = text(number) if lines is None else lines
    return f"""<html><head><title>{title(number)} - Báo</title>
<meta property="og:title" content="{title(number)}">
<meta property="og:description" content="{lead(number)}">
<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", "headline": title(number)})}
</script></head><body>{before}<div class="{words}page"><div class="{words}main">
<h1 class="{words}title">{title(number)}</h1><h2 class="{words}sapo">{lead(number)}</h2>{above}
<div class="{words}text post-{number}">{paragraphs(told)}{within}</div>
<ul><li><a href="/tin-1.html">Khai mạc lễ hội hoa xuân</a></li></ul>
</div></div>{after}</body></html>"""


def redesigned(number: int) -> str:
    """Another template; where the old one had its text, there is a summary now."""
    return f"""<html><head><meta property="og:title" content="{title(number)}">
<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", "headline": title(number)})}
</script></head><body><div><div><h1>{title(number)}</h1>
<div><p>Tóm tắt: hội nghị bàn ba việc lớn của quý tới.</p></div></div>
<section><article>{paragraphs(text(number) * 1)}{paragraphs(text(number + 1))}</article></section>
</div></body></html>"""


def page(markup: str, number: int = 0) -> Page:
    return Page(
        site="bao",
        url=f"{HOME}/tin-{number}.html",
        final_url=f"{HOME}/tin-{number}.html",
        status=200,
        fetched_at=datetime(2026, 3, 2, tzinfo=UTC),
        body=markup.encode(),
        content_type="text/html; charset=utf-8",
        validators=Validators(),
    )


def pages(*numbers: int) -> list[Page]:
    return [page(article(number), number) for number in numbers]


def learned(*numbers: int) -> Profile:
    found = learn(pages(*numbers), SITE)
    assert found is not None
    return found


PROFILE = learned(0, 1, 2, 3, 4)


def by_profile(markup: str, number: int = 0) -> Reading:
    return read(page(markup, number), SITE, profile=PROFILE)


def test_what_is_learned_reads_an_article_that_was_never_seen() -> None:
    reading = by_profile(article(6), 6)
    assert reading.layout == 0
    assert reading.missing == ()
    assert reading.article is not None
    assert reading.article.title == title(6)
    assert reading.article.lead == lead(6)
    assert [block.text for block in reading.article.blocks] == text(6)
    assert reading.article.recipe.endswith("profile 1")


def test_a_page_that_fits_is_read_without_trafilatura(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(tree: object) -> str:
        raise AssertionError("trafilatura was asked")

    monkeypatch.setattr(body, "trafilatura_text", never)
    assert by_profile(article(6), 6).layout == 0
    with pytest.raises(AssertionError):
        read(page(article(6), 6), SITE)


def test_reading_by_profile_says_what_reading_by_structure_says() -> None:
    for number in range(7):
        guided, known = read(page(article(number), number), SITE), by_profile(article(number))
        assert guided.article is not None
        assert known.article is not None
        assert fingerprints(guided.article) == fingerprints(known.article)


NOISE = [
    "<div><p>Chúng tôi dùng cookie để trang chạy tốt hơn, xin đọc kỹ điều khoản sử dụng.</p></div>",
    "<div class='ctext'><a href='/tin-9.html'>Giá vàng hôm nay tăng mạnh phiên thứ ba</a></div>",
    "<div><div>Lượt xem: 400</div></div>",
    "<aside><p>Bạn đọc có thể gửi ý kiến về tòa soạn theo địa chỉ dưới đây mỗi ngày.</p></aside>",
    "<section><h1>Tin nóng</h1></section>",
]


@settings(max_examples=60, deadline=None)
@given(
    before=st.lists(st.sampled_from(NOISE), max_size=3),
    after=st.lists(st.sampled_from(NOISE), max_size=3),
    links=st.lists(st.sampled_from(NOISE[1:2]), max_size=3),
    number=st.integers(0, 6),
)
def test_noise_outside_the_parts_changes_nothing(
    before: list[str], after: list[str], links: list[str], number: int
) -> None:
    quiet = by_profile(article(number), number).article
    noisy = by_profile(
        article(number, before="".join(before), above="".join(links), after="".join(after)), number
    )
    assert quiet is not None
    assert noisy.article is not None
    assert noisy.layout == 0
    assert fingerprints(noisy.article) == fingerprints(quiet)


@pytest.mark.parametrize("changed", range(3))
def test_an_edit_of_any_paragraph_shows(changed: int) -> None:
    lines = text(0)
    lines[changed] = lines[changed].replace("quý", "tháng").replace("4,0 %", "40 %") + " Đã sửa."
    before, after = by_profile(article(0)).article, by_profile(article(0, lines=lines)).article
    assert before is not None
    assert after is not None
    assert fingerprints(before).body != fingerprints(after).body
    assert fingerprints(before).title == fingerprints(after).title


def test_renamed_classes_do_not_matter_where_structure_tells() -> None:
    reading = by_profile(article(5, words="z-"), 5)
    assert reading.layout == 0
    assert reading.article is not None
    assert [block.text for block in reading.article.blocks] == text(5)


def test_a_redesigned_page_does_not_half_fit() -> None:
    reading = by_profile(redesigned(2), 2)
    assert reading.layout is None
    assert reading.article is not None
    assert text(3)[-1] in reading.article.text


def test_two_containers_of_one_shape_are_none() -> None:
    second = f'<div class="ctext post-5">{paragraphs(text(5))}</div>'
    assert by_profile(article(0, above=second)).layout is None


def test_a_page_whose_container_is_empty_is_told() -> None:
    elsewhere = f"<div><div><p>Về chúng tôi.</p>{paragraphs(text(5) * 2)}</div></div>"
    reading = by_profile(article(0, lines=["Ảnh."], after=elsewhere))
    assert reading.layout is None
    assert reading.missing == ("body",)


def test_a_page_whose_title_is_gone_is_told() -> None:
    untitled = article(0, lines=text(0) * 3).replace("<h1 ", "<b ").replace("</h1>", "</b>")
    assert by_profile(untitled).missing == ("title",)


def test_a_soft_404_in_a_known_template_is_no_article() -> None:
    gone = """<html><head><title>Không tìm thấy trang - Báo</title>
<meta property="og:type" content="article"></head><body><div class="cpage"><div class="cmain">
<h1 class="ctitle">Không tìm thấy trang</h1><h2 class="csapo">Lỗi 404</h2>
<div class="ctext post-9"><p>Bài viết bạn tìm không tồn tại hoặc đã bị xóa khỏi hệ thống.</p>
<p>Mời bạn quay lại trang chủ để đọc những tin mới nhất của chúng tôi trong ngày.</p></div>
</div></div></body></html>"""
    assert by_profile(gone, 9).kind == "soft_404"


def test_nothing_is_learned_from_too_few_pages_or_one_article() -> None:
    assert learn([], SITE) is None
    assert learn(pages(0, 1), SITE) is None
    assert learn([page(article(0), number) for number in range(6)], SITE) is None


def test_nothing_is_learned_from_pages_that_share_nothing() -> None:
    different = [
        page(f"<html><body>{'<div>' * n}{article(n)}{'</div>' * n}</body></html>", n)
        for n in range(5)
    ]
    assert learn(different, SITE) is None


def test_nothing_is_learned_from_what_is_no_article() -> None:
    assert learn([page("<html><body><p>404</p></body></html>", n) for n in range(5)], SITE) is None


def test_learning_the_same_again_is_nothing_new() -> None:
    assert learn(pages(2, 3, 4, 5), SITE, PROFILE) is None


def test_after_a_redesign_the_old_layout_is_still_read() -> None:
    new = [page(redesigned(number), number) for number in range(4)]
    both = learn(new, SITE, PROFILE)
    assert both is not None
    assert both.number == 2
    assert len(both.layouts) == 2
    old = read(page(article(6), 6), SITE, profile=both)
    assert old.layout == 1
    assert old.article is not None
    assert [block.text for block in old.article.blocks] == text(6)
    assert read(new[0], SITE, profile=both).layout == 0


def test_two_templates_are_learned_side_by_side() -> None:
    mixed = [*pages(0, 1, 2), *(page(redesigned(number), number) for number in (3, 4, 5))]
    found = learn(mixed, SITE)
    assert found is not None
    assert len(found.layouts) == 2
    assert all(read(each, SITE, profile=found).layout is not None for each in mixed)


def test_selectors_of_the_site_file_win() -> None:
    named = Site.model_validate({**FACTS, "selectors": {"title": ["h2"], "body": ["ul"]}})
    reading = read(page(article(0)), named, profile=PROFILE)
    assert reading.article is not None
    assert reading.article.title == lead(0)
    assert text(0)[0] not in reading.article.text


def test_a_profile_survives_being_stored() -> None:
    assert from_json(as_json(PROFILE)) == PROFILE


def stored(**fields: object) -> str:
    return json.dumps({**json.loads(as_json(PROFILE)), **fields})


DEEP = {"path": ["div"] * 65, "marks": []}
LAYOUT = json.loads(as_json(PROFILE))["layouts"][0]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "[]",
        "{}",
        "[" * 100_000,
        '{"number": 1}',
        stored(number=True),
        stored(number=0),
        stored(number=2**40),
        stored(number="1"),
        stored(more=1),
        stored(layouts=[]),
        stored(layouts=[LAYOUT] * 5),
        stored(layouts=[{**LAYOUT, "title": None}]),
        stored(layouts=[{**LAYOUT, "title": DEEP}]),
        stored(layouts=[{**LAYOUT, "body": {"path": [], "marks": []}}]),
        stored(layouts=[{**LAYOUT, "body": {"path": ["html", "*"], "marks": []}}]),
        stored(layouts=[{**LAYOUT, "body": {"path": ["html", "p[1]|//a"], "marks": []}}]),
        stored(layouts=[{**LAYOUT, "body": {"path": ["html"], "marks": ["9.x"]}}]),
        stored(layouts=[{**LAYOUT, "body": {"path": ["html"], "marks": [["0.x"]]}}]),
        stored(layouts=[{**LAYOUT, "lead": []}]),
        stored(layouts=[LAYOUT], number=1) + " " * 60_000,
    ],
    ids=lambda text: text[:20],
)
def test_what_is_no_profile_is_refused(text: str) -> None:
    with pytest.raises(BrokenProfile):
        from_json(text)


@given(
    st.text(max_size=60) | st.recursive(st.none() | st.integers() | st.text(), st.lists).map(str)
)
def test_no_text_breaks_the_reading_of_a_profile(text: str) -> None:
    with pytest.raises(BrokenProfile):
        from_json(text)


def test_names_without_their_digits_are_marks() -> None:
    from crawlers.markup import parse

    tree = parse(
        b"<html><body><div id='main-7'><p class='post-123 story'>x</p></div></body></html>"
    )
    paragraph = tree.find(".//p")
    assert paragraph is not None
    assert shape_of(paragraph) == Shape(
        path=("html", "body", "div", "p"),
        marks=frozenset({"0.post-", "0.story", "1#main-"}),
    )


def test_no_layouts_fit_nothing() -> None:
    assert read(page(article(0)), SITE, profile=NO_PROFILE).layout is None
    elsewhere = Shape(path=("html", "body", "table"))
    odd = Profile(number=1, layouts=(Layout(title=elsewhere, body=elsewhere),))
    assert read(page(article(0)), SITE, profile=odd).layout is None
    assert replace(odd, number=2) != odd
