"""Opening the store: by many at once, and only when it is ours."""

import sqlite3
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipelines.errors import NewerStore, NotAStore, StoreError, StoreFull
from pipelines.store import sites
from pipelines.store.opening import open_store
from pipelines.store.rows import insert, one
from pipelines.store.schema import KNOWN_MIGRATIONS, migrations

WRITER = """
import sys
from datetime import UTC, datetime
from crawlers.page import Link
from pipelines.store import articles, sites
from pipelines.store.opening import open_store
store = open_store(sys.argv[1])
name, count = sys.argv[2], int(sys.argv[3])
for number in range(count):
    with store.writing() as db:
        site_id = sites.site_id(db, "bao")
        now = datetime.now(UTC)
        link = Link(url=f"https://bao.example/{name}-{number}", key=f"{name}-{number}")
        articles.discover(db, site_id, link, now=now, announced_by=None)
"""


def at_once(store: Path, processes: int, count: int) -> list[subprocess.CompletedProcess[str]]:
    children = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, str(store), f"w{number}", str(count)],
            stderr=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parents[1],
        )
        for number in range(processes)
    ]
    return [
        subprocess.CompletedProcess(child.args, child.wait(), stderr=child.communicate()[1])
        for child in children
    ]


def test_four_processes_open_an_absent_store_and_write_together(tmp_path: Path) -> None:
    store = tmp_path / "store.db"
    for child in at_once(store, 4, 250):
        assert (child.returncode, child.stderr) == (0, "")
    reader = open_store(store).reader
    assert reader.execute("SELECT count(*) FROM articles").fetchone()[0] == 1000
    assert reader.execute("PRAGMA integrity_check").fetchone()[0] == "ok"


def test_every_connection_is_durable_and_checked(tmp_path: Path) -> None:
    reader = open_store(tmp_path / "store.db").reader
    pragmas = {
        name: reader.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("journal_mode", "synchronous", "foreign_keys")
    }
    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


@pytest.mark.parametrize("text", ["a shopping list", "a longer shopping list\n" * 500])
def test_a_text_file_is_refused_and_left_alone(tmp_path: Path, text: str) -> None:
    path = tmp_path / "notes.txt"
    path.write_text(text)
    with pytest.raises(NotAStore, match=r"notes\.txt is not a database"):
        open_store(path)
    assert path.read_text() == text


def test_another_programs_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE invoices (id INTEGER)")
    before = path.read_bytes()
    with pytest.raises(NotAStore, match="invoices"):
        open_store(path)
    assert path.read_bytes() == before


def test_a_damaged_store_is_named(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    open_store(path).close()
    path.write_bytes(path.read_bytes()[:100] + b"\xff" * 4000)
    with pytest.raises(StoreError, match=r"store\.db"):
        open_store(path)


def test_a_newer_schema_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    with open_store(path).writing() as db:
        insert(
            db,
            migrations.migrations_table,
            {"migration_set": "baowatch", "name": "0999_future", "applied_at": "2030"},
        )
    with pytest.raises(NewerStore, match=r"0999_future.*Upgrade"):
        open_store(path)


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="does not exist"):
        open_store(tmp_path / "absent" / "store.db")


def test_every_migration_is_known() -> None:
    assert {migration.name for migration in migrations._migrations} == KNOWN_MIGRATIONS


def test_a_full_disk_loses_nothing(tmp_path: Path) -> None:
    store = open_store(tmp_path / "store.db")
    with store.writing() as db:
        sites.site_id(db, "bao")
    pages = store.reader.execute("PRAGMA page_count").fetchone()[0]
    store.reader.execute(f"PRAGMA max_page_count = {pages + 2}")
    with pytest.raises(StoreFull, match="the disk is full"), store.writing() as db:
        sites.site_id(db, "another")
        sites.record_robots_copy(
            db,
            "https://bao.example",
            fetched_at=datetime.now(UTC),
            body=bytes(10_000_000),
        )
    assert one(store.reader, "SELECT count(*) AS n FROM sites") == {"n": 1}
    assert store.reader.execute("PRAGMA integrity_check").fetchone()[0] == "ok"


def test_the_views_answer(tmp_path: Path) -> None:
    reader = open_store(tmp_path / "store.db").reader
    for view in ("latest_changes", "article_history", "site_health"):
        assert reader.execute(f"SELECT * FROM {view}").fetchall() == []


def test_opening_once_more_does_not_drop_the_locks_of_this_process(tmp_path: Path) -> None:
    """Else another process would take itself for the last one, and remove the live WAL."""
    path = tmp_path / "store.db"
    store = open_store(path)
    with store.writing() as db:
        sites.site_id(db, "bao")
    open_store(path).close()
    other = "import sqlite3, sys; sqlite3.connect(sys.argv[1]).execute('SELECT * FROM sites')"
    subprocess.run([sys.executable, "-c", other, path], check=True)
    assert Path(f"{path}-wal").exists()
