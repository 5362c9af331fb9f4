"""What was looked at → the site file that is proposed. Pure."""

from collections.abc import Mapping, Sequence

from crawlers.markup import decoded_text
from crawlers.platformfile import Platform
from monitor.adding.forms import Forms, judge
from monitor.adding.looking import COMMON_FEEDS, Looked, Met
from monitor.adding.platforms import Fit, Fits, fitting
from monitor.adding.proposal import (
    Found,
    FoundSource,
    Proposal,
    articles_of,
    delay_of,
    host_of,
    languages_of,
    not_articles_of,
    notes_of,
    timezone_of,
    title_of,
)
from monitor.adding.shapes import path_of


def propose(looked: Looked, platforms: Mapping[str, Platform]) -> Proposal:
    """The proposal; without articles and platform where no page spoke for any form."""
    forms = judge(looked.seen, looked.verdicts)
    listings = [path_of(url) for url, told in looked.verdicts.items() if told == "listing"]
    fits = fitting(platforms, forms, looked.seen, listings)
    articles = [met for met in looked.pages if met.verdict == "article"]
    host = host_of(looked.site.home)
    robots = looked.sources.robots
    return Proposal(
        name=looked.site.name,
        title=title_of(
            host,
            site_name=looked.structured.first_meta("og:site_name"),
            page_title=looked.page_title,
        ),
        home=Found(value=looked.home.final_url, why=_why_home(looked)),
        platform=_platform(fits.chosen),
        languages=languages_of([_language(met) for met in articles], looked.declared_language),
        timezone=timezone_of(host, [_text(met) for met in articles]),
        articles=articles_of(forms, fits.chosen),
        not_articles=not_articles_of(forms),
        sources=_sources(looked),
        title_selector=_title_selector(looked),
        delay=delay_of(robots.crawl_delay if robots else 0.0),
        notes=(*_unfitting(fits), *_notes(looked, forms)),
    )


def _why_home(looked: Looked) -> str:
    home = looked.sources.home
    return f"answers with {home.number if home else 0} links"


def _platform(fit: Fit | None) -> Found | None:
    if fit is None:
        return None
    why = f"its forms alone know {fit.known} links to articles, and no listing that was fetched"
    return Found(value=fit.name, why=why)


def _title_selector(looked: Looked) -> Found | None:
    if not looked.title_selector:
        return None
    why = "without it no title is found; the words of the links that lead there stand in it"
    return Found(value=looked.title_selector, why=why)


def _unfitting(fits: Fits) -> tuple[str, ...]:
    if fits.chosen:
        return ()
    if fits.others:
        return (f"Platforms that know these forms too, none for sure: {', '.join(fits.others)}.",)
    return ("No platform of config/platforms knows these forms.",)


def _sources(looked: Looked) -> tuple[FoundSource, ...]:
    """Sources that no page names: guessed feeds that answered, and the section that was given."""
    found = []
    for source in looked.sources.sources:
        if source.kind == "feed" and source.configured and source.number:
            why = f"at a common place ({', '.join(COMMON_FEEDS)}); {source.number} links"
            found.append(FoundSource(url=source.url, kind="feed", why=why))
        elif source.kind == "listing" and source.number and _is_listing(looked.pages, source.url):
            why = f"the address that was given; a listing with {source.number} links"
            found.append(FoundSource(url=source.url, kind="listing", why=why))
    return tuple(found)


def _is_listing(pages: Sequence[Met], url: str) -> bool:
    return any(met.probe.url == url and met.verdict == "listing" for met in pages)


def _notes(looked: Looked, forms: Forms) -> tuple[str, ...]:
    named = [one for one in looked.sources.sources if not one.configured and one.number]
    feeds = {one.url: one.number for one in named if one.kind == "feed"}
    sitemaps = {one.url: one.number for one in named if one.kind == "sitemap"}
    return notes_of(forms, looked.seen, feeds, sitemaps, unasked=looked.sources.unasked)


def _language(met: Met) -> str:
    return met.reading.article.language if met.reading and met.reading.article else ""


def _text(met: Met) -> str:
    return decoded_text(met.page.body, met.page.content_type) if met.page else ""
