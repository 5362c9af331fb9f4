"""Suspicions: a look that differs is written down, read again, doubted; nobody is told yet."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from pipelines import judge, recheck
from pipelines.article import Article
from pipelines.changes import ArticleRow, Look, LookState, Version
from pipelines.desk import Desk, Seen, Verdict, teaser_key
from pipelines.fingerprint import fingerprints
from pipelines.memory import (
    Learned,
    block_print,
    block_prints,
    lasting,
    places,
    restless,
    rotation,
)
from pipelines.patience import Count, counted
from pipelines.store import articles, findings, memory, versions
from pipelines.store.opening import Writer
from pipelines.store.rows import iso
from pipelines.storm import Shift, shift_between


def read_again(
    desk: Desk, db: Writer, row: ArticleRow, accepted: Version, seen: Seen | None = None
) -> tuple[Version, tuple[str, ...]]:
    """The accepted version as its stored page is read today, and the parts that page lacks.

    Where that page is not to be had, the stored reading, if the rules of ``seen`` read it;
    else what ``seen`` shows, because rules alone must never make a difference.
    """
    page = versions.snapshot_page(db, accepted.snapshot_id, site=desk.site.name)
    if page is None:
        if seen is None or seen.article.recipe == accepted.article.recipe:
            return accepted, ()
        return _begin_anew(desk, db, accepted, seen), ()
    reading = desk.read_page(db, page, row.id)
    if reading.article is None:
        return accepted, reading.missing
    today = Seen.of(page, reading.article)
    if today.prints.all != accepted.fingerprint:
        versions.rewrite(db, accepted.id, today.article, today.prints)
        remember_quotable(db, row, today.article)
    article = replace(today.article, url=accepted.article.url)
    return replace(accepted, article=article, fingerprint=today.prints.all), reading.missing


def _begin_anew(desk: Desk, db: Writer, accepted: Version, seen: Seen) -> Version:
    """Nothing is left to compare with: from here on with what is shown today. A finding says so."""
    findings.open_finding(
        db,
        desk.site_id,
        kind="page_lost",
        detail=f"version {accepted.number} cannot be read again; an edit since may be missed",
        url=seen.page.url,
        run_id=desk.run_id,
        now=desk.now(),
    )
    versions.rewrite(db, accepted.id, seen.article, seen.prints)
    article = replace(seen.article, url=accepted.article.url)
    return replace(accepted, article=article, fingerprint=seen.prints.all)


def suspected_today(desk: Desk, db: Writer, row: ArticleRow, look: Look) -> Seen | None:
    page = versions.snapshot_page(db, look.snapshot_id, site=desk.site.name)
    if page is None:
        return None
    reading = desk.read_page(db, page, row.id)
    return Seen.of(page, reading.article) if reading.article else None


def tell_doubt(
    desk: Desk, db: Writer, row: ArticleRow, accepted: Version, seen: Seen, doubt: judge.Doubt
) -> Verdict:
    """Not believed, and said so: a finding, and a later look. Never a version."""
    had, has = (
        len(article.lead) + len(article.text) for article in (accepted.article, seen.article)
    )
    reason = {
        "another_page": f"another page answers: {seen.article.title[:80]!r}",
        "text_collapsed": f"of {had} characters {has} are left",
        "parts_missing": "parts that every page of the site has are missing",
    }[doubt]
    now = desk.now()
    findings.open_finding(
        db,
        desk.site_id,
        kind=doubt,
        detail=reason,
        url=seen.page.url,
        run_id=desk.run_id,
        now=now,
    )
    failures = row.failures + 1
    due_at = recheck.after_failure(now, failures=failures)
    articles.change(db, row.id, {"failures": failures, "due_at": iso(due_at)})
    return Verdict(
        name="suspect",
        page=seen.page,
        article_id=row.id,
        article=seen.article,
        kind=doubt,
        reason=reason,
    )


def but_for_fleeting(article: Article, fingerprint: str, seen: Seen, learned: Learned) -> str:
    """The fingerprint of ``seen`` where only lines that never stay set it apart."""
    before, after = lasting(article, seen.article, learned)
    same = learned.is_restless and fingerprints(before).all == fingerprints(after).all
    return seen.prints.all if same else fingerprint


def count_look(
    desk: Desk, db: Writer, row: ArticleRow, accepted: Version, seen: Seen
) -> Mapping[str, Count]:
    """Count one more look at the blocks that stand at restless places."""
    known = memory.learned(db, desk.site_id, row.id)
    if not known.is_restless:
        return {}
    counts = counted(
        memory.block_counts(db, desk.site_id, row.id),
        accepted=block_prints(accepted.article),
        shown=block_prints(seen.article),
        restless=restless(accepted.article, seen.article, known),
    )
    memory.record_block_counts(db, desk.site_id, row.id, counts)
    return counts


def note_rotation(
    desk: Desk, db: Writer, row: ArticleRow, accepted: Version, first: Seen, second: Seen
) -> None:
    """Three looks, three texts: what came and was gone again may rotate."""
    found = rotation(accepted.article, first.article, second.article)
    memory.add_rotation(db, desk.site_id, row.id, found, run_id=desk.run_id)


def suspect(
    desk: Desk,
    db: Writer,
    row: ArticleRow,
    accepted: Version,
    look: Look | None,
    seen: Seen,
    *,
    fresh: bool,
) -> Verdict:
    """Commit the suspicion with its own due time, so that any later run can finish it."""
    now = desk.now()
    if fresh:
        superseded = look is not None
        if look is not None:
            versions.close_look(db, look.id, "refuted")
        refutations = row.refutations + superseded
        due_at = recheck.second_look(now, refutations=refutations)
        shift = shift_between(row.id, accepted.article, seen.article)
        open_look(desk, db, row, seen, state="pending", due_at=due_at, shift=shift)
        articles.change(
            db, row.id, {"due_at": iso(due_at), "failures": 0, "refutations": refutations}
        )
    return Verdict(name="suspected", page=seen.page, article_id=row.id, article=seen.article)


def open_look(
    desk: Desk,
    db: Writer,
    row: ArticleRow,
    seen: Seen,
    *,
    state: LookState,
    due_at: datetime,
    twin_id: int | None = None,
    shift: Shift | None = None,
) -> None:
    """Write down a suspicion with the page that raised it."""
    remember(desk, db, row, seen)
    versions.add_look(
        db,
        row.id,
        snapshot_id=versions.add_snapshot(db, row.id, seen.page),
        run_id=desk.run_id,
        fingerprint=seen.prints.all,
        recipe=seen.article.recipe,
        now=desk.now(),
        due_at=due_at,
        state=state,
        twin_id=twin_id,
        shift=shift.as_json() if shift else {},
    )


def remember(desk: Desk, db: Writer, row: ArticleRow, seen: Seen) -> None:
    """Other articles may quote this title and this lead, and repeat these blocks."""
    remember_quotable(db, row, seen.article)
    blocks = seen.article.blocks
    prints = (block_print(block.text) for block in blocks)
    told = dict(zip(prints, places(blocks), strict=True))
    memory.add_blocks(db, desk.site_id, row.id, told, run_id=desk.run_id)


def remember_quotable(db: Writer, row: ArticleRow, article: Article) -> None:
    """Other articles may quote this title and this lead, also one that only today's rules find."""
    articles.add_teaser(db, row, "title", teaser_key(article.title))
    articles.add_teaser(db, row, "lead", teaser_key(article.lead))
