"""Where a text says what was searched for: the words as they stand in it. Pure."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from crawlers.plain import clean
from pipelines.search import Wanted, is_unspaced, searchable, sought

__all__ = ["Stretch", "marked", "passage"]

LONGEST_TEXT: Final = 200_000
"""Characters of a text that are looked through."""
MOST_HITS: Final = 500
"""Of which the passage with most of the words is chosen."""
MOST_TOGETHER: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A piece of a text; ``is_hit``: these words were searched for."""

    text: str
    is_hit: bool


@dataclass(frozen=True, slots=True)
class _Span:
    start: int
    end: int
    which: int = 0


class _Kinds(dict[str, str]):
    """How a character takes part in words: ``word``, ``alone``, ``within`` or ``apart``."""

    def __missing__(self, letter: str) -> str:
        folds_away = not searchable(letter)
        if is_unspaced(letter):
            kind = "apart" if folds_away else "alone"
        elif not folds_away:
            kind = "word"
        else:
            is_unseen = unicodedata.category(letter) in ("Mn", "Mc", "Me", "Cf", "Lm")
            kind = "within" if is_unseen else "apart"
        self[letter] = kind
        return kind


_KINDS = _Kinds()


def marked(text: str, words: str) -> tuple[Stretch, ...]:
    """A text with what a person searched for marked; together the pieces are the text."""
    text = clean(text)
    return _cut(text, _hits(text[:LONGEST_TEXT], sought(words)), 0, len(text))


def passage(texts: Sequence[str], words: str, *, length: int = 160) -> tuple[Stretch, ...]:
    """About ``length`` characters with as many of the words as stand together anywhere.

    Of the first text that has most of them; its beginning where none has any. Cut ends are
    shown as "…".
    """
    asked = sought(words)
    found = [_densest(clean(text), asked, length) for text in texts if clean(text)]
    if not found:
        return ()
    best = max(found, key=lambda one: one.words)  # the first of equals
    start, end = _around(best.text, best.span, length)
    ends = (Stretch(text="…", is_hit=False),)
    pieces = _cut(best.text, best.hits, start, end)
    return (*ends[: start > 0], *pieces, *ends[: end < len(best.text)])


@dataclass(frozen=True, slots=True, kw_only=True)
class _Densest:
    """Of a text, a stretch with the most different ``words`` (how many)."""

    text: str
    hits: Sequence[_Span]
    span: _Span
    words: int


def _densest(text: str, asked: Sequence[Wanted], length: int) -> _Densest:
    hits = _hits(text[:LONGEST_TEXT], asked)
    best, words = _Span(0, 0), 0
    for number, first in enumerate(hits):
        ahead = hits[number : number + MOST_TOGETHER]
        near = [hit for hit in ahead if hit.end <= first.start + length] or [first]
        if len({hit.which for hit in near}) > words:
            words = len({hit.which for hit in near})
            best = _Span(first.start, max(hit.end for hit in near))
    return _Densest(text=text, hits=hits, span=best, words=words)


def _around(text: str, hit: _Span, length: int) -> tuple[int, int]:
    """What is shown with a hit: whole words before and after it."""
    spare = max(length - (hit.end - hit.start), 0)
    start = max(hit.start - spare // 3, 0)
    end = min(max(start + length, hit.end), len(text))
    start = start if not start else max(text.find(" ", start, hit.start) + 1, start)
    if end < len(text):
        end = max(text.rfind(" ", hit.end, end), hit.end) if " " in text[hit.end : end] else end
    return start, end


def _cut(text: str, hits: Sequence[_Span], start: int, end: int) -> tuple[Stretch, ...]:
    """The text from ``start`` to ``end``, in pieces; hits that overlap are one."""
    edges, last = [start], start
    for hit in hits:
        first, after = max(hit.start, last), min(hit.end, end)
        if first < after:
            edges += [first, after]
            last = after
    edges.append(end)
    pieces = (
        Stretch(text=text[a:b], is_hit=bool(number % 2))
        for number, (a, b) in enumerate(pairwise(edges))
    )
    return tuple(piece for piece in pieces if piece.text)


def _hits(text: str, asked: Sequence[Wanted]) -> list[_Span]:
    """Where what is asked for stands, in order."""
    words = [(word, span) for span in _words(text) for word in _folded(text, span)]
    by_word: dict[str, list[int]] = {}
    for place, (word, _) in enumerate(words):
        by_word.setdefault(word, []).append(place)
    found = []
    for which, one in enumerate(asked):
        first, lonely = one.words[0], len(one.words) == 1
        starts = (
            [n for word, places in by_word.items() if word.startswith(first) for n in places]
            if lonely and one.is_prefix
            else by_word.get(first, ())
        )
        for place in starts:
            there = [word for word, _ in words[place : place + len(one.words)]]
            if _says(there, one):
                end = words[place + len(one.words) - 1][1].end
                found.append(_Span(words[place][1].start, end, which))
    return sorted(found, key=lambda hit: (hit.start, -hit.end))[:MOST_HITS]


def _says(there: Sequence[str], one: Wanted) -> bool:
    if len(there) != len(one.words) or list(there[:-1]) != list(one.words[:-1]):
        return False
    return there[-1] == one.words[-1] or (one.is_prefix and there[-1].startswith(one.words[-1]))


def _folded(text: str, span: _Span) -> list[str]:
    return searchable(text[span.start : span.end]).split()


def _words(text: str) -> Iterator[_Span]:
    """The words of a text, as far as folding leaves any; together they fold as the text does."""
    start = None
    for place, letter in enumerate(text):
        kind = _KINDS[letter]
        if start is not None and kind in ("apart", "alone"):
            yield _Span(start, place)
            start = None
        if kind == "alone":
            yield _Span(place, place + 1)
        elif kind == "word" and start is None:
            start = place
    if start is not None:
        yield _Span(start, len(text))
