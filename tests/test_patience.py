"""What comes and goes at restless places, and what is told of it: over a real store."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from desks import Newsroom
from hypothesis import given
from hypothesis import strategies as st
from test_weather import Shown, first_run, later_run, sentence, stories

from pipelines.patience import GONE, STOOD, Count, counted, is_near, is_settled

QUIET = "/tin/bai-5"
"""An article without advertisements on a site that is full of them."""
Edit = Callable[[list[str]], object]


@pytest.fixture
def room(tmp_path: Path) -> Newsroom:
    return Newsroom(tmp_path / "store.db")


def advertised(*, other_bytes: bool) -> Shown:
    """Texts never shown twice, but on the quiet article; its bytes may differ at each look."""
    rng = random.Random(1)

    def shown(_look: int, url: str, body: list[str]) -> dict[str, object]:
        drawn = [sentence(rng)] if rng.random() < 0.6 and url != QUIET else []
        noise = {"canonical": f"https://x.example/{rng.random()}"} if other_bytes else {}
        return {"body": [*body[:3], *drawn, *body[3:]], **noise}

    return shown


def runs_until_told(room: Newsroom, pages: dict[str, list[str]], shown: Shown, most: int) -> int:
    for number in range(1, most + 1):
        later_run(room, pages, shown)
        if room.released():
            return number
    return most + 1


@pytest.mark.parametrize("other_bytes", [False, True])
@pytest.mark.parametrize(
    "edit",
    [
        pytest.param(lambda body: body.insert(3, sentence(random.Random(7))), id="added"),
        pytest.param(lambda body: body.pop(2), id="removed"),
        pytest.param(lambda body: body.__setitem__(3, sentence(random.Random(7))), id="replaced"),
    ],
)
def test_a_paragraph_edited_where_lines_come_and_go_is_told(
    room: Newsroom, edit: Edit, other_bytes: bool
) -> None:
    pages, shown = stories(12), advertised(other_bytes=other_bytes)
    first_run(room, pages, shown)
    for _ in range(5):
        later_run(room, pages, shown, looks=3)
    assert room.released() == []
    edit(pages[QUIET])
    assert 1 < runs_until_told(room, pages, shown, most=20) <= 20
    assert room.released() == [("edited", QUIET)]


def test_an_advertisement_that_was_there_once_is_not_missed(room: Newsroom) -> None:
    """The accepted text shows what is never drawn again."""
    pages, shown = stories(10), advertised(other_bytes=True)
    first_run(room, pages, shown)
    for _ in range(25):
        later_run(room, pages, shown)
    assert room.released() == []
    assert room.count("fleeting", f"gone = {GONE}") > 0


def looks(*shown: bool, is_accepted: bool = False, count: Count = Count()) -> Count | None:
    counts = {"x": count}
    for is_shown in shown:
        counts = counted(
            counts, accepted=["x"][:is_accepted], shown=["x"][:is_shown], restless=["x"]
        )
    return counts.get("x")


def test_what_came_must_stand_in_a_row() -> None:
    assert looks(*[True] * STOOD) == Count(stood=STOOD)
    assert looks(*[True] * (STOOD - 1), False) is None
    assert not looks(*[True] * (STOOD - 1), False, True).has_arrived  # type: ignore[union-attr]


def test_what_never_stood_does_not_depart() -> None:
    stood = looks(*[True] * STOOD, is_accepted=True)
    assert stood is not None
    gone = looks(*[False] * GONE, is_accepted=True, count=stood)
    assert gone is not None
    assert gone.has_departed
    assert looks(False, count=gone) == gone  # also once that is accepted
    assert looks(True, count=gone) == Count(stood=1)
    drawn = looks(True, *[False] * 99, is_accepted=True)
    assert drawn is not None
    assert not drawn.has_departed


def test_one_looks_sooner_only_at_what_was_seen_or_missed_again() -> None:
    near = {"x": Count(stood=2)}
    assert is_near(near, accepted=[])
    assert not is_near(near, accepted=["x"])
    assert not is_near({"x": Count(stood=1)}, accepted=[])
    assert is_near({"x": Count(stood=STOOD, gone=2)}, accepted=["x"])
    assert not is_near({"x": Count(stood=1, gone=2)}, accepted=["x"])


@given(st.lists(st.booleans(), max_size=40), st.booleans())
def test_counting_comes_to_rest(shown: list[bool], is_accepted: bool) -> None:
    count = looks(*shown, *[True] * STOOD, is_accepted=is_accepted)
    assert count == Count(stood=STOOD)
    assert is_settled({"x": count})
    assert looks(True, is_accepted=is_accepted, count=count) == count
