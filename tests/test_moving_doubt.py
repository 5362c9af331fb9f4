"""What must not be told while a portal moves, or of what is left of a move: each was, once."""

from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path

import pytest
from desks import HOME
from movers import (
    FORMS,
    LEFT,
    NEW,
    SITE,
    Movers,
    World,
    known,
    new_url,
    old_url,
    old_world,
    text,
)

from crawlers.site import Site
from monitor.overview import overview_of_sites
from pipelines.moving import departures
from pipelines.store import planning
from pipelines.store.articles import DueWish
from pipelines.store.moves import moved
from pipelines.store.rows import iso

NUMBERS = range(16)
KEPT = Site.model_validate(
    {
        **LEFT.model_dump(),
        "predecessors": [
            {
                "host": "bao.example",
                "title": "Báo cũ",
                "until": "2026-03-01",
                "why": "as the test has it",
                "articles": [FORMS[2]],
            }
        ],
    }
)
"""A predecessor whose ids the new host kept."""


def with_id(number: int, host: str = NEW, slug: str = "tin") -> str:
    return f"{host}/{slug}-{number}-{2300000 + number}.html"


def told_by(path: Path, old: World, site: Site = SITE) -> Movers:
    room = Movers(path, site)
    room.crawl(old)
    room.day(old)
    return room


def world_of(urls: Iterable[str], numbers: Iterable[int] = NUMBERS) -> World:
    pages = {url: text(number) for url, number in zip(urls, numbers, strict=True)}
    return World(pages=pages, listed=list(pages))


def fail(room: Movers, url: str) -> None:
    room.ask(World(dead={url.split("/")[2]}), url)


def findings(room: Movers) -> list[str]:
    found = room.store.reader.execute("SELECT detail FROM findings WHERE kind = 'portal_moves'")
    return [detail for (detail,) in found.fetchall()]


def renamed(path: Path) -> tuple[Movers, World, str, str]:
    """One article gets another slug; its id is kept, its old address is gone."""
    before, after = with_id(3), with_id(3, slug="tin-ba")
    room = told_by(path, world_of([with_id(number) for number in NUMBERS]))
    world = world_of([after if number == 3 else with_id(number) for number in NUMBERS])
    room.day(world)
    return room, world, before, after


def once(room: Movers, answer: int, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The next look at an address gets no answer (0), or this status."""
    ask, left = room.ask, [answer]

    def ask_but_once(world: World, asked: str) -> None:
        if asked == url and left:
            status = left.pop()
            odd = World(statuses={url: status}) if status else World(dead={url.split("/")[2]})
            ask(odd, asked)
        else:
            ask(world, asked)

    monkeypatch.setattr(room, "ask", ask_but_once)


@pytest.mark.parametrize("answer", [0, 404])
def test_one_failure_at_a_new_address_writes_nothing_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: int
) -> None:
    room, world, _, after = renamed(tmp_path / "store.db")
    once(room, answer, after, monkeypatch)
    room.day(world, 4)
    assert room.released() == [("moved", after.removeprefix(NEW))]


def test_what_is_gone_at_all_its_addresses_is_told_though_a_list_still_names_them(
    tmp_path: Path,
) -> None:
    room, world, before, after = renamed(tmp_path / "store.db")
    del world.pages[after]
    world.listed.append(before)
    room.day(world, 4)
    assert room.told_of("withdrawn") == [before]


def test_a_look_at_the_new_address_says_nothing_of_the_old(tmp_path: Path) -> None:
    old = world_of([with_id(number, HOME) for number in NUMBERS])
    room = told_by(tmp_path / "store.db", old, KEPT)
    world = world_of([with_id(number, slug="ten") for number in NUMBERS])
    listed, late = list(world.listed), with_id(3, slug="ten")
    world.pages |= old.pages
    world.statuses[late] = 404  # it is not imported yet
    room.day(world)
    assert room.count("articles", "missing_since IS NOT NULL OR status = 'missing'") == 0
    world.statuses.clear()
    for url in old.pages:
        del world.pages[url]
    room.day(world, 9)
    assert sorted(room.told_of("moved")) == sorted(listed)
    assert room.told() == {"moved": len(NUMBERS)}


@pytest.mark.parametrize("earlier", [False, True], ids=["at-once", "one-went-before"])
def test_what_was_looked_at_before_a_move_began_did_not_stay(tmp_path: Path, earlier: bool) -> None:
    numbers = range(100)
    room = known(tmp_path / "store.db", numbers)
    if earlier:
        world = old_world(numbers)
        del world.pages[old_url(99)]
        world.listed.remove(old_url(99))
        room.day(world)
    world = world_of([new_url(number) for number in numbers], numbers)
    world.listed = []
    room.clock.pass_by(hours=10)
    for step in range(2):
        room.begin()
        room.list_all([new_url(0)], f"{HOME}/")
        for url in [*map(old_url, range(20)), new_url(0), new_url(step + 1)]:
            room.ask(world, url)
        room.end()
        room.clock.pass_by(hours=6, minutes=6)
    assert set(map(old_url, range(20))).isdisjoint(room.told_of("withdrawn"))
    assert len(findings(room)) == 1


class ByTurn(Movers):
    """Looks as the daemon does: only at what is due."""

    def look(self, world: World, started: object, left: int) -> int:
        asked: set[tuple[int, str]] = set()
        while True:
            wish = DueWish(now=self.clock.now())
            due = planning.due(self.store.reader, self.desk.site_id, wish, limit=1_000)
            rows = [one for one in due if (one.id, one.url) not in asked]
            if not rows:
                return left
            for row in rows:
                asked.add((row.id, row.url))
                self.ask(world, row.url)


def test_what_is_first_looked_at_when_the_move_is_over_is_not_called_withdrawn(
    tmp_path: Path,
) -> None:
    late = (20, 21, 22)
    room = ByTurn(tmp_path / "store.db", SITE)
    old = old_world([*NUMBERS, *late])
    room.crawl(old)
    room.day(old)
    with room.store.writing() as db:
        for number in late:
            db.execute(
                "UPDATE articles SET due_at = ? WHERE url = ?",
                [iso(room.clock.now() + timedelta(days=30)), old_url(number)],
            )
    numbers = [*NUMBERS, *late]
    world = world_of(map(new_url, numbers), numbers)
    world.listed = [new_url(number) for number in NUMBERS]  # the lists do not reach back so far
    world.redirects = {old_url(number): new_url(number) for number in NUMBERS[::2]}
    room.day(world, 36)
    assert room.told() == {"moved": len(NUMBERS)}
    (shown,) = overview_of_sites(room.store.reader, ["bao"])
    assert (shown.findings, shown.unfound) == ((), len(late))


def half_listed(path: Path, kept: bool) -> Movers:
    """Nothing redirects, and the new host's lists name the newer half only."""
    old = [with_id(n, HOME) if kept else old_url(n) for n in NUMBERS]
    new = [with_id(n, slug="ten") if kept else new_url(n) for n in NUMBERS]
    room = told_by(path, world_of(old))
    world = world_of(new)
    world.listed = new[:8]
    room.day(world, 18)
    return room


@pytest.mark.parametrize("kept", [True, False], ids=["by-id", "by-text"])
def test_what_the_lists_do_not_reach_is_not_called_withdrawn(tmp_path: Path, kept: bool) -> None:
    room = half_listed(tmp_path / "store.db", kept)
    assert room.told() == {"moved": 8}
    (detail,) = findings(room)
    assert "0 redirect, 8 found again by their text, 8 not found yet" in detail


def both_alive(path: Path) -> tuple[Movers, World]:
    """A predecessor's host, its time over, still serves what stands on the new one."""
    room = known(path, NUMBERS, LEFT)
    world = world_of(map(new_url, NUMBERS))
    world.pages |= old_world(NUMBERS).pages
    return room, world


def test_no_article_goes_back_to_a_host_that_was_left(tmp_path: Path) -> None:
    room, world = both_alive(tmp_path / "store.db")
    room.day(world, 3)
    for _ in range(12):
        room.clock.pass_by(hours=6)
        room.begin()
        fail(room, new_url(3))
        room.end()
    room.day(world, 3)
    assert room.told() == {"moved": len(NUMBERS)}
    assert world.asked[new_url(3)] > 3


def test_an_answer_that_was_on_its_way_moves_nothing_back(tmp_path: Path) -> None:
    room, world = both_alive(tmp_path / "store.db")
    room.clock.pass_by(hours=9)
    for _ in range(2):
        room.begin()
        room.list_all(world.listed, f"{NEW}/")
        for number in NUMBERS:
            room.ask(world, new_url(number))
            room.ask(world, old_url(number))
        room.end()
        room.clock.pass_by(hours=3)
    assert sorted(room.told_of("moved")) == sorted(map(new_url, NUMBERS))
    assert room.told() == {"moved": len(NUMBERS)}


@pytest.mark.parametrize("site", [SITE, LEFT, KEPT], ids=["silent", "left", "left-by-id"])
def test_what_is_withdrawn_where_it_stands_now_is_told_whatever_the_old_host_does(
    tmp_path: Path, site: Site
) -> None:
    kept = site is KEPT
    old = world_of([with_id(n, HOME) if kept else old_url(n) for n in NUMBERS])
    new = [with_id(n, slug="ten") if kept else new_url(n) for n in NUMBERS]
    room = told_by(tmp_path / "store.db", old, site)
    world = world_of(new)
    if site is SITE:
        world.dead.add("bao.example")
    else:
        world.pages |= old.pages
    room.day(world, 12)
    assert sorted(room.told_of("moved")) == sorted(new)
    del world.pages[new[3]]
    world.listed.remove(new[3])
    room.day(world, 5)
    assert room.told() == {"moved": len(NUMBERS), "withdrawn": 1}
    assert room.told_of("withdrawn") == [new[3]]


@pytest.mark.parametrize("gone", [True, False])
def test_no_answer_of_the_old_address_is_held_against_the_new(tmp_path: Path, gone: bool) -> None:
    room, world = both_alive(tmp_path / "store.db")
    room.day(world)
    room.begin()
    for number in NUMBERS:
        if gone:
            room.ask(World(), old_url(number))
        else:
            fail(room, old_url(number))
    room.end()
    assert room.count("articles", "merged_into IS NULL AND status != 'live'") == 0
    assert room.count("articles", "failures > 0 OR gone_looks > 0") == 0


def test_one_article_to_and_fro_is_no_move_of_a_portal(tmp_path: Path) -> None:
    world = world_of([with_id(number) for number in NUMBERS])
    room = told_by(tmp_path / "store.db", world)
    here, there = with_id(3), with_id(3, slug="tin-ba")
    world.pages[there] = text(3)
    for _ in range(8):
        world.redirects = {here: there}
        room.clock.pass_by(hours=7)
        room.crawl(world)
        here, there = there, here
    assert room.told() == {"moved": 8}
    assert findings(room) == []


def test_a_move_that_is_over_is_not_gone_through_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = known(tmp_path / "store.db", NUMBERS)
    world = world_of(map(new_url, NUMBERS))
    world.redirects = {old_url(number): new_url(number) for number in NUMBERS}
    room.day(world, 5)
    assert len(findings(room)) == 1
    asked: list[str] = []
    room.store.reader.conn.set_trace_callback(asked.append)
    assert departures(room.desk) == ()
    room.clock.pass_by(days=100)
    del world.pages[new_url(2)]
    world.listed.remove(new_url(2))
    room.day(world)
    room.begin()
    room.store.reader.conn.set_trace_callback(None)
    assert not [one for one in asked if "$.how" in one and "2026-03-0" in one]


def test_of_a_move_only_its_own_time_is_read(tmp_path: Path) -> None:
    room = known(tmp_path / "store.db", NUMBERS)
    world = world_of(map(new_url, NUMBERS))
    world.redirects = {old_url(number): new_url(number) for number in NUMBERS}
    began = room.clock.now()
    room.day(world)
    db, site_id = room.store.reader, room.desk.site_id
    assert len(moved(db, site_id, began)) == len(NUMBERS)
    assert moved(db, site_id, began, began + timedelta(hours=1)) == []
    assert {row["stands"] for row in moved(db, site_id, began)} == {*map(new_url, NUMBERS)}


@pytest.mark.parametrize(("number", "is_told"), [(NUMBERS[0], True), (NUMBERS[-1], False)])
def test_the_newest_that_went_is_told_and_the_oldest_may_be_beyond_the_lists(
    tmp_path: Path, number: int, is_told: bool
) -> None:
    room = known(tmp_path / "store.db", NUMBERS)
    urls = {each: new_url(each) for each in NUMBERS if each != number}
    world = World(pages={url: text(each) for each, url in urls.items()}, listed=[*urls.values()])
    for each in NUMBERS:
        world.statuses[old_url(each)] = 404
    room.day(world, 6)
    assert room.told_of("withdrawn") == ([old_url(number)] if is_told else [])
    assert room.told()["moved"] == len(NUMBERS) - 1
