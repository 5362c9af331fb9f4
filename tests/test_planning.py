"""The planner's columns: what is due and in which order, what a look and a change leave behind."""

from datetime import timedelta
from pathlib import Path

import pytest
from desks import BODY, HOME, Newsroom

from pipelines.habit import gap_class
from pipelines.store import changes, explaining, habits, nightly, planning
from pipelines.store.articles import DueWish
from pipelines.store.rows import iso

A, B, C = "/tin/mot", "/tin/hai", "/tin/ba"


@pytest.fixture
def room(tmp_path: Path) -> Newsroom:
    made = Newsroom(tmp_path / "store.db")
    made.baseline(A, B, C)
    made.begin()
    for url in (A, B, C):
        check(made, url, same=False)
    return made


def row(room: Newsroom, url: str) -> dict[str, object]:
    found = room.store.reader.execute("SELECT * FROM articles WHERE url = ?", [HOME + url])
    names = [column[0] for column in found.description]
    return dict(zip(names, found.fetchone(), strict=True))


def check(room: Newsroom, url: str, *, same: bool = True) -> None:
    with room.store.writing() as db:
        habits.record_check(db, row(room, url)["id"], room.clock.now(), same=same)  # type: ignore[arg-type]


def due(room: Newsroom, **wish: object) -> list[str]:
    wanted = DueWish(now=room.clock.now(), **wish)  # type: ignore[arg-type]
    found = planning.due(room.store.reader, room.desk.site_id, wanted, limit=10)
    return [row.url.removeprefix(HOME) for row in found]


def edit(room: Newsroom, url: str, words: str) -> None:
    """A confirmed edit, released."""
    room.answer(url, body=[words, *BODY])
    room.clock.pass_by(minutes=3)
    assert room.answer(url, body=[words, *BODY]).name == "changed"
    check(room, url, same=False)
    with room.store.writing() as db:
        changes.release(db, room.desk.site_id, room.clock.now(), news=True)


def teach(room: Newsroom) -> int:
    with room.store.writing() as db:
        return habits.teach_released(db, room.desk.site_id)


def test_the_most_overdue_by_its_own_gap_comes_first(room: Newsroom) -> None:
    now = room.clock.now()
    overdue = {A: (1.0, 2), B: (100.0, 20), C: (10.0, 15)}  # gap, hours past due
    with room.store.writing() as db:
        for url, (gap, late) in overdue.items():
            db.execute(
                "UPDATE articles SET gap = ?, gap_class = ?, due_at = ? WHERE url = ?",
                [gap, gap_class(gap), iso(now - timedelta(hours=late)), HOME + url],
            )
    assert due(room) == [A, C, B]


def test_what_was_looked_at_is_due_when_its_gap_is_over(room: Newsroom) -> None:
    check(room, A)
    kept = row(room, A)
    assert due(room) == []
    room.clock.pass_by(hours=kept["gap"] + 0.01)  # type: ignore[operator]
    assert A in due(room)


def test_a_released_edit_brings_the_next_look_nearer_and_teaches_once(room: Newsroom) -> None:
    for url in (A, B):
        room.clock.pass_by(hours=30)
        check(room, url)
    before = row(room, B)["gap"]
    room.clock.pass_by(hours=10)
    edit(room, B, "khác")
    assert row(room, B)["edits"] == 0
    assert teach(room) == 1
    assert row(room, B)["edits"] > 0.3  # type: ignore[operator]
    assert row(room, B)["gap"] < before  # type: ignore[operator]
    assert teach(room) == 0


def test_what_is_held_back_or_dismissed_teaches_nothing(room: Newsroom) -> None:
    room.answer(B, body=["khác", *BODY])
    room.clock.pass_by(minutes=3)
    room.answer(B, body=["khác", *BODY])
    assert teach(room) == 0, "not released"
    with room.store.writing() as db:
        changes.release(db, room.desk.site_id, room.clock.now(), news=True)
        (found,) = changes.of_article(db, row(room, B)["id"])[-1:]  # type: ignore[arg-type]
        changes.dismiss(db, found["id"], room.clock.now(), why="test")
    assert teach(room) == 0, "dismissed"


def test_a_dismissal_takes_back_what_was_taught_and_its_undoing_teaches_again(
    room: Newsroom,
) -> None:
    edit(room, B, "khác")
    assert teach(room) == 1
    taught = row(room, B)["edits"]
    (found,) = changes.of_article(room.store.reader, row(room, B)["id"])[-1:]  # type: ignore[arg-type]
    with room.store.writing() as db:
        changes.dismiss(db, found["id"], room.clock.now(), why="test")
        habits.unteach(db, found["id"])
    assert row(room, B)["edits"] == 0
    assert teach(room) == 0
    with room.store.writing() as db:
        changes.undo_dismissal(db, found["id"], room.clock.now())
    assert teach(room) == 1
    assert row(room, B)["edits"] == pytest.approx(taught)


def test_a_night_learns_rates_and_prices_and_every_reason_can_be_told(room: Newsroom) -> None:
    room.clock.pass_by(hours=2)
    edit(room, A, "khác")
    teach(room)
    now = room.clock.now()
    seen = nightly.learn_rates(room.store, now)
    assert sum(seen.hours) > 0
    assert sum(seen.edits) == pytest.approx(row(room, A)["edits"])
    poor = nightly.set_prices(room.store, {"bao": 1.0, "unknown": 3.0}, now)
    rich = nightly.set_prices(room.store, {"bao": 2.0}, now)
    assert rich["bao"] < poor["bao"]
    told = explaining.explain(room.store.reader, row(room, A)["id"], now)  # type: ignore[arg-type]
    assert told.price == rich["bao"]
    assert told.burst > 0
    assert told.liveliness > 1


def test_a_site_has_something_due_until_its_articles_and_sources_were_looked_at(
    room: Newsroom,
) -> None:
    room.end()
    now, site_id = room.clock.now(), room.desk.site_id
    with room.store.writing() as db:
        db.execute("UPDATE sources SET due_at = NULL")
    assert planning.has_due(room.store.reader, site_id, now), "its source was not planned yet"
    with room.store.writing() as db:
        habits.record_reading(db, site_id, f"{HOME}/", now, added=0)
    assert not planning.has_due(room.store.reader, site_id, now)
    assert planning.resting_sources(room.store.reader, site_id, now) == {f"{HOME}/"}
    due_at = planning.next_due_at(room.store.reader, site_id)
    assert due_at is not None
    assert planning.has_due(room.store.reader, site_id, due_at)


def test_a_dead_run_and_what_waits_for_judgement_are_due_too(room: Newsroom) -> None:
    room.end()
    room.answer(A, body=["Thêm một câu.", *BODY])
    room.clock.pass_by(minutes=3)
    room.answer(A, body=["Thêm một câu.", *BODY])

    def nothing_else_is_due() -> None:
        later = iso(room.clock.now() + timedelta(days=9))
        with room.store.writing() as db:
            db.execute("UPDATE articles SET due_at = ?", [later])
            db.execute("UPDATE sources SET due_at = ?", [later])

    nothing_else_is_due()
    reader, site_id, now = room.store.reader, room.desk.site_id, room.clock.now()
    assert room.count("changes", "released_at IS NULL") == 1
    assert not planning.has_due(reader, site_id, now)
    assert planning.has_due(reader, site_id, now + planning.JUDGED_EVERY)
    room.begin()
    assert planning.has_due(reader, site_id, now), "a run is open: it died, unless it is alive"
    room.end()
    assert room.count("changes", "released_at IS NULL") == 0
    nothing_else_is_due()
    assert not planning.has_due(reader, site_id, now + timedelta(days=1))


def test_what_is_merged_or_may_not_be_asked_yet_makes_nothing_due(room: Newsroom) -> None:
    room.end()
    room.begin()
    room.answer(A, body=["Thêm một câu.", *BODY])  # its second look is due in two minutes
    room.end()
    with room.store.writing() as db:
        later = iso(room.clock.now() + timedelta(days=9))
        db.execute("UPDATE sources SET due_at = ?", [later])
        db.execute("UPDATE articles SET due_at = ?", [iso(room.clock.now())])
        db.execute("UPDATE articles SET merged_into = ? WHERE url LIKE ?", [1, f"%{C}"])
        db.execute("UPDATE articles SET due_at = ? WHERE url LIKE ?", [later, f"%{B}"])
    reader, site_id, now = room.store.reader, room.desk.site_id, room.clock.now()
    assert not planning.has_due(reader, site_id, now + timedelta(minutes=1))
    assert planning.has_due(reader, site_id, now + timedelta(minutes=3))


def test_a_site_whose_sources_never_answered_is_tried_when_their_gap_is_over(
    tmp_path: Path,
) -> None:
    room = Newsroom(tmp_path / "silent.db")
    room.begin()
    reader, site_id = room.store.reader, room.desk.site_id
    room.fail("/", "unreadable", source="home")
    room.end()
    now = room.clock.now()
    assert not planning.has_due(reader, site_id, now + timedelta(minutes=5))
    assert planning.has_due(reader, site_id, now + timedelta(days=1))
