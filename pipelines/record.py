"""One answer, one transaction: the only place where a page, a failure or a listing is applied."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from crawlers.discovery import article_key, canonical_address
from crawlers.page import Failure, Link, Listing, Page, Validators
from pipelines import recheck
from pipelines.absence import (
    GONE,
    gone,
    is_elsewhere,
    later,
    note_elsewhere,
    turn_from_left,
    unanswered,
)
from pipelines.accept import accept_reading
from pipelines.changes import ArticleRow
from pipelines.conditions import TROUBLES
from pipelines.desk import Desk, Seen, Verdict
from pipelines.forgetting import refuse_forgotten
from pipelines.identity import accept_new, at_answering_address, follow, move
from pipelines.leaving import has_left, hosts_left
from pipelines.profiling import note_fit
from pipelines.reading import Reading
from pipelines.snapshots import sha256
from pipelines.store import articles, findings, habits, memory, runs, sites, versions
from pipelines.store.opening import Writer
from pipelines.store.rows import iso

UNKNOWN: Final = 0
"""No article's id."""
SLICE: Final = 500
"""Addresses of a listing that are recorded in one transaction."""
FRESH: Final = timedelta(hours=1)
FEW: Final = 3
MOST_HINTED: Final = 0.2
"""A share; some portals print the time of the request."""
ABSENT_KINDS: Final = ("front_page", "soft_404")
"""Pages that stand where the article is not, without saying so by their status."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """What one listing brought: ``added`` addresses that were not known."""

    added: int
    listed: int


def record_listing(desk: Desk, listing: Listing) -> Listed:
    """Note every address that a source listed, before any of them is fetched."""
    slices = [listing.links[start : start + SLICE] for start in range(0, len(listing.links), SLICE)]
    added = sum(_record_links(desk, listing, links) for links in slices)
    with desk.store.writing() as db:
        _record_source(desk, db, listing, complete=listing.complete)
        habits.record_listing(db, desk.site_id, listing, desk.now(), added=added)
        if listing.links and listing.source.kind not in ("argument", "pages"):
            findings.answered(db, desk.site_id, listing.source.url, now=desk.now())
    return Listed(added=added, listed=len(listing.links))


def _record_links(desk: Desk, listing: Listing, links: Sequence[Link]) -> int:
    with desk.store.writing() as db:
        now = desk.now()
        runs.beat(db, desk.run_id, now)
        was_read_before = _record_source(desk, db, listing, complete=False)
        tells_news = was_read_before and listing.source.kind not in ("argument", "pages")
        hints = has_true_hints(listing.links, now)
        added = [
            articles.discover(
                db,
                desk.site_id,
                link,
                now=now,
                announced_by=listing.source.kind if tells_news else None,
                hints=hints,
            )
            for link in links
        ]
        if hosts_left(desk.site, now):
            for link in links:
                turn_from_left(desk, db, link)
    return sum(added)


def has_true_hints(links: Sequence[Link], now: datetime) -> bool:
    """Whether a listing's times of modification say anything: where all are new, none does."""
    fresh = [link for link in links if link.modified_at and now - link.modified_at < FRESH]
    return len(fresh) <= max(FEW, len(links) * MOST_HINTED)


def record_read_in_full(desk: Desk, listing: Listing) -> None:
    """What else the source could list is known: it need not be read any further."""
    with desk.store.writing() as db:
        _record_source(desk, db, listing, complete=bool(listing.links))


def _record_source(desk: Desk, db: Writer, listing: Listing, *, complete: bool) -> bool:
    return sites.record_source(
        db,
        desk.site_id,
        listing.source,
        run_id=desk.run_id,
        now=desk.now(),
        complete=complete,
    )


def record_known_bytes(desk: Desk, page: Page) -> Verdict | None:
    """304, or the bytes of the accepted look again: unchanged, and nothing need be parsed.

    None when the page must be read: the article is not live, or a suspicion is or was open.
    """
    if page.status != 200 and not (page.status == 304 and page.conditional):
        return None
    with desk.store.writing() as db:
        row = articles.resolve(db, desk.site_id, article_key(page.url, desk.site))
        if row is None or row.status != "live" or row.current_version_id is None:
            return None
        in_doubt = row.refutations > 0 or versions.open_look(db, row.id) is not None
        if in_doubt or _went_elsewhere(desk, row, page):
            return None
        if page.status == 200 and sha256(page.body) != row.body_sha256:
            return None
        now = desk.now()
        runs.beat(db, desk.run_id, now)
        runs.count(db, desk.run_id, ["pages", "articles_answered"])
        findings.answered(db, desk.site_id, page.url, now=now)
        versions.seen_again(db, row.current_version_id, now)
        values = {
            "checked_at": iso(now),
            "last_seen_at": iso(now),
            "conditional_checks": row.conditional_checks + (page.status == 304),
            "failures": 0,
        }
        articles.change(db, row.id, values)
        habits.record_check(db, row.id, now, same=True)
    reason = "not modified" if page.status == 304 else "the same bytes"
    return Verdict(name="unchanged", page=page, article_id=row.id, reason=reason)


def record_page(desk: Desk, page: Page) -> Verdict:
    """Read a page and apply what it means: version, look, change, or why it is no article."""
    key = article_key(page.url, desk.site)
    reading = _read_ahead(desk, page, key)
    with desk.store.writing() as db:
        now = desk.now()
        runs.beat(db, desk.run_id, now)
        runs.count(db, desk.run_id, ["pages"])
        if reading is None or reading.kind not in TROUBLES:
            findings.answered(db, desk.site_id, page.url, now=now)
        if refused := refuse_forgotten(desk, db, page, key):
            return refused
        row = articles.resolve(db, desk.site_id, key) or articles.add(
            db, desk.site_id, key=key, url=canonical_address(page.url, desk.site), now=now
        )
        is_shown = reading is not None and reading.article is not None
        if not is_shown and is_elsewhere(desk, db, row, page.url):
            return note_elsewhere(desk, db, row, page, now)
        if page.status in GONE:
            return gone(desk, db, row, page, now)
        if reading is None:
            return _unasked_304(desk, db, row, page, now)
        if reading.article is None:
            return _no_article(desk, db, row, page, reading, now)
        memory.count_removals(db, desk.site_id, reading.removed)
        note_fit(desk, db, row.id, reading)
        seen = Seen.of(page, reading.article, reading.missing, reading.citations)
        return _article(desk, db, row, seen)


def _read_ahead(desk: Desk, page: Page, key: str) -> Reading | None:
    """The page's reading, before the store is locked: other sites' crawls need not wait.

    The memory that it asks is the site's own, and this run alone writes that.
    """
    if page.status in (304, *GONE):
        return None
    row = articles.resolve(desk.store.reader, desk.site_id, key)
    return desk.read_page(desk.store.reader, page, row.id if row else UNKNOWN)


def record_failure(desk: Desk, failure: Failure) -> None:
    """No answer: a finding, and a later try. Never an edit, never an absence."""
    with desk.store.writing() as db:
        now = desk.now()
        runs.beat(db, desk.run_id, now)
        runs.count(db, desk.run_id, ["failures"])
        url = failure.source.url if failure.source else failure.url
        _finding(desk, db, failure.reason, failure.detail, url, now)
        if failure.source is not None:
            habits.put_off_source(db, desk.site_id, failure.source, now)
        elif failure.url:
            row = articles.resolve(db, desk.site_id, article_key(failure.url, desk.site))
            if row is not None and not is_elsewhere(desk, db, row, failure.url):
                unanswered(desk, db, row, now)


def _article(desk: Desk, db: Writer, row: ArticleRow, seen: Seen) -> Verdict:
    final_key = article_key(seen.page.final_url, desk.site)
    if final_key != article_key(seen.page.url, desk.site):
        verdict = follow(desk, db, row, final_key, seen)
        if verdict.kind == "redirects_elsewhere":
            _finding(desk, db, verdict.kind, verdict.reason, seen.page.url, desk.now())
        return verdict
    if row.current_version_id is None:
        return accept_new(desk, db, at_answering_address(desk, db, row, seen), seen)
    if has_left(seen.article.url, row.url, desk.site, desk.now()):
        # It moved while this was asked for. Validators are an address's own.
        page = replace(seen.page, validators=Validators())
        return accept_reading(desk, db, row, replace(seen, page=page))
    if row.moved_from is not None:
        return move(desk, db, row, seen, before=row.moved_from, how="text")
    if seen.article.url != row.url:
        return move(desk, db, row, seen, before=row.url)
    return accept_reading(desk, db, row, seen)


def _went_elsewhere(desk: Desk, row: ArticleRow, page: Page) -> bool:
    answered_at = canonical_address(page.final_url, desk.site)
    return row.moved_from is not None or answered_at != row.url


def _unasked_304(desk: Desk, db: Writer, row: ArticleRow, page: Page, now: datetime) -> Verdict:
    """A 304 says nothing where the whole text was asked for."""
    reason = "the server answered 304 to a request for the whole page"
    _finding(desk, db, "unexpected_304", reason, page.url, now)
    later(desk, db, row, now)
    articles.change(db, row.id, {"etag": "", "last_modified": ""})
    return Verdict(
        name="not_an_article", page=page, article_id=row.id, kind="unexpected_304", reason=reason
    )


def _no_article(
    desk: Desk, db: Writer, row: ArticleRow, page: Page, reading: Reading, now: datetime
) -> Verdict:
    if reading.kind in ABSENT_KINDS and row.moved_from is None:
        status = "missing" if row.status == "live" else row.status
        articles.change(db, row.id, {"status": status, "checked_at": iso(now)})
    never_one = reading.kind == "listing" and row.current_version_id is None
    if not never_one:
        _finding(desk, db, reading.kind, reading.reason, page.url, now)
    later(desk, db, row, now, longest=recheck.LONGEST if never_one else recheck.A_DAY)
    return Verdict(
        name="missing" if reading.kind in ABSENT_KINDS else "not_an_article",
        page=page,
        article_id=row.id,
        kind=reading.kind,
        reason=reading.reason,
    )


def _finding(desk: Desk, db: Writer, symptom: str, detail: str, url: str, now: datetime) -> None:
    findings.meet(
        db,
        desk.site_id,
        symptom=symptom,
        detail=detail,
        url=url,
        home=desk.site.home,
        run_id=desk.run_id,
        now=now,
    )
