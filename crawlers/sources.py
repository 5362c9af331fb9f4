"""A run's way through a site's sources: which to ask, and what an answer leads to. Pure."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from urllib.parse import urljoin

from crawlers.discovery import canonical_address, site_address
from crawlers.feeds import Unreadable, read_feed
from crawlers.listings import ListingPage, read_listing
from crawlers.markup import Unparsable, parse
from crawlers.page import FailureReason, Link, Source
from crawlers.site import Site, SourceFile
from crawlers.sitemaps import MAX_BYTES, Child, read_sitemap
from crawlers.walls import wall

MAX_SITEMAPS = 50
"""Sitemap files in one run."""
MAX_LISTED = 20_000
"""Links in one run, which the store remembers; sitemaps give their newest files first."""
SLACK = timedelta(days=1)
"""A sitemap file's own time may be wrong by so much, and often tells only the day."""
DAYS_BELIEVED = 7
MAX_DEPTH = 3
"""Sitemap indexes within indexes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """A request for a source: ``url`` is this page's or file's, ``source.url`` the first one's.

    ``read_at``: when the source had been read in full before, aware UTC; its files that say
    they are older need not be read again.
    """

    source: Source
    url: str
    read_at: datetime | None = None
    page: int = 1
    depth: int = 1
    guessed: bool = False
    file: SourceFile | None = None
    max_bytes: int = MAX_BYTES


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back ``at`` a moment; ``sitemaps`` are those that the host's robots.txt names."""

    at: datetime
    url: str
    body: bytes
    content_type: str
    sitemaps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """``links`` is None where the answer lists no articles but further sources.

    ``problem`` is one line for people, empty when there is none. ``complete``: the source was
    read to its end; not where its first page lists nothing, which may be a wall unknown to us.
    """

    links: tuple[Link, ...] | None = None
    complete: bool = True
    asks: tuple[Ask, ...] = ()
    problem: str = ""
    reason: FailureReason = "unreadable"


def is_known(child: Child, number: int, read_at: datetime | None, now: datetime) -> bool:
    """Whether a file of a sitemap index says that it has not changed since it was read.

    What it says proves nothing, so each is read all the same once a week, each day others.
    """
    if read_at is None or child.modified_at is None or child.modified_at > read_at - SLACK:
        return False
    is_its_day = (now.toordinal() + number) % DAYS_BELIEVED == 0
    return not (is_its_day and read_at.date() < now.date())


class Reader:
    """Remembers, within one run, what was asked for, so that every walk ends."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._asked: set[str] = set()
        self._sitemaps = 0
        self._listed = 0
        self._open: Counter[str] = Counter()

    def first(self) -> Iterator[Ask]:
        """The home page and the sources of the site file."""
        home = Source(kind="home", url=self._site.home)
        yield from self._new(Ask(source=home, url=home.url))
        for file in self._site.sources:
            source = Source(kind=file.kind, url=file.url)
            yield from self._new(Ask(source=source, url=file.url, file=file))

    def further(self, sources: Iterable[Source]) -> Iterator[Ask]:
        """Sources found by earlier runs, as if something had named them."""
        for source in sources:
            yield from self._new(Ask(source=source, url=source.url))

    def read(self, ask: Ask, answer: Answer) -> Found:
        """What the answer holds, and what to ask for next."""
        try:
            found = self._bounded(self._read(ask, answer))
        except (Unreadable, Unparsable) as error:
            found = Found(problem=str(error))
        if not found.links and not found.asks and (told := self._wall(answer)):
            found = Found(problem=told[1], reason=told[0])
        named = self._sitemaps_of(ask, answer.sitemaps)
        return replace(found, asks=(*found.asks, *named))

    def without(self, ask: Ask) -> Iterator[Ask]:
        """What to ask for when a source did not answer."""
        if ask.source.kind == "home":
            yield from self._sitemaps_of(ask, ())

    def _read(self, ask: Ask, answer: Answer) -> Found:
        match ask.source.kind:
            case "sitemap" if self._listed > MAX_LISTED:
                return Found(links=(), complete=False)
            case "sitemap":
                return self._sitemap(ask, answer)
            case "feed":
                return self._feed(answer)
            case _:
                return self._listing(ask, answer)

    def _wall(self, answer: Answer) -> tuple[FailureReason, str] | None:
        return wall(answer.body, url=answer.url, content_type=answer.content_type, site=self._site)

    def _bounded(self, found: Found) -> Found:
        """At most MAX_LISTED links in a run; the first source beyond it is told as a problem."""
        if found.links is None:
            return found
        before = self._listed
        self._listed += len(found.links)
        if self._listed <= MAX_LISTED:
            return found
        told = before <= MAX_LISTED
        return replace(
            found,
            links=found.links[: max(MAX_LISTED - before, 0)],
            complete=False,
            problem=f"more than {MAX_LISTED:,} links in one run; the rest is left out" * told,
            reason="too_large",
        )

    def _feed(self, answer: Answer) -> Found:
        try:
            links = read_feed(answer.body, answer.url, self._site)
            return Found(links=links, complete=bool(links))
        except Unreadable as unreadable:
            page = self._page(answer)
            if not page.feeds:  # it is no index of feeds either
                raise Unreadable(str(unreadable)) from unreadable
            return Found(asks=tuple(self._feeds(page)))

    def _listing(self, ask: Ask, answer: Answer) -> Found:
        page = self._page(answer)
        following = tuple(self._next_page(ask, page))
        feeds = tuple(self._feeds(page)) if ask.source.kind == "home" else ()
        complete = not following and (bool(page.links) or ask.page > 1)
        return Found(links=page.links, complete=complete, asks=(*following, *feeds))

    def _page(self, answer: Answer) -> ListingPage:
        return read_listing(parse(answer.body, answer.content_type), answer.url, self._site)

    def _feeds(self, page: ListingPage) -> Iterator[Ask]:
        for url in page.feeds:
            yield from self._new(Ask(source=Source(kind="feed", url=url), url=url))

    def _next_page(self, ask: Ask, page: ListingPage) -> Iterator[Ask]:
        if ask.file is None or ask.page >= ask.file.pages:
            return
        number = ask.page + 1
        url = ask.file.next_page.replace("{page}", str(number)) or page.next_page
        if url:
            yield from self._new(replace(ask, url=url, page=number))

    def _sitemap(self, ask: Ask, answer: Answer) -> Found:
        sitemap = read_sitemap(answer.body, answer.url, self._site)
        root = ask.source.url
        if not sitemap.children:
            self._open[root] -= 1
            return Found(links=sitemap.links, complete=self._open[root] <= 0)
        children = sitemap.children if ask.depth < MAX_DEPTH else ()
        unread = [
            (page, child.url)
            for page, child in enumerate(children, start=1)
            if not is_known(child, page, ask.read_at, answer.at)
        ]
        asks = tuple(
            further
            for page, url in unread
            for further in self._new(replace(ask, url=url, page=page, depth=ask.depth + 1))
        )
        if children == sitemap.children and len(asks) == len(unread):
            self._open[root] -= 1  # else the source is never read in full
        return Found(asks=asks, links=None if asks else (), complete=self._open[root] <= 0)

    def _sitemaps_of(self, ask: Ask, named: tuple[str, ...]) -> Iterator[Ask]:
        """Those that robots.txt names; else, of the home, the usual one."""
        addresses = [site_address(url, self._site, base=self._site.home) for url in named]
        known = [address for address in addresses if address]
        guessed = not known and ask.source.kind == "home"
        if guessed:
            known = [urljoin(self._site.home, "/sitemap.xml")]
        for url in known:
            source = Source(kind="sitemap", url=url)
            yield from self._new(Ask(source=source, url=url, guessed=guessed))

    def _new(self, ask: Ask) -> Iterator[Ask]:
        """The ask, unless its address was asked for before or the sitemaps are used up."""
        address = canonical_address(ask.url, self._site)
        if address in self._asked:
            return
        if ask.source.kind == "sitemap":
            if self._sitemaps >= MAX_SITEMAPS or self._listed > MAX_LISTED:
                return
            self._sitemaps += 1
            self._open[ask.source.url] += 1
        self._asked.add(address)
        yield ask
