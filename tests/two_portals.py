"""A portal and one that translates it, over one store and one clock; and what links them."""

from pathlib import Path

import pytest
from desks import SITE, Newsroom

from crawlers.site import Site
from pipelines.links import Evidence, Link, LinkKind
from pipelines.store import links

TRANSLATOR = Site.model_validate(
    {
        "name": "dich",
        "title": "Dịch",
        "home": "https://dich.example/",
        "verified": False,
        "translates": True,
        "articles": [{"path": r"/(?:ar/)?tin/[a-z0-9-]+"}],
    }
)
SITES = {"bao": SITE, "dich": TRANSLATOR}
ORIGINAL, TRANSLATION = "/tin/hoi-nghi", "/ar/tin/hoi-nghi"
FACTS = (
    "Tốc độ tăng trưởng đạt {rate} %, thu ngân sách đạt 1.250 tỷ đồng theo 57-KL/TW.",
    "Hội nghị diễn ra ngày 2/3/2026 với sự tham dự của 340 đại biểu các huyện.",
)
TOLD = (
    "بلغ معدل النمو {rate}٪ وبلغت إيرادات الميزانية 1250 مليار دونغ وفقًا للقرار 57-KL/TW.",
    "انعقد المؤتمر في 2 مارس 2026 بحضور 340 مندوبًا من المقاطعات.",
)
TOLD_AGAIN = (
    "وصلت نسبة النمو إلى {rate}٪ فيما بلغ دخل الميزانية 1250 مليار دونغ حسب القرار 57-KL/TW.",
    "عُقد المؤتمر يوم 2 مارس 2026 وحضره 340 مندوبًا جاؤوا من المقاطعات.",
)


def linked_by_hand(folder: Path, monkeypatch: pytest.MonkeyPatch) -> "Portals":
    """Both portals, of which no run finds links: a test writes down which there are."""
    monkeypatch.setattr("pipelines.settle.link_waiting", lambda desk: 0)
    made = Portals(folder / "store.db")
    made.baseline()
    return made


class Portals:
    """``bao`` writes, ``dich`` translates."""

    def __init__(self, path: Path) -> None:
        self.bao = Newsroom(path, SITE)
        self.clock = self.bao.clock
        self.dich = Newsroom(path, TRANSLATOR, clock=self.clock)

    def baseline(self, **translation: object) -> None:
        """Both are known: an article, and its translation with further fields."""
        self.bao.begin()
        self.bao.listed(ORIGINAL)
        self.bao.answer(ORIGINAL, **written("4,7"))
        self.bao.end()
        self.dich.begin()
        self.dich.listed(TRANSLATION)
        self.dich.answer(TRANSLATION, **translated("4.7", **translation))
        self.dich.end()
        self.clock.pass_by(hours=1)

    def look(self, room: Newsroom, url: str, **fields: object) -> None:
        """A run of a portal that sees ``fields`` twice, so that what differs is certain."""
        room.begin()
        for _ in range(2):
            room.answer(url, **fields)
            self.clock.pass_by(minutes=10)
        room.end()
        self.clock.pass_by(hours=1)

    def retell(self, **fields: object) -> None:
        """The translation reads otherwise, and its original was seen unchanged since."""
        self.dich.begin()
        self.dich.answer(TRANSLATION, **fields)
        self.clock.pass_by(minutes=10)
        self.look(self.bao, ORIGINAL, **written("4,7"))
        self.look(self.dich, TRANSLATION, **fields)

    def article_id(self, url: str) -> int:
        row = self.bao.store.reader.execute(
            "SELECT id FROM articles WHERE url LIKE ?", [f"https://%.example{url}"]
        ).fetchone()
        return int(row[0])

    def link(
        self,
        made: str = TRANSLATION,
        original: str = ORIGINAL,
        *,
        kind: LinkKind = "translation",
        sure: bool = True,
    ) -> None:
        """Write a link down as linking does."""
        numbers = [self.article_id(url) for url in (made, original)]
        current = [
            self.bao.store.reader.execute(
                "SELECT current_version_id FROM articles WHERE id = ?", [number]
            ).fetchone()[0]
            for number in numbers
        ]
        link = Link(
            kind=kind,
            from_article_id=numbers[0],
            to_article_id=numbers[1],
            from_version_id=current[0],
            to_version_id=current[1],
            sure=sure,
            score=9.5,
            evidence=(Evidence(kind="document", value="57-kl/tw", weight=6.0),),
            found_at=self.clock.now(),
        )
        with self.bao.store.writing() as db:
            links.add(db, link, found_at=link.found_at)

    def told(self) -> list[tuple[str, str, str, str | None]]:
        """Site, kind, weight and what is said of the original, of every released change."""
        found = self.bao.store.reader.execute(
            "SELECT sites.name, changes.kind, weight, json_extract(explanation, '$.original') "
            "FROM changes JOIN articles ON articles.id = article_id "
            "JOIN sites ON sites.id = site_id WHERE released_at IS NOT NULL ORDER BY changes.id"
        )
        return [tuple(row) for row in found.fetchall()]


def written(rate: str, **more: object) -> dict[str, object]:
    body = [text.format(rate=rate) for text in FACTS]
    return {"title": "Hội nghị đánh giá kết quả", "body": body, **more}


def translated(rate: str, texts: tuple[str, ...] = TOLD, **more: object) -> dict[str, object]:
    body = [text.format(rate=rate) for text in texts]
    return {"title": "مؤتمر لتقييم النتائج", "body": body, **more}
