"""A crawl killed at a random moment, then left alone: what must come out the same."""

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from monitor.project import Project, find_project
from monitor.rehearsal import MORNING, Rehearsal
from monitor.replica.server import Replica

ROOT = Path(__file__).parents[1]
START = datetime(2026, 3, 2, 1, tzinfo=UTC)

History = dict[str, list[tuple[Any, ...]]]

_HISTORY = {
    "articles": """
        SELECT sites.name, articles.key, articles.url, articles.status,
          (SELECT key FROM articles AS other WHERE other.id = articles.merged_into)
        FROM articles JOIN sites ON sites.id = articles.site_id ORDER BY 1, 2""",
    "addresses": """
        SELECT articles.key, addresses.url FROM addresses
        JOIN articles ON articles.id = addresses.article_id ORDER BY 1, 2""",
    "readings": """
        SELECT articles.key, versions.number, versions.title, versions.lead, texts.text,
          versions.captions, versions.author, versions.published_at, versions.fingerprint
        FROM versions JOIN articles ON articles.id = versions.article_id
        JOIN texts ON texts.id = versions.text_id ORDER BY 1, 2""",
    "changes": """
        SELECT articles.key, changes.kind, changes.weight, changes.fields,
          changes.released_at IS NOT NULL,
          (SELECT group_concat(event) FROM outbox WHERE change_id = changes.id)
        FROM changes JOIN articles ON articles.id = changes.article_id
        ORDER BY 1, changes.id""",
    "open looks": "SELECT article_id FROM looks WHERE state IN ('pending', 'held')",
    "integrity": "PRAGMA integrity_check",
    "foreign keys": "PRAGMA foreign_key_check",
}


def history(store: Path) -> History:
    """What a store has to say, without what depends on when it was written."""
    connection = sqlite3.connect(store)
    try:
        return {name: connection.execute(sql).fetchall() for name, sql in _HISTORY.items()}
    finally:
        connection.close()


@dataclass(frozen=True)
class Kill:
    """Where to kill: before the ``number``-th request is answered, or a statement is done."""

    moment: str
    number: int


@dataclass(frozen=True)
class Outcome:
    kill: Kill
    died: bool
    committed: int
    outstanding: int
    history: History

    @property
    def counts(self) -> bool:
        """Killed with something committed and something outstanding."""
        return self.died and self.committed > 0 and self.outstanding > 0


class Scene:
    """One site before an edition with edits, a withdrawal to decide and a pending look."""

    def __init__(self, folder: Path, site: str, seed: int) -> None:
        self.folder, self.site = folder, site
        self.replica = Replica(seed, start=START, editions=3, layout_seed=seed)
        self.before = folder / "before.db"

    @contextmanager
    def playing(self) -> Iterator["Scene"]:
        with self.replica:
            for edition in (0, 1):
                # A slow clock and no waiting: the run ends before its second looks are due.
                slow = replace(self.rehearsal(self.before, wait="0"), rate=20.0)
                rehearsal = slow if edition else self.rehearsal(self.before)
                self.replica.set_edition(edition)
                rehearsal.set_clock(self.replica.script.editions[edition].begins_at + MORNING)
                self._crawl(rehearsal)
            sqlite3.connect(self.before).execute("PRAGMA wal_checkpoint(TRUNCATE)")
            self.undisturbed = self._settled(self._copy("undisturbed"))
            yield self

    def rehearsal(self, store: Path, wait: str = "600") -> Rehearsal:
        project = Project(folder=ROOT, config=find_project().config, store=store)
        return Rehearsal(
            project=project, replica=self.replica, settings={"BAOWATCH_CONFIRM_WAIT": wait}
        )

    def pending_looks(self) -> int:
        connection = sqlite3.connect(self.before)
        return connection.execute("SELECT count(*) FROM looks WHERE state = 'pending'").fetchone()[
            0
        ]

    def kill(self, kill: Kill) -> Outcome:
        """Kill a crawl, look at what it left, then let undisturbed runs finish its work."""
        store = self._copy(f"{kill.moment}-{kill.number}")
        rehearsal = self.rehearsal(store)
        self._at_edition(rehearsal)
        died = self._killed(rehearsal, kill)
        committed, outstanding = _left(store)
        settled = self._settled(store)
        return Outcome(kill, died, committed, outstanding, settled)

    def _killed(self, rehearsal: Rehearsal, kill: Kill) -> bool:
        crawl = ["crawl", self.site, "-a", "recheck=all", "-s", "LOG_LEVEL=ERROR"]
        command = [sys.executable, "-m", "scrapy", *crawl]
        if kill.moment != "request":
            script = str(ROOT / "tests" / "killed_crawl.py")
            command = [sys.executable, script, kill.moment, str(kill.number), *crawl]
        environment = {
            **os.environ,
            **rehearsal.environment(),
            "BAOWATCH_STORE": str(rehearsal.project.store),
            "PYTHONPATH": str(ROOT),
        }
        first = len(self.replica.requests)
        child = subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        if kill.moment == "request":
            self.replica.on_request = lambda number: (
                os.kill(child.pid, signal.SIGKILL) if number - first == kill.number else None
            )
        status = child.wait(timeout=120)
        self.replica.on_request = None
        return status == -signal.SIGKILL

    def _settled(self, store: Path) -> History:
        rehearsal = self.rehearsal(store)
        moment = self._at_edition(rehearsal)
        for hours in (1, 25):
            rehearsal.set_clock(moment + timedelta(hours=hours))
            self._crawl(rehearsal)
        return history(store)

    def _at_edition(self, rehearsal: Rehearsal) -> datetime:
        self.replica.set_edition(2)
        moment = self.replica.script.editions[2].begins_at + MORNING
        rehearsal.set_clock(moment)
        return moment

    def _crawl(self, rehearsal: Rehearsal) -> None:
        (result,) = rehearsal.crawl([self.site])
        assert result.succeeded, result

    def _copy(self, name: str) -> Path:
        return Path(shutil.copy(self.before, self.folder / f"{name}.db"))


def _left(store: Path) -> tuple[int, int]:
    """Articles that the killed run had checked, and those it still had to check."""
    connection = sqlite3.connect(store)
    try:
        (started,) = connection.execute("SELECT max(started_at) FROM runs").fetchone()
        (died,) = connection.execute(
            "SELECT count(*) FROM runs WHERE finished_at IS NULL"
        ).fetchone()
        checked = "SELECT count(*) FROM articles WHERE checked_at >= ?"
        unchecked = (
            "SELECT count(*) FROM articles WHERE merged_into IS NULL AND ifnull(checked_at, '') < ?"
        )
        if not died:
            return 0, 0
        return (
            connection.execute(checked, [started]).fetchone()[0],
            connection.execute(unchecked, [started]).fetchone()[0]
            + connection.execute(
                "SELECT count(*) FROM changes WHERE released_at IS NULL"
            ).fetchone()[0],
        )
    finally:
        connection.close()


def draw_kills(seed: int, count: int) -> list[Kill]:
    """Moments spread over a crawl: a third at requests, the others around commits."""
    rng = random.Random(seed)
    moments = ("request", "COMMIT", "BEGIN")
    longest = {"request": 32, "COMMIT": 110, "BEGIN": 110}
    return [
        Kill(moment, rng.randint(2, longest[moment]))
        for moment, _ in zip(moments * count, range(count), strict=False)
    ]
