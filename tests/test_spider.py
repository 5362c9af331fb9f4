"""A site is crawled from its sources to its pages, in a real process over real HTTP."""

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest
from loopback import HOME, SITE, Asked, Portal, Reply, crawl, html


@pytest.fixture
def portal() -> Iterator[Portal]:
    with Portal().open() as portal:
        yield portal


def xml(text: str) -> Reply:
    return Reply(text.encode(), headers={"Content-Type": "application/xml"})


def urlset(*urls: str) -> str:
    return "<urlset>" + "".join(f"<url><loc>{url}</loc></url>" for url in urls) + "</urlset>"


def index(*urls: str) -> str:
    maps = "".join(f"<sitemap><loc>{url}</loc></sitemap>" for url in urls)
    return f"<sitemapindex>{maps}</sitemapindex>"


def test_the_home_pages_articles_become_pages(tmp_path: Path, portal: Portal) -> None:
    portal.replies["/"] = html("/tin-mot-1.html", "/tin-hai-2.html?utm_source=home", "/lien-he")
    portal.replies["/tin-mot-1.html"] = Reply(
        "<p>Một</p>".encode(),
        headers={
            "Content-Type": "text/html; charset=utf-8",
            "ETag": 'W/"a b"',
            "Last-Modified": "Sun, 01 Mar 2026 00:00:00 GMT",
        },
    )
    portal.replies["/tin-hai-2.html"] = html(text="Hai")
    seen = crawl(tmp_path, portal)
    assert seen.links("home") == [f"{HOME}tin-mot-1.html", f"{HOME}tin-hai-2.html"]
    pages = {page["url"]: page for page in seen.pages}
    assert set(pages) == {f"{HOME}tin-mot-1.html", f"{HOME}tin-hai-2.html"}
    one = pages[f"{HOME}tin-mot-1.html"]
    assert one["body"] == "<p>Một</p>"
    assert (one["status"], one["conditional"]) == (200, False)
    assert one["final_url"] == one["url"]
    assert one["content_type"] == "text/html; charset=utf-8"
    assert one["validators"] == {
        "etag": 'W/"a b"',
        "last_modified": "Sun, 01 Mar 2026 00:00:00 GMT",
    }
    assert seen.failures == []
    assert (seen.reason, seen.status) == ("finished", 0)


def test_we_say_who_we_are_and_nothing_else(tmp_path: Path, portal: Portal) -> None:
    portal.replies["/"] = Reply(
        html("/tin-1.html").body, headers={"Content-Type": "text/html", "Set-Cookie": "a=b"}
    )
    crawl(tmp_path, portal, extra={"BAOWATCH_CONTACT": "mailto:us@baothu.example"})
    assert portal.paths()[0] == "/robots.txt"
    assert {asked.host for asked in portal.asked} == {"baothu.example"}
    for asked in portal.asked:
        assert asked.headers["User-Agent"].startswith("baowatch/")
        assert asked.headers["User-Agent"].endswith("(+mailto:us@baothu.example)")
        assert not {"Referer", "Cookie"} & set(asked.headers)


def test_every_kind_of_source_is_read_to_its_end(tmp_path: Path, portal: Portal) -> None:
    site = SITE + (
        "sources:\n"
        f"  - {{url: '{HOME}muc', kind: listing, pages: 3, next_page: '{HOME}muc?page={{page}}'}}\n"
        f"  - {{url: '{HOME}the', kind: listing, pages: 2}}\n"
        f"  - {{url: '{HOME}rss', kind: feed}}\n"
    )
    feed = "<rss><channel><item><title>Tin</title><link>{}</link></item></channel></rss>"
    autodiscovered = '<link rel="alternate" type="application/rss+xml" href="/home.rss">'
    robots = f"Sitemap: {HOME}index.xml\nSitemap: https://elsewhere.example/sitemap.xml"
    portal.replies |= {
        "/robots.txt": Reply(robots.encode()),
        "/": Reply(f"<head>{autodiscovered}</head><a href='/home-1.html'>a</a>".encode()),
        "/home.rss": xml(feed.format(f"{HOME}rss-2.html")),
        "/muc": html("/muc-3.html"),
        "/muc?page=2": html("/muc-4.html"),
        "/muc?page=3": html("/muc-5.html"),
        "/the": Reply(b"<a href='/the-6.html'>x</a><a rel='next' href='/the?trang=2'>2</a>"),
        "/the?trang=2": Reply(
            b"<a href='/the-7.html'>x</a><a rel='next' href='/the?trang=3'>3</a>"
        ),
        "/rss": Reply(b"<html><body><a href='/rss/news/thoi-su.rss'>RSS</a></body></html>"),
        "/rss/news/thoi-su.rss": xml(feed.format(f"{HOME}rss-8.html")),
        "/index.xml": xml(index(f"{HOME}a.xml", f"{HOME}b.xml.gz", "https://else.example/c.xml")),
        "/a.xml": xml(urlset(f"{HOME}map-9.html", "https://elsewhere.example/tin-1.html")),
        "/b.xml.gz": Reply(gzip.compress(urlset(f"{HOME}map-10.html").encode())),
    }
    seen = crawl(tmp_path, portal, site=site, extra={"BAOWATCH_TEST_ONLY_LIST": "1"})
    assert seen.failures == []
    assert seen.links("home") == [f"{HOME}home-1.html"]
    assert set(seen.links("feed")) == {f"{HOME}rss-2.html", f"{HOME}rss-8.html"}
    assert set(seen.links("listing")) == {f"{HOME}muc-{n}.html" for n in (3, 4, 5)} | {
        f"{HOME}the-6.html",
        f"{HOME}the-7.html",
    }
    assert set(seen.links("sitemap")) == {f"{HOME}map-9.html", f"{HOME}map-10.html"}
    assert {
        one["source"]["url"] for one in seen.listings if one["source"]["kind"] == "sitemap"
    } == {f"{HOME}index.xml"}
    pages = [(one["page"], one["complete"]) for one in seen.listings if "muc" in str(one["source"])]
    assert pages == [(1, False), (2, False), (3, True)]
    maps = [one["complete"] for one in seen.listings if one["source"]["kind"] == "sitemap"]
    assert maps == [False, True]
    assert "/sitemap.xml" not in portal.paths()
    assert len(portal.paths()) == len(set(portal.paths()))


def test_named_addresses_are_listed_without_a_source(tmp_path: Path, portal: Portal) -> None:
    portal.replies["/cu-7.html"] = html()
    site = SITE + "pages: ['http://www.baothu.example/cu-7.html?fbclid=1']\nlanguages: [vi]\n"
    seen = crawl(tmp_path, portal, site=site, origins={HOME: portal.origin})
    assert seen.links("pages") == ["https://www.baothu.example/cu-7.html"]


def test_with_an_address_given_only_that_is_asked_for(tmp_path: Path, portal: Portal) -> None:
    portal.replies |= {"/": html("/tin-1.html"), "/a-2.html": html(), "/b-3.html": html()}
    seen = crawl(tmp_path, portal, "-a", f"url={HOME}a-2.html,{HOME}b-3.html#top")
    assert seen.links("argument") == [f"{HOME}a-2.html", f"{HOME}b-3.html"]
    assert portal.paths() == ["/robots.txt", "/a-2.html", "/b-3.html"]


def test_a_304_reaches_us_as_one(tmp_path: Path, portal: Portal) -> None:
    def article(asked: Asked) -> Reply:
        known = asked.headers.get("If-None-Match") == '"v1"'
        return Reply(status=304, headers={"ETag": '"v1"'}) if known else html()

    portal.replies |= {"/": html("/tin-1.html"), "/tin-1.html": article}
    seen = crawl(tmp_path, portal, extra={"BAOWATCH_TEST_ETAG": '"v1"'})
    assert [(page["status"], page["conditional"]) for page in seen.pages] == [(304, True)]
    assert seen.pages[0]["body"] == ""


def test_validators_are_not_carried_over_a_redirect(tmp_path: Path, portal: Portal) -> None:
    def home(asked: Asked) -> Reply:
        return Reply(status=304) if "If-None-Match" in asked.headers else html("/tin-1.html")

    portal.replies |= {"/": home, "/tin-1.html": Reply(status=302, headers={"Location": "/"})}
    seen = crawl(tmp_path, portal, extra={"BAOWATCH_TEST_ETAG": '"v1"'})
    page = seen.pages[0]
    assert (page["status"], page["final_url"], page["conditional"]) == (200, HOME, False)
    assert page["url"] == f"{HOME}tin-1.html"


def test_a_second_look_goes_past_caches(tmp_path: Path, portal: Portal) -> None:
    portal.replies |= {"/": html("/tin-1.html"), "/tin-1.html": html()}
    crawl(tmp_path, portal, extra={"BAOWATCH_TEST_PAST_CACHES": "1"})
    headers = next(asked.headers for asked in portal.asked if asked.path == "/tin-1.html")
    assert headers["Cache-Control"] == "no-cache"


def test_every_status_is_a_page_or_a_named_failure(tmp_path: Path, portal: Portal) -> None:
    statuses = {1: 404, 2: 410, 3: 403, 4: 451, 5: 500, 6: 502, 7: 304, 8: 302, 9: 206}
    portal.replies["/"] = html(*(f"/tin-{number}.html" for number in statuses))
    for number, status in statuses.items():
        portal.replies[f"/tin-{number}.html"] = Reply(status=status)
    seen = crawl(tmp_path, portal)
    assert {page["url"][-6]: page["status"] for page in seen.pages} == {"1": 404, "2": 410}
    assert {url[-6]: reason for url, reason in seen.reasons().items()} == {
        "3": "blocked",
        "4": "blocked",
        "5": "server_error",
        "6": "server_error",
        "7": "unreadable",
        "8": "unreadable",
        "9": "unreadable",
    }
    assert portal.count("/tin-5.html") == 1


def test_a_source_that_fails_is_told_and_stops_no_other(tmp_path: Path, portal: Portal) -> None:
    site = SITE + (
        f"sources:\n  - {{url: '{HOME}rss', kind: feed}}\n  - {{url: '{HOME}gone', kind: feed}}\n"
    )
    portal.replies |= {
        "/": Reply(status=403),
        "/rss": Reply(b"Loi he thong"),
        "/sitemap.xml": xml(urlset(f"{HOME}tin-1.html")),
    }
    seen = crawl(tmp_path, portal, site=site, extra={"BAOWATCH_TEST_ONLY_LIST": "1"})
    assert seen.reasons() == {
        HOME: "blocked",
        f"{HOME}rss": "unreadable",
        f"{HOME}gone": "unreadable",
    }
    assert all(failure["source"]["url"] == failure["url"] for failure in seen.failures)
    assert seen.links("sitemap") == [f"{HOME}tin-1.html"]


def test_an_endless_sitemap_index_ends(tmp_path: Path, portal: Portal) -> None:
    class Endless(dict[str, Reply]):
        def get(self, path: str, default: Reply) -> Reply:  # type: ignore[override]
            if path.startswith("/sitemap"):
                number = sum(other.startswith("/sitemap") for other in portal.paths())
                children = [f"{HOME}sitemap-{number}-{child}.xml" for child in range(100)]
                return xml(index(f"{HOME}sitemap.xml", *children))
            return super().get(path, default)

    portal.replies = Endless()
    portal.replies["/"] = html()
    seen = crawl(tmp_path, portal, rate=6000)
    assert seen.reason == "finished"
    assert sum(path.startswith("/sitemap") for path in portal.paths()) <= 50
