"""The sources that a page names: in its lines, by its links, and to machines. Pure.

A page may say anything: what is looked at is bounded, and so is what is kept.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import islice
from typing import Any, Final
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from crawlers.discovery import LONGEST_ADDRESS, article_key, is_article
from crawlers.outline import Line
from crawlers.page import Page
from crawlers.site import Site
from crawlers.structured import Structured, text_of
from pipelines.citation import LONGEST_NAME, Citation, How
from pipelines.extract import Extraction
from pipelines.normalise import clean, fold
from pipelines.source_labels import ALONE, REPORTING
from pipelines.sourceline import Anchor, may_name, printed_address, source_in

__all__ = ["MOST_CITATIONS", "Citation", "How", "citations_in_text", "citations_of"]

MOST_CITATIONS: Final = 10
"""Of one page; what it names beyond is not kept."""
MOST_LINES: Final = 400
"""Of a page, from its title on."""
MOST_LINKED: Final = 30
"""Lines of a page whose links are looked at."""
MOST_ANCHORS: Final = 50
"""Links of one line."""
TAIL: Final = 12
"""Lines after a text in which its source may be named."""
LONGEST_LINKED: Final = 300
"""Characters up to which a line with links may name a source by one of them."""
LONGEST_DOUBLED: Final = 2 * LONGEST_NAME + 20

_BASES: Final = ("isBasedOn", "isBasedOnUrl", "citation", "sourceOrganization")
_META: Final = ("original-source", "syndication-source", "og:original_source", "dc.source")
_NO_WORD: Final = re.compile(r"[^\w+]+|_+")
"""A plus is part of a name: Vietnam+ is an agency's."""
_DAY: Final = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{4}$")


def citations_of(extraction: Extraction, page: Page, site: Site) -> tuple[Citation, ...]:
    """The sources that the article on ``page`` names, in the order of the page.

    Lines count from the title to a little after the text; between two paragraphs only with
    an address. A link to the site itself is one only if it leads to another article.
    """
    sheet = extraction.sheet
    named = [
        *_by_lines(extraction, page, site),
        *_by_canonical(extraction.article.canonical, site),
        *_by_structure(sheet.structured, page),
    ]
    own = _own_names(sheet.names, site)
    others = (_without_own(one, page, site, own) for one in named)
    return _once(one for one in others if one is not None)


def citations_in_text(text: str) -> tuple[Citation, ...]:
    """The sources that a plain text names, as somebody copied it from a page."""
    lines = [line for line in map(clean, text.splitlines()) if line]
    last = max((i for i, line in enumerate(lines) if len(line) >= 200), default=-1)
    found: list[Citation] = []
    for place, line in enumerate(lines):
        after = lines[place + 1] if place + 1 < len(lines) else ""
        at_end = last <= place <= last + TAIL
        one = source_in(line, after, at_end=at_end)
        if one and (one.url or at_end or place < last):
            found.append(one)
    return _once([*_doubled(lines[: max(last, 0) or len(lines)]), *found])


def _by_lines(extraction: Extraction, page: Page, site: Site) -> Iterator[Citation]:
    lines, places = extraction.sheet.lines, extraction.places
    text = places.body.text_places
    first = text[0] if text else 0
    prose = [place for place in text if lines[place].is_prose]
    last = prose[-1] if prose else (text[-1] if text else len(lines))
    start = min(first, places.title.place if places.title.place is not None else first)
    if site.translates:
        yield from _doubled([line.text for line in lines[start : min(first, start + TAIL)]])
    captions, linked = frozenset(places.captions), 0
    for place in range(start, min(last + TAIL + 1, start + MOST_LINES, len(lines))):
        line = lines[place]
        if place in captions or not may_name(line.text):
            continue
        linked += bool(line.linked)
        told = _told(lines, place, page, site, at_end=place >= last, links=linked <= MOST_LINKED)
        if told and (told.url or not first <= place < last):
            yield told


def _told(
    lines: Sequence[Line], place: int, page: Page, site: Site, *, at_end: bool, links: bool
) -> Citation | None:
    line = lines[place]
    after = lines[place + 1] if place + 1 < len(lines) else None
    anchors = _anchors(line, page, site) if links and len(line.text) <= LONGEST_LINKED else ()
    told = source_in(line.text, after.text if after else "", anchors, at_end=at_end)
    if told and not told.url and not told.name and after is not None and links:
        return source_in(line.text, after.text, anchors, _anchors(after, page, site), at_end=at_end)
    return told


def _anchors(line: Line, page: Page, site: Site) -> tuple[Anchor, ...]:
    """The links in a line that lead somewhere by http(s)."""
    if not line.linked:
        return ()
    element = line.element
    around = [element] if element.tag == "a" else element.iter("a")
    above = next((one for one in islice(element.iterancestors(), 3) if one.tag == "a"), None)
    found: list[Anchor] = []
    for anchor in islice([above] if above is not None else around, MOST_ANCHORS):
        text = _text(anchor)
        url = _absolute(anchor.get("href") or "", page.final_url)
        if text and url and text in line.text:
            found.append(Anchor(text=text, url=url, is_own=_is_own_host(_host(url), site)))
    return tuple(found)


def _text(anchor: HtmlElement) -> str:
    """The beginning of a link's text; of more it is not asked."""
    pieces = (str(piece)[: 2 * LONGEST_LINKED] for piece in islice(anchor.itertext(), 20))
    return clean("".join(pieces)[: 2 * LONGEST_LINKED])


def _by_canonical(canonical: str, site: Site) -> Iterator[Citation]:
    """A page whose canonical address is another site's says that it is a copy of it."""
    if canonical and not _is_own_host(_host(canonical), site):
        yield Citation(url=canonical, how="link")


def _by_structure(structured: Structured, page: Page) -> Iterator[Citation]:
    thing = structured.article or {}
    for key in _BASES:
        told = thing.get(key)
        for value in islice(told if isinstance(told, list) else [told], MOST_CITATIONS):
            yield from _by_value(value, page)
    for name in _META:
        for content in structured.meta.get(name, ())[:MOST_CITATIONS]:
            yield from _by_value(content, page)


def _by_value(value: Any, page: Page) -> Iterator[Citation]:
    """A JSON-LD value: an address, a name, or a thing that has them."""
    if isinstance(value, dict):
        told = value.get("url") or value.get("@id") or ""
        url = _absolute(told, page.final_url) if isinstance(told, str) else ""
        name = text_of(value.get("name") or value.get("headline") or "")
    else:
        name, url = text_of(value), ""
        if name.startswith(("http://", "https://")):
            name, url = "", printed_address(name)
    if url or 0 < len(name) <= LONGEST_NAME:
        yield Citation(name=name[:LONGEST_NAME], url=url, how="link" if url else "named")


def _doubled(lines: Sequence[str]) -> Iterator[Citation]:
    """A name that stands twice before a day, as "Báo XBáo X23/03/2025" on one line or on three."""
    for place, line in enumerate(lines):
        if len(line) > LONGEST_DOUBLED:
            continue
        told = _DAY.sub("", line).replace(" ", "")
        half = len(told) // 2
        if told and len(told) < len(line.replace(" ", "")) and told[:half] == told[half:]:
            size = (len(_DAY.sub("", line).strip()) + 1) // 2
            yield Citation(name=line[:size].strip())
        elif line in lines[place + 1 : place + 2] and any(
            _DAY.fullmatch(one) for one in lines[place + 2 : place + 3]
        ):
            yield Citation(name=line[:LONGEST_NAME])


def day_beside_name(lines: Sequence[str]) -> date | None:
    """The day that stands beside a name given twice, as translating portals print it."""
    for place, line in enumerate(lines):
        found = _DAY.search(line) if len(line) <= LONGEST_DOUBLED else None
        start = max(place - 2, 0) if found and found[0] == line else place
        if found and any(_doubled(lines[start : place + 1])):
            day, month, year = map(int, re.split(r"[/.-]", found[0]))
            try:
                return date(year, month, day)
            except ValueError:
                continue
    return None


def _without_own(one: Citation, page: Page, site: Site, own: Mapping[str, bool]) -> Citation | None:
    """The citation without a link to the site itself; None where the site names itself.

    To another article of its own only a label leads: "Theo Báo X" may be its headline.
    """
    if one.url and _is_own_host(_host(one.url), site):
        if _is_other_article(one.url, page, site):
            return None if fold(one.label) in REPORTING - ALONE else one
        if _is_same(one.url, page, site):
            return None
        one = replace(one, url="", how="named")
    if not one.url and one.name and _is_own_name(_squashed(one.name), own):
        return None
    return one if one.url or one.name or one.label else None


def _own_names(names: Iterable[str], site: Site) -> dict[str, bool]:
    """What the site calls itself, squashed; whether what begins so is the site, too.

    Not where it is one word: VietnamPlus is not vietnam.vn.
    """
    hosts = (host.removeprefix("www.") for host in site.all_hosts)
    told = {_squashed(name): len(_words(name)) > 1 for name in (*hosts, *names)}
    # The host's own label: baoninhbinh of www.baoninhbinh.org.vn.
    label = _host(site.home).removeprefix("www.").split(".")[0]
    return {_squashed(label): False} | told


def _is_own_name(name: str, own: Mapping[str, bool]) -> bool:
    return name in own or any(
        may_go_on and len(one) >= 5 and name.startswith(one) for one, may_go_on in own.items()
    )


def _squashed(text: str) -> str:
    return "".join(_words(text))


def _words(text: str) -> list[str]:
    return _NO_WORD.sub(" ", fold(text)).split()


def _is_other_article(url: str, page: Page, site: Site) -> bool:
    try:
        return is_article(url, site) and not _is_same(url, page, site)
    except ValueError:
        return False


def _is_same(url: str, page: Page, site: Site) -> bool:
    try:
        keys = {article_key(address, site) for address in (page.url, page.final_url)}
        return article_key(url, site) in keys
    except ValueError:
        return False


def _is_own_host(host: str, site: Site) -> bool:
    """Whether a host is the site's, or a part of one of its hosts, or one is a part of it."""
    bare = host.removeprefix("www.")
    return any(
        bare == own or bare.endswith(f".{own}") or own.endswith(f".{bare}")
        for own in (host.removeprefix("www.") for host in site.all_hosts)
    )


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return ""


def _absolute(address: str, base: str) -> str:
    """An http(s) address, absolute; empty for anything else."""
    address = address.strip()
    if not address or len(address) > LONGEST_ADDRESS:
        return ""
    try:
        url = urljoin(base, address)
        parts = urlsplit(url)
        fine = parts.scheme in ("http", "https") and "." in (parts.hostname or "").strip(".")
    except ValueError:
        return ""
    return clean(url) if fine and len(url) <= LONGEST_ADDRESS else ""


def _once(named: Iterable[Citation]) -> tuple[Citation, ...]:
    """Each address and name once, and no name or bare label that an address stands with."""
    told = list(dict.fromkeys(named))
    known = {("name", fold(one.name)) for one in told if one.url and one.name}
    known |= {("label", fold(one.label)) for one in told if one.url and one.label}
    kept: list[Citation] = []
    for one in told:
        mark = ("url", one.url) if one.url else _wording(one)
        if mark not in known:
            known.add(mark)
            kept.append(one)
    return tuple(kept[:MOST_CITATIONS])


def _wording(one: Citation) -> tuple[str, str]:
    return ("name", fold(one.name)) if one.name else ("label", fold(one.label))
