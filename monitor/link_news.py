"""What became known of copies, translations and cited sources in a span of time.

A thing belongs to the span in which the last of what it needs became known, so that it is told
once: a change was released, a link was found, an article was told of as new. What an original
changed before a link to it became known is told with the link, as one thing. Only sure links
are told.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal

from monitor.links import Named, cited_by, named
from pipelines.changes import Kind
from pipelines.drift import Drift
from pipelines.former import Texts, former_text
from pipelines.links import LinkKind
from pipelines.store import link_reports, links
from pipelines.store.opening import Reader
from pipelines.store.rows import Row, iso, moment, moment_or_none

How = Literal["copy", "translation", "citation"]
MOST_CITING: Final = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Outdated:
    """``original`` changed in substance after ``made`` was copied or translated from it, and
    what it changed stands today.

    ``made_at``: when the text of ``made`` was first seen. ``follows_at``: when it was seen to
    follow; None: nobody has seen that yet.
    """

    kind: LinkKind
    original: Named
    made: Named
    change_id: int
    changed_at: datetime
    made_at: datetime
    follows_at: datetime | None
    drift: Drift
    known_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class GoneSource:
    """``source`` was withdrawn, and ``by`` is its copy or translation, or cites it."""

    how: How
    source: Named
    by: Named
    change_id: int
    withdrawn_at: datetime
    known_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundLink:
    """``made``, a new article, is a copy or translation of ``original``."""

    kind: LinkKind
    original: Named
    made: Named
    known_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkNews:
    """Everything of a span. ``older``: links that were found between articles of which none was
    told as new, as on the first day of a portal.
    """

    outdated: tuple[Outdated, ...] = ()
    gone: tuple[GoneSource, ...] = ()
    found: tuple[FoundLink, ...] = ()
    older: int = 0

    def __bool__(self) -> bool:
        return bool(self.outdated or self.gone or self.found or self.older)


NO_NEWS: Final = LinkNews()


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Of which span, sites and kinds of change; all where none is named."""

    since: datetime
    until: datetime
    sites: tuple[str, ...] = ()
    kinds: tuple[Kind, ...] = ()

    def takes(self, kind: str, *both: Named) -> bool:
        is_site = not self.sites or any(one.site in self.sites for one in both)
        return is_site and (not self.kinds or kind in self.kinds)

    @property
    def span(self) -> Mapping[str, Any]:
        return {"since": self.since, "until": self.until}


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A link's two articles. ``known_at``: when what is asked of them was known."""

    kind: LinkKind
    original: Named
    made: Named
    known_at: datetime


def link_news(db: Reader, scope: Scope, texts: Texts | None = None) -> LinkNews:
    """Everything that became known in the span; ``texts`` of a report that holds more."""
    known = link_reports.became_known(db, **scope.span)
    return LinkNews(
        outdated=tuple(_outdated(db, scope, known, texts or Texts(db))),
        gone=tuple(_gone(db, scope, known)),
        found=tuple(_found(db, scope, [row for row in known if row["is_news"]])),
        older=_older(db, scope, [row for row in known if not row["is_news"]]),
    )


def _outdated(db: Reader, scope: Scope, known: list[Row], texts: Texts) -> Iterator[Outdated]:
    """By changes of the span; and by links of it, where the original changed before."""
    found = [
        outdated_by(db, texts, pair, change_id=row["change_id"])
        for row in link_reports.changed_originals(db, **scope.span)
        if (pair := _pair(db, row)) and scope.takes(row["change_kind"], pair.original, pair.made)
    ]
    found += [
        outdated_by(db, texts, pair)
        for row in known
        if (pair := _pair(db, row)) and _takes_earlier(db, scope, pair)
    ]
    told = (one for one in found if one is not None)
    yield from sorted(told, key=lambda one: (one.known_at, one.change_id))


def _pair(db: Reader, link: Row) -> Pair | None:
    original, made = (named(db, link[f"{side}_article_id"]) for side in ("to", "from"))
    if original is None or made is None:
        return None
    at = moment(link["known_at"])
    return Pair(kind=link["kind"], original=original, made=made, known_at=at)


def _takes_earlier(db: Reader, scope: Scope, pair: Pair) -> bool:
    return any(
        edit["released_at"] <= iso(pair.known_at)
        and scope.takes(edit["kind"], pair.original, pair.made)
        for edit in link_reports.told_edits(db, pair.original.article_id)
    )


def outdated_by(
    db: Reader, texts: Texts, pair: Pair, *, change_id: int | None = None
) -> Outdated | None:
    """What a change of an original means for a copy or translation as it stood when both were
    known; None where that is not of a former text. Without a change: what all did that were told
    by then, as of the first that came after the text which was used.
    """
    edits = link_reports.told_edits(db, pair.original.article_id)
    before = [edit for edit in edits if edit["released_at"] <= iso(pair.known_at)]
    number = link_reports.told_version(db, pair.made.article_id, at=pair.known_at)
    if number is None or not before:
        return None
    text = texts.version(number)
    former = former_text(texts, edits, text, change_id=change_id or before[-1]["id"])
    if former is None:
        return None
    edit = next((edit for edit in edits if edit["id"] == change_id), former.edit)
    return Outdated(
        kind=pair.kind,
        original=pair.original,
        made=pair.made,
        change_id=edit["id"],
        changed_at=moment(edit["released_at"]),
        made_at=text.seen_at if text.number > 1 else pair.made.published_at or text.seen_at,
        follows_at=moment_or_none(link_reports.followed_at(db, pair.made.article_id, text.id)),
        drift=former.drift,
        known_at=pair.known_at,
    )


def _gone(db: Reader, scope: Scope, known: list[Row]) -> Iterator[GoneSource]:
    """Each source once for each article that depends on it; a link says more than a citation."""
    told: set[tuple[int, int]] = set()
    for one in _every_gone(db, scope, known):
        pair = one.source.article_id, one.by.article_id
        if pair not in told and scope.takes("withdrawn", one.source, one.by):
            yield one
        told.add(pair)


def _every_gone(db: Reader, scope: Scope, known: list[Row]) -> Iterator[GoneSource]:
    for row in link_reports.withdrawals(db, **scope.span):
        yield from gone_by(db, row, until=scope.until)
    for link in known:
        gone = _gone_before(db, scope, link["to_article_id"])
        if gone is not None:
            by, at = link["from_article_id"], moment(link["known_at"])
            yield from _source(db, gone, by, link["kind"], at)
    for cited in link_reports.gone_when_cited(db, **scope.span):
        gone = _gone_before(db, scope, cited["cited_article_id"])
        if gone is not None:
            by, at = cited["article_id"], moment(cited["released_at"])
            yield from _source(db, gone, by, "citation", at)


def _gone_before(db: Reader, scope: Scope, article_id: int) -> Row | None:
    row = link_reports.withdrawal_of(db, article_id, until=scope.until)
    return row if row and row["released_at"] < iso(scope.since) else None


def gone_by(db: Reader, withdrawal: Row, *, until: datetime) -> Iterator[GoneSource]:
    """Who copied, translated or cites an article that was withdrawn, as far as known by then."""
    source = withdrawal["article_id"]
    for link in links.to_article(db, source):
        at = link_reports.known_at(db, link.from_article_id, source) if link.sure else None
        if at is not None and at < iso(until):
            at = max(at, withdrawal["released_at"])
            yield from _source(db, withdrawal, link.from_article_id, link.kind, moment(at))
    for by in cited_by(db, source, most=MOST_CITING):
        at = link_reports.news_at(db, by.article_id) or ""
        if at < iso(until):
            at = max(at, withdrawal["released_at"])
            yield from _source(db, withdrawal, by.article_id, "citation", moment(at))


def _source(
    db: Reader, withdrawal: Row, by: int, how: How, known_at: datetime
) -> Iterator[GoneSource]:
    source, citing = named(db, withdrawal["article_id"]), named(db, by)
    if source is not None and citing is not None and citing.status != "withdrawn":
        yield GoneSource(
            how=how,
            source=source,
            by=citing,
            change_id=withdrawal["id"],
            withdrawn_at=moment(withdrawal["released_at"]),
            known_at=known_at,
        )


def _found(db: Reader, scope: Scope, known: list[Row]) -> Iterator[FoundLink]:
    for row in known:
        original, made = named(db, row["to_article_id"]), named(db, row["from_article_id"])
        if original is not None and made is not None and scope.takes("new", original, made):
            yield FoundLink(
                kind=row["kind"], original=original, made=made, known_at=moment(row["known_at"])
            )


def _older(db: Reader, scope: Scope, known: list[Row]) -> int:
    if not scope.sites and not scope.kinds:
        return len(known)
    return sum(1 for _ in _found(db, scope, known))
