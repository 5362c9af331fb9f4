"""The site's judge: at the end of a run (or, for a run that died, at the start of the next)."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

from pipelines import judge
from pipelines.changes import ArticleRow, Change
from pipelines.desk import Desk
from pipelines.identity import is_decidable, read_held, settle_held
from pipelines.linking import link_waiting
from pipelines.moving import Departure, departures, is_certain, note_move
from pipelines.profiling import relearn
from pipelines.store import (
    articles,
    breakers,
    changes,
    findings,
    habits,
    runs,
    sites,
    twins,
    versions,
)
from pipelines.store.opening import Writer
from pipelines.store.rows import iso_or_none
from pipelines.weather import settle_edits


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What the judge did: how many changes people may know of now."""

    released: int
    withdrawn: int
    baseline_ended: bool


def settle(desk: Desk, *, complete: bool, thorough: bool) -> Settled:
    """Decide what only a whole run can tell, and release what is decided.

    Each decision is a transaction of its own and comes out the same when repeated, so a
    judge that is killed is simply asked again. ``complete``: the run ended by itself, so
    what its sources listed is known from now on. ``thorough``: it looked at all that was
    due, so an event that it did not meet again is over.
    """
    _settle_held(desk)
    note_move(desk)
    withdrawn, known = 0, departures(desk)
    for row in articles.missing(desk.store.reader, desk.site_id):
        with desk.store.writing() as db:
            runs.beat(db, desk.run_id, desk.now())
            withdrawn += _withdraw(desk, db, row, known)
    relearn(desk)
    held = settle_edits(desk)
    link_waiting(desk)
    with desk.store.writing() as db:
        now = desk.now()
        released = changes.release(db, desk.site_id, now, news=complete, held=held)
        habits.teach_released(db, desk.site_id)
        ended = complete and sites.end_baselines(db, desk.site_id, run_id=desk.run_id, now=now)
        findings.close_over(db, desk.site_id, run_id=desk.run_id, now=now, thorough=thorough)
        jitter = random.uniform(-1, 1)  # noqa: S311 - probes of many sites must not meet
        breakers.note_run(db, desk.site_id, desk.run_id, now=now, jitter=jitter)
    return Settled(released=released, withdrawn=withdrawn, baseline_ended=ended)


def _settle_held(desk: Desk) -> None:
    """Rule on the held articles of which something is new; there may be thousands."""
    taught_at = twins.taught_at(desk.store.reader, desk.site_id)
    for look in versions.open_looks(desk.store.reader, desk.site_id, "held"):
        if not is_decidable(desk, look, taught_at=taught_at):
            continue
        seen = read_held(desk, look)  # before the store is locked
        with desk.store.writing() as db:
            runs.beat(db, desk.run_id, desk.now())
            settle_held(desk, db, look, seen)


def _withdraw(desk: Desk, db: Writer, row: ArticleRow, known: Sequence[Departure]) -> bool:
    witness = row.gone_run_id is not None and runs.had_witness(db, row.gone_run_id)
    if not judge.is_withdrawn(row, witness=witness):
        return False
    if row.moved_from is not None or articles.other_address(db, row) is not None:
        return False  # it may stand there
    assert row.missing_since is not None
    if not sites.were_sources_read(db, desk.site_id, since=row.missing_since):
        return False  # it may be listed elsewhere
    now = desk.now()
    if not is_certain(row, known, now):
        return False  # its portal moves
    change = Change(
        kind="withdrawn",
        weight="substantive",
        fields=(),
        explanation={"missing_since": iso_or_none(row.missing_since), "looks": row.gone_looks},
        before_version_id=row.current_version_id,
        after_version_id=None,
        detected_at=row.missing_since,
        confirmed_at=now,
    )
    changes.add(db, row.id, change, run_id=desk.run_id)
    articles.change(db, row.id, {"status": "withdrawn"})
    return True
