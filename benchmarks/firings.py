"""Years of firings in minutes: does the daemon stay as large as it was?

``python benchmarks/firings.py [--firings 200000] [--sites 60]`` runs the real daemon in this
process on a fast clock: its timetable, triggers, firings, store and nightly upkeep. On all
sites but one nothing is due. That one is due at every firing, and its child is real too, but
the command in it is ``true`` and no crawl. Prints the process' memory, open files, threads
and asyncio's tasks, and the size of the store, ten times on the way; the exit status is 1
when any of them grew after the first of these.
"""

import argparse
import asyncio
import logging
import os
import shutil
import signal
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from unittest.mock import patch

from figures import Figure, at_most, print_table

from crawlers.clock import CLOCK_VARIABLE, ORIGINS_VARIABLE, FastClock
from monitor.configuration import read_configuration
from monitor.crawl import CrawlOrder, CrawlResult
from monitor.crawls import Crawls
from monitor.daemon import Daemon
from monitor.metrics import Pulse
from monitor.project import Project, find_project
from pipelines.store.opening import open_store

START = datetime(2026, 3, 2, tzinfo=UTC)
RATE = 1500.0
DUE = "bao000"
SITE = """\
title: {name}
home: https://{name}.example/
verified: false
articles:
  - path: '/tin/.*'
"""
SCHEDULE = f"""\
side_by_side: 2
defaults: {{cron: "* * * * *", jitter: 20s, quiet: "02:00-02:10"}}
sites:
  {DUE}: {{cron: "*/3 * * * *"}}
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """How large the daemon was after so many firings; sizes in kilobytes."""

    firings: int
    children: int
    simulated: timedelta
    real: float
    memory: int
    files: int
    threads: int
    tasks: int
    store: int


@dataclass
class Count:
    """What has happened so far."""

    firings: int = 0
    children: int = 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--firings", type=int, default=200_000)
    parser.add_argument("--sites", type=int, default=60)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        samples = fire(Path(folder), firings=chosen.firings, sites=chosen.sites)
    _show(samples)
    figures = judge(samples)
    for figure in figures:
        print(figure)
    return 0 if all(figure.met for figure in figures) else 1


def fire(folder: Path, *, firings: int, sites: int, rate: float = RATE) -> list[Sample]:
    """Run a daemon until its bells rang ``firings`` times; ten samples on the way."""
    project = make_project(folder, sites)
    clock = FastClock(start=START, real_start=time.time(), rate=rate)
    origins = '{"https://bao000.example": "http://127.0.0.1:9"}'
    fast = {CLOCK_VARIABLE: clock.variable(), ORIGINS_VARIABLE: origins}
    with (
        patch.dict(os.environ, fast),
        patch.object(CrawlOrder, "command", lambda _: [shutil.which("true") or "/bin/true"]),
    ):
        return asyncio.run(_run(project, clock, firings))


def judge(samples: list[Sample]) -> list[Figure]:
    """Growth from the second sample to the last: nothing may pile up with the firings."""
    first, last = samples[1], samples[-1]
    files, threads, tasks = (
        max(getattr(one, name) for one in samples[1:]) for name in ("files", "threads", "tasks")
    )
    return [
        at_most("memory, kB more", last.memory - first.memory, max(first.memory * 0.02, 1024)),
        at_most("open files, most at a time", files, first.files + 6),
        at_most("threads, most at a time", threads, first.threads + 3),
        at_most("asyncio's tasks, most at a time", tasks, first.tasks + 6),
        at_most("store, kB more", last.store - first.store, 256),
    ]


def make_project(folder: Path, sites: int) -> Project:
    """So many sites, of which only DUE has anything due within ten years."""
    config = folder / "config"
    (config / "sites").mkdir(parents=True)
    (config / "schedule.yml").write_text(SCHEDULE, encoding="utf-8")
    names = [f"bao{number:03}" for number in range(sites)]
    for name in names:
        (config / "sites" / f"{name}.yml").write_text(SITE.format(name=name), encoding="utf-8")
    project = replace(find_project(), config=config, store=folder / "store.db")
    open_store(project.store).close()
    connection = sqlite3.connect(project.store)
    with connection:
        for name in names:
            (site,) = connection.execute(
                "INSERT INTO sites (name) VALUES (?) RETURNING id", [name]
            ).fetchone()
            due = (START if name == DUE else START + timedelta(days=3650)).isoformat()
            connection.execute(
                "INSERT INTO sources (site_id, kind, url, read_at, due_at) "
                "VALUES (?, 'home', ?, ?, ?)",
                [site, f"https://{name}.example/", START.isoformat(), due],
            )
            connection.executemany(
                "INSERT INTO articles (site_id, key, url, first_seen_at, due_at) "
                "VALUES (?, ?, ?, ?, ?)",
                [
                    (site, f"/tin/{number}", f"https://{name}.example/tin/{number}", due, due)
                    for number in range(100)
                ],
            )
    connection.close()
    return project


async def _run(project: Project, clock: FastClock, firings: int) -> list[Sample]:
    store = open_store(project.store)
    daemon = Daemon(project, store, clock, read_configuration(project), Pulse())
    count, samples, began = Count(), [], time.monotonic()
    ring: Callable[[Crawls, str], None] = Crawls.ring
    ended = Daemon._crawl_ended

    def counted(crawls: Crawls, site: str) -> None:
        ring(crawls, site)
        count.firings += 1
        if count.firings % max(firings // 10, 1) == 0:
            samples.append(_sample(project, clock, count, began))
        if count.firings == firings:
            os.kill(os.getpid(), signal.SIGTERM)

    def child_ended(self: Daemon, result: CrawlResult) -> None:
        count.children += 1
        ended(self, result)

    with patch.object(Crawls, "ring", counted), _without_warnings():
        daemon._crawls._ended = lambda result: child_ended(daemon, result)
        await daemon.run()
    store.close()
    return samples[:10]


@contextmanager
def _without_warnings() -> Iterator[None]:
    """Of every child the daemon says that it was no crawl. Whoever runs this logs on after it."""
    logger = logging.getLogger("monitor")
    level = logger.level
    logger.setLevel(logging.ERROR)
    try:
        yield
    finally:
        logger.setLevel(level)


def _sample(project: Project, clock: FastClock, count: Count, began: float) -> Sample:
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    (memory,) = [line.split()[1] for line in status.splitlines() if line.startswith("VmRSS")]
    store = [Path(f"{project.store}{end}") for end in ("", "-wal")]
    return Sample(
        firings=count.firings,
        children=count.children,
        simulated=clock.now() - START,
        real=time.monotonic() - began,
        memory=int(memory),
        files=len(list(Path("/proc/self/fd").iterdir())),
        threads=len(list(Path("/proc/self/task").iterdir())),
        tasks=len(asyncio.all_tasks()),
        store=sum(path.stat().st_size for path in store if path.exists()) // 1024,
    )


def _show(samples: list[Sample]) -> None:
    print_table(
        ("firings", "children", "simulated h", "real s", "memory kB", "files", "threads", "tasks",
         "store kB"),
        [
            (f"{one.firings:,}", f"{one.children:,}", f"{one.simulated / timedelta(hours=1):.1f}",
             f"{one.real:.0f}", f"{one.memory:,}", str(one.files), str(one.threads),
             str(one.tasks), f"{one.store:,}")
            for one in samples
        ],
    )  # fmt: skip
    print()


if __name__ == "__main__":
    sys.exit(main())
