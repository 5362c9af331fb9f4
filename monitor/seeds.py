"""Seed documents → the originals they cite.

A seed is plain text in any of the portals' languages: an article as somebody copied it,
often with the line that names its source.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from crawlers.site import Site
from pipelines.normalise import clean
from pipelines.sourceline import source_in

Verdict = Literal["cited", "no_address", "foreign", "none"]
"""``no_address``: a source is named and its address not printed; ``foreign``: the address
belongs to no configured site; ``none``: no source is named."""


class SeedError(ValueError):
    """A seed document cannot be read; the message names the file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedSource:
    """The line that names a source: its label as written, and the address or ""."""

    label: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seed:
    """One document: what it cites, and the name of the configured site that has it."""

    path: Path
    source: CitedSource
    site: str | None = None

    @property
    def verdict(self) -> Verdict:
        if self.source.url:
            return "cited" if self.site else "foreign"
        return "no_address" if self.source.label else "none"

    def as_json(self) -> dict[str, Any]:
        return {
            "file": str(self.path),
            "verdict": self.verdict,
            "site": self.site,
            "url": self.source.url or None,
            "label": self.source.label or None,
        }


def cited_source(text: str) -> CitedSource:
    """The source that ``text`` names last, one with an address before one without."""
    lines = [line for line in map(clean, text.splitlines()) if line]
    named = [source_in(line, after) for line, after in pairwise([*lines, ""])]
    found = [CitedSource(label=one.label, url=one.url) for one in named if one]
    with_address = [source for source in found if source.url]
    return (with_address or found or [CitedSource()])[-1]


def read_seed(path: Path, sites: Mapping[str, Site]) -> Seed:
    """The seed document ``path``. Raises SeedError for what is no readable text."""
    source = cited_source(read_text(path))
    return Seed(path=path, source=source, site=_site_of(source.url, sites))


def read_text(path: Path) -> str:
    """The text in a file, UTF-8 or UTF-16 with its mark. Raises SeedError."""
    try:
        body = path.read_bytes()
    except (OSError, ValueError) as error:  # a NUL in the name is a ValueError
        told = getattr(error, "strerror", None) or error
        raise SeedError(f"{path}: {told}. Give a text file.") from error
    utf16 = body.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        return body.decode("utf-16" if utf16 else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise SeedError(f"{path}: not UTF-8 text ({error}). Save it as UTF-8.") from error


def _site_of(url: str, sites: Mapping[str, Site]) -> str | None:
    try:
        host = urlsplit(url).hostname
    except ValueError:
        return None
    return next((name for name, site in sites.items() if host in site.all_hosts), None)


def add_sources(seeds: Iterable[Seed], add: Callable[[str, str], bool]) -> int:
    """Hand every cited address of a configured site to ``add``; return how many were new.

    ``add`` takes the site's name and the address, and says whether it was not known.
    """
    cited = dict.fromkeys((seed.site, seed.source.url) for seed in seeds if seed.site)
    return sum(add(site, url) for site, url in cited if site)
