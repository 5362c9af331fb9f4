"""The lines of a page that hold an article's body: our structural reading, cross-checked. Pure.

trafilatura reads the same tree with no memory of the page's shape; where the two differ in
more than 40 % of their words, its text shows where to look, and, failing that, is the text.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from lxml.etree import iterwalk
from lxml.html import HtmlElement

from crawlers.outline import PROSE, Line
from crawlers.similarity import alike, share_of, words
from pipelines.chaff import chaff
from pipelines.container import find_container, places_in, widen
from pipelines.normalise import comparable
from pipelines.stretches import inside

SAME = 0.85
"""Agreement with trafilatura from which nothing is questioned."""
AGREE = 0.6
BETTER = 0.1
MOST_ELEMENTS = 10_000
MOST_NESTED = 30_000_000
"""Elements, and characters times levels; beyond, trafilatura takes seconds and is not asked."""
DEEPEST = 256
"""Levels that libxml2 reads."""
MOST_TOLD = 200_000
"""Characters of trafilatura's text in which lines are searched for."""
LITTLE = 200
"""Characters below which our own reading is given up for trafilatura's text."""
PIECE = 1_000
"""Characters up to which trafilatura's text may be no more than a piece of the article."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """``places`` of the lines in ``container`` that may be the article's.

    ``chaff`` maps the places among them that structure rules out to the rule's name.
    ``foreign`` is text of trafilatura's that stands in no such place, read as it is.
    """

    container: HtmlElement | None
    places: Sequence[int] = ()
    chaff: dict[int, str]
    foreign: tuple[str, ...] = ()

    @property
    def text_places(self) -> Sequence[int]:
        """The places that structure does not rule out."""
        return [place for place in self.places if place not in self.chaff]


def find_body(tree: HtmlElement, lines: Sequence[Line], title: int | None) -> Body:
    """Where the article stands on a page whose layout nobody has told us."""
    own = _read(lines, find_container(lines, title), title)
    other = trafilatura_text(tree) if _is_small(tree) else ""
    agreement = _agreement(lines, own, other)
    if not _reads(other) or agreement >= SAME or _is_piece(lines, own, other):
        return own
    told = comparable(other[:MOST_TOLD])
    seen = [line for line in lines if len(line.text) >= 20 and comparable(line.text) in told]
    guides = [find_container(seen, None)]
    if own.container is not None:
        guides.append(widen(own.container, lines, seen))
    bodies = [_read(lines, guide, title) for guide in guides]
    best = max(bodies, key=lambda body: _agreement(lines, body, other))
    best_agreement = _agreement(lines, best, other)
    if best_agreement >= max(AGREE, agreement + BETTER):
        return best
    known = sum(len(line.text) for line in seen)
    if _size(lines, own) < LITTLE <= len(other) and known < 0.5 * len(other):
        return Body(container=None, chaff={}, foreign=tuple(other.split("\n")))
    return own


def body_at(lines: Sequence[Line], elements: Sequence[HtmlElement], title: int | None) -> Body:
    """The body in the elements that the site's selectors name, outermost ones."""
    held = inside(elements)
    places = [p for p, line in enumerate(lines) if line.element in held and p != title]
    container = _common(elements)
    return Body(container=container, places=places, chaff=chaff(lines, places, container))


def _common(elements: Sequence[HtmlElement]) -> HtmlElement:
    """The least element that holds all of ``elements``."""
    chain = [elements[0], *elements[0].iterancestors()]
    level = {above: i for i, above in enumerate(chain)}
    meetings = (
        next(level[above] for above in (element, *element.iterancestors()) if above in level)
        for element in elements
    )
    return chain[max(meetings)]


def _is_small(tree: HtmlElement) -> bool:
    if tree.xpath("count(.//*)") > MOST_ELEMENTS:
        return False
    if tree.xpath("string-length(.)") * DEEPEST <= MOST_NESTED:
        return True
    elements = depth = nested = 0
    for event, element in iterwalk(tree, events=("start", "end")):
        if event == "start":
            elements, depth = elements + 1, depth + 1
            nested += depth * len(element.text or "")
        else:
            depth -= 1
            nested += depth * len(element.tail or "")
        if elements > MOST_ELEMENTS or nested > MOST_NESTED:
            return False
    return True


def trafilatura_text(tree: HtmlElement) -> str:
    """The text of trafilatura, a line per block; the tree is left as it is."""
    # Imported where it is asked: a crawl of known layouts, and most commands, never do, and
    # it takes as long to import as all the rest.
    from trafilatura import bare_extraction

    document = bare_extraction(
        tree,
        favor_recall=True,
        include_comments=False,
        deduplicate=False,  # it would remember former pages
        with_metadata=False,
    )
    text = getattr(document, "text", None)
    return text or ""


def _read(lines: Sequence[Line], container: HtmlElement | None, title: int | None) -> Body:
    return Body(container=None, chaff={}) if container is None else body_in(lines, container, title)


def body_in(
    lines: Sequence[Line],
    container: HtmlElement,
    title: int | None,
    places: Sequence[int] | None = None,
) -> Body:
    """The body in ``container``, whose lines are ``places``: what stands there behind the title."""
    if places is None:
        places = places_in(container, lines)
    if title is not None and title in places:
        places = [place for place in places if place > title]
    return Body(container=container, places=places, chaff=chaff(lines, places, container))


def _size(lines: Sequence[Line], body: Body) -> int:
    return sum(len(lines[place].text) for place in body.places if place not in body.chaff)


def _is_piece(lines: Sequence[Line], own: Body, other: str) -> bool:
    """Whether trafilatura found a piece of our text and missed the rest, as of a slideshow."""
    if len(other) > PIECE or _size(lines, own) < 2 * len(other):
        return False
    return share_of(words(other), words(_text(lines, own))) >= SAME


def _reads(other: str) -> bool:
    """Whether most of a text is sentences rather than a menu."""
    sentences = (line for line in other.split("\n") if len(line) >= PROSE)
    return bool(other) and sum(map(len, sentences)) >= 0.5 * len(other)


def _text(lines: Sequence[Line], body: Body) -> str:
    return " ".join(lines[place].text for place in body.places if place not in body.chaff)


def _agreement(lines: Sequence[Line], body: Body, other: str) -> float:
    return alike(words(_text(lines, body)), words(other))
