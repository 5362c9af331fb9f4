"""A page → what it is and what the article on it says: the one door to reading. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.metadata import version

from lxml import etree

from crawlers.markup import Unparsable, parse
from crawlers.outline import outline
from crawlers.page import Page
from crawlers.recognise import PageKind, Recognition, recognise, recognise_bytes
from crawlers.site import Site
from crawlers.structured import read_structured
from pipelines.article import Article
from pipelines.citations import Citation, citations_of
from pipelines.extract import extract
from pipelines.noise import NOTHING_KNOWN, Memory
from pipelines.profile import NO_PROFILE, Part, Profile

__all__ = ["NOTHING_KNOWN", "NO_PROFILE", "RECIPE", "Memory", "Profile", "Reading", "read"]

RULES = 8
"""Raised whenever a change of ours may read the same page otherwise."""

RECIPE = (
    f"rules {RULES}, trafilatura {version('trafilatura')}, "
    f"lxml {'.'.join(map(str, etree.LXML_VERSION[:3]))}"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """``kind`` and ``reason`` (one line for people) of a page, and its article if it is one.

    ``removed`` tells how many lines each noise rule took out. ``layout`` is the number of the
    site's learned layout by which the page was read (None: by structure), ``missing`` the
    parts that this page lacks though all others of its layout have them. ``citations`` are
    the sources that the page names: no part of the article, so none of its fingerprint.
    """

    kind: PageKind
    reason: str
    article: Article | None = None
    removed: Mapping[str, int] = field(default_factory=dict)
    layout: int | None = None
    missing: tuple[Part, ...] = ()
    citations: tuple[Citation, ...] = ()


def read(
    page: Page, site: Site, memory: Memory = NOTHING_KNOWN, profile: Profile = NO_PROFILE
) -> Reading:
    """Reads ``page`` with the site's hints and with what was learned of the site.

    Hostile bytes give a kind and a reason, no error.
    """
    refused = recognise_bytes(page)
    if refused is not None:
        return _no_article(refused)
    try:
        tree = parse(page.body, page.content_type)
    except Unparsable as error:
        return Reading(kind="not_html", reason=error.reason)
    lines = outline(tree)
    structured = read_structured(tree)
    recognition = recognise(page, site, tree, lines, structured)
    if recognition.kind != "article":
        return _no_article(recognition)
    recipe = f"{RECIPE}, profile {profile.number}"
    extraction = extract(tree, page, site, memory, recipe, lines, profile, structured)
    article = extraction.article
    if not article.title or not (article.blocks or article.lead or article.captions):
        lacks = "no title" if not article.title else "no text"
        return Reading(
            kind="empty",
            reason=f"{lacks} could be found on the page",
            missing=extraction.missing,
        )
    return Reading(
        kind="article",
        reason=recognition.reason,
        article=article,
        removed=dict(extraction.removed),
        layout=extraction.layout,
        missing=extraction.missing,
        citations=citations_of(extraction, page, site),
    )


def _no_article(recognition: Recognition) -> Reading:
    return Reading(kind=recognition.kind, reason=recognition.reason)
