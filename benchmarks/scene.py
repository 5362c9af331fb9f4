# ruff: noqa: SIM905
"""Where the parts of an article stand on its page: told by gold text and markup, not by reading.

A page that noise and edits are written into; nothing here knows how baowatch reads.
"""

import random
import re
from collections import Counter
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass

import lxml.html
from lxml.html import HtmlElement
from phrases import TONGUES, Tongue, Voice
from saved_pages import Case, gold_or_guess

from crawlers.markup import parse
from pipelines.normalise import comparable

INLINE = frozenset(
    "a abbr b big br cite code em font i img ins mark q s small span strong sub sup time u".split()
)
NO_TEXT = frozenset(
    "script style noscript template svg iframe head title option select button textarea".split()
)
SHORTEST = 40
"""Characters of a piece of text that gold text can be told by."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A text of a page: ``element.text``, or the ``tail`` behind it."""

    element: HtmlElement
    tail: bool = False

    @property
    def text(self) -> str:
        return (self.element.tail if self.tail else self.element.text) or ""

    def write(self, text: str) -> None:
        if self.tail:
            self.element.tail = text
        else:
            self.element.text = text

    @property
    def home(self) -> HtmlElement:
        """The block that the text stands in."""
        at = self.element.getparent() if self.tail else self.element
        while at.tag in INLINE and at.getparent() is not None:
            at = at.getparent()
        return at


@dataclass(slots=True, kw_only=True)
class Scene:
    """A page to write into. ``body`` are the pieces of its gold text, in order, captions apart.

    ``paragraphs`` are the blocks of them that stand in one container; noise is written
    between them. ``title`` is empty where the page has not exactly one.
    """

    case: Case
    tree: HtmlElement
    body: list[Piece]
    title: list[Piece]
    lead: list[Piece]
    captions: list[Piece]
    paragraphs: list[HtmlElement]
    entities: bool = False

    def copy(self) -> "Scene":
        tree = deepcopy(self.tree)
        twins = dict(zip(self.tree.iter(), tree.iter(), strict=True))

        def moved(pieces: list[Piece]) -> list[Piece]:
            return [Piece(element=twins[one.element], tail=one.tail) for one in pieces]

        return Scene(
            case=self.case,
            tree=tree,
            body=moved(self.body),
            title=moved(self.title),
            lead=moved(self.lead),
            captions=moved(self.captions),
            paragraphs=[twins[one] for one in self.paragraphs],
        )

    @property
    def tongue(self) -> Tongue:
        """Vietnamese on Vietnamese pages and on a quarter of the others, else English."""
        local = self.case.language == "vi" or random.Random(self.case.file).random() < 0.25
        return TONGUES["vi" if local else "en"]

    def voice(self, dice: random.Random) -> Voice:
        return Voice(tongue=self.tongue, dice=dice)

    def pieces(self) -> Iterator[Piece]:
        return text_pieces(self.tree)


def text_pieces(tree: HtmlElement) -> Iterator[Piece]:
    """Every text of the page's body that is not blank, in order."""
    body = tree.find(".//body")
    hidden = {below for tag in NO_TEXT for one in body.iter(tag) for below in one.iter()}
    for event, element in _walk(body):
        if event == "start" and element not in hidden and (element.text or "").strip():
            yield Piece(element=element)
        outside = element.getparent() not in hidden
        if event == "end" and element is not body and outside and (element.tail or "").strip():
            yield Piece(element=element, tail=True)


def _walk(element: HtmlElement) -> Iterator[tuple[str, HtmlElement]]:
    yield "start", element
    for child in element:
        if isinstance(child.tag, str):
            yield from _walk(child)
    yield "end", element


def stage(case: Case) -> Scene | None:
    """The scene of an article page; None where its gold text is not found in one place."""
    tree = parse(case.body, "text/html")
    wanted = comparable(gold_or_guess(case))
    pieces = [one for one in text_pieces(tree) if not _above(one, ("a", "h1"))]
    captions = [one for one in pieces if _is_caption(one) and len(one.text.split()) >= 5]
    in_caption = {id(one.element) for one in captions}
    body = [
        one
        for one in pieces
        if len(one.text.strip()) >= SHORTEST
        and id(one.element) not in in_caption
        and not _is_caption(one)
        and comparable(one.text) in wanted
    ]
    homes = list(dict.fromkeys(one.home for one in body))
    above = Counter(home.getparent() for home in homes)
    if len(homes) < 3 or above.most_common(1)[0][1] < 3:
        return None
    container = above.most_common(1)[0][0]
    order = {one: place for place, one in enumerate(tree.iter())}
    title = _title(tree)
    first, last = order[(title or body)[0].element], order[body[-1].element]
    return Scene(
        case=case,
        tree=tree,
        body=body,
        title=title,
        lead=_lead(tree, pieces, body[0]),
        captions=[one for one in captions if first < order[one.element] < last],
        paragraphs=[home for home in homes if home.getparent() is container],
    )


def _above(piece: Piece, tags: tuple[str, ...]) -> bool:
    at = piece.element.getparent() if piece.tail else piece.element
    return at is not None and (at.tag in tags or any(True for _ in at.iterancestors(*tags)))


def _is_caption(piece: Piece) -> bool:
    home = piece.home
    around = [home, *list(home.iterancestors())[:2]]
    return any(
        one.tag == "figcaption" or re.search(r"caption", one.get("class") or "", re.IGNORECASE)
        for one in around
        if len(one.text_content()) < 600
    )


def _title(tree: HtmlElement) -> list[Piece]:
    headings = [one for one in tree.iter("h1") if len(one.text_content().strip()) >= 20]
    if len(headings) != 1:
        return []
    inside = set(headings[0].iter())
    return [
        one
        for one in text_pieces(tree)
        if (one.element.getparent() if one.tail else one.element) in inside
        and not (one.tail and one.element is headings[0])
    ]


def _lead(tree: HtmlElement, pieces: list[Piece], first: Piece) -> list[Piece]:
    """The text before the body's second piece that the page describes itself with."""
    told = tree.xpath("//meta[@property='og:description' or @name='description']/@content")
    described = [comparable(one) for one in told if len(one) >= SHORTEST]
    upto = next(place for place, one in enumerate(pieces) if one == first) + 1
    return [
        one
        for one in pieces[:upto]
        if len(one.text.strip()) >= SHORTEST
        and any(comparable(one.text) in whole for whole in described)
    ][:1]


def scene_bytes(scene: Scene) -> bytes:
    """The page as bytes; where ``entities`` is set, many letters spelled as references."""
    body: bytes = lxml.html.tostring(scene.tree, encoding="utf-8", doctype="<!DOCTYPE html>")
    return _spelled(body.decode()).encode() if scene.entities else body


_MARKUP = re.compile(r"(<script.*?</script>|<style.*?</style>|<[^>]*>)", re.DOTALL | re.IGNORECASE)


def _spelled(text: str) -> str:
    parts = _MARKUP.split(text)
    parts[::2] = [re.sub(r"[à-ỹ\"'“”–]", _reference, part) for part in parts[::2]]
    return "".join(parts)


def _reference(match: re.Match[str]) -> str:
    code = ord(match[0])
    return f"&#{code};" if code % 2 else f"&#x{code:X};"
