# ruff: noqa: E501
"""One door to reading: recorded-style pages of the six portals, hostile input, stability."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from crawlers.page import Page, Validators
from crawlers.site import Site
from crawlers.sitefile import load_site
from monitor.recording import listed
from pipelines.fingerprint import fingerprints
from pipelines.normalise import clean
from pipelines.reading import RECIPE, Reading, read

ROOT = Path(__file__).parents[1]
RECORDED = sorted(path.parent for path in (ROOT / "tests" / "pages").glob("*/*/expected.yml"))
LISTINGS = [one for one in RECORDED if "kind: listing" in (one / "expected.yml").read_text()]
CASES = [path for path in RECORDED if path not in LISTINGS]
NEUTRAL = Site.model_validate(
    {
        "name": "neutral",
        "title": "Neutral",
        "home": "https://example.org/",
        "verified": False,
        "articles": [{"path": ".*"}],
    }
)


class Known:
    """A memory that knows a few titles, and leads where they are given."""

    def __init__(self, *titles: str, leads: tuple[str, ...] = ()) -> None:
        self.titles = {clean(title) for title in titles}
        self.leads = {clean(lead) for lead in leads}
        self.asked: list[str] = []

    def is_known_title(self, text: str) -> bool:
        self.asked.append(text)
        return text in self.titles

    def is_known_lead(self, text: str) -> bool:
        return text in self.leads


def page(body: bytes, url: str = "https://example.org/a-b-c", kind: str = "text/html") -> Page:
    return Page(
        site="neutral",
        url=url,
        final_url=url,
        status=200,
        fetched_at=datetime(2026, 3, 1, tzinfo=UTC),
        body=body,
        content_type=kind,
        validators=Validators(),
    )


def read_case(folder: Path, body: bytes | None = None) -> Reading:
    meta = yaml.safe_load((folder / "meta.yml").read_text())
    site = load_site(ROOT / "config" / "sites" / f"{folder.parent.name}.yml")
    body = (folder / "page.html").read_bytes() if body is None else body
    return read(
        page(body, meta["url"], meta["content_type"]), site, Known(*meta.get("known_titles", ()))
    )


@pytest.mark.parametrize("folder", CASES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_portals_page_is_read_as_expected(folder: Path) -> None:
    expected = yaml.safe_load((folder / "expected.yml").read_text())
    reading = read_case(folder)
    assert reading.kind == expected["kind"], reading.reason
    article = reading.article
    assert article is not None
    for name in ("title", "lead", "author", "language", "published_at", "modified_at"):
        if name in expected:
            assert getattr(article, name) == expected[name], name
    assert article.captions == tuple(expected["captions"])
    assert len(article.blocks) == expected["blocks"], article.text
    assert list(article.tags) == expected.get("tags", list(article.tags))
    whole = "\n".join((article.title, article.lead, article.text))
    assert [part for part in expected["has"] if part not in whole] == []
    assert [part for part in expected["lacks"] if part in whole] == []
    assert article.recipe == f"{RECIPE}, profile 0"


@pytest.mark.parametrize("folder", LISTINGS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_portals_listing_gives_the_links_that_are_expected(folder: Path) -> None:
    expected = yaml.safe_load((folder / "expected.yml").read_text())
    meta = yaml.safe_load((folder / "meta.yml").read_text())
    site = load_site(ROOT / "config" / "sites" / f"{folder.parent.name}.yml")
    body = (folder / "page.html").read_bytes()
    links = listed(page(body, meta["url"], meta["content_type"]), site)
    assert len(links) == expected["number"]
    assert list(links[: len(expected["links"])]) == expected["links"]


@pytest.mark.parametrize("folder", CASES, ids=lambda path: path.parent.name)
def test_no_field_repeats_another(folder: Path) -> None:
    article = read_case(folder).article
    assert article is not None
    texts = [block.text for block in article.blocks]
    assert article.lead not in texts
    assert article.title not in texts
    assert not set(article.captions) & set(texts)


@pytest.mark.parametrize("folder", CASES, ids=lambda path: path.parent.name)
def test_every_figure_of_an_article_is_seen_to_change(folder: Path) -> None:
    before = read_case(folder).article
    assert before is not None
    body = (folder / "page.html").read_text()
    start = body.index("<body")
    for text in (block.text for block in before.blocks):
        edited = body[:start] + body[start:].replace(text[-12:], text[-12:-2] + "xoài" + text[-2:])
        after = read_case(folder, edited.encode()).article
        assert after is not None
        assert fingerprints(before).body != fingerprints(after).body, text


def test_memory_is_asked_for_short_lines_only_and_its_answer_counted() -> None:
    folder = ROOT / "tests" / "pages" / "baohatinh" / "article_with_teasers"
    reading = read_case(folder)
    assert reading.removed["title of another article"] == 1
    site = load_site(ROOT / "config" / "sites" / "baohatinh.yml")
    memory = Known()
    url = "https://baohatinh.vn/ngu-dan-loc-ha-trung-dam-ca-trich-post281234.html"
    read(page((folder / "page.html").read_bytes(), url), site, memory)
    assert memory.asked == ["Hà Tĩnh khởi công cầu vượt sông La trong quý II"]


def test_reading_a_page_twice_gives_the_same() -> None:
    for folder in CASES:
        assert read_case(folder) == read_case(folder)


def test_letters_composed_or_not_read_the_same() -> None:
    import unicodedata

    for folder in CASES:
        body = unicodedata.normalize("NFD", (folder / "page.html").read_text())
        one, other = read_case(folder).article, read_case(folder, body.encode()).article
        assert one is not None
        assert other is not None
        assert fingerprints(one) == fingerprints(other)


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", "empty"),
        (b"%PDF-1.4", "not_html"),
        (b"<html><body>" + b"<div>" * 100_000 + b"x", "not_html"),
        (b"<html><body>" + b"<p>x</p>" * 60_000, "not_html"),
        (b"<html><body>" + b"x" * 4_000_000, "not_html"),
        (b"<html>\x00\xff\xfe<p>\xc3\x28</p></body></html>", "empty"),
    ],
)
def test_hostile_bytes_give_a_kind_and_a_reason(body: bytes, kind: str) -> None:
    reading = read(page(body), NEUTRAL)
    assert reading.kind == kind
    assert reading.reason
    assert reading.article is None


PIECES = st.sampled_from(
    [
        "<p>", "</p>", "<div>", "</div>", "<h1>", "</h1>", "<a href='x'>", "</a>", "<table><tr><td>",
        "</table>", "<figure><img><figcaption>", "</figure>", "<br>", "<li>", "<time datetime='x'>",
        "<script type='application/ld+json'>", "</script>", '{"@type": "NewsArticle", "headline": 3}',
        "<meta property='og:title' content='Một tiêu đề'>", "<form>", "<aside>", "<header>",
        "Một câu văn dài vừa đủ để được coi là một đoạn của bài viết này.", "12/13/2024 25:61", "404",
        "﷽", "\u202e", "&#0;", "<h1 hidden>", "<blockquote>", "99999999999999999999",
    ]
)  # fmt: skip


@given(st.lists(PIECES, max_size=40))
def test_no_soup_of_tags_raises(pieces: list[str]) -> None:
    body = "<html><body>" + "".join(pieces) + "</body></html>"
    reading = read(page(body.encode("utf-8", "replace")), NEUTRAL)
    assert reading.reason
    assert (reading.article is not None) == (reading.kind == "article")


def test_another_articles_lead_is_a_teaser_only_behind_its_title() -> None:
    lead = "Cây cầu dài 420 mét nối hai bờ sông được hợp long sáng 2/3, sớm hơn kế hoạch ba tháng."
    link = "<p><a href='/cau-moi'>Hợp long cầu vượt sông Đáy</a></p>"
    body = "".join(
        f"<p>Đoạn {n} của bài, kể về hội nghị sáng nay ở tỉnh ta, rất dài.</p>" for n in range(5)
    )

    def text(inserted: str) -> str:
        html = (
            f"<h1>Hội nghị tổng kết quý I của tỉnh</h1><div>{body[:200]}</p>{inserted}{body}</div>"
        )
        found = read(
            page(f"<html><body>{html}</body></html>".encode()), NEUTRAL, Known(leads=(lead,))
        )
        assert found.article is not None
        return found.article.text

    assert lead not in text(f"{link}<p>{lead}</p>")
    assert lead in text(f"<p>{lead}</p>"), "the same sentence may be the article's own"
