"""RSS, RDF and Atom feeds → links. Pure; no names of namespaces, portals bend them."""

import re
from collections.abc import Iterator
from typing import cast

import lxml.etree

from crawlers.discovery import article_link, first_of_each
from crawlers.markup import text_within
from crawlers.moments import read_moment
from crawlers.page import Link
from crawlers.plain import unescaped
from crawlers.site import Site

_TAG = re.compile(r"<[^<>]*>")
_ENTRIES = ("item", "entry")


class Unreadable(ValueError):
    """What a source answered is not what it was said to be."""


def xml_root(body: bytes) -> lxml.etree._Element:
    """The root of an XML file, broken or hostile: no entities, no network, bounded.

    Raises Unreadable for what has no root.
    """
    parser = lxml.etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, recover=True, load_dtd=False
    )
    try:
        # recover=True gives None for what holds no element; the stubs do not know it
        root = cast("lxml.etree._Element | None", lxml.etree.fromstring(body.strip(), parser))
    except lxml.etree.XMLSyntaxError as error:
        raise Unreadable(f"no XML: {error}") from error
    if root is None:
        raise Unreadable("no XML: it holds no element")
    return root


def named(element: lxml.etree._Element, *names: str) -> Iterator[lxml.etree._Element]:
    """The children of any of these local names, in any namespace."""
    for child in element.iterchildren(tag=lxml.etree.Element):
        if lxml.etree.QName(child).localname.lower() in names:
            yield child


def text_of(element: lxml.etree._Element, *names: str) -> str:
    """The text of the first such child that has any."""
    texts = (text_within(child).strip() for child in named(element, *names))
    return next((text for text in texts if text), "")


def read_feed(body: bytes, url: str, site: Site) -> tuple[Link, ...]:
    """The articles of a feed; raises Unreadable for what is no feed."""
    root = xml_root(body)
    if lxml.etree.QName(root).localname.lower() not in ("rss", "rdf", "feed"):
        raise Unreadable(f"no feed: its root is <{lxml.etree.QName(root).localname}>")
    entries = (
        element
        for element in root.iter(lxml.etree.Element)
        if lxml.etree.QName(element).localname.lower() in _ENTRIES
    )
    return first_of_each(_entry(entry, url, site) for entry in entries)


def _entry(entry: lxml.etree._Element, url: str, site: Site) -> Link | None:
    title = unescaped(_TAG.sub(" ", unescaped(text_of(entry, "title"))))
    published = text_of(entry, "pubdate", "published", "date", "issued")
    modified = text_of(entry, "updated", "modified")
    for reference in _references(entry):
        link = article_link(
            reference,
            site,
            base=url,
            title=title,
            published_at=read_moment(published, site.timezone),
            modified_at=read_moment(modified, site.timezone),
        )
        if link:
            return link
    return None


def _references(entry: lxml.etree._Element) -> Iterator[str]:
    """Where the entry may point, best first."""
    yield from (text_of(entry, "origlink"), text_of(entry, "link"))
    for link in named(entry, "link"):
        if link.get("rel", "alternate") == "alternate":
            yield link.get("href", "")
    yield from (text_of(entry, "guid"), text_of(entry, "id"))
