"""What a host tells: the site's name, and whose it is already. Pure."""

import re
from collections.abc import Iterable
from typing import Final
from urllib.parse import urlsplit

from crawlers.site import Site

LONGEST: Final = 40
_SECOND_LEVEL: Final = frozenset(
    ("com", "net", "org", "gov", "edu", "info", "ac", "name", "health", "biz", "pro", "int", "co")
)
_ODD: Final = re.compile(r"[^a-z0-9]+")


def site_name(host: str) -> str:
    """A site's name by its host's own labels: ``www.bao.org.vn`` is ``bao``."""
    labels = host.removeprefix("www.").split(".")
    labels = labels[:-1] or labels
    if len(labels) > 1 and labels[-1] in _SECOND_LEVEL:
        labels = labels[:-1]
    name = _ODD.sub("_", "_".join(labels)).strip("_")
    name = name if name[:1].isalpha() else f"s{name}"
    return (name if len(name) > 1 else f"{name}_site")[:LONGEST].rstrip("_")


def home_of(url: str) -> str | None:
    """The front page of an address's portal; None for what is no address of one."""
    url = url.strip()
    if not url.isprintable() or " " in url:
        return None
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    host = (parts.hostname or "").rstrip(".")
    if parts.scheme not in ("http", "https") or port is not None or parts.username is not None:
        return None
    try:
        host = host if host.isascii() else host.encode("idna").decode("ascii")
    except UnicodeError:
        return None
    if not re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)+", host) or host.split(".")[-1].isdigit():
        return None
    return f"{parts.scheme}://{host}/"


def owner(host: str, sites: Iterable[Site]) -> Site | None:
    """The configured site that has a host already."""
    return next((site for site in sites if host in site.all_hosts), None)
