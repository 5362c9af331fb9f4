"""Applies ``monitor.health``: what is not as expected becomes a finding, once, and ends once."""

import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import Final

from crawlers.clock import Clock
from crawlers.site import Site
from monitor.expectations import Yield
from monitor.health import HOURS_BEHIND, judge_machine, judge_site
from monitor.vitals import Judgement, Machine, Vitals
from pipelines.store import findings, reports, runs, sites, vitals
from pipelines.store.opening import Reader, Store
from pipelines.store.rows import Row, moment, moment_or_none

NO_SITES: Final[Mapping[str, Site]] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A finding that this check-up opened or closed; ``site`` None: of the whole store."""

    site: str | None
    kind: str
    is_open: bool
    detail: str

    @property
    def line(self) -> str:
        """For the log."""
        told = f"found wrong: {self.detail}" if self.is_open else "right again"
        return f"{self.site or 'the store'}: {self.kind} {told}"


def check_up(
    store: Store,
    budgets: Mapping[str, int],
    *,
    clock: Clock,
    only: str | None = None,
    configured: Mapping[str, Site] = NO_SITES,
) -> tuple[Turn, ...]:
    """Judge one site (``only``, after its run) or all of them (nightly), and this machine.

    ``budgets``: requests per hour by site; a site that is not named is not judged by it.
    ``configured``: site files by name; what their ``expect`` does not say is learned.
    Opens and closes findings in one transaction per site; returns what turned, to be logged.
    Raises StoreError.
    """
    # Read before the clock is: what crawls write meanwhile does not lie ahead of it.
    machine = machine_of(store)
    now = clock.now()
    names = reports.site_names(store.reader) if only is None else [only]
    turned: list[Turn] = []
    for name in names:
        row = sites.site_row(store.reader, name)
        if row is not None:
            seen = vitals_of(store.reader, row, budgets.get(name), now, configured.get(name))
            judged = judge_site(seen, now)
            turned += _apply(store, row["id"], name, judged, now)
    return (*turned, *_apply(store, None, None, judge_machine(machine, now), now))


def vitals_of(
    db: Reader,
    site: Row,
    requests_per_hour: int | None,
    now: datetime,
    configured: Site | None = None,
) -> Vitals:
    """The site's vital signs; ``site`` is its row, ``configured`` what its file says."""
    site_id = site["id"]
    latest = runs.latest(db, site["name"])
    most = (requests_per_hour or 0) * HOURS_BEHIND * 2
    lengths, lengths_before = vitals.lengths(db, site_id, now)
    seen = Vitals(
        site=site["name"],
        baseline_at=moment_or_none(site["baseline_at"]),
        arrivals=vitals.arrivals(db, site_id),
        sources_read_at=vitals.sources_read_at(db, site_id),
        dead_since=vitals.dead_since(db, site_id, now),
        overdue=vitals.overdue(db, site_id, now, most=most),
        requests_per_hour=requests_per_hour,
        last_reason=(latest["reason"] or "") if latest else "",
        lengths=lengths,
        lengths_before=lengths_before,
        yields=tuple(_yields(db, site_id)),
        **vitals.readings(db, site_id, now),
    )
    if configured is None:
        return seen
    return replace(seen, expect=configured.expect, timezone=configured.timezone)


def _yields(db: Reader, site_id: int) -> Iterator[Yield]:
    for row in vitals.yields(db, site_id):
        well_at = moment(row["well_at"])
        yield Yield(listed=row["listed"], usual=row["usual"], well_at=well_at)


def machine_of(store: Store) -> Machine:
    """The machine that the store is on."""
    disk = shutil.disk_usage(Path(store.path).absolute().parent)
    jumps = [
        moment(row["last_at"])
        for row in findings.open_findings(store.reader)
        if row["kind"] == "clock_jumped"
    ]
    return Machine(
        free=disk.free,
        size=disk.total,
        latest_at=vitals.latest_at(store.reader),
        jumped_at=max(jumps, default=None),
    )


def _apply(
    store: Store, site_id: int | None, site: str | None, judged: Iterable[Judgement], now: datetime
) -> list[Turn]:
    turned = []
    with store.writing() as db:
        for one in judged:
            if one.is_wrong is None:
                continue
            if one.is_wrong:
                turns = findings.open_finding(
                    db, site_id, kind=one.kind, detail=one.detail, now=now
                )
            else:
                turns = findings.close_finding(db, site_id, one.kind, now=now)
            if turns:
                turned.append(
                    Turn(site=site, kind=one.kind, is_open=one.is_wrong, detail=one.detail)
                )
    return turned
