"""``baowatch notify …``: what it says, and with which exit status it ends."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from commandline import baowatch, configure
from posts import DESK, ENVIRONMENT, OTHER, Post
from receivers import Does, Receiver

from pipelines.holding import hold


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with Receiver().open() as receiver:
        yield receiver


@pytest.fixture
def post(tmp_path: Path, receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> Post:
    configure(tmp_path, monkeypatch)
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    made = Post(tmp_path, receiver.address)
    made.file = tmp_path / "config" / "notify.yml"
    made.route("all: {to: desk}")
    return made


def numbers(post: Post) -> list[str]:
    return [str(row["id"]) for row in post.deliveries()]


def test_check_says_in_words_what_goes_where(post: Post) -> None:
    told = baowatch("notify", "check")
    assert told.status == 0
    assert told.out.splitlines() == [
        "desk: webhook",
        "all: every change of at least minor weight of any site → desk, at once",
    ]


def test_check_refuses_an_address_that_no_service_has(post: Post) -> None:
    post.file.write_text("channels: {x: {apprise: 'nothing://${HOOK_SECRET}/'}}\n")
    told = baowatch("notify", "check")
    assert told.status == 2
    assert "key 'channels.x.apprise': Apprise cannot use address 1" in told.said
    assert ENVIRONMENT["HOOK_SECRET"] not in told.said


def test_a_test_message_says_so_and_whether_it_was_taken(post: Post, receiver: Receiver) -> None:
    told = baowatch("notify", "test", "desk")
    assert (told.status, told.out) == (0, "desk, address 1: took it\n")
    assert receiver.came[0].told["kind"] == "test"
    assert receiver.came[0].told["changes"] == []
    receiver.does = lambda came: Does(401)
    told = baowatch("notify", "test", "desk")
    assert (told.status, told.out) == (1, "desk, address 1: the receiver answered 401\n")
    told = baowatch("notify", "test", "dask")
    assert told.status == 2
    assert "no channel 'dask'" in told.said
    assert post.deliveries() == []


def test_what_was_given_up_is_shown_retried_and_dropped(post: Post, receiver: Receiver) -> None:
    assert baowatch("notify", "pending").out == "Nothing is owed to anybody.\n"
    receiver.does = lambda came: Does(404)
    post.edit()
    post.edit(OTHER)
    post.send()
    with post.room.store.writing() as db:
        db.execute("UPDATE deliveries SET tries = 4, due_at = made_at")
        db.execute("UPDATE lanes SET failures = 4, next_at = NULL")
    for _ in range(2):
        post.send()
        post.room.clock.pass_by(days=1)
    told = baowatch("notify", "pending")
    assert told.status == 0
    assert re.search(r"1 +desk +all +change +1 +given up +5 +the receiver answered 404", told.out)
    listed = json.loads(baowatch("notify", "pending", "--json").out)["deliveries"]
    assert [one["status"] for one in listed] == ["dead", "dead"]
    assert "undelivered" in baowatch("health", "--json").out

    assert baowatch("notify", "retry").status == 2
    assert baowatch("notify", "retry", "77").status == 2
    first, second = numbers(post)
    told = baowatch("notify", "retry", first)
    assert (told.status, told.out) == (0, "1 to be tried again.\n")
    receiver.does = lambda came: Does()
    post.room.clock.pass_by(days=1000)  # the command went by the machine's clock
    assert post.send().sent == 1
    assert baowatch("notify", "drop", first).status == 2
    told = baowatch("notify", "drop", second)
    assert (told.status, told.out.splitlines()[-1]) == (0, "1 dropped.")
    assert post.statuses() == ["sent", "dropped"]
    assert baowatch("notify", "pending").out == "Nothing is owed to anybody.\n"


def test_dropping_what_was_given_up_closes_the_finding(post: Post, receiver: Receiver) -> None:
    receiver.does = lambda came: Does(404)
    post.edit()
    post.send()
    with post.room.store.writing() as db:
        db.execute("UPDATE deliveries SET tries = 4, due_at = made_at")
        db.execute("UPDATE lanes SET next_at = NULL")
    post.send()
    assert post.room.count("findings", "kind = 'undelivered' AND closed_at IS NULL") == 1
    told = baowatch("notify", "drop", "--all")
    assert told.status == 0
    assert post.room.count("findings", "kind = 'undelivered' AND closed_at IS NULL") == 0


def test_send_is_one_pass_and_its_exit_status_says_whether_all_went_well(
    post: Post, receiver: Receiver
) -> None:
    with post.room.store.writing() as db:
        db.execute("UPDATE routes SET began_at = '2020-01-01T00:00:00.000000+00:00'")
    receiver.does = lambda came: Does(500)
    post.edit()
    told = baowatch("notify", "send")
    assert told.status == 1
    assert re.search(r"desk: 1 not sent, the receiver answered 500; tried again in \d+ s", told.out)
    lock = hold(Path(f"{post.room.store.path}.sender.lock"))
    with pytest.raises(Exception, match="has a sender already"):
        baowatch("notify", "send")
    lock.release()
    baowatch("notify", "retry", "1")
    receiver.does = lambda came: Does()
    told = baowatch("notify", "send")
    assert (told.status, told.out) == (0, "desk: sent 1 (change of all)\n")


def test_a_wrong_file_is_said_before_anything_is_sent(post: Post, receiver: Receiver) -> None:
    post.file.write_text(DESK.format(address="ftp://x/", more="") + "  all: {to: desk}\n")
    for words in (("check",), ("send",), ("test", "desk")):
        with pytest.raises(Exception, match=r"notify\.yml: key 'channels\.desk\.webhook'"):
            baowatch("notify", *words)
    assert receiver.came == []
