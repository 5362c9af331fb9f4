"""Pure: the script of the replica, drawn from a seed. What is expected comes from here alone."""

import random
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import lru_cache
from types import MappingProxyType

from monitor.replica import acts, edits, translating
from monitor.replica.acts import Act, Turn
from monitor.replica.faults import Fault
from monitor.replica.newsroom import CITED, HOURS_BETWEEN, MOVING, USUAL, Newsroom, Plot
from monitor.replica.story import Edition, Event, Expected, Story, expectation

EDITIONS = 6

_number = acts.edit(edits.number)
_lead = acts.edit(edits.lead_number)
_title = acts.edit(edits.title)
_both = acts.edit(edits.title_and_number)
_added = acts.edit(edits.add_paragraph)
_removed = acts.edit(edits.remove_paragraph)
_caption = acts.edit(edits.caption)
_note = acts.edit(edits.correction)
_cosmetic = acts.edit(edits.cosmetic, "cosmetic")
_away = acts.withdraw
_away_and_back = acts.withdraw_and_restore
_original = translating.edit_original
_reworded = translating.retranslate

PROGRAMME: dict[str, tuple[tuple[Act, ...], ...]] = {
    "baoninhbinh": (
        (_number, _caption, _away_and_back, _original),
        (acts.revert, _note, acts.move),
        (_title, _removed, _cosmetic, _away),
        (acts.byline, acts.copy_here, _added, _lead),
        (_both, acts.touch, acts.appear_late, _original),
    ),
    "svhttdl_dienbien": (
        (_title, acts.move_without_trace, _added),
        (_number, _away, acts.appear_late),
        (_note, _lead, _original),
        (acts.revert, acts.copy_elsewhere),
        (_removed, _cosmetic, _away_and_back),
    ),
    "vietnamvn": (
        (_reworded, _away),
        (_reworded,),
        (_reworded, _away_and_back),
        (_reworded,),
        (_reworded, _away),
    ),
    "baoninhthuan": (
        (acts.move, _number, acts.revert, _cosmetic),
        (_caption, _away_and_back, _original),
        (_added, acts.move_without_trace, acts.byline),
        (_title, _note, _away),
        (_lead, acts.copy_elsewhere, _removed),
    ),
    "baoquangninh": (
        (_note, _both, acts.copy_elsewhere, _away),
        (_added, acts.redate, acts.move),
        (_caption, acts.revert, acts.touch, acts.appear_late),
        (_removed, _number, _away_and_back),
        (_title, acts.byline, _original),
    ),
    "baohatinh": (
        (acts.byline, _removed, acts.touch, _lead),
        (_number, _title, _away, acts.copy_elsewhere),
        (acts.revert, acts.move, _original),
        (_caption, _cosmetic, acts.redate),
        (_added, _note, acts.copy_here, acts.appear_late),
    ),
}
"""What happens on each portal with editions 1 to 5; later editions begin anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """The editions of six portals, and what is expected of a monitor that crawls them."""

    seed: int
    editions: tuple[Edition, ...]

    def expected(self, edition: int) -> tuple[Expected, ...]:
        """What becomes true with ``edition`` (0-based; the first is the baseline: nothing)."""
        found = map(expectation, self.editions[edition].events)
        return tuple(sorted((one for one in found if one), key=lambda one: (one.site, one.url)))


@lru_cache(maxsize=4)  # pure: equal arguments, equal script
def script(seed: int, *, start: datetime, editions: int = EDITIONS, plot: Plot = USUAL) -> Script:
    """The script of ``seed``: equal arguments, equal script. ``start`` is aware."""
    rng = random.Random(f"baowatch {seed}")
    rooms = {site: Newsroom(site, random.Random(rng.random()), start, plot) for site in PROGRAMME}
    for site, room in rooms.items():
        if site != acts.TRANSLATOR:
            _furnish(room, start)
    translating.at_the_start(rooms[acts.TRANSLATOR], rooms, start)
    written = [_edition(rooms, 0, start, [])]
    for number in range(1, editions):
        begins_at = start + timedelta(hours=HOURS_BETWEEN * number)
        events: list[Event] = []
        for site, room in rooms.items():
            turn = Turn(room=room, rooms=rooms, edition=number, begins_at=begins_at)
            is_quiet = number >= editions - plot.quiet
            for act in () if is_quiet else _acts(site, room, number):
                events += act(turn)
        written.append(_edition(rooms, number, begins_at, events))
    return Script(seed=seed, editions=_with_faults(rng, tuple(written)))


def _acts(site: str, room: Newsroom, number: int) -> list[Act]:
    promised = [act for edition, act in room.promised if edition == number]
    appear = translating.translate if site == acts.TRANSLATOR else acts.appear
    moving: list[Act] = []
    if site == MOVING and number == room.plot.moves_at:
        moving = [acts.move_wholly if room.plot.wholly else acts.move_portal]
    if room.plot.is_hushed(site, number):
        room.promised += [(number + 1, act) for act in promised]
        return [*moving, appear]
    planned = PROGRAMME[site][(number - 1) % 5]
    if room.plot.sparse:
        planned = planned[number % 2 :: 2]
    return [*moving, *promised, *planned, appear]


def _edition(
    rooms: dict[str, Newsroom], number: int, begins_at: datetime, events: list[Event]
) -> Edition:
    return Edition(
        number=number,
        begins_at=begins_at,
        portals=MappingProxyType({site: room.served() for site, room in rooms.items()}),
        events=tuple(events),
    )


def _furnish(room: Newsroom, start: datetime) -> None:
    """The articles that a portal has at the start: of three weeks, some of older years."""
    for index in range(room.rng.randint(11, 14)):
        published = room.before(start, 120, 20 * 24 * 60)
        room.put(room.write(published, 0, translated=index < 4), -9)
    for _ in range(3):
        published = room.before(start, 500 * 24 * 60, 3000 * 24 * 60)
        room.put(room.write(published, 0, old_form=True), -9)
    if room.site in CITED:
        url, moment = CITED[room.site]
        published = datetime.fromisoformat(moment)
        cited = replace(room.write(published, 0), url=url, listed=False)
        room.put(cited, -9)


def _with_faults(rng: random.Random, editions: tuple[Edition, ...]) -> tuple[Edition, ...]:
    """A cookie wall and a 503 spell, each in one of the first editions; a slow portal always.

    They strike only articles of which the edition tells nothing, so that what is expected
    stays expected.
    """
    walled, busy = rng.randint(1, 2), rng.randint(1, 2)
    return tuple(
        replace(
            edition,
            faults=(
                *(
                    _faults(edition, "baoninhthuan", "cookie_wall")
                    if edition.number == walled
                    else ()
                ),
                *(_faults(edition, "baoquangninh", "busy") if edition.number == busy else ()),
                Fault(host="svhttdl.dienbien.gov.vn", kind="slow", times=4),
            ),
        )
        for edition in editions
    )


def _faults(edition: Edition, site: str, kind: str) -> tuple[Fault, ...]:
    told = {story.url for event in edition.events for story in _stories(event)}
    quiet = [story for story in edition.portals[site].listed if story.url not in told]
    if not quiet:
        return ()  # the night in which the whole portal moves
    host = quiet[0].host
    paths = frozenset(story.path for story in quiet if story.host == host)
    if kind == "busy":
        return (Fault(host=host, kind="busy", times=2, paths=paths),)
    return (Fault(host=host, kind="cookie_wall", times=2, paths=paths),)


def _stories(event: Event) -> tuple[Story, ...]:
    return tuple(story for story in (event.before, event.after) if story is not None)
