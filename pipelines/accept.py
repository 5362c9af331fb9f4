"""Applying what a reading means to one article, inside one transaction."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from pipelines import judge, recheck
from pipelines.changes import ArticleRow, Change, Look, Version
from pipelines.citing import cite
from pipelines.compare import compare
from pipelines.desk import Desk, Seen, Verdict, VerdictName
from pipelines.memory import block_prints, lasting
from pipelines.patience import LOOK_AGAIN, Count, is_near, is_settled
from pipelines.snapshots import sha256
from pipelines.store import articles, changes, habits, memory, runs, sites, versions
from pipelines.store.opening import Writer
from pipelines.store.rows import iso, iso_or_none
from pipelines.suspicion import (
    but_for_fleeting,
    count_look,
    note_rotation,
    read_again,
    remember,
    suspect,
    suspected_today,
    tell_doubt,
)


def accept_reading(desk: Desk, db: Writer, row: ArticleRow, seen: Seen) -> Verdict:
    """Weigh an article's reading against what is known of it, and record the outcome."""
    now = desk.now()
    runs.count(db, desk.run_id, ["articles_answered"])
    articles.change(db, row.id, {"checked_at": iso(now)})
    if row.current_version_id is None:
        return add_first(desk, db, row, seen)
    accepted = versions.by_id(db, row.current_version_id)
    if judge.resemble(accepted.article, seen.article):
        row = note_present(desk, db, row)
    look = versions.open_look(db, row.id)
    accepted_print, suspected = accepted.fingerprint, look.fingerprint if look else None
    first: Seen | None = None
    if seen.prints.all != accepted_print:
        # Compare like with like: yesterday's pages with today's rules and memory.
        accepted, lacked = read_again(desk, db, row, accepted, seen)
        accepted_print = accepted.fingerprint
        lost = [part for part in seen.missing if part not in lacked]
        first = suspected_today(desk, db, row, look) if look else None
        suspected = first.prints.all if first else suspected
        known = memory.learned(db, desk.site_id, row.id)
        accepted_print = but_for_fleeting(accepted.article, accepted_print, seen, known)
        if first is not None:
            suspected = but_for_fleeting(first.article, first.prints.all, seen, known)
        if seen.prints.all not in (accepted_print, suspected) and (
            reason := judge.doubt(accepted.article, seen.article, lost)
        ):
            return tell_doubt(desk, db, row, accepted, seen, reason)
    counts = count_look(desk, db, row, accepted, seen)
    _audit_validators(desk, db, row, seen, same=seen.prints.all == accepted_print)
    ruling = judge.rule(
        seen=seen.prints.all,
        accepted=accepted_print,
        suspected=suspected,
        look_due_at=look.due_at if look else None,
        now=now,
    )
    if ruling == "agreed":
        assert look is not None
        return _agree(desk, db, row, accepted, look, seen)
    if ruling in ("unchanged", "refuted"):
        return _confirm_accepted(desk, db, row, accepted, look, seen, counts)
    if ruling == "superseded" and first is not None:
        note_rotation(desk, db, row, accepted, first, seen)
    return suspect(desk, db, row, accepted, look, seen, fresh=ruling != "too_soon")


def add_first(
    desk: Desk, db: Writer, row: ArticleRow, seen: Seen, *, name: VerdictName | None = None
) -> Verdict:
    """The first version of an article; it is news only after the site's baseline."""
    now = desk.now()
    snapshot_id = versions.add_snapshot(db, row.id, seen.page)
    version_id = _add_version(desk, db, row, seen, snapshot_id)
    baseline = sites.baseline_at(db, desk.site_id)
    published_at = seen.article.published_at or row.published_at  # the source's hint
    news = judge.is_news(row, published_at, baseline=baseline)
    if news:
        change = Change(
            kind="new",
            weight="substantive",
            fields=(),
            explanation={},
            before_version_id=None,
            after_version_id=version_id,
            detected_at=now,
            confirmed_at=now,
        )
        changes.add(db, row.id, change, run_id=desk.run_id)
    settle_row(desk, db, row, seen, same=False)
    told: VerdictName = "new" if news else ("baseline" if baseline is None else "older")
    return Verdict(name=name or told, page=seen.page, article_id=row.id, article=seen.article)


def settle_row(
    desk: Desk, db: Writer, row: ArticleRow, seen: Seen, *, same: bool, **more: Any
) -> None:
    """Write into an article's row what its accepted look said; validators belong to it.

    ``same``: it said what was accepted before.
    """
    now = desk.now()
    values = {
        "status": "live",
        "title": seen.article.title,
        "published_at": iso_or_none(seen.article.published_at),
        "modified_at": iso_or_none(seen.article.modified_at),
        "body_sha256": sha256(seen.page.body),
        "etag": seen.page.validators.etag,
        "last_modified": seen.page.validators.last_modified,
        "checked_at": iso(now),
        "last_seen_at": iso(now),
        "missing_since": None,
        "gone_at": None,
        "gone_looks": 0,
        "gone_run_id": None,
        "conditional_checks": 0,
        "failures": 0,
        "refutations": 0,
    }
    articles.change(db, row.id, {**values, **more})
    habits.record_check(db, row.id, now, same=same)


def note_present(desk: Desk, db: Writer, row: ArticleRow) -> ArticleRow:
    """An article answered with its text: one that was withdrawn is restored.

    One that was only missing comes back silently, since its absence was never told.
    """
    if row.status == "withdrawn":
        now = desk.now()
        change = Change(
            kind="restored",
            weight="substantive",
            fields=(),
            explanation={"withdrawn_since": iso_or_none(row.missing_since)},
            before_version_id=row.current_version_id,
            after_version_id=row.current_version_id,
            detected_at=now,
            confirmed_at=now,
        )
        changes.add(db, row.id, change, run_id=desk.run_id)
    return end_absence(db, row)


def end_absence(db: Writer, row: ArticleRow) -> ArticleRow:
    """Forget that an article was missing or withdrawn."""
    if row.status not in ("missing", "withdrawn"):
        return row
    values = {"status": "live", "missing_since": None, "gone_at": None}
    articles.change(db, row.id, {**values, "gone_looks": 0, "gone_run_id": None})
    return articles.by_id(db, row.id)


def _audit_validators(desk: Desk, db: Writer, row: ArticleRow, seen: Seen, *, same: bool) -> None:
    sent = seen.page.validators
    if (
        not sent
        or seen.page.conditional
        or (sent.etag, sent.last_modified)
        != (
            row.etag,
            row.last_modified,
        )
    ):
        return
    # Asked with these validators, the server would have answered "not modified".
    sites.audit_validators(db, desk.site_id, honest=same, now=desk.now())


def _confirm_accepted(
    desk: Desk,
    db: Writer,
    row: ArticleRow,
    accepted: Version,
    look: Look | None,
    seen: Seen,
    counts: Mapping[str, Count],
) -> Verdict:
    now = desk.now()
    versions.seen_again(db, accepted.id, now)
    _cite(desk, db, row, seen)  # a source line is no part of the text
    settle_row(desk, db, row, seen, same=True)
    _keep_counting(db, row, accepted, seen, counts, now)
    _look_again_after_refutation(db, row, look, now)
    if look is None:
        return Verdict(
            name="unchanged", page=seen.page, article_id=row.id, article=accepted.article
        )
    versions.close_look(db, look.id, "refuted")
    return Verdict(
        name="refuted",
        page=seen.page,
        article_id=row.id,
        article=accepted.article,
        reason="a second look showed the accepted text again",
    )


def _keep_counting(
    db: Writer,
    row: ArticleRow,
    accepted: Version,
    seen: Seen,
    counts: Mapping[str, Count],
    now: datetime,
) -> None:
    """While a block is counted the page must be read each time, whatever its bytes."""
    is_exact = seen.prints.all == accepted.fingerprint
    if not is_exact or not is_settled(counts):
        articles.change(db, row.id, {"body_sha256": "", "etag": "", "last_modified": ""})
    if is_near(counts, accepted=block_prints(accepted.article)):
        articles.due_by(db, row.id, now + LOOK_AGAIN)


def _look_again_after_refutation(
    db: Writer, row: ArticleRow, look: Look | None, now: datetime
) -> None:
    """A stale cache may have spoken: some more looks, at growing intervals."""
    refutations = row.refutations + 1 if look is not None or row.refutations else 0
    if 0 < refutations <= recheck.REFUTED_RETRIES:
        due_at = recheck.after_refutation(now, refutations=refutations)
        articles.change(db, row.id, {"refutations": refutations, "due_at": iso(due_at)})


def _agree(
    desk: Desk, db: Writer, row: ArticleRow, accepted: Version, look: Look, seen: Seen
) -> Verdict:
    """Two looks agree: write the version and its change."""
    now = desk.now()
    row = note_present(desk, db, row)
    versions.close_look(db, look.id, "agreed")
    version_id = _add_version(desk, db, row, seen, look.snapshot_id)
    before, after = lasting(
        accepted.article, seen.article, memory.learned(db, desk.site_id, row.id)
    )
    difference = compare(before, after, translates=desk.site.translates)
    assert difference is not None, "fingerprints differ, so must the articles"
    change = Change(
        kind=difference.kind,
        weight=difference.weight,
        fields=difference.fields,
        explanation=difference.explanation.as_json(),
        before_version_id=accepted.id,
        after_version_id=version_id,
        detected_at=look.looked_at,
        confirmed_at=now,
    )
    changes.add(db, row.id, change, run_id=desk.run_id)
    settle_row(desk, db, row, seen, same=False, changed_at=iso(now))
    return Verdict(
        name="changed", page=seen.page, article_id=row.id, article=seen.article, kind=change.kind
    )


def _cite(desk: Desk, db: Writer, row: ArticleRow, seen: Seen) -> None:
    published_at = seen.article.published_at or row.published_at
    cite(desk, db, row.id, seen.citations, published_at=published_at)


def _add_version(desk: Desk, db: Writer, row: ArticleRow, seen: Seen, snapshot_id: int) -> int:
    runs.count(db, desk.run_id, ["versions_added"])
    remember(desk, db, row, seen)
    _cite(desk, db, row, seen)
    return versions.add(
        db,
        row.id,
        seen.article,
        seen.prints,
        snapshot_id=snapshot_id,
        run_id=desk.run_id,
        now=desk.now(),
    )
