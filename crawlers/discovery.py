"""Addresses of a site: their canonical form, which are articles, and whose. Pure.

``feeds``, ``sitemaps`` and ``listings`` turn what a source answered into links with it.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import lru_cache
from urllib.parse import SplitResult, quote, unquote, urljoin, urlsplit, urlunsplit
from zoneinfo import ZoneInfo

from crawlers.page import Link
from crawlers.plain import composed
from crawlers.site import Site

MAX_LINKS = 50_000
"""Links that are taken from one file of a source, the limit of the sitemap protocol."""
LONGEST_ADDRESS = 2083
"""Longer ones are fetched by no browser, nor by Scrapy."""
LONGEST_TITLE = 2_000
"""Characters, markup's white space included."""

_TRACKING = re.compile(
    r"utm_\w+|fbclid|gclid|dclid|gclsrc|gbraid|wbraid|msclkid|yclid|mc_[ce]id|igshid|zarsrc|gidzl"
    r"|_ga|_gl"
)
_DEFAULT_PORTS = {"http": 80, "https": 443}
_ESCAPES = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_SPACE = re.compile(r"\s+")


def canonical_address(url: str, site: Site) -> str:
    """The one way to write ``url``: what only tracks or varies without meaning is gone.

    The scheme is https where the site's home is; ``www.`` stays, since a host may answer
    with it only. An article address that the site's pattern knows by its path alone loses
    its query. Idempotent. Raises ValueError for what is no http(s) address.
    """
    parts = urlsplit(url.strip())
    host = _host(parts.hostname or "")
    if parts.scheme not in _DEFAULT_PORTS or not host:
        raise ValueError(f"{url!r} is not an http(s) address")
    scheme, port = parts.scheme, parts.port
    if port == _DEFAULT_PORTS[scheme]:
        port = None
    if port is None and host in site.all_hosts and site.home.startswith("https:"):
        scheme = "https"
    path = _normal(parts.path, "/:@!$&'()*+,;=") or "/"
    query = _without_tracking(_normal(parts.query, "/:@!$'()*+,;=?&"))
    written = SplitResult(scheme, f"{host}:{port}" if port else host, path, query, "")
    if query and (found := _match(written, site)) and not found[1]:
        written = written._replace(query="")
    return urlunsplit(written)


def is_article(url: str, site: Site) -> bool:
    """Whether the site's patterns say that ``url`` (canonical) is an article of it."""
    parts = urlsplit(url)
    if parts.hostname not in site.all_hosts:
        return False
    if any(_compiled(pattern).fullmatch(unquote(parts.path)) for pattern in site.not_articles):
        return False
    return _match(parts, site) is not None


def article_key(url: str, site: Site) -> str:
    """An article's identity on its site, the same for every way to write its address.

    ``id:…`` where the pattern has a group ``id``, unless the host counts alone; else host
    without ``www.`` and path, with the query where it is part of the pattern or no pattern
    matches.
    """
    parts = urlsplit(canonical_address(url, site))
    found = _match(parts, site)
    number = found[0].groupdict().get("id") if found else None
    if number and not site.counts_alone(parts.hostname or ""):
        return f"id:{number}"
    host = parts.netloc.removeprefix("www.")
    return host + parts.path + (f"?{parts.query}" if parts.query else "")


def published_in_address(url: str, site: Site) -> datetime | None:
    """The publication time that the address tells (group ``published``), aware UTC."""
    found = _match(urlsplit(url), site)
    digits = found[0].groupdict().get("published") if found else None
    if not digits:
        return None
    try:
        local = datetime.strptime(digits[:12], "%Y%m%d%H%M")  # noqa: DTZ007 (zone follows)
    except ValueError:
        return None
    if not 1990 <= local.year <= 2099:  # digits that mean something else
        return None
    return local.replace(tzinfo=ZoneInfo(site.timezone)).astimezone(UTC)


def article_link(
    reference: str,
    site: Site,
    *,
    base: str,
    title: str = "",
    published_at: datetime | None = None,
    modified_at: datetime | None = None,
) -> Link | None:
    """The link that ``reference`` on the page ``base`` is, or None if to no article."""
    url = _absolute(reference, site, base)
    if url is None or not is_article(url, site):
        return None
    return Link(
        url=url,
        key=article_key(url, site),
        title=composed(_SPACE.sub(" ", title[:LONGEST_TITLE]).strip()),
        published_at=published_at or published_in_address(url, site),
        modified_at=modified_at,
    )


def plain_link(url: str, site: Site) -> Link:
    """The link to an address that a person named, article by the patterns or not."""
    address = canonical_address(url, site)
    published = published_in_address(address, site)
    return Link(url=address, key=article_key(address, site), published_at=published)


def first_of_each(links: Iterator[Link | None]) -> tuple[Link, ...]:
    """At most MAX_LINKS links, one per article: the first that has a title, else the first."""
    kept: dict[str, Link] = {}
    for link in links:
        if link is None:
            continue
        if link.key not in kept and len(kept) >= MAX_LINKS:
            break
        if link.key not in kept or (link.title and not kept[link.key].title):
            kept[link.key] = link
    return tuple(kept.values())


def site_address(reference: str, site: Site, *, base: str) -> str | None:
    """``reference`` as a canonical address on the site's hosts, or None."""
    url = _absolute(reference, site, base)
    if url is None:
        return None
    parts = urlsplit(url)
    return url if parts.hostname in site.all_hosts and parts.port is None else None


def _absolute(reference: str, site: Site, base: str) -> str | None:
    """The canonical address; None for what is none, or longer than LONGEST_ADDRESS."""
    reference = reference.strip()
    if len(reference) > LONGEST_ADDRESS:
        return None
    try:
        url = canonical_address(urljoin(base, reference), site)
    except ValueError:
        return None
    return url if len(url) <= LONGEST_ADDRESS else None


def _match(parts: SplitResult, site: Site) -> tuple[re.Match[str], bool] | None:
    """The first pattern's match, and whether the query took part in it."""
    decoded = unquote(parts.path)
    for address in site.forms_at(parts.hostname or ""):
        with_query = r"\?" in address.path
        subject = f"{decoded}?{unquote(parts.query)}" if with_query and parts.query else decoded
        if found := _compiled(address.path).fullmatch(subject):
            return found, with_query
    return None


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _host(host: str) -> str:
    host = composed(host).rstrip(".").lower()
    return host if host.isascii() else host.encode("idna").decode("ascii")


def _normal(part: str, also_safe: str) -> str:
    """Percent-encoding as RFC 3986 §6.2.2 has it, over NFC text."""
    text = composed(_ESCAPES.sub(_unescaped, part))
    return quote(text, safe=also_safe + "%")


def _unescaped(match: re.Match[str]) -> str:
    """Unreserved and non-ASCII characters as themselves, the others' escapes upper case."""
    try:
        text = bytes.fromhex(match[0].replace("%", "")).decode("utf-8")
    except UnicodeDecodeError:
        return match[0].upper()
    return "".join(
        letter if letter in _UNRESERVED or letter > "\x7f" else f"%{ord(letter):02X}"
        for letter in text
    )


def _without_tracking(query: str) -> str:
    kept = (piece for piece in query.split("&") if piece)
    return "&".join(p for p in kept if not _TRACKING.fullmatch(p.split("=")[0]))
