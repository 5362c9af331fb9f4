"""Expectations against what happened: pure rules, the check-up over real stores, the command."""

import json
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from commandline import baowatch, configure
from desks import BODY, HOME, Newsroom
from hypothesis import given
from hypothesis import strategies as st

from crawlers.clock import FastClock
from monitor.checkup import Turn, check_up
from monitor.health import LEAST_FREE_BYTES, clock_jumped, dead_run, disk_low, over_budget
from monitor.legibility import extraction_broken
from monitor.newsflow import silent
from monitor.vitals import Machine, Vitals
from pipelines.store import findings, runs, vitals
from pipelines.store.rows import iso

NOW = datetime(2026, 6, 15, 3, tzinfo=UTC)  # a Monday, far from the lunar new year
A, B = "/tin/bai-mot", "/tin/bai-hai"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def published(*, until: datetime, every: timedelta, weekends: bool = True) -> tuple[datetime, ...]:
    """Arrivals of six weeks, ending at ``until``."""
    moments = (until - every * n for n in range(int(timedelta(days=42) / every)))
    return tuple(sorted(one for one in moments if weekends or one.weekday() < 5))


def site(**given: Any) -> Vitals:
    told = {"baseline_at": NOW - 60 * DAY, "sources_read_at": NOW, "requests_per_hour": 48}
    return Vitals(site="bao", **{**told, **given})


def test_a_busy_newspaper_is_silent_after_a_day_and_not_before() -> None:
    for pause, is_wrong in ((19 * HOUR, False), (21 * HOUR, True)):
        arrivals = published(until=NOW - pause, every=HOUR)
        assert silent(site(arrivals=arrivals), NOW).is_wrong is is_wrong


def test_a_ministry_that_rests_on_weekends_is_not_silent_after_a_long_one() -> None:
    friday = NOW - 3 * DAY
    arrivals = published(until=friday, every=5 * HOUR, weekends=False)
    assert silent(site(arrivals=arrivals), NOW + 2 * DAY).is_wrong is False
    later = NOW + 9 * DAY
    assert silent(site(arrivals=arrivals, sources_read_at=later), later).is_wrong is True


@pytest.mark.parametrize(
    "first_day", [datetime(2026, 2, 14, tzinfo=UTC), datetime(2028, 1, 22, tzinfo=UTC)]
)
def test_nine_days_of_rest_at_tet_are_no_silence(first_day: datetime) -> None:
    now = first_day + 9 * DAY
    vitals = site(
        arrivals=published(until=first_day, every=5 * HOUR),
        sources_read_at=now,
        baseline_at=first_day - 90 * DAY,
    )
    assert silent(vitals, now).is_wrong is False


@pytest.mark.parametrize(
    "too_little",
    [
        {"arrivals": ()},
        {"arrivals": published(until=NOW - 30 * DAY, every=HOUR)[:9]},
        {"baseline_at": None},
        {"baseline_at": NOW - 2 * DAY},
        {"sources_read_at": None},
    ],
)
def test_silence_is_not_judged_of_a_site_that_is_hardly_known(too_little: dict[str, Any]) -> None:
    vitals = site(**{"arrivals": published(until=NOW - 30 * DAY, every=HOUR), **too_little})
    assert silent(vitals, NOW).is_wrong is None


def test_a_site_that_was_not_asked_is_not_silent() -> None:
    arrivals = published(until=NOW - 30 * DAY, every=HOUR)
    vitals = site(arrivals=arrivals, sources_read_at=NOW - 29.5 * DAY)
    assert silent(vitals, NOW).is_wrong is False


def test_one_outage_among_the_pauses_teaches_no_patience() -> None:
    before = published(until=NOW - 12 * DAY, every=HOUR)
    after = tuple(NOW - 5 * DAY + HOUR * n for n in range(40))  # seven days of outage between
    assert silent(site(arrivals=before + after), NOW).is_wrong is True


@given(st.lists(st.timedeltas(timedelta(minutes=1), 5 * DAY), min_size=12, max_size=60))
def test_nobody_is_silent_within_the_second_longest_pause(pauses: list[timedelta]) -> None:
    arrivals = [NOW - sum(pauses, timedelta())]
    for pause in pauses[:-1]:
        arrivals.append(arrivals[-1] + pause)
    usual = sorted(pauses[:-1])[-2]
    read_at = arrivals[-1] + usual
    vitals = site(
        arrivals=tuple(arrivals), sources_read_at=read_at, baseline_at=arrivals[0] - 7 * DAY
    )
    assert silent(vitals, read_at).is_wrong is False


@pytest.mark.parametrize(
    ("seen", "is_wrong"),
    [
        ({"read": 4}, None),
        ({"read": 40}, False),
        ({"read": 35, "empty": 15}, True),
        ({"read": 38, "empty": 2}, False),
        ({"read": 33, "empty": 7}, None),
        ({"read": 20, "unfit": 10}, True),
        ({"read": 20, "dated_or_not": 20, "undated": 8, "dated_or_not_before": 99}, True),
        ({"read": 20, "dated_or_not": 20, "undated": 20, "undated_before": 99,
          "dated_or_not_before": 99}, False),
        ({"empty": 6}, True),
    ],
)  # fmt: skip
def test_extraction_is_broken_when_many_pages_are_read_worse_than_before(
    seen: dict[str, int], is_wrong: bool | None
) -> None:
    assert extraction_broken(site(**seen), NOW).is_wrong is is_wrong


@pytest.mark.parametrize(
    ("overdue", "reason", "is_wrong"),
    [
        (48 * 25, "budget_spent", True),
        (48 * 25, "finished", None),
        (48 * 20, "budget_spent", None),
        (48 * 11, "budget_spent", False),
    ],
)
def test_a_budget_is_too_small_where_a_day_of_it_would_not_do(
    overdue: int, reason: str, is_wrong: bool | None
) -> None:
    vitals = site(overdue=overdue, last_reason=reason)
    assert over_budget(vitals, NOW).is_wrong is is_wrong
    assert over_budget(replace(vitals, baseline_at=None), NOW).is_wrong is None


def test_a_run_is_dead_when_its_lease_is_over() -> None:
    assert dead_run(site(), NOW).is_wrong is False
    assert dead_run(site(dead_since=NOW - HOUR), NOW).is_wrong is True


@pytest.mark.parametrize("size", [10_000_000_000, 500_000_000_000, 50_000_000_000_000])
def test_a_disk_is_low_and_well_again_only_at_twice_that(size: int) -> None:
    def judged(free: int) -> bool | None:
        return disk_low(Machine(free=free, size=size, latest_at=None, jumped_at=None)).is_wrong

    assert judged(LEAST_FREE_BYTES - 1) is True
    assert judged(45_000_000_000) is False
    verdicts = [judged(int(LEAST_FREE_BYTES * 1.1**n)) for n in range(45)]
    order = [one for n, one in enumerate(verdicts) if n == 0 or one is not verdicts[n - 1]]
    assert order in ([True, None, False], [None, False])


def test_a_clock_that_was_set_back_is_told_until_it_runs_evenly() -> None:
    ahead = Machine(free=1, size=1, latest_at=NOW + DAY, jumped_at=None)
    assert clock_jumped(ahead, NOW).is_wrong is True
    noticed = replace(ahead, latest_at=NOW, jumped_at=NOW - HOUR / 2)
    assert clock_jumped(noticed, NOW).is_wrong is None
    assert clock_jumped(noticed, NOW + HOUR).is_wrong is False


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Newsroom]:
    room = Newsroom(tmp_path / "store.db")
    yield room
    room.store.close()


def turns(room: Newsroom, budget: int = 48) -> list[tuple[str | None, str, bool]]:
    """What a check-up turned, but for this machine's disk."""
    found = check_up(room.store, {"bao": budget}, clock=room.clock)
    return [(one.site, one.kind, one.is_open) for one in found if one.kind != "disk_low"]


def test_a_dead_run_is_told_once_and_ends_with_the_next_run(room: Newsroom) -> None:
    room.baseline(A)
    room.begin()
    room.clock.pass_by(minutes=20)
    assert turns(room) == []
    room.clock.pass_by(minutes=20)
    assert turns(room) == [("bao", "dead_run", True)]
    assert turns(room) == []
    with room.store.writing() as db:
        runs.finish(db, room.desk.run_id, reason="died", now=room.clock.now())
    assert turns(room) == [("bao", "dead_run", False)]
    assert turns(room) == []


def test_a_portal_that_falls_silent_is_told_once_until_it_speaks(room: Newsroom) -> None:
    room.baseline(A, B)
    number = 0

    def day(*, articles: int) -> list[tuple[str | None, str, bool]]:
        nonlocal number
        room.begin()
        listed = [f"/tin/tin-so-{number + n}" for n in range(articles)]
        number += articles
        room.listed(A, *listed, published_at=room.clock.now())
        for url in listed:
            room.answer(url, title=f"Tin {url}", body=[url, *BODY])
        room.end()
        room.clock.pass_by(days=1)
        return turns(room)

    assert [turn for _ in range(10) for turn in day(articles=3)] == []
    quiet = [turn for _ in range(8) for turn in day(articles=0)]
    assert quiet == [("bao", "silent", True)]
    assert day(articles=2) == [("bao", "silent", False)]


def test_an_articles_other_address_is_no_arrival(room: Newsroom) -> None:
    """A new address scheme makes no article: neither while the new address waits nor after."""

    def arrived() -> int:
        return len(vitals.arrivals(room.store.reader, room.desk.site_id))

    room.baseline(A, B)
    known = {"title": "Hội nghị số 0", "body": ["0", *BODY]}
    room.begin()
    room.listed("/tin/chua-doc", "/tin/dia-chi-moi")
    assert arrived() == 2, "what nobody read yet"
    assert room.answer("/tin/dia-chi-moi", **known).name == "held"
    assert arrived() == 1
    room.answer(A, status=404)
    room.answer(B, title="Hội nghị số 1", body=["1", *BODY])
    room.end()
    room.clock.pass_by(hours=7)
    room.begin()
    room.answer(A, status=404)
    room.answer(B, title="Hội nghị số 1", body=["1", *BODY])
    room.end()
    assert room.released() == [("moved", "/tin/dia-chi-moi")]
    assert arrived() == 1


def test_what_no_source_was_asked_about_is_no_silence(room: Newsroom) -> None:
    room.baseline(A, B)
    for day in range(10):
        room.begin()
        listed = [f"/tin/tin-so-{day}-{number}" for number in range(3)]
        room.listed(*listed, published_at=room.clock.now())
        room.end()
        room.clock.pass_by(days=1)
    turns(room)
    for _ in range(9):  # the portal is down; the pages of the site file are named all the same
        room.begin()
        room.listed(A, kind="pages", source="config")
        room.fail(A)
        room.end()
        room.clock.pass_by(days=1)
        assert ("bao", "silent", True) not in turns(room)


def test_pages_that_lose_their_text_are_told_until_most_have_it_again(room: Newsroom) -> None:
    urls = [f"/tin/bai-so-{n}" for n in range(10)]
    room.baseline(*urls)
    room.clock.pass_by(days=2)
    room.begin()
    for url in urls[:6]:
        room.answer(url, fields={"not": "empty"})
    room.end()
    assert turns(room) == [("bao", "extraction_broken", True)]
    room.clock.pass_by(hours=2)
    room.begin()
    for number, url in enumerate(urls):
        room.answer(url, title=f"Hội nghị số {number}", body=[f"{number}", *BODY])
    room.end()
    assert turns(room) == [("bao", "extraction_broken", False)]


def test_a_check_up_of_one_site_touches_no_other(room: Newsroom) -> None:
    room.baseline(A)
    room.begin()
    room.clock.pass_by(hours=1)
    found = check_up(room.store, {}, clock=room.clock, only="khac")
    assert [one.kind for one in found if one.site] == []
    (turn,) = (one for one in check_up(room.store, {}, clock=room.clock, only="bao") if one.site)
    assert isinstance(turn, Turn)
    assert "no sign of life" in turn.detail


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Newsroom:
    path = configure(tmp_path, monkeypatch)
    # A disk with room, whatever the one that the tests run on has.
    monkeypatch.setattr(
        "shutil.disk_usage", lambda _: SimpleNamespace(total=10**13, used=0, free=10**12)
    )
    monkeypatch.setenv("BAOWATCH_ORIGINS", "{}")
    room = Newsroom(path)
    room.baseline(A, B)
    set_clock(room, monkeypatch)
    return room


def set_clock(room: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let commands see the newsroom's clock, standing still."""
    clock = FastClock(start=room.clock.now(), real_start=time.time(), rate=1e-6)
    monkeypatch.setenv("BAOWATCH_CLOCK", clock.variable())


def test_health_is_0_while_nothing_is_wrong(told: Newsroom) -> None:
    said = baowatch("health")
    assert said.status == 0, said
    assert "bao" in said.out
    assert "freely" in said.out
    assert json.loads(baowatch("health", "--json").out)["healthy"] is True


def test_health_is_1_where_something_is_wrong_and_says_what(told: Newsroom) -> None:
    told.begin()
    told.fail(A, "server_error")
    told.end()
    for words in (["health"], ["health", "bao"]):
        said = baowatch(*words)
        assert said.status == 1
        assert "gives no answer, or a server error" in said.out
        assert f"{HOME}{A}" in said.out
    ended = baowatch("health", "--json")
    assert ended.status == 1
    (site_told,) = json.loads(ended.out)["sites"]
    (finding,) = site_told["findings"]
    assert (finding["kind"], finding["times"]) == ("unanswered", 1)


def test_health_names_sites_that_nobody_tried_in_one_line(told: Newsroom, tmp_path: Path) -> None:
    folder = tmp_path / "config" / "sites"
    written = (folder / "bao.yml").read_text(encoding="utf-8")
    for name in ("mot", "hai"):
        other = written.replace("bao.example", f"{name}.example")
        (folder / f"{name}.yml").write_text(other, encoding="utf-8")
    said = baowatch("health").out
    assert "never crawled (2): hai, mot\n" in said
    assert "now " not in said, "nobody said that they are due"
    assert len(json.loads(baowatch("health", "--json").out)["sites"]) == 3
    alone = baowatch("health", "mot").out
    assert alone.startswith("never crawled (1): mot\nstore: ")


def test_health_tells_what_the_daemon_has_not_noticed_yet(
    told: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    told.begin()
    told.clock.pass_by(hours=1)
    set_clock(told, monkeypatch)
    said = baowatch("health", "--json")
    assert said.status == 1
    assert [one["kind"] for one in json.loads(said.out)["sites"][0]["findings"]] == ["dead_run"]
    assert findings.open_findings(told.store.reader) == []


def test_health_shows_when_a_site_is_probed(told: Newsroom) -> None:
    probe_at = told.clock.now() + 2 * HOUR
    with told.store.writing() as db:
        db.execute("UPDATE sites SET breaker_failures = 4, breaker_probe_at = ?", [iso(probe_at)])
    assert "slowly, from" in baowatch("health").out
    (site_told,) = json.loads(baowatch("health", "--json").out)["sites"]
    assert site_told["breaker"] == {"failures": 4, "probe_at": iso(probe_at)}


def test_health_is_2_for_wrong_input_and_without_a_store(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    configure(tmp_path, monkeypatch)
    without = baowatch("health")
    assert (without.status, "there is no store" in without.said) == (2, True)
    unknown = baowatch("health", "baokhac")
    assert (unknown.status, "unknown site 'baokhac'" in unknown.said) == (2, True)


def test_what_crawls_write_while_a_check_up_begins_does_not_lie_ahead(room: Newsroom) -> None:
    class Overtaken:
        """By the time that the moment is known, a crawl has written half an hour later."""

        def now(self) -> datetime:
            told = room.clock.now()
            room.clock.pass_by(minutes=30)
            room.baseline("/tin/moi")
            return told

        def wait_seconds(self, span: timedelta) -> float:
            return room.clock.wait_seconds(span)

    room.baseline("/tin/cu")
    turned = check_up(room.store, {}, clock=Overtaken())
    assert "clock_jumped" not in [turn.kind for turn in turned]
