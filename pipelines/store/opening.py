"""Opening the store, and the only two ways to touch it: read, or one immediate transaction.

sqlite-utils' ``atomic()`` begins deferred: of several writers that read first and then
write, half fail with "database is locked". So every write begins ``IMMEDIATE``, before
its first read, and only :meth:`Store.writing` can begin one.
"""

import logging
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NewType

from filelock import FileLock, Timeout
from sqlite_utils import Database

from pipelines.errors import NewerStore, NotAStore, StoreError, StoreFull
from pipelines.store.schema import KNOWN_MIGRATIONS, migrations

logger = logging.getLogger(__name__)

BUSY_SECONDS: Final = 60.0
LONGEST_LOG: Final = 16_000_000
"""Bytes that the write-ahead log keeps on disk when it has been brought into the file."""

Reader = NewType("Reader", Database)
"""The store, for reading only."""
Writer = NewType("Writer", Database)
"""The store inside an open immediate transaction; only :meth:`Store.writing` gives one."""


@dataclass(frozen=True, slots=True)
class Store:
    """An open store. Not for sharing between threads or processes: open it again there."""

    path: Path
    reader: Reader

    @contextmanager
    def writing(self) -> Iterator[Writer]:
        """One transaction, begun before its first read, committed at the end of the block.

        Raises StoreFull when the disk is full and StoreError when SQLite fails otherwise;
        nothing of the block is then written.
        """
        connection = self.reader.conn
        try:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield Writer(self.reader)
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise
        except sqlite3.OperationalError as error:
            raise _explained(error, self.path) from error

    def close(self) -> None:
        self.reader.close()


def open_store(path: Path | str) -> Store:
    """Open the store at ``path``, making it or bringing its schema up to date.

    Raises NotAStore for another kind of file, NewerStore for one that a newer baowatch
    has written, StoreError when the file cannot be opened. Never alters a file it refuses.

    The file is touched through SQLite alone: closing any other file handle on it would drop
    the locks that this process holds, and two writers would damage it.
    """
    path = Path(path)
    if not path.parent.is_dir():
        raise StoreError(f"{path}: the folder {path.parent} does not exist. Make it first.")
    try:
        # Migrations must not race: of four processes that open an absent store, three
        # would die on a table that the first has just made.
        with FileLock(f"{path}.lock", timeout=BUSY_SECONDS):
            db = Database(_connect(path))
            _refuse_unknown(db, path)
            if migrations.pending(db):
                _say_upgrade(db, path)
                db.execute("PRAGMA journal_mode=WAL")
                migrations.apply(db)
    except Timeout as error:
        raise StoreError(
            f"{path}: another process is making it or bringing it up to date; try again later."
        ) from error
    except sqlite3.OperationalError as error:
        raise _explained(error, path) from error
    except sqlite3.DatabaseError as error:
        raise NotAStore(
            f"{path} is not a database, or a damaged one ({error}). Name another file with "
            "--store or BAOWATCH_STORE; this one was left as it is."
        ) from error
    return Store(path, Reader(db))


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
    connection.execute(f"PRAGMA busy_timeout={int(BUSY_SECONDS * 1000)}")
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute(f"PRAGMA journal_size_limit={LONGEST_LOG}")
    # What is deleted or rewritten is gone from the file, else `baowatch forget` could not hold.
    connection.execute("PRAGMA secure_delete=ON")
    return connection


def _say_upgrade(db: Database, path: Path) -> None:
    """Whoever waits shall know for what: every text of a large store is read for it."""
    if db.table_names():
        logger.warning(
            "%s: an older baowatch wrote it. It is brought up to date now; with 100,000 articles "
            "that may take minutes. Interrupted, it begins again.",
            path,
        )


def _refuse_unknown(db: Database, path: Path) -> None:
    tables = set(db.table_names())
    if tables and migrations.migrations_table not in tables:
        raise NotAStore(
            f"{path} is a database, but not one of baowatch (it holds {min(tables)!r}). "
            "Name another file; this one was left as it is."
        )
    unknown = {migration.name for migration in migrations.applied(db)} - KNOWN_MIGRATIONS
    if unknown:
        raise NewerStore(
            f"{path} was written by a newer baowatch (it knows {', '.join(sorted(unknown))}). "
            "Upgrade baowatch; the store was left as it is."
        )


def _explained(error: sqlite3.OperationalError, path: Path) -> StoreError:
    if error.sqlite_errorcode == sqlite3.SQLITE_FULL:
        return StoreFull(
            f"{path}: the disk is full. Nothing was lost and nothing half-written; "
            "make room and crawl again."
        )
    return StoreError(f"{path}: {error}.")
