"""Whether two readings are one article under two addresses. Pure.

Only to be asked where the known one's address does not show it any more, or was not looked at
since the other was found: two texts that are there at once are two articles, however alike.
"""

from collections import Counter
from datetime import datetime, timedelta
from typing import Final, Literal
from zoneinfo import ZoneInfo

from crawlers.similarity import alike as alike_words
from crawlers.similarity import words
from pipelines.article import Article
from pipelines.fingerprint import fingerprints
from pipelines.judge import ALIKE, NEARLY_SAME, SAME_TITLE, TWIN_LENGTH, likeness
from pipelines.normalise import fold
from pipelines.tokens import sentences

Sameness = Literal["same", "perhaps", "other"]

SHORTEST: Final = 0.7
"""Of one text under two templates, a line of which reading took for the text's: the shorter
reading's length, as a share of the longer one's.
"""
TELLING_TITLE: Final = 20
"""Characters from which a title says something about a text too short to prove anything."""
MINUTE: Final = timedelta(minutes=1)
PASSAGES: Final = 48
"""Passages of a text that are looked for in another, before the two are compared."""
MOST_PASSAGES: Final = 0.5
"""A share; of texts that are nearly the same, eight in ten are found, of others hardly one."""


def sameness(known: Article, seen: Article, zone: ZoneInfo) -> Sameness:
    """Weigh title, text and moment of publication.

    Same: an equal text with the title or the moment; a text that is equal but for lines that
    the template may have brought, with the title; a text that is nearly the same with the title
    and the very minute: on one day two districts give the same notice. A yearly report has
    another moment and other figures, two stubs of one minute have two titles. Perhaps: too much
    was edited to be sure of it.
    """
    titled, timed = same_title(known, seen), same_moment(known, seen, zone)
    exact = _same_minute(known.published_at, seen.published_at)
    is_equal = fingerprints(known).body == fingerprints(seen).body
    if len(seen.text) < TWIN_LENGTH:
        is_told = titled and exact and len(fold(seen.title)) >= TELLING_TITLE
        return "same" if is_equal and is_told else "other"
    if is_equal:
        return "same" if titled or timed else "perhaps"
    if not titled and not timed:
        return "other"
    alike = likeness(known, seen)
    says_day_only = seen.published_at is not None and is_day_only(seen.published_at, zone)
    if titled and exact and not says_day_only and alike >= NEARLY_SAME:
        return "same"
    if titled and _differ_in_lines_only(known, seen):
        return "same"
    if titled:
        may_be = timed or None in (known.published_at, seen.published_at)
        return "perhaps" if may_be and alike >= (ALIKE if timed else NEARLY_SAME) else "other"
    return "perhaps" if alike >= NEARLY_SAME and _is_retitled(known, seen) else "other"


def may_be_same(known: Article, seen: Article) -> bool:
    """Whether :func:`sameness` need be asked: a hundred times as quick for two long texts.

    With another title only a text that is nearly the same can tell, and that shows in a few
    passages of the shorter one.
    """
    if same_title(known, seen):
        return True
    shorter, longer = sorted((known.text, seen.text), key=len)
    told = shorter.split()
    starts = range(0, max(len(told) - 2, 0), max(len(told) // PASSAGES, 1))
    found = sum(" ".join(told[start : start + 3]) in longer for start in starts)
    return found >= MOST_PASSAGES * len(starts)


def same_title(known: Article, seen: Article) -> bool:
    """Equal but for case, diacritics and spacing."""
    return bool(fold(seen.title)) and fold(known.title) == fold(seen.title)


def same_moment(known: Article, seen: Article, zone: ZoneInfo) -> bool:
    """One minute; or one local day, where a page tells no more than the day."""
    one, other = known.published_at, seen.published_at
    if one is None or other is None:
        return False
    if _same_minute(one, other):
        return True
    here, there = one.astimezone(zone), other.astimezone(zone)
    return here.date() == there.date() and (is_day_only(one, zone) or is_day_only(other, zone))


def _same_minute(one: datetime | None, other: datetime | None) -> bool:
    if one is None or other is None:
        return False
    return one.replace(second=0, microsecond=0) == other.replace(second=0, microsecond=0)


def is_day_only(moment: datetime, zone: ZoneInfo) -> bool:
    """Whether a time of publication says the day and no more: midnight where the paper is."""
    local = moment.astimezone(zone)
    return (local.hour, local.minute) == (0, 0)


def _is_retitled(known: Article, seen: Article) -> bool:
    """Whether one title may be the other, edited; "part 2" is not "part 3"."""
    before, after = words(fold(known.title)), words(fold(seen.title))
    return _figures(before) == _figures(after) and alike_words(before, after) >= SAME_TITLE


def _figures(told: Counter[str]) -> set[str]:
    return {word for word in told if any(map(str.isdigit, word))}


def _differ_in_lines_only(known: Article, seen: Article) -> bool:
    """Whether every sentence of the shorter text stands in the longer one, hardly more in that."""
    shorter, longer = sorted((known, seen), key=lambda one: len(one.text))
    if len(shorter.text) < SHORTEST * len(longer.text):
        return False
    return not (_sentences(shorter) - _sentences(longer))


def _sentences(article: Article) -> Counter[str]:
    return Counter(fold(one) for block in article.blocks for one in sentences(block.text))
