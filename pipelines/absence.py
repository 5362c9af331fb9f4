"""What is not there: gone, silent, or to be looked for under another address of its own."""

from datetime import datetime, timedelta
from typing import Final

from crawlers.discovery import canonical_address
from crawlers.page import Link, Page
from pipelines import judge, recheck
from pipelines.changes import ArticleRow
from pipelines.desk import Desk, Verdict
from pipelines.judge import LONGEST_HOLD
from pipelines.leaving import has_left
from pipelines.store import articles, sites
from pipelines.store.opening import Writer
from pipelines.store.rows import iso

GONE: Final = (404, 410)


def gone(desk: Desk, db: Writer, row: ArticleRow, page: Page, now: datetime) -> Verdict:
    """404 or 410. Whether the article is withdrawn is decided when the run ends."""
    reason = f"the server answered {page.status}"
    verdict = Verdict(name="missing", page=page, article_id=row.id, reason=reason)
    if row.moved_from is not None:
        _gone_elsewhere(desk, db, row, now)
        return verdict
    articles.mark_address(db, row.id, row.url, gone_at=now)
    missing_since = row.missing_since or now
    values = {
        "checked_at": iso(now),
        "missing_since": iso(missing_since),
        "gone_at": iso(now),
        "gone_looks": row.gone_looks + 1,
        "gone_run_id": desk.run_id,
        "due_at": iso(recheck.while_missing(now, missing_since=missing_since)),
        "failures": 0,
        "status": "missing" if row.status in ("known", "live") else row.status,
    }
    articles.change(db, row.id, values)
    if row.missing_since is None and row.current_version_id is not None:
        # Where it may stand now must be known before it is called withdrawn.
        sites.read_sources_by(db, desk.site_id, now + recheck.WITHDRAWN_AFTER)
    _turn_elsewhere(desk, db, articles.by_id(db, row.id), now)
    return verdict


def _gone_elsewhere(desk: Desk, db: Writer, row: ArticleRow, now: datetime) -> None:
    """Gone at the other address, which says nothing of the one it had: back to that.

    But only when it was gone here twice: here too one 404 may be a glitch.
    """
    assert row.moved_from is not None
    gone_at = articles.gone_at(db, row)
    if gone_at is None:
        articles.mark_address(db, row.id, row.url, gone_at=now)
        gone_at = now
    if now - gone_at < recheck.WITHDRAWN_AFTER:
        articles.change(db, row.id, {"due_at": iso(gone_at + recheck.WITHDRAWN_AFTER)})
        return
    due_at = _due_after_turning(row, now, failures=row.failures + 1)
    back = {"url": row.moved_from, "moved_from": None, "due_at": iso(due_at)}
    articles.change(db, row.id, back)
    _turn_elsewhere(desk, db, articles.by_id(db, row.id), now)


def _turn_elsewhere(desk: Desk, db: Writer, row: ArticleRow, now: datetime) -> None:
    """Gone for good, but listed under another address too: look there next."""
    left = [one for one in articles.other_addresses(db, row) if _is_left(desk, row, one, now)]
    for one in left:  # what is served there still is not the site's any more
        articles.mark_address(db, row.id, one, gone_at=now)
    other = articles.other_address(db, row)
    if other is None:
        return
    if row.current_version_id is None:
        articles.change(db, row.id, {"url": other, "due_at": iso(now)})
    elif judge.is_withdrawn(row, witness=True):
        _look_at(db, row, other, now)


def turn_from_left(desk: Desk, db: Writer, link: Link) -> None:
    """An article of a host that was left is listed on another: look there, not here."""
    now = desk.now()
    row = articles.resolve(db, desk.site_id, link.key)
    if row is None or row.moved_from is not None or not has_left(row.url, link.url, desk.site, now):
        return
    other = articles.other_address(db, row)
    if other is None or not has_left(row.url, other, desk.site, now):
        return
    if row.current_version_id is None:
        articles.change(db, row.id, {"url": other, "due_at": iso(now)})
    else:
        _look_at(db, row, other, now)


def unanswered(desk: Desk, db: Writer, row: ArticleRow, now: datetime) -> None:
    """No answer: a later try, and where it was silent for a day, one at another address."""
    later(desk, db, row, now)
    if row.moved_from is None:
        _turn_from_silent(desk, db, articles.by_id(db, row.id), now)


def _turn_from_silent(desk: Desk, db: Writer, row: ArticleRow, now: datetime) -> None:
    heard_at = row.checked_at or row.first_seen_at
    if row.failures < 2 or now - heard_at <= LONGEST_HOLD:
        return
    others = articles.other_addresses(db, row)
    if other := next((one for one in others if not _is_left(desk, row, one, now)), None):
        _look_at(db, row, other, now)


def _is_left(desk: Desk, row: ArticleRow, url: str, now: datetime) -> bool:
    return has_left(url, row.url, desk.site, now)


def _look_at(db: Writer, row: ArticleRow, url: str, now: datetime) -> None:
    articles.change(db, row.id, {"url": url, "moved_from": row.url, "due_at": iso(now)})


def later(
    desk: Desk,
    db: Writer,
    row: ArticleRow,
    now: datetime,
    *,
    longest: timedelta = recheck.A_DAY,
) -> None:
    """It did not show itself, for whatever reason: a later try."""
    failures = row.failures + 1
    due_at = recheck.after_failure(now, failures=failures, longest=longest)
    if row.moved_from is not None:
        due_at = _due_after_turning(row, now, failures=failures)
        _turn_back(desk, db, row, row.moved_from, now)
    articles.change(db, row.id, {"failures": failures, "due_at": iso(due_at)})


def _turn_back(desk: Desk, db: Writer, row: ArticleRow, before: str, now: datetime) -> None:
    """Back to the address it had. At the other it may stand all the same, unless it once left
    that: a host that was left is often silent for ever.
    """
    was_left = articles.has_moved_from(db, row) or has_left(row.url, before, desk.site, now)
    articles.mark_address(db, row.id, row.url, gone_at=now if was_left else None)
    articles.change(db, row.id, {"url": before, "moved_from": None})


def _due_after_turning(row: ArticleRow, now: datetime, *, failures: int) -> datetime:
    due_at = recheck.after_failure(now, failures=failures)
    if row.missing_since is None:
        return due_at
    return max(due_at, recheck.while_missing(now, missing_since=row.missing_since))


def is_elsewhere(desk: Desk, db: Writer, row: ArticleRow, asked: str) -> bool:
    """Whether ``asked`` is another of its addresses than where it is looked for by now."""
    url = canonical_address(asked, desk.site)
    return row.url not in (asked, url) and url in articles.addresses(db, row.id)


def note_elsewhere(desk: Desk, db: Writer, row: ArticleRow, page: Page, now: datetime) -> Verdict:
    """An answer without the article, asked for before it was known to stand elsewhere."""
    if page.status in GONE:
        url = canonical_address(page.url, desk.site)
        articles.mark_address(db, row.id, url, gone_at=now)
    reason = f"the article is looked for at {row.url}"
    return Verdict(name="missing", page=page, article_id=row.id, reason=reason)
