"""Stretches of a page's lines that stand in one element, and sums over them. Pure.

Lines are in document order, so what stands in an element is one stretch. A page may nest
250 levels around 40,000 lines: whoever asks for every level must not walk all lines each time.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

from lxml.html import HtmlElement

from crawlers.outline import Line


class Sums:
    """Sums over stretches of ``values``, each told in one step."""

    __slots__ = ("_until",)

    def __init__(self, values: Iterable[int]) -> None:
        self._until = [0, *accumulate(values)]

    def __len__(self) -> int:
        return len(self._until) - 1

    def of(self, stretch: range) -> int:
        """The sum over ``stretch``, a range of indexes."""
        return self._until[stretch.stop] - self._until[stretch.start]


def stretches_up(
    element: HtmlElement, lines: Sequence[Line]
) -> Iterator[tuple[HtmlElement, range]]:
    """``element`` and those above it, each with the stretch of ``lines`` that stands in it."""
    chain = [element, *element.iterancestors()]
    level: dict[HtmlElement, int | None] = {above: i for i, above in enumerate(chain)}
    first, last = [len(lines)] * len(chain), [-1] * len(chain)
    for place, line in enumerate(lines):
        found = _level(line.element, level)
        if found is not None:
            first[found] = min(first[found], place)
            last[found] = place
    start, end = len(lines), -1
    for i, above in enumerate(chain):
        start, end = min(start, first[i]), max(end, last[i])
        yield above, range(start, end + 1) if end >= 0 else range(0)


def _level(element: HtmlElement, level: dict[HtmlElement, int | None]) -> int | None:
    """The least element of the chain that holds ``element``; remembered for all on the way."""
    way: list[HtmlElement] = []
    current: HtmlElement | None = element
    while current is not None and current not in level:
        way.append(current)
        current = current.getparent()
    found = None if current is None else level[current]
    level.update(dict.fromkeys(way, found))
    return found


def stretches_in(container: HtmlElement, lines: Sequence[Line]) -> dict[HtmlElement, range]:
    """Every element inside ``container`` → the stretch of ``lines`` that stands in it.

    Elements come as their first line does, inner before outer. All of ``lines`` stand in it.
    """
    first: dict[HtmlElement, int] = {}
    last: dict[HtmlElement, int] = {}
    open_now: list[HtmlElement] = []  # outer before inner
    for index, line in enumerate(lines):
        way: list[HtmlElement] = []
        current: HtmlElement | None = line.element
        while current is not None and current is not container and current not in first:
            way.append(current)
            current = current.getparent()
        while open_now and open_now[-1] is not current:
            last[open_now.pop()] = index
        first.update(dict.fromkeys(way, index))
        open_now += reversed(way)
    last.update(dict.fromkeys(open_now, len(lines)))
    return {element: range(start, last[element]) for element, start in first.items()}


def inside(elements: Iterable[HtmlElement]) -> set[HtmlElement]:
    """``elements`` and all that stands in them; elements come in document order."""
    held: set[HtmlElement] = set()
    for element in elements:
        if element not in held:
            held.update(element.iter())
    return held


def way_down(element: HtmlElement, inner: HtmlElement) -> tuple[str, ...]:
    """The tags from ``element`` down to ``inner``, which stands in it, lowest first."""
    way: list[str] = []
    current: HtmlElement | None = inner
    while current is not None and current is not element:
        way.append(current.tag)
        current = current.getparent()
    return tuple(way)
