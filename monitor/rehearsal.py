"""Crawls of the replica portals in fast time: what ``baowatch demo`` and the tests run."""

import asyncio
import json
import os
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Final

from crawlers.clock import CLOCK_VARIABLE, ORIGINS_VARIABLE, FastClock
from crawlers.discovery import article_key
from crawlers.site import Site
from monitor.crawl import CrawlOrder, CrawlResult, run_crawls
from monitor.project import Project
from monitor.replica.acts import TRANSLATOR
from monitor.replica.server import Replica
from monitor.report import make_report
from pipelines.changes import ArticleRow
from pipelines.store import articles, links, sites
from pipelines.store.opening import Reader, open_store

RATE: Final = 600.0
"""Seconds that pass for the crawls in one real second."""
MORNING: Final = timedelta(hours=1)
"""How long after an edition began it is crawled."""
BETWEEN_ROUNDS: Final = timedelta(hours=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsal:
    """A project whose crawls meet the replica instead of the portals."""

    project: Project
    replica: Replica
    rate: float = RATE
    settings: Mapping[str, str] = field(default_factory=dict)

    @property
    def sites(self) -> list[str]:
        """The portals with a script; others that the replica may serve have none."""
        return sorted(self.replica.script.editions[0].portals)

    def set_clock(self, moment: datetime) -> FastClock:
        """Let it be ``moment`` now, on the replica and for the crawls begun from here on."""
        clock = FastClock(start=moment, real_start=time.time(), rate=self.rate)
        self.replica.clock = clock
        return clock

    def begin_round(self, edition: int, planned: datetime) -> FastClock:
        """Serve ``edition`` at ``planned``, or as soon as a slow machine lets it be.

        Rounds lie at least seven hours apart, since some things need two looks over six.
        """
        before = self.replica.clock
        self.replica.set_edition(edition)
        if isinstance(before, FastClock):
            planned = max(planned, before.now() + BETWEEN_ROUNDS)
        return self.set_clock(planned)

    def environment(self) -> dict[str, str]:
        """What a child process must be told to meet the replica."""
        clock = self.replica.clock
        assert isinstance(clock, FastClock), "set_clock comes first"
        return {
            ORIGINS_VARIABLE: json.dumps(self.replica.origins),
            CLOCK_VARIABLE: clock.variable(),
        }

    def crawl(
        self,
        sites: Sequence[str],
        *,
        arguments: Mapping[str, str] | None = None,
        side_by_side: int = os.cpu_count() or 2,
    ) -> list[CrawlResult]:
        """Crawl the sites as they are now; every known article is looked at again."""
        orders = [
            CrawlOrder(
                site=site,
                arguments={"recheck": "all"} if arguments is None else arguments,
                settings=self.settings,
                environment=self.environment(),
            )
            for site in sites
        ]
        return asyncio.run(run_crawls(self.project, orders, side_by_side=side_by_side))

    def rounds(self) -> list[tuple[int, datetime]]:
        """Edition and moment of each round of crawls that lets everything scripted be told.

        One an edition, and one more eight hours after the last, because an article is
        withdrawn only when it was gone for six.
        """
        editions = self.replica.script.editions
        each = [(edition.number, edition.begins_at + MORNING) for edition in editions]
        return [*each, (editions[-1].number, each[-1][1] + timedelta(hours=8))]


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Told:
    """A change as the report tells it, or as the script has it.

    ``article`` is the oldest address that the store knows the article by, so that the two
    can be compared whatever address each names; ``to_url`` where a move leads.
    """

    site: str
    kind: str
    article: str
    fields: tuple[str, ...]
    to_url: str = ""


def told_and_expected(rehearsal: Rehearsal) -> tuple[Counter[Told], Counter[Told]]:
    """What the report tells by default, and what the script says it should.

    A translation that follows its original is an edit. Where the store has no sure link to the
    original, nobody can say more than that it is reworded: that is as true, and counts as what
    is expected.
    """
    known, _ = rehearsal.project.sites()
    store = open_store(rehearsal.project.store)
    report = make_report(store.reader, known, since=FIRST_DAY, until=LAST_DAY)
    told = Counter(
        Told(
            site=site.site,
            kind=entry.kind,
            article=_first_address(store.reader, known[site.site], entry.url),
            fields=tuple(sorted(entry.fields)),
            to_url=article_key(entry.explanation.get("to", ""), known[site.site])
            if entry.kind == "moved"
            else "",
        )
        for site in report.sites
        for entry in site.entries
    )
    script = rehearsal.replica.script
    expected = Counter(
        Told(
            site=one.site,
            kind=one.kind,
            article=_first_address(store.reader, known[one.site], one.url),
            fields=tuple(sorted(one.fields)),
            to_url=article_key(one.to_url, known[one.site]) if one.to_url else "",
        )
        for edition in script.editions
        for one in script.expected(edition.number)
        if one.reported
    )
    for one in [one for one in expected if one.site == TRANSLATOR and one.kind == "edited"]:
        row = _row(store.reader, known[one.site], one.article)
        if row and knows_original(store.reader, row.id):
            continue
        unknown = replace(one, kind="reworded")
        n = min(told[unknown], expected[one] - told[one])
        told += Counter({one: n})
        told -= Counter({unknown: n})
    store.close()
    return told, expected


def knows_original(db: Reader, article_id: int) -> bool:
    """Whether it is sure of which article this one is a translation or copy."""
    return any(link.sure for link in links.of_article(db, article_id))


def _first_address(db: Reader, site: Site, url: str) -> str:
    found = _row(db, site, url)
    return articles.addresses(db, found.id)[0] if found else url


def _row(db: Reader, site: Site, url: str) -> ArticleRow | None:
    row = sites.site_row(db, site.name)
    return articles.resolve(db, row["id"], article_key(url, site)) if row else None


FIRST_DAY: Final = datetime(1970, 1, 1, tzinfo=UTC)
LAST_DAY: Final = datetime(9999, 1, 1, tzinfo=UTC)
