"""Sitemaps, news sitemaps and sitemap indexes, also gzipped → links and child files. Pure."""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import lxml.etree

from crawlers.discovery import article_link, first_of_each, site_address
from crawlers.feeds import Unreadable, named, text_of, xml_root
from crawlers.moments import read_moment
from crawlers.page import Link
from crawlers.site import Site

MAX_BYTES = 10_000_000
"""Of one sitemap, unpacked: 50,000 links at 200 bytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Child:
    """A file that a sitemap index names."""

    url: str
    modified_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitemap:
    """What one file holds: articles, or further files with the newest first."""

    links: tuple[Link, ...] = ()
    children: tuple[Child, ...] = ()


def read_sitemap(body: bytes, url: str, site: Site) -> Sitemap:
    """Raises Unreadable for what is no sitemap. Files on foreign hosts are left out."""
    root = xml_root(_unpacked(body))
    match lxml.etree.QName(root).localname.lower():
        case "urlset":
            return Sitemap(links=first_of_each(_article(e, url, site) for e in named(root, "url")))
        case "sitemapindex":
            return Sitemap(children=_newest_first(_children(root, url, site)))
        case other:
            raise Unreadable(f"no sitemap: its root is <{other}>")


def _unpacked(body: bytes) -> bytes:
    if not body.startswith(b"\x1f\x8b"):
        return body
    try:
        text = zlib.decompressobj(wbits=31).decompress(body, MAX_BYTES + 1)
    except zlib.error as error:
        raise Unreadable(f"broken gzip: {error}") from error
    if len(text) > MAX_BYTES:
        raise Unreadable(f"more than {MAX_BYTES:,} bytes when unpacked")
    return text


def _article(element: lxml.etree._Element, url: str, site: Site) -> Link | None:
    news = next(named(element, "news"), None)
    published = text_of(news, "publication_date") if news is not None else ""
    return article_link(
        text_of(element, "loc"),
        site,
        base=url,
        title=text_of(news, "title") if news is not None else "",
        published_at=read_moment(published, site.timezone),
        modified_at=read_moment(text_of(element, "lastmod"), site.timezone),
    )


def _children(root: lxml.etree._Element, url: str, site: Site) -> Iterator[Child]:
    for element in named(root, "sitemap"):
        if address := site_address(text_of(element, "loc"), site, base=url):
            modified = read_moment(text_of(element, "lastmod"), site.timezone)
            yield Child(url=address, modified_at=modified)


def _newest_first(children: Iterator[Child]) -> tuple[Child, ...]:
    """Those without a time last, in the file's order."""
    once = {child.url: child for child in children}.values()
    return tuple(
        sorted(once, key=lambda child: -child.modified_at.timestamp() if child.modified_at else 0)
    )
