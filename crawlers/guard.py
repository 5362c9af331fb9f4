"""Which addresses may be fetched at all (DESIGN: a portal's page is hostile input).

The middleware sees every hop, redirects and robots.txt included; ``names`` sees what the
host names resolve to.
"""

import ipaddress
from typing import Self
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler

from crawlers.discovery import LONGEST_ADDRESS
from crawlers.site import Site
from crawlers.unanswered import Unfetched


def refusal(url: str, hosts: frozenset[str]) -> str:
    """Why ``url`` may not be fetched for a site of these hosts; empty when it may."""
    if len(url) > LONGEST_ADDRESS:
        return f"an address of {len(url):,} characters"
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        return f"not an address: {error}"
    if parts.scheme not in ("http", "https"):
        return f"the scheme {parts.scheme!r} is neither http nor https"
    if parts.username is not None or parts.password is not None:
        return "an address with a user name"
    if (parts.hostname or "") not in hosts:
        return f"{parts.hostname!r} is not a host of the site"
    if port not in (None, 80, 443):
        return f"the port {port} is neither 80 nor 443"
    return ""


def is_public(address: str) -> bool:
    """Whether an IP address is one of the internet's, also where it wraps another."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or _nat64(ip)
        if inner is not None:
            return is_public(str(inner))
        if ip.teredo is not None:
            return False
    return ip.is_global and not ip.is_multicast


def _nat64(ip: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """The IPv4 address in one of RFC 6052's 64:ff9b::/96."""
    if ip not in ipaddress.IPv6Network("64:ff9b::/96"):
        return None
    return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)


class Guard:
    """Downloader middleware, the first: refuses what is not the site's."""

    def __init__(self, site: Site) -> None:
        self._hosts = site.all_hosts

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler.spidercls.site)  # type: ignore[attr-defined]

    def process_request(self, request: Request) -> None:
        if problem := refusal(request.url, self._hosts):
            raise Unfetched("refused", problem)
