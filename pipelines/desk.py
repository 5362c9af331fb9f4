"""The desk of one run: what every step of a crawl needs to read, decide and write."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal

from crawlers.clock import Clock
from crawlers.discovery import canonical_address
from crawlers.page import Page
from crawlers.site import Site
from pipelines.article import Article
from pipelines.citation import Citation
from pipelines.fingerprint import Fingerprints, fingerprints
from pipelines.memory import without_learned
from pipelines.normalise import fold
from pipelines.profile import Profile
from pipelines.reading import Memory, Reading, read
from pipelines.store import articles, memory, sites
from pipelines.store.opening import Reader, Store, Writer

Read = Callable[[Page, Site, Memory, Profile], Reading]


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """One run of one site. ``read`` is how a page is read; tests may pass another recipe.

    ``sites``: all that are configured, by name; their articles may be cited.
    """

    store: Store
    site: Site
    site_id: int
    run_id: int
    clock: Clock
    read: Read = read
    sites: Mapping[str, Site] = field(default_factory=dict)

    def now(self) -> datetime:
        return self.clock.now()

    def read_page(self, db: Reader | Writer, page: Page, article_id: int) -> Reading:
        """Read a page of an article with what the store knows of the site today: its profile
        and its memory.

        The article's address is the one that answered.
        """
        known = KnownArticles(db, self.site_id, article_id)
        reading = self.read(page, self.site, known, sites.profile(db, self.site_id))
        if reading.article is None:
            return reading
        url = canonical_address(page.final_url, self.site)
        learned = memory.learned(db, self.site_id, article_id)
        article, removed = without_learned(replace(reading.article, url=url), learned)
        return replace(reading, article=article, removed={**reading.removed, **removed})


@dataclass(frozen=True, slots=True)
class KnownArticles:
    """Titles and leads that a site's other articles have or had, suspected ones included.

    They tell a teaser from a paragraph, also on yesterday's pages.
    """

    db: Reader | Writer
    site_id: int
    article_id: int

    def is_known_title(self, text: str) -> bool:
        return self._is_known("title", text)

    def is_known_lead(self, text: str) -> bool:
        """Whether this is another article's lead, or how one begins before "..."."""
        if not text.endswith(CUT):
            return self._is_known("lead", text)
        key = teaser_key(text.rstrip("….").rstrip())
        return bool(key) and articles.has_teaser(
            self.db, self.site_id, "lead", key, except_id=self.article_id, begins=True
        )

    def _is_known(self, kind: articles.TeaserKind, text: str) -> bool:
        key = teaser_key(text)
        return bool(key) and articles.has_teaser(
            self.db, self.site_id, kind, key, except_id=self.article_id
        )


SHORTEST_KEY = 20
CUT = ("...", "…")


def teaser_key(text: str) -> str:
    """A title or lead folded for look-up; empty for one too short to tell anything by."""
    key = fold(text)
    return key if len(key) >= SHORTEST_KEY else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """An article as a page showed it, with its fingerprints.

    ``missing``: parts that the site's layout always has and this page lacks. ``citations``:
    the sources that the page names.
    """

    page: Page
    article: Article
    prints: Fingerprints
    missing: tuple[str, ...] = ()
    citations: tuple[Citation, ...] = ()

    @classmethod
    def of(
        cls,
        page: Page,
        article: Article,
        missing: tuple[str, ...] = (),
        citations: tuple[Citation, ...] = (),
    ) -> "Seen":
        prints = fingerprints(article)
        return cls(page=page, article=article, prints=prints, missing=missing, citations=citations)


VerdictName = Literal[
    "baseline",
    "new",
    "older",
    "unchanged",
    "suspected",
    "changed",
    "refuted",
    "held",
    "copy",
    "same",
    "moved",
    "suspect",
    "missing",
    "not_an_article",
    "forgotten",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What was made of one page; ``reason`` is one line for people."""

    name: VerdictName
    page: Page
    article_id: int
    article: Article | None = None
    kind: str = ""
    reason: str = ""
