"""What is not there: gone, silent, or to be looked for under another address of its own."""

from datetime import datetime, timedelta

from crawlers.page import Link, Page
from pipelines import judge, recheck
from pipelines.changes import ArticleRow
from pipelines.desk import Desk, Verdict
from pipelines.judge import LONGEST_HOLD
from pipelines.leaving import has_left
from pipelines.store import articles, sites
from pipelines.store.opening import Writer
from pipelines.store.rows import iso


def gone(desk: Desk, db: Writer, row: ArticleRow, page: Page, now: datetime) -> Verdict:
    """404 or 410. Whether the article is withdrawn is decided when the run ends."""
    row = turn_back(db, row, now)
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
    _turn_elsewhere(db, articles.by_id(db, row.id), now)
    reason = f"the server answered {page.status}"
    return Verdict(name="missing", page=page, article_id=row.id, reason=reason)


def _turn_elsewhere(db: Writer, row: ArticleRow, now: datetime) -> None:
    """Gone for good, but listed under another address too: look there next."""
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


def turn_from_silent(db: Writer, row: ArticleRow, now: datetime) -> None:
    """No answer for a day, but listed under another address too: look there next."""
    heard_at = row.checked_at or row.first_seen_at
    if row.moved_from is not None or row.failures < 2 or now - heard_at <= LONGEST_HOLD:
        return
    if (other := articles.other_address(db, row)) is not None:
        _look_at(db, row, other, now)


def _look_at(db: Writer, row: ArticleRow, url: str, now: datetime) -> None:
    articles.change(db, row.id, {"url": url, "moved_from": row.url, "due_at": iso(now)})


def turn_back(db: Writer, row: ArticleRow, now: datetime) -> ArticleRow:
    """The other address did not show the article either: back to the one it had."""
    if row.moved_from is None:
        return row
    articles.mark_address(db, row.id, row.url, gone_at=now)
    articles.change(db, row.id, {"url": row.moved_from, "moved_from": None})
    return articles.by_id(db, row.id)


def later(
    db: Writer, row: ArticleRow, now: datetime, *, longest: timedelta = recheck.A_DAY
) -> None:
    row = turn_back(db, row, now)
    failures = row.failures + 1
    due_at = recheck.after_failure(now, failures=failures, longest=longest)
    articles.change(db, row.id, {"failures": failures, "due_at": iso(due_at)})
