"""A report as JSON. ``schema_version`` is raised whenever a reader could notice."""

import json
from datetime import UTC, datetime
from typing import Any, Final

from monitor.report import Dismissed, Entry, Problem, Report, SiteReport
from pipelines.article import Article

SCHEMA_VERSION: Final = 1


def render_json(report: Report) -> str:
    """The whole report; times are ISO-8601 UTC, absent things null."""
    return json.dumps(
        {
            "schema_version": SCHEMA_VERSION,
            "since": _time(report.since),
            "until": _time(report.until),
            "sites": [_site(site) for site in report.sites],
        },
        ensure_ascii=False,
        indent=2,
    )


def _site(site: SiteReport) -> dict[str, Any]:
    return {
        "site": site.site,
        "title": site.title,
        "baseline_articles": site.baseline_articles,
        "unread_articles": site.unread_articles,
        "hidden": site.hidden,
        "changes": [_entry(entry) for entry in site.entries],
        "dismissed": [_dismissed(one) for one in site.dismissed],
        "problems": [_problem(problem) for problem in site.problems],
    }


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        "id": entry.change_id,
        "kind": entry.kind,
        "weight": entry.weight,
        "url": entry.url,
        "title": entry.title,
        "fields": list(entry.fields),
        "explanation": entry.explanation,
        "published_at": _time(entry.published_at),
        "detected_at": _time(entry.detected_at),
        "released_at": _time(entry.released_at),
        "before": _article(entry.before),
        "after": _article(entry.after),
    }


def _dismissed(one: Dismissed) -> dict[str, Any]:
    return {
        "id": one.change_id,
        "kind": one.kind,
        "url": one.url,
        "title": one.title,
        "fields": list(one.fields),
        "detected_at": _time(one.detected_at),
        "dismissed_at": _time(one.dismissed_at),
        "why": one.why,
    }


def _article(article: Article | None) -> dict[str, Any] | None:
    if article is None:
        return None
    return {
        "title": article.title,
        "lead": article.lead,
        "text": article.text,
        "captions": list(article.captions),
        "author": article.author,
        "published_at": _time(article.published_at),
    }


def _problem(problem: Problem) -> dict[str, Any]:
    return {
        "kind": problem.kind,
        "detail": problem.detail,
        "url": problem.url,
        "since": _time(problem.since),
        "times": problem.times,
    }


def _time(moment: datetime | None) -> str | None:
    return moment.astimezone(UTC).isoformat(timespec="seconds") if moment else None
