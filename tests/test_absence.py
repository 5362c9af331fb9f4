"""What is not there any more: called withdrawn, moved or neither, and when it is looked at."""

from datetime import timedelta
from pathlib import Path

import pytest
from desks import BODY, Newsroom

from pipelines.changes import ArticleRow
from pipelines.recheck import WITHDRAWN_AFTER
from pipelines.store import articles, planning, sites

A, B, C = "/tin/mot", "/tin/hai", "/tin/ba"
HOURS = timedelta(hours=1)


@pytest.fixture
def room(tmp_path: Path) -> Newsroom:
    room = Newsroom(tmp_path / "store.db")
    room.baseline(A, B)
    return room


def show(room: Newsroom, url: str, number: int) -> None:
    room.answer(url, title=f"Hội nghị số {number}", body=[f"{number}", *BODY])


def row_of(room: Newsroom, url: str) -> ArticleRow:
    row = articles.resolve(room.store.reader, room.desk.site_id, f"bao.example{url}")
    assert row is not None
    return row


def gone_while_sources_rest(room: Newsroom) -> None:
    for _ in range(2):
        room.begin()
        room.answer(A, status=404)
        show(room, B, 1)
        room.end()
        room.clock.pass_by(hours=7)


def test_what_moved_while_no_source_was_read_is_not_called_withdrawn(room: Newsroom) -> None:
    gone_while_sources_rest(room)
    assert room.released() == []
    room.begin()
    room.listed(B, C)
    show(room, C, 0)
    room.end()
    assert room.released() == [("moved", C)]


def test_it_is_called_withdrawn_once_the_sources_were_read(room: Newsroom) -> None:
    gone_while_sources_rest(room)
    room.begin()
    room.listed(B)
    room.end()
    assert room.released() == [("withdrawn", A)]


def test_sources_are_due_by_when_an_absence_may_be_decided(room: Newsroom) -> None:
    with room.store.writing() as db:
        db.execute("UPDATE sources SET due_at = '2026-03-09T00:00:00.000000+00:00'")
    room.begin()
    room.answer(A, status=404)
    room.end()
    db, now = room.store.reader, room.clock.now()
    assert planning.due_sources(db, room.desk.site_id, now) == []
    assert len(planning.due_sources(db, room.desk.site_id, now + WITHDRAWN_AFTER)) == 1


def test_a_source_three_days_behind_the_others_keeps_nothing_from_being_decided(
    room: Newsroom,
) -> None:
    room.begin()
    room.listed(A, B, kind="feed", source="https://bao.example/cu.rss")
    room.end()
    db, site_id = room.store.reader, room.desk.site_id
    since = room.clock.now()
    room.clock.pass_by(hours=7)
    room.begin()
    room.listed(A, B)
    room.end()
    assert not sites.were_sources_read(db, site_id, since=since)
    room.clock.pass_by(days=4)
    room.begin()
    room.listed(A, B)
    room.end()
    assert sites.were_sources_read(db, site_id, since=since)


def held_for_a_twin_gone_once(room: Newsroom) -> None:
    room.begin()
    room.listed(B, C)
    room.answer(A, status=404)
    show(room, B, 1)
    show(room, C, 0)
    room.end()
    assert room.count("looks", "state = 'held'") == 1


def test_a_held_article_lets_its_missing_twin_wait_for_its_own_moment(room: Newsroom) -> None:
    held_for_a_twin_gone_once(room)
    due_at = row_of(room, A).due_at
    assert due_at is not None
    assert due_at > room.clock.now() + 5 * HOURS


def test_nothing_is_held_for_ever_for_a_twin_that_was_gone_only_once(room: Newsroom) -> None:
    held_for_a_twin_gone_once(room)
    for _ in range(5):
        room.clock.pass_by(hours=7)
        room.begin()
        room.listed(B, C)
        room.answer(A, fields={"not": "soft_404"})
        show(room, B, 1)
        room.end()
    assert room.count("looks", "state = 'held'") == 0
    assert room.released() == [("moved", C)], "an equal title, text and minute are no news"
