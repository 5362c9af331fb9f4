"""Noise in the markup and the spelling of characters: a reader sees the same article."""

import unicodedata
from collections.abc import Callable

import lxml.html
from lxml.html import HtmlElement
from pen import TIGHT, Pen
from scene import Piece

KEPT = ("caption", "author", "lead", "sapo", "title")
"""Where a class says one of these it may carry a meaning, and keeps it."""


def new_classes(pen: Pen) -> None:
    names: dict[str, str] = {}
    for element in pen.scene.tree.find(".//body").iter():
        old = element.get("class") if isinstance(element.tag, str) else None
        if old:
            kept = [word for word in KEPT if word in old.lower()]
            element.set("class", " ".join([*kept, names.setdefault(old, pen.name())]))
            if element.get("id"):
                element.set("id", pen.name())


def wrappers(pen: Pen) -> None:
    container = pen.scene.paragraphs[-1].getparent()
    if container.tag not in TIGHT:
        for _ in range(pen.dice.randint(1, 3)):
            container = _wrap(container, lxml.html.Element("div", {"class": pen.name()}))


def _wrap(element: HtmlElement, outer: HtmlElement) -> HtmlElement:
    parent, place = element.getparent(), element.getparent().index(element)
    outer.tail, element.tail = element.tail, None
    outer.append(element)
    parent.insert(place, outer)
    return outer


def tokens(pen: Pen) -> None:
    number = pen.voice.number
    pen.bottom(f"<input type='hidden' value='{pen.name()}'><script>var t={number()}</script>")
    for element in pen.scene.tree.iter("a", "img", "div"):
        element.set(f"data-{pen.dice.choice('abc')}", pen.name())


def _texts(pen: Pen, change: Callable[[str], str]) -> None:
    for piece in (*pen.scene.body, *pen.scene.title, *pen.scene.lead, *pen.scene.captions):
        piece.write(change(piece.text))


def decomposed(pen: Pen) -> None:
    _texts(pen, lambda text: unicodedata.normalize("NFD", text))


def hard_spaces(pen: Pen) -> None:
    _some_spaces(pen, "\u00a0", 0.3)


def zero_width(pen: Pen) -> None:
    _texts(pen, lambda text: _mixed(pen, text, " ", f"{pen.dice.choice(INVISIBLE)} ", 0.2))


INVISIBLE = ("\u200b", "\ufeff", "\u2060", "\u00ad")


def line_wrapping(pen: Pen) -> None:
    _some_spaces(pen, "\n      ", 0.2)


def _some_spaces(pen: Pen, space: str, share: float) -> None:
    _texts(pen, lambda text: _mixed(pen, text, " ", space, share))


def _mixed(pen: Pen, text: str, old: str, new: str, share: float) -> str:
    first, *rest = text.split(old)
    return first + "".join((new if pen.dice.random() < share else old) + one for one in rest)


def entities(pen: Pen) -> None:
    pen.scene.entities = True


def inline_marks(pen: Pen) -> None:
    """Words set in ``<b>`` or ``<span>``: after that a piece ends earlier."""
    for piece in pen.dice.sample(pen.scene.body, min(4, len(pen.scene.body))):
        words = piece.text.split(" ")
        place = pen.dice.randrange(1, max(2, len(words) - 1))
        if len(words) >= 4:
            _mark(piece, words, place, pen.dice.choice(("b", "span", "i")))


def _mark(piece: Piece, words: list[str], place: int, tag: str) -> None:
    new = lxml.html.Element(tag)
    new.text, new.tail = words[place], " " + " ".join(words[place + 1 :])
    piece.write(" ".join(words[:place]) + " ")
    if piece.tail:
        parent = piece.element.getparent()
        parent.insert(parent.index(piece.element) + 1, new)
        return
    piece.element.insert(0, new)


def lazy_pictures(pen: Pen) -> None:
    for picture in list(pen.scene.tree.iter("img")):
        if picture.get("src"):
            picture.set("data-src", picture.get("src"))
            picture.set("src", f"data:image/gif;base64,{pen.name()}")
            picture.set("loading", "lazy")


def mobile_title(pen: Pen) -> None:
    text = " ".join("".join(one.text for one in pen.scene.title).split())
    if text:
        pen.dice.choice((pen.before, pen.top))(f"<div class='{pen.name()}'>{text}</div>")


def empty_paragraphs(pen: Pen) -> None:
    for _ in range(pen.dice.randint(1, 4)):
        pen.among(pen.dice.choice(("<p></p>", "<p>&nbsp;</p>", "<br><br>", "<p><span></span></p>")))


def hidden_blocks(pen: Pen) -> None:
    hidden = pen.dice.choice(("style='display:none'", "style='display: none;'", "hidden"))
    pen.anywhere(f"<div {hidden}><p>{pen.voice.sentences(1, 3)}</p></div>")


MARKUP = (
    new_classes,
    wrappers,
    tokens,
    decomposed,
    hard_spaces,
    zero_width,
    line_wrapping,
    entities,
    inline_marks,
    lazy_pictures,
    mobile_title,
    empty_paragraphs,
    hidden_blocks,
)
