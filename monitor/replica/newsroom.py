"""A portal's articles while the script is written: who lives, who is gone, who may be touched."""

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from monitor.replica import addresses
from monitor.replica.sentences_vi import SECTIONS, Section
from monitor.replica.story import Event, Gone, Served, Story
from monitor.replica.writing import Draft, new_draft, person, said

_BAONINHBINH = "https://baoninhbinh.org.vn"
_DIGITS = "d20240625160152777"
_DIENBIEN = "https://svhttdl.dienbien.gov.vn/portal/pages"
CITED = {
    "baoninhbinh": (
        f"{_BAONINHBINH}/ban-chi-dao-35-va-ban-chi-dao-cong-tac-thong-tin-doi-ngoai/{_DIGITS}.htm",
        "2024-06-25T16:01+07:00",
    ),
    "svhttdl_dienbien": (
        f"{_DIENBIEN}/2025-05-29/Tang-cuong-cong-tac-thong-tin-tuyen-truyen-phuc-vu.aspx",
        "2025-05-29T08:00+07:00",
    ),
}
"""Addresses that a site file names under ``pages``, and when they were published."""

DAY_ONLY = ("svhttdl_dienbien", "vietnamvn")
MOVING = "baoninhthuan"
WITHOUT_CAPTIONS = ("svhttdl_dienbien",)
WITHOUT_AUTHOR = ("svhttdl_dienbien", "vietnamvn")


HOURS_BETWEEN = 12
"""Between two editions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """How closely events may follow one another on an article, in editions.

    ``rest``: between two events; ``fresh``: between its appearing and the first. What is
    changed back (``reverted``), comes back (``restored``) or follows its original
    (``followed``) does so after that many. ``oldest``: articles published longer ago than
    that are left alone; None for no such bound. ``sparse``: every second act is left out.
    ``quiet``: the last editions, in which nothing happens. ``moves_at``: the edition with
    which all that stands on Báo Ninh Thuận's old host moves to its successor's; until then
    most appears there; ``wholly``: all does, and half of the old addresses are gone after it,
    where else all redirect. ``hushed``: a portal, and the first and the last edition of a time in
    which articles appear there and nothing else happens; what was promised waits for its end.
    """

    rest: int = 2
    fresh: int = 2
    reverted: int = 1
    restored: int = 3
    followed: int = 1
    oldest: timedelta | None = None
    sparse: bool = False
    quiet: int = 0
    moves_at: int | None = None
    wholly: bool = False
    hushed: tuple[tuple[str, int, int], ...] = ()

    def is_hushed(self, site: str, edition: int) -> bool:
        """Whether nothing but new articles may be on the portal with the edition."""
        return any(site == one and first <= edition <= last for one, first, last in self.hushed)


USUAL = Plot()
ON_THE_OLD_HOST = 0.75


class Newsroom:
    """One portal while its editions are written.

    A story that was touched rests for some editions; one that is ``apart`` (copied,
    translated, promised to a later event) is chosen by no event.
    """

    def __init__(self, site: str, rng: random.Random, start: datetime, plot: Plot = USUAL) -> None:
        self.site = site
        self.rng = rng
        self.start = start
        self.plot = plot
        self.leaves_old_host = plot.moves_at is not None and site == MOVING
        self.stories: dict[str, Story] = {}
        self.away: dict[str, Story] = {}
        self.gone: dict[str, Gone] = {}
        self.apart: set[str] = set()
        self.touched: dict[str, int] = {}
        self.promised: list[tuple[int, Callable[..., list[Event]]]] = []
        self._count = 0

    def write(
        self,
        published: datetime,
        edition: int,
        *,
        translated: bool = False,
        old_form: bool = False,
    ) -> Story:
        """A new story of the portal's own, not yet served."""
        section = self.rng.choice(SECTIONS)
        draft = self._draft(section, published, translated)
        share = 1.0 if self.plot.wholly else ON_THE_OLD_HOST
        old_form = old_form or (self.leaves_old_host and self.rng.random() < share)
        form = (addresses.OLD_FORM if old_form else addresses.NEW_FORM)[self.site]
        story = Story(
            ident=self.name(),
            site=self.site,
            url="",
            section=section.slug,
            language="vi",
            draft=draft,
            author="" if self.site in WITHOUT_AUTHOR else person(self.rng.randrange(10**6)),
            published_at=published,
            modified_at=published,
            day_only=self.site in DAY_ONLY,
            first_edition=edition,
        )
        return replace(story, url=self.fresh_address(story, form))

    def _draft(self, section: Section, published: datetime, translated: bool) -> Draft:
        captions = 0 if self.site in WITHOUT_CAPTIONS else self.rng.randint(1, 2)
        titles = {story.title for story in self.stories.values()}
        while True:
            today = published.date()
            draft = new_draft(self.rng, section, today, translated=translated, captions=captions)
            if said(draft.title) not in titles:
                return draft

    def name(self) -> str:
        """The next ident."""
        self._count += 1
        return f"{self.site}-{self._count}"

    def fresh_address(self, story: Story, form: addresses.Address | None = None) -> str:
        """An address for ``story`` that nothing here has or had."""
        form = form or addresses.NEW_FORM[self.site]
        title = story.title
        while True:
            wanted = addresses.Wanted(self.rng, title, story.section, story.published_at)
            url = form(wanted)
            if not self.knows(url):
                return url
            title = f"{self.rng.choice(('Tin', 'Nhanh', 'Ghi', 'Chuyện', 'Gặp'))} {title}"

    def knows(self, url: str) -> bool:
        """Whether the address is or was served, or another with the number that it is known by."""
        alive = (*self.stories.values(), *self.away.values())
        taken = (*self.gone, *(story.url for story in alive))
        return any(addresses.is_same(url, other) for other in taken)

    def put(self, story: Story, edition: int) -> Story:
        """Serve ``story`` from now on, in place of the one with its ident."""
        is_fresh = story.ident not in self.touched
        self.stories[story.ident] = story
        self.gone.pop(story.url, None)
        ahead = self.plot.rest - self.plot.fresh if is_fresh else 0
        self.touched[story.ident] = edition - ahead
        return story

    def rested(self, ident: str, edition: int) -> bool:
        """Whether something may happen to the story again."""
        return edition - self.touched.get(ident, -99) >= self.plot.rest

    def pick(self, edition: int, fits: Callable[[Story], bool] = lambda _: True) -> Story | None:
        """A story that rested and ``fits``; None when there is none."""
        rested = [
            story
            for ident, story in self.stories.items()
            if ident not in self.apart
            and story.listed
            and self.rested(ident, edition)
            and self.is_young(story, edition)
            and fits(story)
        ]
        return self.rng.choice(rested) if rested else None

    def is_young(self, story: Story, edition: int) -> bool:
        """Whether the plot lets things happen to an article of that age."""
        begins_at = self.start + timedelta(hours=HOURS_BETWEEN * edition)
        oldest = self.plot.oldest
        return oldest is None or begins_at - story.published_at <= oldest

    def promise(self, edition: int, act: Callable[..., list[Event]]) -> None:
        """Have ``act`` (see acts.py) done with a later edition."""
        self.promised.append((edition, act))

    def served(self) -> Served:
        """What the portal serves now."""
        order = sorted(
            self.stories.values(),
            key=lambda story: (story.first_edition, story.published_at, story.ident),
            reverse=True,
        )
        return Served(stories=tuple(order), gone=tuple(self.gone.values()))

    def before(self, begins_at: datetime, least: int = 10, most: int = 240) -> datetime:
        """A moment shortly before the edition, on the minute."""
        moment = begins_at - timedelta(minutes=self.rng.randint(least, most))
        return moment.replace(second=0, microsecond=0)
