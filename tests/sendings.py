"""Senders killed at random moments while a receiver misbehaves: what must come out right."""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from desks import START, Newsroom
from loopback import ROOT
from receivers import Came, Does, Receiver

from crawlers.clock import FastClock
from pipelines.changes import Change
from pipelines.store import changes, sending

SITE_FILE = r"""
title: Báo
home: https://bao.example/
verified: false
articles:
  - path: '/tin/[a-z0-9-]+'
"""
NOTIFY = """
channels:
  desk: {{webhook: '{address}', secret: '${{HOOK_SECRET}}', timeout: 1s, time_limit: 3s,
    first_retry: 1s, longest_retry: 60s, tries: 1000, give_up_after: 300d}}
routes:
  each: {{to: desk}}
  digest: {{to: desk, at: '*/10 * * * *'}}
"""
RATE = 300.0
"""So fast that what is to be tried again is due when the next sender begins."""
ARTICLES = 6
STARTS = 8
"""Senders that are started for one kill, if need be: one that has little to do ends early."""
PATIENCE = 240.0
"""Real seconds for what takes a few on a machine at rest."""

Moment = str
MOMENTS: tuple[Moment, ...] = ("after a while", "before an answer", "after an answer")


@dataclass(frozen=True)
class Kill:
    """When a sender is killed: so many real seconds after its first message, or at one."""

    moment: Moment
    seconds: float
    message: int


@dataclass(frozen=True)
class Killed:
    """What a kill met: whether the sender still lived, what came meanwhile, what was owed."""

    died: bool
    came: int
    interrupted: int
    owed: int


@dataclass(frozen=True)
class Account:
    """Every released change, and what the receiver took, by change and route."""

    released: int
    lost: list[tuple[int, str]]
    told_twice: list[tuple[int, str]]
    keys: int
    accepted: int
    repeats: int
    did: Counter[str]

    @property
    def is_right(self) -> bool:
        return not self.lost and not self.told_twice and self.keys == self.accepted


def draw_kills(seed: int, count: int) -> list[Kill]:
    rng = random.Random(seed)
    return [
        Kill(rng.choice(MOMENTS), round(rng.uniform(0, 0.5), 3), rng.randint(1, 9))
        for _ in range(count)
    ]


class Sendings:
    """A store whose changes are released bit by bit, and one receiver that honours keys."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder, self._rng = folder, random.Random(seed)
        self.receiver = Receiver(self._does)
        self.did: Counter[str] = Counter()
        self._child: subprocess.Popen[bytes] | None = None
        self._kill: Kill | None = None
        self._came = 0
        self._lock = threading.Lock()
        self._is_kind = False

    @contextmanager
    def open(self) -> Iterator["Sendings"]:
        sites = self.folder / "config" / "sites"
        sites.mkdir(parents=True)
        (sites / "bao.yml").write_text(SITE_FILE)
        self.room = Newsroom(self.folder / "store.db")
        self.room.baseline(*(f"/tin/bai-{number}" for number in range(ARTICLES)))
        self.clock = FastClock(start=START.replace(month=4), real_start=time.time(), rate=RATE)
        with self.receiver.open():
            notify = NOTIFY.format(address=self.receiver.address)
            (self.folder / "config" / "notify.yml").write_text(notify)
            self.send()  # the routes begin
            yield self
            self.room.store.close()

    def release(self) -> None:
        """A change of each article, as a run that ends releases them."""
        now = self.clock.now()
        with self.room.store.writing() as db:
            found = db.execute("SELECT id, current_version_id FROM articles").fetchall()
            for article_id, version_id in found:
                changes.add(db, article_id, changed(version_id, now), run_id=self.room.desk.run_id)
            changes.release(db, self.room.desk.site_id, now, news=True)

    def kill(self, kill: Kill) -> Killed:
        """Start senders, new changes before each, until one is killed as it is drawn."""
        came = 0
        for _ in range(STARTS):
            self.release()
            died = self._killed(kill)
            came += self._came
            if died:
                break
        count = self.room.count
        return Killed(
            died=died,
            came=came,
            interrupted=count("deliveries", "status = 'sending'"),
            owed=count("deliveries", "status IN ('collecting', 'waiting', 'sending')"),
        )

    def _killed(self, kill: Kill) -> bool:
        """Whether a sender was killed before it had done its work."""
        with self._lock:
            self._came, self._kill = 0, kill
            self._child = self._start()
        status = self._child.wait(timeout=PATIENCE)
        with self._lock:
            self._kill = None
        return status == -signal.SIGKILL

    def finish(self) -> Account:
        """Let senders end their work undisturbed; then count."""
        self._is_kind = True
        deadline = time.monotonic() + PATIENCE
        while sending.next_moment(self.room.store.reader) is not None:
            assert time.monotonic() < deadline, "something is owed for ever"
            self.send()
        db = self.room.store.reader
        released = [row[0] for row in db.execute("SELECT id FROM changes WHERE released_at > ''")]
        told = Counter(
            (one["id"], came.told["route"])
            for came in self.receiver.accepted.values()
            for one in came.told["changes"]
        )
        wanted = [(change, route) for change in released for route in ("each", "digest")]
        return Account(
            released=len(released),
            lost=[one for one in wanted if not told[one]],
            told_twice=[one for one, times in told.items() if times > 1],
            keys=len({came.told["key"] for came in self.receiver.accepted.values()}),
            accepted=len(self.receiver.accepted),
            repeats=sum(self.receiver.repeats.values()),
            did=self.did,
        )

    def send(self) -> int:
        return self._start().wait(timeout=PATIENCE)

    def _start(self) -> subprocess.Popen[bytes]:
        environment = {
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "BAOWATCH_STORE": str(self.folder / "store.db"),
            "BAOWATCH_CONFIG": str(self.folder / "config"),
            "BAOWATCH_ORIGINS": "{}",
            "BAOWATCH_CLOCK": self.clock.variable(),
            "HOOK_SECRET": "a secret of many letters",
        }
        with (self.folder / "sender.log").open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "monitor.notify"],
                cwd=ROOT,
                env=environment,
                stdout=log,
                stderr=log,
            )

    def _does(self, came: Came) -> Does:
        """What the receiver does with a message, and the kill that it may set off."""
        with self._lock:
            does = Does() if self._is_kind else self._drawn()
            self._came += 1
            kill, child = self._kill, self._child
            if kill is not None and child is not None:
                if kill.moment == MOMENTS[0] and self._came == 1:
                    threading.Timer(kill.seconds, child.kill).start()
                if kill.moment == MOMENTS[1] and self._came == kill.message:
                    child.kill()
                if kill.moment == MOMENTS[2] and self._came == kill.message:
                    threading.Timer(0.05 * kill.seconds, child.kill).start()
        return does

    def _drawn(self) -> Does:
        name, does = self._rng.choices(
            [
                ("200", Does()),
                ("500", Does(500)),
                ("500, but took it", Does(500, takes=True)),
                ("429", Does(429, {"Retry-After": str(self._rng.randint(1, 60))})),
                ("hangs", Does(hangs=True)),
                ("hangs, but took it", Does(hangs=True, takes=True)),
                ("took it and closed", Does(0, takes=True)),
            ],
            weights=[60, 10, 5, 7, 3, 3, 12],
        )[0]
        self.did[name] += 1
        return does


def changed(version_id: int, now: datetime) -> Change:
    """An edit that is confirmed."""
    return Change(
        kind="edited",
        weight="substantive",
        fields=("body",),
        explanation={},
        before_version_id=version_id,
        after_version_id=version_id,
        detected_at=now,
        confirmed_at=now,
    )


__all__ = ["Account", "Kill", "Killed", "Sendings", "changed", "draw_kills"]
