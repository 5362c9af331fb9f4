"""Where an element stands on a page, in terms that other pages of its site share. Pure.

Structure finds it (the tags on the way from the root); names only choose among equals, since
they change with every build of a site (wrapper induction, Kushmerick 1997).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from lxml.etree import XPath
from lxml.html import HtmlElement

DEEPEST = 64
"""Levels of an element that can be learned; articles stand at 8 to 25."""
LEVELS = 3
"""The element and those right above it whose names count."""
MOST_NAMES = 100
"""Names of one element that are looked at."""
MOST_MARKS = 24
"""Marks that are kept of a shape, the element's own first."""
LONGEST_MARK = 60
TAG = re.compile(r"[a-z][a-z0-9]{0,19}(?:-[a-z0-9]{1,20}){0,3}")
MARK = re.compile(rf"[0-{LEVELS - 1}][.#][^\s\d]{{1,{LONGEST_MARK}}}")

_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """``path``: the tags from the root; ``marks``: names that bearers of the shape have.

    A mark is "1.story": class "story", or "0#main": id "main", on the element (0), its
    parent (1) and so on; without digits, which count articles.
    """

    path: tuple[str, ...]
    marks: frozenset[str] = frozenset()


def shape_of(element: HtmlElement) -> Shape | None:
    """The shape of ``element``; None for one too deep or below an unusual tag."""
    way = [element, *element.iterancestors()]
    tags = tuple(str(above.tag) for above in reversed(way))
    if len(tags) > DEEPEST or not all(map(TAG.fullmatch, tags)):
        return None
    return Shape(path=tags, marks=marks_of(element))


def marks_of(element: HtmlElement) -> frozenset[str]:
    found: list[str] = []
    near = (element, *islice(element.iterancestors(), LEVELS - 1))
    for level, above in enumerate(near):
        for kind, names in ((".", above.get("class")), ("#", above.get("id"))):
            plain = (_DIGITS.sub("", name) for name in (names or "").split()[:MOST_NAMES])
            found += (f"{level}{kind}{name}" for name in plain if 0 < len(name) <= LONGEST_MARK)
    return frozenset(found)


def shared(shapes: Sequence[Shape]) -> Shape:
    """The shape of all: the path of the first, the marks that none lacks."""
    first, *others = shapes
    marks = first.marks.intersection(*(shape.marks for shape in others))
    return Shape(path=first.path, marks=frozenset(sorted(marks)[:MOST_MARKS]))


def elements_at(tree: HtmlElement, shape: Shape) -> tuple[list[HtmlElement], bool]:
    """The elements of ``tree`` at the shape's path, and whether they bear all its marks.

    Those that do are preferred; all that stand there are given when none does.
    """
    found: list[HtmlElement] = _finder(shape.path)(tree)  # type: ignore[assignment]
    marked = [element for element in found if shape.marks <= marks_of(element)]
    return (marked, True) if marked else (found, False)


@lru_cache(maxsize=512)
def _finder(path: tuple[str, ...]) -> XPath:
    return XPath("/" + "/".join(path))
