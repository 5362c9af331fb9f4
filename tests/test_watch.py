"""A page that is followed is looked at in time, before other rechecks, and never beyond budget."""

import json
import os
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import loopback
import pytest
from commandline import baowatch, configure
from desks import BODY, HOME, Newsroom

from crawlers.clock import FastClock
from pipelines.store import planning, watched
from pipelines.store.articles import DueWish
from pipelines.store.opening import open_store

OLD, A, B = "/tin/xua", "/tin/mot", "/tin/hai"
QUARTER = timedelta(minutes=15)


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return configure(tmp_path, monkeypatch)


@pytest.fixture
def room(path: Path) -> Newsroom:
    made = Newsroom(path)
    made.baseline(OLD, A, B)
    with made.store.writing() as db:  # none is due for long
        far = "2027-01-01T00:00:00.000000+00:00"
        db.execute("UPDATE articles SET due_at = ?", [far])
        db.execute("UPDATE sources SET due_at = ?", [far])
    made.begin()
    return made


def number(room: Newsroom, url: str) -> int:
    found = room.store.reader.execute("SELECT id FROM articles WHERE url = ?", [HOME + url])
    return int(found.fetchone()[0])


def follow(room: Newsroom, url: str, every: timedelta = QUARTER) -> int:
    article_id = number(room, url)
    with room.store.writing() as db:
        watched.follow(db, article_id, every=every, note="", now=room.clock.now())
    return article_id


def due(room: Newsroom, **wish: object) -> list[str]:
    wanted = DueWish(now=room.clock.now(), **wish)  # type: ignore[arg-type]
    found = planning.due(room.store.reader, room.desk.site_id, wanted, limit=10)
    return [row.url.removeprefix(HOME) for row in found]


def own(url: str) -> dict[str, object]:
    """What the page has said all along."""
    place = (OLD, A, B).index(url)
    return {"title": f"Hội nghị số {place}", "body": [f"{place}", *BODY]}


def test_it_is_due_whenever_its_time_is_over(room: Newsroom) -> None:
    follow(room, OLD)
    for _ in range(3):
        assert due(room) == [OLD]
        room.answer(OLD, **own(OLD))
        assert due(room) == []
        room.clock.pass_by(minutes=14)
        assert due(room) == []
        room.clock.pass_by(minutes=1)


def test_it_comes_before_news_and_the_overdue_but_after_second_looks(room: Newsroom) -> None:
    follow(room, OLD)
    room.answer(A, title="Hội nghị số 1", body=["1", *BODY, "Bổ sung một đoạn tin mới."])
    room.listed("/tin/moi")
    with room.store.writing() as db:
        db.execute("UPDATE articles SET due_at = '2026-03-01T00:00:00+00:00' WHERE url LIKE '%hai'")
    room.clock.pass_by(minutes=20)
    assert due(room) == [A, OLD, "/tin/moi", B]
    assert due(room, rechecks=False) == [A, "/tin/moi"]
    assert due(room, first_looks=False) == [A]


def test_the_clock_wakes_for_it(room: Newsroom) -> None:
    room.end()
    db, site_id = room.store.reader, room.desk.site_id
    assert not planning.has_due(db, site_id, room.clock.now())
    follow(room, OLD, every=timedelta(hours=3))
    assert not planning.has_due(db, site_id, room.clock.now())
    room.clock.pass_by(hours=2)
    assert planning.has_due(db, site_id, room.clock.now())


def test_a_page_that_fails_is_left_alone_as_any_other(room: Newsroom) -> None:
    follow(room, OLD)
    for _ in range(4):
        room.fail(OLD)
    room.clock.pass_by(hours=3)
    assert due(room) == []
    room.clock.pass_by(hours=2)
    assert due(room) == [OLD]


def test_a_page_that_is_gone_is_looked_at_as_often(room: Newsroom) -> None:
    follow(room, OLD)
    room.answer(OLD, status=404)
    room.clock.pass_by(minutes=15)
    assert due(room) == [OLD]


def test_two_looks_still_confirm(room: Newsroom) -> None:
    follow(room, OLD)
    edited = {"title": "Hội nghị số 0", "body": ["0", *BODY, "Tăng 12 % so với năm trước."]}
    assert room.answer(OLD, **edited).name == "suspected"
    assert due(room) == []
    room.clock.pass_by(minutes=3)
    assert due(room) == [OLD]
    assert room.answer(OLD, **edited).name == "changed"
    assert due(room) == []


def test_it_is_followed_under_its_other_name_and_to_its_end(room: Newsroom) -> None:
    article_id = number(room, A)
    follow(room, OLD)
    room.answer(A, final=OLD, **own(OLD))  # the two are one
    assert watched.is_watched(room.store.reader, article_id)
    room.listed("/tin/khac")
    other = follow(room, "/tin/khac")
    room.answer("/tin/khac", final=OLD, **own(OLD))
    assert not watched.is_watched(room.store.reader, other)
    assert [one.article_id for one in watched.all_watched(room.store.reader)] == [article_id]
    room.end()
    assert baowatch("forget", f"{HOME}{OLD}", "--why", "request").status == 0
    assert room.count("watched") == 0


def test_the_command(room: Newsroom) -> None:
    room.end()
    assert "Nothing is watched" in baowatch("watch").out
    told = baowatch("watch", f"{HOME}{OLD}", "--every", "2h", "--note", "phiên\x1b[31m tòa")
    assert told.status == 0
    assert "every 2.0 h at least" in told.out
    assert "0.5 looks an hour" in told.out
    listed = baowatch("watch").out
    assert OLD in listed
    assert "phiên[31m tòa" in listed
    explained = baowatch("plan", "--explain", f"{HOME}{OLD}").out
    assert "watched: looked at every 2.0 h at least" in explained
    assert "it is watched" in explained
    plan = json.loads(baowatch("plan", "--explain", f"{HOME}{OLD}", "--json").out)
    assert plan["watched_every"] == 2
    assert baowatch("watch", f"{HOME}{OLD}", "--every", "12h").status == 0, "may be changed"
    assert room.count("watched", "every = 43200") == 1
    assert "no more" in baowatch("watch", "--stop", f"{HOME}{OLD}").out
    assert baowatch("watch", "--stop", f"{HOME}{OLD}").status == 2
    assert room.count("watched") == 0


def test_what_would_take_the_budget_is_said(room: Newsroom) -> None:
    room.end()
    with room.store.writing() as db:
        for url in (OLD, A, B):
            watched.follow(
                db, number(room, url), every=timedelta(seconds=20), note="", now=room.clock.now()
            )
    told = baowatch("watch", f"{HOME}{OLD}", "--every", "10m").out
    assert "more than the budget" in told


def test_a_site_that_is_crawled_more_seldom_is_named(room: Newsroom) -> None:
    room.end()
    schedule = Path(os.environ["BAOWATCH_CONFIG"]) / "schedule.yml"
    for cron, said in (("10 6-22/2 * * *", "crawls bao about every 2"), ("never", "never crawls")):
        schedule.write_text(f"sites: {{bao: {{cron: '{cron}'}}}}\n", encoding="utf-8")
        assert said in baowatch("watch", f"{HOME}{OLD}", "--every", "15m").out
    schedule.write_text("sites: {bao: {cron: '*/15 * * * *'}}\n", encoding="utf-8")
    assert "The schedule" not in baowatch("watch", f"{HOME}{OLD}", "--every", "15m").out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["https://elsewhere.example/tin/1"], "adding-a-site"),
        (["not an address"], "adding-a-site"),
        ([f"{HOME}{A}", "--every", "5m"], "from 10m to 30d"),
        ([f"{HOME}{A}", "--every", "often"], "from 10m to 30d"),
        (["--stop"], "needs the address"),
    ],
)
def test_what_cannot_be_watched_is_refused_in_a_line(
    room: Newsroom, words: list[str], said: str
) -> None:
    told = baowatch("watch", *words)
    assert told.status == 2
    assert said in told.said
    assert room.count("watched") == 0


def test_what_was_forgotten_is_not_watched(room: Newsroom) -> None:
    room.end()
    baowatch("forget", f"{HOME}{A}", "--why", "request")
    assert "forgotten by law" in baowatch("watch", f"{HOME}{A}").said


def test_an_unknown_page_is_fetched_first_by_the_next_crawl(path: Path) -> None:
    told = baowatch("watch", f"{HOME}/tin/chua-biet")
    assert "the next crawl of its site fetches it" in told.out
    room = Newsroom(path)
    room.clock.pass_by(days=10_000)
    room.begin()
    room.listed("/tin/moi")
    assert due(room) == ["/tin/chua-biet", "/tin/moi"]
    assert room.answer("/tin/chua-biet").name == "baseline"
    room.end()
    assert room.released() == []


def test_a_crawl_asks_for_it_and_for_nothing_else(tmp_path: Path) -> None:
    """By the command that the daemon starts; the other page is not due for days."""
    store = tmp_path / "store.db"
    text = "Sáng 1/3, tỉnh tổ chức hội nghị đánh giá kết quả thực hiện nhiệm vụ quý I. " * 8
    pages = {"/mot-1.html": text, "/hai-2.html": f"Khác hẳn. {text}"}

    def at(*, hours: int, url: str = "") -> None:
        start = datetime(2026, 3, 1, tzinfo=UTC) + timedelta(hours=hours)
        clock = FastClock(start=start, real_start=time.time(), rate=600.0)
        extra = {
            "SCRAPY_SETTINGS_MODULE": "crawlers.settings",
            "BAOWATCH_STORE": str(store),
            "BAOWATCH_CLOCK": clock.variable(),
        }
        named = f"url={url}" if url else "sources=none"
        loopback.crawl(tmp_path, portal, "-a", named, extra=extra)

    with loopback.Portal().open() as portal:
        for number, (path, said) in enumerate(pages.items()):
            page = f"<title>Tin số {number}</title><h1>Tin số {number}</h1><p>{said}</p>"
            headers = {"Content-Type": "text/html; charset=utf-8"}
            portal.replies[path] = loopback.Reply(page.encode(), headers=headers)
        known = ",".join(f"{loopback.HOME.rstrip('/')}{path}" for path in pages)
        at(hours=0, url=known)
        opened = open_store(store)
        with opened.writing() as db:
            watched.follow(db, 1, every=QUARTER, note="", now=datetime(2026, 3, 1, tzinfo=UTC))
        opened.close()
        at(hours=18)
        assert [portal.count(path) for path in pages] == [2, 1]
