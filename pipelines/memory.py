"""What a site's pages taught us to leave out: blocks that repeat, lines that never stay. Pure.

Three kinds are learned, never from one page: *block*, a text that stands in five or more
otherwise different articles; *rotating*, a sentence that came and was gone again at the next
look, on two articles; *slot*, a place between two lasting blocks that shows another text at
every look. A correction note is never learned.
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
SLOT_LOOKS: Final = 3
SLOT_ARTICLES: Final = 2
LONGEST_SLOT: Final = 3
"""Blocks that a slot may hold."""
RELATED: Final = 0.5
"""Texts as alike as that are two states of one paragraph: somebody is editing it."""
PRINT_LENGTH: Final = 16

LearnedKind = Literal["block", "rotating", "slot"]
Slot = tuple[str, str]
"""The prints of the blocks before and after; empty at the start and at the end."""
NOWHERE: Final[Slot] = ("", "")
"""The whole text: never a slot."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Learned:
    """What is left out of one article's text: prints by kind, and the article's own slots.

    ``blocks`` are pairs of print and place.
    """

    blocks: frozenset[tuple[str, str]] = frozenset()
    rotating: frozenset[str] = frozenset()
    slots: frozenset[Slot] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.blocks or self.rotating or self.slots)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rotation:
    """What three different looks at one article showed of lines that do not stay.

    ``sentences``: print → text of what came and went; ``slots``: where.
    """

    sentences: dict[str, str] = field(default_factory=dict)
    slots: frozenset[Slot] = frozenset()


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
    lasting = _without_slots(kept, learned.slots) if learned.slots else kept
    if len(lasting) < len(kept):
        removed["learned slot"] += len(kept) - len(lasting)
    return (replace(article, blocks=tuple(lasting)) if removed else article), removed


def _kind(text: str, place: str, learned: Learned) -> LearnedKind | Literal[""]:
    if (block_print(text), place) in learned.blocks:
        return "block"
    told = sentences(text) if learned.rotating else ()
    return "rotating" if told and all(block_print(one) in learned.rotating for one in told) else ""


def _without_slots(blocks: Sequence[Block], slots: frozenset[Slot]) -> list[Block]:
    prints = ["", *(block_print(block.text) for block in blocks), ""]
    gone: set[int] = set()
    for start, before in enumerate(prints[:-1]):
        for end in range(start + 2, min(start + 2 + LONGEST_SLOT, len(prints))):
            if (before, prints[end]) in slots:
                gone.update(range(start, end - 1))
    return [
        block
        for index, block in enumerate(blocks)
        if index not in gone or is_correction_note(block.text)
    ]


def rotation(accepted: Article, first: Article, second: Article) -> Rotation:
    """What rotates, as three different texts of one article show it.

    ``accepted`` is the known text, ``first`` and ``second`` two looks minutes apart. A place
    rotates when each look filled it with a text of its own that has little to do with the
    others: texts that are alike are one paragraph that somebody is editing.
    """
    shown = [_prints(article) for article in (accepted, first, second)]
    lasting = set(shown[0]) & set(shown[1]) & set(shown[2])
    told: dict[str, str] = {}
    found: set[Slot] = set()
    contents = [_contents(article, lasting) for article in (accepted, first, second)]
    for slot, came in contents[1].items():
        texts = [" ".join(content.get(slot, ())) for content in contents]
        if slot == NOWHERE or len(came) > LONGEST_SLOT or not _rotates(texts):
            continue
        found.add(slot)
        rotating = (sentence for text in texts for sentence in sentences(text))
        told.update((block_print(sentence), sentence) for sentence in rotating)
    told = {key: text for key, text in told.items() if not is_correction_note(text)}
    return Rotation(sentences=told, slots=frozenset(found))


def _prints(article: Article) -> list[str]:
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
