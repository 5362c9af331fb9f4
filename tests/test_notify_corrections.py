"""What is taken back is told to whoever was told of it, and to nobody else."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from commandline import baowatch, configure
from desks import HOME
from posts import OTHER, URL, Post
from receivers import Does, Receiver


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with Receiver().open() as receiver:
        yield receiver


@pytest.fixture
def post(tmp_path: Path, receiver: Receiver) -> Post:
    made = Post(tmp_path, receiver.address)
    made.route("all: {to: desk}")
    return made


def told(receiver: Receiver) -> list[tuple[str, int]]:
    return [
        (came.told["kind"], one["id"]) for came in receiver.came for one in came.told["changes"]
    ]


def test_who_was_told_is_told_of_the_dismissal_and_of_its_undoing(
    post: Post, receiver: Receiver
) -> None:
    change = post.edit()
    post.send()
    post.dismiss(change, why="only a counter")
    post.send()
    post.undo(change)
    post.send()
    assert told(receiver) == [("change", change), ("correction", change), ("change", change)]
    assert len({came.key for came in receiver.came}) == 3
    (one,) = receiver.came[1].told["changes"]
    assert one["dismissed_why"] == "only a counter"
    assert one["dismissed_at"]
    assert receiver.came[2].told["changes"][0]["dismissed_at"] is None


def test_what_was_not_told_yet_is_cancelled_without_a_word(post: Post, receiver: Receiver) -> None:
    change = post.edit()
    post.dismiss(change)
    post.send()
    assert told(receiver) == []
    post.undo(change)
    post.send()
    assert told(receiver) == [("change", change)]


def test_whoever_may_have_got_it_is_told_too(post: Post, receiver: Receiver) -> None:
    receiver.does = lambda came: Does(0, takes=True)
    change = post.edit()
    post.send()
    post.dismiss(change)
    receiver.does = lambda came: Does()
    post.room.clock.pass_by(hours=2)
    post.send()
    assert told(receiver) == [("change", change), ("correction", change)]
    assert post.statuses() == ["cancelled", "sent"]


def test_who_cannot_have_got_it_is_told_nothing(tmp_path: Path) -> None:
    with Receiver().open() as gone:
        address = gone.address
    post = Post(tmp_path, address)
    post.route("all: {to: desk}")
    change = post.edit()
    post.send()
    post.dismiss(change)
    post.send()
    assert post.statuses() == ["cancelled"]


def test_a_correction_that_nobody_got_is_not_needed_when_it_is_undone(
    post: Post, receiver: Receiver
) -> None:
    change = post.edit()
    post.send()
    post.dismiss(change)
    post.undo(change)
    post.send()
    assert told(receiver) == [("change", change)] * 1
    assert set(post.statuses()) <= {"sent", "cancelled"}


def test_a_digest_leaves_out_what_was_dismissed_and_corrects_what_was_told(
    post: Post, receiver: Receiver
) -> None:
    post.route("daily: {to: desk, at: '0 7 * * *'}")
    first, second = post.edit(), post.edit(OTHER)
    post.send()
    post.dismiss(first)
    post.room.clock.pass_by(days=1)
    post.send()
    assert told(receiver) == [("digest", second)]
    post.dismiss(second)
    post.send()
    assert told(receiver) == [("digest", second), ("correction", second)]


def test_what_a_digest_left_out_is_told_when_its_dismissal_is_undone(
    post: Post, receiver: Receiver
) -> None:
    post.route("daily: {to: desk, at: '0 7 * * *'}")
    first, second = post.edit(), post.edit(OTHER)
    post.send()
    post.dismiss(first)
    post.room.clock.pass_by(days=1)
    post.send()
    post.undo(first)
    post.send()
    post.room.clock.pass_by(days=1)
    post.send()
    assert told(receiver) == [("digest", second), ("digest", first)]


def test_a_digest_that_has_nothing_left_is_not_sent(post: Post, receiver: Receiver) -> None:
    post.route("daily: {to: desk, at: '0 7 * * *'}")
    change = post.edit()
    post.send()
    post.dismiss(change)
    post.room.clock.pass_by(days=1)
    post.send()
    assert told(receiver) == []
    assert post.statuses() == ["cancelled"]


def test_release_and_outbox_are_one(post: Post) -> None:
    """Every way by which a change becomes known, or is taken back, leaves its event."""
    changes = [post.edit(), post.edit(OTHER)]
    post.dismiss(changes[0])
    post.undo(changes[0])
    events = post.room.store.reader.execute(
        "SELECT change_id, event FROM outbox ORDER BY id"
    ).fetchall()
    assert events == [
        (changes[0], "released"),
        (changes[1], "released"),
        (changes[0], "taken_back"),
        (changes[0], "released"),
    ]


def test_what_is_forgotten_is_told_no_more_and_leaves_no_word(
    tmp_path: Path, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = configure(tmp_path, monkeypatch)
    post = Post(tmp_path, receiver.address)
    post.route("all: {to: desk}\ndaily: {to: desk, at: '0 7 * * *'}")
    receiver.does = lambda came: Does(500)
    post.edit(line="Ông Trần Văn Bí được nhắc tên trong bản tin này, số 7.")
    post.edit(OTHER)
    post.send()
    assert baowatch("forget", f"{HOME}{URL}", "--why", "by law").status == 0
    receiver.does = lambda came: Does()
    receiver.came.clear()
    post.room.clock.pass_by(days=2)
    post.send()
    post.room.store.close()
    assert receiver.came
    for came in receiver.came:
        assert "Văn Bí" not in came.body.decode("unicode_escape")
    for file in (one for one in store.parent.glob("store.db*") if one.is_file()):
        assert "Trần Văn Bí".encode() not in file.read_bytes()


def test_every_table_that_names_changes_lets_them_go(post: Post) -> None:
    db = post.room.store.reader
    tables = [row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    naming = {
        (table, key[3], key[6])
        for table in tables
        for key in db.execute(f"PRAGMA foreign_key_list({table})").fetchall()
        if key[2] == "changes"
    }
    assert naming == {
        ("outbox", "change_id", "CASCADE"),
        ("delivery_changes", "change_id", "CASCADE"),
    }
