"""Where on a page the article's body stands: pure, by structure, without class names.

Prose (long lines outside links) votes for the element that holds it; paragraphs of one
article share a holder, while comments, teasers and footers have one each.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from lxml.html import HtmlElement

from crawlers.outline import TOP, Line, holder, is_link_line, is_prose

DECAY = 0.5
MOST_PER_LINE = 1000
PATIENCE = 15
"""Links after the title that halve the weight of what follows."""
BEFORE_TITLE = 0.2


def find_container(lines: Sequence[Line], title: int | None) -> HtmlElement | None:
    """The element that holds the article's body, or None when nothing reads like one.

    ``title`` is the place of the title's line: what comes before it, or after many links
    behind it, is less likely the article.
    """
    holders = Counter(line.element for line in lines)
    votes: dict[HtmlElement, float] = defaultdict(float)
    links = 0
    for place, line in enumerate(lines):
        if title is not None and place > title:
            links += is_link_line(line)
        if not is_prose(line):
            continue
        weight = min(line.own, MOST_PER_LINE) / (1 + links / PATIENCE)
        if title is not None and place < title:
            weight *= BEFORE_TITLE
        for element in _upwards(holder(line, holders)):
            votes[element] += weight
            weight *= DECAY
            if weight < 1:
                break
    if not votes:
        return None
    return _climb(max(votes, key=votes.__getitem__), lines)


def _upwards(element: HtmlElement) -> Iterator[HtmlElement]:
    current: HtmlElement | None = element
    while current is not None:
        yield current
        current = current.getparent()


def _climb(container: HtmlElement, lines: Sequence[Line]) -> HtmlElement:
    """Upwards from ``container`` while what is added reads like more of the article."""
    best = container
    inside = places_in(container, lines)
    for candidate in _upwards(container):
        if candidate is container or candidate.tag in TOP:
            continue
        wider = places_in(candidate, lines)
        if _reads_on(inside, wider, lines):
            best, inside = candidate, wider
    return best


def places_in(container: HtmlElement, lines: Sequence[Line]) -> range:
    """The stretch of ``lines`` that stands in ``container``: they are in document order."""
    held = set(container.iter())
    places = [place for place, line in enumerate(lines) if line.element in held]
    return range(places[0], places[-1] + 1) if places else range(0)


def _reads_on(inside: range, wider: range, lines: Sequence[Line]) -> bool:
    added = [lines[place] for place in wider if place not in inside]
    prose = [line for line in added if is_prose(line)]
    gain = sum(line.own for line in prose)
    had = sum(lines[place].own for place in inside if is_prose(lines[place]))
    return gain >= 0.1 * had and len(prose) >= 0.6 * len(added) and len(prose) >= 2


def widen(container: HtmlElement, lines: Sequence[Line], wanted: Sequence[Line]) -> HtmlElement:
    """Upwards from ``container`` while most of the text that is added is ``wanted``."""
    texts = {id(line) for line in wanted}
    best = container
    inside = places_in(container, lines)
    for candidate in _upwards(container):
        if candidate is container or candidate.tag in TOP:
            continue
        wider = places_in(candidate, lines)
        added = [lines[place] for place in wider if place not in inside]
        size = sum(len(line.text) for line in added)
        if size and sum(len(line.text) for line in added if id(line) in texts) >= 0.7 * size:
            best, inside = candidate, wider
    return best
