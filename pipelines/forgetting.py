"""Forgetting an article for good, and keeping it forgotten."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from crawlers.discovery import article_key, canonical_address
from crawlers.page import Page
from crawlers.site import Site
from pipelines import recheck
from pipelines.changes import ArticleRow
from pipelines.desk import Desk, Verdict
from pipelines.store import articles, erasing, findings, forgotten, sites
from pipelines.store.opening import Writer
from pipelines.store.rows import iso

NOBODY: Final = 0
"""No article's id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Forgotten:
    """How much was erased; ``archives``: files outside the store that still hold pages of it."""

    articles: int = 0
    versions: int = 0
    changes: int = 0
    pages: int = 0
    archives: tuple[str, ...] = ()


def forget(db: Writer, site: Site, url: str, *, why: str, now: datetime) -> Forgotten:
    """Erase an article with all its names, and let nothing bring it back.

    The site's lock must be held. Called for an address that is not known, or was forgotten,
    it only makes sure of the latter.
    """
    site_id, key = sites.site_id(db, site.name), article_key(url, site)
    row = articles.resolve(db, site_id, key)
    found = row.id if row else erasing.by_address(db, site_id, canonical_address(url, site))
    if found is None:
        forgotten.note_keys(db, site_id, [key], why=why, now=now)
        return Forgotten()
    return _erase_group(db, site_id, site, found, [key], why=why, now=now)


def _erase_group(
    db: Writer,
    site_id: int,
    site: Site,
    article_id: int,
    keys: Iterable[str],
    *,
    why: str,
    now: datetime,
) -> Forgotten:
    group = erasing.namesakes(db, article_id)
    ids = [row["id"] for row in group]
    names = {*keys, *(row["key"] for row in group)}
    names |= {article_key(url, site) for url in erasing.addresses_of(db, ids)}
    for teaser in erasing.teasers_of(db, ids):
        forgotten.note_teaser(db, site_id, teaser["kind"], teaser["key"])
    forgotten.note_keys(db, site_id, sorted(names), why=why, now=now)
    erased = erasing.erase(db, site_id, ids)
    return Forgotten(
        articles=len(ids),
        versions=erased.versions,
        changes=erased.changes,
        pages=erased.pages,
        archives=erased.archives,
    )


def refuse_forgotten(desk: Desk, db: Writer, page: Page, key: str) -> Verdict | None:
    """What becomes of a page that is a forgotten article, or leads to one; None for others.

    An address that was never read is another name of it, and forgotten too.
    """
    if forgotten.is_forgotten(db, desk.site_id, key):
        return _refused(page)
    final_key = article_key(page.final_url, desk.site)
    if final_key == key or not (why := forgotten.reason_for(db, desk.site_id, final_key)):
        return None
    row = articles.resolve(db, desk.site_id, key)
    now = desk.now()
    if row is not None and row.current_version_id is not None:
        return _leads_nowhere(desk, db, row, page, now)
    forgotten.note_keys(db, desk.site_id, [key], why=why, now=now)
    if row is not None:
        _erase_group(db, desk.site_id, desk.site, row.id, [key], why=why, now=now)
    return _refused(page)


def _leads_nowhere(desk: Desk, db: Writer, row: ArticleRow, page: Page, now: datetime) -> Verdict:
    """An article of its own that is not there any more: told without naming where it leads."""
    reason = "redirects to an article that was forgotten"
    failures = row.failures + 1
    values = {
        "status": "withdrawn" if row.status == "withdrawn" else "missing",
        "checked_at": iso(now),
        "due_at": iso(recheck.after_failure(now, failures=failures)),
        "failures": failures,
    }
    articles.change(db, row.id, values)
    findings.open_finding(
        db,
        desk.site_id,
        kind="redirects_elsewhere",
        detail=reason,
        url=page.url,
        run_id=desk.run_id,
        now=now,
    )
    return Verdict(
        name="missing", page=page, article_id=row.id, kind="redirects_elsewhere", reason=reason
    )


def _refused(page: Page) -> Verdict:
    return Verdict(
        name="forgotten",
        page=page,
        article_id=NOBODY,
        reason="it was forgotten; nothing of it is kept",
    )
