"""What an original says otherwise since it was translated or copied. Pure.

Figures, days and numbers of documents survive a translation. So they tell from which text of
its original it was made, and what of it is no longer so.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC
from itertools import islice
from typing import Final, Literal

from pipelines.article import Article
from pipelines.changes import Version
from pipelines.normalise import ascii_digits, fold
from pipelines.numerals import figures_in
from pipelines.textdays import days_in
from pipelines.tokens import tokens

FactKind = Literal["document", "date", "figure"]
MOST: Final = 20
"""Facts of one side that are told; a table of prices has hundreds."""
LONGEST: Final = 60
"""Characters of a fact; what is longer is no number."""
READ: Final = 40_000
"""Characters of an article that are read."""
SMALL: Final = 31
"""Up to here a whole number may be a day, or be written as a word in the other language."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """``value``: "57-KL/TW" as written, "2026-03-02", or a number like "4.7 %", "1250000"."""

    kind: FactKind
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Drift:
    """``gone``: what the original said, says no more, and what was made of it still says.
    ``came``: what it says now, did not say then, and what was made of it does not say in
    digits. Both may be empty: other words.
    """

    gone: tuple[Fact, ...] = ()
    came: tuple[Fact, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.gone or self.came)


NO_DRIFT: Final = Drift()


def made_from_former(then: Version, now: Version, made: Version) -> Drift | None:
    """What sets ``made`` apart, where it is of the original's text ``then``; None: not certain.

    It is certain where the original was seen as it was after ``made`` was seen; and where
    ``made`` says a fact that the original says no more, and not what it says instead.
    """
    if then.fingerprint == now.fingerprint:
        return None
    old, new, has = (facts(one.article) for one in (then, now, made))
    found = Drift(
        gone=_first(fact for key, fact in old.items() if key not in new and key in has),
        came=_first(fact for key, fact in new.items() if key not in old and key not in has),
    )
    has_other_facts = old.keys() != new.keys()
    if any(map(_is_telling, found.gone)) and (found.came or new.keys() <= old.keys()):
        return found
    is_older = then.last_seen_at >= made.seen_at
    return found if is_older and (found or not has_other_facts) else None


def takes_over(then: Article, now: Article, before: Article, after: Article) -> bool:
    """Whether what changed from ``before`` to ``after`` is what changed in the original.

    Where the original's facts are as they were, its words changed, and any words may do so.
    """
    old, new = facts(then).keys(), facts(now).keys()
    had, has = facts(before).keys(), facts(after).keys()
    went, came = old - new, new - old
    return old == new or bool((came & has) - had or (went & had) - has)


def facts(article: Article) -> Mapping[str, Fact]:
    """An article's facts by what they mean, in whatever script and form they are written."""
    text = "\n".join((article.title, article.lead, article.text))[:READ]
    found: dict[str, Fact] = {}
    rest: list[str] = []
    for token in tokens(ascii_digits(text)):
        if token.kind == "figure" and _has_letters(token.text):
            found.setdefault(_folded(token.text), Fact(kind="document", value=token.text[:LONGEST]))
            rest.append(". ")
        else:
            rest.append(f"{token.text}{token.space}")
    published = article.published_at
    days, left = days_in(
        fold("".join(rest)), published.astimezone(UTC).date() if published else None
    )
    for day in days:
        found[day.isoformat()] = Fact(kind="date", value=day.isoformat())
    for figure in figures_in(left):
        found.setdefault(figure.text, Fact(kind="figure", value=figure.text))
    return found


def _has_letters(text: str) -> bool:
    return any(letter.isalpha() for letter in text)


def _folded(text: str) -> str:
    return fold(text).replace(" ", "").replace("–", "-")


def _is_telling(fact: Fact) -> bool:
    return fact.kind != "figure" or not fact.value.isdigit() or int(fact.value) > SMALL


def _first(found: Iterable[Fact]) -> tuple[Fact, ...]:
    return tuple(islice(found, MOST))
