"""Edits that are taken back because of what was learned, and what people take back of that."""

import random
from pathlib import Path

import pytest
from desks import Newsroom
from test_weather import first_run, later_run, sentence, stories

from pipelines.memory import block_print
from pipelines.store import memory

URL = "/tin/bai-3"


@pytest.fixture
def room(tmp_path: Path) -> Newsroom:
    return Newsroom(tmp_path / "store.db")


def own(url: str) -> str:
    return sentence(random.Random(url))


def with_own(_look: int, url: str, body: list[str]) -> dict[str, object]:
    """Each article with a new first paragraph of its own."""
    return {"body": [own(url), *body]}


def with_one(_look: int, url: str, body: list[str]) -> dict[str, object]:
    """One article with a new first paragraph."""
    return {"body": [own(url), *body] if url == URL else body}


def teach(room: Newsroom, text: str) -> int:
    with room.store.writing() as db:
        memory.learn(
            db,
            room.desk.site_id,
            kind="block",
            print_=block_print(text),
            place="top paragraph",
            sample=text,
            articles=5,
            why="as the test has it",
            now=room.clock.now(),
        )
    return int(memory.all_learned(room.store.reader, room.desk.site_id)[-1]["id"])


def test_an_edit_is_taken_back_though_the_article_moved_meanwhile(room: Newsroom) -> None:
    pages = stories(12)
    first_run(room, pages)
    later_run(room, pages, with_own)
    assert room.released() == []  # so many at once are held
    room.begin()
    room.answer(URL, final="/tin/noi-khac", title=f"Tựa của {URL}", **with_own(1, URL, pages[URL]))
    teach(room, own(URL))
    room.end()
    assert room.released() == [("moved", "/tin/noi-khac")]
    assert room.count("versions", "article_id = 4") == 1
    assert room.store.reader.execute("PRAGMA foreign_key_check").fetchall() == []


@pytest.mark.parametrize("learned_first", [True, False])
def test_what_a_person_drops_is_told_though_the_bytes_are_known(
    room: Newsroom, learned_first: bool
) -> None:
    pages = stories(12)
    first_run(room, pages)
    entry = teach(room, own(URL)) if learned_first else None
    if learned_first:
        later_run(room, {URL: pages[URL]}, with_own)
    else:
        later_run(room, pages, with_own)
        entry = teach(room, own(URL))
        room.begin()
        room.end()
    assert room.released() == []
    with room.store.writing() as db:
        assert entry is not None
        assert memory.drop(db, entry, room.clock.now())
    room.clock.pass_by(days=2)
    later_run(room, dict(list(pages.items())[:5]), with_own if not learned_first else with_one)
    assert ("edited", URL) in room.released()
