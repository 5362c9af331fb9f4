"""The translating portal's acts: translations appear, are worded anew, follow their originals."""

from dataclasses import replace
from datetime import datetime, timedelta

from monitor.replica import addresses, edits
from monitor.replica.acts import TRANSLATOR, Act, Turn
from monitor.replica.newsroom import Newsroom
from monitor.replica.story import Event, EventKind, Story
from monitor.replica.writing import Language

NAMES = {
    "baoninhbinh": "Báo Ninh Bình",
    "svhttdl_dienbien": "Sở Văn hóa, Thể thao và Du lịch Điện Biên",
    "baoninhthuan": "Báo Ninh Thuận",
    "baoquangninh": "Báo Quảng Ninh",
    "baohatinh": "Báo Hà Tĩnh",
}
AT_THE_START: tuple[tuple[Language, ...], ...] = (
    ("ar",), ("fa",), ("ar", "fa"), ("en",), ("ar",), ("vi",), ("fa", "en"), ("ar",), ("en",),
    ("vi",),
)  # fmt: skip
LATER: tuple[Language, ...] = ("ar", "fa", "en", "vi")


def translation(
    room: Newsroom, original: Story, language: Language, published: datetime, edition: int
) -> Story:
    """``original`` in ``language``, without captions (with them in Vietnamese: a copy)."""
    captions = original.draft.captions if language == "vi" else ()
    named = room.rng.random() < 0.7
    return replace(
        original,
        ident=room.name(),
        site=room.site,
        url=addresses.vietnamvn(language, original.title),
        language=language,
        wording=0,
        draft=replace(original.draft, captions=captions),
        author="",
        published_at=published,
        modified_at=published,
        day_only=True,
        source_name=NAMES.get(original.site, "Báo Nhân Dân"),
        source_url=original.url if named and original.site in NAMES else "",
        original=original.ident,
        first_edition=edition,
    )


def at_the_start(room: Newsroom, rooms: dict[str, Newsroom], start: datetime) -> None:
    """The translations that stand already when the script begins."""
    own = [(rooms[site], number) for number in range(2) for site in NAMES]
    for (origin, _), languages in zip(own, AT_THE_START, strict=True):
        original = _untranslated(room, origin, 0)[0]
        origin.apart.add(original.ident)
        for language in languages:
            published = original.published_at + timedelta(minutes=room.rng.randint(9, 90))
            published = min(published, room.before(start, 1, 3))
            room.put(translation(room, original, language, published, 0), -9)
    foreign = rooms["baoninhbinh"]
    for language in ("ar", "fa"):
        published = room.before(start, 200, 9000)
        draft = foreign.write(published, 0, translated=True)
        story = translation(room, replace(draft, site="", ident=""), language, published, 0)
        room.put(story, -9)


def translate(turn: Turn) -> list[Event]:
    """Two or three translations of the last edition's articles; one is a copy in Vietnamese."""
    fresh = [
        (origin, story)
        for site, origin in sorted(turn.rooms.items())
        if site != TRANSLATOR
        for story in _untranslated(turn.room, origin, turn.edition - 1)
        if not turn.room.knows(addresses.vietnamvn("vi", story.title))
    ]
    events: list[Event] = []
    for origin, original in turn.room.rng.sample(fresh, min(len(fresh), 2 + turn.edition % 2)):
        language = LATER[(turn.edition + len(events)) % len(LATER)]
        published = turn.room.before(turn.begins_at, 5, 55)
        story = translation(turn.room, original, language, published, turn.edition)
        turn.room.put(story, turn.edition)
        origin.apart.add(original.ident)
        kind: EventKind = "copied" if language == "vi" else "translated"
        events.append(Event(kind=kind, site=TRANSLATOR, after=story))
    return events


def _untranslated(room: Newsroom, origin: Newsroom, edition: int) -> list[Story]:
    done = {story.original for story in (*room.stories.values(), *room.away.values())}
    return [
        story
        for story in origin.stories.values()
        if story.first_edition == edition
        and story.ident not in origin.apart
        and story.draft.title.pattern.en
        and story.ident not in done
        and origin.touched.get(story.ident, -9) <= edition
    ]


def retranslate(turn: Turn) -> list[Event]:
    """A translation is worded anew; its original stands as it was."""
    story = turn.room.pick(turn.edition, lambda story: story.language != "vi")
    if not story:
        return []
    after = replace(story, wording=1 - story.wording)
    words = edits.Edited(story.draft, story.title, after.title)
    return [turn.changed(story, after, "retranslated", words)]


def edit_original(turn: Turn) -> list[Event]:
    """A translated article is edited, and its translations follow, usually an edition later."""
    translator = turn.rooms[TRANSLATOR]
    idents = sorted(
        {
            story.original
            for story in translator.stories.values()
            if story.original in turn.room.stories
            and turn.room.rested(story.original, turn.edition)
            and turn.room.is_young(turn.room.stories[story.original], turn.edition)
            and all(_free(one, translator, turn) for one in _of(translator, story.original))
        }
    )
    if not idents:
        return []
    before = turn.room.stories[turn.room.rng.choice(idents)]
    words = edits.number(turn.pen(before), before.draft)
    if not words:
        return []
    event = turn.changed(before, replace(before, draft=words.draft), "edited", words)
    for story in _of(translator, before.ident):
        translator.apart.add(story.ident)
        translator.promise(turn.edition + translator.plot.followed, _follower(story, words))
    return [event]


def _of(translator: Newsroom, ident: str) -> list[Story]:
    return [story for story in translator.stories.values() if story.original == ident]


def _free(story: Story, translator: Newsroom, turn: Turn) -> bool:
    rested = translator.rested(story.ident, turn.edition)
    return story.language != "vi" and story.ident not in translator.apart and rested


def _follower(story: Story, words: edits.Edited) -> Act:
    def follow(turn: Turn) -> list[Event]:
        turn.room.apart.discard(story.ident)
        after = replace(story, draft=replace(words.draft, captions=()), wording=1 - story.wording)
        return [turn.changed(story, after, "followed", words)]

    return follow
