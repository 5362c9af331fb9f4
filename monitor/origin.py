"""Where a text comes from: what it prints, and what the store knows of it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, Literal
from urllib.parse import urlsplit

from crawlers.discovery import article_key, canonical_address
from crawlers.markup import Unparsable, decoded_text, parse
from crawlers.site import Site
from crawlers.structured import read_structured
from monitor.links import Cited, KnownLinks, Named, cited_by, known_links, named
from monitor.saved import SavedPageError, saved_page, site_for
from monitor.seeds import SeedError, read_text
from pipelines.article import Article, Block
from pipelines.changes import ArticleRow
from pipelines.citation import Citation
from pipelines.citations import citations_in_text, day_beside_name
from pipelines.citing import site_of
from pipelines.linking import original_of_text
from pipelines.links import Evidence
from pipelines.normalise import clean
from pipelines.reading import read
from pipelines.store import articles, erasing, sites
from pipelines.store.opening import Reader

Verdict = Literal["printed", "found", "perhaps", "named", "none"]
"""An address is printed; the original was found by what survives translation, or perhaps was;
a source is named without an address; nothing is known."""
Waits = Literal["", "reading", "telling"]

LONGEST_TITLE: Final = 300
NOWHERE: Final = "https://saved.invalid/page"
"""The address of a saved page that names none."""
_MARKUP = re.compile(r"<(?:!doctype html|html|head|body)\b", re.IGNORECASE)


class OriginError(ValueError):
    """What was asked for cannot be read; the message names it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """An original that was found by what it has in common with the text."""

    article: Named
    sure: bool
    score: float
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """What is known of where ``asked`` (an address, or a file) comes from.

    ``known``: the article's links, where the store has it and people were told of it.
    ``waits``: the store has it, to be read first or to be told. ``cites``: the sources that it
    names. ``guess``: for a text that is not in the store. ``cited_by`` those that name it.
    """

    asked: str
    known: KnownLinks | None = None
    waits: Waits = ""
    cites: tuple[Cited, ...] = ()
    guess: Guess | None = None
    cited_by: tuple[Named, ...] = ()

    @property
    def verdict(self) -> Verdict:
        if any(one.url for one in self.cites):
            return "printed"
        sure = [tie.sure for tie in self.known.originals] if self.known else []
        sure += [self.guess.sure] if self.guess else []
        if sure:
            return "found" if any(sure) else "perhaps"
        return "named" if self.cites else "none"


def origin_of_address(db: Reader | None, url: str, known: Mapping[str, Site]) -> Origin:
    """What the store knows of the article that was seen under ``url``. Raises OriginError."""
    try:
        site = _site_at(url, known)
        row = _row(db, url, site) if db is not None and site is not None else None
    except ValueError as error:
        raise OriginError(f"{url!r} is no address: {error}") from error
    if db is None or row is None:
        return Origin(asked=url)
    told = known_links(db, row.id)
    if told is None:
        waits: Waits = "reading" if row.current_version_id is None else "telling"
        return Origin(asked=url, waits=waits, cited_by=tuple(cited_by(db, row.id)))
    return Origin(asked=url, known=told, cites=told.cites, cited_by=told.cited_by)


def origin_of_file(
    db: Reader | None, path: Path, known: Mapping[str, Site], *, url: str = "", now: datetime
) -> Origin:
    """What a plain text or a saved HTML page prints, else what the store finds for it.

    ``url``: the page's own address, where it does not say. Under that address the store may
    know the article itself. Raises OriginError.
    """
    neutral = site_for(NOWHERE, name=None, sites={})
    try:
        body = saved_page(path, url=NOWHERE, site=neutral, fetched_at=now).body
        if _is_markup(body):
            url = url or _own_address(body)
            article, named_sources = _of_page(path, url, known, now)
        else:
            url, text = "", read_text(path)
            article, named_sources = _of_text(text), citations_in_text(text)
    except (SavedPageError, SeedError) as error:
        raise OriginError(str(error)) from error
    cites = tuple(_cited(db, one, known) for one in named_sources)
    stored = origin_of_address(db, url, known) if url else Origin(asked=str(path))
    told = replace(stored, asked=str(path), cites=cites, waits="")
    if db is None or any(one.url for one in cites) or (told.known and told.known.originals):
        return told
    site = _site_at(url, known)
    if site is not None and not site.translates:
        return told  # it writes itself: others translate it
    return replace(told, guess=_guess(db, article, known))


def _site_at(url: str, known: Mapping[str, Site]) -> Site | None:
    host = urlsplit(url).hostname
    return next((site for site in known.values() if host in site.all_hosts), None)


def _row(db: Reader, url: str, site: Site) -> ArticleRow | None:
    found = sites.site_row(db, site.name)
    if found is None:
        return None
    row = articles.resolve(db, found["id"], article_key(url, site))
    if row is not None:
        return row
    number = erasing.by_address(db, found["id"], canonical_address(url, site))
    return articles.by_id(db, number) if number is not None else None


def _is_markup(body: bytes) -> bool:
    return _MARKUP.search(decoded_text(body[:10_000])) is not None


def _own_address(body: bytes) -> str:
    """The address that a page gives as its own; empty where it gives none."""
    try:
        tree = parse(body)
    except Unparsable:
        return ""
    links = (link for link in tree.iter("link") if (link.get("rel") or "").lower() == "canonical")
    told = [link.get("href") or "" for link in links]
    told.append(read_structured(tree).first_meta("og:url"))
    return next((one.strip() for one in told if _is_address(one.strip())), "")


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and "." in (parts.hostname or "")


def _of_page(
    path: Path, url: str, known: Mapping[str, Site], now: datetime
) -> tuple[Article, tuple[Citation, ...]]:
    site = site_for(url or NOWHERE, name=None, sites=known)
    page = saved_page(path, url=url or NOWHERE, site=site, fetched_at=now)
    reading = read(page, site)
    if reading.article is None:
        kind = reading.kind.replace("_", " ")
        raise OriginError(f"{path}: {kind}: {reading.reason}. Give a saved article.")
    return reading.article, reading.citations


def _of_text(text: str) -> Article:
    """A text as somebody copied it: a line per block, the first short one its title."""
    lines = [line for line in map(clean, text.splitlines()) if line]
    title = lines[0] if lines and len(lines[0]) <= LONGEST_TITLE else ""
    day = day_beside_name(lines)
    return Article(
        site="",
        url="",
        title=title,
        lead="",
        blocks=tuple(Block(text=line) for line in lines),
        published_at=datetime(day.year, day.month, day.day, tzinfo=UTC) if day else None,
    )


def _cited(db: Reader | None, one: Citation, known: Mapping[str, Site]) -> Cited:
    site = site_of(one.url, known) if one.url else None
    row = _row(db, one.url, site) if db is not None and site is not None else None
    article = named(db, row.id) if db is not None and row is not None else None
    return Cited(label=one.label, name=one.name, url=one.url, article=article)


def _guess(db: Reader, article: Article, known: Mapping[str, Site]) -> Guess | None:
    found = original_of_text(db, article, tuple(known.values()))
    original = named(db, found.article_id) if found else None
    if found is None or original is None:
        return None
    return Guess(article=original, sure=found.sure, score=found.score, evidence=found.evidence)
