"""What on a page speaks for an article and what for a listing: pure, weighed by hand.

A listing is many linked titles, each perhaps with a summary in a place of its own. An article
is a title that is no link, and paragraphs that stand together.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from crawlers.outline import Line, holder, is_link_line, is_prose
from crawlers.page import Page
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """``signs``: (weight, reason), above 0 for an article and below for a listing.

    ``words`` and ``characters`` count visible text outside links, ``all_characters`` with
    links, ``text`` those of the paragraphs that stand together; ``is_marked_article``
    says that the page's JSON-LD describes it as an article.
    """

    signs: tuple[tuple[int, str], ...]
    words: int
    characters: int
    all_characters: int
    text: int
    is_marked_article: bool

    @property
    def weight(self) -> int:
        return sum(weight for weight, _ in self.signs)


def gather(
    page: Page, site: Site, tree: HtmlElement, lines: Sequence[Line], structured: Structured
) -> Evidence:
    text = _text_together(lines)
    unlinked = [line for line in lines if line.link_share < 0.5]
    return Evidence(
        signs=(
            *_claims(structured),
            *_address(page, site),
            *_named(tree, site),
            *_layout(lines, structured, text),
        ),
        words=sum(len(line.text.split()) for line in unlinked),
        characters=sum(line.own for line in lines),
        all_characters=sum(len(line.text) for line in lines),
        text=text,
        is_marked_article=structured.article is not None,
    )


def matches_article(url: str, site: Site) -> bool:
    """Whether an address has the form of the site's articles."""
    parts = urlsplit(url)
    return any(
        re.fullmatch(form.path, f"{parts.path}?{parts.query}" if r"\?" in form.path else parts.path)
        for form in site.articles
    )


def _claims(structured: Structured) -> Iterator[tuple[int, str]]:
    articles = sum(map(is_article, structured.things))
    if structured.article is not None and articles < MANY_ARTICLES:
        yield 4, "its JSON-LD describes an article"
    if structured.first_meta("og:type").lower() == "article":
        yield 1, "og:type is article"
    if structured.first_meta("article:published_time", "datepublished", "pubdate"):
        yield 1, "it tells when it was published"


def _address(page: Page, site: Site) -> Iterator[tuple[int, str]]:
    if matches_article(page.final_url, site) or matches_article(page.url, site):
        yield 1, "its address is an article's"
    else:
        yield -2, "its address is no article's"


def _named(tree: HtmlElement, site: Site) -> Iterator[tuple[int, str]]:
    if select(tree, site.selectors.title) or select(tree, site.selectors.body):
        yield 3, "it has the parts that the site file names"


def _layout(lines: Sequence[Line], structured: Structured, most: int) -> Iterator[tuple[int, str]]:
    titled = _has_title(lines, structured)
    if titled:
        yield 2, "it has a title of its own"
    else:
        yield -1, "no title of its own"
    if most >= SHORT_TEXT:
        yield (2 if most >= TEXT and titled else 1), f"{most} characters of text stand together"
    links = [len(line.text) for line in lines if _is_linked_title(line)]
    if len(links) >= MANY_LINKS and sum(links) > most:
        yield -2, f"{len(links)} linked titles"
    if (teasers := _teasers(lines)) >= MANY_TEASERS and most < 2 * TEXT:
        yield -2, f"{teasers} titles with a summary"


def _text_together(lines: Sequence[Line]) -> int:
    """Characters of prose in the element that holds the most of it."""
    held = Counter(line.element for line in lines)
    text: Counter[object] = Counter()
    for line in lines:
        if is_prose(line):
            text[holder(line, held)] += line.own
    return max(text.values(), default=0)


def _has_title(lines: Sequence[Line], structured: Structured) -> bool:
    """Whether a line is the article's title: an ``h1`` that is no link, or what machines are told.

    Blogs link a title to its own page, so that a link counts where it says what they are told.
    """
    told = [
        words(text[:LONGEST_TITLE])
        for text in (
            text_of((structured.article or {}).get("headline")),
            structured.first_meta("og:title"),
        )
        if len(text) >= TITLE_FROM
    ]
    for line in lines:
        if not TITLE_FROM <= len(line.text) <= LONGEST_TITLE:
            continue
        if line.element.tag == "h1" and line.link_share < 0.5:
            return True
        sure, said = TOLD if line.kind == "heading" else SURELY_TOLD, words(line.text)
        if any(alike(said, text) >= sure for text in told):
            return True
    return False


def _teasers(lines: Sequence[Line]) -> int:
    """Linked titles followed by a line of text that stands alone in its place."""
    return sum(
        _is_linked_title(title) and any(is_prose(line) for line in lines[place + 1 : place + 3])
        for place, title in enumerate(lines)
    )


def _is_linked_title(line: Line) -> bool:
    return is_link_line(line) and len(line.text) >= LINKED_TITLE_FROM
