"""What a site's pages taught us to leave out: blocks that repeat, lines that never stay. Pure.

Four kinds are learned, never from one page: *block*, a text that stands in five or more
otherwise different articles; *rotating*, a sentence that came and was gone again at the next
look, on two articles; *slot*, a place between two lasting blocks of one article that shows
another text at every look; *position*, where such places stand on a site's pages ("top 3").
What stands at such a place is left out of a comparison only until it lasted (`patience.py`).
A correction note is never left out.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, Literal

from crawlers.similarity import alike, words
from pipelines.article import Article, Block
from pipelines.fingerprint import text_fingerprint
from pipelines.tokens import sentences
from pipelines.wording import is_correction_note

BLOCK_ARTICLES: Final = 5
"""Otherwise different articles in which a block must stand."""
ROTATING_ARTICLES: Final = 2
POSITION_ARTICLES: Final = 3
SLOT_LOOKS: Final = 3
SLOT_ARTICLES: Final = 2
LONGEST_SLOT: Final = 3
"""Blocks that a slot may hold."""
RELATED: Final = 0.5
"""Texts as alike as that are two states of one paragraph: somebody is editing it."""
PRINT_LENGTH: Final = 16

MOST_DRAWN: Final = 4
"""Sentences of a block that may be drawn together."""
LearnedKind = Literal["block", "rotating", "slot", "position"]
Slot = tuple[str, str]
"""The prints of the blocks before and after; empty at the start and at the end."""
NOWHERE: Final[Slot] = ("", "")
"""The whole text: never a slot."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Learned:
    """What is left out of one article's text: prints by kind, and the article's own slots.

    ``blocks`` are pairs of print and place. ``slots`` and ``positions`` are restless places:
    they hold only between two readings of one article (see :func:`lasting`), but for the
    blocks that ``arrived`` or ``departed`` for good, by their prints.
    """

    blocks: frozenset[tuple[str, str]] = frozenset()
    rotating: frozenset[str] = frozenset()
    slots: frozenset[Slot] = frozenset()
    positions: frozenset[str] = frozenset()
    arrived: frozenset[str] = frozenset()
    departed: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.blocks or self.rotating)

    @property
    def is_restless(self) -> bool:
        return bool(self.slots or self.positions)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rotation:
    """What three different looks at one article showed of lines that do not stay.

    ``sentences``: print → text of what came and went; ``slots``: where; ``positions``: the
    same as on any page of the site.
    """

    sentences: dict[str, str] = field(default_factory=dict)
    slots: frozenset[Slot] = frozenset()
    positions: frozenset[str] = frozenset()


def block_print(text: str) -> str:
    """A short fingerprint of one block or sentence."""
    return text_fingerprint(text)[:PRINT_LENGTH]


def places(blocks: Sequence[Block]) -> tuple[str, ...]:
    """Where each block stands, roughly, so that small shifts do not matter: "foot paragraph"."""
    half = len(blocks) / 2
    return tuple(
        f"{'top' if index < half else 'foot'} {block.kind}" for index, block in enumerate(blocks)
    )


def without_learned(article: Article, learned: Learned) -> tuple[Article, Counter[str]]:
    """The article without what was learned, and how many blocks went: kind → number."""
    removed: Counter[str] = Counter()
    if not learned:
        return article, removed
    kept: list[Block] = []
    for block, place in zip(article.blocks, places(article.blocks), strict=True):
        kind = "" if is_correction_note(block.text) else _kind(block.text, place, learned)
        if kind:
            removed[f"learned {kind}"] += 1
        else:
            kept.append(block)
    return (replace(article, blocks=tuple(kept)) if removed else article), removed


def _kind(text: str, place: str, learned: Learned) -> LearnedKind | Literal[""]:
    if (block_print(text), place) in learned.blocks:
        return "block"
    return "rotating" if learned.rotating and _is_rotating(text, learned) else ""


def _is_rotating(text: str, learned: Learned) -> bool:
    """A short block of which at least half the sentences rotate: what is drawn goes together."""
    told = sentences(text)
    known = sum(block_print(one) in learned.rotating for one in told)
    return 0 < len(told) <= MOST_DRAWN and 2 * known >= len(told)


def rotation(accepted: Article, first: Article, second: Article) -> Rotation:
    """What rotates, as three different texts of one article show it.

    ``accepted`` is the known text, ``first`` and ``second`` two looks minutes apart. What came
    with the first look and was gone at the second may rotate, and what was gone with it. A
    place is a slot when each look filled it with a text of its own. Texts that are alike are
    one paragraph that somebody is editing, and show nothing.
    """
    passing = list(_own_blocks(first, accepted, second))
    if not passing:
        return Rotation()
    gone = [text for _, text in _own_blocks(accepted, first, second)]
    told = [one for text in (*(text for _, text in passing), *gone) for one in sentences(text)]
    number = len(first.blocks)
    return Rotation(
        sentences={block_print(one): one for one in told},
        slots=frozenset(_rotating_slots(accepted, first, second)),
        positions=frozenset().union(*(position_names(index, number) for index, _ in passing)),
    )


def _own_blocks(article: Article, *others: Article) -> Iterator[tuple[int, str]]:
    """Index and text of the blocks that none of the others has, nor anything alike."""
    own = [dict(_unrelated(article, other)) for other in others]
    for index, block in enumerate(article.blocks):
        if all(index in found for found in own):
            yield index, block.text


def _rotating_slots(*looks: Article) -> Iterator[Slot]:
    lasting = set.intersection(*(set(block_prints(article)) for article in looks))
    contents = [_contents(article, lasting) for article in looks]
    for slot, came in contents[1].items():
        texts = [" ".join(content.get(slot, ())) for content in contents]
        if slot != NOWHERE and len(came) <= LONGEST_SLOT and _rotates(texts):
            yield slot


def block_prints(article: Article) -> list[str]:
    """The prints of an article's blocks, in order."""
    return [block_print(block.text) for block in article.blocks]


def _contents(article: Article, lasting: set[str]) -> dict[Slot, tuple[str, ...]]:
    """Slot → the texts in it, for every slot of the article that holds any."""
    found: dict[Slot, tuple[str, ...]] = {}
    before, texts = "", list[str]()
    for key, text in _closed(article):
        if key in lasting or not key:
            if texts:
                found[before, key] = tuple(texts)
            before, texts = key, []
        else:
            texts.append(text)
    return found


def _closed(article: Article) -> Iterator[tuple[str, str]]:
    yield from ((block_print(block.text), block.text) for block in article.blocks)
    yield "", ""


def _rotates(texts: Sequence[str]) -> bool:
    """Whether the looks' texts differ wholly; the accepted one (first) may be empty."""
    accepted, first, second = texts
    if not first or not second or any(map(is_correction_note, texts)):
        return False
    pairs = [(first, second), *((accepted, other) for other in (first, second) if accepted)]
    return all(alike(words(one), words(other)) < RELATED for one, other in pairs)


def position_names(index: int, number: int) -> frozenset[str]:
    """Ways to say where the block ``index`` of ``number`` stands: from top, foot and middle."""
    middle = {"middle"} if abs(index - (number - 1) / 2) <= 1 else set()
    return frozenset({f"top {index}", f"foot {number - index}", *middle})


def lasting(before: Article, after: Article, learned: Learned) -> tuple[Article, Article]:
    """Both readings without the blocks that only one of them has at a restless place.

    A block that is related to one of the other reading's own is an edit of it and stays.
    """
    if not learned.is_restless:
        return before, after
    gone = _fleeting(before, after, learned) - learned.departed
    came = _fleeting(after, before, learned) - learned.arrived
    return _without(before, gone), _without(after, came)


def restless(before: Article, after: Article, learned: Learned) -> frozenset[str]:
    """The prints of blocks at restless places that only one reading has, or both have."""
    both = set(block_prints(before)) & set(block_prints(after))
    places = {block_prints(before)[index] for index in _restless_places(before, learned)}
    passing = _fleeting(before, after, learned) | _fleeting(after, before, learned)
    return passing | (places & both)


def _fleeting(article: Article, other: Article, learned: Learned) -> frozenset[str]:
    places = _restless_places(article, learned)
    found = {key for index, key in _unrelated(article, other) if index in places}
    return frozenset(found) if len(found) <= LONGEST_SLOT else frozenset()


def _restless_places(article: Article, learned: Learned) -> frozenset[int]:
    number = len(article.blocks)
    found = {i for i in range(number) if position_names(i, number) & learned.positions}
    return frozenset(found | _in_slots(article, learned.slots))


def _in_slots(article: Article, slots: frozenset[Slot]) -> set[int]:
    prints = ["", *block_prints(article), ""]
    found: set[int] = set()
    for start, before in enumerate(prints[:-1] if slots else ()):
        for end in range(start + 2, min(start + 2 + LONGEST_SLOT, len(prints))):
            if (before, prints[end]) in slots:
                found.update(range(start, end - 1))
    return found


def _unrelated(article: Article, other: Article) -> Iterator[tuple[int, str]]:
    """Index and print of the blocks of ``article`` that have no counterpart in ``other``."""
    own, others = frozenset(block_prints(article)), frozenset(block_prints(other))
    rivals = [words(block.text) for block in other.blocks if block_print(block.text) not in own]
    for index, block in enumerate(article.blocks):
        key, told = block_print(block.text), words(block.text)
        if key in others or is_correction_note(block.text):
            continue
        if all(alike(told, rival) < RELATED for rival in rivals):
            yield index, key


def has_whole_blocks(before: Article, after: Article) -> bool:
    """Whether a block came or went as a whole, as an advertisement does."""
    return any(_unrelated(before, after)) or any(_unrelated(after, before))


def _without(article: Article, prints: frozenset[str]) -> Article:
    if not prints:
        return article
    kept = tuple(block for block in article.blocks if block_print(block.text) not in prints)
    return replace(article, blocks=kept)
