"""A report as one HTML file: no script, no outside request, for phone, desk and paper."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from importlib.resources import files
from typing import Final

from markupsafe import Markup

from monitor.render.digest import (
    changes_of,
    days,
    difference_of,
    news_of,
    preview,
    reasons_of,
    translated_again,
    weightiest,
)
from monitor.render.html import STYLES, attributes, day_picture, render, shown_html
from monitor.render.language import Language, language_of
from monitor.render.link_items import unsaid
from monitor.render.outcome import outcome
from monitor.render.pieces import ShownPiece
from monitor.render.site_lines import site_lines
from monitor.render.words import KINDS, REASON_NAMES, WEIGHT_NAMES, problem
from monitor.report import Entry, Report, SiteReport
from pipelines.reasons import Reason

MAX_WHOLE: Final = 200
"""So many changes come with both whole texts; beyond, a page would be too heavy to open. The
difference of each holds the whole text too, folded."""
NEWS_IN_SIGHT: Final = 5
DIGEST_FROM: Final = 3
"""Up to so many changes, the changes themselves are at a glance."""
_REPORT_STYLES: Final = (files("monitor.render") / "templates" / "report.css").read_text("utf-8")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Change:
    """A change as the page shows it."""

    entry: Entry
    reasons: tuple[Reason, ...]
    difference: Markup
    preview: Markup
    is_whole: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Site:
    told: SiteReport
    changes: list[_Change]
    again: list[_Change]
    news: list[Entry]
    picture: Markup
    lines: list[str]


def render_html(
    report: Report, *, dismissed: bool = False, language: str = "en", browse_url: str = ""
) -> str:
    """The page. ``browse_url``: where the store can be browsed, for links into it.

    Raises ValueError for a language that reports do not speak.
    """
    said = language_of(language)
    sites = report.sites if dismissed else [replace(one, dismissed=()) for one in report.sites]
    told = [site for site in sites if outcome(report, [site], said).is_told]
    shown = _shown_changes(told, language)
    changes = sum(len(changes_of(site)) for site in told)
    heavy = weightiest(report) if changes > DIGEST_FROM else []
    return str(
        render(
            "report.html",
            language,
            report=report,
            links=unsaid(report),
            outcome=outcome(report, sites, said),
            entries=[entry for site in told for entry in site.entries],
            problems=sum(len(site.problems) for site in told),
            weightiest=[shown[entry.change_id] for entry in heavy],
            sites=[_site(report, site, shown, said) for site in told],
            kinds=KINDS,
            reasons=REASON_NAMES,
            weights=WEIGHT_NAMES,
            problem_words=problem,
            attributes=attributes,
            browse_url=browse_url.rstrip("/"),
            news_in_sight=NEWS_IN_SIGHT,
            styles=Markup(f"{_REPORT_STYLES}{STYLES}"),  # noqa: S704 - our own files
        )
    )


def _shown_changes(sites: Sequence[SiteReport], language: str) -> dict[int, _Change]:
    """Every change but what is new, by its number, worked out once."""
    every = [entry for site in sites for entry in (*changes_of(site), *translated_again(site))]
    return {
        entry.change_id: _change(entry, language, is_whole=number < MAX_WHOLE)
        for number, entry in enumerate(every)
    }


def _change(entry: Entry, language: str, *, is_whole: bool) -> _Change:
    shown = difference_of(entry)
    pieces = preview(shown) if shown else ()
    return _Change(
        entry=entry,
        reasons=reasons_of(entry),
        difference=shown_html(shown, article_language=entry.language, language=language)
        if shown and (shown.fields or shown.left_out)
        else Markup(),
        preview=_preview(pieces, entry, language),
        is_whole=is_whole,
    )


def _preview(pieces: Sequence[ShownPiece], entry: Entry, language: str) -> Markup:
    if not pieces:
        return Markup()
    return render("preview.html", language, pieces=pieces, attributes=attributes(entry.language))


def _site(report: Report, site: SiteReport, shown: dict[int, _Change], said: Language) -> _Site:
    return _Site(
        told=site,
        changes=[shown[entry.change_id] for entry in changes_of(site)],
        again=[shown[entry.change_id] for entry in translated_again(site)],
        news=news_of(site),
        picture=day_picture(days(report, site.entries), language=said.code, of=site.site),
        lines=list(site_lines(site, said)),
    )
