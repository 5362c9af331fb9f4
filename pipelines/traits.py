"""What survives translation: numbers of documents, days, figures, names, an address's words. Pure.

A trait is kept as a number of 63 bits that says its kind, how rare such things are (its grade)
and a print of its value. So of too many of a kind the rarest are kept, and of equally rare ones
those of the lowest print: the same in an article and its translation, however long they are.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import blake2b
from string import ascii_letters
from typing import Final, Literal
from urllib.parse import unquote, urlsplit

from pipelines.article import Article
from pipelines.documents import DOCUMENT, document_key
from pipelines.normalise import ascii_digits, fold
from pipelines.numerals import Figure, figures_in
from pipelines.textdays import days_in

TraitKind = Literal["slug", "document", "date", "figure", "name"]
KINDS: Final[tuple[TraitKind, ...]] = ("slug", "document", "date", "figure", "name")
MOST: Final[dict[TraitKind, int]] = {
    "slug": 2,
    "document": 8,
    "date": 6,
    "figure": 14,
    "name": 8,
}
"""Traits of a kind that are kept of an article."""
LONGEST: Final = 40_000
"""Characters of an article that are read."""
SLUG_KEY: Final = 20
"""Letters of an address's words by which it is looked up."""
EVERY: Final = 7 << 60
"""What each article has: tells how many there are in some days."""
NEAR: Final = timedelta(days=3)
"""An article names its own day, and many others of that day do too."""

_KIND_BITS, _GRADE_BITS = 60, 57
_UPPER = "".join(filter(str.isupper, map(chr, (*range(0x250), *range(0x1E00, 0x1F00)))))
_LATIN = r"A-Za-z\u00c0-\u024f\u1e00-\u1eff"
# Of few parts: a word of thousands would be read anew from each of them.
_NAME_WORD = rf"[{_UPPER}][{_LATIN}]*(?:[.'’-][{_LATIN}]+){{0,4}}"
_NAMES: Final = re.compile(rf"(?<![\w.])(?:{_NAME_WORD} ){{1,5}}{_NAME_WORD}(?![\w])")
_INITIALS: Final = re.compile(rf"(?<![\w.])[{_UPPER}]{{1,2}}\.[{_UPPER}][{_LATIN}]+(?!\w)")
_SIGNS: Final = re.compile(
    r"(?<![\w/-])(?:[A-Z]{4,10}|[A-Z][a-z]+[A-Z][A-Za-z]+|[A-Z]{1,5}\d{1,4})(?![\w/-])"
)
_DIGITS: Final = re.compile(r"\d+")
BEFORE, AFTER = 32, 40
"""Characters around a digit that are read for figures and days: to fold all is dear."""
# Three digits and what follows, never "three or more": an address of many numbers would be tried
# in all the ways to part them.
_ID: Final = re.compile(r"(?:[-_.](?:post|tin|art|d|p|c|a)?\d{3}[a-z0-9]*)+$|^\d{4,}[-_]")
FEWEST_HYPHENS: Final = 3
"""Of a part of an address that is made of words."""
_EXTENSION: Final = re.compile(r"\.(?:html?|aspx|chn|vnp|php|jsp|vov|tpo)$")
_NO_LETTER: Final = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Trait:
    """``number`` is stable; ``grade`` 0 is the rarest of its kind.

    ``expected``: the article's own day, which says little.
    """

    number: int
    kind: TraitKind
    grade: int
    value: str
    expected: bool = False


def kind_of(number: int) -> TraitKind:
    return KINDS[number >> _KIND_BITS]


def grade_of(number: int) -> int:
    return (number >> _GRADE_BITS) & 7


def traits_of(article: Article, day: date | None) -> tuple[Trait, ...]:
    """The traits of an article, the rarest first in each kind, at most ``MOST`` of each.

    ``day``: when it was published, UTC.
    """
    text = "\n".join(_texts(article))[:LONGEST]
    found = {trait.number: trait for trait in _all(article, text, day)}
    kept: list[Trait] = []
    for kind in KINDS:
        ranked = sorted(number for number in found if kind_of(number) == kind)
        kept += (found[number] for number in ranked[: MOST[kind]])
    return tuple(kept)


def _texts(article: Article) -> Iterator[str]:
    yield article.title
    yield article.lead
    yield from (block.text for block in article.blocks)
    yield from article.captions
    yield article.author


def _all(article: Article, text: str, day: date | None) -> Iterator[Trait]:
    for slug in slugs_of(article):
        yield _trait("slug", 0, slug[:SLUG_KEY])
    plain = ascii_digits(_around_digits(text))
    for found in DOCUMENT.finditer(plain):
        yield _trait("document", 0, document_key(found[0]))
    # What is a document's number, or a day, is no figure.
    days, rest = days_in(fold(DOCUMENT.sub(" . ", plain)), day)
    for each in days:
        expected = day is not None and abs(each - day) <= NEAR
        yield _trait("date", 0, each.isoformat(), expected=expected)
    for figure in figures_in(rest):
        grade = _grade(figure)
        if grade is not None:
            yield _trait("figure", grade, figure.text)
    yield from _names(text)


def _around_digits(text: str) -> str:
    pieces: list[str] = []
    start = stop = 0
    for found in _DIGITS.finditer(text):
        if found.start() - BEFORE > stop:
            pieces.append(text[start:stop])
            start = found.start() - BEFORE
        stop = found.end() + AFTER
    return "\n".join([*pieces, text[start:stop]])


def _grade(figure: Figure) -> int | None:
    """How rare such a figure is; None for what stands in every text: small numbers and years."""
    if figure.significant >= 4:
        is_year = figure.value.isdigit() and len(figure.value) == 4
        return None if is_year and 1900 <= int(figure.value) < 2100 else 0
    if figure.significant == 3:
        is_year = figure.value.isdigit() and 1900 <= int(figure.value) < 2100
        return None if is_year else 1
    if figure.percent or "." in figure.value:
        return 2 if figure.significant == 2 else 3
    if figure.value.isdigit() and int(figure.value) > 31 and int(figure.value) != 2000:
        return 3 if len(figure.value) < 6 or figure.significant == 1 else 2
    return None


def _names(text: str) -> Iterator[Trait]:
    # Folded all at once: that is dear to begin.
    runs = fold("|".join(found[0] for found in _NAMES.finditer(text))).split("|")
    for words in dict.fromkeys(tuple(run.split()) for run in runs if run):
        if len(words) > 2:
            yield _trait("name", 0, " ".join(words[-3:]))
        yield _trait("name", 1, " ".join(words[-2:]))
    for found in _INITIALS.finditer(text):
        yield _trait("name", 1, fold(found[0]))
    for found in _SIGNS.finditer(text):
        yield _trait("name", 2, found[0].lower())


def slugs_of(article: Article) -> tuple[str, ...]:
    """The words of an article's address and, where it is Latin, of its title, run together.

    Such words are cut from the title without diacritics; how they are parted varies.
    """
    told = [slug_of(article.url)]
    if tongue(article.title) in LATIN_TONGUES:
        told.append(_NO_LETTER.sub("", fold(article.title)))
    return tuple(dict.fromkeys(slug for slug in told if len(slug) >= SLUG_KEY))


def slug_of(url: str) -> str:
    """The words of an address run together, without numbers before or after them; or ""."""
    segments = (unquote(part) for part in urlsplit(url).path.split("/"))
    folded = (fold(segment) for segment in segments if segment.count("-") >= FEWEST_HYPHENS)
    words = (_ID.sub("", _EXTENSION.sub("", segment)) for segment in folded)
    longest = max(words, key=lambda part: part.count("-"), default="")
    return _NO_LETTER.sub("", longest) if longest.count("-") >= FEWEST_HYPHENS else ""


_VIETNAMESE: Final = re.compile("[ăđơưĂĐƠƯẠ-ỹ]")
_NO_ASCII_LETTERS: Final = bytes({*range(256)} - {*ascii_letters.encode()})
_SCRIPTS: Final = (
    ("arabic", re.compile("[\u0620-\u06ff]")),
    ("cyrillic", re.compile("[\u0400-\u052f]")),
    ("cjk", re.compile("[\u3040-\u30ff\u3400-\u9fff]")),
    ("korean", re.compile("[\uac00-\ud7a3]")),
    ("thai", re.compile("[\u0e00-\u0eff]")),
    ("indic", re.compile("[\u0900-\u0dff]")),
)
LATIN_TONGUES: Final = frozenset({"vi", "latin"})


def tongue(text: str) -> str:
    """The script that a text is written in, or "vi": what tells a translation from a copy.

    Pages lie about their language; letters do not.
    """
    sample = text[:300]
    latin = len(sample.encode("ascii", "ignore").translate(None, _NO_ASCII_LETTERS))
    if latin * 2 < len(sample):  # or no script can have more
        most, script = max((len(pattern.findall(sample)), name) for name, pattern in _SCRIPTS)
        if most > latin:
            return script
    marked = len(_VIETNAMESE.findall(sample))
    return "vi" if marked * 25 > latin else "latin"


def _trait(kind: TraitKind, grade: int, value: str, *, expected: bool = False) -> Trait:
    number = (
        KINDS.index(kind) << _KIND_BITS
        | grade << _GRADE_BITS
        | stable_print(f"{kind} {value}") >> (64 - _GRADE_BITS)
    )
    return Trait(number=number, kind=kind, grade=grade, value=value, expected=expected)


def stable_print(text: str) -> int:
    """64 bits of a text, the same on every machine."""
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest())


def day_number(moment: datetime) -> int:
    """Days since 1970, UTC."""
    return int(moment.timestamp() // 86_400)


def numbers(traits: Iterable[Trait]) -> frozenset[int]:
    return frozenset(trait.number for trait in traits)
