"""What a crawl is asked with ``-a``. Pure."""

import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Literal, cast, get_args
from zoneinfo import ZoneInfo

from crawlers.discovery import site_address
from crawlers.site import Site

Recheck = Literal["due", "all", "none"]
Sources = Literal["all", "due", "none"]
KNOWN = ("recheck", "sources", "limit", "url", "since", "warc")
_NEXT_URL = re.compile(r",(?=\s*https?://)")


class ArgumentError(ValueError):
    """A spider argument is unknown or wrong; the message says what would be right."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arguments:
    """``recheck``: which known articles to look at again; ``sources``: which feeds, sitemaps
    and listings to read; ``limit``: articles at most; ``urls``: only these addresses
    (canonical); ``since``: only articles published then or later, aware UTC; ``warc``: the
    folder for an archive of what became a version or a suspicion.
    """

    recheck: Recheck = "due"
    sources: Sources = "all"
    limit: int | None = None
    urls: tuple[str, ...] = ()
    since: datetime | None = None
    warc: Path | None = None


def parse_arguments(given: Mapping[str, str], site: Site) -> Arguments:
    """Raises ArgumentError."""
    for name in given:
        if name not in KNOWN:
            raise ArgumentError(f"unknown argument {name!r}; known are {', '.join(KNOWN)}")
    return Arguments(
        recheck=cast("Recheck", _one_of(get_args(Recheck), "recheck", given.get("recheck", "due"))),
        sources=cast("Sources", _one_of(get_args(Sources), "sources", given.get("sources", "all"))),
        limit=_limit(given["limit"]) if "limit" in given else None,
        urls=_urls(given["url"], site) if "url" in given else (),
        since=_since(given["since"], site) if "since" in given else None,
        warc=warc_folder(given["warc"]) if "warc" in given else None,
    )


def warc_folder(value: str) -> Path:
    """A folder in which archives can be written. Raises ArgumentError."""
    folder = Path(value).absolute()
    if not folder.is_dir():
        raise ArgumentError(f"warc={value}: there is no such folder; make it first")
    if not os.access(folder, os.W_OK | os.X_OK):
        raise ArgumentError(f"warc={value}: nothing may be written into this folder")
    return folder


def _one_of(choices: Sequence[str], name: str, value: str) -> str:
    if value not in choices:
        raise ArgumentError(f"{name}={value}: give {', '.join(choices[:-1])} or {choices[-1]}")
    return value


def _limit(value: str) -> int:
    if not value.isdecimal() or int(value) < 1:
        raise ArgumentError(f"limit={value}: give a whole number from 1")
    return int(value)


def _urls(value: str, site: Site) -> tuple[str, ...]:
    urls = []
    for piece in _NEXT_URL.split(value):
        url = site_address(piece, site, base="")
        if url is None:
            raise ArgumentError(
                f"url={piece}: not an address of {site.name}; its hosts are "
                + ", ".join(sorted(host for host in site.all_hosts if host[:4] != "www."))
            )
        urls.append(url)
    return tuple(dict.fromkeys(urls))


def _since(value: str, site: Site) -> datetime:
    try:
        day = date.fromisoformat(value)
    except ValueError as error:
        raise ArgumentError(f"since={value}: give a day like 2026-01-31") from error
    return datetime.combine(day, time(), ZoneInfo(site.timezone)).astimezone(UTC)
