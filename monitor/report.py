"""Released changes → a Report: what people are told, apart from how it is shown."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from crawlers.site import Site
from monitor.link_news import NO_NEWS, LinkNews, Scope, link_news
from monitor.notes import Note, notes_of
from pipelines.article import Article
from pipelines.changes import Kind, Weight
from pipelines.former import Texts
from pipelines.sides import sides_of
from pipelines.store import changes, reports
from pipelines.store.opening import Reader
from pipelines.store.rows import Row, moment, moment_or_none

WEIGHTS: Final[tuple[Weight, ...]] = ("substantive", "minor", "cosmetic")
"""From the heaviest on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Which changes a report tells: of these sites and kinds (all where none is named), and
    of this weight or a heavier one. Problems are told whatever is chosen.
    """

    sites: tuple[str, ...] = ()
    kinds: tuple[Kind, ...] = ()
    weight: Weight = "minor"

    def is_heavy_enough(self, weight: Weight) -> bool:
        return WEIGHTS.index(weight) <= WEIGHTS.index(self.weight)


@dataclass(frozen=True, slots=True, kw_only=True)
class Archived:
    """Where the page as it was fetched stands in a WARC file."""

    file: str
    offset: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One released change with the readings before and after it, where there are such.

    ``archived`` is the copy of the page after the change, or of the last one before it;
    ``notes`` say what the change means for copies and translations.
    """

    change_id: int
    article_id: int
    site: str
    kind: Kind
    weight: Weight
    url: str
    title: str
    fields: tuple[str, ...]
    explanation: Mapping[str, Any]
    published_at: datetime | None
    detected_at: datetime
    released_at: datetime
    before: Article | None
    after: Article | None
    archived: Archived | None = None
    notes: tuple[Note, ...] = ()

    @property
    def language(self) -> str:
        """That of the article, an ISO 639-1 code or empty."""
        shown = self.after or self.before
        return shown.language if shown else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dismissed:
    """A change that was called a false alarm, by a person or by what the site showed since."""

    change_id: int
    kind: Kind
    url: str
    title: str
    fields: tuple[str, ...]
    detected_at: datetime
    dismissed_at: datetime
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something wrong with a site: an open finding, or a run that ended badly."""

    kind: str
    detail: str
    url: str
    since: datetime
    times: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteReport:
    """What is to be told of one site.

    ``baseline_articles`` is the number of articles known when the site's first run ended,
    if that was in the report's span; ``unread_articles`` of them are still to be fetched.
    ``hidden`` changes were left out as not weighty enough. ``looked_at`` is the end of the
    last crawl that ended well before the report's end; None where there was none.
    """

    site: str
    title: str
    entries: tuple[Entry, ...]
    dismissed: tuple[Dismissed, ...]
    problems: tuple[Problem, ...]
    baseline_articles: int | None
    unread_articles: int
    hidden: int
    looked_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Everything released between ``since`` and ``until`` (aware UTC), by site.

    ``links``: what became known of copies, translations and cited sources in that time.
    """

    since: datetime
    until: datetime
    choice: Choice
    sites: tuple[SiteReport, ...]
    links: LinkNews = NO_NEWS

    @property
    def entries(self) -> int:
        return sum(len(site.entries) for site in self.sites)

    def was_looked_at(self, site: SiteReport) -> bool:
        """Whether a crawl ended well in the span: else nothing is known of it."""
        return site.looked_at is not None and site.looked_at >= self.since


def span_end(db: Reader, now: datetime) -> datetime:
    """The end of a report that tells everything up to ``now``, which belongs to it.

    What was released later is told too: a clock that was ahead must not hide a change.
    """
    last = moment_or_none(reports.last_release(db))
    return max(now, last or now) + timedelta(microseconds=1)


def make_report(
    db: Reader,
    sites: Mapping[str, Site],
    *,
    since: datetime,
    until: datetime,
    choice: Choice = Choice(),
) -> Report:
    """The report of a span; ``sites`` are the configured ones, which lend their titles.

    One that was never crawled is told of too, as soon as any other was: nothing is known of it.
    """
    only = choice.sites[0] if len(choice.sites) == 1 else None
    found: dict[str, list[Row]] = {}
    for row in changes.released(db, since=since, until=until, site=only):
        if not choice.kinds or row["kind"] in choice.kinds:
            found.setdefault(row["site"], []).append(row)
    stored = reports.site_names(db)
    known = sorted({*stored, *sites}) if stored else []
    names = [name for name in known if not choice.sites or name in choice.sites]
    texts = Texts(db)
    return Report(
        since=since,
        until=until,
        choice=choice,
        sites=tuple(
            _site_report(
                db,
                name,
                sites[name].title if name in sites else name,
                found.get(name, []),
                texts,
                since=since,
                until=until,
                choice=choice,
            )
            for name in names
        ),
        links=link_news(
            db, Scope(since=since, until=until, sites=choice.sites, kinds=choice.kinds), texts
        ),
    )


def _site_report(
    db: Reader,
    name: str,
    title: str,
    found: Collection[Row],
    texts: Texts,
    *,
    since: datetime,
    until: datetime,
    choice: Choice,
) -> SiteReport:
    shown = [row for row in found if choice.is_heavy_enough(row["weight"])]
    baseline = reports.baseline(db, name, since=since, until=until)
    return SiteReport(
        site=name,
        title=title,
        entries=tuple(_entry(db, row, texts) for row in shown),
        dismissed=tuple(
            _dismissed(row)
            for row in changes.dismissed(db, since=since, until=until, site=name)
            if not choice.kinds or row["kind"] in choice.kinds
        ),
        problems=tuple(_problem(row) for row in reports.problems(db, name, until=until)),
        baseline_articles=baseline["articles"] if baseline else None,
        unread_articles=reports.unread(db, name),
        hidden=len(found) - len(shown),
        looked_at=moment_or_none(reports.looked_at(db, name, until=until)),
    )


def _entry(db: Reader, row: Row, texts: Texts) -> Entry:
    before, after = sides_of(db, row)
    explanation = json.loads(row["explanation"])
    return Entry(
        change_id=row["id"],
        article_id=row["article_id"],
        site=row["site"],
        kind=row["kind"],
        weight=row["weight"],
        url=row["url"],
        title=row["title"],
        fields=tuple(json.loads(row["fields"])),
        explanation=explanation,
        published_at=moment_or_none(row["published_at"]),
        detected_at=moment(row["detected_at"]),
        released_at=moment(row["released_at"]),
        before=before,
        after=after,
        archived=_archived(db, row),
        notes=notes_of(db, row, explanation, texts),
    )


def _archived(db: Reader, row: Row) -> Archived | None:
    version_id = row["after_version_id"] or row["before_version_id"]
    found = reports.archived(db, version_id) if version_id else None
    return Archived(file=found["file"], offset=found["offset"]) if found else None


def _dismissed(row: Row) -> Dismissed:
    return Dismissed(
        change_id=row["id"],
        kind=row["kind"],
        url=row["url"],
        title=row["title"],
        fields=tuple(json.loads(row["fields"])),
        detected_at=moment(row["detected_at"]),
        dismissed_at=moment(row["dismissed_at"]),
        why=row["dismissed_why"],
    )


def _problem(row: Row) -> Problem:
    return Problem(
        kind=row["kind"],
        detail=row["detail"],
        url=row["url"],
        since=moment(row["since"]),
        times=row["times"],
    )
