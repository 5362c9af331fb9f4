"""Pages that list articles → links, the next page, feeds that the page names. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin

import lxml.html

from crawlers.discovery import article_link, first_of_each, site_address
from crawlers.markup import text_within
from crawlers.page import Link
from crawlers.site import Site

_FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/rdf+xml")
MAX_FEEDS = 20
"""Feeds that are taken from one page: an index of feeds names one per section."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingPage:
    """What one page of a listing holds; ``next_page`` is empty on the last."""

    links: tuple[Link, ...]
    next_page: str
    feeds: tuple[str, ...]


def read_listing(tree: lxml.html.HtmlElement, url: str, site: Site) -> ListingPage:
    """``url`` is where the page was found, for its relative links."""
    base = _base(tree, url)
    links = (
        article_link(a.get("href"), site, base=base, title=_title(a))
        for a in tree.iter("a")
        if a.get("href")
    )
    return ListingPage(
        links=first_of_each(links),
        next_page=next(_related(tree, "next", base, site), ""),
        feeds=tuple(dict.fromkeys(_feeds(tree, base, site)))[:MAX_FEEDS],
    )


def _base(tree: lxml.html.HtmlElement, url: str) -> str:
    try:
        return urljoin(url, str(next((base.get("href", "") for base in tree.iter("base")), "")))
    except ValueError:
        return url


def _title(a: lxml.html.HtmlElement) -> str:
    return text_within(a).strip() or str(a.get("title", ""))


def _related(tree: lxml.html.HtmlElement, relation: str, base: str, site: Site) -> Iterator[str]:
    for element in tree.iter("link", "a"):
        if relation in element.get("rel", "").lower().split() and element.get("href"):
            address = site_address(element.get("href"), site, base=base)
            if address:
                yield address


def _feeds(tree: lxml.html.HtmlElement, base: str, site: Site) -> Iterator[str]:
    """Feeds by ``<link rel=alternate>``, then by links that end like one."""
    named = (
        link.get("href", "")
        for link in tree.iter("link")
        if link.get("type", "").lower() in _FEED_TYPES
    )
    linked = (
        a.get("href")
        for a in tree.iter("a")
        if a.get("href", "").split("?")[0].lower().endswith((".rss", ".atom"))
    )
    for reference in (*named, *linked):
        if reference and (address := site_address(reference, site, base=base)):
            yield address
