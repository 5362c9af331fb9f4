"""Links between articles as JSON: for reports and for messages."""

from typing import Any

from monitor.link_news import FoundLink, GoneSource, LinkNews, Outdated
from monitor.links import Named
from monitor.notes import Note
from monitor.render.plain_json import utc_time
from pipelines.drift import Drift


def links_json(news: LinkNews) -> dict[str, Any]:
    return {
        "outdated": [_outdated(one) for one in news.outdated],
        "gone": [_gone(one) for one in news.gone],
        "found": [_found(one) for one in news.found],
        "older": news.older,
    }


def note_json(note: Note) -> dict[str, Any]:
    return {
        "role": note.role,
        "article": _named(note.other),
        "at": utc_time(note.at),
        **_drift(note.drift),
    }


def _outdated(one: Outdated) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "original": _named(one.original),
        "made": _named(one.made),
        "change_id": one.change_id,
        "changed_at": utc_time(one.changed_at),
        "made_at": utc_time(one.made_at),
        "follows_at": utc_time(one.follows_at),
        "known_at": utc_time(one.known_at),
        **_drift(one.drift),
    }


def _gone(one: GoneSource) -> dict[str, Any]:
    return {
        "how": one.how,
        "source": _named(one.source),
        "by": _named(one.by),
        "change_id": one.change_id,
        "withdrawn_at": utc_time(one.withdrawn_at),
        "known_at": utc_time(one.known_at),
    }


def _found(one: FoundLink) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "original": _named(one.original),
        "made": _named(one.made),
        "known_at": utc_time(one.known_at),
    }


def _named(article: Named) -> dict[str, Any]:
    return {
        "id": article.article_id,
        "site": article.site,
        "url": article.url,
        "title": article.title,
        "language": article.language,
    }


def _drift(drift: Drift) -> dict[str, Any]:
    """Figures, days and numbers of documents that differ; both lists may be empty."""
    return {
        name: [{"kind": fact.kind, "value": fact.value} for fact in facts]
        for name, facts in (("gone", drift.gone), ("came", drift.came))
    }
