"""A whole portal moves overnight: every article keeps its history and is counted once."""

from datetime import timedelta
from pathlib import Path

import pytest
from commandline import baowatch, configure
from desks import HOME, START
from movers import (
    LEFT,
    NEW,
    SITE,
    Movers,
    World,
    in_new_frame,
    known,
    new_url,
    old_url,
    old_world,
    text,
)

from monitor.overview import overview_of_sites
from pipelines.store.moves import moved

NUMBERS = range(16)


def moved_world(frame: bool = False, dead: bool = False) -> World:
    """The night after: all stand on the new host; even ones redirect, odd ones are gone."""
    pages = {
        new_url(number): in_new_frame(text(number), number) if frame else text(number)
        for number in NUMBERS
    }
    world = World(pages=pages, listed=list(pages))
    for number in NUMBERS:
        if number % 2 == 0 and not dead:
            world.redirects[old_url(number)] = new_url(number)
        else:
            world.statuses[old_url(number)] = 404 if number % 4 == 1 else 410
    if dead:
        world.dead.add("bao.example")
    return world


def assert_kept(room: Movers) -> None:
    told = room.told()
    assert told["new"] == told["withdrawn"] == told["restored"] == 0, told
    assert sorted(room.told_of("moved")) == sorted(map(new_url, NUMBERS)), "each told once"
    assert room.live() == len(NUMBERS)
    assert room.count("looks", "state = 'held'") == 0


@pytest.mark.parametrize("frame", [False, True], ids=["same-template", "new-template"])
def test_half_redirects_and_half_is_gone(tmp_path: Path, frame: bool) -> None:
    room = known(tmp_path / "store.db", NUMBERS)
    room.day(moved_world(frame), 3)
    assert_kept(room)
    assert room.told().keys() <= {"moved"}, "a new template is no edit"


@pytest.mark.parametrize("site", [SITE, LEFT], ids=["unsaid", "said"])
def test_the_old_host_does_not_answer_at_all(tmp_path: Path, site: object) -> None:
    room = known(tmp_path / "store.db", NUMBERS, site)  # type: ignore[arg-type]
    world = moved_world(dead=True)
    room.day(world)
    assert room.told()["new"] == 0
    if site is LEFT:
        assert_kept(room)
    room.day(world, 2)
    assert_kept(room)
    assert room.told().keys() == {"moved"}


def test_where_a_predecessor_is_named_its_addresses_are_not_asked_first(tmp_path: Path) -> None:
    room = known(tmp_path / "store.db", NUMBERS, LEFT)
    world = moved_world(dead=True)
    room.day(world)
    assert_kept(room)
    assert NEW in room.told_of("moved")[0]


def findings(room: Movers) -> list[tuple[str, int, bool]]:
    found = room.store.reader.execute(
        "SELECT detail, times, closed_at IS NOT NULL FROM findings WHERE kind = 'portal_moves'"
    ).fetchall()
    return [(detail, times, bool(closed)) for detail, times, closed in found]


@pytest.mark.parametrize("frame", [False, True], ids=["same-template", "new-template"])
def test_what_happens_beside_the_move_is_told(tmp_path: Path, frame: bool) -> None:
    room = known(tmp_path / "store.db", NUMBERS)
    world = moved_world(frame)
    redirected, gone, retitled, withdrawn = 2, 3, 5, 7
    for number in (redirected, gone):
        fields = world.pages[new_url(number)]
        body = list(fields["body"])  # type: ignore[call-overload]
        body[1] = body[1].replace("kiến nghị", "kiến nghị, trong đó 9 đơn khiếu nại,")
        fields["body"] = body
    if not frame:
        world.pages[new_url(retitled)]["title"] = "Một hội nghị bàn chuyện đường lớn của cả vùng"
    del world.pages[new_url(withdrawn)]
    world.listed.remove(new_url(withdrawn))
    born = text(100) | {"published_at": "2026-03-03T22:00:00+00:00"}
    world.pages[new_url(100)] = in_new_frame(born, 100) if frame else born
    world.listed.append(new_url(100))
    room.day(world, 2)
    assert room.told()["withdrawn"] == 0, "not certain yet"
    room.day(world, 3)
    told = room.told()
    assert room.told_of("new") == [new_url(100)]
    assert room.told_of("withdrawn") == [old_url(withdrawn)]
    assert sorted(room.told_of("edited")) == [new_url(redirected), new_url(gone)]
    assert room.told_of("retitled") == ([] if frame else [new_url(retitled)])
    assert told["moved"] == len(NUMBERS) - 1
    assert told.total() == len(NUMBERS) - 1 + 4 + (not frame)


def test_one_finding_says_so_and_ends(tmp_path: Path) -> None:
    room = known(tmp_path / "store.db", NUMBERS)
    world = moved_world()
    room.day(world)
    ((said, _, closed),) = findings(room)
    assert said == (
        "16 articles went from where they stood: 8 redirect, 0 found again by their text, "
        "8 not found yet; 8 new addresses wait for their old ones"
    )
    assert not closed
    room.day(world)
    assert "8 redirect, 8 found again by their text, 0 not found yet" in findings(room)[0][0]
    room.day(world, 3)
    ((_, _, closed),) = findings(room)
    assert closed


def test_a_few_withdrawals_are_no_move(tmp_path: Path) -> None:
    room = known(tmp_path / "store.db", NUMBERS)
    world = World(
        pages={old_url(number): text(number) for number in NUMBERS if number > 3},
        listed=[old_url(number) for number in NUMBERS if number > 3],
    )
    room.day(world, 2)
    assert room.told() == {"withdrawn": 4}
    assert findings(room) == []


def test_what_is_imported_days_later_is_not_called_withdrawn_before(tmp_path: Path) -> None:
    room = known(tmp_path / "store.db", NUMBERS)
    late = [new_url(number) for number in NUMBERS if number % 4 == 1]
    whole, part = moved_world(), moved_world()
    for url in late:
        del part.pages[url]
        part.listed.remove(url)
    room.day(part, 4)
    assert room.told()["withdrawn"] == room.told()["new"] == 0
    assert f"{len(late)} not found yet" in findings(room)[0][0]
    room.day(whole, 2)
    assert_kept(room)


def test_no_budget_and_no_kill_lets_a_held_article_be_told_as_new(tmp_path: Path) -> None:
    room = known(tmp_path / "store.db", NUMBERS)
    world = moved_world()
    for day in range(12):
        room.day(world, most=9, ends=day % 3 != 1)
        assert room.told()["new"] == room.told()["withdrawn"] == 0
    room.day(world, 3)
    assert_kept(room)


def test_addresses_that_lead_to_the_front_page_are_no_answer(tmp_path: Path) -> None:
    room = known(tmp_path / "store.db", NUMBERS)
    world = moved_world()
    for url in world.statuses:
        world.pages[url] = {"not": "front_page"}
    world.statuses.clear()
    room.day(world, 3)
    assert_kept(room)


@pytest.mark.parametrize("dead", [False, True], ids=["gone", "silent"])
def test_an_id_that_is_kept_ties_two_addresses(tmp_path: Path, dead: bool) -> None:
    room = Movers(tmp_path / "store.db", SITE)
    before = {f"https://bao.example/tin-{n}-{2300000 + n}.html": text(n) for n in NUMBERS}
    after = {f"{NEW}/ten-khac-{n}-{2300000 + n}.html": text(n) for n in NUMBERS}
    old, new = World(pages=before, listed=list(before)), World(pages=after, listed=list(after))
    if dead:
        new.dead.add("bao.example")
    for _ in range(2):
        room.day(old)
    room.day(new, 3)
    assert room.told() == {"moved": len(NUMBERS)}
    assert sorted(room.told_of("moved")) == sorted(after)
    assert room.live() == len(NUMBERS)


def test_short_notices_are_found_again_by_title_text_and_minute(tmp_path: Path) -> None:
    room = Movers(tmp_path / "store.db", SITE)
    stubs: dict[int, dict[str, object]] = {
        number: {
            "title": f"Truyền hình trực tiếp phiên họp thứ {number}",
            "body": ["Mời quý vị theo dõi."],
            "published_at": "2026-03-01T23:00:00+00:00",
        }
        for number in range(6)
    }
    old = World(pages={old_url(n): stub for n, stub in stubs.items()})
    new = World(pages={new_url(n): stub for n, stub in stubs.items()})
    for world in (old, new):
        world.listed += world.pages
    room.day(old, 2)
    room.day(new, 3)
    assert room.told() == {"moved": 6}


def test_what_is_taken_away_all_at_once_is_told_in_the_end(tmp_path: Path) -> None:
    room = known(tmp_path / "store.db", NUMBERS)
    kept = [old_url(number) for number in NUMBERS if number % 2]
    world = World(pages={old_url(n): text(n) for n in NUMBERS if n % 2}, listed=kept)
    room.day(world, 13)
    assert room.told()["withdrawn"] == 0, "it may have moved"
    assert "8 not found yet" in findings(room)[0][0]
    room.day(world, 3)
    assert room.told() == {"withdrawn": 8}
    assert [closed for _, _, closed in findings(room)] == [True]


def test_what_is_never_found_again_is_neither_withdrawn_nor_forgotten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = known(configure(tmp_path, monkeypatch), NUMBERS)
    world = moved_world()
    for number in NUMBERS[1:12:2]:  # the new portal's lists do not reach back to them
        del world.pages[new_url(number)]
        world.listed.remove(new_url(number))
    room.day(world, 3)
    (shown,) = overview_of_sites(room.store.reader, ["bao"])
    assert ([one.kind for one in shown.findings], shown.unfound) == (["portal_moves"], 0)
    room.day(world, 17)
    assert room.told()["withdrawn"] == 0
    (shown,) = overview_of_sites(room.store.reader, ["bao"])
    assert (shown.findings, shown.unfound) == ((), 6)
    assert "bao: 6 articles went when the portal moved" in baowatch("health").out


def test_what_goes_day_by_day_does_not_keep_a_move_open(tmp_path: Path) -> None:
    room = known(tmp_path / "store.db", NUMBERS)
    world, gone = moved_world(), 0
    for number in range(202, 220):
        url = new_url(number)
        world.pages[url] = text(number) | {"published_at": room.clock.now().isoformat()}
        world.listed = [*world.listed, url][-5:]
        if number % 3 == 0:
            del world.pages[new_url(number - 2)]
            gone += 1
        room.day(world)
    assert [closed for _, _, closed in findings(room)] == [True]
    assert gone - 2 <= room.told()["withdrawn"] <= gone


@pytest.mark.parametrize("place", ["Cam Ranh", "Diên Khánh"])
def test_what_two_fit_alike_is_neither_of_them_at_a_new_address(tmp_path: Path, place: str) -> None:
    """Notices of one title and minute, a district each; what is one's own text is that one."""

    def notice(of: str) -> dict[str, object]:
        body = [*text(50)["body"], f"Lịch này là của {of}."]  # type: ignore[misc]
        return text(50) | {"body": body, "published_at": (START + timedelta(hours=2)).isoformat()}

    room = Movers(tmp_path / "store.db", SITE)
    one, other, new = (f"{HOME}/tin/lich-{name}" for name in ("mot", "hai", "ba"))
    old = old_world(range(8))
    old.pages |= {one: notice("Ninh Hải"), other: notice("Cam Ranh")}
    old.listed = list(old.pages)
    room.day(old, 2)
    world = old_world(range(8))
    world.pages[new] = notice(place)
    world.listed.append(new)
    room.day(world, 4)
    if place == "Cam Ranh":
        assert (room.told_of("moved"), room.told_of("withdrawn")) == ([new], [one])
    else:
        assert (room.told_of("new"), room.told_of("withdrawn")) == ([new], [one, other])
    assert room.told().total() == len(room.told_of("withdrawn")) + 1


def test_what_moved_is_found_by_what_was_told_lately(tmp_path: Path) -> None:
    # By way of a site's articles, of a hundred thousand, it took three minutes a run.
    room = known(tmp_path / "store.db", range(3))
    asked: list[str] = []
    room.store.reader.conn.set_trace_callback(asked.append)
    moved(room.store.reader, room.desk.site_id, START)
    room.store.reader.conn.set_trace_callback(None)
    plan = room.store.reader.execute(f"EXPLAIN QUERY PLAN {asked[0]}").fetchall()
    through = [said for *_, said in plan if "articles" in said]
    assert through == ["SEARCH articles USING INTEGER PRIMARY KEY (rowid=?)"]
