"""What on a page speaks for an article and what for a listing: pure, weighed by hand.

A listing is many linked titles, each perhaps with a summary in a place of its own. An article
is a title that is no link, a date below it, and paragraphs that stand together. What a page
says in its foot or aside speaks for neither.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from crawlers.outline import Line, holder, is_link_line, is_prose, outline
from crawlers.page import Page
from crawlers.plain import short
from crawlers.selection import select
from crawlers.similarity import alike, words
from crawlers.site import Site
from crawlers.structured import Structured, is_article, text_of

TITLE_FROM = 20
LONGEST_TITLE = 300
TOLD = 0.7
SURELY_TOLD = 0.9
"""How alike a heading, or any line, must be to a title that the page tells machines."""
LINKED_TITLE_FROM = 25
MANY_LINKS = 12
MANY_TEASERS = 5
MANY_ARTICLES = 4
TEXT = 600
SHORT_TEXT = 250
SHORT_TITLE_FROM = 4
"""Characters of a title that only counts where the page tells it twice and links it nowhere."""
BELOW_TITLE = 4
"""Lines after a title among which its date is looked for."""
LONGEST_DATE = 80
APART = ("footer", "aside")

_DATE = re.compile(
    r"\b\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?\d{4}\b|\b\d{4}-\d{2}-\d{2}"
    r"|\b\d{1,2}[:h]\d{2}\b.*\b\d{4}\b|\b\d{4}\b.*\b\d{1,2}[:h]\d{2}\b"
)
_SEGMENTS = re.compile(r"\s+[|–—:-]\s+|\s*[|»]\s*|\s*:\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """``signs``: (weight, reason), above 0 for an article and below for a listing.

    ``lines`` are those of the page that are not apart. ``words`` and ``own`` (characters)
    count the text in them outside links, headings and summaries of teasers left out of
    ``own``; ``all_characters`` everything visible, ``text`` those of the paragraphs that
    stand together; ``links`` the other lines. ``is_marked_article`` says that the
    page's JSON-LD describes it as an article, ``titled`` and ``dated`` that it has a title,
    and a time of publication.
    """

    signs: tuple[tuple[int, str], ...]
    lines: tuple[Line, ...]
    words: int
    own: int
    all_characters: int
    text: int
    links: int
    linked_titles: int
    is_marked_article: bool
    titled: bool
    dated: bool

    @property
    def weight(self) -> int:
        return sum(weight for weight, _ in self.signs)


def gather(
    page: Page, site: Site, tree: HtmlElement, lines: Sequence[Line], structured: Structured
) -> Evidence:
    kept = _not_apart(tree, lines)
    title = _find_title(kept, structured, tree)
    teasers = _teasers(kept)
    own = _own_lines(kept, teasers)
    text = _text_together(kept)
    links = [len(line.text) for line in kept if _is_linked_title(line)]
    published = bool(_published(structured))
    below = title is not None and _is_dated(kept, title)
    return Evidence(
        signs=(
            *_claims(structured),
            *_address(page, site),
            *_named(tree, site),
            *_layout(kept, title, below, text, links, len(teasers)),
        ),
        lines=kept,
        words=sum(len(line.text.split()) for line in own),
        own=sum(line.own for line in own if line.kind != "heading"),
        all_characters=sum(len(line.text) for line in lines),
        text=text,
        links=len(kept) - len(own),
        linked_titles=len(links),
        is_marked_article=structured.article is not None,
        titled=title is not None,
        dated=published or below,
    )


def own_text(tree: HtmlElement) -> tuple[str, ...]:
    """What a page says outside links, its foot and asides, and summaries of teasers."""
    kept = _not_apart(tree, outline(tree))
    return tuple(line.text for line in _own_lines(kept, _teasers(kept)))


def _own_lines(lines: Sequence[Line], teasers: Sequence[int]) -> list[Line]:
    summaries = frozenset(teasers) if len(teasers) >= MANY_TEASERS else frozenset()
    return [
        line for place, line in enumerate(lines) if line.link_share < 0.5 and place not in summaries
    ]


def _not_apart(tree: HtmlElement, lines: Sequence[Line]) -> tuple[Line, ...]:
    apart = {held for element in tree.iter(*APART) for held in element.iter()}
    return tuple(line for line in lines if line.element not in apart) if apart else tuple(lines)


def matches_article(url: str, site: Site) -> bool:
    """Whether an address has the form of the site's articles."""
    parts = urlsplit(url)
    return any(
        re.fullmatch(form.path, f"{parts.path}?{parts.query}" if r"\?" in form.path else parts.path)
        for form in site.forms_at(parts.hostname or "")
    )


def _claims(structured: Structured) -> Iterator[tuple[int, str]]:
    articles = sum(map(is_article, structured.things))
    if structured.article is not None and articles < MANY_ARTICLES:
        yield 4, "its JSON-LD describes an article"
    if structured.first_meta("og:type").lower() == "article":
        yield 1, "og:type is article"
    if _published(structured):
        yield 1, "it tells when it was published"


def _address(page: Page, site: Site) -> Iterator[tuple[int, str]]:
    if matches_article(page.final_url, site) or matches_article(page.url, site):
        yield 1, "its address is an article's"
    else:
        yield -2, "its address is no article's"


def _named(tree: HtmlElement, site: Site) -> Iterator[tuple[int, str]]:
    if select(tree, site.selectors.title) or select(tree, site.selectors.body):
        yield 3, "it has the parts that the site file names"


def _published(structured: Structured) -> str:
    return structured.first_meta("article:published_time", "datepublished", "pubdate")


def _layout(
    lines: Sequence[Line],
    title: int | None,
    dated: bool,
    most: int,
    links: Sequence[int],
    teasers: int,
) -> Iterator[tuple[int, str]]:
    if title is None:
        yield -1, "no title of its own"
    elif len(lines[title].text) < TITLE_FROM:
        yield 1, "it has a short title of its own"
    else:
        yield 2, "it has a title of its own"
    if dated:
        yield 3, "a date stands below its title"
    if most >= SHORT_TEXT:
        long = most >= TEXT and title is not None
        yield (2 if long else 1), f"{most} characters of text stand together"
    if len(links) >= MANY_LINKS and sum(links) > most:
        yield -2, f"{len(links)} linked titles"
    if teasers >= MANY_TEASERS and most < 2 * TEXT:
        yield -2, f"{teasers} titles with a summary"


def _text_together(lines: Sequence[Line]) -> int:
    """Characters of prose in the element that holds the most of it."""
    held = Counter(line.element for line in lines)
    text: Counter[object] = Counter()
    for line in lines:
        if is_prose(line):
            text[holder(line, held)] += line.own
    return max(text.values(), default=0)


def _find_title(lines: Sequence[Line], structured: Structured, tree: HtmlElement) -> int | None:
    """The place of the article's title: an ``h1`` that is no link, or what the page is called.

    Blogs link a title to its own page, so that a link counts where it says what machines are
    told. A short title must be told as it stands, and nowhere be a link: a section's name is.
    """
    told = (text_of((structured.article or {}).get("headline")), structured.first_meta("og:title"))
    called = _SEGMENTS.split(short(tree.findtext(".//title") or "", LONGEST_TITLE))[:3]
    known = [words(text[:LONGEST_TITLE]) for text in told if len(text) >= TITLE_FROM]
    names = [words(text) for text in called if len(text) >= TITLE_FROM]
    shorts = _short_names((*told, *called), lines)
    for place, line in enumerate(lines):
        if len(line.text) > LONGEST_TITLE:
            continue
        is_heading, said = line.kind == "heading", line.text.casefold()
        if len(line.text) < TITLE_FROM:
            if is_heading and said in shorts:
                return place
            continue
        if line.element.tag == "h1" and line.link_share < 0.5:
            return place
        wanted = [*known, *names] if is_heading and line.link_share < 0.5 else known
        if not wanted:
            continue
        sure, said_words = TOLD if is_heading else SURELY_TOLD, words(said)
        if any(alike(said_words, text) >= sure for text in wanted):
            return place
    return None


def _short_names(told: Sequence[str], lines: Sequence[Line]) -> frozenset[str]:
    names = {text.casefold() for text in told if SHORT_TITLE_FROM <= len(text) < TITLE_FROM}
    if not names:
        return frozenset()
    return frozenset(names - {line.text.casefold() for line in lines if is_link_line(line)})


def _is_dated(lines: Sequence[Line], title: int) -> bool:
    """Whether a date stands below the title, before anything else begins."""
    for line in lines[title + 1 : title + 1 + BELOW_TITLE]:
        if _is_linked_title(line):
            return False
        if line.kind == "preformatted":
            return False
        if len(line.text) <= LONGEST_DATE and _DATE.search(line.text):
            return True
    return False


def _teasers(lines: Sequence[Line]) -> list[int]:
    """Places of the text that follows linked titles, each alone in its place."""
    found = []
    for place, title in enumerate(lines):
        if _is_linked_title(title):
            below = range(place + 1, min(place + 3, len(lines)))
            found.extend([spot for spot in below if is_prose(lines[spot])][:1])
    return found


def _is_linked_title(line: Line) -> bool:
    return len(line.text) >= LINKED_TITLE_FROM and is_link_line(line)
