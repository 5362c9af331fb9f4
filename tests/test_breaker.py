"""When a site that does not answer is tried again, and what a run of it costs."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from desks import Newsroom
from hypothesis import given
from hypothesis import strategies as st
from loopback import HOME, Portal, Reply, crawl, html

from crawlers.outage import UNANSWERED_TO_STOP
from pipelines.breaker import CLOSED, FIRST_PROBE, RAREST_PROBE, Breaker, after_run, may_run
from pipelines.store import breakers

NOW = datetime(2026, 3, 2, 1, tzinfo=UTC)
A, B = "/tin/bai-mot", "/tin/bai-hai"


@pytest.fixture
def portal() -> Iterator[Portal]:
    with Portal().open() as running:
        yield running


def failed_times(times: int, jitter: float = 0.0) -> Breaker:
    breaker = CLOSED
    for _ in range(times):
        breaker = after_run(breaker, answered=False, failed=True, now=NOW, jitter=jitter)
    return breaker


def test_the_waits_double_up_to_six_hours() -> None:
    waits = [failed_times(times).probe_at for times in range(1, 10)]
    assert waits[0] is None
    assert [moment - NOW for moment in waits[1:] if moment] == [
        *(FIRST_PROBE * 2**n for n in range(5)),
        *[RAREST_PROBE] * 3,
    ]


def test_one_answer_closes_it_and_a_run_that_asked_nothing_alters_nothing() -> None:
    breaker = failed_times(5)
    assert after_run(breaker, answered=False, failed=False, now=NOW, jitter=0) == breaker
    assert after_run(breaker, answered=True, failed=True, now=NOW, jitter=0) == CLOSED


@given(st.integers(1, 10_000), st.floats(-1, 1))
def test_a_site_is_probed_again_within_seven_hours_however_long_it_is_down(
    times: int, jitter: float
) -> None:
    breaker = Breaker(failures=times)
    after = after_run(breaker, answered=False, failed=True, now=NOW, jitter=jitter)
    assert not may_run(after, NOW + FIRST_PROBE / 2)
    assert may_run(after, NOW + timedelta(hours=7))


def test_the_store_counts_runs_without_an_answer(tmp_path: Path) -> None:
    room = Newsroom(tmp_path / "store.db")
    room.baseline(A, B)
    for _ in range(3):
        room.begin()
        room.fail(A)
        room.fail(B, "server_error")
        room.end(complete=False)
    breaker = breakers.of_name(room.store.reader, "bao")
    assert breaker.failures == 3
    assert breaker.probe_at is not None
    assert not may_run(breaker, room.clock.now())
    room.begin()
    room.fail(A)
    room.answer(B, title="Hội nghị số 1")
    room.end()
    assert breakers.of_name(room.store.reader, "bao") == CLOSED


def test_a_page_that_is_no_article_does_not_count(tmp_path: Path) -> None:
    room = Newsroom(tmp_path / "store.db")
    room.baseline(A)
    for _ in range(3):
        room.begin()
        room.fail(A, "too_large")
        room.end()
    assert breakers.of_name(room.store.reader, "bao") == CLOSED


def broken_site(portal: Portal, failing: int, of: int = 12) -> None:
    paths = [f"/tin-{number}.html" for number in range(1, of + 1)]
    portal.replies["/"] = html(*paths)
    portal.replies |= {path: html() for path in paths}
    portal.replies |= {path: Reply(status=500) for path in paths[:failing]}


def test_a_run_ends_where_the_site_stops_answering(tmp_path: Path, portal: Portal) -> None:
    broken_site(portal, failing=12)
    seen = crawl(tmp_path, portal)
    assert seen.reason == "unreachable"
    assert len([path for path in portal.paths() if path.startswith("/tin")]) == UNANSWERED_TO_STOP
    assert list(seen.reasons().values()) == ["server_error"] * UNANSWERED_TO_STOP


def test_a_few_broken_pages_do_not_end_a_run(tmp_path: Path, portal: Portal) -> None:
    broken_site(portal, failing=UNANSWERED_TO_STOP - 1)
    seen = crawl(tmp_path, portal)
    assert seen.reason == "finished"
    assert len(seen.pages) == 12 - len(seen.failures)


def test_a_probe_ends_where_it_is_refused(tmp_path: Path, portal: Portal) -> None:
    broken_site(portal, failing=0, of=3)
    portal.replies["/"] = Reply(status=403)
    seen = crawl(tmp_path, portal, "-s", "BAOWATCH_PROBE=1")
    assert (seen.reason, portal.paths()[-1]) == ("unreachable", "/")


@pytest.mark.parametrize("is_down", [True, False])
def test_a_probe_costs_one_address_unless_the_site_answers(
    tmp_path: Path, portal: Portal, is_down: bool
) -> None:
    broken_site(portal, failing=0, of=3)
    if is_down:
        portal.replies["/"] = Reply(status=502)
    seen = crawl(tmp_path, portal, "-s", "BAOWATCH_PROBE=1")
    assert seen.reason == ("unreachable" if is_down else "finished")
    asked = [path for path in portal.paths() if path != "/robots.txt"]
    assert asked[:1] == ["/"]
    assert (len(asked) == 1) is is_down
    if is_down:
        assert seen.reasons() == {HOME: "server_error"}
