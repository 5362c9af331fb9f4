"""What comes back from a site: pages, lists of links, and failures to get either."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from crawlers.exchanges import Exchange

SourceKind = Literal["feed", "sitemap", "listing", "home", "pages", "argument"]
"""``pages``: addresses named in the site file; ``argument``: named with ``-a url=…``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """What a server gave to ask "changed since?" with, verbatim; empty when it gave none."""

    etag: str = ""
    last_modified: str = ""

    def __bool__(self) -> bool:
        return bool(self.etag or self.last_modified)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A place of a site that lists addresses of articles."""

    kind: SourceKind
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """An article's address as a source gave it.

    ``url`` is canonical (see ``discovery.canonical_address``), ``key`` the article's
    identity on its site. The times are hints of the source, aware UTC.
    """

    url: str
    key: str
    title: str = ""
    published_at: datetime | None = None
    modified_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Listing:
    """The links that one fetch of a source gave; ``complete`` on the last page of the source."""

    site: str
    source: Source
    page: int
    fetched_at: datetime
    links: tuple[Link, ...]
    complete: bool

    def __repr__(self) -> str:
        return f"<Listing {self.source.url} page {self.page}: {len(self.links)} links>"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Page:
    """An answer to a request for an article's address.

    ``url`` is the address asked for, ``final_url`` the one that answered after redirects;
    ``status`` the final HTTP status; ``body`` the bytes after content decoding;
    ``content_type`` the header, charset included. ``conditional`` says that validators
    were sent. ``url`` is never rewritten, so that it can be found in the store. ``exchanges``:
    what went over the wire for it, redirects first; empty where nothing is archived.
    """

    site: str
    url: str
    final_url: str
    status: int
    fetched_at: datetime
    body: bytes
    content_type: str
    validators: Validators
    conditional: bool = False
    exchanges: tuple[Exchange, ...] = ()

    def __repr__(self) -> str:
        return f"<Page {self.status} {self.final_url} {len(self.body)} bytes>"


FailureReason = Literal[
    "unreachable",  # no answer: DNS, connection, timeout, broken answer
    "certificate",  # TLS could not be verified
    "robots_forbids",  # robots.txt disallows the address
    "robots_unreachable",  # robots.txt could not be had, so nothing may be fetched
    "refused",  # the guard does not allow the address
    "too_large",  # the body is over the cap
    "too_many_redirects",
    "unreadable",  # an answer with nothing to read: a source that is gone, or is none
    "busy",  # 429: the site asks us to wait
    "server_error",  # 5xx
    "blocked",  # 401, 403, 451 or the like; 202
    "crashed",  # our own code failed on this page: a defect, reported as one
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """No usable answer for ``url``; ``detail`` is one line for people.

    ``source`` is given when the request was for a source rather than for an article.
    """

    site: str
    url: str
    reason: FailureReason
    detail: str
    failed_at: datetime
    source: Source | None = None
