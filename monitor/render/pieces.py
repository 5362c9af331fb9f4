"""The values that a shown difference consists of, and how what stayed is folded. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from monitor.render.marks import Part
from pipelines.article import BlockKind
from pipelines.diff import BlockOp, PieceOp
from pipelines.explanation import FieldName
from pipelines.tokens import tokens

FOLD_WORDS: Final = 6
"""Words that stay in sight on either side of a change."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPiece:
    """A run of text that stayed, went or came.

    ``folded``: it stayed, and is out of sight until asked for. ``cut``: so many characters
    were left out at its end, because nobody could read them.
    """

    op: PieceOp
    parts: tuple[Part, ...]
    folded: bool = False
    cut: int = 0

    @property
    def text(self) -> str:
        return "".join(part.text for part in self.parts)

    def shortened(self, most: int) -> "ShownPiece":
        """The first ``most`` characters, "…" for the rest; a folded piece as it is."""
        if self.folded or len(self.text) <= most:
            return self
        kept: list[Part] = []
        for part in self.parts:
            if most > 0:
                kept.append(Part(kind=part.kind, text=part.text[:most]))
            most -= len(part.text)
        return replace(self, parts=(*kept, Part(kind="text", text="…")))

    @property
    def words(self) -> int:
        return sum(token.kind in ("word", "figure") for token in tokens(self.text))


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownBlock:
    """A paragraph, or a field of one line. A moved one is told at its new place."""

    op: BlockOp
    pieces: tuple[ShownPiece, ...]
    kind: BlockKind = "paragraph"

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownField:
    """A field that differs. ``cut``: so many characters of its blocks are not shown."""

    name: FieldName
    blocks: tuple[ShownBlock, ...]
    cut: int = 0

    @property
    def changed(self) -> tuple[ShownBlock, ...]:
        return tuple(block for block in self.blocks if block.op != "equal")


def folded(pieces: Iterable[ShownPiece]) -> tuple[ShownPiece, ...]:
    """The pieces with the middle of what stayed as folded pieces of their own."""
    whole = tuple(_merged(pieces))
    last = len(whole) - 1
    return tuple(
        shorter
        for index, piece in enumerate(whole)
        for shorter in _folded(piece, first=index == 0, last=index == last)
    )


def _merged(pieces: Iterable[ShownPiece]) -> Iterator[ShownPiece]:
    held: ShownPiece | None = None
    for piece in pieces:
        if held is None:
            held = piece
        elif held.op == piece.op == "equal":
            held = _equal(held.text + piece.text)
        else:
            yield held
            held = piece
    if held is not None:
        yield held


def _folded(piece: ShownPiece, *, first: bool, last: bool) -> Iterator[ShownPiece]:
    run = tokens(piece.text) if piece.op == "equal" else ()
    opening = int(bool(run) and run[0].kind == "space")
    head = 0 if first else FOLD_WORDS + opening
    tail = 0 if last else FOLD_WORDS
    if len(run) <= head + tail + 1 + (opening if first else 0):
        yield piece
        return
    lengths = [len(token.text) + len(token.space) for token in run]
    start, end = sum(lengths[:head]), len(piece.text) - sum(lengths[len(lengths) - tail :])
    if start:
        yield _equal(piece.text[:start])
    yield _equal(piece.text[start:end], out_of_sight=True)
    if end < len(piece.text):
        yield _equal(piece.text[end:])


def _equal(text: str, *, out_of_sight: bool = False) -> ShownPiece:
    return ShownPiece(op="equal", parts=(Part(kind="text", text=text),), folded=out_of_sight)
