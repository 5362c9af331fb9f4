"""Where on a page the article's body stands: pure, by structure, without class names.

Prose (long lines outside links) votes for the element that holds it; paragraphs of one
article share a holder, while comments, teasers and footers have one each.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from lxml.html import HtmlElement

from crawlers.outline import PARAGRAPHS, TOP, Line, holder, is_link_line, is_prose
from pipelines.series import whole_series
from pipelines.stretches import Sums, stretches_up

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
    votes = _votes(lines, _candidates(lines, title), title)
    if not votes:
        return None
    return _climb(whole_series(max(votes, key=votes.__getitem__), lines), lines)


def _candidates(lines: Sequence[Line], title: int | None) -> Sequence[int]:
    """Places that vote: prose, else what stands below the title; a page's foot and asides last."""
    prose = [place for place, line in enumerate(lines) if is_prose(line)]
    apart = _apart(lines)
    return (
        [place for place in prose if lines[place].element not in apart]
        or [
            place
            for place, line in enumerate(lines)
            if line.element not in apart and _is_text_below(line, place, title)
        ]
        or prose
    )


def _votes(
    lines: Sequence[Line], candidates: Sequence[int], title: int | None
) -> dict[HtmlElement, float]:
    """How strongly the lines at ``candidates`` vote for each element that holds them."""
    holders = Counter(line.element for line in lines)
    votes: dict[HtmlElement, float] = defaultdict(float)
    chosen, links = frozenset(candidates), 0
    for place, line in enumerate(lines):
        if title is not None and place > title:
            links += is_link_line(line)
        if place not in chosen:
            continue
        weight = min(line.own, MOST_PER_LINE) / (1 + links / PATIENCE)
        if title is not None and place < title:
            weight *= BEFORE_TITLE
        for element in _upwards(holder(line, holders)):
            votes[element] += weight
            weight *= DECAY
            if weight < 1:
                break
    return votes


def _apart(lines: Sequence[Line]) -> frozenset[HtmlElement]:
    """Elements in a foot or an aside of the page: its text is the portal's, not the article's."""
    if not lines:
        return frozenset()
    root = lines[0].element.getroottree().getroot()
    return frozenset(held for part in root.iter("footer", "aside") for held in part.iter())


def _is_text_below(line: Line, place: int, title: int | None) -> bool:
    """Whether a line may be of an article without prose: verses, a table, results."""
    return title is not None and place > title and line.kind != "heading" and line.own > line.linked


def _upwards(element: HtmlElement) -> Iterator[HtmlElement]:
    current: HtmlElement | None = element
    while current is not None:
        yield current
        current = current.getparent()


def _climb(container: HtmlElement, lines: Sequence[Line]) -> HtmlElement:
    """Upwards from ``container`` while what is added reads like more of the article.

    Links, their labels and their summaries count for nothing: other articles are linked today
    and gone tomorrow. What has neither a paragraph's tag nor one that the container's prose
    has is none of the article.
    """
    levels = list(stretches_up(container, lines))
    tags = PARAGRAPHS | {line.element.tag for line in _of(lines, levels[0][1]) if is_prose(line)}
    counts = [not linked for linked in _around_links(lines)]
    told = [
        counted and is_prose(line) and line.element.tag in tags
        for counted, line in zip(counts, lines, strict=True)
    ]
    count, prose = Sums(counts), Sums(told)
    own = Sums(line.own if one else 0 for line, one in zip(lines, told, strict=True))
    best, inside = levels[0]
    for candidate, wider in levels[1:]:
        if candidate.tag in TOP:
            continue
        gain, had = own.of(wider) - own.of(inside), own.of(inside)
        more = prose.of(wider) - prose.of(inside)
        added = count.of(wider) - count.of(inside)
        if gain >= 0.1 * had and more >= 0.6 * added and more >= 2:
            best, inside = candidate, wider
    return best


def _of(lines: Sequence[Line], stretch: range) -> Sequence[Line]:
    return lines[stretch.start : stretch.stop]


def _around_links(lines: Sequence[Line]) -> Iterator[bool]:
    """Whether each line is a link, stands right behind one, or is a label right before one."""
    links = [is_link_line(line) for line in lines]
    neighbours = zip(lines, [False, *links], links, [*links[1:], False], strict=False)
    for line, before, link, after in neighbours:
        yield link or before or (after and not is_prose(line))


def places_in(container: HtmlElement, lines: Sequence[Line]) -> range:
    """The stretch of ``lines`` that stands in ``container``: they are in document order."""
    return next(stretch for _, stretch in stretches_up(container, lines))


def widen(container: HtmlElement, lines: Sequence[Line], wanted: Sequence[Line]) -> HtmlElement:
    """Upwards from ``container`` while most of the text that is added is ``wanted``.

    Links and what belongs to them count for nothing.
    """
    chosen = {id(line) for line in wanted}
    counts = [not linked for linked in _around_links(lines)]
    sizes = [len(line.text) * one for line, one in zip(lines, counts, strict=True)]
    size = Sums(sizes)
    told = Sums(one if id(line) in chosen else 0 for line, one in zip(lines, sizes, strict=True))
    best, inside = container, range(0)
    for candidate, wider in stretches_up(container, lines):
        if candidate is container:
            inside = wider
            continue
        if candidate.tag in TOP:
            continue
        added = size.of(wider) - size.of(inside)
        if added and told.of(wider) - told.of(inside) >= 0.7 * added:
            best, inside = candidate, wider
    return best
