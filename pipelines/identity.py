"""One article or two: redirects, moves, and texts that stand under two addresses."""

from dataclasses import replace
from datetime import datetime
from typing import Literal
from urllib.parse import urlsplit

from crawlers.discovery import article_key, canonical_address
from pipelines import judge
from pipelines.accept import accept_reading, add_first, end_absence
from pipelines.changes import ArticleRow, Change, Look
from pipelines.desk import Desk, Seen, Verdict
from pipelines.leaving import has_left
from pipelines.normalise import comparable
from pipelines.recheck import after_failure
from pipelines.store import articles, changes, runs, twins, versions
from pipelines.store.opening import Writer
from pipelines.store.rows import iso
from pipelines.suspicion import open_look
from pipelines.twins import Twin, twin_of

How = Literal["address", "text"]


def accept_new(desk: Desk, db: Writer, row: ArticleRow, seen: Seen) -> Verdict:
    """A first reading: unless its text is known, it is a new article."""
    twin = twin_of(desk, db, row, seen)
    look = versions.open_look(db, row.id)
    if twin is None:
        if look is not None:
            versions.close_look(db, look.id, "refuted")
        return accept_reading(desk, db, row, seen)
    runs.count(db, desk.run_id, ["articles_answered"])
    return _accept_twin(desk, db, row, twin, look, seen)


def is_decidable(desk: Desk, look: Look, *, taught_at: datetime | None) -> bool:
    """Whether a held article may be ruled on otherwise than when it was last held.

    A ruling turns on a look at the twin, on what the site taught (``taught_at``: the last time),
    and on how long was waited: past one limit or the next, and then on failures too.
    """
    db = desk.store.reader
    held_at = articles.by_id(db, look.article_id).checked_at
    if look.twin_id is None or held_at is None:
        return True
    twin = articles.by_id(db, look.twin_id)
    if twin.status not in ("live", "missing"):
        return True
    if any(moment and moment >= held_at for moment in (twin.checked_at, taught_at)):
        return True
    since = max(look.looked_at, twin.gone_at or twin.first_seen_at)
    over, were_over = (
        sum(at - since > limit for limit in (judge.LONGEST_HOLD, judge.LONGEST_UNSEEN))
        for at in (desk.now(), held_at)
    )
    return over != were_over or (over > 0 and twin.failures > 0)


def read_held(desk: Desk, look: Look) -> Seen | None:
    """What a held article's page shows today; None where it is no article, or not to be had."""
    db = desk.store.reader
    page = versions.snapshot_page(db, look.snapshot_id, site=desk.site.name)
    reading = desk.read_page(db, page, look.article_id) if page else None
    if page is None or reading is None or reading.article is None:
        return None
    return Seen.of(page, reading.article, citations=reading.citations)


def settle_held(desk: Desk, db: Writer, look: Look, seen: Seen | None) -> Verdict | None:
    """Decide about a new article that was held, by what its page shows today."""
    row = articles.by_id(db, look.article_id)
    if seen is None:
        versions.close_look(db, look.id, "refuted")
        articles.change(db, row.id, {"due_at": iso(desk.now())})
        return None
    twin = twin_of(desk, db, row, seen)
    if twin is None:
        versions.close_look(db, look.id, "agreed")
        return add_first(desk, db, row, seen)
    return _accept_twin(desk, db, row, twin, look, seen)


def follow(desk: Desk, db: Writer, row: ArticleRow, final_key: str, seen: Seen) -> Verdict:
    """An article's address redirected to another article's address of the site."""
    target = articles.resolve(db, desk.site_id, final_key)
    if target is not None and target.id == row.id:
        return accept_reading(desk, db, at_answering_address(desk, db, row, seen), seen)
    if row.current_version_id is None:
        return _follow_unread(desk, db, row, target, final_key, seen)
    accepted = versions.by_id(db, row.current_version_id)
    if not judge.resemble(accepted.article, seen.article):
        return _redirects_elsewhere(desk, db, row, seen)
    if target is None:
        _alias(desk, db, row, final_key, seen)
    else:
        articles.merge(db, target, row, desk.now())
    return move(desk, db, row, seen, before=row.url)


def _follow_unread(
    desk: Desk,
    db: Writer,
    row: ArticleRow,
    target: ArticleRow | None,
    final_key: str,
    seen: Seen,
) -> Verdict:
    """Known by this address only: it is another name of what answered."""
    if target is None:
        _alias(desk, db, row, final_key, seen)
        return accept_new(desk, db, at_answering_address(desk, db, row, seen), seen)
    articles.merge(db, row, target, desk.now())
    if target.current_version_id is None:
        return accept_new(desk, db, target, seen)
    return accept_reading(desk, db, target, seen)


def _redirects_elsewhere(desk: Desk, db: Writer, row: ArticleRow, seen: Seen) -> Verdict:
    now = desk.now()
    failures = row.failures + 1
    values = {
        "status": "withdrawn" if row.status == "withdrawn" else "missing",
        "checked_at": iso(now),
        "due_at": iso(after_failure(now, failures=failures)),
        "failures": failures,
    }
    articles.change(db, row.id, values)
    return Verdict(
        name="missing",
        page=seen.page,
        article_id=row.id,
        kind="redirects_elsewhere",
        reason=f"redirects to another article, {seen.page.final_url}",
    )


def move(
    desk: Desk, db: Writer, row: ArticleRow, seen: Seen, *, before: str, how: How = "address"
) -> Verdict:
    """The article answers under another address than ``before``; its text is weighed as ever.

    ``how`` it was known: its address led there, or the text was found again. It has moved
    only if the text is its own: another text under the same key is an edit.
    """
    assert row.current_version_id is not None, "only what was read can move"
    now = desk.now()
    accepted = versions.by_id(db, row.current_version_id)
    moved = judge.is_another_address(before, seen.article.url) and judge.resemble(
        accepted.article, seen.article
    )
    if moved:
        change = Change(
            kind="moved",
            weight="minor",
            fields=(),
            explanation={"from": before, "to": seen.article.url, "how": how},
            before_version_id=row.current_version_id,
            after_version_id=row.current_version_id,
            detected_at=now,
            confirmed_at=now,
        )
        changes.add(db, row.id, change, run_id=desk.run_id)
        row = end_absence(db, row)
    verdict = accept_reading(desk, db, at_answering_address(desk, db, row, seen), seen)
    return replace(verdict, name="moved", reason=f"from {before}") if moved else verdict


def at_answering_address(desk: Desk, db: Writer, row: ArticleRow, seen: Seen) -> ArticleRow:
    """The row with the address that answered."""
    articles.add_address(db, row.id, seen.article.url, desk.now())
    articles.mark_address(db, row.id, seen.article.url, gone_at=None)
    articles.change(db, row.id, {"url": seen.article.url, "moved_from": None})
    return articles.by_id(db, row.id)


def _accept_twin(
    desk: Desk, db: Writer, row: ArticleRow, found: Twin, look: Look | None, seen: Seen
) -> Verdict:
    twin = found.row
    assert twin.current_version_id is not None
    accepted = versions.by_id(db, twin.current_version_id).article
    ruling = judge.rule_on_twin(
        row,
        twin,
        is_sure=found.is_sure,
        has_left=has_left(twin.url, row.url, desk.site, desk.now()),
        same_title=comparable(accepted.title) == comparable(seen.article.title),
        claimed=_claims(desk, seen, twin),
        published_at=seen.article.published_at,
        twin_published_at=accepted.published_at,
        held_since=look.looked_at if look else None,
        now=desk.now(),
    )
    if ruling == "wait":
        return _hold(desk, db, row, twin, look, seen)
    if look is not None:
        versions.close_look(db, look.id, "agreed")
    if ruling == "copy":
        return add_first(desk, db, row, seen, name="copy")
    articles.merge(db, row, twin, desk.now())
    if ruling == "moved":
        return move(desk, db, articles.by_id(db, twin.id), seen, before=twin.url, how="text")
    reason = f"the same article as {twin.url}"
    return Verdict(name="same", page=seen.page, article_id=twin.id, reason=reason)


def _claims(desk: Desk, seen: Seen, twin: ArticleRow) -> bool:
    """Whether the page names the twin's address, on the site's own hosts, as its canonical."""
    try:
        address = canonical_address(seen.article.canonical, desk.site)
    except ValueError:
        return False  # a page may claim anything
    if urlsplit(address).hostname not in desk.site.all_hosts:
        return False
    return article_key(address, desk.site) == twin.key


def _hold(
    desk: Desk, db: Writer, row: ArticleRow, twin: ArticleRow, look: Look | None, seen: Seen
) -> Verdict:
    now = desk.now()
    if look is None:
        open_look(desk, db, row, seen, state="held", due_at=now, twin_id=twin.id)
    elif look.twin_id != twin.id:
        twins.wait_for(db, look.id, twin.id)
    articles.change(db, row.id, {"checked_at": iso(now), "due_at": None})
    looked = twin.checked_at is not None and twin.checked_at >= row.first_seen_at
    is_asked_for = look is not None and look.twin_id == twin.id
    if not is_asked_for and not looked and not twin.failures:  # else when its own turn comes
        articles.change(db, twin.id, {"due_at": iso(now)})
    return Verdict(
        name="held",
        page=seen.page,
        article_id=row.id,
        article=seen.article,
        reason=f"has the text of {twin.url}, which is looked at first",
    )


def _alias(desk: Desk, db: Writer, row: ArticleRow, key: str, seen: Seen) -> None:
    """Let another key name this article too."""
    name = articles.add(db, desk.site_id, key=key, url=seen.article.url, now=desk.now())
    articles.merge(db, name, row, desk.now())
