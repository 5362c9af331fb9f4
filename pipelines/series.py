"""An article in many parts of one shape: slides, people, questions, hours of a live report. Pure.

Each part stands in an element of its own, so each votes for itself; what holds them all is
the article.
"""

from collections.abc import Iterator, Sequence
from itertools import islice, pairwise

from lxml.html import HtmlElement

from crawlers.outline import TOP, Line, is_link_line, is_prose
from pipelines.stretches import Sums, stretches_in, stretches_up, way_down

LONGEST_PART = 1_500
"""Characters of prose in one part; more is an article by itself."""
PARTS = 3
LEVELS = 8
"""Elements above a part's text among which the row of parts is looked for."""
TEASER_TITLE = 15


def whole_series(container: HtmlElement, lines: Sequence[Line]) -> HtmlElement:
    """What holds the parts of the article of which ``container`` is one; else ``container``."""
    own = Sums(line.own if is_prose(line) else 0 for line in lines)
    levels = list(islice(stretches_up(container, lines), LEVELS))
    had = own.of(levels[0][1])
    if had > LONGEST_PART:
        return container
    found = container
    for (part, _), (above, wider) in pairwise(levels):
        if above.tag in TOP:
            break
        if own.of(wider) >= 2 * had and _is_series(part, above, lines[wider.start : wider.stop]):
            found, had = above, own.of(wider)
    return found


def _is_series(part: HtmlElement, above: HtmlElement, lines: Sequence[Line]) -> bool:
    """Whether ``above`` holds three parts like ``part`` or more, no teasers, and little else."""
    groups = stretches_in(above, lines)
    parts = [one for one in above if one.tag == part.tag and one in groups]
    wanted = set(_shapes(part, lines, groups[part])) if part in groups else set()
    like = [one for one in parts if wanted & set(_shapes(one, lines, groups[one]))]
    if len(like) < PARTS or any(_is_teaser(lines, groups[one]) for one in like):
        return False
    told = sum(lines[i].own for one in like for i in groups[one] if is_prose(lines[i]))
    return told >= 0.7 * sum(line.own for line in lines if is_prose(line))


def _shapes(part: HtmlElement, lines: Sequence[Line], stretch: range) -> Iterator[tuple[str, ...]]:
    """The tags from ``part`` down to each of its paragraphs."""
    prose = (lines[i] for i in stretch if is_prose(lines[i]))
    return (way_down(part, line.element) for line in prose)


def _is_teaser(lines: Sequence[Line], stretch: range) -> bool:
    """Whether it begins with a linked title of another article."""
    return any(is_link_line(lines[i]) and lines[i].own < TEASER_TITLE for i in stretch[:2])
