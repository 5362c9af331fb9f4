"""One canonical address and one key per article, however sources write it."""

import gzip
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.discovery import article_key, canonical_address, is_article, published_in_address
from crawlers.feeds import Unreadable, read_feed
from crawlers.listings import read_listing
from crawlers.markup import parse
from crawlers.moments import read_moment
from crawlers.site import ArticleAddress, Site
from crawlers.sitefile import load_site
from crawlers.sitemaps import read_sitemap

SITE = Site(
    name="baothu",
    title="Báo Thử",
    home="https://baothu.example/",
    hosts=("baothu.com.example",),
    verified=False,
    articles=(
        ArticleAddress(path=r"/[^/]+-(?P<id>\d{7})\.html"),
        ArticleAddress(path=r"/[^/]+/d(?P<published>\d{14,17})\.htm"),
        ArticleAddress(path=r"/xem\?nid=\d+.*"),
    ),
    not_articles=(r"/video/.*", r"/tag-\d+\.html"),
)
HOME = "https://baothu.example/"


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("http://baothu.example", HOME),
        ("HTTPS://BaoThu.Example:443/a?utm_source=x&fbclid=y#z", f"{HOME}a"),
        (f"{HOME}a?b=1&zarsrc=30&c=2&gclid=q", f"{HOME}a?b=1&c=2"),
        ("https://www.baothu.example/a", "https://www.baothu.example/a"),
        (f"{HOME}tin-1234567.html?page=2", f"{HOME}tin-1234567.html"),
        (f"{HOME}xem?nid=7&utm_campaign=x", f"{HOME}xem?nid=7"),
        (f"{HOME}%74in%2fa%3f", f"{HOME}tin%2Fa%3F"),
        (f"{HOME}hòa", f"{HOME}h%C3%B2a"),
        (f"{HOME}ho%CC%80a", f"{HOME}h%C3%B2a"),
        (f"{HOME}h%c3%b2a", f"{HOME}h%C3%B2a"),
        (f"{HOME}%ff100%", f"{HOME}%FF100%"),
        ("https://báo.example/a", "https://xn--bo-mia.example/a"),
        ("http://elsewhere.example:80/a", "http://elsewhere.example/a"),
        ("http://baothu.example:8080/a", "http://baothu.example:8080/a"),
        ("https://user:secret@baothu.example/a", f"{HOME}a"),
        (f"{HOME}a?", f"{HOME}a"),
    ],
)
def test_one_way_to_write_an_address(written: str, canonical: str) -> None:
    assert canonical_address(written, SITE) == canonical
    assert canonical_address(canonical, SITE) == canonical


@pytest.mark.parametrize(
    "wrong",
    ["", "/a", "javascript:alert(1)", "mailto:a@b.example", "http://", "http://[::1", "//a/b"],
)
def test_what_is_no_address_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        canonical_address(wrong, SITE)


@given(st.text(max_size=40), st.text(max_size=20))
def test_canonical_is_canonical(path: str, query: str) -> None:
    try:
        once = canonical_address(f"{HOME}{path}?{query}", SITE)
    except ValueError:
        return
    assert canonical_address(once, SITE) == once
    assert once.isascii()
    assert not urlsplit(once).fragment


@pytest.mark.parametrize(
    ("url", "key"),
    [
        (f"{HOME}ten-cu-1234567.html", "id:1234567"),
        ("http://www.baothu.com.example/ten-moi-1234567.html?x=1", "id:1234567"),
        (f"{HOME}muc/d20240625160152777.htm", "baothu.example/muc/d20240625160152777.htm"),
        ("http://www.baothu.example/muc/tin.htm#a", "baothu.example/muc/tin.htm"),
        (f"{HOME}xem?nid=7", "baothu.example/xem?nid=7"),
        (f"{HOME}gioi-thieu?a=1", "baothu.example/gioi-thieu?a=1"),
    ],
)
def test_an_articles_key_does_not_depend_on_how_it_is_written(url: str, key: str) -> None:
    assert article_key(url, SITE) == key


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (f"{HOME}tin-1234567.html", True),
        ("https://www.baothu.com.example/tin-1234567.html", True),
        (f"{HOME}xem?nid=7", True),
        (f"{HOME}xem", False),
        (f"{HOME}video/tin-1234567.html", False),
        (f"{HOME}tag-1234567.html", False),
        (f"{HOME}tin-123.html", False),
        ("https://baothu.example.elsewhere.example/tin-1234567.html", False),
        (HOME, False),
    ],
)
def test_patterns_and_hosts_say_what_an_article_is(url: str, expected: bool) -> None:
    assert is_article(url, SITE) is expected


def test_the_address_tells_the_time_in_the_sites_zone() -> None:
    url = f"{HOME}muc/d20240625160152777.htm"
    assert published_in_address(url, SITE) == datetime(2024, 6, 25, 9, 1, tzinfo=UTC)
    assert published_in_address(f"{HOME}muc/d20249925160152777.htm", SITE) is None


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-03-01T08:30:00+07:00", datetime(2026, 3, 1, 1, 30, tzinfo=UTC)),
        ("2026-03-01T08:30:00", datetime(2026, 3, 1, 1, 30, tzinfo=UTC)),
        ("2026-03-01", datetime(2026, 2, 28, 17, tzinfo=UTC)),
        ("Sun, 01 Mar 2026 08:30:00 +0700", datetime(2026, 3, 1, 1, 30, tzinfo=UTC)),
        ("Sun, 01 Mar 2026 08:30:00 GMT+7", datetime(2026, 3, 1, 1, 30, tzinfo=UTC)),
        ("Sun, 01 Mar 2026 01:30:00 GMT", datetime(2026, 3, 1, 1, 30, tzinfo=UTC)),
        ("Sun, 01 Mar 2026 08:30:00 -0000", datetime(2026, 3, 1, 1, 30, tzinfo=UTC)),
        ("0001-01-01T00:00:00", None),
        ("hôm qua", None),
        ("", None),
    ],
)
def test_moments_of_sources_are_read_in_the_sites_zone(text: str, moment: datetime | None) -> None:
    assert read_moment(text, "Asia/Ho_Chi_Minh") == moment


@given(st.text(max_size=60))
def test_no_text_upsets_the_reading_of_moments(text: str) -> None:
    moment = read_moment(text, "Asia/Ho_Chi_Minh")
    assert moment is None or moment.tzinfo is UTC


RSS = f"""<?xml version="1.0"?><rss version="2.0"><channel><title>Báo</title>
<item><title><![CDATA[ Tin &quot;một&quot; <b>mới</b> ]]></title>
<link> {HOME}tin-1234567.html?utm_source=rss </link>
<pubDate>Sun, 01 Mar 2026 08:30:00 +0700</pubDate></item>
<item><title>Trang khác</title><link>https://elsewhere.example/tin-7654321.html</link></item>
<item><guid>{HOME}tin-2222222.html</guid></item></channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>Tin</title>
<link rel="self" href="{HOME}x"/><link href="/tin-1234567.html"/>
<updated>2026-03-01T08:30:00+07:00</updated></entry></feed>"""
RDF = f"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><item><title>Tin</title>
<link>{HOME}tin-1234567.html</link><dc:date>2026-03-01T08:30:00+07:00</dc:date></item></rdf:RDF>"""


def test_an_rss_feed_gives_the_sites_articles() -> None:
    first, second = read_feed(RSS.encode(), f"{HOME}rss", SITE)
    assert (first.url, first.key) == (f"{HOME}tin-1234567.html", "id:1234567")
    assert first.title == 'Tin "một" mới'
    assert first.published_at == datetime(2026, 3, 1, 1, 30, tzinfo=UTC)
    assert second.url == f"{HOME}tin-2222222.html"


@pytest.mark.parametrize("feed", [ATOM, RDF])
def test_atom_and_rdf_are_feeds_too(feed: str) -> None:
    (link,) = read_feed(feed.encode(), f"{HOME}rss", SITE)
    assert link.url == f"{HOME}tin-1234567.html"
    moment = datetime(2026, 3, 1, 1, 30, tzinfo=UTC)
    assert moment in (link.published_at, link.modified_at)


def test_a_broken_feed_gives_what_can_be_read() -> None:
    broken = RSS.replace("<title>Trang khác</title>", "<title>Tin & tức &nbsp; </b>")
    assert len(read_feed(broken.encode(), f"{HOME}rss", SITE)) >= 1


@pytest.mark.parametrize("body", [b"", b"   ", b"\x89PNG\r\n", b"<html><p>x</p></html>", b"{}"])
def test_what_is_no_feed_or_sitemap_says_so(body: bytes) -> None:
    with pytest.raises(Unreadable):
        read_feed(body, HOME, SITE)
    with pytest.raises(Unreadable):
        read_sitemap(body, HOME, SITE)


def test_entities_are_neither_fetched_nor_expanded(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("tin-mat")
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    feed = f"""<!DOCTYPE rss [<!ENTITY l0 "ha"><!ENTITY file SYSTEM "{secret.as_uri()}">{laughs}]>
    <rss><channel><item><title>&l9;&file;</title><link>{HOME}tin-1234567.html</link></item>
    </channel></rss>"""
    for link in read_feed(feed.encode(), HOME, SITE):
        assert "tin-mat" not in link.title
        assert len(link.title) < 1000


def test_a_news_sitemap_gives_titles_and_times() -> None:
    sitemap = f"""<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
    xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url>
    <loc>{HOME}tin-1234567.html</loc><lastmod>2026-03-02</lastmod><news:news>
    <news:publication_date>2026-03-01T08:30:00+07:00</news:publication_date>
    <news:title>Tin mới</news:title></news:news></url><url><loc>{HOME}</loc></url></urlset>"""
    (link,) = read_sitemap(gzip.compress(sitemap.encode()), HOME, SITE).links
    assert link.title == "Tin mới"
    assert link.published_at == datetime(2026, 3, 1, 1, 30, tzinfo=UTC)
    assert link.modified_at == datetime(2026, 3, 1, 17, tzinfo=UTC)


def test_an_index_gives_its_files_newest_first_and_on_the_sites_hosts_only() -> None:
    entries = [("a", "2026-01-01"), ("b", "2026-03-01"), ("c", ""), ("b", "2026-03-01")]
    maps = "".join(
        f"<sitemap><loc>{HOME}{name}.xml</loc><lastmod>{day}</lastmod></sitemap>"
        for name, day in entries
    )
    foreign = "<sitemap><loc>https://169.254.169.254/x.xml</loc></sitemap>"
    index = f"<sitemapindex>{foreign}{maps}</sitemapindex>"
    children = read_sitemap(index.encode(), HOME, SITE).children
    assert [child.url for child in children] == [f"{HOME}{name}.xml" for name in "bac"]


def test_a_gzip_bomb_of_a_sitemap_is_refused() -> None:
    bomb = gzip.compress(b"<urlset>" + bytes(30_000_000))
    with pytest.raises(Unreadable, match="unpacked"):
        read_sitemap(bomb, HOME, SITE)
    with pytest.raises(Unreadable, match="gzip"):
        read_sitemap(b"\x1f\x8bnothing", HOME, SITE)


def test_a_listing_gives_each_article_once_with_its_title() -> None:
    page = b"""<base href="/muc/"><a href="/tin-1234567.html"><img></a>
    <a href="/tin-1234567.html?utm_source=box">Tin  hay</a>
    <a href="../tin-1234567.html">Xem</a>
    <a href="/video/tin-1234567.html">x</a><a href="http://[bad">x</a><a>y</a>
    <a rel="nofollow next" href="?page=2">2</a>
    <a href="/rss/thoi-su.rss">RSS</a><a href="https://elsewhere.example/a.rss">RSS</a>"""
    listing = read_listing(parse(page), f"{HOME}x/y", SITE)
    assert [(link.url, link.title) for link in listing.links] == [
        (f"{HOME}tin-1234567.html", "Tin hay")
    ]
    assert listing.next_page == f"{HOME}muc/?page=2"
    assert listing.feeds == (f"{HOME}rss/thoi-su.rss",)


SITES = Path(__file__).parents[1] / "config" / "sites"


@pytest.mark.parametrize(
    ("site", "url", "key"),
    [
        (
            "baoninhbinh",
            "https://baoninhbinh.org.vn/ban-chi-dao-35/d20240625160152777.htm",
            "baoninhbinh.org.vn/ban-chi-dao-35/d20240625160152777.htm",
        ),
        (
            "baoninhbinh",
            "http://baoninhbinh.org.vn/tin-cu-20180131022927642p1c5.htm",
            "baoninhbinh.org.vn/tin-cu-20180131022927642p1c5.htm",
        ),
        (
            "svhttdl_dienbien",
            "https://svhttdl.dienbien.gov.vn/portal/Pages/2025-5-9/Tang-cuong.aspx",
            "svhttdl.dienbien.gov.vn/portal/Pages/2025-5-9/Tang-cuong.aspx",
        ),
        (
            "vietnamvn",
            "https://www.vietnam.vn/ar/tinh-ninh-binh-hop",
            "vietnam.vn/ar/tinh-ninh-binh-hop",
        ),
        (
            "baoninhthuan",
            "http://baoninhthuan.com.vn/news/12345p24c34/tin.htm",
            "baoninhthuan.com.vn/news/12345p24c34/tin.htm",
        ),
        (
            "baoninhthuan",
            "https://baokhanhhoa.vn/chinh-tri/202507/tin-moi-abc123/",
            "baokhanhhoa.vn/chinh-tri/202507/tin-moi-abc123/",
        ),
        ("baoquangninh", "https://baoquangninh.com.vn/tin-moi-3291234.html", "id:3291234"),
        ("baohatinh", "https://baohatinh.vn/tin-post123.html", "baohatinh.vn/tin-post123.html"),
    ],
)
def test_the_shipped_files_know_their_articles(site: str, url: str, key: str) -> None:
    portal = load_site(SITES / f"{site}.yml")
    assert is_article(canonical_address(url, portal), portal)
    assert article_key(url, portal) == key


@pytest.mark.parametrize(
    ("site", "path"),
    [
        ("baoninhbinh", "s/ninh-binh?page=2"),
        ("svhttdl_dienbien", "portal/Pages/Tin-tuc.aspx?PageIndex=2"),
        ("vietnamvn", "ar"),
        ("baohatinh", "du-lich-tag12.html"),
        ("baohatinh", "tv/thoi-su-post12.html"),
        ("baoquangninh", "thoi-su"),
    ],
)
def test_the_shipped_files_take_no_listing_for_an_article(site: str, path: str) -> None:
    portal = load_site(SITES / f"{site}.yml")
    assert not is_article(portal.home + path, portal)
