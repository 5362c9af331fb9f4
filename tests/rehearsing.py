"""Rehearsals of the shipped configuration, and what their stores hold."""

from datetime import UTC, datetime
from pathlib import Path

from monitor.project import Project, find_project
from monitor.rehearsal import Rehearsal
from monitor.replica.server import Replica
from pipelines.store.opening import open_store

ROOT = Path(__file__).parents[1]
START = datetime(2026, 3, 2, 1, tzinfo=UTC)
Counts = dict[str, int]


def rehearse(store: Path, replica: Replica) -> Rehearsal:
    project = Project(folder=ROOT, config=find_project().config, store=store)
    return Rehearsal(project=project, replica=replica)


def in_one_file(path: Path) -> Path:
    """The store, without a write-ahead log beside it: whoever copies the file copies all."""
    store = open_store(path)
    store.reader.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    store.close()
    return path


def counts(path: Path) -> Counts:
    store = open_store(path)
    tables = ("articles", "versions", "looks", "changes")
    found = {
        table: store.reader.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
        for table in tables
    }
    store.close()
    return found
