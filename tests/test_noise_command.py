"""``baowatch noise``: what was learned is shown, and undone by number."""

import json
from pathlib import Path

import pytest
from commandline import baowatch, configure
from desks import Newsroom

from pipelines.store import memory

FOOT = "Bản quyền thuộc về Báo\x1b[31m, mọi sao chép [bold]phải ghi rõ nguồn."
SHOWN = "Bản quyền thuộc về Báo[31m, mọi sao chép [bold]phải ghi rõ nguồn."
PAGES = {
    f"/tin/bai-{n}": [f"Xã số {n} khánh thành {n + 3} cây cầu trong năm {1990 + n}."]
    for n in range(5)
}


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Newsroom:
    """A store that learned a footer, and left it out of one page since."""
    made = Newsroom(configure(tmp_path, monkeypatch))
    made.begin()
    made.listed(*PAGES)
    for look in range(2):
        for url, body in PAGES.items():
            made.answer(url, title=f"Tựa {url}", body=[*body, FOOT], look=look)
        made.end()
        made.clock.pass_by(hours=1)
        made.begin()
    made.end()
    return made


def learned(room: Newsroom) -> list[dict[str, object]]:
    return [dict(row) for row in memory.all_learned(room.store.reader, room.desk.site_id)]


def test_what_was_learned_is_listed_with_what_it_took_out(room: Newsroom) -> None:
    (entry,) = learned(room)
    told = baowatch("noise", "list")
    assert (told.status, told.said) == (0, "")
    row = next(line for line in told.out.splitlines() if "phải ghi rõ nguồn" in line)
    assert row.startswith(f"{entry['id']} "), "its number"
    assert all(text in row for text in ("bao", "text on many pages", SHOWN, " 5 ", "2026-03-02"))
    assert "\x1b" not in told.out
    assert any("learned block" in line for line in told.out.splitlines()), "what the rule took out"


def test_the_list_as_json(room: Newsroom) -> None:
    (site,) = json.loads(baowatch("noise", "list", "bao", "--json").out)["sites"]
    assert site["site"] == "bao"
    assert [entry["sample"] for entry in site["learned"]] == [FOOT]
    assert {"rule", "lines", "pages"} == set(site["removals"][0])


def test_a_dropped_entry_is_listed_only_on_demand_and_tells_nothing(room: Newsroom) -> None:
    (entry,) = learned(room)
    before = room.released()
    dropped = baowatch("noise", "drop", str(entry["id"]))
    assert dropped.status == 0, dropped.said
    assert f"Dropped {entry['id']} (bao, text on many pages) «{SHOWN}»." in dropped.out
    assert "nothing is reported because of it" in dropped.out
    assert "Nothing was learned yet." in baowatch("noise", "list").out
    assert "(dropped 20" in baowatch("noise", "list", "--all").out
    room.begin()
    room.answer("/tin/bai-0", title="Tựa /tin/bai-0", body=[*PAGES["/tin/bai-0"], FOOT, " "])
    room.end()
    assert room.released() == before


def test_one_wrong_number_drops_none(room: Newsroom) -> None:
    (entry,) = learned(room)
    told = baowatch("noise", "drop", str(entry["id"]), "71", "72")
    assert told.status == 2
    assert "there is no entry 71; there is no entry 72. Nothing was dropped." in told.said
    assert learned(room)[0]["dropped_at"] is None
    assert baowatch("noise", "drop", str(entry["id"])).status == 0
    again = baowatch("noise", "drop", str(entry["id"]))
    assert (again.status, again.said.count("baowatch:")) == (2, 1)
    assert f"{entry['id']} was dropped 20" in again.said


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("list", "xa"), "unknown site 'xa'"),
        (("drop",), "Missing argument"),
        (("drop", "mot"), "integer"),
        (("list", "--store", "nowhere.db"), "crawl first"),
    ],
)
def test_wrong_words_are_one_clean_message(
    room: Newsroom, words: tuple[str, ...], said: str
) -> None:
    told = baowatch("noise", *words)
    assert told.status == 2
    assert said in told.said
