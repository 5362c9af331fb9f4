"""Whatever a site sends, what is made of it is bounded: in size, in links, in the time it takes."""

import unicodedata
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy import Request
from scrapy.http import HtmlResponse

from crawlers import sources
from crawlers.answers import page_of
from crawlers.discovery import LONGEST_TITLE, article_link
from crawlers.feeds import read_feed
from crawlers.listings import read_listing
from crawlers.markup import parse
from crawlers.moments import read_moment
from crawlers.page import Page, Source, Validators
from crawlers.plain import MOST_MARKS, clean, composed, short, unescaped
from crawlers.site import Site
from crawlers.sources import Answer, Ask, Reader
from pipelines.normalise import comparable, fold, tone_neutral, unify_script

HOME = "https://baothu.example/"
SITE = Site.model_validate(
    {
        "name": "baothu",
        "title": "Báo Thử",
        "home": HOME,
        "verified": False,
        "articles": [
            {"path": r"/[^/]+/d(?P<published>\d{14,17})\.htm"},
            {"path": r"/[^/]+-(?P<id>\d+)\.html"},
        ],
    }
)
pytestmark = pytest.mark.timeout(60)


def feed(title: str, more: str = "") -> bytes:
    item = f"<item><title>{title}</title><link>{HOME}tin-1.html</link>{more}</item>"
    return f"<rss><channel>{item}</channel></rss>".encode()


MARKED = "à\u0316\u0344\u0f73\uff9e\u3099ế \u0301ộ—"


@given(st.text(alphabet=MARKED, max_size=90))
def test_composing_twice_is_composing_once(text: str) -> None:
    assert composed(composed(text)) == composed(text)
    assert clean(clean(text)) == clean(text)


@given(st.text(max_size=14))
def test_usual_text_is_composed_as_unicode_has_it(text: str) -> None:
    assert composed(text) == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize(
    "marks", ["\u0316\u0301", "\u0f73\u0f75", "\uff9e\u0301", "\u0323\u0302"], ids=ascii
)
@pytest.mark.parametrize("spell", [clean, comparable, fold, tone_neutral, unify_script])
def test_a_run_of_marks_is_cut(spell, marks: str) -> None:
    assert len(spell("a" + marks * 300_000)) <= 4 * MOST_MARKS + 1


def test_marks_that_meet_when_words_are_joined_are_cut_too() -> None:
    assert len(comparable("a" + (" " + "\u0316\u0301" * 15) * 20_000)) <= 2 * MOST_MARKS


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("&#" + "9" * 5_000 + ";x", "\ufffdx"),
        ("&#x" + "f" * 5_000 + ";x", "\ufffdx"),
        ("&#128512; &amp;#33; &#x41;", "😀 &#33; A"),
    ],
)
def test_references_to_no_character_are_undone_too(text: str, plain: str) -> None:
    assert unescaped(text) == plain


def test_what_a_server_said_is_told_plain_and_short() -> None:
    assert short("\x1b[31mred\n\u202e" + "x" * 9_000, 40) == "[31mred " + "x" * 30


@pytest.mark.parametrize(
    "text",
    [
        "Mon, 01 Jan 2024 00:00:00 +99999999999999999",
        "Mon, 01 Jan 99999999999 00:00:00 GMT",
        "Mon, 01 Jan 2024 99999999999999999999:00:00",
        "Mon, 01 Jan " + "9" * 5_000 + " 00:00:00",
        "(" * 1_000_000,
    ],
    ids=range(5),
)
def test_a_moment_beyond_all_calendars_is_none(text: str) -> None:
    assert read_moment(text, "Asia/Ho_Chi_Minh") is None
    (link,) = read_feed(feed("Tin", f"<pubDate>{text}</pubDate>"), HOME, SITE)
    assert link.published_at is None


@pytest.mark.parametrize("year", ["0001", "1989", "2100", "9999"])
def test_digits_of_another_age_are_no_time_of_publication(year: str) -> None:
    link = article_link(f"/a/d{year}0101000000000.htm", SITE, base=HOME)
    assert link is not None
    assert link.published_at is None
    near = article_link("/a/d20240101000000000.htm", SITE, base=HOME)
    assert near is not None
    assert near.published_at == datetime(2023, 12, 31, 17, tzinfo=UTC)


def test_an_address_longer_than_any_is_none() -> None:
    assert article_link("/" + "a" * 2_000_000 + "-1.html", SITE, base=HOME) is None
    assert article_link("/a" + "\u0316\u0301" * 500_000 + "-1.html", SITE, base=HOME) is None
    assert article_link("/" + "ế" * 1_000 + "-1.html", SITE, base=HOME) is None  # when quoted


@pytest.mark.parametrize(
    "title",
    ["<![CDATA[" + "<" * 1_000_000 + "]]>", "&amp;#" + "9" * 5_000 + ";", "tin " * 900_000],
    ids=["brackets", "reference", "long"],
)
def test_a_feeds_title_is_cut(title: str) -> None:
    (link,) = read_feed(feed(title), HOME, SITE)
    assert len(link.title) <= LONGEST_TITLE


def test_titles_within_titles_are_cut() -> None:
    links = "".join(f"<a href='/tin-{number}.html'><div>" for number in range(100))
    listing = read_listing(parse(f"<html>{links}{'tin ' * 500_000}".encode()), HOME, SITE)
    assert len(listing.links) == 100
    assert sum(len(link.title) for link in listing.links) <= 100 * LONGEST_TITLE
    items = "".join(f"<item><link>{HOME}a-{number}.html</link><title>" for number in range(100))
    nested = f"<rss>{items}{'tin ' * 500_000}{'</title></item>' * 100}</rss>"
    found = read_feed(nested.encode(), HOME, SITE)
    assert sum(len(link.title) for link in found) <= len(found) * LONGEST_TITLE


def test_a_title_after_much_white_space_is_found() -> None:
    page = f"<a href='/tin-1.html'>{' ' * 90_000}<b>\n{' ' * 90_000}</b><i>Tin mới</i></a>"
    (link,) = read_listing(parse(page.encode()), HOME, SITE).links
    assert link.title == "Tin mới"


NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def sitemap(number: int, links: int) -> Answer:
    urls = "".join(f"<url><loc>{HOME}a-{number}{n:06}.html</loc></url>" for n in range(links))
    body = f"<urlset>{urls}</urlset>".encode()
    return Answer(at=NOW, url=f"{HOME}{number}.xml", body=body, content_type="text/xml")


def test_a_run_lists_so_many_links_and_says_so_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "MAX_LISTED", 250)
    reader = Reader(SITE)
    asks = [
        Ask(source=Source(kind="sitemap", url=f"{HOME}{n}.xml"), url=f"{HOME}{n}.xml")
        for n in range(4)
    ]
    found = [reader.read(ask, sitemap(n, 100)) for n, ask in enumerate(asks)]
    assert [len(each.links or ()) for each in found] == [100, 100, 50, 0]
    assert ["250" in each.problem for each in found] == [False, False, True, False]
    assert found[2].reason == "too_large"
    assert not any(each.complete for each in found[2:])


@pytest.mark.parametrize(
    ("modified", "kept"),
    [
        ("Sun, 01 Mar 2026 11:59:58 GMT", False),
        ("Sun, 01 Mar 2026 11:00:00 GMT", True),
        ("yesterday", True),
    ],
)
def test_a_last_modified_that_is_only_the_moment_of_the_answer_is_dropped(
    modified: str, kept: bool
) -> None:
    headers = {"Date": "Sun, 01 Mar 2026 12:00:00 GMT", "Last-Modified": modified, "ETag": '"a"'}
    url = f"{HOME}tin-1.html"
    response = HtmlResponse(url, headers=headers, body=b"x", request=Request(url))
    page = page_of(response, url, SITE, NOW)
    assert isinstance(page, Page)
    assert page.validators == Validators(etag='"a"', last_modified=modified if kept else "")
