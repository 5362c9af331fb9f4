"""Which stored pages go, and that nothing which rests on one is ever lost or told wrongly."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from desks import BODY, HOME, Newsroom, read_plainly

from crawlers.page import Page
from crawlers.site import Site
from pipelines.noise import Memory
from pipelines.profile import NO_PROFILE, Profile
from pipelines.reading import Reading
from pipelines.retention import Limits, StoredPage, may_go
from pipelines.store import articles, care, snapshots, versions
from pipelines.store.care import apply_retention, stored_pages

NOW = datetime(2026, 3, 2, tzinfo=UTC)
A, B = "/tin/mot", "/tin/hai"
EVERYTHING = Limits(days=0)


def page(id_: int, age: int = 0, **facts: bool) -> StoredPage:
    told = {"needed": False, "has_version": True, **facts}
    return StoredPage(id=id_, size=1_000_000, fetched_at=NOW - timedelta(days=age), **told)


def test_without_limits_nothing_goes() -> None:
    assert may_go([page(1, 9000)], Limits(), NOW) == ()


def test_old_pages_go_and_needed_ones_stay_however_old() -> None:
    pages = [page(1, 400), page(2, 400, needed=True), page(3, 10)]
    assert may_go(pages, Limits(days=365), NOW) == (1,)


def test_size_takes_suspicions_before_versions_and_the_oldest_first() -> None:
    pages = [page(1, 30), page(2, 20), page(3, 1, has_version=False), page(4, 40, needed=True)]
    assert may_go(pages, Limits(megabytes=3), NOW) == (3,)
    assert may_go(pages, Limits(megabytes=2), NOW) == (3, 1)
    assert may_go(pages, Limits(megabytes=0), NOW) == (3, 1, 2)
    assert may_go(pages, Limits(days=25, megabytes=3), NOW) == (3, 1)


def edit(room: Newsroom, number: int, *, url: str = A) -> dict[str, object]:
    """Another edition of an article, seen twice and told."""
    told = {"title": "Hội nghị số 0", "body": ["0", BODY[0], f"{BODY[1]} Lần {number}."]}
    room.begin()
    for _ in range(2):
        room.answer(url, **told)
        room.clock.pass_by(minutes=5)
    room.end()
    room.clock.pass_by(hours=8)
    return told


@pytest.fixture
def room(tmp_path: Path) -> Newsroom:
    """Two articles, the first edited three times."""
    made = Newsroom(tmp_path / "store.db")
    made.baseline(A, B)
    for number in range(3):
        edit(made, number)
    return made


def readable(room: Newsroom) -> list[tuple[int, bool]]:
    """Of each version of the first article, whether its page can be read."""
    db = room.store.reader
    return [
        (one.number, snapshots.snapshot_page(db, one.snapshot_id, site="bao") is not None)
        for one in versions.history(db, 1)
    ]


def test_versions_readings_and_changes_outlast_their_pages(room: Newsroom) -> None:
    db = room.store.reader
    before = [one.article for one in versions.history(db, 1)], room.released()
    made = apply_retention(room.store, EVERYTHING, room.clock.now())
    assert (made.removed, made.is_above) == (3, False)
    assert readable(room) == [(1, False), (2, False), (3, False), (4, True)]
    assert ([one.article for one in versions.history(db, 1)], room.released()) == before
    assert made.left == sum(one.size for one in stored_pages(db))
    assert apply_retention(room.store, EVERYTHING, room.clock.now()).removed == 0
    assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_size_that_what_is_needed_exceeds_is_said(room: Newsroom) -> None:
    made = apply_retention(room.store, Limits(megabytes=0), room.clock.now())
    assert made.is_above
    assert readable(room)[-1] == (4, True)


def test_an_open_look_keeps_its_page_and_is_agreed_on(room: Newsroom) -> None:
    told = {"title": "Hội nghị số 0", "body": ["0", BODY[0], f"{BODY[1]} Lần 9."]}
    room.begin()
    room.answer(A, **told)
    apply_retention(room.store, EVERYTHING, room.clock.now())
    assert [one.needed for one in stored_pages(room.store.reader)] == [True] * 3
    room.clock.pass_by(minutes=5)
    assert room.answer(A, **told).name == "changed"


def test_an_edit_that_nobody_was_told_of_keeps_both_its_pages(room: Newsroom) -> None:
    told = {"title": "Hội nghị số 0", "body": ["0", BODY[0], f"{BODY[1]} Lần 9."]}
    room.begin()
    for _ in range(2):
        room.answer(A, **told)
        room.clock.pass_by(minutes=5)
    apply_retention(room.store, EVERYTHING, room.clock.now())
    assert readable(room)[-2:] == [(4, True), (5, True)]
    room.end()
    assert room.released()[-1] == ("edited", A)
    apply_retention(room.store, EVERYTHING, room.clock.now())
    assert readable(room)[-2:] == [(4, False), (5, True)]


def test_what_came_to_be_needed_meanwhile_stays(room: Newsroom) -> None:
    first, second = (one.snapshot_id for one in versions.history(room.store.reader, 1)[:2])
    with room.store.writing() as db:
        db.execute("UPDATE looks SET snapshot_id = ?, state = 'held' WHERE id = 1", [first])
    assert care._remove(room.store, [first, second], room.clock.now()) == 1
    assert readable(room)[:2] == [(1, True), (2, False)]


def other_rules(page: Page, site: Site, memory: Memory, profile: Profile = NO_PROFILE) -> Reading:
    """The rules of the next release: they read every article otherwise."""
    reading = read_plainly(page, site, memory, profile)
    assert reading.article is not None
    article = replace(reading.article, lead="Theo quy tắc mới", recipe="plain 2")
    return replace(reading, article=article)


def lose_the_page(room: Newsroom) -> None:
    """What only damage does: the accepted version's own page is gone."""
    with room.store.writing() as db:
        row = articles.by_id(db, 1)
        snapshots.remove(db, versions.by_id(db, row.current_version_id or 0).snapshot_id, NOW)
        articles.change(db, 1, {"body_sha256": ""})


def test_rules_alone_never_make_an_alarm_of_a_page_that_is_gone(room: Newsroom) -> None:
    before = room.released()
    lose_the_page(room)
    room.begin()
    room.desk = replace(room.desk, read=other_rules)
    told = {"title": "Hội nghị số 0", "body": ["0", BODY[0], f"{BODY[1]} Lần 2."]}
    assert room.answer(A, **told).name == "unchanged"
    room.end()
    assert room.released() == before
    assert room.count("findings", "kind = 'page_lost'") == 1


def test_an_edit_is_told_of_a_page_that_is_gone_while_the_rules_are_the_same(
    room: Newsroom,
) -> None:
    told = len(room.released())
    lose_the_page(room)
    edit(room, 9)
    assert room.released()[told:] == [("edited", A)]
    assert room.count("findings", "kind = 'page_lost'") == 0


def test_the_log_is_emptied_when_nobody_reads_and_nobody_waits(room: Newsroom) -> None:
    log = Path(f"{room.store.path}-wal")
    other = Newsroom(room.store.path)
    other.store.reader.execute("BEGIN")
    other.store.reader.execute("SELECT * FROM sites").fetchall()
    with room.store.writing() as db:
        articles.change(db, 1, {"title": HOME})
    assert not care.tidy_log(room.store)
    other.store.reader.execute("COMMIT")
    assert care.tidy_log(room.store)
    assert log.stat().st_size == 0
    assert room.store.reader.execute("PRAGMA busy_timeout").fetchone() == (60_000,)
