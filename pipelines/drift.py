"""What an original says otherwise since it was translated or copied. Pure.

Figures, dates and document numbers survive a translation, so they tell from which text of
its original it was made, and which of them are wrong now.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Final

from pipelines.article import Article
from pipelines.changes import Version
from pipelines.normalise import ascii_digits
from pipelines.tokens import figures

MOST: Final = 20
"""Figures of one side that are kept; a table of prices has hundreds."""
LONGEST: Final = 60
"""Characters of one figure."""
_SIGNS: Final = "%‰° $£¥€₫"
_GROUPED: Final = re.compile(r"\d{1,3}(?:[.,]\d{3})+")
_DATED: Final = re.compile(r"\d{1,4}(?:[-/.]\d{1,4}){1,2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Drift:
    """Figures, dates and document numbers, as the original writes them.

    ``gone``: what it said, says no more, and what was made of it still has. ``came``: what it
    says now, did not say, and what was made of it has not. Both may be empty: other words.
    """

    gone: tuple[str, ...] = ()
    came: tuple[str, ...] = ()


def drift(then: Article, now: Article, made: Article) -> Drift:
    """Which figures set ``made`` apart from its original ``now``, since it was ``then``."""
    old, new, has = facts(then), facts(now), facts(made)
    return Drift(
        gone=_first(shown for key, shown in old.items() if key not in new and key in has),
        came=_first(shown for key, shown in new.items() if key not in old and key not in has),
    )


def made_from_former(then: Version, now: Version, made: Version) -> Drift | None:
    """What sets ``made`` apart, where it is of the text ``then``; None where that is not certain.

    It is certain where the original was still seen as it was after ``made`` was, and where
    ``made`` has a figure that its original has no more, and lacks one that came in its place.
    """
    found = drift(then.article, now.article, made.article)
    if found.gone and (found.came or not figures_that_came(then.article, now.article)):
        return found
    if not then.last_seen_at >= made.seen_at:
        return None
    return found if found.came or not _has_other_figures(then.article, now.article) else None


def takes_over(then: Article, now: Article, before: Article, after: Article) -> bool:
    """Whether what changed from ``before`` to ``after`` is what changed in the original.

    Where the original's figures are as they were, its words changed, and any words may do so.
    """
    old, new = facts(then), facts(now)
    if old.keys() == new.keys():
        return True
    had, has = facts(before).keys(), facts(after).keys()
    went, came = old.keys() - new.keys(), new.keys() - old.keys()
    return bool((came & has) - had or (went & had) - has)


def figures_that_came(then: Article, now: Article) -> frozenset[str]:
    return frozenset(facts(now).keys() - facts(then).keys())


def _has_other_figures(then: Article, now: Article) -> bool:
    return facts(then).keys() != facts(now).keys()


def facts(article: Article) -> Mapping[str, str]:
    """The figures of an article by what they mean, each as it is first written."""
    texts = (article.title, article.lead, article.text)
    found: dict[str, str] = {}
    for text in texts:
        for figure in figures(text):
            found.setdefault(_meant(figure), figure[:LONGEST])
    return found


def _meant(figure: str) -> str:
    """One form for a figure in whatever script, and with whatever separators, it is written."""
    plain = ascii_digits(figure).strip(_SIGNS).replace("đ", "d")
    if _GROUPED.fullmatch(plain):
        return re.sub("[.,]", "", plain)
    if _DATED.fullmatch(plain) and not re.fullmatch(r"\d+\.\d+", plain):
        return "/".join(part.lstrip("0") for part in re.split("[-/.]", plain))
    return plain.replace(",", ".")


def _first(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(islice(texts, MOST))
