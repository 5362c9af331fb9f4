"""What an article's page shows of its original, its translations and copies, and who cites it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from monitor.links import KnownLinks, Tie, known_links
from monitor.render.html import difference_html
from monitor.render.language import language_of
from monitor.render.link_words import drift_words, facts_text
from pipelines.article import Article
from pipelines.drift import Drift
from pipelines.store import link_reports, versions
from pipelines.store.opening import Reader

MOST_COMPARED: Final = 5
LONGEST: Final = 30_000
"""Characters of both texts of a copy that a page still compares."""
_ENGLISH: Final = language_of("en")


@dataclass(frozen=True, slots=True, kw_only=True)
class Relations:
    """``differences``: what a copy left out of its original or added, by the other's number."""

    known: KnownLinks
    differences: Mapping[int, Markup]

    @property
    def others(self) -> frozenset[int]:
        return frozenset(tie.other.article_id for tie in self.known.ties)


def relations(db: Reader, article_id: int) -> Relations | None:
    """None for an article that nobody was told of."""
    known = known_links(db, article_id)
    if known is None:
        return None
    copies = [tie for tie in known.ties if tie.kind == "copy"][:MOST_COMPARED]
    return Relations(known=known, differences=dict(_differences(db, article_id, copies)))


def drift_text(drift: Drift) -> str:
    """The figures that differ, in words; empty where none do."""
    gone, came = (facts_text(side, _ENGLISH) for side in (drift.gone, drift.came))
    words = drift_words(drift)
    return _ENGLISH.say(words, gone=gone, came=came) if words else ""


def _differences(db: Reader, article_id: int, copies: list[Tie]) -> Iterator[tuple[int, Markup]]:
    own = _text(db, article_id) if copies else None
    for tie in copies:
        other = _text(db, tie.other.article_id)
        if own is None or other is None or len(own.text) + len(other.text) > LONGEST:
            continue
        original, copy = (other, own) if tie.is_original else (own, other)
        yield tie.other.article_id, difference_html(original, copy)


def _text(db: Reader, article_id: int) -> Article | None:
    number = link_reports.told_version(db, article_id)
    return versions.by_id(db, number).article if number else None
