"""A predecessor's host whose time is over: what stands there is looked for elsewhere. Pure."""

from datetime import datetime
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from crawlers.site import Site


def has_left(before: str, after: str, site: Site, now: datetime) -> bool:
    """Whether ``before`` is on a host that the site has left, and ``after`` is not."""
    left = hosts_left(site, now)
    return _host(before) in left and _host(after) not in left


def hosts_left(site: Site, now: datetime) -> frozenset[str]:
    """Hosts, without ``www.``, of predecessors whose last day, where they were, is over."""
    today = now.astimezone(ZoneInfo(site.timezone)).date()
    return frozenset(
        one.host.removeprefix("www.")
        for one in site.predecessors
        if one.until is not None and one.until < today
    )


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.")
