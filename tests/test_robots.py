"""robots.txt as RFC 9309 has it, over real HTTP and as pure rules."""

import gzip
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from loopback import HOME, Portal, Reply, crawl, html

from crawlers import robots
from crawlers.robots import RobotsCopy

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def portal() -> Iterator[Portal]:
    with Portal().open() as portal:
        portal.replies |= {"/": html("/tin-1.html"), "/tin-1.html": html()}
        yield portal


@pytest.mark.parametrize("status", [404, 403, 410, 401])
def test_4xx_means_there_are_no_rules(status: int) -> None:
    copy = robots.settled(status, b"User-agent: *\nDisallow: /", NOW)
    assert copy is not None
    assert robots.rules(copy.body).allows(f"{HOME}tin-1.html")


@pytest.mark.parametrize("status", [500, 503, 429, 0])
def test_what_is_no_answer_settles_nothing(status: int) -> None:
    assert robots.settled(status, b"User-agent: *\nAllow: /", NOW) is None


def test_rules_for_us_go_before_rules_for_all() -> None:
    body = b"""\xef\xbb\xbfUser-agent: *
Disallow: /

User-agent: baowatch
Disallow: /rieng/
Crawl-delay: 7
Sitemap: https://baothu.example/s.xml
"""
    rules = robots.rules(body)
    assert rules.allows(f"{HOME}tin-1.html")
    assert not rules.allows(f"{HOME}rieng/1.html")
    assert rules.crawl_delay == 7
    assert rules.sitemaps == (f"{HOME}s.xml",)


@pytest.mark.parametrize(
    "body", [b"<html><body>Khong tim thay</body></html>", b"\xff\x00\xfe", b""]
)
def test_what_holds_no_rules_allows_all(body: bytes) -> None:
    assert robots.rules(body).allows(HOME)
    assert robots.rules(body).crawl_delay == 0


@pytest.mark.parametrize(
    ("asked", "kept"), [("1e300", 86_400), ("inf", 0), ("nan", 0), ("-5", 0), ("2.5", 2.5)]
)
def test_a_crawl_delay_is_kept_within_reason(asked: str, kept: float) -> None:
    assert robots.rules(f"User-agent: *\nCrawl-delay: {asked}\n".encode()).crawl_delay == kept


def test_rules_beyond_500_kib_are_not_read() -> None:
    body = b"#" * robots.MAX_BYTES + b"\nUser-agent: *\nDisallow: /\n"
    assert robots.rules(body).allows(HOME)


def test_a_copy_serves_for_a_day() -> None:
    copy = RobotsCopy(body=b"", fetched_at=NOW)
    assert robots.may_serve(copy, NOW + timedelta(hours=24))
    assert not robots.may_serve(copy, NOW + timedelta(hours=24, seconds=1))
    assert not robots.may_serve(copy, NOW - timedelta(seconds=1))


def test_with_robots_answering_503_nothing_is_fetched(tmp_path: Path, portal: Portal) -> None:
    allowing = b"User-agent: *\nAllow: /\n"
    portal.replies["/robots.txt"] = Reply(allowing, status=503, headers={"Retry-After": "1"})
    seen = crawl(tmp_path, portal)
    assert set(portal.paths()) == {"/robots.txt"}
    assert seen.reasons()[HOME] == "robots_unreachable"
    assert "503" in seen.failures[0]["detail"]


def test_a_copy_of_today_may_serve_while_robots_is_down(tmp_path: Path, portal: Portal) -> None:
    portal.replies["/robots.txt"] = Reply(status=500)
    copies = ("-s", "BAOWATCH_ROBOTS_COPIES=loopback.KeptCopies")
    seen = crawl(tmp_path, portal, *copies)
    assert [page["url"] for page in seen.pages] == [f"{HOME}tin-1.html"]
    assert seen.reasons() == {f"{HOME}sitemap.xml": "robots_forbids"}


def test_a_copy_of_an_hour_ago_is_not_asked_for_again(tmp_path: Path, portal: Portal) -> None:
    copies = ("-s", "BAOWATCH_ROBOTS_COPIES=loopback.FreshCopies")
    seen = crawl(tmp_path, portal, *copies)
    assert "/robots.txt" not in portal.paths()
    assert seen.reasons() == {f"{HOME}sitemap.xml": "robots_forbids"}


def test_of_an_endless_robots_the_first_500_kib_are_rules(tmp_path: Path, portal: Portal) -> None:
    sent: list[int] = []

    def endless() -> Iterator[bytes]:
        yield b"User-agent: *\nDisallow: /sitemap.xml\n"
        for _ in range(200):
            yield b"# aaaaaaaaaaaaa\n" * 65_536
            sent.append(1)

    headers = {"Content-Type": "text/plain", "Content-Length": "200000000"}
    portal.replies["/robots.txt"] = lambda _: Reply(endless(), headers=headers)
    seen = crawl(tmp_path, portal)
    assert [page["url"] for page in seen.pages] == [f"{HOME}tin-1.html"]
    assert seen.reasons() == {f"{HOME}sitemap.xml": "robots_forbids"}
    assert len(sent) < 100


def test_what_robots_forbids_is_not_fetched_and_redirects_are_followed(
    tmp_path: Path, portal: Portal
) -> None:
    portal.replies["/robots.txt"] = Reply(status=301, headers={"Location": "/r.txt"})
    rules = gzip.compress(b"User-agent: *\nDisallow: /tin-1\nDisallow: /sitemap.xml\n")
    portal.replies["/r.txt"] = Reply(rules, headers={"Content-Encoding": "gzip"})
    seen = crawl(tmp_path, portal)
    assert portal.paths() == ["/robots.txt", "/r.txt", "/"]
    assert seen.reasons()[f"{HOME}tin-1.html"] == "robots_forbids"


def test_robots_that_only_redirects_in_circles_counts_as_absent(
    tmp_path: Path, portal: Portal
) -> None:
    portal.replies["/robots.txt"] = Reply(status=302, headers={"Location": "/robots.txt"})
    seen = crawl(tmp_path, portal)
    assert len(seen.pages) == 1
    assert portal.count("/robots.txt") == 6
