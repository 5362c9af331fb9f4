"""A difference for the terminal: word by word, in colour or as ``[-went-]{+came+}``."""

import unicodedata
from collections.abc import Iterator, Sequence
from typing import Final

from rich.style import Style
from rich.text import Text

from monitor.render.language import Language, language_of
from monitor.render.pieces import ShownBlock, ShownField, ShownPiece
from monitor.render.shown import Shown, replaced_pairs, show
from monitor.render.words import ALL_LEFT_OUT, FIELD_NAMES, LEFT_OUT
from pipelines.article import Article
from pipelines.compare import Difference

MOVED_LENGTH = 60
LISTED: Final = ("body", "captions")
_PLAIN: Final = {"delete": ("[-", "-]"), "insert": ("{+", "+}")}
_STYLES: Final = {"delete": Style.parse("red strike"), "insert": Style.parse("green bold")}


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
    notes = difference.explanation.correction_notes
    shown = show(before, after, fields=difference.fields, notes=notes)
    lines = render_shown(shown, language_of("en"), colour=colour)
    return "\n".join(f"{' ' * indent}{_ansi(text)}" for indent, text in lines)


def _ansi(text: Text) -> str:
    """``text`` with the codes of its colours, never wrapped."""
    spans = sorted(text.spans)
    written, at = [], 0
    for span in spans:
        written.append(text.plain[at : span.start])
        style = span.style if isinstance(span.style, Style) else Style.parse(span.style)
        written.append(style.render(text.plain[span.start : span.end]))
        at = span.end
    return "".join([*written, text.plain[at:]])


def render_shown(shown: Shown, said: Language, *, colour: bool) -> Iterator[tuple[int, Text]]:
    """A difference as lines with their indentation, in colour or with marks."""
    for field in shown.fields:
        yield from _field(field, said, colour=colour)
    for note in shown.unseen_notes:
        yield 0, Text(f"{said.say('Correction note')}: {safe(note)}")
    if shown.left_out:
        yield 0, Text(said.say(LEFT_OUT if shown.fields else ALL_LEFT_OUT))
        for field in shown.left_out:
            yield from ((indent + 2, text) for indent, text in _field(field, said, colour=colour))


def _field(field: ShownField, said: Language, *, colour: bool) -> Iterator[tuple[int, Text]]:
    label = Text(f"{said.say(FIELD_NAMES[field.name])}:")
    blocks = [_block(block, said, colour=colour) for block in field.changed]
    if field.name in LISTED:
        yield 0, label
        yield from ((2, block) for block in blocks)
    else:
        yield 0, Text(" ").join([label, *blocks])
    if field.cut:
        yield (
            2,
            Text(
                said.count(
                    "{n} character is not shown here",
                    "{n} characters are not shown here",
                    field.cut,
                )
            ),
        )


def _block(block: ShownBlock, said: Language, *, colour: bool) -> Text:
    if block.op == "moved":
        text = block.text
        shown = text if len(text) <= MOVED_LENGTH else f"{text[:MOVED_LENGTH]}…"
        return Text(f"({said.say('moved')}) {safe(shown)}")
    return marked(block.pieces, colour=colour)


def marked(pieces: Sequence[ShownPiece], *, colour: bool) -> Text:
    """One place of a text with what went and what came."""
    line = Text()
    for piece, replaced in replaced_pairs(pieces):
        _append(line, piece, replaced=replaced, colour=colour)
    line.rstrip()
    return line


def _append(line: Text, piece: ShownPiece, *, replaced: bool, colour: bool) -> None:
    """The space after a word stands outside the marks, and once where a word was replaced."""
    text = "… " if piece.folded else safe(piece.text)
    if not line.plain:
        text = text.lstrip()
    if piece.op == "equal" or not text:
        line.append(text)
        return
    words = text.rstrip() or text
    if colour:
        line.append(words, style=_STYLES[piece.op])
    else:
        line.append(words.join(_PLAIN[piece.op]))
    line.append("" if replaced else text[len(words) :])
