"""What differs between two texts, word by word, and between two bodies, block by block. Pure."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby
from typing import Literal

from crawlers.similarity import share_of
from pipelines.alignment import Stretch, align, bag, spans
from pipelines.article import Block
from pipelines.normalise import comparable
from pipelines.tokens import Token, tokens

MAX_CHARACTERS = 100_000
"""Beyond this, in one block, word_diff tells only that the text is another."""
MAX_CHANGED = 300_000
"""Characters of all changed places of a body; beyond, an edited block is told as a whole."""
MAX_REWRAPPED = 50
"""Blocks of one gap that are searched for in each other."""

REWRAPPED = 0.8
"""Share of a block's words that must stand in another block's place to be there."""

Bags = Mapping[int, Counter[str]]
PieceOp = Literal["equal", "delete", "insert"]
BlockOp = Literal["equal", "added", "removed", "edited", "moved"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A run of text that stayed, went or came."""

    op: PieceOp
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockChange:
    """What became of a block. ``before`` is None for an added one, ``after`` for a removed one.

    ``pieces`` is filled for an edited block. Where paragraphs were split or joined, the
    blocks of the place stand together in one.
    """

    op: BlockOp
    before: Block | None
    after: Block | None
    pieces: tuple[Piece, ...] = ()


def word_diff(before: str, after: str) -> tuple[Piece, ...]:
    """Pieces whose equal and deleted ones give ``before``, equal and inserted ones ``after``."""
    if before == after:
        return (_piece("equal", before),) if before else ()
    if len(before) + len(after) > MAX_CHARACTERS:
        return _replaced(before, after)
    return tuple(_merged(_word_pieces(tokens(before), tokens(after))))


def _replaced(before: str, after: str) -> tuple[Piece, ...]:
    return tuple(_merged([_piece("delete", before), _piece("insert", after)]))


def _word_pieces(old: Sequence[Token], new: Sequence[Token]) -> Iterator[Piece]:
    for span in spans([token.text for token in old], [token.text for token in new]):
        ours = [old[index] for index in span.before]
        theirs = [new[index] for index in span.after]
        if span.equal:
            yield from _same_words(ours, theirs)
        else:
            yield _piece("delete", _text(ours))
            yield _piece("insert", _text(theirs))


def _same_words(before: Sequence[Token], after: Sequence[Token]) -> Iterator[Piece]:
    for old, new in zip(before, after, strict=True):
        if old.space == new.space:
            yield _piece("equal", old.text + old.space)
        else:
            yield _piece("equal", old.text)
            yield _piece("delete", old.space)
            yield _piece("insert", new.space)


def _piece(op: PieceOp, text: str) -> Piece:
    return Piece(op=op, text=text)


def _text(run: Iterable[Token]) -> str:
    return "".join(token.text + token.space for token in run)


def _merged(raw: Iterable[Piece]) -> Iterator[Piece]:
    """Neighbours of one kind as one piece; of a changed place first what went."""
    filled = (piece for piece in raw if piece.text)
    for equal, run in groupby(filled, key=lambda piece: piece.op == "equal"):
        pieces = list(run)
        ops: tuple[PieceOp, ...] = ("equal",) if equal else ("delete", "insert")
        for op in ops:
            text = "".join(piece.text for piece in pieces if piece.op == op)
            if text:
                yield _piece(op, text)


def excerpt(pieces: Sequence[Piece], context_words: int = 6) -> tuple[Piece, ...]:
    """``pieces`` with what stayed cut down to the words next to a change, "…" for the rest."""
    last = len(pieces) - 1
    return tuple(
        piece
        if piece.op != "equal"
        else _piece(
            "equal", _shortened(piece.text, context_words, first=index == 0, last=index == last)
        )
        for index, piece in enumerate(pieces)
    )


def _shortened(text: str, context_words: int, *, first: bool, last: bool) -> str:
    run = tokens(text)
    head = 0 if first else context_words
    tail = 0 if last else context_words
    if len(run) <= head + tail + 1:
        return text
    return f"{_text(run[:head])}…{' ' if tail else ''}{_text(run[len(run) - tail :])}"


def block_diff(before: tuple[Block, ...], after: tuple[Block, ...]) -> tuple[BlockChange, ...]:
    """What became of every block, in the order of ``after``, removed ones at their old place."""
    old, new = ([block for block in blocks if comparable(block.text)] for blocks in (before, after))
    stretches = align([block.text for block in old], [block.text for block in new])
    sizes = accumulate(_size(stretch, old, new) for stretch in stretches)
    return tuple(
        change
        for stretch, size in zip(stretches, sizes, strict=True)
        for change in _changes(stretch, old, new, in_words=size <= MAX_CHANGED)
    )


def _size(stretch: Stretch, old: list[Block], new: list[Block]) -> int:
    if stretch.equal:
        return 0
    gone = sum(len(old[index].text) for index in stretch.span.before)
    return gone + sum(len(new[index].text) for index in stretch.span.after)


def _changes(
    stretch: Stretch, old: list[Block], new: list[Block], *, in_words: bool
) -> Iterator[BlockChange]:
    if stretch.equal:
        for i, j in stretch.equal:
            yield BlockChange(op="equal", before=old[i], after=new[j])
    elif in_words and _is_rewrapped(stretch, old, new):
        yield _joined(stretch, old, new)
    else:
        yield from _gap(stretch, old, new, in_words=in_words)


def _gap(
    stretch: Stretch, old: list[Block], new: list[Block], *, in_words: bool
) -> Iterator[BlockChange]:
    similar = {j: i for i, j in stretch.similar}
    moved = {j: i for i, j in stretch.moved}
    gone = list(stretch.removed)
    for j in stretch.span.after:
        if j in moved:
            yield BlockChange(op="moved", before=old[moved[j]], after=new[j])
            continue
        while gone and gone[0] < similar.get(j, -1):
            yield BlockChange(op="removed", before=old[gone.pop(0)], after=None)
        if j in similar:
            yield _edited(old[similar[j]], new[j], in_words=in_words)
        else:
            yield BlockChange(op="added", before=None, after=new[j])
    for i in gone:
        yield BlockChange(op="removed", before=old[i], after=None)


def _edited(before: Block, after: Block, *, in_words: bool = True) -> BlockChange:
    diff = word_diff if in_words else _replaced
    pieces = diff(before.text, after.text)
    return BlockChange(op="edited", before=before, after=after, pieces=pieces)


def _is_rewrapped(stretch: Stretch, old: list[Block], new: list[Block]) -> bool:
    """Whether a block that seems to have come or gone stands inside another one of the place."""
    stayed = len(stretch.similar) + len(stretch.removed) == len(stretch.span.before)
    few = len(stretch.span.before) + len(stretch.span.after) <= MAX_REWRAPPED
    if stretch.moved or not stayed or not few:
        return False
    was = {i: bag(old[i].text) for i in stretch.span.before}
    is_now = {j: bag(new[j].text) for j in stretch.span.after}
    return _stands_in(was, stretch.removed, is_now) or _stands_in(is_now, stretch.added, was)


def _stands_in(side: Bags, alone: Iterable[int], other: Bags) -> bool:
    """Whether a lone block's words are what the other side has beyond its neighbours."""
    spare = sum(other.values(), Counter[str]())
    spare.subtract(sum(side.values(), Counter[str]()))
    return any(share_of(side[index], spare + side[index]) >= REWRAPPED for index in alone)


def _joined(stretch: Stretch, old: list[Block], new: list[Block]) -> BlockChange:
    was = Block(text=" ".join(old[index].text for index in stretch.span.before))
    is_now = Block(text=" ".join(new[index].text for index in stretch.span.after))
    if comparable(was.text) == comparable(is_now.text):
        return BlockChange(op="equal", before=was, after=is_now)
    return _edited(was, is_now)
