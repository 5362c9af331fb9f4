"""How much of one text stands in another, by whole sentences. Pure.

A copy keeps most sentences as they are. The lowest prints of an article's sentences (its bands)
are a fair sample of them: two texts that share much share several of these.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from pipelines.article import Article
from pipelines.normalise import comparable
from pipelines.tokens import sentences
from pipelines.traits import stable_print

SHORTEST: Final = 25
"""Letters of a sentence by which a copy is found; shorter ones stand anywhere, and only count."""
LONGEST: Final = 60_000
"""Characters of a text that are read."""
MOST_BANDS: Final = 16
LIKE: Final = 0.7
"""Share of either text that stands in the other, from which it is a copy."""
LIKE_OF_BOTH: Final = 0.3
SURE: Final = 0.8
SURE_OF_BOTH: Final = 0.5
FEWEST: Final = 3
LEAST: Final = 300
"""Sentences and letters in common; a standing paragraph has fewer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """``share``: of the text that stands in the other for the greater part; 0 to 1."""

    share: float
    sure: bool


def sentence_prints(article: Article) -> dict[int, int]:
    """A print of each sentence of lead and text → its letters."""
    text = f"{article.lead}\n{article.text}"[:LONGEST]
    told = (comparable(sentence) for sentence in sentences(text))
    return {stable_print(one) >> 1: len(one) for one in told if one}


def bands(prints: Mapping[int, int]) -> list[int]:
    """The lowest prints of sentences that are no line of a table."""
    return sorted(key for key, letters in prints.items() if letters >= SHORTEST)[:MOST_BANDS]


def likeness(
    ours: Mapping[int, int], theirs: Mapping[int, int], standing: Collection[int] = ()
) -> Likeness | None:
    """How alike two texts are, or None if neither is a copy of the other.

    ``standing``: prints of sentences that stand in many articles.
    """
    one, other = (
        {key: letters for key, letters in side.items() if key not in standing}
        for side in (ours, theirs)
    )
    common = [one[key] for key in one.keys() & other.keys()]
    whole = [letters for letters in common if letters >= SHORTEST]
    if len(whole) < FEWEST or sum(whole) < LEAST:
        return None
    letters = sum(common)
    less, more = sorted((letters / sum(one.values()), letters / sum(other.values())))
    if more < LIKE or less < LIKE_OF_BOTH:
        return None
    return Likeness(share=round(more, 3), sure=more >= SURE and less >= SURE_OF_BOTH)


@dataclass(frozen=True, slots=True, kw_only=True)
class Appearance:
    """When an article came. ``borrows``: its site republishes what others wrote."""

    article_id: int
    published_at: datetime | None
    first_seen_at: datetime
    borrows: bool = False


def is_first(one: Appearance, other: Appearance, timezone: str) -> bool:
    """Whether ``one`` was there before ``other``: as published, or else as first seen.

    Of two of one day that do not both say a time, it is the one that was seen first.
    """
    if one.borrows != other.borrows:
        return other.borrows
    ours, theirs = one.published_at, other.published_at
    if ours and theirs and ours != theirs:
        zone = ZoneInfo(timezone)
        here, there = ours.astimezone(zone), theirs.astimezone(zone)
        is_day_only = any((each.hour, each.minute) == (0, 0) for each in (here, there))
        if here.date() != there.date() or not is_day_only:
            return ours < theirs
    return (one.first_seen_at, one.article_id) < (other.first_seen_at, other.article_id)
