"""What was found at a portal: frozen, and pure. Times are aware UTC."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from crawlers.page import FailureReason, Link, SourceKind, Validators
from crawlers.recognise import PageKind

NO_VALIDATORS: Final = Validators()
Trust = Literal[
    "untried",  # not asked again: others of the site were
    "none",  # the server gave nothing to ask "changed since?" with
    "true",  # 304 to its own validators, the whole page to others
    "useless",  # the whole page to its own: nothing is saved, nothing lost
    "lying",  # 304 to validators that it never gave, or the same ETag for other pages
]


@dataclass(frozen=True, slots=True, kw_only=True)
class RobotsProbe:
    """robots.txt of the home page's origin; without ``body`` there was none (4xx), or it is empty.

    ``crawl_delay`` in seconds, 0 for none asked. ``fetched_at`` may lie some hours back: a
    fresh copy is not asked for again.
    """

    origin: str
    fetched_at: datetime
    body: str
    crawl_delay: float
    sitemaps: tuple[str, ...]
    allows_home: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceProbe:
    """A source and all its files that were asked for.

    ``configured``: the site file names it, or it is the home page. ``guessed``: nothing
    named it (/sitemap.xml). ``links`` are the first of ``number`` links to articles that it
    lists; ``further`` other sources or files that it led to. ``reason`` is empty where it and
    its files could be read; a file's ``detail`` begins with its address. ``answered`` says that the
    server sent a page at all. ``saved`` is the name of the first answer's file in the probe's
    folder, empty where there is none.
    """

    kind: SourceKind
    url: str
    final_url: str = ""
    status: int = 0
    content_type: str = ""
    configured: bool = False
    guessed: bool = False
    number: int = 0
    links: tuple[Link, ...] = ()
    further: int = 0
    reason: FailureReason | Literal[""] = ""
    detail: str = ""
    saved: str = ""

    @property
    def answered(self) -> bool:
        return self.status == 200


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleProbe:
    """A page that a source listed as an article, and what was read of it.

    ``kind`` is what the page was recognised as, "gone" (404, 410), or why nothing came.
    ``characters`` counts title, lead and text without captions. The rest is empty where the
    page is no article. ``trust`` says what became of asking again with ``validators``.
    """

    url: str
    listed_by: str
    final_url: str = ""
    status: int = 0
    content_type: str = ""
    kind: PageKind | FailureReason | Literal["gone"]
    reason: str = ""
    title: str = ""
    lead: str = ""
    author: str = ""
    published_at: datetime | None = None
    modified_at: datetime | None = None
    blocks: int = 0
    captions: int = 0
    characters: int = 0
    validators: Validators = NO_VALIDATORS
    trust: Trust = "untried"
    trust_reason: str = ""
    saved: str = ""

    @property
    def is_article(self) -> bool:
        return self.kind == "article"


@dataclass(frozen=True, slots=True, kw_only=True)
class Probe:
    """One look at one portal, or ``problem``: one line on why there was none.

    ``end`` is how the crawl ended (``crawlers.ends``), ``crashes`` defects of our own met
    meanwhile. ``robots`` is None where it could not be had. ``unasked`` sources and articles
    were left out: with ``delay`` seconds at least between two requests they did not fit into its
    time.
    """

    site: str
    began_at: datetime
    ended_at: datetime
    end: str = ""
    problem: str = ""
    requests: int = 0
    delay: float = 0.0
    unasked: int = 0
    robots: RobotsProbe | None = None
    sources: tuple[SourceProbe, ...] = ()
    articles: tuple[ArticleProbe, ...] = ()
    crashes: tuple[str, ...] = ()

    @property
    def home(self) -> SourceProbe | None:
        """The home page; None where it was not asked for."""
        return next((source for source in self.sources if source.kind == "home"), None)
