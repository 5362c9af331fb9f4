"""What an original says otherwise since it was translated or copied. Pure.

Figures, days and numbers of documents survive a translation. So they tell from which text of
its original it was made, and what of it is no longer so.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date
from itertools import islice
from typing import Final, Literal

from pipelines.article import Article
from pipelines.changes import Version
from pipelines.compare import compare
from pipelines.documents import DOCUMENT, document_key
from pipelines.normalise import ascii_digits, fold
from pipelines.numerals import figures_in
from pipelines.textdays import days_in

FactKind = Literal["document", "date", "figure"]
MOST: Final = 20
"""Facts of one side that are told; a table of prices has hundreds."""
LONGEST: Final = 200_000
"""Characters of an article that is compared: what stands behind an end would seem to be gone."""
SMALL: Final = 31
"""Up to here a whole number may be a day, or be written as a word in the other language."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """``value``: "57-KL/TW" as written, "2026-03-02", or a number like "4.7 %", "1250000"."""

    kind: FactKind
    value: str


Facts = Mapping[str, Fact]
"""By what they mean, in whatever script and form they are written."""
FactsOf = Callable[[Version, date | None], Facts]


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


def is_comparable(*articles: Article) -> bool:
    """Whether the articles are short enough for their facts to be known, all of them."""
    return all(len(_words(article)) <= LONGEST for article in articles)


def facts(article: Article, near: date | None) -> Facts:
    """An article's facts. ``near``: the day by which days without a year are read; None: these
    are left out.
    """
    text = ascii_digits(_words(article))
    found: dict[str, Fact] = {}
    for one in DOCUMENT.finditer(text):
        found.setdefault(document_key(one[0]), Fact(kind="document", value=one[0]))
    days, left = days_in(fold(DOCUMENT.sub(" . ", text)), near)
    for day in days:
        found[day.isoformat()] = Fact(kind="date", value=day.isoformat())
    for figure in figures_in(left):
        found.setdefault(figure.text, Fact(kind="figure", value=figure.text))
    return found


def facts_of(version: Version, near: date | None) -> Facts:
    return facts(version.article, near)


def common_day(*articles: Article) -> date | None:
    """The one day, UTC, by which articles that are compared are read: the first that is known."""
    days = (one.published_at for one in articles if one.published_at is not None)
    return next((day.astimezone(UTC).date() for day in days), None)


def made_from_former(
    then: Version,
    now: Version,
    made: Version,
    *,
    today: Version | None = None,
    read: FactsOf = facts_of,
) -> Drift | None:
    """What sets ``made`` apart, where it is of the original's text ``then``; None: not certain.

    It is certain where the original was seen as it was after ``made`` was seen; and where
    ``made`` says a fact that the original says no more, and not what it says instead.
    ``today``: the original, where it changed again after ``now``. Only what is still so is told.
    """
    today = today or now
    all_texts = (then, now, today, made)
    if then.fingerprint in (now.fingerprint, today.fingerprint):
        return None
    if not is_comparable(*(one.article for one in all_texts)):
        return None
    near = common_day(*(one.article for one in (today, made, then)))
    old, new, last, has = (read(one, near) for one in all_texts)
    gone = {key: fact for key, fact in old.items() if key not in new and key in has}
    came = {key: fact for key, fact in new.items() if key not in old and key not in has}
    told = Drift(
        gone=_first(fact for key, fact in gone.items() if key not in last),
        came=_first(fact for key, fact in came.items() if key in last),
    )
    if any(map(_is_telling, gone.values())) and (came or new.keys() <= old.keys()):
        return told or None
    if then.last_seen_at < made.seen_at:
        return None
    if gone or came:
        return told or None
    same_facts = old.keys() == new.keys()
    return NO_DRIFT if same_facts and _differs(then.article, today.article) else None


def source_among(
    formers: Sequence[Version], now: Version, made: Version, *, read: FactsOf = facts_of
) -> Version:
    """Of which of its original's texts, oldest first, ``made`` is: it shares most of that in
    which they differ. Where several are as near, the latest.

    What came after the original had been seen with ``made`` already there cannot be it.
    """
    able = next((n for n, one in enumerate(formers) if one.last_seen_at >= made.seen_at), None)
    texts = [*formers, now] if able is None else formers[: able + 1]
    near = common_day(*(one.article for one in (now, made, texts[0])))
    has = read(made, near).keys()
    shared = [len(_telling(read(one, near)) & has) for one in texts]
    return max(zip(shared, range(len(texts)), texts, strict=True))[2]


def takes_over(then: Article, now: Article, before: Article, after: Article) -> bool:
    """Whether what changed from ``before`` to ``after`` is what changed in the original.

    Where the original's facts are as they were, its words changed, and any words may do so.
    """
    if not is_comparable(then, now, before, after):
        return False
    near = common_day(now, then, before, after)
    old, new, had, has = (facts(one, near).keys() for one in (then, now, before, after))
    went, came = old - new, new - old
    return old == new or bool((came & has) - had or (went & had) - has)


def _words(article: Article) -> str:
    return "\n".join((article.title, article.lead, article.text))


def _differs(one: Article, other: Article) -> bool:
    found = compare(one, other)
    return found is not None and found.weight == "substantive"


def _telling(found: Facts) -> frozenset[str]:
    return frozenset(key for key, fact in found.items() if _is_telling(fact))


def _is_telling(fact: Fact) -> bool:
    return fact.kind != "figure" or not fact.value.isdigit() or int(fact.value) > SMALL


def _first(found: Iterable[Fact]) -> tuple[Fact, ...]:
    return tuple(islice(found, MOST))
