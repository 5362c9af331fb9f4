"""A site is asked one thing at a time, not too often, and left alone when it says so."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import pairwise
from pathlib import Path

import pytest
from loopback import HOME, SITE, Asked, Portal, Reply, crawl, html

from crawlers import politeness
from crawlers.politeness import Allowance

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.fixture
def portal() -> Iterator[Portal]:
    with Portal().open() as portal:
        yield portal


@pytest.mark.parametrize(
    ("value", "span"),
    [
        ("120", 120 * SECOND),
        (" 0 ", timedelta()),
        (format_datetime(NOW + 90 * SECOND, usegmt=True), 90 * SECOND),
        (format_datetime(NOW - 90 * SECOND, usegmt=True), timedelta()),
        ("", politeness.PAUSE_WHEN_BUSY),
        ("soon", politeness.PAUSE_WHEN_BUSY),
        ("-5", politeness.PAUSE_WHEN_BUSY),
        ("9" * 400, politeness.LONGEST_MEMORY),
        ("9" * 5_000, politeness.LONGEST_MEMORY),
        ("Mon, 01 Jan 2024 00:00:00 +99999999999999999", politeness.PAUSE_WHEN_BUSY),
        ("Mon, 01 Jan 99999999999 00:00:00 GMT", politeness.PAUSE_WHEN_BUSY),
        ("Fri, 31 Dec 2199 23:59:59 GMT", politeness.LONGEST_MEMORY),
    ],
)
def test_retry_after_is_seconds_or_a_date_within_reason(value: str, span: timedelta) -> None:
    assert politeness.retry_after(value, NOW) == span


def test_no_hour_holds_more_requests_than_were_granted_wherever_it_begins() -> None:
    allowance = Allowance()
    granted: list[datetime] = []
    for step in range(0, 6 * 3600, 20):
        now = NOW + step * SECOND
        allowance = politeness.in_this_hour(allowance, now)
        if allowance.hour_requests < 9:
            allowance = politeness.asked(allowance, now)
            granted.append(now)
    for begin in granted:
        assert sum(begin <= one <= begin + 3600 * SECOND for one in granted) <= 9
    assert len(granted) >= 5 * 9  # and hardly fewer than were granted


def test_a_clock_set_back_forgets_what_is_yet_to_come() -> None:
    spent = politeness.asked(politeness.asked(Allowance(), NOW), NOW)
    assert politeness.in_this_hour(spent, NOW).hour_requests == 2
    assert politeness.in_this_hour(spent, NOW - 60 * SECOND).hour_requests == 0
    told = politeness.not_before(Allowance(), NOW + 30 * 86400 * SECOND)
    assert not politeness.remaining(told, NOW)


def test_nothing_shortens_a_wait() -> None:
    told = politeness.not_before(Allowance(), NOW + 600 * SECOND)
    later = politeness.not_before(told, NOW + 5 * SECOND)
    assert politeness.remaining(later, NOW) == 600 * SECOND


def test_one_request_at_a_time_with_the_delay_after_each_answer(
    tmp_path: Path, portal: Portal
) -> None:
    rate = 20.0
    site = SITE.replace("delay: 2", "delay: 4") + "hosts: [tin.baothu.example]\n"
    other = "https://tin.baothu.example/"
    portal.replies["/"] = html("/tin-1.html", f"{other}tin-2.html", "/tin-3.html")

    def slow(_: Asked) -> Reply:
        time.sleep(1)  # longer than the delay, so that only the turn keeps others away
        return html()

    portal.replies |= {f"/tin-{number}.html": slow for number in (1, 2, 3)}
    origins = {HOME: portal.origin, other: portal.origin}
    eager = ["-s", "CONCURRENT_REQUESTS=16", "-s", "CONCURRENT_REQUESTS_PER_DOMAIN=16"]
    seen = crawl(tmp_path, portal, *eager, site=site, origins=origins, rate=rate)
    assert len(seen.pages) == 3
    assert portal.at_once == 1
    gaps = [later.began - earlier.ended for earlier, later in pairwise(portal.asked)]
    assert len(gaps) >= 6
    assert min(gaps) >= 4 / rate * 0.9  # the answer ends a little earlier over there


def test_crawl_delay_of_robots_is_kept(tmp_path: Path, portal: Portal) -> None:
    rate = 60.0
    portal.replies["/robots.txt"] = Reply(b"User-agent: *\nCrawl-delay: 30\n")
    portal.replies["/"] = html("/tin-1.html")
    portal.replies["/tin-1.html"] = html()
    crawl(tmp_path, portal, rate=rate)
    gaps = [later.began - earlier.ended for earlier, later in pairwise(portal.asked)]
    assert len(gaps) >= 2  # robots.txt is one of them
    assert min(gaps) >= 30 / rate * 0.9


def test_retry_after_is_waited_for_and_the_request_tried_once_more(
    tmp_path: Path, portal: Portal
) -> None:
    rate = 60.0
    busy = Reply(status=503, headers={"Retry-After": "60"})

    def first_busy(_: Asked) -> Reply:
        return busy if portal.count("/tin-1.html") == 1 else html()

    portal.replies |= {"/": html("/tin-1.html", "/tin-2.html"), "/tin-1.html": first_busy}
    portal.replies["/tin-2.html"] = busy
    seen = crawl(tmp_path, portal, rate=rate)
    assert [page["url"] for page in seen.pages] == [f"{HOME}tin-1.html"]
    assert seen.reasons() == {f"{HOME}tin-2.html": "server_error"}
    first, second = (asked for asked in portal.asked if asked.path == "/tin-1.html")
    assert second.began - first.ended >= 60 / rate * 0.9
    assert portal.count("/tin-2.html") == 2
    between = portal.asked[portal.asked.index(first) + 1]
    assert between is second  # nothing else is asked of a busy site meanwhile


@pytest.mark.parametrize("headers", [{"Retry-After": "86000"}, {}])
def test_a_site_that_stays_busy_is_left_to_a_later_run(
    tmp_path: Path, portal: Portal, headers: dict[str, str]
) -> None:
    portal.replies["/"] = html(*(f"/tin-{number}.html" for number in range(1, 9)))
    for number in range(1, 9):
        portal.replies[f"/tin-{number}.html"] = Reply(status=429, headers=headers)
    seen = crawl(tmp_path, portal)
    assert seen.reason == "told_to_wait"
    articles = [path for path in portal.paths() if path.startswith("/tin-")]
    assert len(articles) == (1 if headers else politeness.BUSY_ANSWERS_TO_STOP)
    assert set(seen.reasons().values()) == {"busy"}


@pytest.mark.parametrize("path", ["/", "/robots.txt"])
def test_a_site_that_asks_for_a_long_wait_at_once_is_a_failure(
    tmp_path: Path, portal: Portal, path: str
) -> None:
    portal.replies[path] = Reply(status=503, headers={"Retry-After": "5400"})
    seen = crawl(tmp_path, portal)
    assert seen.reason == "told_to_wait"
    assert portal.count(path) == 1
    assert seen.failures


def test_the_hours_budget_ends_the_run(tmp_path: Path, portal: Portal) -> None:
    portal.replies["/"] = html(*(f"/tin-{number}.html" for number in range(1, 9)))
    for number in range(1, 9):
        portal.replies[f"/tin-{number}.html"] = html()
    seen = crawl(tmp_path, portal, site=SITE + "requests_per_hour: 5\n")
    assert seen.reason == "budget_spent"
    assert len(portal.asked) == 5  # robots.txt counts
    assert seen.failures == []


def test_a_smaller_budget_given_to_the_run_is_kept(tmp_path: Path, portal: Portal) -> None:
    portal.replies["/"] = html(*(f"/tin-{number}.html" for number in range(1, 9)))
    seen = crawl(tmp_path, portal, "-s", "BAOWATCH_REQUESTS_PER_HOUR=4")
    assert seen.reason == "budget_spent"
    assert len(portal.asked) == 4


def test_a_larger_budget_given_to_the_run_is_not(tmp_path: Path, portal: Portal) -> None:
    portal.replies["/"] = html(*(f"/tin-{number}.html" for number in range(1, 9)))
    site = SITE + "requests_per_hour: 3\n"
    crawl(tmp_path, portal, "-s", "BAOWATCH_REQUESTS_PER_HOUR=400", site=site)
    assert len(portal.asked) == 3


def test_allowances_outlive_the_process(tmp_path: Path, portal: Portal) -> None:
    portal.replies["/"] = html()
    ledger = ("-s", "BAOWATCH_LEDGER=loopback.FileLedger")
    site = SITE + "requests_per_hour: 5\n"
    crawl(tmp_path, portal, *ledger, site=site)
    asked = len(portal.asked)
    assert asked == 3
    seen = crawl(tmp_path, portal, *ledger, site=site)
    assert seen.reason == "budget_spent"
    assert len(portal.asked) == 5


def test_a_ledger_that_fails_is_a_defect_that_is_told(tmp_path: Path, portal: Portal) -> None:
    seen = crawl(tmp_path, portal, "-s", "BAOWATCH_LEDGER=loopback.BrokenLedger")
    assert portal.asked == []
    assert "the ledger is full" in seen.failures[0]["detail"]
