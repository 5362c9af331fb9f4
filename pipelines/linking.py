"""What was read anew is compared with the rest of the store: copies, and originals."""

import logging
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from crawlers.site import Site
from pipelines import tracing
from pipelines.article import Article
from pipelines.changes import ArticleRow, Version
from pipelines.citing import known_sites
from pipelines.copying import link_copies
from pipelines.desk import Desk
from pipelines.links import Link
from pipelines.originals import Found
from pipelines.store import articles, citations, findings, links, sites, versions
from pipelines.store import traits as stored
from pipelines.store.opening import Reader, Writer
from pipelines.store.rows import iso
from pipelines.traits import EVERY, Trait, day_number, numbers

logger = logging.getLogger(__name__)

MOST_AT_ONCE: Final = 500
"""Articles of a run; the rest waits for the site's next."""
KIND: Final = "uncompared"
WRITTEN_IN: Final = "vi"
"""What the papers write first, as ``tongue`` has it. Nothing else tells which of two texts, of
which one is not in the store, was made of the other.
"""
UNBEARABLE: Final = (
    ValueError,
    TypeError,
    LookupError,
    ArithmeticError,
    AssertionError,
    RecursionError,
)
"""What a text that nobody thought of may bring about. A store that fails is another matter."""


def link_waiting(desk: Desk) -> int:
    """Compare the site's articles that wait for it with the store; how many were.

    An article a transaction, and done again it comes out the same: so it may be killed. A text
    that we cannot bear waits on and is a finding; it holds up no other, nor the run.
    """
    waiting = links.waiting(desk.store.reader, desk.site_id, most=MOST_AT_ONCE)
    borrowing = sites_that_borrow(desk.store.reader, known_sites(desk).values())
    failed = [one for one in waiting if not _is_linked(desk, one, borrowing)]
    if waiting and not failed:
        with desk.store.writing() as db:
            findings.close_finding(db, desk.site_id, KIND, now=desk.now())
    return len(waiting) - len(failed)


def _is_linked(desk: Desk, article_id: int, borrowing: Collection[int]) -> bool:
    try:
        with desk.store.writing() as db:
            link(db, article_id, desk.site, desk.now(), borrowing=borrowing)
    except UNBEARABLE as error:
        logger.exception("article %s cannot be compared with others", article_id)
        with desk.store.writing() as db:
            findings.open_finding(
                db,
                desk.site_id,
                kind=KIND,
                detail=f"{type(error).__name__}: {error}"[:300],
                url=articles.by_id(db, article_id).url,
                run_id=desk.run_id,
                now=desk.now(),
            )
        return False
    return True


def original_of_text(db: Reader, article: Article, sites_known: Collection[Site]) -> Found | None:
    """The original of a text that is not in the store; None where none is known.

    ``sites_known``: those of the configuration; what republishes itself is no original. Look at
    ``sure`` before you believe it: what is younger than the text, or a translation itself, is
    a guess. What addresses the text prints is another question.
    """
    day = day_number(article.published_at) if article.published_at else None
    traits = tracing.traits_on(article, day)
    besides = sites_that_borrow(db, sites_known)
    found = tracing.original(db, article, traits, day=day, besides=besides, written_in=WRITTEN_IN)
    if found is None:
        return None
    return replace(found, sure=found.sure and _may_be_original(db, found.article_id, day))


def _may_be_original(db: Reader, article_id: int, day: int | None) -> bool:
    """Whether nothing speaks against that a text of a day was made of an article."""
    row = articles.by_id(db, article_id)
    is_younger = day is not None and day_number(row.published_at or row.first_seen_at) > day
    assert row.current_version_id is not None
    article = versions.by_id(db, row.current_version_id).article
    return not is_younger and tracing.printed(db, article_id, article) is None


def sites_that_borrow(db: Reader | Writer, known: Iterable[Site]) -> frozenset[int]:
    """Ids of those of these sites that republish what others wrote."""
    rows = (sites.site_row(db, one.name) for one in known if one.translates)
    return frozenset(row["id"] for row in rows if row)


def link(
    db: Writer, article_id: int, site: Site, now: datetime, *, borrowing: Collection[int]
) -> None:
    """Write down what can be looked up of an article of ``site``, and its links.

    ``borrowing``: ids of the sites that republish what others wrote.
    """
    is_new = links.compared(db, article_id)
    row = articles.by_id(db, article_id)
    if row.current_version_id is None or row.status == "moved":
        return
    version = versions.by_id(db, row.current_version_id)
    day = day_number(row.published_at or row.first_seen_at)
    traits = tracing.traits_on(version.article, day)
    stored.write(db, article_id, day, {*numbers(traits), EVERY})
    others = link_copies(db, row, version, site, now, borrowing=borrowing)
    if site.translates:
        _link_original(db, row, version, traits, day, now, besides={row.site_id, *borrowing})
    if is_new:
        near = () if site.translates else _retellings(db, row, version, traits, day)
        for each in {*others, *near}:
            links.wake(db, each, now)


def _link_original(
    db: Writer,
    row: ArticleRow,
    version: Version,
    traits: Sequence[Trait],
    day: int,
    now: datetime,
    *,
    besides: Collection[int],
) -> None:
    found = tracing.printed(db, row.id, version.article) or tracing.original(
        db, version.article, traits, day=day, besides=besides, article_id=row.id
    )
    if found and links.is_copy(db, row.id, found.article_id):
        found = None  # in its own language
    links.replace_links(
        db, row.id, "translation", [_translation(db, version, found, now)] if found else []
    )


def _translation(db: Writer, version: Version, found: Found, now: datetime) -> Link:
    return Link(
        kind="translation",
        from_article_id=version.article_id,
        to_article_id=found.article_id,
        from_version_id=version.id,
        to_version_id=links.stood_at(db, found.article_id, iso(version.seen_at)),
        sure=found.sure,
        score=found.score,
        evidence=found.evidence,
        found_at=now,
    )


def _retellings(
    db: Writer, row: ArticleRow, version: Version, traits: Sequence[Trait], day: int
) -> set[int]:
    """What may be a translation of this article, or names it as its source."""
    near = tracing.translations(
        db, version.article, traits, day=day, site_id=row.site_id, article_id=row.id
    )
    return {*near, *(each.article_id for each in citations.citing(db, row.id))}
