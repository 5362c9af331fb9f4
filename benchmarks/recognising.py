"""What it costs to recognise an article under a new address, among ever more of one site.

``python benchmarks/recognising.py --articles 1000 60000``: for each number the milliseconds
of CPU, median and worst, for a page whose text is known, for one that is known but for a line
of its new template, and for an article that was never seen. One article in a hundred bears the
title "Tin vắn". Then how SQLite finds the candidates. The last column is what the end of a run
asks about a move (:mod:`pipelines.moving`), in the run that opens its finding and in the next:
a quarter of the articles redirected, a quarter is gone, the rest was looked at and stayed.
"""

import argparse
import json
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from crawlers.clock import SystemClock
from crawlers.page import Page, Validators
from crawlers.site import Site
from pipelines.accept import add_first
from pipelines.article import Article, Block
from pipelines.changes import ArticleRow, Change
from pipelines.desk import Desk, Seen
from pipelines.moving import departures, note_move
from pipelines.noise import Memory
from pipelines.profile import Profile
from pipelines.reading import Reading
from pipelines.store import articles, changes, runs, sites
from pipelines.store.opening import open_store
from pipelines.store.rows import iso
from pipelines.twins import twin_of

HOST: Final = "https://bao.example"
SITE: Final = Site.model_validate(
    {
        "name": "bao",
        "title": "Báo",
        "home": f"{HOST}/",
        "verified": False,
        "articles": [{"path": r"/[a-z]+/\d+"}],
    }
)
LAST: Final = datetime(2026, 3, 1, tzinfo=UTC)
IN_ONE_TRANSACTION: Final = 2_000
WORDS: Final = """hội nghị tỉnh huyện xã dự án ngân sách kinh tế nông thôn nước sạch trường học
cầu đường bệnh viện công nghiệp du lịch biển rừng lúa tôm cá điện gió mặt trời thanh niên phụ nữ
cựu chiến binh an ninh quốc phòng giáo dục y tế văn hóa thể thao lao động việc làm đầu tư"""
FRAME: Final = "Theo dõi báo trên các nền tảng số của tòa soạn để biết thêm tin tức."


def draw(number: int) -> Article:
    dice = random.Random(number)
    lines = (
        " ".join(dice.choices(WORDS.split(), k=60)) + f" {dice.randrange(9999)}." for _ in range(4)
    )
    title = (
        "Tin vắn" if number % 100 == 0 else " ".join(dice.choices(WORDS.split(), k=10)).capitalize()
    )
    return Article(
        site="bao",
        url=f"{HOST}/tin/{number}",
        title=title,
        lead="",
        blocks=tuple(Block(text=line.capitalize()) for line in lines),
        published_at=LAST - timedelta(minutes=13 * number),
        recipe="plain 1",
    )


def read(page: Page, site: Site, memory: Memory, profile: Profile) -> Reading:  # noqa: ARG001
    number = json.loads(page.body)
    return Reading(kind="article", reason="", article=draw(number))


def seen(number: int, article: Article, url: str) -> Seen:
    page = Page(
        site="bao",
        url=url,
        final_url=url,
        status=200,
        fetched_at=LAST,
        body=json.dumps(number).encode(),
        content_type="application/json",
        validators=Validators(),
    )
    return Seen.of(page, replace(article, url=url))


def filled(path: Path, number: int) -> Desk:
    """A site with that many articles, each with the page that it was read from."""
    store = open_store(path)
    store.reader.conn.execute("PRAGMA synchronous = OFF")
    with store.writing() as db:
        site_id = sites.site_id(db, "bao")
        run_id = runs.begin(db, site_id, host="", pid=1, now=LAST)
    clock = SystemClock()
    desk = Desk(store=store, site=SITE, site_id=site_id, run_id=run_id, clock=clock, read=read)
    for start in range(0, number, IN_ONE_TRANSACTION):
        with store.writing() as db:
            for each in range(start, min(start + IN_ONE_TRANSACTION, number)):
                one = draw(each)
                row = articles.add(db, site_id, key=one.url, url=one.url, now=LAST)
                add_first(desk, db, row, seen(each, one, one.url))
    return desk


def timed(desk: Desk, place: str, shown: Iterable[tuple[int, Article]], *, known: bool) -> str:
    spans: list[float] = []
    for each, article in shown:
        url = f"https://moi.example/{place}/{each}"
        with desk.store.writing() as db:
            row = articles.add(db, desk.site_id, key=url, url=url, now=desk.now())
            page = seen(each, article, url)
            began = time.process_time()
            twin = twin_of(desk, db, row, page)
            spans.append((time.process_time() - began) * 1000)
            found = twin is not None and twin.is_sure and twin.row.url == f"{HOST}/tin/{each}"
            assert found == known, (place, each, twin)
    return f"{statistics.median(spans):>10.2f}{max(spans):>9.2f}"


def show(number: int, place: Path) -> None:
    desk = filled(place / f"{number}.db", number)
    dice = random.Random(7)
    drawn = [(each, draw(each)) for each in dice.sample(range(number), 200)]
    framed = [(n, replace(a, blocks=(*a.blocks, Block(text=FRAME)))) for n, a in drawn]
    fresh = [(n, draw(n)) for n in range(10**7, 10**7 + 200)]
    columns = (
        timed(desk, "same", drawn, known=True),
        timed(desk, "framed", framed, known=True),
        timed(desk, "fresh", fresh, known=False),
    )
    leave(desk, number)
    spans = []
    for _ in range(2):
        began = time.process_time()
        note_move(desk)
        known = departures(desk)
        spans.append((time.process_time() - began) * 1000)
    assert sum(map(len, known[0].silent.values())) == number // 4
    print(f"{number:>9}{''.join(columns)}{spans[0]:>10.0f}{spans[1]:>8.0f}", flush=True)
    desk.store.close()


def leave(desk: Desk, number: int) -> None:
    """Of each four articles one redirects, one is gone long enough to be judged, two stay."""
    now = desk.now()
    went = now - timedelta(hours=8)
    for start in range(0, number, IN_ONE_TRANSACTION):
        with desk.store.writing() as db:
            for each in range(start, min(start + IN_ONE_TRANSACTION, number)):
                url = f"{HOST}/tin/{each}"
                row = articles.resolve(db, desk.site_id, url)
                assert row is not None
                if each % 4 == 0:
                    to = f"https://moi.example/tin/{each}"
                    changes.add(db, row.id, redirect(row, to, went), run_id=desk.run_id)
                    articles.change(db, row.id, {"url": to, "last_seen_at": iso(now)})
                elif each % 4 == 1:
                    gone = {"missing_since": iso(went), "gone_at": iso(now), "gone_looks": 2}
                    articles.change(db, row.id, {"status": "missing", **gone})
                else:
                    articles.change(db, row.id, {"last_seen_at": iso(now)})


def redirect(row: ArticleRow, to: str, at: datetime) -> Change:
    return Change(
        kind="moved",
        weight="minor",
        fields=(),
        explanation={"from": row.url, "to": to, "how": "address"},
        before_version_id=row.current_version_id,
        after_version_id=row.current_version_id,
        detected_at=at,
        confirmed_at=at,
    )


PLANS: Final = {
    "by text": "SELECT articles.id FROM texts CROSS JOIN versions ON versions.text_id = texts.id "
    "CROSS JOIN articles INDEXED BY articles_by_version "
    "ON articles.current_version_id = versions.id "
    "WHERE texts.fingerprint = ? AND articles.site_id = ?",
    "by title": "SELECT id FROM articles WHERE id IN (SELECT id FROM articles INDEXED BY "
    "articles_by_title WHERE site_id = ? AND title = ? UNION SELECT article_id "
    "FROM teasers WHERE site_id = ? AND kind = 'title' AND key = ?)",
    "by moment": "SELECT id FROM articles INDEXED BY articles_by_moment WHERE site_id = ? "
    "AND published_at >= ? AND published_at < ? AND current_version_id IS NOT NULL",
}
"""The three questions of ``pipelines/store/twins.py``, without what only sorts and bounds."""


def explain(place: Path) -> None:
    store = open_store(place / "plans.db")
    for told, sql in PLANS.items():
        found = store.reader.execute(f"EXPLAIN QUERY PLAN {sql}", [None] * sql.count("?"))
        print(f"{told}: {'; '.join(row[3] for row in found)}")
    store.close()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, nargs="+", default=[1_000, 10_000, 60_000])
    wanted = parser.parse_args()
    print("            same text         new template         not known              judge")
    print(" articles    median    worst    median    worst    median    worst     opens    next")
    with tempfile.TemporaryDirectory() as place:
        for number in wanted.articles:
            show(number, Path(place))
        explain(Path(place))
    return 0


if __name__ == "__main__":
    sys.exit(main())
