# ruff: noqa: E501
"""What a page is, told before anything on it is believed."""

from datetime import UTC, datetime

import pytest

from crawlers.markup import parse
from crawlers.page import Page, Validators
from crawlers.recognise import Recognition, recognise, recognise_bytes
from crawlers.site import Site
from crawlers.structured import LONGEST_TEXT, read_structured, text_of
from crawlers.telltales import TELLTALES, find_telltale

ARTICLE = "https://bao.example.vn/mo-duong-moi-post123.html"
SITE = Site.model_validate(
    {
        "name": "bao",
        "title": "Báo Mẫu",
        "home": "https://bao.example.vn/",
        "verified": False,
        "articles": [{"path": r"/[^/]+-post\d+\.html"}],
    }
)
TEXT = "Sáng nay, tỉnh khánh thành tuyến đường dài 12,5 km nối hai huyện miền núi với quốc lộ. "
MENU = "".join(f"<li><a href='/muc-{n}'>Mục số {n}</a></li>" for n in range(12))


def page(body: str | bytes, url: str = ARTICLE, final: str = "", kind: str = "text/html") -> Page:
    return Page(
        site="bao",
        url=url,
        final_url=final or url,
        status=200,
        fetched_at=datetime(2026, 3, 1, tzinfo=UTC),
        body=body.encode() if isinstance(body, str) else body,
        content_type=kind,
        validators=Validators(),
    )


def told(
    body: str | bytes, url: str = ARTICLE, final: str = "", kind: str = "text/html"
) -> Recognition:
    answer = page(body, url, final, kind)
    return recognise_bytes(answer) or recognise(
        answer, SITE, parse(answer.body, answer.content_type)
    )


def html(inside: str, title: str = "Báo Mẫu", head: str = "") -> str:
    return (
        f"<!DOCTYPE html><html><head><title>{title}</title>{head}</head>"
        f"<body>{inside}</body></html>"
    )


def article(title: str, paragraphs: int = 6, text: str = TEXT) -> str:
    body = "".join(f"<p>{text * 2}{number}.</p>" for number in range(paragraphs))
    return html(f"<ul>{MENU}</ul><h1>{title}</h1><div>{body}</div>", title)


def listing(head: str = "") -> str:
    rows = "".join(
        f"<div><h3><a href='/tin-{n}-post{n}.html'>Chuyện thứ {n} ở xã vùng cao tỉnh ta</a></h3>"
        f"<p>{TEXT}</p></div>"
        for n in range(15)
    )
    return html(f"<ul>{MENU}</ul><h1>Thời sự</h1><main>{rows}</main>", "Thời sự", head)


HANGING = [
    ("empty", html("<h1>404" + " error" * 5_000 + "</h1><p>x</p>")),
    ("article", html("<h1>404" + " error" * 28 + " zz</h1>" + f"<p>{TEXT}</p>")),
    ("empty", html("<p>hi</p><script>D1N=1;" + " " * 200_000 + "</script>")),
    ("empty", html("<p>hi</p><script>" + "document " * 200_000 + "</script>")),
    ("empty", html(f"<p>{TEXT}</p>", "page " * 400_000)),
    ("empty", html(f"<p>{TEXT}</p>", "oops! lỗi error http " * 90_000)),
    ("truncated", f"<script></script>{'<style>' * 9_000}</style>{TEXT * 9_000}<style>"),
    ("empty", html("<p>a" + "\u0316\u0301" * 300_000 + f"{TEXT}</p>")),
]


@pytest.mark.timeout(60)
@pytest.mark.parametrize(("kind", "body"), HANGING, ids=range(len(HANGING)))
def test_no_text_keeps_us_busy(kind: str, body: str) -> None:
    assert told(body).kind == kind


@pytest.mark.timeout(60)
def test_what_a_page_tells_machines_is_cut() -> None:
    words = " ".join(map(str, range(100_000)))
    nested = '{"@type": "NewsArticle", "headline": ' + "[" * 900 + '"x"' + "]" * 900 + "}"
    wrapped = '{"a": "-->' + " " * 200_000 + 'x"}'
    number = '{"@type": "NewsArticle", "headline": "&#' + "9" * 5_000 + ';"}'
    scripts = "".join(
        f'<script type="application/ld+json">{text}</script>' for text in (nested, wrapped, number)
    )
    lines = "".join(f"<p>dòng văn bản thường số {number}</p>" for number in range(15_000))
    head = f'<meta property="og:title" content="{words}">{scripts}'
    tree = parse(html(lines, head=head).encode())
    structured = read_structured(tree)
    assert len(structured.first_meta("og:title")) <= LONGEST_TEXT
    assert [text_of(thing.get("headline")) for thing in structured.things] == ["", "", "\ufffd"]
    assert told(html(lines, head=head)).kind in ("article", "listing")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "utf-8-sig"])
def test_a_byte_order_mark_is_understood(encoding: str) -> None:
    body = article("Khánh thành tuyến đường mới nối hai huyện").encode(encoding)
    assert told(body).kind == "article"


def test_no_control_of_a_server_reaches_a_reason() -> None:
    found = told("x", kind="\x1b[31;1mtext/\x9b" + "q" * 15_000)
    assert found.kind == "not_html"
    assert len(found.reason) < 300
    assert found.reason.isprintable()


def test_an_article_is_an_article() -> None:
    assert told(article("Khánh thành tuyến đường mới nối hai huyện")).kind == "article"


@pytest.mark.parametrize(
    "title",
    [
        "Lỗi 404 là gì và cách khắc phục cho người dùng",
        "Captcha: vì sao bạn phải xác nhận không phải là robot",
        "Trang web giả mạo Bộ Công an đã bị gỡ sáng nay",
        "Page not found: the story of an error message",
        "Hệ thống đang bảo trì, người dân chờ nộp thuế",
    ],
)
def test_an_article_about_errors_is_an_article(title: str) -> None:
    assert told(article(title)).kind == "article"


def test_a_listing_under_an_articles_address_is_a_listing() -> None:
    found = told(listing())
    assert found.kind == "listing"
    assert "linked titles" in found.reason


def test_a_listing_that_calls_itself_an_article_is_a_listing() -> None:
    assert told(listing('<meta property="og:type" content="article">')).kind == "listing"


def test_a_marked_article_under_another_address_is_an_article() -> None:
    head = (
        '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "X y z"}</script>'
    )
    body = html(f"<h1>Một bài viết ở địa chỉ lạ</h1><div><p>{TEXT * 4}</p></div>", "X", head)
    assert told(body, "https://bao.example.vn/la-lung").kind == "article"


NOTICES = [
    ("block_page", html("<h1>Just a moment...</h1><p>Checking your browser.</p>", "Just a moment...")),
    ("block_page", html("<h1>Sorry, you have been blocked</h1>" + "<p>Ray ID: 1a2b</p>" * 9)),
    ("block_page", html("<h1>Access Denied</h1><p>Reference #18.2f</p>" + "<p>Please go.</p>" * 9)),
    ("block_page", html("<p>Your IP address 203.0.113.9 has been blocked by our system today.</p>")),
    ("block_page", html("<p>Vui lòng xác nhận bạn không phải là robot để tiếp tục truy cập trang.</p>")),
    ("block_page", html("<h2>Truy cập bị từ chối</h2><p>Vui lòng liên hệ quản trị viên.</p>" * 2)),
    ("block_page", html("<p>Please complete the CAPTCHA below to continue to the web site today.</p>")),
    ("block_page", html("<h1>Website đang bảo trì</h1><p>Xin quý độc giả quay lại sau ít phút.</p>")),
    ("block_page", html("<h1>403 Forbidden</h1><hr><center>nginx</center>" + "<p>x</p>" * 40, "403 Forbidden")),
    ("block_page", html("<p>Bạn đã gửi quá nhiều yêu cầu, xin vui lòng thử lại sau ít phút nữa nhé.</p>")),
    ("soft_404", html(f"<ul>{MENU}</ul><h1>404</h1><p>Xin quay về trang chủ để đọc tin khác.</p>")),
    ("soft_404", html(f"<ul>{MENU}</ul><h2>Không tìm thấy trang</h2><p>Trang bạn tìm đã đổi.</p>")),
    ("soft_404", html(f"<ul>{MENU}</ul><p>Trang bạn yêu cầu không tồn tại hoặc đã bị xóa.</p>")),
    ("soft_404", html(f"<ul>{MENU}</ul><p>Bài viết này không còn tồn tại trên hệ thống.</p>")),
    ("soft_404", html(f"<ul>{MENU}</ul><h1>Oops! Page not found</h1>", "Page not found")),
    ("soft_404", html(f"<ul>{MENU}</ul><p>The page you requested could not be found.</p>")),
    ("soft_404", html(f"<ul>{MENU}</ul><p>Sorry, this article is no longer available.</p>")),
    ("soft_404", html(f"<ul>{MENU}</ul><h1>الصفحة غير موجودة</h1>")),
    ("soft_404", html(f"<ul>{MENU}</ul><h1>صفحه مورد نظر یافت نشد</h1>")),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "body"), NOTICES)
def test_notices_with_status_200_are_named(kind: str, body: str) -> None:
    found = told(body)
    assert found.kind == kind
    assert "the page says" in found.reason


@pytest.mark.parametrize("telltale", TELLTALES, ids=lambda telltale: telltale.name)
def test_every_telltale_finds_its_sample(telltale) -> None:
    found = find_telltale(telltale.sample)
    assert found is not None
    assert found[0] is telltale


def test_a_notice_is_told_in_decomposed_letters_too() -> None:
    import unicodedata

    body = unicodedata.normalize(
        "NFD", html("<h1>Không tìm thấy trang</h1><p>Về trang chủ.</p>" * 3)
    )
    assert told(body).kind == "soft_404"


@pytest.mark.parametrize(
    "script",
    [
        'document.cookie="D1N=1f0e3dad99908345"; window.location.reload(true);',
        "function setCookie(n,v){document.cookie=n+'='+v}; setCookie('D1N','x'); location.href=location.href+'';",
        'document.cookie = "seen=1"; location.replace("/mo-duong-moi-post123.html");',
    ],
)
def test_a_cookie_wall_is_no_empty_article(script: str) -> None:
    found = told(f"<html><body><script>{script}</script></body></html>")
    assert found.kind == "cookie_wall"
    assert "loads the page again" in found.reason


def test_an_article_whose_scripts_set_cookies_is_an_article() -> None:
    script = "<script>document.cookie='a=1'; function f(){location.reload()}</script>"
    body = article("Khánh thành tuyến đường mới nối hai huyện").replace(
        "</body>", script + "</body>"
    )
    assert told(body).kind == "article"


@pytest.mark.parametrize(
    "body", [b"", b"   \r\n ", b"\xef\xbb\xbf", html(""), html("<p>Báo Mẫu</p>")]
)
def test_nothing_there_is_empty(body: str | bytes) -> None:
    assert told(body).kind == "empty"


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"%PDF-1.7 \x00\x01", "application/pdf"),
        (b"%PDF-1.7 <html><p>", "text/html"),
        (b"\x89PNG\r\n\x1a\n", "text/html"),
        (b"PK\x03\x04", ""),
        (b'{"title": "x"}', "text/html"),
        (b"<html><body>ok", "application/json"),
        (b'<?xml version="1.0"?><rss version="2.0"><channel/></rss>', "text/html"),
        (b"just words", "text/plain"),
    ],
)
def test_other_files_are_not_html(body: bytes, kind: str) -> None:
    assert told(body, kind=kind).kind == "not_html"


def test_a_redirect_to_the_front_page_is_no_article() -> None:
    found = told(listing(), final="https://bao.example.vn/")
    assert found.kind == "front_page"
    assert "https://bao.example.vn/" in found.reason


def test_a_body_cut_off_is_truncated_wherever_it_was_cut() -> None:
    whole = article("Khánh thành tuyến đường mới nối hai huyện").encode()
    start = whole.index(b"<h1>")
    kinds = {told(whole[:length]).kind for length in range(start + 120, len(whole) - 20, 97)}
    assert kinds == {"truncated"}


def test_closing_tags_that_html_allows_to_omit_are_no_truncation() -> None:
    body = f"<!DOCTYPE html><title>x</title><h1>Khánh thành tuyến đường mới</h1><p>{TEXT * 3}<p>{TEXT * 3}"
    assert told(body).kind == "article"
