"""What was released reaches real receivers, whatever they do meanwhile."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from posts import OTHER, SECRET, URL, Post
from receivers import Came, Does, Receiver

from monitor.notify.signing import KEY, is_signed
from pipelines.store import changes, findings
from pipelines.store.opening import open_store

TWO = """
channels:
  odd: {{webhook: '{odd}', secret: '${{HOOK_SECRET}}'}}
  desk: {{webhook: '{address}', secret: '${{HOOK_SECRET}}'}}
routes:
"""


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with Receiver().open() as receiver:
        yield receiver


@pytest.fixture
def post(tmp_path: Path, receiver: Receiver) -> Post:
    made = Post(tmp_path, receiver.address)
    made.route("all: {to: desk}")
    return made


def open_findings(post: Post) -> list[str]:
    return [row["kind"] for row in findings.open_findings(post.room.store.reader)]


def test_a_released_change_is_told_once_and_signed(post: Post, receiver: Receiver) -> None:
    change = post.edit(line="Vốn đầu tư là 90 tỷ đồng.")
    assert post.send().sent == 1
    (came,) = receiver.came
    assert came.headers["Content-Type"] == "application/json"
    assert is_signed(came.body, came.headers, secret=SECRET, now=post.room.clock.now())
    told = came.told
    assert (told["version"], told["kind"], told["route"]) == (2, "change", "all")
    assert came.headers[KEY] == told["key"] == post.deliveries()[0]["key"]
    (one,) = told["changes"]
    assert (one["id"], one["kind"], one["site_title"]) == (change, "edited", "Báo")
    assert "90 tỷ" in one["after"]["text"]
    assert "90 tỷ" not in one["before"]["text"]
    assert post.send().sent == 0
    assert len(receiver.came) == 1


def test_a_baseline_tells_nothing(post: Post, receiver: Receiver) -> None:
    assert post.room.count("articles") == 2
    assert post.room.count("outbox") == 0
    post.send()
    assert receiver.came == []


def test_a_new_route_begins_now_and_one_that_slept_misses_nothing(
    post: Post, receiver: Receiver
) -> None:
    first = post.edit()
    post.room.clock.pass_by(days=40)
    second = post.edit()
    post.file.write_text(post.file.read_text() + "  later: {to: desk, at: '0 7 * * *'}\n")
    post.send()
    assert receiver.changes == [first, second]
    third = post.edit(OTHER)
    post.room.clock.pass_by(days=1)
    post.send()
    assert receiver.changes == [first, second, third, third]
    kinds = [came.told["kind"] for came in receiver.came]
    assert kinds == ["change"] * 3 + ["digest"]


@pytest.mark.parametrize(
    ("does", "why"),
    [
        (Does(500), "answered 500"),
        (Does(503, {"Retry-After": "900"}), "answered 503"),
        (Does(429, {"Retry-After": "900"}), "answered 429"),
        (Does(302, {"Location": "/elsewhere"}), "answered 302"),
        (Does(404), "answered 404"),
        (Does(0, takes=True), "lost before an answer"),
        (Does(hangs=True, takes=True), "no answer in time"),
        (Does(drips=True, takes=True), "time limit"),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_a_failure_is_tried_again_by_the_same_key(
    post: Post, receiver: Receiver, does: Does, why: str
) -> None:
    post.route("all: {to: desk}", more=", first_retry: 60s")
    post.has_children = does.drips or does.hangs or does.status == 0
    limits = "9s, time_limit: 2s" if does.drips else "1s, time_limit: 60s"
    post.file.write_text(post.file.read_text().replace("5s, time_limit: 20s", limits))
    receiver.does = lambda came: does if len(receiver.came) == 0 else Does()
    post.edit()
    assert post.send().failed == 1
    (row,) = post.deliveries()
    assert row["status"] == "waiting"
    assert why in row["why"]
    post.room.clock.pass_by(seconds=20)
    post.send()  # too early
    assert len(receiver.came) == 1
    post.room.clock.pass_by(minutes=16 if does.headers.get("Retry-After") else 1)
    assert post.send().sent == 1
    assert len({came.key for came in receiver.came}) == 1
    assert len(receiver.accepted) == 1
    assert all(came.path == "/hook" for came in receiver.came)


def test_what_asks_for_a_wait_is_left_alone_so_long(post: Post, receiver: Receiver) -> None:
    receiver.does = lambda came: Does(429, {"Retry-After": "900"})
    post.edit()
    post.send()
    post.room.clock.pass_by(minutes=14)
    post.send()
    assert len(receiver.came) == 1
    post.room.clock.pass_by(minutes=2)
    post.send()
    assert len(receiver.came) == 2


def test_nobody_listens_then_somebody_does(tmp_path: Path) -> None:
    with Receiver().open() as gone:
        address = gone.address
    post = Post(tmp_path, address)
    post.route("all: {to: desk}")
    post.edit()
    post.send()
    (row,) = post.deliveries()
    assert (row["why"], row["reached"]) == ("no connection", 0)


def test_a_refusal_is_believed_sooner_and_becomes_a_finding_until_it_works(
    post: Post, receiver: Receiver
) -> None:
    receiver.does = lambda came: Does(403)
    post.edit()
    for _ in range(5):
        assert open_findings(post) == []
        post.send()
        post.room.clock.pass_by(hours=1)
    assert post.statuses() == ["dead"]
    assert len(receiver.came) == 5
    assert open_findings(post) == ["undelivered"]
    detail = findings.open_findings(post.room.store.reader)[0]["detail"]
    assert detail == ("desk: 5 failures in a row, 1 given up (the receiver answered 403)")
    receiver.does = lambda came: Does()
    post.edit(OTHER)
    post.send()
    assert open_findings(post) == []
    assert post.statuses() == ["dead", "sent"]


def test_a_message_that_its_receiver_cannot_bear_holds_up_no_other(
    post: Post, receiver: Receiver
) -> None:
    bad = post.edit()
    receiver.does = lambda came: (
        Does(500) if bad in [one["id"] for one in came.told["changes"]] else Does()
    )
    post.send()
    for _ in range(4):
        good = post.edit(OTHER)
        post.send()
        assert receiver.changes[-1] == good
    post.room.clock.pass_by(hours=2)
    post.send()
    good = post.edit(OTHER)
    post.send()  # at once, though the other failed a moment ago
    assert receiver.changes[-1] == good


def test_what_is_owed_too_long_is_given_up(post: Post, receiver: Receiver) -> None:
    receiver.does = lambda came: Does(500)
    post.edit()
    post.send()
    post.room.clock.pass_by(days=4)
    post.send()
    assert post.statuses() == ["dead"]
    assert len(receiver.came) == 2


def test_a_channel_that_hangs_does_not_hold_up_another(tmp_path: Path) -> None:
    def hang(came: Came) -> Does:
        return Does(hangs=True)

    with Receiver(hang).open() as bad, Receiver().open() as good:
        post = Post(tmp_path, bad.address)
        post.has_children = True
        channels = "channels:\n" + "".join(
            f"  {name}: {{webhook: '{one.address}', secret: '${{HOOK_SECRET}}', timeout: 2s}}\n"
            for name, one in (("bad", bad), ("good", good))
        )
        post.route("all: {to: [bad, good]}", channels=f"{channels}routes:\n")
        numbers = [post.edit(), post.edit(OTHER)]
        done = post.send()
        assert (done.sent, done.failed) == (2, 1)
        assert good.changes == numbers
        assert len(bad.came) == 1


def test_a_digest_collects_until_its_line_and_is_fixed_then(post: Post, receiver: Receiver) -> None:
    post.route("daily: {to: desk, at: '0 7 * * *'}")
    told = [post.edit(), post.edit(OTHER)]
    post.send()
    assert receiver.came == []
    assert post.statuses() == ["collecting"]
    receiver.does = lambda came: Does(500)
    post.room.clock.pass_by(days=1)
    post.send()
    late = post.edit()
    receiver.does = lambda came: Does()
    post.send()
    assert receiver.changes == told
    assert len({came.key for came in receiver.came}) == 1
    post.room.clock.pass_by(days=1)
    post.send()
    assert receiver.changes == [*told, late]


def test_a_digest_of_a_route_that_is_gone_is_sent_at_once(post: Post, receiver: Receiver) -> None:
    post.route("daily: {to: desk, at: '0 7 * * *'}")
    change = post.edit()
    post.send()
    post.route("other: {to: desk, kinds: [withdrawn]}")
    assert receiver.changes == [change]


def test_two_routes_to_one_channel_tell_it_once(post: Post, receiver: Receiver) -> None:
    post.route("all: {to: desk}\nedits: {to: desk, kinds: [edited]}")
    change = post.edit()
    post.send()
    assert receiver.changes == [change]


def test_an_interrupted_delivery_is_sent_again_by_the_same_key(
    post: Post, receiver: Receiver
) -> None:
    post.edit()
    post.send()
    with post.room.store.writing() as db:  # as if killed before the answer was written down
        db.execute("UPDATE deliveries SET status = 'sending', due_at = made_at")
    post.send()
    assert post.statuses() == ["sent"]
    assert len(receiver.came) == 2
    assert len(receiver.accepted) == 1


def test_what_is_owed_to_a_channel_that_is_gone_waits_for_it(
    post: Post, receiver: Receiver
) -> None:
    receiver.does = lambda came: Does(500)
    change = post.edit()
    post.send()
    whole = post.file.read_text()
    post.file.write_text("channels: {}\n")
    post.room.clock.pass_by(hours=2)
    post.send()
    assert "no such channel" in post.deliveries()[0]["why"]
    post.file.write_text(whole)
    receiver.does = lambda came: Does()
    post.room.clock.pass_by(hours=2)
    post.send()
    assert receiver.changes == [change]


def test_searches_words_and_watched_articles_choose(post: Post, receiver: Receiver) -> None:
    from pipelines.store import watched

    post.route(
        "words: {to: desk, words: [khoi cong], sites: [bao]}\n"
        "search: {to: desk, search: 'ty dong', at: '@daily'}\n"
        "never: {to: desk, words: [ty don], at: '@daily'}\n"
        "watched: {to: desk, watched: true, at: '@daily'}"
    )
    first = post.edit()
    with post.room.store.writing() as db:
        article = db.execute(f"SELECT id FROM articles WHERE url LIKE '%{OTHER}'").fetchone()[0]
        now = post.room.clock.now()
        watched.follow(db, article, every=timedelta(hours=1), note="", now=now)
    second = post.edit(OTHER, line="Không có gì đáng kể, chỉ 12 người dự.")
    post.room.clock.pass_by(days=2)
    post.send()
    told = {(came.told["route"], *(one["id"] for one in came.told["changes"]))
            for came in receiver.came}  # fmt: skip
    assert told == {("words", first), ("search", first, second), ("watched", second)}


def test_a_clock_that_ran_ahead_and_was_set_right_keeps_nothing_from_being_told(
    post: Post, receiver: Receiver
) -> None:
    clock = post.room.clock
    right = clock.now()
    clock.pass_by(days=4000)
    post.route("all: {to: desk}\ndaily: {to: desk, at: '0 7 * * *'}")
    receiver.does = lambda came: Does(500)
    first = post.edit()
    post.send()
    receiver.does = lambda came: Does()
    clock.pass_by(days=-((clock.now() - right).days))
    second = post.edit(OTHER)
    post.send()
    assert sorted(receiver.changes) == [first, second]
    clock.pass_by(days=1)
    post.send()
    assert sorted(receiver.changes) == [first, first, second, second]
    assert post.statuses() == ["sent"] * 3


def test_a_receiver_that_answers_nonsense_holds_up_no_other(
    tmp_path: Path, receiver: Receiver
) -> None:
    nonsense = {"Retry-After": f"Mon, 01 Jan 2024 00:00:00 +{'9' * 30}"}
    receiver.does = lambda came: Does(503, nonsense) if came.path == "/odd" else Does()
    post = Post(tmp_path, receiver.address)
    odd = receiver.address.replace("/hook", "/odd")
    post.route("all: {to: [odd, desk]}", channels=TWO.format(odd=odd, address=receiver.address))
    change = post.edit()
    done = post.send()
    assert (done.sent, done.failed) == (1, 1)
    assert receiver.changes == [change]


def test_a_long_queue_of_one_address_keeps_no_other_waiting(
    tmp_path: Path, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("monitor.notify.sender.MOST_AT_A_TIME", 2)
    post = Post(tmp_path, receiver.address)
    slow = receiver.address.replace("/hook", "/slow")
    channels = TWO.format(odd=slow, address=receiver.address)
    post.route("all: {to: desk}", channels=channels)
    told = post.edit()
    post.send()
    post.route("all: {to: odd}", channels=channels)
    for _ in range(5):
        post.edit()

    def does(came: Came) -> Does:
        if not [one for one in receiver.came if one.path == "/slow"]:
            other = open_store(post.room.store.path)
            with other.writing() as db:
                changes.dismiss(db, told, post.room.clock.now(), why="the date only")
            other.close()
        return Does()

    receiver.does = does
    post.send()
    paths = [came.path for came in receiver.came]
    assert sorted(paths) == ["/hook"] * 2 + ["/slow"] * 5
    assert paths[-1] == "/slow"


def test_a_digest_that_grows_large_comes_in_several(
    post: Post, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("monitor.notify.sorting.MOST_IN_JSON", 2)
    post.route("daily: {to: desk, at: '0 7 * * 1'}")
    told = [post.edit(url) for url in (URL, OTHER, URL)]
    post.room.clock.pass_by(days=7)
    assert post.send().sent == 2
    assert receiver.changes == told
    assert [len(came.told["changes"]) for came in receiver.came] == [2, 1]
