"""A disk that runs low ends a run in one line, before anything fails; nothing is lost."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from monitor.project import Project, find_project
from monitor.rehearsal import MORNING, Rehearsal
from monitor.replica.server import Replica
from pipelines.store.opening import open_store

ROOT = Path(__file__).parents[1]
START = datetime(2026, 3, 2, 1, tzinfo=UTC)
SITE = "baoninhbinh"


@pytest.fixture
def rehearsal(tmp_path: Path) -> Iterator[Rehearsal]:
    with Replica(11, start=START, editions=1, layout_seed=11) as replica:
        store = tmp_path / "store.db"
        project = Project(folder=ROOT, config=find_project().config, store=store)
        made = Rehearsal(project=project, replica=replica)
        made.set_clock(START + MORNING)
        yield made


def crawl(rehearsal: Rehearsal, *script: str, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *(script or ("-m", "scrapy")), "crawl", SITE, "-s", "LOG_LEVEL=WARNING"],
        cwd=ROOT,
        env={
            **os.environ,
            **rehearsal.environment(),
            "PYTHONPATH": str(ROOT),
            "BAOWATCH_STORE": str(rehearsal.project.store),
            **more,
        },
        capture_output=True,
        text=True,
    )


def ask(rehearsal: Rehearsal, sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(rehearsal.project.store)) as connection:
        return connection.execute(sql).fetchall()


def test_no_run_begins_on_a_disk_that_is_nearly_full(rehearsal: Rehearsal) -> None:
    told = crawl(rehearsal, BAOWATCH_FREE_DISK_MB="999999999")
    assert told.returncode == 2
    assert "fewer than BAOWATCH_FREE_DISK_MB=999999999" in told.stderr
    assert len(told.stderr.splitlines()) == 1
    assert rehearsal.replica.requests == []
    assert ask(rehearsal, "SELECT * FROM runs") == []


def test_a_threshold_that_is_no_number_is_refused_by_name(rehearsal: Rehearsal) -> None:
    told = crawl(rehearsal, BAOWATCH_FREE_DISK_MB="a lot")
    assert told.returncode == 2
    assert "BAOWATCH_FREE_DISK_MB='a lot' is no number" in told.stderr
    assert "Traceback" not in told.stderr


def test_a_run_ends_when_the_disk_runs_low_and_the_next_goes_on(rehearsal: Rehearsal) -> None:
    told = crawl(rehearsal, str(ROOT / "tests" / "low_disk_crawl.py"), "12")
    lines = [line for line in told.stderr.splitlines() if "MB are free on this disk" in line]
    assert len(lines) == 1
    assert "Traceback" not in told.stderr
    assert ask(rehearsal, "SELECT reason FROM runs") == [("disk_low",)]
    ((read,),) = ask(rehearsal, "SELECT count(*) FROM versions")
    assert isinstance(read, int)
    (result,) = rehearsal.crawl([SITE], arguments={})
    assert result.succeeded, result
    listed = rehearsal.replica.script.editions[0].portals[SITE].stories
    assert 0 < read < len(listed)
    assert ask(rehearsal, "SELECT count(*) FROM versions") == [(len(listed),)]
    assert ask(rehearsal, "PRAGMA integrity_check") == [("ok",)]


def test_a_run_leaves_an_empty_log_while_others_keep_the_store_open(rehearsal: Rehearsal) -> None:
    open_store(rehearsal.project.store).close()
    with closing(sqlite3.connect(rehearsal.project.store)) as other:
        assert other.execute("SELECT * FROM runs").fetchall() == []
        (result,) = rehearsal.crawl([SITE], arguments={})
        assert result.succeeded, result
        assert Path(f"{rehearsal.project.store}-wal").stat().st_size == 0
        assert other.execute("SELECT reason FROM runs").fetchall() == [("finished",)]
