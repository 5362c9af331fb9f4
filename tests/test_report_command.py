"""``baowatch report`` as a person runs it."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import feedparser
import pytest
from commandline import baowatch, configure
from desks import BODY, START, Newsroom
from lxml import html

from monitor.whole import write_whole

A, B, NEW = "/tin/mot", "/tin/hai", "/tin/moi"
SPAN = ("report", "--since", START.isoformat(), "--until", "2026-03-05")


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Newsroom:
    """A store with a baseline, an edit, a comma, something new and something withdrawn."""
    made = Newsroom(configure(tmp_path, monkeypatch))
    made.baseline(A, B, "/tin/ba")
    edited = {"title": "Hội nghị số 0", "body": ["0", BODY[0], BODY[1].replace("4,7", "47")]}
    comma = {"title": "Hội nghị số 2", "body": ["2", BODY[0].replace(", Ủy", " Ủy"), BODY[1]]}
    for _ in range(2):
        made.begin()
        made.listed(NEW)
        made.answer(A, **edited)
        made.answer(B, status=404)
        made.answer("/tin/ba", **comma)
        made.answer(NEW, title="Khánh thành cầu", body=["một", *BODY])
        made.clock.pass_by(minutes=3)
        made.answer(A, **edited)
        made.answer("/tin/ba", **comma)
        made.end()
        made.clock.pass_by(hours=8)
    return made


def told(*words: str) -> dict[str, list[str]]:
    """Kinds by site, as the JSON has them."""
    made = json.loads(baowatch(*SPAN, "--format", "json", *words).out)
    return {site["site"]: [change["kind"] for change in site["changes"]] for site in made["sites"]}


def test_what_is_told_can_be_chosen(room: Newsroom) -> None:
    assert sorted(told()["bao"]) == ["edited", "new", "withdrawn"]
    assert told("--kind", "new", "--kind", "withdrawn")["bao"].count("edited") == 0
    assert told("--kind", "moved") == {"bao": []}
    assert told("--weight", "cosmetic")["bao"].count("edited") == 2
    assert told("--all")["bao"].count("edited") == 2
    assert told("--site", "bao", "--site", "bao") == told()
    assert "unknown site 'xa'" in baowatch(*SPAN, "--site", "bao", "--site", "xa").said
    made = json.loads(baowatch(*SPAN, "--format", "json", "--kind", "new").out)
    assert made["choice"] == {"sites": [], "kinds": ["new"], "weight": "minor"}


@pytest.mark.parametrize("form", ["text", "html", "md", "json", "atom"])
def test_every_format_goes_to_a_file_whole(room: Newsroom, tmp_path: Path, form: str) -> None:
    path = tmp_path / f"report.{form}"
    path.write_text("yesterday's")
    ended = baowatch(*SPAN, "--format", form, "-o", str(path))
    assert (ended.status, ended.out) == (0, "")
    written = path.read_text(encoding="utf-8")
    assert written == baowatch(*SPAN, "--format", form).out
    assert "Khánh thành cầu" in written
    assert "\x1b" not in written
    assert list(tmp_path.glob(".report*")) == []


def test_html_and_atom_are_what_they_say(room: Newsroom) -> None:
    page = html.document_fromstring(
        baowatch(*SPAN, "--format", "html", "--lang", "ar").out.encode()
    )
    assert page.get("dir") == "rtl"
    assert [e.text_content() for e in page.iter("ins")] == ["47 %"]
    feed = feedparser.parse(baowatch(*SPAN, "--format", "atom").out.encode())
    assert not feed.bozo
    assert len(feed.entries) == 3


def test_a_folder_that_is_not_there_is_one_line(room: Newsroom, tmp_path: Path) -> None:
    ended = baowatch(*SPAN, "-o", str(tmp_path / "nowhere" / "report.txt"))
    assert ended.status == 2
    assert "cannot be written: No such file or directory" in ended.said


def test_an_address_of_the_store_must_be_one(room: Newsroom) -> None:
    ended = baowatch(*SPAN, "--format", "html", "--browse-url", "javascript:alert(1)")
    assert ended.status == 2
    assert "is no address like http://127.0.0.1:8001" in ended.said


def test_a_report_killed_while_it_writes_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    path.write_text("yesterday's")
    code = (
        "import os, sys, pathlib; from monitor import whole\n"
        "os.fsync = lambda fd: os.kill(os.getpid(), 9)\n"
        f"whole.write_whole(pathlib.Path({str(path)!r}), 'x' * 100_000)"
    )
    ended = subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parents[1])
    assert ended.returncode == -signal.SIGKILL
    assert path.read_text() == "yesterday's"
    left = [found.name for found in tmp_path.iterdir() if found != path]
    assert [name.startswith(".report.html.") for name in left] == [True], "beside it: one disk"


def test_a_full_disk_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "report.html"
    path.write_text("yesterday's")

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_whole(path, "today's")
    assert [found.name for found in tmp_path.iterdir()] == ["report.html"]
    assert path.read_text() == "yesterday's"


def test_a_new_file_has_the_usual_rights(tmp_path: Path) -> None:
    (tmp_path / "usual").write_text("")
    write_whole(tmp_path / "ours", "x")
    assert (tmp_path / "ours").stat().st_mode == (tmp_path / "usual").stat().st_mode


def test_silence_is_not_told_as_nothing_new(room: Newsroom) -> None:
    later = baowatch("report", "--since", "1h").out
    assert "Nothing new" not in later
    assert "bao: not crawled to the end in this time, last on 2026-03-02" in later


def test_what_was_told_by_a_clock_ahead_is_not_hidden(
    room: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BAOWATCH_ORIGINS", '{"https://x.example": "http://127.0.0.1:9"}')
    monkeypatch.setenv("BAOWATCH_CLOCK", f"{START.isoformat()} {time.time()} 1.0")
    assert "1 new, 1 edited, 1 withdrawn" in baowatch("report", "--since", "1d").out


def test_a_portal_that_was_never_crawled_is_not_passed_over(room: Newsroom, tmp_path: Path) -> None:
    sites = tmp_path / "config" / "sites"
    written = (sites / "bao.yml").read_text(encoding="utf-8").replace("bao.example", "moi.example")
    (sites / "moi.yml").write_text(written, encoding="utf-8")
    told = baowatch(*SPAN)
    assert "moi: no crawl of it ever ended well; nothing is known." in told.out
    only = baowatch(*SPAN, "--site", "moi")
    assert "moi: no crawl of it ever ended well; nothing is known." in only.out
    assert "No site was ever crawled" not in only.out
