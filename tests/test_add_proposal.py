"""The proposed file: it loads, says why, and obeys nothing that the portal says."""

import unicodedata
from datetime import UTC, date, datetime
from pathlib import Path

import lxml.html
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from crawlers.site import Site
from crawlers.sitefile import load_site
from monitor.adding.forms import Form, Forms, Refusal
from monitor.adding.looking import verdict
from monitor.adding.proposal import (
    Found,
    FoundSource,
    Proposal,
    articles_of,
    delay_of,
    languages_of,
    not_articles_of,
    notes_of,
    timezone_of,
    title_of,
)
from monitor.adding.titles import title_selector
from monitor.adding.writing import LONGEST, comment, site_file
from pipelines.article import Article, Block
from pipelines.reading import Reading

DAY = date(2026, 12, 1)
HOSTILE = st.text(
    alphabet=st.one_of(
        st.characters(), st.sampled_from("\n\r\u2028\x85\x1b\u202e\u2066'\"#:-{}[]&*!|>%@`\\\t")
    ),
    max_size=80,
)


def proposal(**given: object) -> Proposal:
    told: dict[str, object] = {
        "name": "bao",
        "title": Found(value="Báo", why="thử"),
        "home": Found(value="https://bao.example/", why="thử"),
        "languages": Found(value="vi", why="thử"),
        "timezone": Found(value="Asia/Ho_Chi_Minh", why="thử"),
        "articles": (Found(value=r"/[^/]+-\d{5,}\.html", why="3 of 3"),),
    }
    return Proposal(**{**told, **given})


def loaded(folder: Path, given: Proposal) -> Site:
    path = folder / "bao.yml"
    path.write_text(site_file(given, DAY), encoding="utf-8")
    return load_site(path)


def test_a_proposal_is_a_site_file(tmp_path: Path) -> None:
    given = proposal(
        not_articles=(Found(value=r"/chuyen\-muc", why="fetched, and a listing"),),
        sources=(FoundSource(url="https://bao.example/rss", kind="feed", why="5 links"),),
        title_selector=Found(value=".tieu-de", why="thử"),
        delay=Found(value="9", why="Crawl-delay of robots.txt"),
        notes=("NOT FOUND: neither feed nor sitemap.",),
    )
    site = loaded(tmp_path, given)
    assert (site.title, site.verified, site.delay) == ("Báo", False, 9.0)
    assert site.articles[0].path == r"/[^/]+-\d{5,}\.html"
    assert site.not_articles == (r"/chuyen\-muc",)
    assert site.sources[0].url == "https://bao.example/rss"
    assert site.selectors.title == (".tieu-de",)
    text = site_file(given, DAY)
    assert text.startswith("# yaml-language-server: $schema=../site.schema.json\n")
    assert "  # 3 of 3\n  - path: " in text
    assert text.endswith("# NOT FOUND: neither feed nor sitemap.\n")


@given(HOSTILE, HOSTILE, HOSTILE)
def test_no_words_of_a_portal_reach_beyond_their_line(title: str, why: str, note: str) -> None:
    form = Form(pattern="/a", number=1, fetched=1, articles=1, example=note)
    refused = Refusal(number=1, fetched=1, articles=0, example=why)
    given = proposal(
        title=title_of("bao.example", site_name=title, page_title=why),
        articles=articles_of(Forms(taken=(form,)), None),
        notes=notes_of(Forms(taken=(form,), refused=(refused,)), (), {note: 1}, {why: 2}),
        languages=languages_of([title, "vi"], why),
    )
    text = site_file(given, DAY)
    keys = yaml.safe_load(text)
    assert set(keys) == {"title", "home", "languages", "timezone", "verified", "articles"}
    assert isinstance(keys["title"], str)
    assert keys["articles"] == [{"path": "/a"}]
    assert "vi" in keys["languages"]
    assert all(isinstance(one, str) for one in keys["languages"])
    for line in text.split("\n"):
        assert line == "" or line.lstrip()[0] == "#" or ":" in line
        for letter in line:
            assert unicodedata.category(letter)[0] != "C" or letter in "\u200c\u200d"


def test_norwegian_is_a_language(tmp_path: Path) -> None:
    norwegian = Found(value="no vi", why="of 3 articles read: 3 in no")
    assert loaded(tmp_path, proposal(languages=norwegian)).languages == ("no", "vi")


@given(HOSTILE)
def test_a_comment_is_one_short_line(text: str) -> None:
    line = comment(text)
    assert line.startswith("#")
    assert len(line.splitlines()) == 1
    assert len(line) <= LONGEST + 3
    assert yaml.safe_load(line) is None


def test_what_was_not_found_says_what_to_do() -> None:
    assert "Write the paper's name" in title_of("bao.example", site_name="", page_title="").why
    assert languages_of([], "").why.startswith("NOT FOUND")
    assert timezone_of("bao.example", []).why.startswith("NOT FOUND")
    away = timezone_of("bao.vn", ['"2026-03-01T08:00:00+09:00"'])
    assert away.why.startswith("NOT SURE: articles give their times with +0900")
    assert any(
        note.startswith("NOT FOUND: neither feed") for note in notes_of(Forms(taken=()), (), {}, {})
    )


def test_sources_that_there_was_no_time_for_are_not_called_absent() -> None:
    notes = notes_of(Forms(taken=()), (), {}, {}, unasked=7)
    assert notes[0].startswith("NOT ASKED FOR: 7 sources")
    assert not any(note.startswith("NOT FOUND") for note in notes)


def test_evidence_is_what_pages_say() -> None:
    sure = timezone_of("bao.vn", ['{"datePublished":"2026-03-01T08:00:00+07:00"}'] * 3)
    assert sure.why == "3 articles give their times with +07:00"
    told = languages_of(["fa", "fa", "vi", ""], "vi")
    assert (told.value, told.why) == ("vi fa", "of 4 articles read: 2 in fa, 1 in vi")
    assert languages_of([], "en").value == "en"
    assert title_of("x", site_name="", page_title="Báo Ví Dụ - Tin tức nhanh nhất").value == "Báo Ví Dụ"  # fmt: skip  # noqa: E501
    assert delay_of(5.0) is None
    slow = delay_of(30.0)
    assert slow is not None
    assert slow.value == "30"
    listings = not_articles_of(Forms(taken=(), listings=("/nong-thon-moi.html",)))
    assert listings[0].value == r"/nong\-thon\-moi\.html"


def article_reading(characters: int, *, dated: bool = False) -> Reading:
    article = Article(
        site="bao",
        url="https://bao.example/x",
        title="Hội nghị",
        lead="",
        blocks=(Block(text="x" * characters),),
        published_at=DATED if dated else None,
    )
    return Reading(kind="article", reason="thử", article=article)


DATED = datetime(2026, 3, 1, tzinfo=UTC)
LISTING = Reading(kind="listing", reason="thử")
EMPTY = Reading(kind="empty", reason="thử")


@pytest.mark.parametrize(
    ("hinted", "unhinted", "kind"),
    [
        (article_reading(900), article_reading(900), "article"),
        (article_reading(900, dated=True), LISTING, "article"),
        (article_reading(900), LISTING, "unread"),  # only its address speaks for it
        (article_reading(90), article_reading(90), "unread"),
        (LISTING, LISTING, "listing"),
        (EMPTY, EMPTY, "unread"),
    ],
)
def test_an_address_alone_makes_no_article(hinted: Reading, unhinted: Reading, kind: str) -> None:
    assert verdict(hinted, unhinted) == kind


TITLES = ("Khánh thành đường ven hồ Đồng Thái", "Mùa thu hoạch nho ở Ninh Phước")


def page(title: str, *, name: str = "news-title", before: str = "") -> lxml.html.HtmlElement:
    return lxml.html.fromstring(
        f'<html><body>{before}<p class="{name} dau-trang">{title}</p><div>Nội dung</div>'
    )


def test_titles_stand_where_the_links_words_stand() -> None:
    pages = [(page(title), title.upper()) for title in TITLES]
    assert title_selector(pages) == ".news-title"
    assert title_selector(pages[:1]) == ""
    sections = [(page("Kinh tế"), "Kinh tế"), (page("Xã hội"), "Xã hội")]
    assert title_selector(sections) == ""
    other_first = '<p class="news-title">Báo điện tử</p>'
    covered = [(page(title, before=other_first), title) for title in TITLES]
    assert title_selector(covered) == ".dau-trang"
    linked = [(page(f'<a class="in" href="/x">{title}</a>', name="{}"), title) for title in TITLES]
    assert title_selector(linked) == ".dau-trang"
