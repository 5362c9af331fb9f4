"""The visible text of a page as a sequence of lines, each with the place it stands in.

A line is what a reader sees as one block: a paragraph, a heading, a table cell, a caption,
a piece between two line breaks. Pure; no class names, no rules of any site.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from lxml import etree
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
    characters of ``text`` that stand in links. ``text`` is plain (see ``plain.clean``).
    """

    text: str
    kind: LineKind
    element: HtmlElement
    linked: int

    @property
    def own(self) -> int:
        """Characters outside links."""
        return max(len(self.text) - self.linked, 0)

    @property
    def link_share(self) -> float:
        return self.linked / len(self.text)


@dataclass(slots=True)
class _Pen:
    """What has been gathered since the last border of a block."""

    text: list[str] = field(default_factory=list)
    linked: list[str] = field(default_factory=list)
    links_open: int = 0

    def write(self, text: str | None) -> None:
        if text:
            self.text.append(text)
            if self.links_open:
                self.linked.append(text)

    def line(self, element: HtmlElement, kind: LineKind) -> Line | None:
        text = clean("".join(self.text))
        linked = clean("".join(self.linked)) if self.linked else ""
        self.text, self.linked = [], []
        if not text:
            return None
        letters = len(text) - text.count(" ")
        share = min((len(linked) - linked.count(" ")) / letters, 1.0)
        return Line(text=text, kind=kind, element=element, linked=round(share * len(text)))


def is_hidden(element: HtmlElement) -> bool:
    if "hidden" in element.attrib:
        return True
    style = element.get("style")
    return style is not None and "display:none" in style.replace(" ", "").lower()


def outline(tree: HtmlElement) -> tuple[Line, ...]:
    """The visible lines of ``tree`` in the order of the page."""
    return tuple(_lines(tree))


def _lines(tree: HtmlElement) -> Iterator[Line]:
    pen = _Pen()
    blocks: list[HtmlElement] = [tree]
    kinds: list[LineKind] = ["paragraph"]
    walk = etree.iterwalk(tree, events=("start", "end", "comment", "pi"))
    for event, element in walk:
        if event in ("comment", "pi"):
            pen.write(element.tail)
            continue
        tag = element.tag
        inline = tag in INLINE
        if event == "start":
            if tag in SKIPPED or is_hidden(element):
                walk.skip_subtree()
                continue
            if tag == "a":
                pen.links_open += 1
            elif not inline:
                if line := pen.line(blocks[-1], kinds[-1]):
                    yield line
                blocks.append(element)
                kinds.append(_kind(tag, kinds[-1]))
            pen.write(element.text)
            continue
        if tag in SKIPPED or is_hidden(element):
            pass
        elif tag == "a":
            pen.links_open -= 1
        elif not inline:
            if line := pen.line(blocks[-1], kinds[-1]):
                yield line
            blocks.pop()
            kinds.pop()
        if element is not tree:
            pen.write(element.tail)


def _kind(tag: str, above: LineKind) -> LineKind:
    kind = KINDS.get(tag)
    if kind is not None:
        return kind
    if above == "cell" and tag in ("p", "div"):
        return "paragraph"  # a table for layout
    return above


def is_prose(line: Line) -> bool:
    """Whether ``line`` reads like running text rather than a label or a link."""
    if line.link_share > 0.5 or line.kind in ("caption", "heading"):
        return False
    return line.own >= PROSE or (line.own >= SENTENCE_PROSE and line.text.endswith(SENTENCE_ENDS))


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
