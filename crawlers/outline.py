"""The visible text of a page as a sequence of lines, each with the place it stands in.

A line is what a reader sees as one block: a paragraph, a heading, a table cell, a caption,
a piece between two line breaks. Pure; no class names, no rules of any site.
"""

from collections import Counter
from dataclasses import dataclass
from typing import Literal

from lxml.html import HtmlElement

from crawlers.plain import clean

LineKind = Literal["paragraph", "heading", "list_item", "quote", "cell", "preformatted", "caption"]

INLINE = frozenset(
    [
        "a",
        "abbr",
        "acronym",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "img",
        "ins",
        "kbd",
        "label",
        "mark",
        "q",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
        "picture",
        "source",
        "nobr",
        "o:p",
        "st1:place",
    ]
)
SKIPPED = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "iframe",
        "object",
        "embed",
        "select",
        "option",
        "button",
        "textarea",
        "input",
        "head",
        "math",
        "canvas",
        "audio",
        "video",
        "map",
        "datalist",
        "dialog",
        "nav",
        "menu",
        "progress",
        "meter",
    ]
)
KINDS: dict[str, LineKind] = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "heading"),
    **dict.fromkeys(("li", "dd", "dt"), "list_item"),
    "blockquote": "quote",
    **dict.fromkeys(("td", "th"), "cell"),
    "pre": "preformatted",
    **dict.fromkeys(("figcaption", "caption"), "caption"),
}
PROSE = 40
"""Characters outside links from which a line counts as prose."""
SENTENCE_PROSE = 20
"""The same for a line that ends like a sentence."""
SENTENCE_ENDS = tuple('.!?…。！？؟۔:;”"»')
PARAGRAPHS = frozenset(
    {"p", "li", "dd", "dt", "blockquote", "pre", "h1", "h2", "h3", "h4", "h5", "h6"}
)
TOP = frozenset({"html", "body"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A piece of visible text.

    ``element`` is the block element that holds it directly; ``linked`` the number of
    characters of ``text`` that stand in links, ``own`` of those outside. ``text`` is plain
    (see ``plain.clean``). ``is_prose``: it reads like running text rather than a label or a link.
    """

    text: str
    kind: LineKind
    element: HtmlElement
    linked: int
    own: int
    is_prose: bool

    @property
    def link_share(self) -> float:
        return self.linked / len(self.text)


class _Pen:
    """The lines written so far, and the ``text`` gathered since the last border of a block."""

    __slots__ = ("_linked", "lines", "links_open", "text")

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.links_open = 0
        self.text: list[str] = []
        self._linked: list[str] = []

    def write(self, text: str) -> None:
        if not self.text and text.isspace():
            return  # lines have no margins
        self.text.append(text)
        if self.links_open:
            self._linked.append(text)

    def end_line(self, element: HtmlElement, kind: LineKind) -> None:
        written, linked = "".join(self.text), "".join(self._linked)
        self.text.clear()
        self._linked.clear()
        if text := clean(written):
            size = len(text) if linked == written else _linked(text, clean(linked))
            self.lines.append(_line(text, kind, element, size))


def _line(text: str, kind: LineKind, element: HtmlElement, linked: int) -> Line:
    own = max(len(text) - linked, 0)
    long = own >= PROSE or (own >= SENTENCE_PROSE and text.endswith(SENTENCE_ENDS))
    prose = long and linked <= 0.5 * len(text) and kind not in ("caption", "heading")
    return Line(text=text, kind=kind, element=element, linked=linked, own=own, is_prose=prose)


def _linked(text: str, linked: str) -> int:
    if not linked:
        return 0
    letters = len(text) - text.count(" ")
    share = min((len(linked) - linked.count(" ")) / letters, 1.0)
    return round(share * len(text))


def is_hidden(element: HtmlElement) -> bool:
    if element.get("hidden") is not None:
        return True
    style = element.get("style")
    if style is None:
        return False
    plain = style.replace(" ", "").lower()
    return "display:none" in plain or "visibility:hidden" in plain


def outline(tree: HtmlElement) -> tuple[Line, ...]:
    """The visible lines of ``tree`` in the order of the page."""
    pen = _Pen()
    if tree.tag not in SKIPPED and not is_hidden(tree):
        pen.links_open += tree.tag == "a"
        kind = _kind(tree.tag, "paragraph")
        _write(tree, tree, kind, pen)
        pen.end_line(tree, kind)
    return tuple(pen.lines)


def _write(element: HtmlElement, block: HtmlElement, kind: LineKind, pen: _Pen) -> None:
    """What stands in ``element``, which is ``block`` or an inline element in it.

    Calls itself once per level; the parser stops at 256.
    """
    if text := element.text:
        pen.write(text)
    for child in element:
        tag = child.tag
        if tag in SKIPPED or is_hidden(child):
            pass
        elif tag in INLINE:
            pen.links_open += tag == "a"
            if len(child):
                _write(child, block, kind, pen)
            elif text := child.text:
                pen.write(text)
            pen.links_open -= tag == "a"
        elif isinstance(tag, str):  # no comment
            if pen.text:
                pen.end_line(block, kind)
            inner = _kind(tag, kind)
            _write(child, child, inner, pen)
            if pen.text:
                pen.end_line(child, inner)
        if (tail := child.tail) and (pen.text or not tail.isspace()):
            pen.write(tail)


def _kind(tag: str, above: LineKind) -> LineKind:
    kind = KINDS.get(tag)
    if kind is not None:
        return kind
    if above == "cell" and tag in ("p", "div"):
        return "paragraph"  # a table for layout
    return above


def is_prose(line: Line) -> bool:
    """Whether ``line`` reads like running text rather than a label or a link."""
    return line.is_prose


def is_link_line(line: Line) -> bool:
    return line.link_share > 0.6


def holder(line: Line, holders: Counter[HtmlElement]) -> HtmlElement:
    """The element whose text a line is part of: the paragraph's parent, as a rule.

    ``holders`` counts the lines of each element.
    """
    element = line.element
    parent = element.getparent()
    lone = element.tag in PARAGRAPHS or holders[element] == 1
    return parent if lone and parent is not None and element.tag not in TOP else element
