"""Locks that the system lets go when their process ends, and that tell who holds them."""

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout

PATIENCE: Final = 0.5
"""Seconds for which a lock is tried: somebody may just be looking whether it is held."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """The process that holds a lock; pid 0 when it has not told yet."""

    pid: int
    command: str

    def __str__(self) -> str:
        return f"process {self.pid} ({self.command})" if self.pid else "another process"


class Held(Exception):
    """Somebody else holds the lock."""

    def __init__(self, holder: Holder) -> None:
        super().__init__(str(holder))
        self.holder = holder


def hold(path: Path) -> FileLock:
    """Hold the lock at ``path`` until it is released or this process ends, however it ends.

    Raises Held. Who holds it is written beside it, never into it: opening a lock's file may
    empty it.
    """
    lock = FileLock(path)
    try:
        lock.acquire(timeout=PATIENCE)
    except Timeout as error:
        raise Held(_told(path)) from error
    _holder_file(path).write_text(f"{os.getpid()}\n{_own_command()}\n", "utf-8")
    return lock


def site_lock(store: Path, site: str) -> Path:
    """Where the lock of a site's crawl is: beside the store, never in it."""
    return Path(f"{store}.locks") / f"{site}.lock"


def holder_of(path: Path) -> Holder | None:
    """Who holds the lock at ``path`` now; None when nobody does."""
    if not path.exists():
        return None
    lock = FileLock(path)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return _told(path)
    lock.release()
    return None


def _told(path: Path) -> Holder:
    try:
        pid, command = _holder_file(path).read_text("utf-8").splitlines()
        return Holder(pid=int(pid), command=command)
    except (OSError, ValueError):
        return Holder(pid=0, command="")


def _holder_file(path: Path) -> Path:
    return path.with_suffix(".holder")


def _own_command() -> str:
    """``scrapy crawl baoninhbinh``: the words before the first option; no value may be secret."""
    name, words = Path(sys.argv[0] or sys.executable).stem, sys.argv[1:]
    if sys.orig_argv[1:2] == ["-m"]:  # as typed: Scrapy takes its command out of sys.argv
        name, words = sys.orig_argv[2], sys.orig_argv[3:]
    options = [number for number, word in enumerate(words) if word.startswith("-")]
    return " ".join([name, *words[: options[0] if options else None]])
