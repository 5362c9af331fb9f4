"""Which lines of a page are captions of pictures: pure, by structure.

Vietnamese newsrooms write captions as figcaption, as a table around the picture, or as a
short line under it; the class says "caption" where the structure says nothing.
"""

import re
from itertools import islice
from math import inf

from lxml.html import HtmlElement

from crawlers.outline import Line

LONGEST = 400
"""Characters up to which text beside a picture is its caption rather than a paragraph."""
LEVELS = 4
MOST_PIECES = 500
LONGEST_PIECE = 2_000
"""Pieces of text, and characters of one, that no picture with its caption has."""
NAMED = re.compile(r"caption|legend\b|\bimage-?desc|photo-?desc", re.IGNORECASE)
PICTURES = ("img", "picture", "amp-img", "video")


class Surroundings:
    """What stands around the lines of one ``container``, beyond which is never looked."""

    __slots__ = ("_container", "_letters", "_pictured")

    def __init__(self, container: HtmlElement) -> None:
        self._container = container
        self._pictured: set[HtmlElement] = set()
        self._letters: dict[HtmlElement, float] = {}
        for picture in container.iter(*PICTURES):
            element: HtmlElement | None = picture
            while element is not None and element not in self._pictured:
                self._pictured.add(element)
                element = element.getparent()

    def is_caption(self, line: Line, *, inside: bool) -> bool:
        """Whether ``line`` is a caption.

        Outside the body (``inside`` false) a text beside a picture may be the author's name
        beside the author's portrait, so only markup that says caption counts.
        """
        if line.kind == "caption":
            return True
        if line.kind == "heading" or len(line.text) > LONGEST:
            return False
        if _is_named(line.element, self._container):
            return True
        return inside and self._is_beside_picture(line)

    def _is_beside_picture(self, line: Line) -> bool:
        """Whether the least element that holds line and picture holds no other text."""
        element = line.element
        for _ in range(LEVELS):
            if element is self._container or element.tag in ("li", "body"):
                return False
            if element in self._pictured:
                letters = len(line.text) - line.text.count(" ")
                return self._letters_in(element) <= 1.5 * letters + 20
            parent = element.getparent()
            if parent is None:
                return False
            element = parent
        return False

    def _letters_in(self, element: HtmlElement) -> float:
        """Characters but white space in ``element``; infinity where many pieces hold them."""
        if element not in self._letters:
            pieces = list(islice(element.itertext(), MOST_PIECES))
            few = len(pieces) < MOST_PIECES
            size = sum(len("".join(piece[:LONGEST_PIECE].split())) for piece in pieces)
            self._letters[element] = size if few else inf
        return self._letters[element]


def _is_named(element: HtmlElement, container: HtmlElement) -> bool:
    for _ in range(LEVELS):
        if element is container:
            return False
        if element.tag == "figure" or NAMED.search(element.get("class") or ""):
            return True
        parent = element.getparent()
        if parent is None:
            return False
        element = parent
    return False
