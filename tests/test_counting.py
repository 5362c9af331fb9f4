"""What the replica's server counts of a crawl: made requests with known answers."""

from datetime import UTC, datetime, timedelta
from typing import Any

from monitor.replica import counting
from monitor.replica.answered import Answered

START = datetime(2026, 3, 2, 1, tzinfo=UTC)


def asked(second: float, *, lasting: float = 1, **given: Any) -> Answered:
    """A request at that second; the machine's clock runs with the replica's."""
    values = {"host": "baohatinh.vn", "path": "/", "status": 200, **given}
    return Answered(
        number=int(second),
        started=second,
        ended=second + lasting,
        started_at=START + timedelta(seconds=second),
        ended_at=START + timedelta(seconds=second + lasting),
        conditional=False,
        user_agent="",
        **values,
    )


def test_the_hosts_of_a_portal_are_counted_together() -> None:
    requests = [
        asked(20, host="baokhanhhoa.vn"),
        asked(1, host="baoninhthuan.com.vn"),
        asked(5, host="www.baohatinh.vn"),
        asked(6, host="elsewhere.example"),
    ]
    found = counting.by_site(requests)
    assert {site: [one.number for one in each] for site, each in found.items()} == {
        "baohatinh": [5],
        "baoninhthuan": [1, 20],
    }


def test_a_request_that_comes_before_the_answer_to_an_earlier_one_overlaps() -> None:
    in_turn = [asked(0), asked(1), asked(5)]
    assert counting.overlaps(in_turn) == 0
    long_one = [asked(0, lasting=10), asked(3), asked(6), asked(20)]
    assert counting.overlaps(long_one) == 2
    assert counting.overlaps([]) == 0
    given_up = asked(0, status=0, lasting=60)
    assert counting.overlaps([given_up, asked(59.9)]) == 0
    assert counting.overlaps([given_up, asked(50)]) == 1


def test_the_smallest_gap_is_from_answer_to_request() -> None:
    requests = [asked(0), asked(9, lasting=2), asked(17, lasting=3), asked(40)]
    assert counting.smallest_gap(requests) == timedelta(seconds=6)
    assert counting.smallest_gap(requests[:1]) is None
    assert counting.smallest_gap([asked(0, status=0), *requests[1:]]) == timedelta(seconds=6)


def test_the_busiest_hour_slides() -> None:
    around_the_full_hour = [asked(3600 + 60 * minute) for minute in range(-20, 20)]
    assert counting.busiest_hour(around_the_full_hour) == 40
    every_minute = [asked(60 * minute) for minute in range(600)]
    assert counting.busiest_hour(every_minute) == 60
    assert counting.busiest_hour([]) == 0


def test_retry_after_counts_from_the_answer_and_for_the_whole_site() -> None:
    requests = [
        asked(0, status=503, retry_after=100, host="baoninhthuan.com.vn"),
        asked(50, host="baokhanhhoa.vn"),
        asked(100.5),
        asked(101),
    ]
    assert [one.number for one in counting.hasty(requests)] == [50, 100]
    longest_holds = [
        asked(0, status=503, retry_after=100),
        asked(10, status=503, retry_after=20),
        asked(90),
    ]
    assert [one.number for one in counting.hasty(longest_holds)] == [10, 90]


def test_the_robots_txt_that_a_host_gave_last_is_what_forbids() -> None:
    rules = "User-agent: *\nDisallow: /api/\n"
    requests = [
        asked(1),
        asked(2, path="/robots.txt", robots=rules),
        asked(3, path="/api/x"),
        asked(4, path="/a"),
        asked(5, path="/robots.txt", status=500),
        asked(6, path="/api/x?y=1"),
        asked(7, path="/robots.txt", robots="User-agent: *\nDisallow: /a\n"),
        asked(8, path="/api/x"),
        asked(9, path="/robots.txt", status=404),
        asked(10, path="/api/x"),
        asked(11, host="www.baohatinh.vn"),
    ]
    assert [one.number for one in counting.forbidden(requests, "baowatch")] == [1, 3, 6, 8, 11]


def test_a_copy_of_robots_txt_serves_for_so_long() -> None:
    requests = [
        asked(0, path="/robots.txt", robots=""),
        asked(90),
        asked(95, path="/robots.txt", status=500),
        asked(110),
        asked(115, status=0),
        asked(120, path="/robots.txt", status=404),
        asked(130),
    ]
    late = counting.without_robots(requests, timedelta(seconds=100))
    assert [one.number for one in late] == [110]
