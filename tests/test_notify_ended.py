"""What was told long ago goes from the store; what is owed, or may be corrected, never does."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from posts import OTHER, Post
from receivers import Does, Receiver

from pipelines.store.ended import CORRECTED_FOR, KEPT, remove_ended

DAY = timedelta(days=1)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with Receiver().open() as receiver:
        yield receiver


@pytest.fixture
def post(tmp_path: Path, receiver: Receiver) -> Post:
    made = Post(tmp_path, receiver.address)
    made.route("all: {to: desk}", more=", give_up_after: 3000d")
    return made


def night(post: Post) -> int:
    return remove_ended(post.room.store, post.room.clock.now())


def test_who_was_told_is_known_as_long_as_it_may_be_corrected(
    post: Post, receiver: Receiver
) -> None:
    change = post.edit()
    post.send()
    post.room.clock.pass_by(days=KEPT.days + 1)
    assert night(post) == 1  # the event; its delivery stays
    post.room.clock.pass_by(days=CORRECTED_FOR.days - KEPT.days - 2)
    assert night(post) == 0
    post.dismiss(change)
    post.send()
    assert [came.told["kind"] for came in receiver.came] == ["change", "correction"]
    post.room.clock.pass_by(days=2)
    assert night(post) == 1
    assert [row["kind"] for row in post.deliveries()] == ["correction"]
    post.room.clock.pass_by(days=CORRECTED_FOR.days)
    night(post)
    assert [post.room.count(name) for name in ("outbox", "deliveries", "delivery_changes")] == [
        0
    ] * 3


def test_what_is_owed_stays_however_old(post: Post, receiver: Receiver) -> None:
    receiver.does = lambda came: Does(500)
    post.edit()
    post.send()
    post.edit(OTHER)  # nobody looked up yet where it goes
    post.room.clock.pass_by(days=2 * CORRECTED_FOR.days)
    night(post)
    assert post.statuses() == ["waiting"]
    assert post.room.count("outbox") == 1


def test_what_nobody_got_goes_sooner(post: Post) -> None:
    post.route("daily: {to: desk, at: '0 7 * * *'}")
    change = post.edit()
    post.send()
    post.dismiss(change)
    post.send()
    assert post.statuses() == ["cancelled"]
    post.room.clock.pass_by(days=KEPT.days + 1)
    night(post)
    assert post.statuses() == []
