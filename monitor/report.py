"""Released changes → a Report: what people are told, apart from how it is shown."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from crawlers.site import Site
from pipelines.article import Article
from pipelines.changes import Kind, Weight
from pipelines.sides import own_sides
from pipelines.store import changes, reports, versions
from pipelines.store.opening import Reader
from pipelines.store.rows import Row, moment, moment_or_none


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One released change with the readings before and after it, where there are such."""

    change_id: int
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
    """

    site: str
    title: str
    entries: tuple[Entry, ...]
    dismissed: tuple[Dismissed, ...]
    problems: tuple[Problem, ...]
    baseline_articles: int | None
    unread_articles: int
    hidden: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Everything released between ``since`` and ``until`` (aware UTC), by site."""

    since: datetime
    until: datetime
    sites: tuple[SiteReport, ...]

    @property
    def entries(self) -> int:
        return sum(len(site.entries) for site in self.sites)


def make_report(
    db: Reader,
    sites: Mapping[str, Site],
    *,
    since: datetime,
    until: datetime,
    only: str | None = None,
    everything: bool = False,
) -> Report:
    """The report of a span; cosmetic changes only with ``everything``."""
    found = changes.released(db, since=since, until=until, site=only)
    names = [name for name in reports.site_names(db) if only in (None, name)]
    return Report(
        since=since,
        until=until,
        sites=tuple(
            _site_report(
                db,
                name,
                sites[name].title if name in sites else name,
                [row for row in found if row["site"] == name],
                since=since,
                until=until,
                everything=everything,
            )
            for name in names
        ),
    )


def _site_report(
    db: Reader,
    name: str,
    title: str,
    found: Iterable[Row],
    *,
    since: datetime,
    until: datetime,
    everything: bool,
) -> SiteReport:
    entries = [_entry(db, row) for row in found]
    shown = [entry for entry in entries if everything or entry.weight != "cosmetic"]
    baseline = reports.baseline(db, name, since=since, until=until)
    return SiteReport(
        site=name,
        title=title,
        entries=tuple(shown),
        dismissed=tuple(
            _dismissed(row) for row in changes.dismissed(db, since=since, until=until, site=name)
        ),
        problems=tuple(_problem(row) for row in reports.problems(db, name, until=until)),
        baseline_articles=baseline["articles"] if baseline else None,
        unread_articles=reports.unread(db, name),
        hidden=len(entries) - len(shown),
    )


def _entry(db: Reader, row: Row) -> Entry:
    before, after = _sides(db, row)
    return Entry(
        change_id=row["id"],
        kind=row["kind"],
        weight=row["weight"],
        url=row["url"],
        title=row["title"],
        fields=tuple(json.loads(row["fields"])),
        explanation=json.loads(row["explanation"]),
        published_at=moment_or_none(row["published_at"]),
        detected_at=moment(row["detected_at"]),
        released_at=moment(row["released_at"]),
        before=before,
        after=after,
    )


def _sides(db: Reader, row: Row) -> tuple[Article | None, Article | None]:
    """The texts before and after, as far as they are the article's own."""
    before, after = (
        versions.by_id(db, row[name]) if row[name] else None
        for name in ("before_version_id", "after_version_id")
    )
    if before is None or after is None:
        return before.article if before else None, after.article if after else None
    return own_sides(
        db,
        row["site_id"],
        row["article_id"],
        before.article,
        after.article,
        before_seen_at=before.last_seen_at,
    )


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
