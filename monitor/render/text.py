"""A difference for the terminal: word by word, in colour or as ``[-went-]{+came+}``."""

import unicodedata
from collections.abc import Iterator, Sequence
from typing import Final

from monitor.render.words import local
from pipelines.article import Article, Block
from pipelines.compare import Difference
from pipelines.diff import BlockChange, Piece, block_diff, excerpt, word_diff
from pipelines.explanation import FieldName

LABELS: Final[dict[FieldName, str]] = {
    "title": "Title",
    "lead": "Lead",
    "body": "Text",
    "captions": "Captions",
    "author": "By",
    "published_at": "Published",
}
MOVED_LENGTH = 60
_PLAIN: Final = {"delete": ("[-", "-]"), "insert": ("{+", "+}")}
_COLOURS: Final = {
    "delete": ("\x1b[31;9m", "\x1b[0m"),  # red, struck through
    "insert": ("\x1b[32;1m", "\x1b[0m"),  # green, bold
}


def safe(text: str) -> str:
    """``text`` without anything a terminal would obey: controls, escapes, bidi overrides."""
    return "".join(
        letter
        for letter in text
        if letter in "\n\u200c\u200d" or unicodedata.category(letter)[0] != "C"
    )


def render_difference(
    before: Article, after: Article, difference: Difference, *, colour: bool
) -> str:
    """The changed fields, a paragraph each, with the words around every change."""
    lines = [
        line
        for name in difference.fields
        for line in _field(name, before, after, _COLOURS if colour else _PLAIN)
    ]
    notes = (f"Correction note: {safe(note)}" for note in difference.explanation.correction_notes)
    return "\n".join([*lines, *notes])


Marks = dict[str, tuple[str, str]]


def _field(name: FieldName, before: Article, after: Article, marks: Marks) -> Iterator[str]:
    label = LABELS[name]
    if name == "body":
        yield from _listed(label, block_diff(before.blocks, after.blocks), marks)
    elif name == "captions":
        yield from _listed(label, block_diff(_as_blocks(before), _as_blocks(after)), marks)
    else:
        old, new = (_value(name, article) for article in (before, after))
        yield f"{label}: {_marked(excerpt(word_diff(old, new)), marks)}"


def _as_blocks(article: Article) -> tuple[Block, ...]:
    return tuple(Block(text=caption) for caption in article.captions)


def _value(name: FieldName, article: Article) -> str:
    match name:
        case "title":
            return article.title
        case "lead":
            return article.lead
        case "author":
            return article.author
        case _:
            return local(article.published_at) if article.published_at else ""


def _listed(label: str, changes: Sequence[BlockChange], marks: Marks) -> Iterator[str]:
    yield f"{label}:"
    for change in changes:
        if change.op != "equal":
            yield f"  {_block(change, marks)}"


def _block(change: BlockChange, marks: Marks) -> str:
    if change.op == "edited":
        return _marked(excerpt(change.pieces), marks)
    if change.op == "moved" and change.after:
        text = change.after.text
        shown = text if len(text) <= MOVED_LENGTH else f"{text[:MOVED_LENGTH]}…"
        return f"(moved) {safe(shown)}"
    gone = Piece(op="delete", text=change.before.text if change.before else "")
    come = Piece(op="insert", text=change.after.text if change.after else "")
    return _marked((gone, come), marks)


def _marked(pieces: Sequence[Piece], marks: Marks) -> str:
    followers = [*(piece.op for piece in pieces[1:]), "equal"]
    return "".join(
        _piece(piece, marks, replaced=follower == "insert")
        for piece, follower in zip(pieces, followers, strict=True)
    ).strip()


def _piece(piece: Piece, marks: Marks, *, replaced: bool) -> str:
    """The space after a word stands outside the marks, and once where a word was replaced."""
    text = safe(piece.text)
    if piece.op == "equal" or not text:
        return text
    start, end = marks[piece.op]
    words = text.rstrip() or text
    return f"{start}{words}{end}{'' if replaced else text[len(words) :]}"
