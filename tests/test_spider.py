"""A site is crawled from its sources to its pages, in a real process over real HTTP."""

import gzip
from pathlib import Path

import pytest
from loopback import HOME, SITE, Asked, Portal, Reply, crawl, html


@pytest.fixture
def portal():
    with Portal().open() as portal:
        yield portal


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
    assert one["status"] == 200
    assert one["final_url"] == one["url"]
    assert one["validators"] == {
        "etag": 'W/"a b"',
        "last_modified": "Sun, 01 Mar 2026 00:00:00 GMT",
    }
    assert seen.failures == []
    assert seen.reason == "finished"
    assert portal.asked[0].path == "/robots.txt"
    assert {asked.host for asked in portal.asked} == {"baothu.example"}
    assert "baowatch/" in portal.asked[0].headers["User-Agent"]
    assert "(+http" in portal.asked[0].headers["User-Agent"]
    assert not any("Referer" in asked.headers for asked in portal.asked)
    assert not any("Cookie" in asked.headers for asked in portal.asked)
