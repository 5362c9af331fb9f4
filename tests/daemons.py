"""A real daemon over six small portals on 127.0.0.1, some of which misbehave."""

import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from loopback import ROOT, Asked, Portal, Reply

from crawlers.clock import FastClock

SITES = tuple(f"bao{number}" for number in range(1, 7))
START = datetime(2026, 3, 2, 1, 20, tzinfo=UTC)
PATIENCE = 240.0
"""Real seconds for what takes a few on a machine at rest."""

SITE_FILE = r"""
title: {name}
home: https://{name}.example/
verified: false
delay: 1
requests_per_hour: 3600
articles:
  - path: '/tin/[a-z0-9-]+-\d+\.html'
"""
PARAGRAPH = (
    "Sáng nay, hội đồng nhân dân tỉnh đã thông qua nghị quyết số {number} về việc xây cầu mới "
    "qua sông tại xã {name}, với tổng mức đầu tư {number}0 tỷ đồng trong ba năm tới."
)


def article(name: str, number: int) -> Reply:
    text = "".join(f"<p>{PARAGRAPH.format(name=name, number=number + n)}</p>" for n in range(4))
    page = (
        f"<html><head><title>Cầu {name} {number}</title></head><body><article>"
        f"<h1>Cầu mới {number} của {name} sắp xây</h1><time>02/03/2026 07:00</time>{text}"
        "</article></body></html>"
    )
    return Reply(page.encode(), headers={"Content-Type": "text/html; charset=utf-8"})


class Portals(Portal):
    """Six portals with two articles each; ``bad`` answers in place of one of them."""

    def __init__(self) -> None:
        super().__init__()
        self.bad: dict[str, Callable[[Asked], Reply]] = {}
        self.closing = threading.Event()

    def answer(self, asked: Asked) -> Reply:
        name = asked.host.partition(".")[0]
        if name in self.bad and asked.path != "/robots.txt":
            return self.bad[name](asked)
        if asked.path == "/":
            links = "".join(f'<a href="/tin/cau-{n}.html">Cầu {n}</a>' for n in (1, 2))
            return Reply(
                f"<html><body>{links}</body></html>".encode(),
                headers={"Content-Type": "text/html; charset=utf-8"},
            )
        found = re.fullmatch(r"/tin/cau-(\d)\.html", asked.path)
        return article(name, int(found[1])) if found else Reply(b"nothing", status=404)

    def hang(self, asked: Asked) -> Reply:
        """Accepted, never answered, while the portals are open."""
        self.closing.wait()
        return Reply(b"", status=503)

    def redirect(self, asked: Asked) -> Reply:
        """Somewhere else each time, for ever."""
        number = len(self.asked)
        return Reply(status=302, headers={"Location": f"/tin/cau-{number}.html"})

    @contextmanager
    def serving(self) -> Iterator["Portals"]:
        with self.open():
            try:
                yield self
            finally:
                self.closing.set()


class Room:
    """Configuration, store and log of a daemon, and what the store says meanwhile."""

    def __init__(self, folder: Path, portals: Portals, *, rate: float) -> None:
        self.config, self.store = folder / "config", folder / "store.db"
        self.log = folder / "daemon.log"
        self.rate = rate
        self.portals = portals
        (self.config / "sites").mkdir(parents=True)
        for name in SITES:
            (self.config / "sites" / f"{name}.yml").write_text(SITE_FILE.format(name=name))
        self.schedule(cron="*/10 * * * *")
        self.begin_clock(START)

    def begin_clock(self, moment: datetime) -> None:
        """Let it be ``moment`` for whatever is started from here on."""
        self.clock = FastClock(start=moment, real_start=time.time(), rate=self.rate)

    def schedule(self, *, cron: str, side_by_side: int = 2, more: str = "") -> None:
        path = self.config / "schedule.yml"
        new = path.with_suffix(".new")
        new.write_text(
            f"side_by_side: {side_by_side}\n"
            f"defaults: {{cron: '{cron}', jitter: 0s, time_limit: 40s}}\n{more}"
        )
        new.replace(path)

    def environment(self, **more: str) -> dict[str, str]:
        origins = {
            f"{scheme}://{www}{name}.example": self.portals.origin
            for name in SITES
            for scheme in ("http", "https")
            for www in ("", "www.")
        }
        return {
            **os.environ,
            "PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}",
            "BAOWATCH_STORE": str(self.store),
            "BAOWATCH_CONFIG": str(self.config),
            "BAOWATCH_ORIGINS": json.dumps(origins),
            "BAOWATCH_CLOCK": self.clock.variable(),
            **more,
        }

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "monitor.cli", *words],
            cwd=ROOT,
            env=self.environment(),
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )

    @contextmanager
    def daemon(self, **more: str) -> Iterator["Running"]:
        """A daemon that has started; it is killed at the end of the block if it still runs."""
        with self.log.open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "monitor.cli", "daemon"],
                cwd=ROOT,
                env=self.environment(**more),
                stdout=log,
                stderr=log,
            )
        running = Running(process, self, self.log.stat().st_size)
        try:
            running.until_said("started:")
            yield running
        finally:
            process.kill()
            process.wait()

    def rows(self, sql: str, *values: object) -> list[tuple[object, ...]]:
        connection = sqlite3.connect(f"file:{self.store}?mode=ro", uri=True, timeout=60)
        try:
            return connection.execute(sql, values).fetchall()
        finally:
            connection.close()

    def runs(self, site: str) -> list[tuple[object, ...]]:
        """The site's runs in order: how each ended (None: it has not) and what it read."""
        return self.rows(
            "SELECT reason, articles_answered FROM runs JOIN sites ON sites.id = site_id "
            "WHERE name = ? ORDER BY runs.id",
            site,
        )

    def finished(self, site: str) -> int:
        return sum(reason == "finished" for reason, _ in self.runs(site))


class Running:
    """A daemon's process."""

    def __init__(self, process: subprocess.Popen[bytes], room: Room, begin: int) -> None:
        self.process, self._room, self._begin = process, room, begin

    def said(self) -> str:
        """What this daemon logged so far."""
        with self._room.log.open("rb") as log:
            log.seek(self._begin)
            return log.read().decode(errors="replace")

    def until_said(self, pattern: str, *, times: int = 1) -> None:
        self.until(lambda: len(re.findall(pattern, self.said())) >= times, pattern)

    def until(self, holds: Callable[[], bool], what: str) -> None:
        """Wait for what must come, however slow the machine is."""
        deadline = time.monotonic() + PATIENCE
        while not holds():
            assert self.process.poll() is None, self.said()
            assert time.monotonic() < deadline, f"{what} never came:\n{self.said()}"
            time.sleep(0.05)

    def children(self) -> list[int]:
        """The processes that the daemon has started and that have not ended."""
        found = []
        for path in Path("/proc").glob("[0-9]*/stat"):
            try:
                state, parent = path.read_text().rpartition(")")[2].split()[:2]
            except (FileNotFoundError, ProcessLookupError):
                continue
            if int(parent) == self.process.pid and state not in "ZX":
                found.append(int(path.parent.name))
        return found

    def end(self) -> int:
        """SIGTERM; the exit status. Raises subprocess.TimeoutExpired after 30 seconds."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=30)
