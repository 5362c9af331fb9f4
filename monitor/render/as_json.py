"""A report as JSON, as ``report_schema`` describes it.

``schema_version`` is raised whenever a reader could notice.
"""

from collections.abc import Sequence
from typing import Any

from monitor.render.digest import difference_of
from monitor.render.links_json import links_json, note_json
from monitor.render.pieces import ShownBlock, ShownField, ShownPiece
from monitor.render.plain_json import plain_json, utc_time
from monitor.render.report_schema import SCHEMA_VERSION
from monitor.render.shown import Shown
from monitor.report import Choice, Dismissed, Entry, Problem, Report, SiteReport
from pipelines.article import Article


def render_json(report: Report) -> str:
    """The whole report; times are ISO-8601 UTC, absent things null."""
    return plain_json(
        {
            "schema_version": SCHEMA_VERSION,
            "since": utc_time(report.since),
            "until": utc_time(report.until),
            "choice": _choice(report.choice),
            "sites": [_site(site, report) for site in report.sites],
            "links": links_json(report.links),
        }
    )


def _choice(choice: Choice) -> dict[str, Any]:
    return {
        "sites": list(choice.sites),
        "kinds": list(choice.kinds),
        "weight": choice.weight,
    }


def _site(site: SiteReport, report: Report) -> dict[str, Any]:
    return {
        "site": site.site,
        "title": site.title,
        "looked_at": utc_time(site.looked_at),
        "was_looked_at": report.was_looked_at(site),
        "baseline_articles": site.baseline_articles,
        "unread_articles": site.unread_articles,
        "hidden": site.hidden,
        "changes": [_entry(entry) for entry in site.entries],
        "dismissed": [_dismissed(one) for one in site.dismissed],
        "problems": [_problem(problem) for problem in site.problems],
    }


def _entry(entry: Entry) -> dict[str, Any]:
    shown = difference_of(entry)
    archived = entry.archived
    return {
        "id": entry.change_id,
        "article_id": entry.article_id,
        "kind": entry.kind,
        "weight": entry.weight,
        "url": entry.url,
        "title": entry.title,
        "language": entry.language,
        "fields": list(entry.fields),
        "explanation": entry.explanation,
        "published_at": utc_time(entry.published_at),
        "detected_at": utc_time(entry.detected_at),
        "released_at": utc_time(entry.released_at),
        "archived": {"file": archived.file, "offset": archived.offset} if archived else None,
        "notes": [note_json(note) for note in entry.notes],
        "difference": _difference(shown) if shown else None,
        "before": _article(entry.before),
        "after": _article(entry.after),
    }


def _difference(shown: Shown) -> dict[str, Any]:
    return {
        "fields": _fields(shown.fields),
        "left_out": _fields(shown.left_out),
        "correction_notes": list(shown.notes),
    }


def _fields(fields: Sequence[ShownField]) -> list[dict[str, Any]]:
    return [
        {"field": field.name, "cut": field.cut, "blocks": [_block(one) for one in field.blocks]}
        for field in fields
    ]


def _block(block: ShownBlock) -> dict[str, Any]:
    return {"op": block.op, "kind": block.kind, "pieces": [_piece(one) for one in block.pieces]}


def _piece(piece: ShownPiece) -> dict[str, Any]:
    marked = {
        name: [part.text for part in piece.parts if part.kind == kind]
        for name, kind in (("figures", "figure"), ("names", "name"))
    }
    found = {name: texts for name, texts in marked.items() if texts}
    return {"op": piece.op, "text": piece.text, **found}


def _dismissed(one: Dismissed) -> dict[str, Any]:
    return {
        "id": one.change_id,
        "kind": one.kind,
        "url": one.url,
        "title": one.title,
        "fields": list(one.fields),
        "detected_at": utc_time(one.detected_at),
        "dismissed_at": utc_time(one.dismissed_at),
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
        "published_at": utc_time(article.published_at),
    }


def _problem(problem: Problem) -> dict[str, Any]:
    return {
        "kind": problem.kind,
        "detail": problem.detail,
        "url": problem.url,
        "since": utc_time(problem.since),
        "times": problem.times,
    }
