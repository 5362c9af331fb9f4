"""What may happen on a portal with an edition: each act changes a newsroom and tells its events."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from monitor.replica import addresses, edits
from monitor.replica.newsroom import WITHOUT_AUTHOR, WITHOUT_CAPTIONS, Newsroom
from monitor.replica.story import Event, EventKind, Gone, Story

GONE_FOR_GOOD = ("baoquangninh",)
"""Portals that answer 410 where the others answer 404."""
TRANSLATOR = "vietnamvn"
EDITED = (2, 3)
LOST = 7
"""Places, in a portal that moves wholly, of what is edited that night and of what is lost."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A portal's turn in writing an edition."""

    room: Newsroom
    rooms: Mapping[str, Newsroom]
    edition: int
    begins_at: datetime

    def pen(self, story: Story) -> edits.Pen:
        """What an edit of ``story`` draws from."""
        return edits.Pen(self.room.rng, story.section, self.begins_at.date())

    def changed(self, before: Story, after: Story, kind: EventKind, words: edits.Edited) -> Event:
        """Serve ``after`` with a modification time of its own, and tell of it."""
        after = replace(after, modified_at=self.room.before(self.begins_at, 5, 50))
        self.room.put(after, self.edition)
        return Event(
            kind=kind,
            site=self.room.site,
            before=before,
            after=after,
            text_before=words.before,
            text_after=words.after,
        )


Act = Callable[[Turn], list[Event]]


def edit(how: edits.Edit, kind: EventKind = "edited") -> Act:
    """An act that edits the draft of some story."""

    def act(turn: Turn) -> list[Event]:
        for _ in range(20):
            story = turn.room.pick(turn.edition)
            words = story and how(turn.pen(story), story.draft)
            if story and words:
                return [turn.changed(story, replace(story, draft=words.draft), kind, words)]
        return []

    return act


def byline(turn: Turn) -> list[Event]:
    """Another author."""
    story = turn.room.pick(turn.edition)
    colleague = turn.room.pick(
        turn.edition, lambda other: story is not None and other.author not in ("", story.author)
    )
    if not story or not story.author or not colleague:
        return []
    words = edits.Edited(story.draft, story.author, colleague.author)
    return [turn.changed(story, replace(story, author=colleague.author), "edited", words)]


def redate(turn: Turn) -> list[Event]:
    """Another time of publication, a day and some minutes earlier."""
    story = turn.room.pick(turn.edition)
    if not story:
        return []
    earlier = story.published_at - timedelta(days=1, minutes=turn.room.rng.randint(3, 50))
    words = edits.Edited(story.draft, _local(story.published_at), _local(earlier))
    return [turn.changed(story, replace(story, published_at=earlier), "edited", words)]


def touch(turn: Turn) -> list[Event]:
    """A new modification time, nothing else."""
    story = turn.room.pick(turn.edition)
    if not story:
        return []
    return [turn.changed(story, story, "touched", edits.Edited(story.draft, "", ""))]


def revert(turn: Turn) -> list[Event]:
    """A figure is changed now and changed back later, with the next edition at a usual pace."""
    events = edit(edits.number)(turn)
    for event in events:
        assert event.before is not None
        assert event.after is not None
        first = event.before
        turn.room.apart.add(first.ident)
        words = edits.Edited(first.draft, event.text_after, event.text_before)

        def back(later: Turn, ident: str = first.ident, words: edits.Edited = words) -> list[Event]:
            later.room.apart.discard(ident)
            story = later.room.stories[ident]
            return [later.changed(story, replace(story, draft=words.draft), "reverted", words)]

        turn.room.promise(turn.edition + turn.room.plot.reverted, back)
    return events


def withdraw(turn: Turn) -> list[Event]:
    """An article goes for good."""
    story = turn.room.pick(turn.edition, lambda story: story.first_edition < turn.edition)
    if not story:
        return []
    status: Literal[404, 410] = 410 if turn.room.site in GONE_FOR_GOOD else 404
    del turn.room.stories[story.ident]
    turn.room.away[story.ident] = story
    turn.room.gone[story.url] = Gone(url=story.url, status=status)
    return [Event(kind="withdrawn", site=turn.room.site, before=story, status=status)]


def withdraw_and_restore(turn: Turn) -> list[Event]:
    """An article goes, and returns unchanged when it can have been seen gone twice."""
    events = withdraw(turn)
    for event in events:
        assert event.before is not None
        story = event.before

        def back(later: Turn, story: Story = story) -> list[Event]:
            del later.room.away[story.ident]
            later.room.put(story, later.edition)
            return [Event(kind="restored", site=later.room.site, before=story, after=story)]

        turn.room.promise(turn.edition + turn.room.plot.restored, back)
    return events


def move(turn: Turn) -> list[Event]:
    """The old address redirects; articles in a portal's older form of address go first."""
    new_form = addresses.NEW_FORM[turn.room.site]
    story = turn.room.pick(turn.edition, _old_form) or turn.room.pick(turn.edition)
    if not story:
        return []
    if turn.room.site == "baoquangninh":  # the id stays, the words before it change
        return [_moved(turn, story, story.url.replace(".vn/", ".vn/cap-nhat-"), 301)]
    return [_moved(turn, story, turn.room.fresh_address(story, new_form), 301)]


def move_without_trace(turn: Turn) -> list[Event]:
    """The same article stands under a new address, the old one is gone."""
    story = turn.room.pick(turn.edition)
    if not story:
        return []
    return [_moved(turn, story, turn.room.fresh_address(story), 404)]


def move_portal(turn: Turn) -> list[Event]:
    """All that stands on the old host moves to the successor's; every old address redirects."""
    turn.room.leaves_old_host = False
    staying = sorted(turn.room.stories.values(), key=lambda story: story.ident)
    old = [story for story in staying if _old_form(story)]
    return [_moved(turn, story, turn.room.fresh_address(story), 301) for story in old]


def move_wholly(turn: Turn) -> list[Event]:
    """The whole portal moves: half of the old addresses redirect, half are gone.

    Of each half one article is edited in the same night; one of the gone stands nowhere else.
    """
    turn.room.leaves_old_host = False
    staying = sorted(turn.room.stories.values(), key=lambda story: story.ident)
    old = [story for story in staying if _old_form(story)]
    events: list[Event] = []
    for number, story in enumerate(old):
        if number == LOST:
            events.append(_lost(turn, story))
            continue
        status: Literal[301, 404, 410] = 301 if number % 2 == 0 else 404 if number % 4 == 1 else 410
        moved = _moved(turn, story, turn.room.fresh_address(story), status)
        events.append(moved)
        if number in EDITED and moved.after:
            events += _edited(turn, moved.after)
    return events


def _lost(turn: Turn, story: Story) -> Event:
    del turn.room.stories[story.ident]
    turn.room.gone[story.url] = Gone(url=story.url, status=404)
    return Event(kind="withdrawn", site=turn.room.site, before=story, status=404)


def _edited(turn: Turn, story: Story) -> list[Event]:
    words = edits.number(turn.pen(story), story.draft)
    if words is None:
        return []
    return [turn.changed(story, replace(story, draft=words.draft), "edited", words)]


def _moved(turn: Turn, story: Story, url: str, status: Literal[301, 404, 410]) -> Event:
    room = turn.room
    moved = replace(story, url=url, first_edition=turn.edition)
    target = url if status == 301 else ""
    room.gone[story.url] = Gone(url=story.url, status=status, to_url=target)
    room.put(moved, turn.edition)
    room.apart.add(story.ident)
    return Event(kind="moved", site=room.site, before=story, after=moved, status=status)


def _old_form(story: Story) -> bool:
    return story.url.endswith(".htm") and not re.search(r"/d\d+\.htm$", story.url)


def appear(turn: Turn) -> list[Event]:
    """Two or three new articles; the first could be translated."""
    events = []
    for index in range(turn.room.rng.randint(2, 3)):
        published = turn.room.before(turn.begins_at, 60, 300)
        story = turn.room.write(published, turn.edition, translated=index == 0)
        turn.room.put(story, turn.edition)
        events.append(Event(kind="appeared", site=turn.room.site, after=story))
    return events


def appear_late(turn: Turn) -> list[Event]:
    """An article older than seven days is listed for the first time."""
    published = turn.room.before(turn.begins_at) - timedelta(days=turn.room.rng.randint(9, 40))
    story = turn.room.put(turn.room.write(published, turn.edition), turn.edition)
    return [Event(kind="appeared_late", site=turn.room.site, after=story)]


def copy_here(turn: Turn) -> list[Event]:
    """The portal publishes one of its own articles a second time."""
    return _copied(turn, turn.room)


def copy_elsewhere(turn: Turn) -> list[Event]:
    """The portal republishes another portal's article."""
    others = sorted(set(turn.rooms) - {turn.room.site, TRANSLATOR})
    return _copied(turn, turn.rooms[turn.room.rng.choice(others)])


def _copied(turn: Turn, origin: Newsroom) -> list[Event]:
    original = origin.pick(turn.edition)
    if not original:
        return []
    room = turn.room
    published = room.before(turn.begins_at, 5, 55)
    captions = () if room.site in WITHOUT_CAPTIONS else original.draft.captions
    story = replace(
        room.write(published, turn.edition),
        draft=replace(original.draft, captions=captions),
        section=original.section,
        author="" if room.site in WITHOUT_AUTHOR else original.author,
        original=original.ident,
    )
    story = replace(story, url=room.fresh_address(story))
    room.put(story, turn.edition)
    room.apart.add(story.ident)
    origin.apart.add(original.ident)
    return [Event(kind="copied", site=room.site, after=story)]


def _local(moment: datetime) -> str:
    return f"{moment.astimezone(addresses.LOCAL):%d/%m/%Y %H:%M}"
