"""Copies of one text are found in the store and linked to whose it was first."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import Final

from crawlers.site import Site
from pipelines.changes import ArticleRow, Version
from pipelines.likeness import Appearance, Likeness, bands, is_first, likeness, sentence_prints
from pipelines.links import Evidence, Link
from pipelines.store import articles, links, versions
from pipelines.store import bands as stored
from pipelines.store.opening import Writer
from pipelines.store.rows import iso

MOST_HOLDERS: Final = 30
"""A sentence that more articles have is nobody's own."""
STRANGERS: Final = 3
"""Articles with a sentence and little else of a text: from so many on the sentence stands."""
MOST_READ: Final = 8
SAME_SITE: Final = 0.9
"""Share from which two articles that a site keeps side by side are told as copies."""


def link_copies(
    db: Writer, row: ArticleRow, version: Version, site: Site, now: datetime
) -> list[int]:
    """Link an article to the first one that has its text; all others that have it.

    These know better whether their site only republishes, and are asked again.
    """
    prints = sentence_prints(version.article)
    stored.write(db, row.id, bands(prints))
    ours = _appearance(row, borrows=site.translates)
    first: tuple[Appearance, Likeness] | None = None
    others: list[int] = []
    for other, alike in _alike(db, row, version, prints):
        theirs = _appearance(other, borrows=stored.borrows(db, other.site_id))
        others.append(other.id)
        if links.is_copy(db, other.id, row.id) and not ours.borrows:
            continue
        if is_first(ours, theirs, site.timezone):
            continue
        links.drop_copy(db, other.id, row.id)
        if first is None or is_first(theirs, first[0], site.timezone):
            first = theirs, alike
    found = [_link(db, version, *first, now)] if first else []
    links.replace_links(db, row.id, "copy", found)
    return others


def _appearance(row: ArticleRow, *, borrows: bool) -> Appearance:
    return Appearance(
        article_id=row.id,
        published_at=row.published_at,
        first_seen_at=row.first_seen_at,
        borrows=borrows,
    )


def _link(db: Writer, version: Version, first: Appearance, alike: Likeness, now: datetime) -> Link:
    return Link(
        kind="copy",
        from_article_id=version.article_id,
        to_article_id=first.article_id,
        from_version_id=version.id,
        to_version_id=links.stood_at(db, first.article_id, iso(version.seen_at)),
        sure=alike.sure,
        score=alike.share,
        evidence=(Evidence(kind="text", value=f"{alike.share:g}", weight=alike.share),),
        found_at=now,
    )


def _alike(
    db: Writer, row: ArticleRow, version: Version, prints: dict[int, int]
) -> Iterator[tuple[ArticleRow, Likeness]]:
    holders = {
        band: stored.holders(db, band, besides=row.id, most=MOST_HOLDERS) for band in bands(prints)
    }
    shared = Counter(each for held in holders.values() for each in held if len(held) < MOST_HOLDERS)
    for each in stored.same_text(db, version.id, most=MOST_READ):
        shared[each] += len(prints)
    enough = max(len(holders) // 4, 1)
    standing = {
        band
        for band, held in holders.items()
        if len(held) == MOST_HOLDERS or sum(shared[each] < enough for each in held) >= STRANGERS
    }
    for each, _ in shared.most_common(MOST_READ):
        other = articles.by_id(db, each)
        if other.current_version_id is None or other.status == "moved":
            continue
        theirs = sentence_prints(versions.by_id(db, other.current_version_id).article)
        alike = likeness(prints, theirs, standing)
        if alike and (other.site_id != row.site_id or _stand_side_by_side(row, other, alike)):
            yield other, alike


def _stand_side_by_side(row: ArticleRow, other: ArticleRow, alike: Likeness) -> bool:
    """Whether two articles of one site are two: both alive, each looked at since both are known.

    Until then one may be the other's new address.
    """
    since = max(row.first_seen_at, other.first_seen_at)
    return alike.share >= SAME_SITE and all(
        each.status == "live" and each.checked_at is not None and each.checked_at >= since
        for each in (row, other)
    )
