"""Atom feeds (RFC 4287). An entry's id never changes, whoever makes the feed again."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final
from uuid import UUID, uuid5

from lxml import etree

from monitor.render.addresses import web_address

ATOM: Final = "http://www.w3.org/2005/Atom"
_OURS: Final = UUID("5f0c1c6e-6a0f-4a43-9d0f-0d4b1f5a7c21")
_NO_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedEntry:
    """One entry. ``content`` is an HTML fragment; times are aware UTC.

    ``addresses`` are further links: (relation, address).
    """

    id: str
    title: str
    address: str
    updated: datetime
    content: str
    language: str = ""
    categories: tuple[str, ...] = ()
    addresses: tuple[tuple[str, str], ...] = ()


def change_id(site: str, change: int, detected_at: datetime) -> str:
    """The id of a change for ever: from what is never written anew."""
    seen = detected_at.astimezone(UTC).isoformat(timespec="microseconds")
    return uuid5(_OURS, f"change\n{site}\n{change}\n{seen}").urn


def link_id(*key: str) -> str:
    """The id of what is told of two articles, by what sets it apart (``LinkItem.key``)."""
    return uuid5(_OURS, "\n".join(["link", *key])).urn


def feed_id(*names: str) -> str:
    """The id of a feed, by what it tells of: always the same for the same names."""
    return uuid5(_OURS, "\n".join(["feed", *names])).urn


def feed(
    title: str,
    feed_id: str,
    address: str,
    entries: Sequence[FeedEntry],
    updated: datetime,
    *,
    own_address: str = "",
    language: str = "en",
) -> bytes:
    """A feed as UTF-8 XML. ``address``: the page it tells of; ``own_address``: where it stands.

    ``updated`` counts where there is no entry; else it is the newest entry's.
    """
    root = etree.Element(_name("feed"), nsmap={None: ATOM})  # type: ignore[dict-item]
    root.set("{http://www.w3.org/XML/1998/namespace}lang", language)
    _text(root, "id", feed_id)
    _text(root, "title", title)
    newest = max((entry.updated for entry in entries), default=updated)
    _text(root, "updated", _time(newest))
    _text(etree.SubElement(root, _name("author")), "name", "baowatch")
    _text(root, "generator", "baowatch")
    _link(root, "alternate", address)
    _link(root, "self", own_address)
    for entry in entries:
        _entry(root, entry)
    written: bytes = etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)
    return written


def _entry(root: etree._Element, entry: FeedEntry) -> None:
    found = etree.SubElement(root, _name("entry"))
    _text(found, "id", entry.id)
    _text(found, "title", entry.title)
    _text(found, "updated", _time(entry.updated))
    _link(found, "alternate", entry.address)
    for relation, address in entry.addresses:
        _link(found, relation, address)
    for category in entry.categories:
        etree.SubElement(found, _name("category"), term=_xml(category))
    content = _text(found, "content", entry.content)
    content.set("type", "html")


def _text(parent: etree._Element, name: str, text: str) -> etree._Element:
    child = etree.SubElement(parent, _name(name))
    child.text = _xml(text)
    return child


def _link(parent: etree._Element, relation: str, address: str) -> None:
    if web_address(address):
        etree.SubElement(parent, _name("link"), rel=relation, href=_xml(address))


def _name(name: str) -> str:
    return f"{{{ATOM}}}{name}"


def _xml(text: str) -> str:
    """``text`` without what XML cannot hold."""
    return _NO_XML.sub("\ufffd", text)


def _time(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
