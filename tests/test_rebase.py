"""``baowatch rebase``: stored pages read with today's rules, and nothing told because of it."""

import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from commandline import baowatch, configure
from desks import HOME, Newsroom

from crawlers.page import Page, Validators
from monitor.rebase import _answers
from pipelines.article import Block
from pipelines.fingerprint import fingerprints
from pipelines.reading import RECIPE, read
from pipelines.rebase import Reread
from pipelines.record import record_page
from pipelines.runs import lock_site
from pipelines.store import readings, versions

ROOT = Path(__file__).parents[1]
URLS = [f"/tin/bai-{n}" for n in range(5)]
WRONG = "Chia sẻ bài viết này: 117 lượt xem trong ngày hôm nay, theo thống kê."


def paragraphs(n: int, figure: int = 0) -> list[str]:
    return [
        f"Sáng {n + 2}/3, Ủy ban nhân dân xã số {n} tổ chức hội nghị đánh giá kết quả sản xuất vụ "
        f"đông xuân, với sự tham dự của đại diện {n + 12} hợp tác xã và nhiều hộ nông dân.",
        f"Năng suất lúa bình quân đạt {60 + n + figure} tạ mỗi héc-ta, cao hơn cùng kỳ năm trước; "
        "giá bán tại ruộng ổn định, nông dân phấn khởi chuẩn bị cho vụ hè thu.",
        f"Hội nghị cũng bàn việc nạo vét {n + 3} kênh mương, tu sửa trạm bơm và cấp giống.",
    ]


def html(n: int, figure: int = 0) -> bytes:
    told = "".join(f"<p>{line}</p>" for line in paragraphs(n, figure))
    return (
        f"<!doctype html><html lang=vi><head><meta charset=utf-8><title>Hội nghị số {n}</title>"
        f'<meta property="og:type" content="article"></head><body><article><h1>Hội nghị số {n} '
        f"bàn về vụ đông xuân</h1><div>{told}</div></article></body></html>"
    ).encode()


def answer(room: Newsroom, n: int, body: bytes) -> None:
    page = Page(
        site="bao",
        url=f"{HOME}{URLS[n]}",
        final_url=f"{HOME}{URLS[n]}",
        status=200,
        fetched_at=room.clock.now(),
        body=body,
        content_type="text/html; charset=utf-8",
        validators=Validators(),
    )
    record_page(room.desk, page)


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Newsroom:
    """Five articles, the first edited twice; every version read by older rules, most wrongly."""
    made = Newsroom(configure(tmp_path, monkeypatch))
    for figure in range(3):
        made.desk = replace(made.begin(), read=read)
        made.listed(*URLS)
        for n in range(5):
            for _ in range(2):
                answer(made, n, html(n, figure if n == 0 else 0))
                made.clock.pass_by(minutes=5)
        made.end()
        made.clock.pass_by(hours=8)
    made.clock.pass_by(days=3)
    assert made.released() == [("edited", URLS[0])] * 2
    with made.store.writing() as db:
        for stored in readings.stored_readings(made.store.reader, made.desk.site_id, every=True):
            right = versions.by_id(db, stored.version_id).article
            wrong = replace(right, recipe="rules 0")
            if not stored.url.endswith(URLS[4]):  # that one was read rightly all along
                line = Block(text=f"{stored.version_id}. {WRONG}")
                wrong = replace(wrong, title="Báo", blocks=(*right.blocks, line))
            versions.rewrite(db, stored.version_id, wrong, fingerprints(wrong))
        db.execute("UPDATE articles SET title = 'Báo'")
    return made


def told(room: Newsroom) -> list[tuple[object, ...]]:
    """What people were or will be told, and what may become so."""
    counted = ("changes", "versions", "looks", "snapshots", "findings", "runs", "articles")
    connection = room.store.reader
    changes = connection.execute("SELECT * FROM changes ORDER BY id").fetchall()
    return [*changes, tuple(room.count(table) for table in counted)]


def wrong(room: Newsroom) -> int:
    """Versions that older rules read."""
    return room.count("versions", "recipe = 'rules 0'")


def assert_right(room: Newsroom) -> None:
    for stored in readings.stored_readings(room.store.reader, room.desk.site_id, every=True):
        article = versions.by_id(room.store.reader, stored.version_id).article
        n = URLS.index(stored.url.removeprefix(HOME))
        assert [block.text for block in article.blocks] == paragraphs(
            n, stored.number - 1 if n == 0 else 0
        )
        assert article.title == f"Hội nghị số {n} bàn về vụ đông xuân"
        assert article.recipe.startswith(RECIPE)
        assert stored.fingerprint == fingerprints(article).all
    assert room.count("articles", "title = 'Báo'") == 0
    unused = "NOT EXISTS (SELECT 1 FROM versions WHERE text_id = texts.id)"
    assert room.count("texts", unused) == 0
    assert room.store.reader.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert room.store.reader.execute("PRAGMA foreign_key_check").fetchall() == []


def test_readings_of_older_rules_are_put_right_and_nothing_is_told(room: Newsroom) -> None:
    before = told(room)
    newest = baowatch("rebase")
    assert (newest.status, newest.out) == (0, "bao: 6 versions read, 5 rewritten\n"), newest.said
    assert wrong(room) == 1, "the oldest version of the article that has three"
    every = baowatch("rebase", "bao", "--all-versions")
    assert every.out == "bao: 7 versions read, 1 rewritten\n"
    assert_right(room)
    assert told(room) == before
    # The next crawl meets the same texts on other bytes and has nothing to tell.
    room.desk = replace(room.begin(), read=read)
    for n in range(5):
        answer(room, n, html(n, 2 if n == 0 else 0) + b"<!-- later -->")
    room.end()
    assert room.count("looks", "state = 'pending'") == 0
    assert len(room.released()) == 2


def test_what_cannot_be_read_today_stays_and_is_named(room: Newsroom) -> None:
    with room.store.writing() as db:
        (stored, *_) = readings.stored_readings(room.store.reader, room.desk.site_id, every=False)
        page = versions.snapshot_page(db, stored.snapshot_id, site="bao")
        listing = replace(page, body=b"<html><body><h1>Tin</h1></body></html>")
        snapshot = versions.add_snapshot(db, stored.article_id, listing)
        db.execute(
            "UPDATE versions SET snapshot_id = ? WHERE id = ?", [snapshot, stored.version_id]
        )
    made = baowatch("rebase", "bao")
    assert made.status == 0, made.said
    summary, named = made.out.splitlines()
    assert summary == "bao: 6 versions read, 4 rewritten, 1 left as they are"
    assert f"{HOME}{URLS[0]} version {stored.number}: " in named
    kept = versions.by_id(room.store.reader, stored.version_id)
    assert kept.article.recipe == "rules 0"
    assert kept.article.title == "Báo"


def test_a_site_that_is_being_crawled_is_left_alone(room: Newsroom) -> None:
    lock = lock_site(room.store, "bao")
    before = wrong(room)
    made = baowatch("rebase")
    lock.release()
    assert (made.status, made.out) == (2, "")
    assert made.said.startswith(f"baowatch: bao is being crawled by process {os.getpid()} (")
    assert made.said.endswith("); wait for it to end.")
    assert wrong(room) == before


def test_wrong_words_are_one_clean_message(room: Newsroom) -> None:
    unknown = baowatch("rebase", "bao", "xa")
    assert (unknown.status, unknown.out) == (2, "")
    assert "unknown site 'xa'; known are bao" in unknown.said
    assert "crawl first" in baowatch("rebase", "--store", "nowhere.db").said
    assert wrong(room) == 7


@pytest.mark.timeout(600)
@pytest.mark.parametrize("commit", [2, 6])
def test_killed_and_run_again_everything_is_rebased(room: Newsroom, commit: int) -> None:
    before = told(room)
    killed = subprocess.run(
        [sys.executable, str(ROOT / "tests" / "killed_rebase.py"), str(commit)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
    )
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert wrong(room) == 7 - commit, "whole articles, one by one"
    again = baowatch("rebase", "--all-versions")
    assert again.status == 0, again.said
    assert_right(room)
    assert told(room) == before


def die_on_the_second(stored: readings.StoredReading) -> Reread:
    if stored.number == 2:
        os.kill(os.getpid(), signal.SIGKILL)
    return Reread(stored=stored, reason="as the test has it")


def test_a_page_that_kills_its_process_stops_no_other() -> None:
    stored = [
        readings.StoredReading(
            version_id=number,
            article_id=1,
            snapshot_id=number,
            number=number,
            url=HOME,
            fingerprint="",
            recipe="",
            is_current=False,
        )
        for number in (1, 2, 3)
    ]
    reasons = [one.reason for one in _answers(stored, die_on_the_second)]
    assert reasons == [
        "as the test has it",
        "reading it ended its process (status -9)",
        "as the test has it",
    ]
