"""``baowatch forget``: no word is left in any file, nothing brings it back, no other suffers."""

from pathlib import Path

import pytest
from commandline import baowatch, configure
from desks import BODY, HOME, Newsroom

from pipelines.errors import SiteBusy
from pipelines.noise import Memory
from pipelines.runs import lock_site
from pipelines.store import erasing, sites
from pipelines.store.checking import faults
from pipelines.store.opening import open_store

SECRET, OTHER, COPY = "/tin/ong-tran-van-bi-xoa-ten", "/tin/hai", "/tin/ban-sao"
TITLE = "Ông Trần Văn Bí bị nhắc tên trong vụ việc ở xã Đông Hòa"
LEAD = "Người dân xã Đông Hòa cho biết ông Trần Văn Bí đã rời địa phương từ tháng trước."
TEXT = [f"Ông Trần Văn Bí, sinh năm 1970, bị nhắc tên nhầm trong bản tin số {n}." for n in (1, 2)]
NEEDLES = [text.encode() for text in (TITLE, LEAD, *TEXT, "Trần Văn Bí", "xoa-ten")]
WHY = "request 17/2026"


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return configure(tmp_path, monkeypatch)


def secret(line: str = "") -> dict[str, object]:
    return {"title": TITLE, "lead": LEAD, "body": [*TEXT, *BODY, *([line] if line else [])]}


@pytest.fixture
def room(path: Path) -> Newsroom:
    """An article to be forgotten, edited once, suspected once more; quoted; and two others."""
    made = Newsroom(path)
    made.begin()
    made.listed(SECRET, OTHER, "/tin/ba")
    made.answer(SECRET, **secret())
    for number, url in enumerate((OTHER, "/tin/ba")):
        made.answer(url, title=f"Hội nghị số {number}", body=[f"{number}", *BODY])
    made.end()
    for line in ("Ông Trần Văn Bí đã được minh oan.",):
        made.clock.pass_by(hours=8)
        made.begin()
        made.answer(SECRET, **secret(line))
        made.clock.pass_by(minutes=5)
        made.answer(SECRET, **secret(line))
        made.end()
    made.clock.pass_by(hours=8)
    made.begin()
    made.answer(SECRET, **secret("Tên ông Trần Văn Bí được rút khỏi bài."))
    made.fail(SECRET)
    made.end()
    assert made.released() == [("edited", SECRET)]
    assert found(path) != []
    return made


def found(path: Path) -> list[tuple[str, str]]:
    """Which of the words stand in which file beside the store."""
    return [
        (one.name, needle.decode())
        for one in sorted(path.parent.glob("*"))
        if one.is_file()
        for needle in NEEDLES
        if needle in one.read_bytes()
    ]


def links(room: Newsroom, table: str) -> list[str]:
    """Columns of a table that name an article."""
    keys = room.store.reader.execute(f"PRAGMA foreign_key_list({table})").fetchall()
    return [key[3] for key in keys if key[2] == "articles"]


def test_not_a_word_is_left_in_any_file(room: Newsroom, path: Path, tmp_path: Path) -> None:
    room.clock.pass_by(days=1)
    told = baowatch("forget", f"{HOME}{SECRET}", "--why", WHY)
    assert told.status == 0, told
    assert "2 versions, 1 changes and 3 stored pages" in told.out
    baowatch("backup", str(tmp_path / "after.db"))
    assert found(path) == []
    assert room.count("articles") == 2
    assert faults(room.store, lambda done, number: None) == []
    assert room.store.reader.execute("SELECT DISTINCT why FROM forgotten").fetchall() == [(WHY,)]


def test_every_table_that_names_articles_is_erased(room: Newsroom) -> None:
    tables = [row[0] for row in room.store.reader.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table'"
    )]  # fmt: skip
    naming = {table for table in tables if "article_id" in links(room, table)}
    assert naming == set(erasing.OWN_TABLES)
    others = {(table, name) for table in tables for name in links(room, table)}
    assert others - {(table, "article_id") for table in naming} == {
        ("articles", "merged_into"),
        ("looks", "twin_id"),
        ("citations", "cited_article_id"),
        ("links", "from_article_id"),
        ("links", "to_article_id"),
        ("once_sure", "from_article_id"),
        ("once_sure", "to_article_id"),
    }


def test_nothing_remembers_what_a_forgotten_article_was_linked_with(room: Newsroom) -> None:
    numbers = [row[0] for row in room.store.reader.execute("SELECT id FROM articles ORDER BY id")]
    with room.store.writing() as db:
        for made, original in (numbers[:2], numbers[1::-1], numbers[1:]):
            db.execute("INSERT INTO once_sure VALUES (?, ?, '2026')", [made, original])
    forget(room)
    assert room.count("once_sure") == 1
    assert faults(room.store, lambda done, number: None) == []


def forget(room: Newsroom, url: str = SECRET) -> None:
    assert baowatch("forget", f"{HOME}{url}", "--why", WHY).status == 0


def test_no_source_crawl_or_redirect_brings_it_back(room: Newsroom, path: Path) -> None:
    forget(room)
    room.begin()
    assert room.listed(SECRET) == 0
    assert room.answer(SECRET, **secret()).name == "forgotten"
    # An address that was never read is another name of it.
    room.listed("/tin/ten-khac-ong-tran-van-bi")
    assert (
        room.answer("/tin/ten-khac-ong-tran-van-bi", final=SECRET, **secret()).name == "forgotten"
    )
    assert room.listed("/tin/ten-khac-ong-tran-van-bi") == 0
    # An article that was read is not there any more.
    verdict = room.answer(OTHER, final=SECRET, **secret())
    assert (verdict.name, verdict.kind) == ("missing", "redirects_elsewhere")
    room.end()
    assert room.count("articles") == 2
    assert room.released() == []
    room.store.close()
    assert found(path) == []


def test_other_names_are_forgotten_with_it(path: Path) -> None:
    room = Newsroom(path)
    room.baseline(SECRET, OTHER)
    room.begin()
    room.answer(SECRET, final="/tin/ten-moi", title="Hội nghị số 0", body=["0", *BODY])
    room.end()
    forget(room, "/tin/ten-moi")
    room.begin()
    assert room.listed(SECRET, "/tin/ten-moi") == 0
    assert room.count("articles") == 1


def test_a_copy_keeps_its_text(path: Path) -> None:
    room = Newsroom(path)
    told = {"title": "Hội nghị", "body": BODY}
    room.begin()
    room.listed(SECRET, OTHER)
    room.answer(SECRET, **told)
    room.answer(OTHER, title="Khác", body=["khác"])
    room.end()
    room.clock.pass_by(hours=8)
    room.begin()
    room.listed(COPY)
    copy = {**told, "title": "Tựa khác"}
    room.answer(COPY, **copy)
    room.answer(SECRET, **told)
    room.end()
    assert room.count("texts") == 2
    forget(room)
    blocks = room.store.reader.execute("SELECT blocks FROM texts ORDER BY length DESC").fetchone()
    assert BODY[0] in blocks[0]
    room.begin()
    assert room.answer(COPY, **copy).name == "unchanged"


@pytest.mark.parametrize("line", [TITLE, LEAD, LEAD[:50] + "…"])
def test_a_quoted_title_or_lead_that_goes_from_another_page_is_no_edit(
    path: Path, line: str
) -> None:
    """Other pages quote it in their lists; forgetting must not make that text of theirs."""
    from pipelines.desk import KnownArticles

    room = Newsroom(path)
    room.baseline(OTHER)
    room.begin()
    room.listed(SECRET)
    room.answer(SECRET, **secret())
    room.end()
    other = room.store.reader.execute(
        "SELECT id FROM articles WHERE url LIKE '%/tin/hai'"
    ).fetchone()[0]

    def is_known(memory: Memory) -> bool:
        return memory.is_known_title(line) or memory.is_known_lead(line)

    assert is_known(KnownArticles(room.store.reader, room.desk.site_id, other))
    forget(room)
    assert is_known(KnownArticles(room.store.reader, room.desk.site_id, other))
    assert not is_known(KnownArticles(room.store.reader, 99, other))


def test_what_was_learned_holds_without_its_words(room: Newsroom, path: Path) -> None:
    with room.store.writing() as db:
        site_id = sites.site_id(db, "bao")
        for number, sample in enumerate((TEXT[0], "Theo dõi chúng tôi mỗi ngày")):
            db.execute(
                "INSERT INTO learned (site_id, kind, print, place, sample, articles, why, "
                "learned_at) VALUES (?, 'rotating', ?, '', ?, 3, 'test', '2026')",
                [site_id, f"print{number}", sample],
            )
    forget(room)
    assert room.store.reader.execute("SELECT print, sample FROM learned").fetchall() == [
        ("print0", ""),
        ("print1", "Theo dõi chúng tôi mỗi ngày"),
    ]
    room.store.close()
    assert found(path) == []


def test_a_finding_stays_without_its_words(room: Newsroom) -> None:
    before = room.count("findings")
    assert room.count("findings", f"url = '{HOME}{SECRET}'") == 1
    forget(room)
    assert room.count("findings") == before
    assert room.count("findings", "url = '' AND detail = ''") == 1
    assert room.count("symptoms", f"place = '{HOME}{SECRET}'") == 0


def test_while_the_site_is_crawled_nothing_is_done(room: Newsroom) -> None:
    lock = lock_site(room.store, "bao")
    with pytest.raises(SiteBusy):
        baowatch("forget", f"{HOME}{SECRET}", "--why", WHY)
    lock.release()
    assert room.count("articles") == 3


def test_a_reader_in_the_way_is_told_of_and_the_next_call_ends_it(
    room: Newsroom, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("monitor.forgetting.PATIENCE", 0.01)
    reader = open_store(path)
    reader.reader.execute("BEGIN")
    reader.reader.execute("SELECT * FROM articles").fetchall()
    told = baowatch("forget", f"{HOME}{SECRET}", "--why", WHY)
    assert told.status == 1
    assert "still in the log" in told.said
    reader.close()
    told = baowatch("forget", f"{HOME}{SECRET}", "--why", WHY)
    assert (told.status, "holds nothing of it" in told.out) == (0, True)
    assert found(path) == []


def test_an_unknown_address_is_kept_out_from_now_on(path: Path) -> None:
    room = Newsroom(path)
    room.baseline(OTHER)
    forget(room)
    room.begin()
    assert room.listed(SECRET) == 0


def test_a_right_must_be_named(room: Newsroom) -> None:
    assert baowatch("forget", f"{HOME}{SECRET}", "--why", " ").status == 2
    assert baowatch("forget", "https://elsewhere.example/", "--why", WHY).status == 2
    assert room.count("articles") == 3
