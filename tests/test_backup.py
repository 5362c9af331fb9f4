"""``baowatch backup``: whole, right, while others write; never over another file."""

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from commandline import baowatch, configure
from desks import Newsroom
from test_store import WRITER

from pipelines.errors import StoreError
from pipelines.store import backup, sites
from pipelines.store.backup import back_up
from pipelines.store.checking import faults
from pipelines.store.opening import open_store

A, B = "/tin/mot", "/tin/hai"
ROOT = Path(__file__).parents[1]


def silent(done: int, number: int) -> None:
    pass


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    found = configure(tmp_path, monkeypatch)
    Newsroom(found).baseline(A, B)
    return found


def left_beside(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir() if one.name.startswith("."))


def test_a_backup_is_a_store_that_crawls_go_on_with(path: Path, tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    told = baowatch("backup", str(target))
    assert (told.status, told.out) == (
        0,
        f"{target}: {target.stat().st_size / 1e6:.1f} MB, checked.\n",
    )
    assert sorted(one.name for one in tmp_path.glob("copy*")) == ["copy.db"]
    assert left_beside(tmp_path) == []
    room = Newsroom(target)
    assert room.store.reader.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    room.begin()
    assert room.answer(A, title="Hội nghị số 0", body=["0", "Một"]).name != "new"
    assert faults(open_store(target), silent) == []


def test_a_file_that_exists_is_left_alone(path: Path, tmp_path: Path) -> None:
    target = tmp_path / "letter.txt"
    target.write_text("Dear editor")
    with pytest.raises(StoreError, match=r"letter\.txt exists"):
        baowatch("backup", str(target))
    assert target.read_text() == "Dear editor"
    assert left_beside(tmp_path) == []


def test_a_missing_folder_is_named(path: Path, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"the folder .*absent does not exist"):
        baowatch("backup", str(tmp_path / "absent" / "copy.db"))


def test_others_write_meanwhile_and_the_copy_is_of_one_moment(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between two steps of the copy a writer commits; the copy neither begins anew nor has it."""
    monkeypatch.setattr(backup, "PAGES_AT_ONCE", 5)
    store, writer = open_store(path), open_store(path)
    steps: list[int] = []

    def tell(done: int, number: int) -> None:
        steps.append(done)
        with writer.writing() as db:
            sites.site_id(db, f"site{len(steps)}")

    back_up(store, tmp_path / "copy.db", tell)
    assert steps == sorted(steps)
    assert len(steps) > 3
    assert writer.reader.execute("SELECT count(*) FROM sites").fetchone()[0] == len(steps) + 1
    copy = open_store(tmp_path / "copy.db").reader
    assert copy.execute("SELECT name FROM sites").fetchall() == [("bao",)]


def test_a_crawl_in_another_process_does_not_notice(path: Path, tmp_path: Path) -> None:
    child = subprocess.Popen([sys.executable, "-c", WRITER, path, "w", "400"], cwd=ROOT)
    store, made = open_store(path), 0
    while child.poll() is None:
        target = tmp_path / f"copy{made}.db"
        back_up(store, target, silent)
        made += 1
        copy = open_store(target)
        assert faults(copy, silent) == []
        copy.close()
    assert child.returncode == 0
    assert made > 1
    assert store.reader.execute("SELECT count(*) FROM articles").fetchone()[0] == 402


def test_a_damaged_store_gives_no_backup(path: Path, tmp_path: Path) -> None:
    store = open_store(path)
    store.reader.execute("PRAGMA foreign_keys = OFF")
    store.reader.execute("UPDATE versions SET text_id = 999")
    with pytest.raises(StoreError, match="damaged"):
        back_up(store, tmp_path / "copy.db", silent)
    assert not (tmp_path / "copy.db").exists()
    assert left_beside(tmp_path) == []


def test_a_full_disk_leaves_nothing_behind(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = sqlite3.connect

    def small(name: object, **more: object) -> sqlite3.Connection:
        connection = real(name, **more)  # type: ignore[call-overload]
        if str(name).endswith(".part"):
            connection.execute("PRAGMA max_page_count = 10")
        return connection

    monkeypatch.setattr(backup.sqlite3, "connect", small)
    with pytest.raises(StoreError, match=r"no backup was made: database or disk is full"):
        back_up(open_store(path), tmp_path / "copy.db", silent)
    assert not (tmp_path / "copy.db").exists()
    assert left_beside(tmp_path) == []


def test_who_comes_first_keeps_the_name(path: Path, tmp_path: Path) -> None:
    target = tmp_path / "copy.db"

    def tell(done: int, number: int) -> None:
        target.write_text("another's")

    with pytest.raises(StoreError, match="exists"):
        back_up(open_store(path), target, tell)
    assert target.read_text() == "another's"
