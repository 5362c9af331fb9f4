"""What can be found is what stands, through every door by which that changes; nothing is left."""

from dataclasses import replace
from pathlib import Path

import pytest
from commandline import baowatch, configure
from desks import BODY, HOME, Newsroom

from pipelines.fingerprint import fingerprints
from pipelines.search import searchable
from pipelines.store import articles, cases, schema_search, search, versions
from pipelines.store.checking import faults
from pipelines.store.opening import open_store

A, B, NEWS = "/tin/mot", "/tin/hai", "/tin/ba"
SECRET = "Nguyễn Quyđônxvà bị nhắc tên nhầm trong bản tin số 7 của tỉnh."
TERM = "quydonxva"


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Newsroom:
    """Two articles; the first was edited, and nobody was told of it yet."""
    made = Newsroom(configure(tmp_path, monkeypatch))
    made.baseline(A, B)
    made.begin()
    for _ in range(2):
        made.answer(A, title="Hội nghị số 0", body=["0", *BODY, "Sửa: Đồng Hỷ."])
        made.clock.pass_by(minutes=5)
    return made


def found(room: Newsroom, words: str) -> list[str]:
    rows = search.find(room.store.reader, words, limit=9)
    return sorted(row["url"].removeprefix(HOME) for row in rows)


def on_disk(path: Path) -> bytes:
    """The store's files, its log among them."""
    return b"".join(one.read_bytes() for one in path.parent.glob("store.db*") if one.is_file())


def wrong(room: Newsroom) -> list[str]:
    return list(search.faults(room.store.reader))


def test_an_edit_is_found_by_what_it_says_now(room: Newsroom) -> None:
    assert found(room, "dong hy") == [A]
    assert wrong(room) == []


def test_what_nobody_was_told_of_is_not_shown(room: Newsroom) -> None:
    def shown() -> bool:
        (row,) = search.find(room.store.reader, "hoi nghi so 0", limit=9)
        return "Đồng Hỷ" in row["text"]

    room.listed(NEWS)
    room.answer(NEWS, title="Tin về Đồng Hỷ", body=["Lũ về trong đêm.", *BODY])
    assert found(room, "lu ve") == []
    assert not shown()
    room.end()
    assert found(room, "lu ve") == [NEWS]
    assert shown()


def test_an_edit_that_is_taken_back_is_not_found(room: Newsroom) -> None:
    (case,) = cases.unreleased(room.store.reader, room.desk.site_id)
    with room.store.writing() as db:
        cases.retract(db, case)
    assert found(room, "dong hy") == []
    assert found(room, "hoi nghi so 0") == [A]
    assert wrong(room) == []


def test_a_reading_that_is_rewritten_is_found_by_what_it_says(room: Newsroom) -> None:
    with room.store.writing() as db:
        for number, version in enumerate(versions.history(db, 1)):
            told = replace(version.article, title=f"Tựa đọc lại lần {number}")
            versions.rewrite(db, version.id, told, fingerprints(told))
    assert found(room, '"doc lai lan 1"') == [A]
    assert found(room, '"doc lai lan 0"') == [], "a version of yesterday is not searched"
    assert wrong(room) == []


def test_a_merged_article_is_found_once(room: Newsroom) -> None:
    with room.store.writing() as db:
        articles.merge(db, articles.by_id(db, 1), articles.by_id(db, 2), room.clock.now())
    assert found(room, "hoi nghi") == [B]
    assert wrong(room) == []


def test_a_withdrawn_article_is_found_and_marked(room: Newsroom) -> None:
    room.end()
    for hours in (1, 9, 9):
        room.clock.pass_by(hours=hours)
        room.begin()
        room.listed(B)
        room.answer(A, status=404)
        room.answer(B, title="Hội nghị số 1", body=["1", *BODY])
        room.end()
    assert [row["status"] for row in search.find(room.store.reader, "dong hy", limit=9)] == [
        "withdrawn"
    ]
    assert ", withdrawn" in baowatch("search", "dong", "hy").out


def test_what_is_not_as_it_should_be_is_told(room: Newsroom) -> None:
    with room.store.writing() as db:
        db.execute("DELETE FROM articles_fts WHERE rowid = 2")
        db.execute("UPDATE articles_fts SET text = 'khac' WHERE rowid = 1")
        db.execute("INSERT INTO articles_fts (rowid, title) VALUES (77, 'la')")
    assert wrong(room) == [
        "search does not find article 1 by its current words",
        "search does not find article 2 by its current words",
        "search finds article 77, which has no text",
    ]
    assert wrong(room)[0] in faults(room.store, lambda done, number: None)
    assert baowatch("check-store").status == 1


def test_a_store_made_without_search_is_filled(
    room: Newsroom, caplog: pytest.LogCaptureFixture
) -> None:
    assert "an older baowatch" not in caplog.text, "a new store is made without a word"
    with room.store.writing() as db:
        db.execute("DROP TABLE articles_fts")
        db.execute("DELETE FROM _sqlite_migrations WHERE name = '0006_search'")
    path = room.store.path
    room.store.close()
    room.store = open_store(path)
    assert f"{path}: an older baowatch wrote it" in caplog.text, "nobody waits for nothing said"
    assert found(room, "dong hy") == [A]
    assert wrong(room) == []
    assert "articles_fts" in schema_search.STATEMENTS[0]


def test_what_is_forgotten_leaves_no_word_in_the_index(room: Newsroom) -> None:
    """FTS5 only marks what is deleted, and keeps the words in its segments."""
    path = room.store.path
    for text in (SECRET, f"{SECRET} Đính chính."):
        for _ in range(2):
            room.answer(B, title="Hội nghị số 1", body=["1", *BODY, text])
            room.clock.pass_by(minutes=5)
    room.end()
    assert found(room, TERM) == [B]
    words = [TERM.encode(), searchable(SECRET).encode(), SECRET.encode()]
    assert baowatch("forget", f"{HOME}{B}", "--why", "request").status == 0
    assert found(room, TERM) == []
    assert found(room, "dong hy") == [A]
    assert not [word for word in words if word in on_disk(path)]
    assert TERM[:6].encode() not in on_disk(path), "nor a part, where beginnings are shared"


def test_a_forgetting_that_was_cut_short_is_ended_by_the_next(
    room: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    room.answer(B, title="Hội nghị số 1", body=["1", *BODY, SECRET])
    room.clock.pass_by(minutes=5)
    room.answer(B, title="Hội nghị số 1", body=["1", *BODY, SECRET])
    room.end()

    def killed(*_: object) -> None:
        raise RuntimeError

    with monkeypatch.context() as patch, pytest.raises(RuntimeError):
        patch.setattr("monitor.forgetting.condense", killed)
        baowatch("forget", f"{HOME}{B}", "--why", "request")
    path = room.store.path
    assert TERM.encode() in on_disk(path)
    assert baowatch("forget", f"{HOME}{B}", "--why", "request").status == 0
    assert TERM.encode() not in on_disk(path)
