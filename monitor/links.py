"""What is known of who copied, translated or cites whom: for reports, messages and pages.

No article, text or link that nobody was told of yet is in any of it; but what an article cites
is what its page printed last: of citations nobody is told, and only the last ones are kept.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Final

from pipelines.changes import Status
from pipelines.drift import Drift
from pipelines.former import Texts, former_text
from pipelines.links import Evidence, Link, LinkKind
from pipelines.store import citations, link_reports, links
from pipelines.store.opening import Reader
from pipelines.store.rows import Row, moment, moment_or_none

MOST_CITING: Final = 200
MOST_TIES: Final = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """An article as people were told of it. ``language``: ISO 639-1, or empty."""

    article_id: int
    site: str
    url: str
    title: str
    language: str
    published_at: datetime | None
    status: Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Since:
    """An original changed in substance since it was translated or copied.

    ``changed_at``: when the first of these changes was told. ``drift``: the figures, dates
    and document numbers in which the two differ since then; maybe none.
    """

    change_id: int
    changed_at: datetime
    drift: Drift


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """A link of an article. ``is_original``: ``other`` is the original, else the copy or
    translation. One that is not ``sure`` is a guess, "perhaps". ``since`` None: the original
    is not known to have changed since.
    """

    kind: LinkKind
    is_original: bool
    other: Named
    sure: bool
    score: float
    evidence: tuple[Evidence, ...]
    found_at: datetime
    since: Since | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """A source that an article names; ``url`` may be empty, ``article`` None: not known."""

    label: str
    name: str
    url: str
    article: Named | None


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownLinks:
    """What is known of one article's links; ``ties`` sure ones first, then by score, 50 at most."""

    article: Named
    ties: tuple[Tie, ...]
    cites: tuple[Cited, ...]
    cited_by: tuple[Named, ...]

    @property
    def originals(self) -> tuple[Tie, ...]:
        return tuple(tie for tie in self.ties if tie.is_original)

    def made(self, kind: LinkKind) -> tuple[Tie, ...]:
        """Its copies, or its translations."""
        return tuple(tie for tie in self.ties if not tie.is_original and tie.kind == kind)


def known_links(db: Reader, article_id: int) -> KnownLinks | None:
    """What is known of an article's links; None for one that nobody was told of."""
    article = named(db, article_id)
    if article is None:
        return None
    return KnownLinks(
        article=article,
        ties=tuple(_ties(db, article_id)),
        cites=tuple(_cited(db, one) for one in citations.of_article(db, article_id)),
        cited_by=tuple(cited_by(db, article_id)),
    )


def named(db: Reader, article_id: int) -> Named | None:
    """An article by its number, as it was told; None where nobody was told of it."""
    row = link_reports.named(db, article_id)
    return named_of(row) if row else None


def cited_by(db: Reader, article_id: int, *, most: int = MOST_CITING) -> Iterator[Named]:
    """The articles that name this one as their source."""
    for one in citations.citing(db, article_id)[:most]:
        found = named(db, one.article_id)
        if found is not None:
            yield found


def named_of(row: Row) -> Named:
    """A row of ``article_list``."""
    return Named(
        article_id=row["id"],
        site=row["site"],
        url=row["url"],
        title=row["title"] or "",
        language=row["language"] or "",
        published_at=moment_or_none(row["published_at"]),
        status=row["status"],
    )


def _cited(db: Reader, one: citations.Cited) -> Cited:
    known = one.cited_article_id
    return Cited(
        label=one.citation.label,
        name=one.citation.name,
        url=one.citation.url,
        article=named(db, known) if known is not None else None,
    )


def _ties(db: Reader, article_id: int) -> Iterator[Tie]:
    both = (links.of_article(db, article_id), links.to_article(db, article_id))
    in_order = sorted(chain(*both), key=lambda one: (not one.sure, -one.score))
    texts = Texts(db)
    for link in in_order[:MOST_TIES]:
        is_original = link.from_article_id == article_id
        other = named(db, link.to_article_id if is_original else link.from_article_id)
        if other is not None:
            since = changed_since(db, texts, link.to_article_id, link.from_article_id)
            yield _tie(link, other, since, is_original=is_original)


def _tie(link: Link, other: Named, since: Since | None, *, is_original: bool) -> Tie:
    return Tie(
        kind=link.kind,
        is_original=is_original,
        other=other,
        sure=link.sure,
        score=link.score,
        evidence=link.evidence,
        found_at=link.found_at,
        since=since,
    )


def changed_since(db: Reader, texts: Texts, original: int, made: int) -> Since | None:
    """Whether the text of ``made`` today is of a former one of its original; None: not known."""
    edits = link_reports.told_edits(db, original)
    number = link_reports.told_version(db, made) if edits else None
    former = former_text(texts, edits, texts.version(number)) if number else None
    if former is None:
        return None
    return Since(
        change_id=former.edit["id"],
        changed_at=moment(former.edit["released_at"]),
        drift=former.drift,
    )
