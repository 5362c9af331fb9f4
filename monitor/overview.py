"""How the sites and the store are at a moment: what ``baowatch health`` shows, and metrics."""

import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pipelines.breaker import CLOSED, Breaker
from pipelines.store import breakers, findings, moves, planning, runs, sites
from pipelines.store.opening import Reader, Store
from pipelines.store.rows import Row, moment, moment_or_none


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """An open finding; ``site`` None: of the whole store."""

    site: str | None
    kind: str
    detail: str
    url: str
    opened_at: datetime
    times: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteOverview:
    """One site. ``next_due_at`` may be past; None: at once. Times aware UTC.

    ``answered_at``: when the site last gave a proper answer. ``unfound``: articles that went
    when the portal moved, and are neither found again nor withdrawn.
    """

    site: str
    last_run_at: datetime | None
    last_reason: str
    answered_at: datetime | None
    next_due_at: datetime | None
    breaker: Breaker
    findings: tuple[Finding, ...]
    unfound: int = 0

    @property
    def is_untouched(self) -> bool:
        """Nobody tried it yet: there is nothing to show of it."""
        return self.last_run_at is None and self.breaker == CLOSED


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreOverview:
    """The store: bytes of its files, of its disk and free there, and what is wrong with it."""

    path: Path
    size: int
    disk_free: int
    disk_size: int
    findings: tuple[Finding, ...]


def overview_of_sites(db: Reader, names: Iterable[str]) -> Iterator[SiteOverview]:
    """The sites named; one that was never crawled has no run and nothing wrong with it."""
    told = open_findings(db)
    for name in names:
        row, latest = sites.site_row(db, name), runs.latest(db, name)
        yield SiteOverview(
            site=name,
            last_run_at=moment(latest["started_at"]) if latest else None,
            last_reason=_ending(latest),
            answered_at=moment_or_none(row["answered_at"]) if row else None,
            next_due_at=planning.next_due_at(db, row["id"]) if row else None,
            breaker=breakers.from_row(row) if row else Breaker(),
            findings=tuple(one for one in told if one.site == name),
            unfound=moves.unfound(db, row["id"]) if row else 0,
        )


def overview_of_store(store: Store) -> StoreOverview:
    disk = shutil.disk_usage(Path(store.path).absolute().parent)
    return StoreOverview(
        path=store.path,
        size=size_of(store.path),
        disk_free=disk.free,
        disk_size=disk.total,
        findings=tuple(one for one in open_findings(store.reader) if one.site is None),
    )


def size_of(path: Path) -> int:
    """Bytes of the store with its write-ahead log, by their directory entries alone."""
    files = (path, Path(f"{path}-wal"))
    return sum(file.stat().st_size for file in files if file.exists())


def open_findings(db: Reader) -> tuple[Finding, ...]:
    return tuple(
        Finding(
            site=row["site"],
            kind=row["kind"],
            detail=row["detail"],
            url=row["url"],
            opened_at=moment(row["opened_at"]),
            times=row["times"],
        )
        for row in findings.open_findings(db)
    )


def _ending(run: Row | None) -> str:
    if run is None:
        return ""
    return run["reason"] or "under way"
