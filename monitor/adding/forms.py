"""Which shapes of a portal's addresses are its articles': decided by pages that were read. Pure."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from crawlers.page import Link, SourceKind
from monitor.adding.shapes import FEWEST_WORDS, Shape, path_of, pattern_of, shape_of, words_in

Verdict = Literal["article", "listing", "unread"]
"""``unread``: nothing came, or nothing that tells; ``listing``: front pages too."""

SHAPES_TRIED: Final = 6
PAGES_EACH: Final = 3
LEAST_ARTICLES: Final = 2
LEFT_BY_WORDS: Final = 0.75
"""Of a shape's addresses, those that must be left when only long titles count."""
MOST_WORDS: Final = 8
_NAMEABLE: Final = re.compile(r"[A-Za-z0-9/_.-]{2,120}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """An address that a source listed. ``path`` as in ``shapes.path_of``."""

    url: str
    source: SourceKind
    path: str
    title: str
    shape: Shape

    @property
    def words(self) -> int:
        return max(map(words_in, self.path.split("/")))


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A form of article addresses: ``articles`` of ``fetched`` pages are; ``number`` are listed."""

    pattern: str
    number: int
    fetched: int
    articles: int
    example: str
    words: int = 0
    """Where only the number of words tells articles from sections, else 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """A shape that was tried and is not taken."""

    number: int
    fetched: int
    articles: int
    example: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Forms:
    """What can be said of a portal's addresses; ``listings`` are paths that only look so."""

    taken: tuple[Form, ...]
    refused: tuple[Refusal, ...] = ()
    listings: tuple[str, ...] = ()


def seen_in(links: Iterable[tuple[Link, SourceKind]]) -> tuple[Seen, ...]:
    """The addresses that have a shape, each once, as the first source gave it; feeds' first."""
    kept: dict[str, Seen] = {}
    for link, source in sorted(links, key=lambda one: one[1] != "feed"):
        path = path_of(link.url)
        shape = shape_of(path)
        if shape is not None:
            one = Seen(url=link.url, source=source, path=path, title=link.title, shape=shape)
            kept.setdefault(link.url, one)
    return tuple(kept.values())


def samples(seen: Sequence[Seen]) -> tuple[str, ...]:
    """Addresses whose pages tell which shapes are articles', the likeliest shapes first."""
    chosen: list[str] = []
    for group in likeliest(seen):
        by_words = sorted(group, key=lambda one: one.words)
        ends = [by_words[0], by_words[1 % len(group)]] if not group[0].shape.is_numbered else []
        spread = [group[0], group[len(group) // 2], group[-1]]
        picked = dict.fromkeys(one.url for one in (*ends, *spread))
        chosen += list(picked)[: PAGES_EACH + len(ends)]
    return tuple(dict.fromkeys(chosen))


def likeliest(seen: Sequence[Seen]) -> list[list[Seen]]:
    """The groups of addresses of one shape that are worth trying."""
    groups: dict[Shape, list[Seen]] = {}
    for one in seen:
        if one.shape.may_be_an_article:
            groups.setdefault(one.shape, []).append(one)
    return sorted(groups.values(), key=_rank, reverse=True)[:SHAPES_TRIED]


def _rank(group: Sequence[Seen]) -> tuple[int, int]:
    return sum(one.source == "feed" for one in group), len(group)


def judge(seen: Sequence[Seen], verdicts: Mapping[str, Verdict]) -> Forms:
    """The forms that pages speak for; ``verdicts`` by address."""
    taken: list[Form] = []
    refused: list[Refusal] = []
    listings: list[str] = []
    for group in likeliest(seen):
        if any(all(re.fullmatch(form.pattern, one.path) for one in group) for form in taken):
            continue
        form, named = _form(group, verdicts)
        if form is None:
            refused.append(_refusal(group, verdicts))
        else:
            taken.append(form)
            listings += named
    taken_for = [one.path for one in seen if verdicts.get(one.url) == "listing"]
    also = [path for path in taken_for if any(re.fullmatch(f.pattern, path) for f in taken)]
    return Forms(
        taken=tuple(taken),
        refused=tuple(refused),
        listings=tuple(dict.fromkeys([*listings, *filter(_NAMEABLE.fullmatch, also)])),
    )


def _form(
    group: Sequence[Seen], verdicts: Mapping[str, Verdict]
) -> tuple[Form | None, tuple[str, ...]]:
    """The form of a group with the listings that it must except; None where pages do not say so."""
    told = [one for one in group if verdicts.get(one.url) in ("article", "listing")]
    articles = [one for one in told if verdicts[one.url] == "article"]
    listings = [one for one in told if verdicts[one.url] == "listing"]
    enough = len(articles) >= LEAST_ARTICLES or (articles and len(told) == len(group))
    if not enough:
        return None, ()
    words = 0
    if not group[0].shape.is_numbered:
        words = _words(group, listings)
    left = [one for one in group if one.words >= words]
    pattern = pattern_of([one.path for one in left], words or FEWEST_WORDS)
    if not all(re.fullmatch(pattern, one.path) for one in left):
        return None, ()  # of an address too odd for its shape nothing is proposed
    missed = [one.path for one in listings if re.fullmatch(pattern, one.path)]
    if 2 * len(missed) > len(articles) or not all(map(_NAMEABLE.fullmatch, missed)):
        return None, ()
    form = Form(
        pattern=pattern,
        number=len(left),
        fetched=len(told),
        articles=len(articles),
        example=articles[0].url,
        words=words,
    )
    return form, tuple(missed)


def _words(group: Sequence[Seen], listings: Sequence[Seen]) -> int:
    """The fewest words that leave listings out and most addresses in."""
    for words in range(max(FEWEST_WORDS, 1 + max((o.words for o in listings), default=0)), 3, -1):
        left = sum(one.words >= words for one in group)
        if words <= MOST_WORDS and left >= LEFT_BY_WORDS * len(group):
            return words
    return FEWEST_WORDS


def _refusal(group: Sequence[Seen], verdicts: Mapping[str, Verdict]) -> Refusal:
    told = [verdicts[one.url] for one in group if one.url in verdicts]
    return Refusal(
        number=len(group),
        fetched=len(told),
        articles=told.count("article"),
        example=group[0].url,
    )
