"""The daemon's sender: a pass that was not made is made again, and no clock keeps it from that."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest
from desks import Newsroom
from loopback import ROOT

from crawlers.clock import Clock
from monitor.children import ChildEnd, ChildOrder
from monitor.postman import REST, Postman
from monitor.project import Project


class Ends:
    """Passes that end as they are told to; how many there were."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.status, self.passes = 0, 0
        monkeypatch.setattr("monitor.postman.run_child", self._run)

    async def _run(self, order: ChildOrder, clock: Clock) -> ChildEnd:
        self.passes += 1
        return ChildEnd(exit_status=self.status, timed_out=False, lines=("a line",))


@pytest.fixture
def ends(monkeypatch: pytest.MonkeyPatch) -> Ends:
    return Ends(monkeypatch)


@pytest.fixture
def room(tmp_path: Path) -> Newsroom:
    return Newsroom(tmp_path / "store.db")


def postman(room: Newsroom) -> Postman:
    project = Project(folder=ROOT, config=ROOT / "config", store=room.store.path)
    return Postman(room.store, project, room.clock, has_routes=True)


async def looks(made: Postman) -> None:
    made.look()
    await asyncio.sleep(0)  # the pass ends
    await asyncio.sleep(0)  # and is noted


@pytest.mark.parametrize("status", [1, 2, -9])
def test_a_route_begins_though_the_first_pass_was_not_made(
    room: Newsroom, ends: Ends, status: int, caplog: pytest.LogCaptureFixture
) -> None:
    async def day() -> None:
        made = postman(room)
        ends.status = status
        await looks(made)
        await looks(made)
        assert ends.passes == 1, "it rests"
        ends.status = 0
        room.clock.pass_by(seconds=REST.total_seconds())
        await looks(made)
        assert ends.passes == 2
        await looks(made)
        assert ends.passes == 2, "nothing is owed"

    asyncio.run(day())
    assert f"exit status {status}" in caplog.text


def test_a_clock_that_is_set_back_ends_the_rest(room: Newsroom, ends: Ends) -> None:
    async def day() -> None:
        made = postman(room)
        ends.status = 2
        await looks(made)
        room.clock.pass_by(hours=-timedelta(days=400) / timedelta(hours=1))
        made.note_clock_was_set()
        await looks(made)
        assert ends.passes == 2

    asyncio.run(day())
