"""How much of a difference is shown at most: a hostile page has titles of a megabyte. Pure."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from monitor.render.marks import Part
from monitor.render.pieces import ShownBlock, ShownField, ShownPiece

MAX_PIECE: Final = 8_000
"""Characters of one piece."""
MAX_LINE: Final = 1_000
"""Characters of one piece of a title or a byline."""
MAX_CHANGED: Final = 60_000
"""Characters of a field that went or came, or stand beside what did."""
MAX_SAME: Final = 120_000
"""Characters of a field in paragraphs that stayed, and of folded middles."""
MAX_PIECES: Final = 4_000
MAX_TITLE: Final = 300
"""Characters of a title that stands for an article, in a list or above a difference."""


def headline(title: str) -> str:
    """``title`` as long as anybody reads one; its difference, if it has one, shows more."""
    return title if len(title) <= MAX_TITLE else f"{title[:MAX_TITLE]}…"


def bounded(field: ShownField) -> ShownField:
    """``field`` with what no page can bear cut off, and with how much that was."""
    longest = MAX_LINE if field.name in ("title", "author") else MAX_PIECE
    room = {True: MAX_SAME, False: MAX_CHANGED}
    pieces_left = MAX_PIECES
    kept: list[ShownBlock] = []
    cut = 0
    for block in field.blocks:
        shorter = replace(block, pieces=tuple(_shorter(block.pieces, longest)))
        size, same = len(shorter.text), block.op == "equal"
        pieces_left -= len(shorter.pieces)
        if size > room[same] or pieces_left < 0:
            cut += len(block.text)
            continue
        room[same] -= size
        cut += sum(piece.cut for piece in shorter.pieces)
        kept.append(shorter)
    return replace(field, blocks=tuple(kept), cut=cut)


def _shorter(pieces: tuple[ShownPiece, ...], longest: int) -> Iterator[ShownPiece]:
    for piece in pieces:
        over = len(piece.text) - longest
        yield replace(piece, parts=_first(piece.parts, longest), cut=over) if over > 0 else piece


def _first(parts: tuple[Part, ...], most: int) -> tuple[Part, ...]:
    kept: list[Part] = []
    for part in parts:
        if most > 0:
            kept.append(replace(part, text=part.text[:most]))
        most -= len(part.text)
    return tuple(kept)
