"""What is searched is found however it is spelt; what can be found is what stands today."""

import json
import sqlite3
from pathlib import Path

import pytest
from commandline import baowatch, configure
from hypothesis import example, given, settings
from hypothesis import strategies as st
from search_cases import CASES, SearchCase, fill, name_of

from crawlers.plain import clean
from pipelines import hits
from pipelines.hits import marked, passage
from pipelines.normalise import fold
from pipelines.search import _LETTERS, _PLAIN, query, searchable, wanted
from pipelines.store import schema_search, search
from pipelines.store.opening import Store

LETTERS = st.text(
    st.characters(codec="utf-8")
    | st.sampled_from('"*()^:+-{}[]“«\x00\u200c\u0301\u0640 \u064b ế đ Ð 한 岘 น้ ำ ½ № ㈱ ﷺ ß İ')
)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return fill(tmp_path_factory.mktemp("search") / "store.db").store


def names(store: Store, words: str) -> list[str]:
    return sorted(name_of(row["url"]) for row in search.find(store.reader, words, limit=50))


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 30


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.note)
def test_each_query_finds_exactly_its_articles(store: Store, case: SearchCase) -> None:
    assert names(store, case.query) == list(case.expects)


def test_the_command_finds_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(configure(tmp_path, monkeypatch)).store.close()
    for case in CASES:
        told = baowatch("search", "--json", "--", *case.query.split())
        assert sorted(name_of(one["url"]) for one in json.loads(told.out)) == list(case.expects)
        assert told.status == (0 if case.expects else 1)


@given(LETTERS)
@example("")
@example('"')
@example("NEAR(a b, 2) OR ^x AND NOT title: *")
@example('""""*"*')
@example("\u0e33\u0e4d")
@example("a " * 600)
@settings(max_examples=300, deadline=None)
def test_any_text_is_a_query(store: Store, words: str) -> None:
    found = search.find(store.reader, words, limit=5)
    assert not found or wanted(words)


@given(LETTERS, st.integers(0, 20), st.integers(1, 20))
@settings(max_examples=200, deadline=None)
def test_any_run_of_words_of_a_text_finds_it(text: str, start: int, length: int) -> None:
    """SQLite takes for words what we do."""
    db = sqlite3.connect(":memory:")
    db.execute(schema_search.STATEMENTS[0])
    db.execute("INSERT INTO articles_fts (text) VALUES (?)", [searchable(text)])
    phrase = " ".join(searchable(text).split()[start : start + length])
    found = db.execute("SELECT * FROM articles_fts(?)", [query(f'"{phrase}"')]).fetchall()
    assert bool(found) == bool(phrase)


PLAIN = st.text(
    st.characters(codec="utf-8", max_codepoint=0xFFFF, exclude_categories=["Mn", "Cs", "Co", "Cn"])
    .filter(lambda letter: _PLAIN.fullmatch(letter))
)  # fmt: skip


@given(PLAIN)
@settings(max_examples=300, deadline=None)
@example("ÐđĐ ẞß ỆŒ ǅ Σς ½ №İ\u00ad\u061c ﾞ")
def test_what_is_folded_quickly_is_folded_rightly(text: str) -> None:
    assert searchable(text) == " ".join(fold(text).translate(_LETTERS).split())


@given(LETTERS)
@settings(max_examples=200, deadline=None)
def test_a_text_folds_as_its_words_do(text: str) -> None:
    text = clean(text)
    told = [word for span in hits._words(text) for word in hits._folded(text, span)]
    assert told == searchable(text).split()


@given(LETTERS, LETTERS)
@settings(max_examples=200, deadline=None)
def test_marking_changes_no_letter(text: str, words: str) -> None:
    assert "".join(one.text for one in marked(text, words)) == clean(text)
    shown = [one.text for one in passage([text], words, length=20)]
    assert "".join(one for one in shown if one != "…") in clean(text) or "…" in text


def test_hits_are_marked_in_the_text_as_it_was_written() -> None:
    def told(text: str, words: str) -> list[str]:
        return [one.text for one in marked(text, words) if one.is_hit]

    assert told("Xã Gia Hòa và xã Hoà Vang", "hoa") == ["Hòa", "Hoà"]
    assert told("Kết luận 57-KL/TW và số 57", "57-kl/tw") == ["57-KL/TW"]
    assert told("قال مُحَمَّد", "محمد") == ["مُحَمَّد"]
    assert told("岘港市迎来台风", "台风") == ["台风"]
    assert told("Quy hoạch và hoạt", "hoa*") == ["hoạch", "hoạt"]
    assert told("می\u200cخواهند", "می خواهند") == ["میخواهند"]
    assert told("một hai ba bốn", '"hai ba" ba') == ["hai ba"]


def test_the_passage_with_most_of_the_words_is_shown() -> None:
    far = "Hòa bình. " + "từ " * 200 + "Hòa và Vang ở đây. " + "từ " * 200
    pieces = passage(["Hòa.", far], "hoa vang", length=40)
    shown = "".join(one.text for one in pieces)
    assert "Hòa và Vang" in shown
    assert shown.startswith("…")
    assert shown.endswith("…")
    assert len(shown) < 60
    assert passage(["", ""], "hoa") == ()


def test_a_title_counts_most_and_of_equals_the_newest(store: Store) -> None:
    assert [name_of(row["url"]) for row in search.find(store.reader, "phu quy", limit=1)] == [
        "phuquy"
    ]


def test_the_command_for_people(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    room = fill(configure(tmp_path, monkeypatch))
    with room.store.writing() as db:
        db.execute("UPDATE articles SET status = 'withdrawn' WHERE url LIKE '%phuquy'")
    told = baowatch("search", "phu", "quy", "--limit", "1")
    assert told.out.splitlines() == [
        "[Phú] [Quý] mở cửa đón tàu",
        "  bao, 2026-03-02 08:00 +0700, withdrawn",
        "  https://bao.example/tin/phuquy",
        "  Đảo [Phú] [Quý] đón chuyến tàu đầu tiên.",
        "",
    ]
    assert baowatch("search", "mở cửa đón tàu").status == 0, "an argument with spaces is a phrase"
    assert baowatch("search", "tàu đón").status == 1
    assert "no article says zzz" in baowatch("search", "zzz").said
    assert baowatch("search", "tàu", "--site", "khac").status == 2
    assert baowatch("search", "tàu", "--since", "2026-03-03").status == 1
    assert baowatch("search", "tàu", "--since", "2026-03-02").status == 0
    assert "a letter or a digit" in baowatch("search", "%%").said


def test_nothing_that_a_portal_writes_reaches_the_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = fill(configure(tmp_path, monkeypatch))
    with room.store.writing() as db:
        db.execute("UPDATE versions SET title = 'a\x1b[31m\u202etàu [bold]x[/]' WHERE id = 1")
    told = baowatch("search", "quy hoach", "--limit", "1").out
    assert not {"\x1b", "\u202e"} & set(told)
    assert "[bold]x[/]" in told
