"""The commands that read the store, run as a person runs them."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from desks import BODY, SITE, START, Newsroom

ROOT = Path(__file__).parents[1]
A, B, NEW = "/tin/mot", "/tin/hai", "/tin/moi"
Run = Callable[..., subprocess.CompletedProcess[str]]
SITE_FILE = r"""
title: Báo
home: https://bao.example/
verified: false
articles:
  - path: '/[a-z0-9-]+-(?P<id>\d{7})\.html'
  - path: '/tin/[a-z0-9-]+'
"""


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """``baowatch WORD …`` in a process, with a configuration of one site."""
    sites = tmp_path / "config" / "sites"
    sites.mkdir(parents=True)
    (sites / "bao.yml").write_text(SITE_FILE, encoding="utf-8")
    monkeypatch.setenv("BAOWATCH_CONFIG", str(tmp_path / "config"))
    monkeypatch.setenv("BAOWATCH_STORE", str(tmp_path / "store.db"))
    monkeypatch.setenv("COLUMNS", "100")

    def command(*words: str) -> subprocess.CompletedProcess[str]:
        code = "from monitor.cli import main; main()"
        return subprocess.run(
            [sys.executable, "-c", code, *words], cwd=ROOT, capture_output=True, text=True
        )

    return command


@pytest.fixture
def room(tmp_path: Path) -> Newsroom:
    """A store with a baseline, an edit, something new and something withdrawn."""
    made = Newsroom(tmp_path / "store.db")
    made.baseline(A, B, "/tin/ba")
    edited = {"title": "Hội nghị số 0", "body": ["0", BODY[0], BODY[1].replace("4,7", "47")]}
    for _ in range(2):
        made.begin()
        made.listed(NEW)
        made.answer(A, **edited)
        made.answer(B, status=404)
        made.answer(NEW, title="Khánh thành cầu\x1b[31m", body=["một", *BODY])
        made.clock.pass_by(minutes=3)
        made.answer(A, **edited)
        made.end()
        made.clock.pass_by(hours=8)
    return made


def test_the_report_tells_what_changed_word_by_word(run: Run, room: Newsroom) -> None:
    told = run("report", "--since", START.isoformat(), "--until", "2026-03-05")
    assert told.returncode == 0, told.stderr
    assert "First crawl: 3 articles known." in told.stdout
    assert "1 new, 1 edited, 1 withdrawn" in told.stdout
    assert "[-4,7 %-]{+47 %+}" in told.stdout
    assert "substantive: body" in told.stdout
    assert "\x1b" not in told.stdout


def test_the_report_as_json(run: Run, room: Newsroom) -> None:
    told = run("report", "--since", START.isoformat(), "--until", "2026-03-05", "--format", "json")
    report = json.loads(told.stdout)
    assert report["schema_version"] == 3
    (site,) = report["sites"]
    kinds = {change["kind"]: change for change in site["changes"]}
    assert set(kinds) == {"new", "edited", "withdrawn"}
    assert kinds["edited"]["fields"] == ["body"]
    assert "47 %" in kinds["edited"]["after"]["text"]
    assert datetime.fromisoformat(kinds["new"]["released_at"]).tzinfo == UTC


def test_an_empty_span_says_so(run: Run, room: Newsroom) -> None:
    room.begin()
    room.end()
    span = ("--since", room.clock.now().isoformat(), "--until", "2026-03-05")
    assert "nothing is known since" in run("report", *span).stdout
    room.begin()
    room.end()
    assert "Nothing new, nothing changed." in run("report", *span).stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("report", "--since", "yesterday"), "no span like 24h"),
        (("report", "--site", "xa"), "unknown site 'xa'"),
        (("history", "https://elsewhere.example/tin/mot"), "belongs to none of the sites"),
        (("crawl", "xa"), "unknown site 'xa'"),
        (("crawl", "bao", "-a", "limit"), "write it as name=value"),
    ],
)
def test_wrong_words_are_one_clean_message(
    run: Run, room: Newsroom, words: tuple[str, ...], said: str
) -> None:
    told = run(*words)
    assert told.returncode == 2
    assert said in " ".join(told.stderr.replace("│", " ").split())
    assert "Traceback" not in told.stderr


def test_without_a_store_the_report_says_to_crawl(run: Run) -> None:
    told = run("report")
    assert told.returncode == 2
    assert "crawl first" in " ".join(told.stderr.replace("│", " ").split())


def test_a_store_that_is_no_database_is_one_line(run: Run, tmp_path: Path) -> None:
    (tmp_path / "store.db").write_text("a shopping list " * 100)
    told = run("report")
    assert (told.returncode, told.stdout) == (2, "")
    assert told.stderr.count("\n") == 1
    assert "is not a database" in told.stderr


def test_history_tells_versions_and_what_lies_between(run: Run, room: Newsroom) -> None:
    told = run("history", f"https://bao.example{A}")
    assert told.returncode == 0, told.stderr
    assert "Version 1" in told.stdout
    assert "Version 2" in told.stdout
    assert "[-4,7 %-]{+47 %+}" in told.stdout
    unknown = run("history", "https://bao.example/tin/chua-tung-co")
    assert unknown.returncode == 1
    assert "is not known" in unknown.stderr


def test_sites_names_a_broken_file_and_lists_the_others(
    run: Run, room: Newsroom, tmp_path: Path
) -> None:
    broken = tmp_path / "config" / "sites" / "hong.yml"
    broken.write_text("title: Hỏng\nhome: https://hong.example/\nverifed: false\n")
    told = run("sites")
    assert told.returncode == 2
    assert "bao" in told.stdout
    assert "hong.yml" in told.stderr
    assert "verified" in told.stderr, "the nearest known key is named"
    listed = json.loads(run("sites", "--json").stdout)
    assert [site["site"] for site in listed["sites"]] == [SITE.name]
    assert listed["sites"][0]["live_articles"] == 3


def test_crawl_without_a_portal_says_how_it_went(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    # A map that leads nowhere: the guard refuses every address, and nothing is fetched.
    monkeypatch.setenv("BAOWATCH_ORIGINS", '{"https://other.example": "http://127.0.0.1:9"}')
    monkeypatch.setenv("BAOWATCH_CLOCK", f"{START.isoformat()} 0.0 1.0")
    told = run("crawl", "bao")
    assert told.stdout.startswith("bao: finished; ")
    assert told.returncode == 1, "nothing answered"
    report = run("report", "--since", "10000d")
    assert "problem" in report.stdout


def test_scrapy_crawl_refuses_an_unusable_store_in_one_line(tmp_path: Path, run: Run) -> None:
    (tmp_path / "store.db").write_text("a shopping list " * 100)
    told = subprocess.run(
        [sys.executable, "-m", "scrapy", "crawl", "bao"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        env={**os.environ, "BAOWATCH_ORIGINS": '{"https://bao.example": "http://127.0.0.1:9"}'},
    )
    assert told.returncode == 2
    assert told.stderr.count("\n") == 1
    assert "is not a database" in told.stderr
