"""What a site file would say, and what speaks for each line: from what was looked at. Pure."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal
from urllib.parse import urlsplit

from monitor.adding.forms import Form, Forms, Seen
from monitor.adding.platforms import Fit

LEAST_DELAY: Final = 5.0
VIETNAM: Final = "Asia/Ho_Chi_Minh"
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}")
_OFFSET: Final = re.compile(r"T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?([+-]\d{2}:?\d{2})(?=\")")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A value for a key of the file, and ``why``: the evidence, or what is to be done."""

    value: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundSource:
    """A place that lists articles and that a crawl would not find by itself."""

    url: str
    kind: Literal["feed", "sitemap", "listing"]
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A site file with its evidence. Without ``articles`` and ``platform`` it is of no use."""

    name: str
    title: Found
    home: Found
    languages: Found
    timezone: Found
    articles: tuple[Found, ...]
    platform: Found | None = None
    not_articles: tuple[Found, ...] = ()
    sources: tuple[FoundSource, ...] = ()
    title_selector: Found | None = None
    delay: Found | None = None
    notes: tuple[str, ...] = ()

    @property
    def is_useful(self) -> bool:
        return bool(self.articles or self.platform)


def title_of(host: str, *, site_name: str, page_title: str) -> Found:
    """The portal's name for people: what its front page calls itself."""
    if site_name:
        return Found(value=site_name, why="as og:site_name of the front page says")
    shortest = min(re.split(r"\s[|–—-]\s", page_title), key=len, default="").strip()
    if shortest:
        return Found(value=shortest, why="from the front page's <title>; write the paper's name")
    return Found(value=host, why="NOT FOUND: the front page has no title. Write the paper's name.")


def languages_of(articles: Sequence[str], declared: str) -> Found:
    """``articles``: the language of each that was read, or ""; ``declared`` by the front page."""
    told = Counter(one for one in articles if _LANGUAGE.fullmatch(one))
    if told:
        counts = ", ".join(f"{number} in {name}" for name, number in told.most_common())
        why = f"of {len(articles)} articles read: {counts}"
        first = sorted(told, key=lambda name: (name != declared, -told[name]))
        return Found(value=" ".join(first), why=why)
    if _LANGUAGE.fullmatch(declared):
        return Found(value=declared, why="as the front page's html lang says")
    why = "NOT FOUND: no page says its language. Vietnamese is assumed; write what is right."
    return Found(value="vi", why=why)


def timezone_of(host: str, bodies: Iterable[str]) -> Found:
    """By the offsets that articles give with their times."""
    offsets = Counter(
        offset.replace(":", "") for body in bodies for offset in set(_OFFSET.findall(body))
    )
    if offsets and set(offsets) == {"+0700"}:
        why = f"{offsets.total()} articles give their times with +07:00"
        return Found(value=VIETNAM, why=why)
    if offsets:
        told = ", ".join(sorted(offsets))
        why = f"NOT SURE: articles give their times with {told}. Write the portal's zone."
    elif host.endswith(".vn"):
        why = "the host is Vietnamese; no article gives its time with an offset"
    else:
        why = "NOT FOUND: no article gives its time with an offset. Write the portal's zone."
    return Found(value=VIETNAM, why=why)


def delay_of(crawl_delay: float) -> Found | None:
    if crawl_delay <= LEAST_DELAY:
        return None
    return Found(value=f"{crawl_delay:g}", why="Crawl-delay of robots.txt")


def articles_of(forms: Forms, fit: Fit | None) -> tuple[Found, ...]:
    """The forms that the platform, where one fits, does not know."""
    taken = [form for form in forms.taken if fit is None or form.pattern not in fit.covers]
    return tuple(Found(value=form.pattern, why=_why(form)) for form in taken)


def _why(form: Form) -> str:
    words = f"; {form.words} words at least, to tell them from sections" if form.words else ""
    links = "1 link has" if form.number == 1 else f"{form.number} links have"
    return (
        f"{form.articles} of {form.fetched} pages fetched were articles; {links} this form{words}: "
        f"{form.example}"
    )


def not_articles_of(forms: Forms) -> tuple[Found, ...]:
    return tuple(
        Found(value=re.escape(path), why="fetched, and a listing") for path in forms.listings
    )


def notes_of(
    forms: Forms,
    seen: Sequence[Seen],
    feeds: Mapping[str, int],
    sitemaps: Mapping[str, int],
    *,
    unasked: int = 0,
) -> tuple[str, ...]:
    """What else was found or not, a line each; sources by address with their links.

    ``unasked``: so many that the portal names were left out for lack of time.
    """
    notes = []
    for url, number in feeds.items():
        notes.append(f"Feed with {number} links, found at each run by itself: {url}")
    for url, number in sitemaps.items():
        notes.append(f"Sitemap with {number} links, found at each run by itself: {url}")
    if unasked:
        notes.append(
            f"NOT ASKED FOR: {unasked} sources that the portal names, for which an hour was not "
            "enough. Each run finds them by itself."
        )
    elif not feeds and not sitemaps:
        notes.append(
            "NOT FOUND: neither feed nor sitemap. The front page is read; name section pages "
            "under 'sources' (kind: listing) if it does not show every new article."
        )
    notes += [
        f"Not taken: {one.number} links like {one.example} ({one.articles} of {one.fetched} "
        "fetched were articles)."
        for one in forms.refused
    ]
    paths = [one.path for one in seen if one.shape.may_be_an_article]
    matched = sum(any(re.fullmatch(f.pattern, path) for f in forms.taken) for path in paths)
    notes.append(f"{matched} of {len(paths)} links that may be articles' have the forms above.")
    notes.append(
        "Not looked for: ids that stay with an article for ever (a group 'id'), older forms of "
        "addresses, selectors, noise. docs/adding-a-site.md says how to name them."
    )
    return tuple(notes)


def host_of(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.")
