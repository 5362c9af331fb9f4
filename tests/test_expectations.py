"""What a site usually brings, learned or said in its file, and what is far from it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from desks import BODY, Newsroom
from hypothesis import given
from hypothesis import strategies as st

from crawlers.site import Expect
from monitor.checkup import check_up
from monitor.expectations import (
    Yield,
    is_improbable,
    learn_rhythm,
    least_characters,
    most_a_day,
    thin_since,
)
from monitor.legibility import extraction_broken
from monitor.newsflow import silent, too_many
from monitor.vitals import Vitals
from pipelines.store import vitals as store_vitals

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
NOW = datetime(2026, 6, 15, 3, tzinfo=UTC)  # a Monday
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
A, B = "/tin/bai-mot", "/tin/bai-hai"


def daily(*counts: int, until: datetime = NOW) -> tuple[datetime, ...]:
    """Articles of each day, the last of which ends at ``until``, evenly within it."""
    met = []
    for back, count in enumerate(reversed(counts)):
        met += [until - back * DAY - DAY * (n / max(count, 1)) for n in range(count)]
    return tuple(sorted(met))


def site(**given: Any) -> Vitals:
    told = {"baseline_at": NOW - 60 * DAY, "sources_read_at": NOW}
    return Vitals(site="bao", **{**told, **given})


def test_an_office_is_missed_after_working_days_and_not_after_a_weekend() -> None:
    weeks = [5, 5, 5, 5, 5, 0, 0] * 6
    friday = datetime(2026, 6, 12, 17, tzinfo=UTC)
    arrivals = daily(*weeks[2:], *weeks[:5], until=friday)
    for days, is_wrong in ((2.5, False), (4, False), (8, True)):
        now = friday + days * DAY
        assert silent(site(arrivals=arrivals, sources_read_at=now), now).is_wrong is is_wrong


def test_an_office_rests_on_feasts_and_a_newspaper_does_not() -> None:
    before = datetime(2026, 4, 29, 17, tzinfo=UTC)  # Wednesday's end in Hanoi
    now = before + 6 * DAY
    office = daily(*[6, 6, 0, 0, 6, 6, 6] * 6, until=before)
    paper = daily(*[6, 6, 4, 4, 6, 6, 6] * 6, until=before)
    for arrivals, is_wrong in ((office, False), (paper, True)):
        vitals = site(arrivals=arrivals, sources_read_at=now, baseline_at=before - 60 * DAY)
        assert silent(vitals, now).is_wrong is is_wrong


@pytest.mark.parametrize(("hours", "is_wrong"), [(30, False), (45, False), (60, True)])
def test_a_site_that_pauses_now_and_then_is_missed_only_after_longer_pauses(
    hours: int, is_wrong: bool
) -> None:
    """A pause of thirty hours is worth 25 articles, and was met twice before."""
    day, pausing = [20] * 9, 30 * HOUR
    before = daily(*day, *day, until=NOW - 11 * DAY)
    between = daily(*day[2:], until=before[0] - pausing)
    oldest = daily(*day, until=between[0] - pausing)
    now = before[-1] + hours * HOUR
    told = silent(site(arrivals=(*oldest, *between, *before), sources_read_at=now), now)
    assert told.is_wrong is is_wrong


def test_silence_is_told_with_its_beginning() -> None:
    told = silent(site(arrivals=daily(*[20] * 42, until=NOW - 30 * HOUR)), NOW)
    assert told.is_wrong
    assert told.detail.startswith("silent since 2026-06-13 21:00 UTC: no new article for 30 hours")


@given(st.lists(st.integers(0, 12), min_size=28, max_size=42), st.integers(1, 60))
def test_a_rhythm_expects_what_it_has_seen(counts: list[int], hours: int) -> None:
    arrivals = daily(*counts)
    if len(arrivals) < 2:
        return
    rhythm = learn_rhythm(arrivals, HANOI)
    assert len(rhythm.per_day) == 7
    span = rhythm.expected(NOW, NOW + hours * HOUR)
    half = rhythm.expected(NOW, NOW + hours * HOUR / 2)
    assert 0 <= half <= span <= max(rhythm.per_day) * hours / 24 + 1e-6


@pytest.mark.parametrize(
    ("days", "is_wrong"),
    [
        ([3, 3, 3], False),
        ([9, 3, 2], None),
        ([9, 2, 2], True),
        ([9, 9, 0], True),
        ([0, 0, 3], False),
    ],
)
def test_what_the_file_says_is_measured_by_the_day(days: list[int], is_wrong: bool | None) -> None:
    vitals = site(arrivals=daily(*days), expect=Expect(articles_per_day=(3, 50)))
    told = silent(vitals, NOW)
    assert told.is_wrong is is_wrong
    assert "its file expects 3 at least" in told.detail
    young = site(arrivals=daily(*days), expect=vitals.expect, baseline_at=NOW - DAY)
    assert silent(young, NOW).is_wrong is None


def test_what_the_file_says_is_not_asked_of_a_site_at_tet() -> None:
    now = datetime(2026, 2, 18, 3, tzinfo=UTC)
    arrivals = daily(*[5] * 42, 0, 0, until=now)
    vitals = site(
        arrivals=arrivals,
        sources_read_at=now,
        baseline_at=now - 60 * DAY,
        expect=Expect(articles_per_day=(3, 50)),
    )
    assert silent(vitals, now).is_wrong is False


@pytest.mark.parametrize(
    ("listed", "hours", "arrived", "is_found"),
    [
        ((0, 1), 7, None, True),
        ((0, 1), 5, None, False),  # for a few hours only
        ((0, 30), 7, None, False),  # the feed lists as ever
        ((0, 1), 7, 3, False),  # an article came since all the same
    ],
)
def test_listings_without_links_are_silence_within_hours(
    listed: tuple[int, int], hours: int, arrived: int | None, is_found: bool
) -> None:
    well_at = NOW - hours * HOUR
    yields = tuple(Yield(listed=one, usual=30.0, well_at=well_at) for one in listed)
    last = NOW - arrived * HOUR if arrived else NOW - DAY
    assert (thin_since(yields, NOW, last) == well_at) is is_found


def test_a_source_that_never_listed_much_is_not_missed() -> None:
    small = Yield(listed=0, usual=3.0, well_at=NOW - DAY)
    assert thin_since((small,), NOW, None) is None
    assert thin_since((), NOW, None) is None


def test_a_flood_is_told_and_two_busy_days_are_not() -> None:
    usual = [8, 12, 10, 9, 11, 6, 5] * 4
    for today, is_wrong in ((14, False), (24, None), (60, True)):
        assert too_many(site(arrivals=daily(*usual, today)), NOW).is_wrong is is_wrong
    said = Expect(articles_per_day=(0, 20))
    assert too_many(site(arrivals=daily(*usual, 24), expect=said), NOW).is_wrong is True
    assert most_a_day(daily(8, 9), NOW) is None


def test_a_monitor_that_was_away_meets_no_flood() -> None:
    before = daily(*[20] * 20, until=NOW - 6 * DAY)
    assert too_many(site(arrivals=(*before, *daily(120))), NOW).is_wrong is not True


LENGTHS = tuple(range(800, 3800, 30))


def test_texts_that_are_suddenly_short_are_told() -> None:
    assert least_characters(LENGTHS[:29]) is None
    least = least_characters(LENGTHS)
    assert least is not None
    assert 383 <= least < 800
    for short, of, is_wrong in ((5, 5, True), (1, 6, None), (0, 6, False), (6, 30, None)):
        lengths = (*[90] * short, *[1500] * (of - short))
        vitals = site(read=20, lengths=lengths, lengths_before=LENGTHS)
        assert extraction_broken(vitals, NOW).is_wrong is is_wrong, (short, of)
    told = extraction_broken(site(read=20, lengths=(90,) * 9, lengths_before=LENGTHS), NOW)
    assert told.detail == f"of 20 pages read in a day 100% with fewer than {least} characters"


def test_two_bad_pages_of_five_prove_nothing() -> None:
    assert extraction_broken(site(read=3, empty=2), NOW).is_wrong is None
    assert extraction_broken(site(read=1, empty=4), NOW).is_wrong is True


def test_a_site_of_short_notices_is_not_told_of_short_texts() -> None:
    before = tuple([120, 130, 2000] * 20)
    learned = site(read=9, lengths=(125,) * 9, lengths_before=before)
    assert extraction_broken(learned, NOW).is_wrong is not True
    said = Expect(min_characters=300)
    vitals = site(read=9, lengths=(125,) * 9, expect=said)
    assert extraction_broken(vitals, NOW).is_wrong is True


@given(st.integers(0, 4000), st.integers(0, 4000), st.floats(0, 1))
def test_a_tail_is_a_chance(bad: int, more: int, usual: float) -> None:
    if is_improbable(bad, bad + more, usual):
        assert bad > usual * (bad + more)
        assert is_improbable(bad + 1, bad + more + 1, usual)


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Newsroom]:
    room = Newsroom(tmp_path / "store.db")
    yield room
    room.store.close()


def turns(room: Newsroom) -> list[tuple[str | None, str, bool]]:
    found = check_up(room.store, {}, clock=room.clock, configured={"bao": room.site})
    return [(one.site, one.kind, one.is_open) for one in found if one.kind != "disk_low"]


def listing_of(room: Newsroom, *urls: str) -> list[tuple[str | None, str, bool]]:
    room.begin()
    room.listed(*urls)
    room.listed("/tin/trang-hai", page=2)  # a further page says nothing of the first
    room.end()
    return turns(room)


def test_a_portal_with_new_addresses_is_told_within_hours_and_once(room: Newsroom) -> None:
    front = [f"/tin/bai-so-{number}" for number in range(12)]
    room.baseline(*front)
    for _ in range(8):
        assert listing_of(room, *front) == []
        room.clock.pass_by(hours=2)
    broken = []
    for _ in range(5):  # its articles stand under addresses that nobody knows
        broken += listing_of(room)
        room.clock.pass_by(hours=2)
    assert broken == [("bao", "silent", True)]
    assert listing_of(room, *front) == [("bao", "silent", False)]


def test_only_a_listings_first_page_counts(room: Newsroom) -> None:
    front = [f"/tin/bai-so-{number}" for number in range(12)]
    room.baseline(*front)
    listing_of(room, *front)
    (row,) = store_vitals.yields(room.store.reader, 1)
    assert (row["listed"], round(row["usual"])) == (12, 12)


def test_an_outage_of_the_home_page_is_no_second_finding(room: Newsroom) -> None:
    front = [f"/tin/bai-so-{number}" for number in range(12)]
    room.baseline(*front)
    listing_of(room, *front)
    for _ in range(4):
        room.clock.pass_by(hours=8)
        room.begin()
        room.fail("/", "server_error", source="home")
        room.end()
        assert ("bao", "silent", True) not in turns(room)


def test_lengths_come_from_the_store_by_the_day_they_were_seen(room: Newsroom) -> None:
    room.baseline(A, B)
    room.clock.pass_by(days=2)
    room.begin()
    room.answer("/tin/ngan", title="Tin ngắn", body=["Một dòng."])
    room.end()
    latest, before = store_vitals.lengths(room.store.reader, 1, room.clock.now())
    assert latest == (len("Một dòng."),)
    assert len(before) == 2
    assert min(before) > len(BODY[0])
    room.clock.pass_by(days=40)
    assert store_vitals.lengths(room.store.reader, 1, room.clock.now()) == ((), ())
