"""The daemon tells what was released, by whomever, and a broken notify.yml does not stop it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from daemons import Portals, Room
from desks import SITE, Newsroom
from receivers import Does, Receiver
from sendings import changed
from test_children import until_dead

from pipelines.store import changes

NAME = "bao2"
SECRET = "a secret of many letters"
CHANNEL = (
    "channels: {{desk: {{webhook: '{address}', secret: '${{HOOK_WORD}}', first_retry: 20s}}}}\n"
)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with Receiver().open() as receiver:
        yield receiver


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    """Nothing is crawled: what is released here is released as a crawl does it."""
    with Portals().serving() as portals:
        made = Room(tmp_path, portals, rate=60.0)
        made.schedule(cron="never")
        yield made


@pytest.fixture
def desk(room: Room) -> Newsroom:
    made = Newsroom(room.store, SITE.model_copy(update={"name": NAME}))
    made.baseline("/tin/mot")
    return made


def write(room: Room, receiver: Receiver, routes: str) -> None:
    new = room.config / "notify.new"
    new.write_text(CHANNEL.format(address=receiver.address) + routes)
    new.replace(room.config / "notify.yml")


def release(room: Room, desk: Newsroom) -> int:
    now = room.clock.now()
    with desk.store.writing() as db:
        row = db.execute("SELECT id, current_version_id FROM articles").fetchone()
        number = changes.add(db, row[0], changed(row[1], now), run_id=desk.desk.run_id)
        changes.release(db, desk.desk.site_id, now, news=True)
    return number


def test_what_is_released_is_told_and_a_broken_file_is_refused(
    room: Room, desk: Newsroom, receiver: Receiver
) -> None:
    write(room, receiver, "routes: {all: {to: desk}}\n")
    receiver.does = lambda came: Does() if receiver.came else Does(500)
    with room.daemon(HOOK_WORD=SECRET) as daemon:
        daemon.until(lambda: bool(room.rows("SELECT * FROM routes")), "the route's beginning")
        write(room, receiver, "routes: {all: {to: nobody}}\n")
        daemon.until_said(r"refused, the one before goes on: .*notify\.yml.*'nobody'")
        (room.config / "notify.yml").unlink()
        daemon.until_said(r"refused, the one before goes on: .*notify\.yml is gone")
        change = release(room, desk)
        daemon.until(lambda: bool(receiver.accepted), "the change, after a first try that failed")
        daemon.until_said(r"notify: desk: sent \d+ \(change of all\)")
        write(room, receiver, "routes: {others: {to: desk, sites: [bao3]}}\n")
        daemon.until(lambda: room.rows("SELECT name FROM routes") == [("others",)], "the new route")
        assert daemon.end() == 0
        assert SECRET not in daemon.said()
    assert receiver.changes == [change]
    assert len({one.key for one in receiver.came}) == 1


def test_a_variable_that_is_not_set_is_said_at_the_start(room: Room, receiver: Receiver) -> None:
    write(room, receiver, "routes: {all: {to: desk}}\n")
    told = room.run("daemon")
    assert told.returncode == 2
    assert told.stderr.count("\n") == 1
    assert "notify.yml: key 'channels.desk.secret': the environment has no HOOK_WORD" in told.stderr


def test_told_to_end_it_ends_a_sender_that_hangs_and_the_next_one_sends_it(
    room: Room, desk: Newsroom, receiver: Receiver
) -> None:
    write(room, receiver, "routes: {all: {to: desk}}\n")
    receiver.does = lambda came: Does(hangs=len(receiver.came) == 0)
    with room.daemon(HOOK_WORD=SECRET) as daemon:
        daemon.until(lambda: bool(room.rows("SELECT * FROM routes")), "the route's beginning")
        change = release(room, desk)
        daemon.until(lambda: bool(receiver.came), "a message")
        children = daemon.children()
        assert daemon.end() == 0
    assert all(until_dead(pid) for pid in children)
    assert room.rows("SELECT status FROM deliveries") == [("sending",)]
    with room.daemon(HOOK_WORD=SECRET) as daemon:
        daemon.until(lambda: len(receiver.came) > 1, "the message once more")
        assert daemon.end() == 0
    assert receiver.changes == [change]
