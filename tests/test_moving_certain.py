"""What must be known of a portal's move before one of its articles is called withdrawn."""

from collections.abc import Container
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from desks import START
from movers import Movers, World, known, new_url, old_url, text

from pipelines.changes import ArticleRow
from pipelines.conditions import origin
from pipelines.moving import Away, Departure, is_certain

NUMBERS = range(16)
LOST = 7
DAY = timedelta(days=1)
WENT_AT = START + 10 * DAY
ROW = ArticleRow(
    id=LOST,
    site_id=1,
    key="",
    url=old_url(LOST),
    title="",
    status="missing",
    announced_by=None,
    published_at=START - LOST * DAY,
    first_seen_at=START,
    checked_at=None,
    changed_at=None,
    due_at=None,
    current_version_id=1,
    body_sha256="",
    etag="",
    last_modified="",
    conditional_checks=0,
    missing_since=WENT_AT,
    gone_at=None,
    gone_looks=3,
    gone_run_id=1,
    failures=0,
    refutations=0,
    moved_from=None,
)


def departure(found: Container[int]) -> Departure:
    """All went without a redirect, and those of ``found`` were found again."""
    silent = tuple(
        Away(
            url=old_url(number),
            published_at=START - number * DAY,
            went_at=WENT_AT,
            by_redirect=False,
            is_found=number in found,
            article_id=number,
        )
        for number in reversed(NUMBERS)
    )
    return Departure(
        opened_at=WENT_AT + DAY,
        closed_at=None,
        silent={origin(ROW.url): silent},
        left=frozenset(),
        held=False,
        unread=False,
    )


OTHERS = departure({*NUMBERS} - {LOST})


@pytest.mark.parametrize(
    ("move", "days", "certain"),
    [
        (OTHERS, 4, True),
        (OTHERS, 2, False),
        (replace(OTHERS, held=True), 4, False),
        (replace(OTHERS, held=True), 15, False),
        (replace(OTHERS, unread=True), 4, False),
        (replace(OTHERS, unread=True), 15, False),
        (departure({4, 6, 8, 9}), 4, True),
        (departure({6, 8, 9}), 4, False),  # of the newer ones but one in three was found
        (departure({4, 5, 6, 8}), 4, False),  # of the older ones
        (departure({}), 4, False),
        (departure({}), 15, True),  # nothing moved
        (replace(departure({}), held=True), 15, False),
        (replace(OTHERS, silent={}, held=True, unread=True), 1, True),  # from elsewhere many went
        (replace(OTHERS, opened_at=WENT_AT + 3 * DAY, held=True), 1, True),  # it went before
        (replace(OTHERS, closed_at=WENT_AT - DAY, held=True), 1, True),  # it went later
    ],
)
def test_an_absence_in_a_move_is_certain_only_where_all_else_is(
    move: Departure, days: int, certain: bool
) -> None:
    assert is_certain(ROW, [move], WENT_AT + days * DAY) is certain
    assert is_certain(ROW, [OTHERS, move], WENT_AT + days * DAY) is (certain and days > 2)


def never_asked(room: Movers, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """As where the budget never reaches to it."""
    ask = room.ask

    def ask_others(world: World, asked: str) -> None:
        if asked != url:
            ask(world, asked)

    monkeypatch.setattr(room, "ask", ask_others)


@pytest.mark.parametrize(
    "waits", [new_url(LOST), old_url(LOST + 2)], ids=["listed-and-unread", "held"]
)
def test_while_a_new_address_waits_nothing_that_went_is_called_withdrawn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, waits: str
) -> None:
    """Of all but one the new address was read; it may be any one's that is missed."""
    room = known(tmp_path / "store.db", NUMBERS)
    world = World(pages={new_url(number): text(number) for number in NUMBERS})
    world.listed = list(world.pages)
    if waits != new_url(LOST):
        del world.pages[new_url(LOST)]
        world.listed.remove(new_url(LOST))
    with monkeypatch.context() as patched:
        never_asked(room, waits, patched)
        room.day(world, 5)
        assert room.told().keys() == {"moved"}
    room.day(world, 4)
    lost = [] if waits == new_url(LOST) else [old_url(LOST)]
    assert room.told_of("withdrawn") == lost
    assert room.told()["moved"] == len(NUMBERS) - len(lost)
