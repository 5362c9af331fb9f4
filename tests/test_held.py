"""New addresses that wait until their twins were looked at: what the judge does with them."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from desks import read_plainly
from movers import NEW, SITE, Movers, World, known, new_url, old_url, text

from crawlers.page import Failure, Page
from crawlers.site import Site
from pipelines.hosts import Hosts
from pipelines.noise import Memory
from pipelines.profile import NO_PROFILE, Profile
from pipelines.reading import Reading
from pipelines.store import memory, planning
from pipelines.store.articles import DueWish

NUMBERS = range(12)
A_READING = timedelta(minutes=5)


class SlowReading:
    """Reads as the tests do, slowly; counts the pages."""

    def __init__(self, room: Movers) -> None:
        self.room, self.pages = room, 0

    def __call__(
        self, page: Page, site: Site, memory: Memory, profile: Profile = NO_PROFILE
    ) -> Reading:
        self.pages += 1
        self.room.clock.pass_by(seconds=A_READING.total_seconds())
        return read_plainly(page, site, memory, profile)


@pytest.fixture
def room(tmp_path: Path) -> Movers:
    """All articles stand on a new host too; the old ones are still to be looked at."""
    room = known(tmp_path / "store.db", NUMBERS)
    room.clock.pass_by(hours=10)
    room.begin()
    room.list_all(map(new_url, NUMBERS), f"{NEW}/")
    world = moved()
    for number in NUMBERS:
        room.ask(world, new_url(number))
    assert room.count("looks", "state = 'held'") == len(NUMBERS)
    return room


def moved() -> World:
    return World(pages={new_url(number): text(number) for number in NUMBERS}, dead={"bao.example"})


def judged(room: Movers) -> int:
    """The judge's work at the end of the open run: how many pages it read; another run begins."""
    reading = SlowReading(room)
    room.desk = replace(room.desk, read=reading)
    room.end()
    room.begin()
    return reading.pages


def test_what_waits_is_not_read_again_while_nothing_is_new(room: Movers) -> None:
    assert judged(room) == 0
    room.clock.pass_by(hours=2)
    assert judged(room) == 0
    room.clock.pass_by(hours=23)
    assert judged(room) >= len(NUMBERS), "a day is over"
    assert room.count("looks", "state = 'held'") == len(NUMBERS), "nobody asked the old host"
    assert judged(room) == 0
    room.clock.pass_by(days=13)
    judged(room)
    assert room.count("looks", "state = 'held'") == 0


def test_one_whose_twin_was_looked_at_is_ruled_on(room: Movers) -> None:
    world = moved()
    world.dead.clear()
    room.ask(world, old_url(3))  # gone
    room.clock.pass_by(hours=7)
    room.ask(world, old_url(3))
    assert 0 < judged(room) <= 3
    assert room.told_of("moved") == [new_url(3)]


def test_what_the_site_taught_is_tried_on_all_that_wait(room: Movers) -> None:
    with room.store.writing() as db:
        memory.learn(
            db,
            room.desk.site_id,
            kind="block",
            print_="0" * 16,
            place="foot paragraph",
            sample="",
            articles=5,
            why="as the test has it",
            now=room.clock.now(),
        )
    assert judged(room) >= len(NUMBERS)
    assert judged(room) == 0


def test_a_judge_that_reads_for_an_hour_keeps_its_lease(room: Movers) -> None:
    room.clock.pass_by(days=1, hours=1)
    run_id = room.desk.run_id
    assert judged(room) * A_READING >= timedelta(hours=1)
    (lease_until, finished_at) = room.store.reader.execute(
        "SELECT lease_until, finished_at FROM runs WHERE id = ?", [run_id]
    ).fetchone()
    assert finished_at < lease_until


def requests_to_the_old_host(room: Movers, world: World) -> int:
    """A run that asks for all that is due, as far as the old host is not found silent."""
    hosts, asked = Hosts(), set[int]()
    hosts.heard(f"{NEW}/")
    while True:
        wish = DueWish(now=room.clock.now())
        rows = planning.due(room.store.reader, room.desk.site_id, wish, limit=100)
        rows = [row for row in hosts.few_of_each(SITE, rows) if row.id not in asked]
        if not rows:
            break
        for row in rows:
            asked.add(row.id)
            room.ask(world, row.url)
            failure = Failure(
                site=SITE.name,
                url=row.url,
                reason="unreachable",
                detail="as the test has it",
                failed_at=room.clock.now(),
            )
            hosts.missed(room.desk, failure)
    room.end()
    room.clock.pass_by(minutes=15)
    room.begin()
    return len(asked)


def test_a_dead_host_is_left_alone_and_all_that_waits_for_it_moves_after_a_day(
    room: Movers,
) -> None:
    world = moved()
    asked = [requests_to_the_old_host(room, world) for _ in range(4 * 11)]
    assert asked[0] == 2
    assert sum(asked) <= 2 * 5, "the two that gave no answer, at growing intervals"
    for _ in range(4 * 15):
        requests_to_the_old_host(room, world)
    assert sorted(room.told_of("moved")) == sorted(map(new_url, NUMBERS))
