"""Figures for Prometheus and a sign of life for supervisors, on loopback only.

Counted from the store's rows when they are asked for, so that a restart forgets nothing and
nothing is counted twice. Labels are bounded: sites are those of the store, kinds and reasons
those that we name.
"""

import time
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Final

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.metrics_core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from crawlers.clock import Clock
from monitor.overview import open_findings, size_of
from monitor.render.words import CLOSE_REASONS, PROBLEMS
from pipelines.store import figures
from pipelines.store.opening import Reader, Store, open_store
from pipelines.store.rows import Row, moment

OTHER: Final = "other"
"""The label's value for what has no name of ours."""
STORES_OWN: Final = ""
"""The label ``site`` of findings of the whole store."""


class Pulse:
    """The daemon's sign of life; beaten by its loop, read by other threads."""

    def __init__(self) -> None:
        self._beaten_at = time.monotonic()

    def beat(self) -> None:
        self._beaten_at = time.monotonic()

    def age(self) -> float:
        """Real seconds since the last beat."""
        return time.monotonic() - self._beaten_at


class Figures(Collector):
    """Reads the store anew for each scrape. Raises StoreError when it cannot be read."""

    def __init__(self, store: Path, pulse: Pulse, clock: Clock) -> None:
        self._store, self._pulse, self._clock = store, pulse, clock

    def collect(self) -> Iterable[Metric]:
        store = open_store(self._store)
        try:
            return [*figures_of(store, self._clock.now()), self._beat()]
        finally:
            store.close()

    def describe(self) -> Iterable[Metric]:
        """Nothing, so that registering reads no store."""
        return ()

    def _beat(self) -> Metric:
        words = "Seconds since the daemon's loop last went round."
        return GaugeMetricFamily("baowatch_beat_age_seconds", words, value=self._pulse.age())


def exposition(store: Path, pulse: Pulse, clock: Clock) -> bytes:
    """The figures in Prometheus' text format. Raises StoreError."""
    registry = CollectorRegistry()
    registry.register(Figures(store, pulse, clock))
    return generate_latest(registry)


def figures_of(store: Store, now: datetime) -> Iterator[Metric]:
    db = store.reader
    yield from _of_runs(figures.runs(db))
    changes = CounterMetricFamily(
        "baowatch_changes_released", "Changes that people were told.", labels=("site", "kind")
    )
    for row in figures.changes_released(db):
        changes.add_metric((row["site"], row["kind"]), row["changes"])
    yield changes
    yield _findings(db)
    yield from _of_backlog(figures.backlog(db, now))
    yield from _of_conditions(figures.conditions(db), now)
    yield GaugeMetricFamily("baowatch_store_bytes", "The store's files.", value=size_of(store.path))


def _of_runs(found: Iterable[Row]) -> Iterator[Metric]:
    runs = CounterMetricFamily(
        "baowatch_runs", "Runs by how they ended.", labels=("site", "reason")
    )
    sums = {
        name: CounterMetricFamily(f"baowatch_{name}", words, labels=("site",))
        for name, words in SUMS.items()
    }
    totals: dict[tuple[str, str], int] = {}
    for row in found:
        reason = row["reason"] if row["reason"] in (*CLOSE_REASONS, "") else OTHER
        _count(totals, (row["site"], reason or "under_way"), row["runs"])
        for name in SUMS:
            _count(totals, (row["site"], f"sum of {name}"), row[name])
    for (site, what), value in totals.items():
        name = what.removeprefix("sum of ")
        if name != what:
            sums[name].add_metric((site,), value)
        else:
            runs.add_metric((site, what), value)
    yield runs
    yield from sums.values()


def _count(totals: dict[tuple[str, str], int], key: tuple[str, str], by: int) -> None:
    totals[key] = totals.get(key, 0) + by


SUMS: Final[Mapping[str, str]] = {
    "requests": "Requests sent, by finished runs.",
    "pages": "Answers for articles.",
    "failures": "Requests without a usable answer.",
}


def _findings(db: Reader) -> Metric:
    family = GaugeMetricFamily("baowatch_findings_open", "Open findings.", labels=("site", "kind"))
    totals: dict[tuple[str, str], int] = {}
    for one in open_findings(db):
        kind = one.kind if one.kind in PROBLEMS else OTHER
        _count(totals, (one.site or STORES_OWN, kind), 1)
    for key, value in totals.items():
        family.add_metric(key, value)
    return family


def _of_backlog(found: Iterable[Row]) -> Iterator[Metric]:
    due = GaugeMetricFamily(
        "baowatch_due_articles", "Articles whose time to be looked at has come.", labels=("site",)
    )
    known = GaugeMetricFamily("baowatch_articles", "Articles known.", labels=("site",))
    for row in found:
        due.add_metric((row["site"],), row["due"])
        known.add_metric((row["site"],), row["known"])
    yield due
    yield known


def _of_conditions(found: Iterable[Row], now: datetime) -> Iterator[Metric]:
    breaker = GaugeMetricFamily(
        "baowatch_breaker_open", "1 while a site is only probed.", labels=("site",)
    )
    age = GaugeMetricFamily(
        "baowatch_last_good_run_age_seconds",
        "Since the last run that ended by itself and read something.",
        labels=("site",),
    )
    for row in found:
        breaker.add_metric((row["site"],), float(row["breaker_probe_at"] is not None))
        if row["good_at"] is not None:
            age.add_metric((row["site"],), (now - moment(row["good_at"])).total_seconds())
    yield breaker
    yield age
