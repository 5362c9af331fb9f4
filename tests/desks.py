"""A desk over a real store file, pages that say plainly what they hold, a clock set by hand."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from crawlers.page import (
    Failure,
    FailureReason,
    Link,
    Listing,
    Page,
    Source,
    SourceKind,
    Validators,
)
from crawlers.site import Site
from pipelines.article import Article, Block
from pipelines.citation import Citation
from pipelines.desk import Desk, Verdict
from pipelines.noise import Memory
from pipelines.profile import NO_PROFILE, Profile
from pipelines.reading import Reading
from pipelines.record import (
    record_failure,
    record_known_bytes,
    record_listing,
    record_page,
)
from pipelines.settle import Settled, settle
from pipelines.store import changes, runs, search, sites
from pipelines.store.opening import Store, open_store

START = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
HOME = "https://bao.example"
SITE = Site.model_validate(
    {
        "name": "bao",
        "title": "Báo",
        "home": f"{HOME}/",
        "verified": False,
        "articles": [{"path": r"/[a-z0-9-]+-(?P<id>\d{7})\.html"}, {"path": r"/tin/[a-z0-9-]+"}],
    }
)
BODY = (
    (
        "Sáng 2/3, Ủy ban nhân dân tỉnh tổ chức hội nghị đánh giá kết quả thực hiện nhiệm vụ "
        "quý I, triển khai nhiệm vụ quý II năm 2026."
    ),
    "Tốc độ tăng trưởng đạt 4,7 %, thu ngân sách đạt 1.250 tỷ đồng, bằng 27 % dự toán giao.",
)


class SetClock:
    """A clock that stands still until it is moved."""

    def __init__(self, now: datetime = START) -> None:
        self._now = now

    def now(self) -> datetime:
        # Two events never happen at one moment, as on any real clock.
        self._now += timedelta(microseconds=1)
        return self._now

    def pass_by(self, **span: float) -> None:
        self._now += timedelta(**span)

    def wait_seconds(self, span: timedelta) -> float:
        return max(span.total_seconds(), 0.0)


def read_plainly(page: Page, site: Site, memory: Memory, profile: Profile = NO_PROFILE) -> Reading:
    """Pages of this module are JSON: the fields of an article, or what else they are."""
    fields = json.loads(page.body)
    if "not" in fields:
        return Reading(kind=fields["not"], reason="as the test has it")
    blocks = [line for line in fields["body"] if not memory.is_known_title(line)]
    published = fields.get("published_at")
    return Reading(
        kind="article",
        reason="as the test has it",
        citations=tuple(Citation(url=url, how="link") for url in fields.get("cites", ())),
        article=Article(
            site=site.name,
            url=page.url,
            title=fields["title"],
            lead=fields.get("lead", ""),
            blocks=tuple(Block(text=line) for line in blocks),
            captions=tuple(fields.get("captions", ())),
            author=fields.get("author", ""),
            published_at=datetime.fromisoformat(published) if published else None,
            canonical=fields.get("canonical", ""),
            recipe="plain 1",
        ),
    )


class Newsroom:
    """Drives runs over one store as a crawl would, one answer at a time."""

    def __init__(self, path: Path, site: Site = SITE, clock: SetClock | None = None) -> None:
        self.store: Store = open_store(path)
        self.clock = clock or SetClock()
        self.site = site
        self.home = site.home.rstrip("/")
        self.sites: dict[str, Site] = {}
        self.desk: Desk

    def begin(self) -> Desk:
        now = self.clock.now()
        with self.store.writing() as db:
            site_id = sites.site_id(db, self.site.name)
            run_id = runs.begin(db, site_id, host="test", pid=1, now=now)
        self.desk = Desk(
            store=self.store,
            site=self.site,
            site_id=site_id,
            run_id=run_id,
            clock=self.clock,
            read=read_plainly,
            sites=self.sites,
        )
        return self.desk

    def end(self, *, complete: bool = True, thorough: bool | None = None) -> Settled:
        settled = settle(
            self.desk, complete=complete, thorough=complete if thorough is None else thorough
        )
        with self.store.writing() as db:
            runs.finish(db, self.desk.run_id, reason="finished", now=self.clock.now())
        # Whatever the test is about: what can be found is what stands.
        assert list(search.faults(self.store.reader)) == []
        return settled

    def listed(
        self,
        *urls: str,
        kind: SourceKind = "listing",
        source: str = "",
        page: int = 1,
        published_at: datetime | None = None,
    ) -> int:
        from crawlers.discovery import article_key

        links = tuple(
            Link(
                url=f"{self.home}{url}",
                key=article_key(f"{self.home}{url}", self.site),
                published_at=published_at,
            )
            for url in urls
        )
        listing = Listing(
            site=self.site.name,
            source=Source(kind=kind, url=source or f"{self.home}/"),
            page=page,
            fetched_at=self.clock.now(),
            links=links,
            complete=True,
        )
        return record_listing(self.desk, listing).added

    def answer(
        self,
        url: str,
        *,
        final: str = "",
        status: int = 200,
        validators: Validators = Validators(),
        conditional: bool = False,
        fields: dict[str, object] | None = None,
        **article: object,
    ) -> Verdict:
        """An answer with an article of the given fields (or ``fields`` in full)."""
        told = {"title": "Hội nghị", "body": BODY, "published_at": START.isoformat(), **article}
        body = json.dumps(told if fields is None else fields).encode()
        page = Page(
            site=self.site.name,
            url=f"{self.home}{url}",
            final_url=f"{self.home}{final or url}",
            status=status,
            fetched_at=self.clock.now(),
            body=body if status == 200 else b"",
            content_type="application/json",
            validators=validators,
            conditional=conditional,
        )
        return record_known_bytes(self.desk, page) or record_page(self.desk, page)

    def fail(
        self, url: str, reason: FailureReason = "unreachable", source: SourceKind | None = None
    ) -> None:
        record_failure(
            self.desk,
            Failure(
                site=self.site.name,
                url=f"{self.home}{url}" if url else "",
                reason=reason,
                detail="as the test has it",
                failed_at=self.clock.now(),
                source=Source(kind=source, url=f"{self.home}{url}") if source else None,
            ),
        )

    def baseline(self, *urls: str, **article: object) -> None:
        """A first run that finds ``urls``; without fields each gets a text of its own."""
        self.begin()
        self.listed(*urls)
        for number, url in enumerate(urls):
            own = article or {"title": f"Hội nghị số {number}", "body": [f"{number}", *BODY]}
            self.answer(url, **own)
        self.end()
        self.clock.pass_by(hours=1)

    def released(self) -> list[tuple[str, str]]:
        """Kind and path of every released change, in order."""
        return [
            (row["kind"], row["url"].removeprefix(self.home))
            for row in changes.released(self.store.reader)
        ]

    def count(self, table: str, where: str = "1") -> int:
        return self.store.reader.execute(f"SELECT count(*) FROM {table} WHERE {where}").fetchone()[
            0
        ]


__all__ = ["BODY", "HOME", "SITE", "START", "Newsroom", "SetClock", "read_plainly", "replace"]
