"""Copies of one text are found in the store and linked to whose it was first."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
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

MOST_HOLDERS: Final = 200
"""A sentence that more articles have is nobody's own. Many more than there are papers: all may
print one address to the nation.
"""
STRANGERS: Final = 3
"""Articles with a sentence and little else of a text: from so many on the sentence stands."""
NEAR: Final = 0.5
"""Share of what the nearest has in common, from which any number of others is near too."""
MOST_READ: Final = 8
SAME_SITE: Final = 0.9
"""Share from which two articles that a site keeps side by side are told as copies."""


def link_copies(
    db: Writer,
    row: ArticleRow,
    version: Version,
    site: Site,
    now: datetime,
    *,
    borrowing: Collection[int],
) -> list[int]:
    """Link an article to the first one that has its text; the ids of those that came after it.

    These may have taken another one for the first, and are to be asked again. ``borrowing``: ids
    of the sites that republish what others wrote.
    """
    prints = sentence_prints(version.article)
    stored.write(db, row.id, bands(prints))
    ours = _appearance(row, borrowing)
    near, standing = _near(db, row, version, prints)
    near.sort(key=lambda other: (other.site_id in borrowing, _moment(other)))
    first: tuple[Appearance, Likeness] | None = None
    later: list[int] = []
    for other, alike in _alike(db, row, near[:MOST_READ], prints, standing):
        theirs = _appearance(other, borrowing)
        if is_first(ours, theirs, site.timezone):
            later.append(other.id)
            continue
        if links.is_copy(db, other.id, row.id) and not ours.borrows:
            continue
        links.drop_copy(db, other.id, row.id)
        if first is None or is_first(theirs, first[0], site.timezone):
            first = theirs, alike
    found = [_link(db, version, *first, now)] if first else []
    links.replace_links(db, row.id, "copy", found)
    return [other.id for other in near] if later and not found else later


def _appearance(row: ArticleRow, borrowing: Collection[int]) -> Appearance:
    return Appearance(
        article_id=row.id,
        published_at=row.published_at,
        first_seen_at=row.first_seen_at,
        borrows=row.site_id in borrowing,
    )


def _moment(row: ArticleRow) -> datetime:
    return row.published_at or row.first_seen_at


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


def _near(
    db: Writer, row: ArticleRow, version: Version, prints: Mapping[int, int]
) -> tuple[list[ArticleRow], set[int]]:
    """Articles that share most sentences, or many; and sentences that are nobody's own."""
    holders = {
        band: stored.holders(db, band, besides=row.id, most=MOST_HOLDERS) for band in bands(prints)
    }
    shared = Counter(each for held in holders.values() for each in held if len(held) < MOST_HOLDERS)
    for each in stored.same_text(db, version.id, most=MOST_HOLDERS):
        shared[each] += len(prints)
    enough = max(len(holders) // 4, 1)
    standing = {
        band
        for band, held in holders.items()
        if len(held) == MOST_HOLDERS or sum(shared[each] < enough for each in held) >= STRANGERS
    }
    ranked = shared.most_common(MOST_HOLDERS)
    least = max(enough, ranked[0][1] * NEAR) if ranked else enough
    ids = [
        each for place, (each, number) in enumerate(ranked) if place < MOST_READ or number >= least
    ]
    near = (articles.by_id(db, each) for each in ids)
    return [one for one in near if one.current_version_id and one.status != "moved"], standing


def _alike(
    db: Writer,
    row: ArticleRow,
    near: Iterable[ArticleRow],
    prints: Mapping[int, int],
    standing: Collection[int],
) -> Iterator[tuple[ArticleRow, Likeness]]:
    for other in near:
        assert other.current_version_id is not None
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
