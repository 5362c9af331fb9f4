"""The known article that a new address may show: by its text, its title, its moment."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo

from pipelines import judge
from pipelines.article import Article
from pipelines.changes import ArticleRow
from pipelines.desk import Desk, Seen, teaser_key
from pipelines.fingerprint import fingerprints
from pipelines.memory import lasting
from pipelines.sameness import (
    MINUTE,
    is_day_only,
    may_be_same,
    same_moment,
    same_title,
    sameness,
)
from pipelines.store import articles, memory, twins, versions
from pipelines.store.opening import Writer
from pipelines.suspicion import read_again

MOST_READ_AGAIN: Final = 5
"""Candidates whose stored page is read again for one new address."""
ALL_FACTS: Final = 2
"""Title and moment."""
CLEARLY: Final = 0.02
"""How much liker one candidate must be than the next, where neither text is equal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Twin:
    """A known article, and whether it is surely the one that was read, if it is gone there."""

    row: ArticleRow
    is_sure: bool


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class _Match:
    """How well a candidate fits; the greatest is the best."""

    is_sure: bool
    is_equal: bool
    facts: int
    is_away: bool
    likeness: float
    age: int
    row_id: int


def twin_of(desk: Desk, db: Writer, row: ArticleRow, seen: Seen) -> Twin | None:
    """The article that ``row``, read for the first time, may be; None for none."""
    found = sorted(_matches(desk, db, row, seen), reverse=True)
    if not found:
        return None
    best, *others = found
    rivals = [other for other in others if other.is_sure and not best.is_equal]
    unclear = any(best.likeness - other.likeness < CLEARLY for other in rivals)
    return Twin(row=articles.by_id(db, best.row_id), is_sure=best.is_sure and not unclear)


def _matches(desk: Desk, db: Writer, row: ArticleRow, seen: Seen) -> Iterator[_Match]:
    equal = _of_one_text(desk, db, row, seen)
    for candidate in equal:
        assert candidate.current_version_id is not None
        known = versions.by_id(db, candidate.current_version_id).article
        if match := _match(desk, row, candidate, known, seen.article):
            yield match
            if match.is_equal and match.facts == ALL_FACTS:
                return  # no other is as like
    asked = {candidate.id for candidate in equal}
    near = (one for one in _near(desk, db, row, seen) if one.id not in asked)
    for _, candidate in zip(range(MOST_READ_AGAIN), near, strict=False):
        assert candidate.current_version_id is not None
        today, _ = read_again(desk, db, candidate, versions.by_id(db, candidate.current_version_id))
        learned = memory.learned(db, desk.site_id, candidate.id)
        known, shown = lasting(today.article, seen.article, learned)
        if match := _match(desk, row, candidate, known, shown):
            yield match


def _match(
    desk: Desk, row: ArticleRow, candidate: ArticleRow, known: Article, shown: Article
) -> _Match | None:
    zone = ZoneInfo(desk.site.timezone)
    is_equal = fingerprints(known).body == fingerprints(shown).body
    found = sameness(known, shown, zone)
    is_long = len(shown.text) >= judge.TWIN_LENGTH
    if found == "other" or (_is_there(row, candidate) and not (is_equal and is_long)):
        return None  # two that are there at once may be a series
    facts = same_title(known, shown) + same_moment(known, shown, zone)
    return _Match(
        is_sure=found == "same",
        is_equal=is_equal,
        facts=facts,
        is_away=candidate.status != "live",
        likeness=1.0 if is_equal else judge.likeness(known, shown),
        age=-candidate.id,
        row_id=candidate.id,
    )


def _of_one_text(desk: Desk, db: Writer, row: ArticleRow, seen: Seen) -> list[ArticleRow]:
    if not seen.prints.body:
        return []
    found = twins.by_body(
        db,
        desk.site_id,
        seen.prints.body,
        title=seen.article.title,
        published_at=seen.article.published_at,
        except_id=row.id,
    )
    return [articles.by_id(db, each) for each in found]


def _near(desk: Desk, db: Writer, row: ArticleRow, seen: Seen) -> Iterator[ArticleRow]:
    """Articles of the title or the minute that are not known to be there, and are alike."""
    for article_id in dict.fromkeys(_namesakes(desk, db, row, seen)):
        candidate = articles.by_id(db, article_id)
        if _is_there(row, candidate):
            continue
        assert candidate.current_version_id is not None
        known = versions.by_id(db, candidate.current_version_id).article
        if may_be_same(known, seen.article) and judge.resemble(known, seen.article):
            yield candidate


def _namesakes(desk: Desk, db: Writer, row: ArticleRow, seen: Seen) -> Iterator[int]:
    title, published_at = seen.article.title, seen.article.published_at
    key = teaser_key(title)
    yield from twins.by_title(db, desk.site_id, title, key=key, except_id=row.id)
    zone = ZoneInfo(desk.site.timezone)
    if published_at is None or is_day_only(published_at, zone):
        return  # a day has many articles; those of the title were found
    minute = published_at.replace(second=0, microsecond=0)
    yield from twins.by_moment(db, desk.site_id, minute, minute + MINUTE, except_id=row.id)


def _is_there(row: ArticleRow, candidate: ArticleRow) -> bool:
    """Whether the candidate was seen alive since ``row`` was found."""
    looked = candidate.checked_at is not None and candidate.checked_at >= row.first_seen_at
    return candidate.status == "live" and looked
