"""What a page cites becomes rows: its citations, and the articles of ours that it names.

A cited address of a configured site is an article to be fetched, by that site's own crawl
and within its budget. It is no news: the site's sources are asked before it is read, and only
they tell news. A page may cite anything, so what it can bring is bounded.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Final
from urllib.parse import unquote, urlsplit

from crawlers.discovery import article_key, canonical_address, published_in_address
from crawlers.guard import refusal
from crawlers.page import Link
from crawlers.site import Site
from pipelines.citation import Citation
from pipelines.desk import Desk
from pipelines.judge import NEWS_AGE
from pipelines.store import articles, citations, forgotten, links, sites
from pipelines.store.citations import Target
from pipelines.store.opening import Writer
from pipelines.store.rows import moment_or_none

MOST_NEW_OF_PAGE: Final = 3
"""Unknown articles that one reading of a page can bring."""
MOST_NEW_OF_SITE: Final = 200
"""Unknown articles that the pages of one site can bring in a day (UTC), whosoever they are."""
LEFT_OVER: Final = 50
"""Addresses beyond these bounds that are tried again when a run begins."""


def cite(
    desk: Desk,
    db: Writer,
    article_id: int,
    named: Sequence[Citation],
    *,
    published_at: datetime | None = None,
) -> bool:
    """Let ``named`` be what the article's current version cites; True where that is new.

    Nothing is told of it. ``published_at``: the citing article's own time; what it cites is
    hardly younger.
    """
    before = citations.of_article(db, article_id)
    if [one.citation for one in before] == list(named) and not any(one.waits for one in before):
        return False
    found: list[tuple[Citation, Target]] = []
    for one in named:
        target = target_of(db, one.url, known_sites(desk))
        if target is None:
            one, target = _without_address(one), Target()
        found.append((one, target))
    followed = _followed(desk, db, found, published_at)
    citations.write(db, article_id, followed, now=desk.now())
    if citations.of_article(db, article_id) == before:
        return False
    links.wake(db, article_id, desk.now())
    return True


def follow_waiting(desk: Desk, db: Writer) -> int:
    """Note what earlier pages of the site cited beyond the bounds; return how many are new."""
    added = 0
    known = [row["id"] for name in known_sites(desk) if (row := sites.site_row(db, name))]
    for row in citations.waiting(db, desk.site_id, among=known, most=LEFT_OVER):
        target = Target(site_id=row["cited_site_id"], key=row["cited_key"])
        cited_by = moment_or_none(row["published_at"])
        added += _follow(desk, db, row["url"], target, cited_by) is not None
    return added


def known_sites(desk: Desk) -> Mapping[str, Site]:
    return {**desk.sites, desk.site.name: desk.site}


def site_of(url: str, known: Mapping[str, Site]) -> Site | None:
    """The configured site that an address belongs to, if it is an address of a page there.

    Its home page names no article, and what the guard would refuse is nothing to ask for.
    """
    try:
        host, path = (urlsplit(url).hostname or ""), unquote(urlsplit(url).path)
    except ValueError:
        return None
    site = next((site for site in known.values() if host in site.all_hosts), None)
    if site is None or path in ("", "/") or refusal(url, site.all_hosts):
        return None
    return None if any(re.fullmatch(one, path) for one in site.not_articles) else site


def target_of(db: Writer, url: str, known: Mapping[str, Site]) -> Target | None:
    """Which article an address names; None where it was forgotten."""
    site = site_of(url, known) if url else None
    if site is None:
        return Target()
    site_id, key = sites.site_id(db, site.name), article_key(url, site)
    if forgotten.is_forgotten(db, site_id, key):
        return None
    row = articles.resolve(db, site_id, key)
    return Target(site_id=site_id, key=key, article_id=row.id if row else None)


def _without_address(one: Citation) -> Citation:
    """A citation of a forgotten article: not a word of it."""
    return Citation(label=one.label)


def _followed(
    desk: Desk,
    db: Writer,
    found: Sequence[tuple[Citation, Target]],
    published_at: datetime | None,
) -> list[tuple[Citation, Target]]:
    told: list[tuple[Citation, Target]] = []
    added = 0
    for one, target in found:
        new = None
        if target.key and target.article_id is None and added < MOST_NEW_OF_PAGE:
            new = _follow(desk, db, one.url, target, published_at)
            added += new is not None
        followed = Target(site_id=target.site_id, key=target.key, article_id=new)
        told.append((one, followed if new is not None else target))
    return [(one, target) for one, target in told if one != Citation()]


def _follow(
    desk: Desk, db: Writer, url: str, target: Target, published_at: datetime | None
) -> int | None:
    """The number of the article that is known from now on; None beyond the day's bound."""
    now = desk.now()
    day = _day(now)
    site = site_of(url, known_sites(desk))
    assert target.site_id is not None
    if site is None or citations.added_on(db, desk.site_id, day) >= MOST_NEW_OF_SITE:
        return None
    address = canonical_address(url, site)
    link = Link(url=address, key=target.key, published_at=published_in_address(address, site))
    if not articles.discover(db, target.site_id, link, now=now, announced_by=None):
        return None
    if _may_be_news(db, target.site_id, link.published_at or published_at, now):
        # Its own sources come first: whether it is news is theirs to say.
        sites.read_sources_by(db, target.site_id, now)
    citations.count_added(db, desk.site_id, day)
    row = articles.resolve(db, target.site_id, target.key)
    return row.id if row else None


def _may_be_news(db: Writer, site_id: int, published_at: datetime | None, now: datetime) -> bool:
    if sites.baseline_at(db, site_id) is None:
        return False
    return published_at is None or now - published_at <= NEWS_AGE


def _day(now: datetime) -> str:
    return now.astimezone(UTC).date().isoformat()
