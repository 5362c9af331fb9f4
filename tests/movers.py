"""A portal that moves, as a desk sees it: old and new addresses, and crawls over both."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from desks import BODY, HOME, START, Newsroom

from crawlers.discovery import article_key
from crawlers.page import Failure, Link, Listing, Page, Source, Validators
from crawlers.site import Site
from pipelines.record import record_failure, record_known_bytes, record_listing, record_page
from pipelines.store import changes, planning
from pipelines.store.articles import DueWish

NEW = "https://moi.example"
FORMS = [
    {"path": r"/tin/[a-z0-9-]+"},
    {"path": r"/[a-z]+/\d{6}/[a-z0-9-]+-[a-f0-9]+/"},
    {"path": r"/[a-z0-9-]+-(?P<id>\d{7})\.html"},
]
SITE = Site.model_validate(
    {
        "name": "bao",
        "title": "Báo",
        "home": f"{NEW}/",
        "verified": False,
        "hosts": ["bao.example"],
        "articles": FORMS,
    }
)
LEFT = Site.model_validate(
    {
        "name": "bao",
        "title": "Báo",
        "home": f"{NEW}/",
        "verified": False,
        "predecessors": [
            {
                "host": "bao.example",
                "title": "Báo cũ",
                "until": "2026-03-01",
                "why": "as the test has it",
            }
        ],
        "articles": FORMS,
    }
)
NUMBERS_FEW = range(6)
PLACES = ("Phan Rang", "Ninh Hải", "Ninh Phước", "Thuận Nam", "Bác Ái", "Ninh Sơn", "Cam Ranh")


def text(number: int) -> dict[str, object]:
    """An article of its own: most of its words are no other's, its title is."""
    place = PLACES[number % len(PLACES)]
    own = [
        f"Đoàn {number * 17 + step} khảo sát {place} lần {step}, ghi nhận {number * 31 + step} "
        f"kiến nghị của {number + step} tổ dân phố số {number * 7 + step}."
        for step in range(4)
    ]
    return {
        "title": f"Hội nghị thứ {number} về phát triển {place}",
        "lead": f"Lãnh đạo {place} dự hội nghị thứ {number}.",
        "body": [*own, *BODY],
        "published_at": (START - timedelta(hours=7 * number, minutes=number)).isoformat(),
    }


@dataclass
class World:
    """What the web answers: an article's fields, a redirect, a status, or nothing (0)."""

    pages: dict[str, dict[str, object]] = field(default_factory=dict)
    redirects: dict[str, str] = field(default_factory=dict)
    statuses: dict[str, int] = field(default_factory=dict)
    dead: set[str] = field(default_factory=set)
    listed: list[str] = field(default_factory=list)
    asked: Counter[str] = field(default_factory=Counter)


class Movers(Newsroom):
    """Crawls of a world: sources, then what is due, then second looks, then the judge."""

    def list_all(self, urls: Iterable[str], source: str) -> None:
        links = tuple(Link(url=url, key=article_key(url, self.site)) for url in dict.fromkeys(urls))
        listing = Listing(
            site=self.site.name,
            source=Source(kind="listing", url=source),
            page=1,
            fetched_at=self.clock.now(),
            links=links,
            complete=True,
        )
        record_listing(self.desk, listing)

    def crawl(
        self,
        world: World,
        *,
        source: str = f"{HOME}/",
        most: int = 1_000,
        ends: bool = True,
        lists: bool = True,
    ) -> None:
        """``most``: pages that the budget allows; ``ends`` False: killed before its judge."""
        self.begin()
        started = self.clock.now()
        if lists:
            self.list_all(world.listed, source)
        left = self.look(world, started, most)
        self.clock.pass_by(minutes=3)
        for (url,) in self.store.reader.execute(
            "SELECT articles.url FROM looks JOIN articles ON articles.id = article_id "
            "WHERE state = 'pending'"
        ).fetchall():
            self.ask(world, url)
        if ends:
            self.end(complete=left > 0)

    def look(self, world: World, started: datetime, left: int) -> int:
        """Look at all that is due and at all that is known, each address once."""
        asked: set[tuple[int, str]] = set()
        while left > 0:
            wish = DueWish(now=self.clock.now(), checked_before=started)
            due = planning.due(self.store.reader, self.desk.site_id, wish, limit=1_000)
            rows = [one for one in due if (one.id, one.url) not in asked][: min(left, 5)]
            if not rows:
                break
            for row in rows:
                asked.add((row.id, row.url))
                left -= 1
                self.ask(world, row.url)
        return left

    def ask(self, world: World, url: str) -> None:
        world.asked[url] += 1
        final = world.redirects.get(url, url)
        host = final.split("/")[2]
        if host in world.dead or url.split("/")[2] in world.dead:
            record_failure(
                self.desk,
                Failure(
                    site=self.site.name,
                    url=url,
                    reason="unreachable",
                    detail="as the test has it",
                    failed_at=self.clock.now(),
                ),
            )
            return
        status = world.statuses.get(final, 200 if final in world.pages else 404)
        page = Page(
            site=self.site.name,
            url=url,
            final_url=final,
            status=status,
            fetched_at=self.clock.now(),
            body=json.dumps(world.pages.get(final)).encode() if status == 200 else b"",
            content_type="application/json",
            validators=Validators(),
        )
        record_known_bytes(self.desk, page) or record_page(self.desk, page)

    def day(self, world: World, days: int = 1, **more: object) -> None:
        """The next morning's crawl."""
        for _ in range(days):
            self.clock.pass_by(hours=23, minutes=50)
            self.crawl(world, **more)  # type: ignore[arg-type]

    def told(self) -> Counter[str]:
        return Counter(kind for kind, _ in self.released())

    def told_of(self, kind: str) -> list[str]:
        return [row["url"] for row in changes.released(self.store.reader) if row["kind"] == kind]

    def live(self) -> int:
        return self.count("articles", "merged_into IS NULL AND current_version_id IS NOT NULL")


def old_url(number: int) -> str:
    return f"{HOME}/tin/hoi-nghi-{number}"


def new_url(number: int) -> str:
    return f"{NEW}/tin-tuc/202603/hoi-nghi-thu-{number}-{number:x}a/"


def old_world(numbers: Sequence[int]) -> World:
    """A portal before it moves: its articles with texts of their own."""
    pages = {old_url(number): text(number) for number in numbers}
    return World(pages=pages, listed=list(pages))


def in_new_frame(fields: dict[str, object], number: int) -> dict[str, object]:
    """The same article as the new host's template shows it: a byline, a line of its own."""
    body = list(fields["body"])  # type: ignore[call-overload]
    line = "Tin, ảnh của phóng viên thường trú Báo Khánh Hòa tại địa bàn Ninh Thuận cũ."
    return {**fields, "body": [*body, line], "author": f"PV {number % 3}"}


def known(path: Path, numbers: Sequence[int], site: Site = SITE) -> Movers:
    """A desk that has known the old portal for two days."""
    room = Movers(path, site)
    world = old_world(numbers)
    room.crawl(world)
    room.day(world)
    assert room.released() == []
    return room
