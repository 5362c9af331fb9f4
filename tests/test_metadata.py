# ruff: noqa: E501
"""Author, dates, language, tags, canonical address: orders of trust."""

import pytest
from test_extract import HEAD, PARAGRAPHS, html, read

from pipelines.article import Article

LD = '<script type="application/ld+json">{}</script>'


def article(head: str = "", inside: str = "", **more: object) -> Article:
    return read(inside or html(), HEAD + head, **more).article


def published(head: str = "", inside: str = "", **more: object) -> str:
    moment = article(head, inside, **more).published_at
    return moment.isoformat() if moment else ""


@pytest.mark.parametrize(
    "thing",
    [
        '{"@type": "NewsArticle", "headline": "x", "datePublished": "2026-03-01T09:51:00+07:00"}',
        '[{"@type": "WebSite"}, {"@type": "Article", "datePublished": "2026-03-01T09:51:00"}]',
        '{"@graph": [{"@type": ["NewsArticle"], "datePublished": "2026-03-01T02:51:00Z",}]}',
        '{"@type": "NewsArticle", "headline": "a\nb", "datePublished": "2026-03-01 09:51"};',
        '<!-- {"@type": "http://schema.org/NewsArticle", "datePublished": "2026-03-01 09:51"} -->',
        '{"@type": "WebPage", "mainEntity": {"@type": "Article", "datePublished": "2026-03-01T09:51"}}',
    ],
)
def test_json_ld_in_the_forms_it_takes(thing: str) -> None:
    assert published(LD.format(thing)) == "2026-03-01T02:51:00+00:00"


@pytest.mark.parametrize(
    "thing", ["", "{", "[]", "null", "3", "{'a': 1}", '{"@type": {"a": []}}', "[" * 5000]
)
def test_broken_json_ld_is_passed_over(thing: str) -> None:
    assert article(LD.format(thing)).title


def test_the_order_of_trust_for_times() -> None:
    meta = "<meta property='article:published_time' content='2026-03-02T10:00:00+07:00'>"
    ld = LD.format('{"@type": "NewsArticle", "datePublished": "2026-03-01T09:51:00+07:00"}')
    shown = html().replace(
        "</h1>", "</h1><time datetime='2026-03-03T10:00+07:00'></time><i>04/03/2026</i>"
    )
    assert published(ld + meta, shown).startswith("2026-03-01")
    assert published(meta, shown).startswith("2026-03-02")
    assert published("", shown).startswith("2026-03-03T03:00")
    assert published("", shown.replace("datetime", "data-x")) == "2026-03-03T17:00:00+00:00"


def test_a_day_is_completed_by_a_time_of_the_same_day() -> None:
    ld = LD.format('{"@type": "NewsArticle", "datePublished": "2026-03-01"}')
    shown = html().replace("</h1>", "</h1><div>Chủ nhật, 01/03/2026 09:51</div>")
    assert published(ld, shown) == "2026-03-01T02:51:00+00:00"


def test_the_address_tells_the_time_when_nothing_else_does() -> None:
    form = [{"path": r"/.*-post(?P<published>\d+)\.html"}, {"path": ".*"}]
    assert published(articles=form) == ""  # 123 is no time
    assert published("<meta name='pubdate' content='2 giờ trước'>") == ""


def test_relative_times_are_no_time_of_publication() -> None:
    assert published("", html().replace("</h1>", "</h1><div>2 giờ trước</div>")) == ""


def test_times_of_teasers_are_not_the_articles() -> None:
    rows = "".join(f"<meta itemprop='datePublished' content='2026-03-0{n}'>" for n in (1, 2))
    assert published("", html(after=rows)) == ""


@pytest.mark.parametrize(
    ("head", "author"),
    [
        (LD.format('{"@type": "NewsArticle", "headline": "x", "author": {"name": "Thu Nguyệt"}}'), "Thu Nguyệt"),
        (LD.format('{"@type": "NewsArticle", "headline": "x", "author": ["A Nam", {"name": "B Bắc"}]}'), "A Nam, B Bắc"),
        ("<meta name='author' content='Tác giả: Thu Nguyệt'>", "Thu Nguyệt"),
        ("<meta name='author' content='BÁO MẪU'>", ""),
        ("<meta name='author' content='bao.example.vn'>", ""),
        ("<meta name='author' content='https://facebook.com/baomau'>", ""),
        (LD.format('{"@type": "NewsArticle", "headline": "x", "author": {"name": "Mẫu Online"}, "publisher": {"name": "Mẫu Online"}}'), ""),
    ],
)  # fmt: skip
def test_authors(head: str, author: str) -> None:
    assert article(head).author == author


def test_language_is_what_the_letters_say() -> None:
    arabic = "<p>وحضر حفل الافتتاح قادة المنطقة والبلديات الواقعة على ضفاف البحيرة وعدد كبير من السكان.</p>"
    persian = "<p>این کنفرانس به صورت آنلاین به چهار نقطه مرکزی کشور و همه استان‌ها متصل بود و گزارش شد.</p>"
    title = "<h1>Một tiêu đề dài vừa đủ cho bài</h1>"
    assert article().language == "vi"
    assert article("", title + f"<div>{arabic * 3}</div>").language == "ar"
    assert article("", title + f"<div>{persian * 3}</div>").language == "fa"


def test_tags_and_canonical_are_taken_as_claimed() -> None:
    head = (
        "<meta name='keywords' content='đường, cầu,  đường'><link rel='canonical' href='/a-b.html'>"
    )
    found = article(head)
    assert found.tags == ("đường", "cầu")
    assert found.canonical == "https://bao.example.vn/a-b.html"
    assert article("<link rel='canonical' href='javascript:alert(1)'>").canonical == ""
    assert article("<link rel='canonical' href='http://[bad/'>").canonical == ""
    assert len(found.blocks) == len(PARAGRAPHS)
