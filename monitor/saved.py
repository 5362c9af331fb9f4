"""Saved pages: a file and the address it was saved from, read as if they came from the site."""

import zlib
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from crawlers.page import Page, Validators
from crawlers.site import ArticleAddress, Site

MAX_BODY = 5 * 1024 * 1024
_GZIP = b"\x1f\x8b"


class SavedPageError(ValueError):
    """A saved page cannot be used; the message names the file or option."""


def saved_page(path: Path, *, url: str, site: Site, fetched_at: datetime) -> Page:
    """The page in ``path``, gzipped or not, at most 5 MB. Raises SavedPageError."""
    try:
        with path.open("rb") as file:
            body = file.read(MAX_BODY + 1)
    except (OSError, ValueError) as error:  # a NUL in the name is a ValueError
        told = getattr(error, "strerror", None) or error
        raise SavedPageError(f"{path}: {told}. Give a saved page.") from error
    if body.startswith(_GZIP):
        body = _unzipped(path, body)
    if len(body) > MAX_BODY:
        raise SavedPageError(f"{path}: more than {MAX_BODY // 1024**2} MB, the limit for a page")
    return Page(
        site=site.name,
        url=url,
        final_url=url,
        status=200,
        fetched_at=fetched_at,
        body=body,
        content_type="text/html",
        validators=Validators(),
    )


def _unzipped(path: Path, body: bytes) -> bytes:
    reader = zlib.decompressobj(wbits=31)
    try:
        unzipped = reader.decompress(body, MAX_BODY + 1)
    except zlib.error as error:
        raise SavedPageError(f"{path}: broken gzip ({error})") from error
    if not reader.eof and len(unzipped) <= MAX_BODY:
        raise SavedPageError(f"{path}: the gzip ends before its end; fetch the file again")
    return unzipped


def site_for(url: str, *, name: str | None, sites: Mapping[str, Site]) -> Site:
    """The site ``name``, else the configured one with the address's host, else a neutral one.

    Raises SavedPageError for an unknown name and for what is no address.
    """
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        host = None
    if not host or parts.scheme not in ("http", "https"):
        raise SavedPageError(f"{url!r} is no address; write it as https://host/path")
    if name is not None:
        if name not in sites:
            raise SavedPageError(f"unknown site {name!r}; known are {', '.join(sorted(sites))}")
        return sites[name]
    return next(
        (site for site in sites.values() if host in site.all_hosts),
        _neutral_site(f"{parts.scheme}://{parts.netloc}/", host),
    )


def _neutral_site(home: str, host: str) -> Site:
    return Site(
        name="saved",
        title=host,
        home=home,
        verified=False,
        articles=(ArticleAddress(path=".*", note="any page may be an article"),),
    )
