"""``baowatch plan``: what is due, why, and what an hour costs a portal."""

import json
from pathlib import Path

import pytest
from commandline import baowatch, configure
from desks import BODY, HOME, Newsroom

A, B, C = "/tin/mot", "/tin/hai", "/tin/ba"


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Newsroom:
    """Two articles read an hour ago, of which one was edited since, and one not yet read."""
    made = Newsroom(configure(tmp_path, monkeypatch))
    schedule = "defaults: {cron: '@hourly', requests_per_hour: 24}\n"
    (tmp_path / "config" / "schedule.yml").write_text(schedule, encoding="utf-8")
    made.baseline(A, B)
    made.begin()
    for _ in range(2):
        made.answer(A, title="Hội nghị số 0", body=["0", *BODY, "Thiệt hại ước tính 12 tỷ đồng."])
        made.clock.pass_by(minutes=5)
    made.listed(A, B, C)
    made.end()
    return made


def plan(*words: str) -> object:
    told = baowatch("plan", "--json", *words)
    assert told.status == 0, told.said
    return json.loads(told.out)


def test_the_sites_are_shown_with_what_is_due_and_what_it_costs(room: Newsroom) -> None:
    (bao,) = [one for one in plan() if one["site"] == "bao"]  # type: ignore[attr-defined]
    assert (bao["known"], bao["unread"]) == (2, 1)
    assert bao["planned"] > 0
    assert bao["budget"] > 0
    told = baowatch("plan")
    assert told.status == 0
    assert "bao" in told.out


def test_a_sites_next_pages_come_with_their_reasons(room: Newsroom) -> None:
    shown = plan("--site", "bao")
    urls = [one["url"] for one in shown["articles"]]  # type: ignore[index]
    assert set(urls) == {f"{HOME}{path}" for path in (A, B, C)}
    (source,) = shown["sources"]  # type: ignore[index]
    assert source["source"]["url"] == f"{HOME}/"
    told = baowatch("plan", "--site", "bao")
    assert f"{HOME}{C}" in told.out
    assert "never read" in told.out


def test_an_edited_article_is_looked_at_sooner_than_its_like(room: Newsroom) -> None:
    edited, quiet = (plan("--explain", f"{HOME}{path}") for path in (A, B))
    assert edited["edits"] > quiet["edits"] == 0  # type: ignore[index]
    assert edited["gap"] < quiet["gap"]  # type: ignore[index]
    told = baowatch("plan", "--explain", f"{HOME}{A}")
    assert "edits seen" in told.out
    assert "when its gap is over" in told.out or "sooner than its gap" in told.out


def test_learning_sets_the_price_by_the_budget(room: Newsroom) -> None:
    room.clock.pass_by(days=2)
    learned = plan("--learn")
    assert learned["prices"]["bao"] > 0  # type: ignore[index]
    assert sum(learned["hours"]) > 0  # type: ignore[index]
    (price,) = room.store.reader.execute("SELECT price FROM sites WHERE name = 'bao'").fetchone()
    assert price == pytest.approx(learned["prices"]["bao"])  # type: ignore[index]
    assert "observed" in baowatch("plan", "--learn").out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--site", "baa"), "unknown site 'baa'"),
        (("--explain", f"{HOME}/tin/khong-co"), "no known article"),
        (("--site", "bao", "--learn"), "give one of"),
    ],
)
def test_wrong_input_is_one_clean_message(
    room: Newsroom, words: tuple[str, ...], said: str
) -> None:
    told = baowatch("plan", *words)
    assert told.status == 2
    assert said in told.said


def test_nothing_crawled_yet_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    configure(tmp_path, monkeypatch)
    told = baowatch("plan")
    assert told.status == 2
    assert "crawl first" in told.said
