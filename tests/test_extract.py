"""Fields of an article, whatever stands around them."""

from datetime import UTC, datetime

import pytest

from crawlers.markup import parse
from crawlers.page import Page, Validators
from crawlers.site import Site
from pipelines.extract import Extraction, extract

URL = "https://bao.example.vn/mo-duong-moi-post123.html"
TITLE = "Khánh thành tuyến đường mới nối hai huyện miền núi"
LEAD = "Sáng nay, tỉnh khánh thành tuyến đường dài 12,5 km, phục vụ hơn 2.300 hộ dân vùng cao."
PARAGRAPHS = (
    "Dự lễ khánh thành có lãnh đạo hai huyện và đông đảo nhân dân các xã ven đường.",
    "Theo ban quản lý dự án, tổng mức đầu tư là 96 tỷ đồng, trong đó ngân sách tỉnh 60 tỷ đồng.",
    "Tuyến đường rộng 7,5 m, có hệ thống thoát nước và 210 cột đèn chiếu sáng.",
    "Việc đưa tuyến đường vào khai thác giúp rút ngắn 15 phút đi từ vùng cao ra quốc lộ.",
)


def site(**more: object) -> Site:
    return Site.model_validate(
        {
            "name": "bao",
            "title": "Báo Mẫu",
            "home": "https://bao.example.vn/",
            "verified": False,
            "articles": [{"path": ".*"}],
            **more,
        }
    )


def read(inside: str, head: str = "", **more: object) -> Extraction:
    body = f"<html><head>{head}</head><body>{inside}</body></html>".encode()
    page = Page(
        site="bao",
        url=URL,
        final_url=URL,
        status=200,
        fetched_at=datetime(2026, 3, 1, tzinfo=UTC),
        body=body,
        content_type="text/html; charset=utf-8",
        validators=Validators(),
    )
    return extract(parse(page.body, page.content_type), page, site(**more))


def html(extra: str = "", between: str = "", after: str = "") -> str:
    first, *rest = (f"<p>{text}</p>" for text in PARAGRAPHS)
    return (
        f"<h1>{TITLE}</h1><h2>{LEAD}</h2>{between}"
        f"<div class='b'>{first}{extra}{''.join(rest)}</div>{after}"
    )


HEAD = f"<meta property='og:description' content='{LEAD}'><title>{TITLE} | Báo Mẫu</title>"


def texts(extraction: Extraction) -> tuple[str, ...]:
    return tuple(block.text for block in extraction.article.blocks)


def test_title_lead_and_text_are_fields_of_their_own() -> None:
    article = read(html(), HEAD).article
    assert (article.title, article.lead) == (TITLE, LEAD)
    assert tuple(block.text for block in article.blocks) == PARAGRAPHS


def test_the_shown_title_wins_over_what_machines_are_told() -> None:
    head = HEAD + f"<meta property='og:title' content='{TITLE.replace('hai', 'ba')}'>"
    assert read(html(), head).article.title == TITLE


def test_a_site_name_in_h1_is_no_title() -> None:
    inside = (
        html().replace("<h1>", "<h1>Báo Mẫu</h1><h2>").replace(f"{TITLE}</h1>", f"{TITLE}</h2>")
    )
    assert read(inside, HEAD).article.title == TITLE


def test_a_title_that_is_shown_nowhere_comes_without_the_sites_name() -> None:
    inside = html().replace(f"<h1>{TITLE}</h1>", "")
    assert read(inside, HEAD).article.title == TITLE


def test_a_description_that_is_not_shown_is_no_lead() -> None:
    head = (
        "<meta property='og:description' content='Một lời giới thiệu không có trên trang này cả.'>"
    )
    article = read(html().replace(f"<h2>{LEAD}</h2>", ""), head).article
    assert article.lead == ""
    assert tuple(block.text for block in article.blocks) == PARAGRAPHS


def test_an_edited_lead_is_still_the_lead() -> None:
    edited = LEAD.replace("12,5", "125")
    assert read(html().replace(LEAD, edited), HEAD).article.lead == edited


CAPTION = "Các đại biểu cắt băng khánh thành tuyến đường. Ảnh: Minh Quang"


@pytest.mark.parametrize(
    "markup",
    [
        f"<figure><img src='a.jpg'><figcaption>{CAPTION}</figcaption></figure>",
        f"<table><tr><td><img src='a.jpg'></td></tr><tr><td><p>{CAPTION}</p></td></tr></table>",
        f"<div><img src='a.jpg'><p>{CAPTION}</p></div>",
        f"<div><img src='a.jpg'></div><p class='PhotoCaption'>{CAPTION}</p>",
        f"<p><img src='a.jpg'><br><em>{CAPTION}</em></p>",
    ],
)
def test_captions_in_every_manner(markup: str) -> None:
    extraction = read(html(extra=markup + markup), HEAD)
    assert extraction.article.captions == (CAPTION,)
    assert texts(extraction) == PARAGRAPHS


def test_a_paragraph_with_a_picture_is_no_caption() -> None:
    inside = html().replace("<p>Tuyến", "<p><img src='a.jpg'>Tuyến").replace("rộng", "rộng " * 80)
    assert read(inside, HEAD).article.captions == ()


ROWS = "".join(
    f"<li><a href='/{n}.html'>Một tin khác trong ngày, số {n}</a></li>" for n in range(5)
)
TEASERS = "".join(
    f"<section><h3><a href='/{n}.html'>Chuyện thứ {n} ở xã vùng cao</a></h3>"
    f"<p>Bà con phấn khởi đón điện lưới về bản sau nhiều năm chờ đợi, {n}.</p></section>"
    for n in range(3)
)


@pytest.mark.parametrize(
    "noise",
    [
        f"<p>Tin liên quan</p><ul>{ROWS}</ul>",
        "<p>Xem thêm: <a href='/x.html'>Giá lúa đầu vụ tăng nhẹ</a></p>",
        "<p><a href='/x.html'>Giá lúa đầu vụ tăng nhẹ ở vùng biển</a></p>",
        TEASERS,
        f"<div><div>Ban biên tập chọn</div><ul>{ROWS}</ul><div>Theo bạn đọc bình chọn</div></div>",
        "<div>Quảng cáo</div>",
        "<div>Lượt xem: 1.234</div><div>Bình luận (3)</div>",
        "<ul><li>Zalo</li><li>Facebook</li></ul>",
        "<aside><p>Bạn đọc gửi tin về toà soạn qua số điện thoại 0900 000 000.</p></aside>",
        "<div hidden>Một đoạn văn ẩn mà người đọc không nhìn thấy trên trang.</div>",
        "<div style='display: none'>Một đoạn văn ẩn khác mà người đọc không thấy.</div>",
    ],
)
def test_noise_in_or_after_the_text_is_not_read(noise: str) -> None:
    for inside in (html(extra=noise), html(after=noise), html(between=noise)):
        assert texts(read(inside, HEAD)) == PARAGRAPHS


RELATED = "<ul>" + '<li><a href="/tin-1.html">Một tin khác của tỉnh nhà</a></li>' * 3 + "</ul>"


def ending(inside: str) -> str:
    """The page with ``inside`` as the last of what holds the text."""
    start, end = html().rsplit("</div>", 1)
    return f"{start}{inside}</div>{end}"


def test_sections_of_the_site_behind_links_are_not_read() -> None:
    sections = "".join(f"<div>{name}</div>" for name in ("Di sản", "Nhân vật", "Tin tức"))
    assert texts(read(ending(RELATED + sections))) == texts(read(html()))


@pytest.mark.parametrize(
    "after", ["<p>Lan Anh</p>", "<p>Lan Anh</p><p>Ảnh: Minh</p><p>Mọi người đều vui.</p>"]
)
def test_a_signature_or_a_sentence_behind_links_stays(after: str) -> None:
    assert len(texts(read(ending(RELATED + after)))) > len(texts(read(html())))


def test_what_was_removed_is_counted_by_rule() -> None:
    removed = read(html(extra="<div>Quảng cáo</div><div>Quảng cáo</div>"), HEAD).removed
    assert removed["ad slot"] == 2


def test_wrappers_and_class_names_do_not_matter() -> None:
    plain = read(html(), HEAD).article
    wrapped = html().replace("class='b'", "class='zz9'")
    for _ in range(6):
        wrapped = f"<div><div class='q'>{wrapped}</div></div>"
    assert read(wrapped, HEAD).article == plain


def test_an_article_printed_twice_is_read_once() -> None:
    twice = html().replace("</div>", "".join(f"<p>{text}</p>" for text in PARAGRAPHS) + "</div>")
    assert texts(read(twice, HEAD)) == PARAGRAPHS


def test_a_body_in_two_wrappers_is_read_whole() -> None:
    first, *rest = (f"<p>{text * 2}</p>" for text in PARAGRAPHS * 2)
    halves = (
        f"<div>{first}{''.join(rest[:3])}</div><div>Quảng cáo</div><div>{''.join(rest[3:])}</div>"
    )
    found = texts(read(f"<main><h1>{TITLE}</h1>{halves}</main><ul>{ROWS}</ul>", HEAD))
    assert found[:4] == tuple(text * 2 for text in PARAGRAPHS)


@pytest.mark.parametrize("byline", ["{}", "By {}", "Bởi: {}"])
@pytest.mark.parametrize("place", ["between", "inside"])
def test_a_byline_that_is_only_shown_is_the_author(byline: str, place: str) -> None:
    def author(name: str) -> str:
        line = f"<div class='x'>{byline.format(name)}</div>"
        inside = html().replace("<div class='b'>", f"<div class='b'>{line}")
        extraction = read(html(between=line) if place == "between" else inside, HEAD)
        assert texts(extraction) == PARAGRAPHS
        return extraction.article.author

    assert (author("Mai Lan"), author("Đỗ Văn Hùng")) == ("Mai Lan", "Đỗ Văn Hùng")


@pytest.mark.parametrize("label", ["Nghe đọc bài", "120 lượt xem", "Báo Mẫu", "Facebook"])
def test_a_label_before_the_text_is_no_author(label: str) -> None:
    assert read(html(between=f"<div>{label}</div>"), HEAD).article.author == ""


SLIDES = tuple(f"Ảnh {n}: {text} {text}" for n, text in enumerate(PARAGRAPHS * 3, 1))


@pytest.mark.parametrize(
    "slide",
    [
        "<section><h2>Điểm đến</h2><div><p>{}</p></div></section>",
        "<li><div><div><div><b>Người thứ</b><p>{}</p></div></div></div></li>",
        "<div><h3>Hỏi đáp</h3><p>{}</p></div>",
    ],
)
@pytest.mark.parametrize("intro", ["", f"<div><p>{LEAD}</p></div>"])
def test_a_text_in_many_parts_of_one_shape_is_read_whole(slide: str, intro: str) -> None:
    parts = "".join(slide.format(text) for text in SLIDES)
    page = f"<main><article><h1>{TITLE}</h1>{intro}{parts}</article></main><ul>{ROWS}</ul>"
    found = texts(read(page))
    assert [text for text in SLIDES if text not in found] == []


ELSEWHERE = {
    "links": f"<h4>Tin khác</h4><ul>{ROWS}</ul>",
    "teasers": "".join(
        f"<div><h3><a href='/{n}'>Giá lúa đầu vụ tăng nhẹ ở miền trong {n}</a></h3>"
        f"<p>Người dân phấn khởi vì vụ mùa năm nay được giá hơn mọi năm {n}.</p></div>"
        for n in range(5)
    ),
}


@pytest.mark.parametrize("elsewhere", ELSEWHERE.values(), ids=ELSEWHERE)
@pytest.mark.parametrize("text_behind", [False, True], ids=["credits", "text"])
def test_what_stands_behind_the_text_does_not_tell_where_it_ends(
    elsewhere: str, *, text_behind: bool
) -> None:
    rest = "".join(f"<p>{text} (tiếp)</p>" for text in PARAGRAPHS)
    behind = f"<div>{rest}</div>" if text_behind else "<div>Ban biên tập và cộng sự</div>"
    page = f"<main><div>{html()}<div>{{}}</div>{behind}</div></main>"
    assert texts(read(page.format(elsewhere), HEAD)) == texts(read(page.format(""), HEAD))


def test_a_second_printing_of_the_title_hides_no_lead() -> None:
    lead = f"<p><b>{LEAD}</b></p>"
    pages = [
        html().replace(f"<h2>{LEAD}</h2>", "").replace("<div class='b'>", f"<div class='b'>{one}")
        for one in (lead, f"<div><div>{TITLE}</div></div>{lead}")
    ]
    assert [read(page).article.lead for page in pages] == [LEAD, LEAD]


def test_people_who_stand_deep_in_a_list_are_all_read() -> None:
    deep = "<li><div><div><div><div><p>{0}</p><p>{0} (tiếp)</p></div></div></div></div></li>"
    rows = "".join(deep.format(text) for text in SLIDES[:5])
    found = texts(read(f"<div><div><h1>{TITLE}</h1></div><ul>{rows}</ul></div><ul>{ROWS}</ul>"))
    assert [text for text in SLIDES[:5] if text not in found] == []


@pytest.mark.parametrize("place", ["between", "extra"])
def test_a_second_printing_of_the_title_changes_nothing(place: str) -> None:
    copy = f"<div class='small'><div>{TITLE}</div></div>"
    for lead in (HEAD, ""):
        article = read(html(**{place: copy}), lead).article
        assert (article.title, article.lead) == (TITLE, LEAD)
        assert article.blocks == read(html(), lead).article.blocks


def test_paragraphs_among_many_links_are_text() -> None:
    more = "".join(f"<p>{text} (tiếp)</p>" for text in PARAGRAPHS)
    links = f"<div><ul>{ROWS * 4}</ul></div>"
    first = "".join(f"<p>{text} {text}</p>" for text in PARAGRAPHS * 3)
    page = f"<main><h1>{TITLE}</h1><div><div>{first}</div><div>{more}{{}}</div></div></main>"
    assert texts(read(page.format(links), HEAD)) == texts(read(page.format(""), HEAD))


def test_a_sites_selectors_win() -> None:
    inside = html(after="<div class='real'><p>Bài ngắn.</p></div><b class='t'>Tên khác của bài</b>")
    article = read(inside, HEAD, selectors={"body": ["p.none", ".real"], "title": [".t"]}).article
    assert article.title == "Tên khác của bài"
    assert article.text == "Bài ngắn."


def test_a_selector_that_finds_nothing_leaves_the_page_to_structure() -> None:
    extraction = read(html(), HEAD, selectors={"body": [".gone"], "lead": [".gone"]})
    assert texts(extraction) == PARAGRAPHS
    assert extraction.article.lead == LEAD


def test_a_sites_noise_selector_leaves_elements_out() -> None:
    inside = html(
        extra="<div class='ad'><p>Mua ngay hôm nay để được giảm giá 50% mọi thứ.</p></div>"
    )
    rules = [{"why": "an advertisement", "selector": ".ad"}]
    assert texts(read(inside, HEAD, noise=rules)) == PARAGRAPHS
