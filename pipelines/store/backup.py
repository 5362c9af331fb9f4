"""A copy of the store while crawls write: consistent, checked, and whole or not there at all."""

import os
import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Final

from pipelines.errors import StoreError
from pipelines.store.opening import Store

PAGES_AT_ONCE: Final = 1000
LEFT_BESIDE: Final = ("", "-journal", "-wal", "-shm")
"""What SQLite may leave beside a copy that was not finished."""


def back_up(store: Store, target: Path, tell: Callable[[int, int], None]) -> int:
    """Copy the store into the new file ``target``; return its size in bytes.

    Other processes go on writing; the copy is the store as it was when this was called.
    ``tell`` is called with the pages of the database copied and all. Raises StoreError, and
    leaves nothing behind, when ``target`` exists, the disk is full, or the copy is not right.
    """
    _refuse_existing(target)
    if not target.parent.is_dir():
        raise StoreError(f"{target}: the folder {target.parent} does not exist. Make it first.")
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".part", dir=target.parent)
    os.close(handle)
    part = Path(name)
    try:
        _copy(store, part, tell)
        _check(part)
        _to_disk(part)
        _refuse_existing(target)
        part.rename(target)
        _to_disk(target.parent)
    except (sqlite3.Error, OSError) as error:
        raise StoreError(f"{target}: no backup was made: {error}.") from error
    finally:
        for ending in LEFT_BESIDE:
            Path(f"{part}{ending}").unlink(missing_ok=True)
    return target.stat().st_size


def _refuse_existing(target: Path) -> None:
    if target.exists():
        raise StoreError(f"{target} exists and is not written over. Name a new file.")


def _copy(store: Store, part: Path, tell: Callable[[int, int], None]) -> None:
    source = store.reader.conn
    # One view of the store throughout: else every write of others would begin the copy anew.
    source.execute("BEGIN")
    try:
        source.execute("SELECT count(*) FROM sqlite_master").fetchone()
        with closing(sqlite3.connect(part)) as copy:
            source.backup(
                copy,
                pages=PAGES_AT_ONCE,
                progress=lambda _, left, number: tell(number - left, number),
                sleep=0,
            )
    finally:
        source.execute("ROLLBACK")


def _check(part: Path) -> None:
    with closing(sqlite3.connect(part)) as copy:
        told = copy.execute("PRAGMA integrity_check(1)").fetchone()[0]
        if told != "ok":
            raise StoreError(f"the copy is damaged, and so may be the store: {told}")
        if copy.execute("PRAGMA foreign_key_check").fetchone():
            raise StoreError("the copy is damaged, and so may be the store: a row is missing")


def _to_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
