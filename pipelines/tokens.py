"""Text as words, figures and marks, and as sentences. Pure.

A figure is anything with a digit in it, kept whole: "4,7 %", "57-KL/TW", "09/2017/ND-CP",
"-5", "₫500.000". Chinese and Japanese are taken character by character, Thai, Lao and
Khmer likewise with their marks: they put no spaces between words.
"""

import re
from dataclasses import dataclass
from typing import Literal

from pipelines.normalise import tone_neutral, unify_script

TokenKind = Literal["word", "figure", "mark", "space"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """``text`` with the white space that follows it; only a first token is all white space."""

    kind: TokenKind
    text: str
    space: str = ""

    @property
    def key(self) -> str:
        """Equal for tokens that read the same but for case, tone placement, script, dashes."""
        return _SPACE.sub("", neutral(self.text))


_PUNCTUATION = (
    r"!-/:-@\[-`{-~\u00a1-\u00a9\u00ab-\u00b4\u00b6-\u00b9\u00bb-\u00bf\u00d7\u00f7"
    r"\u060c\u060d\u061b\u061e\u061f\u066a-\u066d\u06d4\u0964\u0965"
    r"\u2010-\u2027\u2030-\u205e\u20a0-\u20cf\u2190-\u2bff\u3000-\u3004\u3008-\u303f"
    r"\uff00-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65"
)
_SINGLE = r"\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_CLUSTERED = r"\u0e00-\u0eff\u1780-\u17ff"
_CLUSTER_MARKS = r"\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece\u17b6-\u17d3"
_LETTER = rf"[^\s{_PUNCTUATION}{_SINGLE}{_CLUSTERED}]"
_DASH = r"\-\u2010-\u2015\u2212"
_CURRENCY = r"$£¥\u20a0-\u20cf"
_FIGURE = (
    rf"(?:(?<![^\s(])[+{_DASH}±](?=[{_CURRENCY}]?\d))?[{_CURRENCY}]?"
    rf"(?:{_LETTER}{{1,12}}[{_DASH}/]){{0,3}}{_LETTER}*\d{_LETTER}*"
    rf"(?:[.,:٫٬]\d{_LETTER}*|[{_DASH}/]{_LETTER}+)*"
    rf"(?:\s?[%‰٪°{_CURRENCY}])?"
)
_WORD = rf"{_LETTER}+(?:['’]{_LETTER}+)*|[{_SINGLE}]|[{_CLUSTERED}][{_CLUSTER_MARKS}]*"
_TOKEN = re.compile(
    rf"(?P<space>\A\s+)|(?:(?P<figure>{_FIGURE})|(?P<word>{_WORD})|(?P<mark>\S))(?P<after>\s*)"
)
_SPACE = re.compile(r"\s+")
_SAME_MARK = str.maketrans(
    {**dict.fromkeys("‐‑‒–—―−", "-"), "’": "'", "٫": ",", "٬": ".", "٪": "%"}
)


def neutral(text: str) -> str:
    """``text`` without what makes no other word: case, tone placement, script variants."""
    return tone_neutral(unify_script(text).translate(_SAME_MARK)).casefold()


def tokens(text: str) -> tuple[Token, ...]:
    """The tokens of ``text``; texts and spaces joined give it back exactly."""
    return tuple(_token(found) for found in _TOKEN.finditer(text))


def _token(found: re.Match[str]) -> Token:
    if found["space"]:
        return Token(kind="space", text="", space=found["space"])
    kinds: tuple[TokenKind, ...] = ("figure", "word", "mark")
    kind = next(kind for kind in kinds if found[kind] is not None)
    return Token(kind=kind, text=found[kind], space=found["after"])


def words(text: str) -> tuple[str, ...]:
    """The words and figures of ``text`` as keys: its punctuation and spacing left out."""
    found = ((match["figure"], match["word"]) for match in _TOKEN.finditer(neutral(text)))
    return tuple(word or _SPACE.sub("", figure) for figure, word in found if word or figure)


def figures(text: str) -> tuple[str, ...]:
    """The keys of the figures of ``text``, in order."""
    found = (match["figure"] for match in _TOKEN.finditer(neutral(text)))
    return tuple(_SPACE.sub("", figure) for figure in found if figure)


_ENDS = ".!?…؟۔।"
_SENTENCE = re.compile(
    rf".+?(?:(?<![{_ENDS}])[{_ENDS}]++[\"”»’)\]]*+(?=\s|\Z)|[。！？]++[」』”]*+|\Z)\s*",
    re.DOTALL,
)
_NO_END = re.compile(
    r"(?:^\d{1,3}|(?:^|[\s(.])(?:[A-ZĐ]|TP|TX|TT|TS|ThS|PGS|GS|BS|KS|NSND|NSƯT|Tr|Nr|"
    r"Mr|Mrs|Ms|Dr|St|vs))\.$"
)


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of ``text``, stripped. A line's end ends a sentence, an abbreviation none."""
    return tuple(sentence for line in text.splitlines() for sentence in _of_line(line.strip()))


def _of_line(line: str) -> list[str]:
    found: list[str] = []
    parts: list[str] = []
    for match in _SENTENCE.finditer(line):
        part = match[0].strip()
        if parts and not _NO_END.search(parts[-1]) and not part[:1].islower():
            found.append(" ".join(parts))
            parts = []
        parts.append(part)
    return [*found, " ".join(parts)] if parts else found
