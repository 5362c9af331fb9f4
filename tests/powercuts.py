"""A crawl stopped dead at random moments: what its files hold then, and what it had told.

The writer is stopped with SIGSTOP until every thread of it stands still; its database and log
are copied without the shared memory beside them, as a machine finds them that lost its power.
"""

import json
import os
import random
import shutil
import signal
import sqlite3
import struct
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kills import ROOT, Scene

from monitor.rehearsal import Rehearsal
from pipelines.store.checking import faults
from pipelines.store.opening import open_store

LONGEST_PAUSE = 0.1
"""Seconds of the crawl between two stops, at most."""
SHARE_WRITING = 0.5
"""Of the stops that come as soon as something is written; the others come at any moment."""
LONGEST_WAIT = 0.3
FRAME, HEADER = 24 + 4096, 32
"""Bytes of a frame of the log, and of what stands before the first."""

_LASTING = {
    "runs": "SELECT id FROM runs",
    "articles": "SELECT id FROM articles",
    "addresses": "SELECT id FROM addresses",
    "told changes": "SELECT id FROM changes WHERE released_at IS NOT NULL",
    "looks": "SELECT id FROM looks",
}
"""Rows that never go once they are committed."""

GONE = "gone"
Seen = dict[str, set[int]]


@dataclass(frozen=True)
class Cut:
    """One stop: how long the log was then, and what is wrong with the copy."""

    log_bytes: int
    half_written: bool
    lines: int
    faults: list[str]


@dataclass
class Report:
    """What the child had told by now: its last line of each article."""

    lines: int = 0
    last: dict[int, dict[str, Any]] = field(default_factory=dict)
    rest: bytes = b""

    def hear(self, pipe: int) -> None:
        """Read what is in the pipe, without waiting."""
        while True:
            try:
                told = os.read(pipe, 65536)
            except BlockingIOError:
                return
            if not told:
                return
            *lines, self.rest = (self.rest + told).split(b"\n")
            self.lines += len(lines)
            for line in map(json.loads, lines):
                self.last[line["id"]] = line


@dataclass(frozen=True)
class Copy:
    """What lay on the disk at a stop, and what others knew of it by then."""

    store: Path
    seen: Seen
    lines: int
    last: dict[int, dict[str, Any]]


def cuts(scene: Scene, seed: int, *, empty: bool, name: str) -> list[Cut]:
    """Crawl once, stop the crawl at random moments until it has ended, and look at each.

    ``empty``: the site's first crawl; else one with edits, a withdrawal and a pending look.
    """
    rng = random.Random(seed)
    store = scene.folder / f"{name}.db"
    if not empty:
        shutil.copy(scene.before, store)
    rehearsal = scene.rehearsal(store)
    scene._at_edition(rehearsal)
    child = _start(rehearsal, scene.site)
    assert child.stdout is not None
    pipe = child.stdout.fileno()
    os.set_blocking(pipe, False)
    report = Report()
    copies: list[Copy] = []
    try:
        _wait_until_asking(child, scene)
        while child.poll() is None:
            time.sleep(rng.uniform(0, LONGEST_PAUSE))
            before = _seen(store)
            if rng.random() < SHARE_WRITING:
                _wait_for_a_write(store)
            if not _stop(child):
                break
            report.hear(pipe)
            copy = _copied(store, scene.folder / f"{name}-{len(copies)}")
            child.send_signal(signal.SIGCONT)
            copies.append(Copy(copy, before, report.lines, dict(report.last)))
        assert child.wait(timeout=120) == 0
    finally:
        child.kill()
        child.wait()
        child.stdout.close()
    with closing(sqlite3.connect(store)) as connection:
        ended = connection.execute("SELECT reason FROM runs ORDER BY id DESC LIMIT 1").fetchone()
        assert ended == ("finished",), ended
    return [_examined(copy) for copy in copies]


def _start(rehearsal: Rehearsal, site: str) -> subprocess.Popen[bytes]:
    script = str(ROOT / "tests" / "telling_crawl.py")
    words = ["crawl", site, "-a", "recheck=all", "-s", "LOG_LEVEL=ERROR"]
    return subprocess.Popen(
        [sys.executable, script, *words],
        cwd=ROOT,
        env={
            **os.environ,
            **rehearsal.environment(),
            "BAOWATCH_STORE": str(rehearsal.project.store),
            "PYTHONPATH": str(ROOT),
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )


def _wait_until_asking(child: subprocess.Popen[bytes], scene: Scene) -> None:
    """Until the first request: importing takes longer than crawling."""
    first = len(scene.replica.requests)
    while child.poll() is None and len(scene.replica.requests) == first:
        time.sleep(0.002)


def _wait_for_a_write(store: Path) -> None:
    """Until the files change; looking is all that is done to them."""
    first, until = _stamps(store), time.monotonic() + LONGEST_WAIT
    while _stamps(store) == first and time.monotonic() < until:
        pass


def _stamps(store: Path) -> list[tuple[int, int]]:
    found = (Path(f"{store}{ending}") for ending in ("", "-wal"))
    return [stamp for one in found if (stamp := _stamp(one))]


def _stamp(path: Path) -> tuple[int, int] | None:
    """Size and time of a file; None where the writer has just removed it."""
    try:
        stat = path.stat()
    except FileNotFoundError:
        return None
    return stat.st_size, stat.st_mtime_ns


def _stop(child: subprocess.Popen[bytes]) -> bool:
    """Stop every thread of the child; False when it has ended."""
    child.send_signal(signal.SIGSTOP)
    tasks = Path(f"/proc/{child.pid}/task")
    while child.poll() is None:
        states = {_state_of(task) for task in tasks.iterdir()} - {GONE}
        if states == {"T"}:
            return True
    return False


def _state_of(task: Path) -> str:
    try:
        return (task / "stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return GONE  # a thread that has ended meanwhile


def _seen(store: Path) -> Seen:
    """What another process reads now is committed, and must be there after a power cut."""
    with closing(sqlite3.connect(store, timeout=60)) as connection:
        if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'looks'").fetchone():
            return {}
        return _lasting(connection)


def _lasting(connection: sqlite3.Connection) -> Seen:
    return {
        name: {row_id for (row_id,) in connection.execute(sql)} for name, sql in _LASTING.items()
    }


def _copied(store: Path, folder: Path) -> Path:
    """The database and its log, without the shared memory, alone in a folder."""
    folder.mkdir()
    for ending in ("", "-wal"):
        if Path(f"{store}{ending}").exists():
            shutil.copy(f"{store}{ending}", f"{folder}/store.db{ending}")
    return folder / "store.db"


def _examined(copy: Copy) -> Cut:
    log = Path(f"{copy.store}-wal")
    found = log.read_bytes() if log.exists() else b""
    half_written = _is_half_written(found)
    store = open_store(copy.store)
    try:
        told = [
            *faults(store, lambda done, number: None),
            *_lost(store.reader.conn, copy),
        ]
    finally:
        store.close()
        shutil.rmtree(copy.store.parent)
    return Cut(len(found), half_written, copy.lines, told)


def _lost(connection: sqlite3.Connection, copy: Copy) -> Iterator[str]:
    now = _lasting(connection)
    for name, ids in copy.seen.items():
        if gone := ids - now[name]:
            yield f"{name} {sorted(gone)} were committed and are lost"
    for line in copy.last.values():
        row = connection.execute(
            "SELECT checked_at, (SELECT count(*) FROM versions WHERE article_id = articles.id), "
            "(SELECT count(*) FROM changes WHERE article_id = articles.id) "
            "FROM articles WHERE id = ?",
            [line["id"]],
        ).fetchone()
        if row is None or (row[0] or "") < (line["checked_at"] or ""):
            yield f"article {line['id']} was told of as {line['verdict']}, and is lost"
        elif row[1] < line["versions"] or row[2] < line["changes"]:
            yield f"article {line['id']} lost a version or a change: {line} against {row}"


def _is_half_written(log: bytes) -> bool:
    """Whether the last transaction in the log is not whole: its last frame commits nothing."""
    salts, last = log[16:24], None
    for start in range(HEADER, len(log), FRAME):
        _, commits = struct.unpack(">II", log[start : start + 8].ljust(8, b"\0"))
        if log[start + 8 : start + 16] != salts:
            break  # of an earlier round of the log
        last = commits
    return last == 0
