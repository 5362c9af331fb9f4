"""``baowatch check-store``: a sound store is called sound, and each damage is named."""

from pathlib import Path

import pytest
from commandline import baowatch, configure
from desks import BODY, Newsroom

from pipelines.retention import Limits
from pipelines.store import care

A, B = "/tin/mot", "/tin/hai"


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Newsroom:
    """Two articles, one edited and told, and suspected once more."""
    made = Newsroom(configure(tmp_path, monkeypatch))
    made.baseline(A, B)
    for number in range(3):
        made.begin()
        for _ in range(1 if number == 2 else 2):
            edited = ["0", BODY[0], f"{BODY[1]} Lần {number}."]
            made.answer(A, title="Hội nghị số 0", body=edited)
            made.clock.pass_by(minutes=5)
        made.end()
        made.clock.pass_by(hours=8)
    assert made.released() == [("edited", A)] * 2
    return made


def break_by(room: Newsroom, *statements: str) -> None:
    connection = room.store.reader.conn
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("PRAGMA ignore_check_constraints = ON")
    for statement in statements:
        connection.execute(statement)
    connection.execute("PRAGMA foreign_keys = ON")


def test_a_sound_store_is_called_sound_before_and_after_a_retention(room: Newsroom) -> None:
    for _ in range(2):
        told = baowatch("check-store")
        assert (told.status, told.said) == (0, "")
        assert told.out.endswith("the file, its rows and every stored page are sound.\n")
        assert care.apply_retention(room.store, Limits(days=0), room.clock.now()).left


DAMAGES = {
    "row 1 of versions names a row of texts": "UPDATE versions SET text_id = 99 WHERE id = 1",
    "the current version of article 1 is another": """
        UPDATE articles SET current_version_id = 2 WHERE id = 1""",
    "article 2 has versions, and none": """
        UPDATE articles SET current_version_id = NULL WHERE id = 2""",
    "article 1 was merged into one that is another name": """
        UPDATE articles SET merged_into = 3 - id""",
    "version 1 was read from another article's page": """
        UPDATE versions SET snapshot_id = 2 WHERE id = 1""",
    "the current version of article 2 has lost its page": """
        UPDATE snapshots SET removed_at = '2026' WHERE id = 2""",
    "the open look 3 has lost its page": """
        UPDATE snapshots SET removed_at = '2026' WHERE id = (SELECT max(id) FROM snapshots)""",
    "change 1 was told and lacks a version": """
        UPDATE changes SET after_version_id = NULL WHERE id = 1""",
    "change 2 speaks of another article's version": """
        UPDATE changes SET before_version_id = 2 WHERE id = 2""",
    "stored page 2 (https://bao.example/tin/hai): the bytes are not those": """
        UPDATE snapshots SET sha256 = 'abc' WHERE id = 2""",
    "stored page 1 (https://bao.example/tin/mot): the stored bytes are damaged": """
        UPDATE snapshots SET body = substr(body, 1, length(body) - 9) WHERE id = 1""",
    "stored page 3 (https://bao.example/tin/mot): the page that it is kept against": """
        UPDATE snapshots SET base_id = 3 WHERE id = 3""",
    "encoding 'lzma' cannot be read": "UPDATE snapshots SET encoding = 'lzma' WHERE id = 1",
}


@pytest.mark.parametrize("told", DAMAGES)
def test_each_damage_is_named(room: Newsroom, told: str) -> None:
    break_by(room, DAMAGES[told])
    found = baowatch("check-store")
    assert found.status == 1
    assert told in found.out
    assert "something is wrong" in found.said


def test_two_open_findings_of_a_kind_are_named(room: Newsroom) -> None:
    values = "(1, 'busy', '', '', '2026', '2026', NULL)"
    break_by(
        room,
        "DROP INDEX findings_open",
        "INSERT INTO findings (site_id, kind, detail, url, opened_at, last_at, closed_at) "
        f"VALUES {values}, {values}",
    )
    found = baowatch("check-store")
    assert (found.status, "is open twice" in found.out) == (1, True)


def test_a_page_of_the_file_that_was_overwritten_is_noticed(room: Newsroom) -> None:
    path = room.store.path
    (page,) = room.store.reader.execute(
        "SELECT rootpage FROM sqlite_master WHERE name = 'addresses_by_url'"
    ).fetchone()
    care.tidy_log(room.store)
    room.store.close()
    with path.open("r+b") as file:
        file.seek(page * 4096 - 60)
        file.write(b"\xaa" * 60)
    found = baowatch("check-store")
    assert (found.status, "the file is damaged" in found.out) == (1, True)
