"""A difference for the terminal: word by word, in colour or as ``[-went-]{+came+}``."""

import unicodedata
from collections.abc import Iterator
from typing import Final

from monitor.render.pieces import ShownBlock, ShownField, ShownPiece
from monitor.render.shown import replaced_pairs, show
from monitor.render.words import FIELD_NAMES
from pipelines.article import Article
from pipelines.compare import Difference

MOVED_LENGTH = 60
LISTED: Final = ("body", "captions")
_PLAIN: Final = {"delete": ("[-", "-]"), "insert": ("{+", "+}")}
_COLOURS: Final = {
    "delete": ("\x1b[31;9m", "\x1b[0m"),  # red, struck through
    "insert": ("\x1b[32;1m", "\x1b[0m"),  # green, bold
}


def safe(text: str) -> str:
    """``text`` on one line, without anything a terminal obeys: escapes, bidi overrides.

    What ends a line, for whatever reads the output, is a space.
    """
    return text if text.isascii() and text.isprintable() else "".join(map(_printed, text))


def _printed(letter: str) -> str:
    category = unicodedata.category(letter)
    if letter in "\u200c\u200d" or (category[0] != "C" and category not in ("Zl", "Zp")):
        return letter
    return " " if letter.isspace() else ""


def render_difference(
    before: Article, after: Article, difference: Difference, *, colour: bool
) -> str:
    """The changed fields, a paragraph each, with the words around every change."""
    shown = show(before, after, fields=difference.fields)
    lines = [
        line for field in shown.fields for line in _field(field, _COLOURS if colour else _PLAIN)
    ]
    notes = (f"Correction note: {safe(note)}" for note in difference.explanation.correction_notes)
    return "\n".join([*lines, *notes])


Marks = dict[str, tuple[str, str]]


def _field(field: ShownField, marks: Marks) -> Iterator[str]:
    label = FIELD_NAMES[field.name]
    if field.name in LISTED:
        yield f"{label}:"
        yield from (f"  {_block(block, marks)}" for block in field.changed)
    else:
        yield f"{label}: {''.join(_block(block, marks) for block in field.blocks)}"
    if field.cut:
        yield f"  ({field.cut} characters are not shown)"


def _block(block: ShownBlock, marks: Marks) -> str:
    if block.op == "moved":
        text = block.text
        shown = text if len(text) <= MOVED_LENGTH else f"{text[:MOVED_LENGTH]}…"
        return f"(moved) {safe(shown)}"
    pieces = replaced_pairs(block.pieces)
    return "".join(_piece(piece, marks, replaced=replaced) for piece, replaced in pieces).strip()


def _piece(piece: ShownPiece, marks: Marks, *, replaced: bool) -> str:
    """The space after a word stands outside the marks, and once where a word was replaced."""
    if piece.folded:
        return "… "
    text = safe(piece.text)
    if piece.op == "equal" or not text:
        return text
    start, end = marks[piece.op]
    words = text.rstrip() or text
    return f"{start}{words}{end}{'' if replaced else text[len(words) :]}"
