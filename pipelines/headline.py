"""An article's title: pure.

What the page shows is taken; what it says to machines (JSON-LD, OpenGraph) tells which of
the shown lines it is. So a corrected headline is seen even where the machines' copy is old.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from lxml.html import HtmlElement

from crawlers.outline import Line, is_link_line
from crawlers.plain import clean
from crawlers.similarity import alike, words
from crawlers.structured import Structured, text_of
from pipelines.normalise import comparable

TITLE_TAGS = ("h1", "h2", "h3")
LONGEST_TITLE = 400
LONGEST_TOLD = 2_000
"""Characters that are read of what machines are told."""
MOST_HEADINGS = 1_000
MOST_LINES = 5_000
"""Headings, and lines of a page without one, among which the title is looked for."""
SAME_TITLE = 0.6
RELATED_TITLE = 0.25
SURE_TITLE = 0.9
COPY = 5
"""Characters by which two printings of a title differ at most: quotes, spaces."""

_SITE_SEPARATOR = re.compile(r"\s+[|\-–—»·:]+\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """``text`` of the title and the place of its line; ``place`` is None when not shown."""

    text: str
    place: int | None


def find_title(
    lines: Sequence[Line], structured: Structured, tree: HtmlElement, names: Sequence[str]
) -> Headline:
    """The article's title; ``names`` are the names of the site, which are no titles."""
    told = tuple(dict.fromkeys(_told(structured, tree)))
    known = [words(text) for text in told]
    own = [words(name) for name in names]
    best, best_score = None, RELATED_TITLE
    for place in islice(_headings(lines), MOST_HEADINGS):
        line = lines[place]
        score = _score(line, known, own)
        if score > best_score:
            best, best_score = place, score
        if line.element.tag == "h1" and score >= SURE_TITLE:
            break  # a second one is a copy for another size of screen
    if best is None:
        best = _only_h1(lines, own)
    if best is not None:
        return Headline(text=lines[best].text, place=best)
    return _unmarked(lines, told)


def once(lines: Sequence[Line], title: Headline) -> tuple[Sequence[Line], Headline]:
    """The page's lines without second printings of the title, for small screens as a rule."""
    if title.place is None:
        return lines, title
    shown, said = lines[title.place], comparable(title.text)
    left = tuple(line for line in lines if line is shown or not _says(line, title.text, said))
    place = next(place for place, line in enumerate(left) if line is shown)
    return left, Headline(text=title.text, place=place)


def _says(line: Line, title: str, said: str) -> bool:
    near = line.kind != "heading" and abs(len(line.text) - len(title)) <= COPY
    return near and not is_link_line(line) and comparable(line.text) == said


def _headings(lines: Sequence[Line]) -> Iterator[int]:
    for place, line in enumerate(lines):
        if line.element.tag in TITLE_TAGS or line.kind == "heading":
            yield place


def _score(line: Line, known: Sequence[Counter[str]], own: Sequence[Counter[str]]) -> float:
    if len(line.text) > LONGEST_TITLE:
        return 0.0
    seen = words(line.text)
    if any(alike(seen, name) > 0.8 for name in own):
        return 0.0
    closeness = max((alike(seen, text) for text in known), default=0.0)
    if line.element.tag == "h1":
        return closeness * 1.5
    return closeness if closeness >= SAME_TITLE and line.link_share < 0.5 else 0.0


def _only_h1(lines: Sequence[Line], own: Sequence[Counter[str]]) -> int | None:
    for place in islice(_headings(lines), MOST_HEADINGS):
        line = lines[place]
        if line.element.tag == "h1" and line.link_share < 0.5 and len(line.text) <= LONGEST_TITLE:
            seen = words(line.text)
            if seen.total() >= 3 and all(alike(seen, name) <= 0.8 for name in own):
                return place
    return None


def _unmarked(lines: Sequence[Line], told: Sequence[str]) -> Headline:
    """A title that stands in no heading: the line that equals what machines are told."""
    short = [i for i, line in enumerate(lines[:MOST_LINES]) if len(line.text) <= LONGEST_TITLE]
    seen = {place: words(lines[place].text) for place in short}
    for text in told:
        wanted = words(text)
        for place in short:
            if alike(seen[place], wanted) >= 0.9:
                return Headline(text=lines[place].text, place=place)
    return Headline(text=told[0] if told else "", place=None)


def _told(structured: Structured, tree: HtmlElement) -> Iterator[str]:
    """Titles for machines, best first, without the site's name behind them."""
    article = structured.article or {}
    title = tree.findtext(".//head/title") or tree.findtext(".//title") or ""
    title = clean(title[:LONGEST_TOLD])
    for text in (
        text_of(article.get("headline")),
        structured.first_meta("og:title"),
        structured.first_meta("twitter:title"),
        _SITE_SEPARATOR.split(title, maxsplit=1)[0],
        title,
    ):
        if text:
            yield text[:LONGEST_TOLD]
