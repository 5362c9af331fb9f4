"""What is searched and what is asked for, in one folded form. Pure."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from pipelines.normalise import fold

__all__ = ["Wanted", "is_unspaced", "query", "searchable", "sought", "wanted"]

LONGEST: Final = 1000
"""Characters of what a person types that are read."""
MOST: Final = 40
"""Words and phrases of it."""
NOTHING: Final = '""'
_UNSPACED: Final = (
    (0x0E00, 0x0EFF),  # Thai, Lao
    (0x1000, 0x109F),  # Myanmar
    (0x1100, 0x11FF),  # Hangul, as letters
    (0x1780, 0x17FF),  # Khmer
    (0x1950, 0x19DF),  # Tai Le, New Tai Lue
    (0x1A20, 0x1AAF),  # Tai Tham
    (0x3040, 0x318F),  # kana, bopomofo, Hangul letters
    (0x31A0, 0x31BF),
    (0x31F0, 0x31FF),
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xA960, 0xA97F),
    (0xAA60, 0xAA7F),
    (0xAA80, 0xAADF),  # Tai Viet
    (0xAC00, 0xD7FF),
    (0xF900, 0xFAFF),
    (0x20000, 0x3FFFF),
)
"""Scripts that are written without spaces, or, as Hangul, with endings grown on."""


def is_unspaced(letter: str) -> bool:
    """Whether each letter of its script is searched for as a word."""
    return any(first <= ord(letter) <= last for first, last in _UNSPACED)


class _Letters(dict[int, str]):
    """What stands in the place of a folded character; found when it is first met."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        if unicodedata.category(letter)[0] not in "LNM":
            told = " "
        elif is_unspaced(letter):
            told = f" {letter} "
        else:
            told = letter
        self[code] = told
        return told


class _Folded(dict[int, str]):
    """The same for a character as it was written, where nothing after it alters it."""

    def __missing__(self, code: int) -> str:
        # Between two letters, where it is seen whether it parts or joins them.
        told = fold(f"a{chr(code)}b").translate(_LETTERS)[1:-1]
        self[code] = told
        return told


_LETTERS = _Letters()
_FOLDED = _Folded()
_PLAIN = re.compile(
    "[\n -\u02ff\u0370-\u03ff\u0400-\u0482\u048a-\u052f\u060c-\u060f\u061b-\u064a\u0660-\u066f"
    "\u0671-\u06d3\u1e00-\u1fff\u2010-\u2027\u2030-\u205e\u3001-\u3029\u3041-\u3096\u30a1-\u30fa"
    "\u3400-\u4dbf\u4e00-\u9fff\uff01-\uff5e]*"
)
"""Text without marks, which folds letter by letter: ten times as fast, and most texts."""


def searchable(text: str) -> str:
    """Folded words with single spaces between them, and nothing else.

    Every letter of a script without spaces is a word, so that any run of them is found as a
    phrase. The same for a text and for what is asked for.
    """
    if _PLAIN.fullmatch(text):
        return " ".join(text.translate(_FOLDED).split())
    return " ".join(fold(text).translate(_LETTERS).split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Folded words in a row; the last may be only the beginning of a word."""

    words: tuple[str, ...]
    is_prefix: bool = False


_QUOTE = '"\u201c\u201d\u201e\u201f\u00ab\u00bb\uff02'
_PART = re.compile(f"[{_QUOTE}]([^{_QUOTE}]*)[{_QUOTE}](\\*?)|([^\\s{_QUOTE}]+)")
_CURSIVE = re.compile("[\u0620-\u06ff\u0750-\u077f]+")


def wanted(words: str) -> list[Wanted]:
    """What a person asks for: words and, in quotes, phrases; a ``*`` at the end begins a word.

    A word with punctuation within is a phrase: ``57-KL/TW``. Nothing is a mistake; what holds
    no letter and no digit is passed over.
    """
    found = []
    for quoted, star, bare in _PART.findall(words[:LONGEST]):
        told = tuple(searchable(quoted or bare).split())
        if told:
            is_prefix = bool(star) or (quoted or bare).rstrip().endswith("*")
            found.append(Wanted(words=told, is_prefix=is_prefix))
    return found[:MOST]


def query(words: str) -> str:
    """What a person asks for as an FTS5 expression over searchable text; all must be there.

    Never a syntax error. ``""`` (an empty phrase, which nothing holds) where nothing is asked.
    """
    asked = wanted(words)
    return " AND ".join(_expression(asked, place) for place in range(len(asked))) or NOTHING


def sought(words: str) -> list[Wanted]:
    """All that a person's words may stand as in a text, to be marked there."""
    asked = wanted(words)
    return [one for place in range(len(asked)) for one in _forms(asked, place)]


def _expression(asked: list[Wanted], place: int) -> str:
    told = [_phrase(one) for one in _forms(asked, place)]
    return told[0] if len(told) == 1 else f"({' OR '.join(told)})"


def _forms(asked: list[Wanted], place: int) -> list[Wanted]:
    """A word or phrase, or two words in one where a zero-width non-joiner may part them."""
    pairs = [asked[max(place - 1, 0) : place + 1], asked[place : place + 2]]
    joined = [_joined(*pair) for pair in pairs if len(pair) == 2]
    return [asked[place], *(one for one in joined if one)]


def _joined(first: Wanted, second: Wanted) -> Wanted | None:
    """Persian "می خواهم" stands joined in a text that had a zero-width non-joiner there."""
    is_plain = len(first.words) == len(second.words) == 1 and not first.is_prefix
    told = "".join((*first.words, *second.words))
    if not is_plain or not _CURSIVE.fullmatch(told):
        return None
    return Wanted(words=(told,), is_prefix=second.is_prefix)


def _phrase(one: Wanted) -> str:
    # Letters, digits, marks and spaces only: nothing to escape between the quotes.
    return f'"{" ".join(one.words)}"{"*" if one.is_prefix else ""}'
