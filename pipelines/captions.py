"""Which lines of a page are captions of pictures: pure, by structure.

Vietnamese newsrooms write captions as figcaption, as a table around the picture, or as a
short line under it; the class says "caption" where the structure says nothing.
"""

import re

from lxml.html import HtmlElement

from crawlers.outline import Line

LONGEST = 400
"""Characters up to which text beside a picture is its caption rather than a paragraph."""
LEVELS = 4
NAMED = re.compile(r"caption|legend\b|\bimage-?desc|photo-?desc", re.IGNORECASE)
PICTURES = ("img", "picture", "amp-img", "video")


def is_caption(line: Line, container: HtmlElement, *, inside: bool) -> bool:
    """Whether ``line`` is a caption; ``container`` is never looked beyond.

    Outside the body (``inside`` false) a text beside a picture may be the author's name
    beside the author's portrait, so only markup that says caption counts.
    """
    if line.kind == "caption":
        return True
    if line.kind == "heading" or len(line.text) > LONGEST:
        return False
    return _is_named(line.element, container) or (inside and _is_beside_picture(line, container))


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


def _is_beside_picture(line: Line, container: HtmlElement) -> bool:
    """Whether the least element that holds line and picture holds no other text."""
    element = line.element
    for _ in range(LEVELS):
        if element is container or element.tag in ("li", "body"):
            return False
        if any(True for _ in element.iter(*PICTURES)):
            held = "".join("".join(element.itertext()).split())
            return len(held) <= 1.5 * len("".join(line.text.split())) + 20
        parent = element.getparent()
        if parent is None:
            return False
        element = parent
    return False
