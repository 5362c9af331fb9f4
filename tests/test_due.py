"""Which articles a run asks for, and in which order; and when they come due again."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from desks import BODY, HOME, START, Newsroom
from hypothesis import given
from hypothesis import strategies as st

from pipelines import recheck
from pipelines.store import planning, sites
from pipelines.store.articles import DueWish

A, B, C = "/tin/mot", "/tin/hai", "/tin/ba"


@pytest.fixture
def room(tmp_path: Path) -> Newsroom:
    made = Newsroom(tmp_path / "store.db")
    made.baseline(A, B)
    made.begin()
    for number, url in enumerate((A, B)):
        made.answer(url, title=f"Hội nghị số {number}", body=[f"{number}", *BODY])
    return made


def due(room: Newsroom, **wish: object) -> list[str]:
    wanted = DueWish(now=room.clock.now(), **wish)  # type: ignore[arg-type]
    found = planning.due(room.store.reader, room.desk.site_id, wanted, limit=10)
    return [row.url.removeprefix("https://bao.example") for row in found]


def test_what_was_never_read_comes_first_the_newest_before(room: Newsroom) -> None:
    room.clock.pass_by(days=2)
    room.listed("/tin/cu", published_at=START - timedelta(days=3))
    room.listed(C, published_at=START)
    assert due(room)[:2] == [C, "/tin/cu"]
    assert set(due(room)[2:]) == {A, B}


def test_an_archive_just_found_takes_every_fifth_place(room: Newsroom) -> None:
    room.clock.pass_by(days=40)
    for number in range(30):
        room.listed(f"/tin/kho-{number}", kind="sitemap", source=f"{HOME}/sitemap.xml")
    room.listed(C, published_at=room.clock.now())
    found = due(room)
    assert found[0] == C
    assert set(found[1:3]) == {A, B}
    assert all(url.startswith("/tin/kho-") for url in found[3:])
    room.baseline(*(f"/tin/moi-{number}" for number in range(8)))
    room.clock.pass_by(days=40)
    kept = [url for url in due(room) if not url.startswith("/tin/kho-")]
    assert len(kept) == 9  # the news, and eight of the nine others


def test_second_looks_come_before_all_else(room: Newsroom) -> None:
    room.answer(A, body=["khác", *BODY])
    room.listed(C)
    room.clock.pass_by(minutes=3)
    assert due(room) == [A, C]
    assert due(room, first_looks=False) == [A]


def test_what_is_not_due_is_asked_for_only_when_all_is_wanted(room: Newsroom) -> None:
    assert due(room) == []
    assert set(due(room, checked_before=room.clock.now())) == {A, B}


def test_no_rechecks_leaves_what_is_new(room: Newsroom) -> None:
    room.clock.pass_by(days=2)
    room.listed(C)
    assert due(room, rechecks=False) == [C]


def test_since_passes_over_what_is_known_to_be_older(room: Newsroom) -> None:
    room.listed("/tin/cu", published_at=START - timedelta(days=3))
    room.listed("/tin/khong-ngay")
    assert due(room, since=START) == ["/tin/khong-ngay"]


def test_validators_are_trusted_after_twenty_honest_audits_and_not_after_a_lie(
    room: Newsroom,
) -> None:
    def audit(*, honest: bool) -> bool:
        with room.store.writing() as db:
            sites.audit_validators(db, room.desk.site_id, honest=honest, now=room.clock.now())
        return sites.trusts_validators(room.store.reader, room.desk.site_id, room.clock.now())

    assert [audit(honest=True) for _ in range(20)] == [False] * 19 + [True]
    assert not audit(honest=False)
    room.clock.pass_by(days=31)
    assert [audit(honest=True) for _ in range(20)][-1]


MOMENTS = st.integers(1_600_000_000, 1_900_000_000).map(
    lambda second: datetime.fromtimestamp(second, UTC)
)


@given(MOMENTS, st.timedeltas(timedelta(0), timedelta(days=4000)))
def test_what_is_missing_is_looked_at_after_six_hours_then_rarer(
    since: datetime, span: timedelta
) -> None:
    at = recheck.while_missing(since + span, missing_since=since)
    if span < recheck.WITHDRAWN_AFTER:
        assert at == since + recheck.WITHDRAWN_AFTER
    else:
        assert recheck.SHORTEST <= at - (since + span) <= recheck.LONGEST


@given(MOMENTS, st.integers(1, 10_000))
def test_failures_back_off_to_a_day(now: datetime, failures: int) -> None:
    gap = recheck.after_failure(now, failures=failures) - now
    assert recheck.SHORTEST <= gap <= timedelta(days=1)
