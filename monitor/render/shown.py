"""What is shown of a difference, whatever it is shown in: fields, blocks, pieces. Pure.

Text, HTML, Markdown, JSON and Atom all show these values, so that they cannot disagree.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from typing import Any, Final, get_args

from monitor.render.bounds import MAX_CHANGED, bounded
from monitor.render.displaced import with_displaced
from monitor.render.marks import Marker, Names, Part
from monitor.render.pieces import FOLD_WORDS, ShownBlock, ShownField, ShownPiece, folded
from monitor.render.words import local
from pipelines.article import Article, Block
from pipelines.compare import changed_fields
from pipelines.diff import BlockChange, Piece, PieceOp, block_diff, word_diff
from pipelines.explanation import FieldName

__all__ = ["FIELDS", "FOLD_WORDS", "Part", "Shown", "ShownBlock", "ShownField", "ShownPiece"]
FIELDS: Final[tuple[FieldName, ...]] = get_args(FieldName)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A difference as people see it.

    ``fields`` are those that differ by what is known today. ``left_out`` are fields that
    differed when the change was told, and since turned out to be the template's or noise:
    as they were told then. ``notes`` admit a correction.
    """

    fields: tuple[ShownField, ...] = ()
    left_out: tuple[ShownField, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def unseen_notes(self) -> tuple[str, ...]:
        """The notes that do not stand among what is shown as changed anyway."""
        changed = [block.text for field in self.fields for block in field.changed]
        return tuple(note for note in self.notes if not any(note in text for text in changed))


def show(
    before: Article,
    after: Article,
    *,
    fields: Sequence[FieldName] | None = None,
    notes: Sequence[str] = (),
) -> Shown:
    """The difference between two readings, in those fields that differ, or in ``fields``."""
    names = changed_fields(before, after) if fields is None else fields
    known = Names(before, after)
    shown = (_field(name, before, after, known) for name in names)
    return Shown(fields=tuple(map(bounded, shown)), notes=tuple(notes))


def show_told(
    before: Article, after: Article, told: Sequence[str], explanation: Mapping[str, Any]
) -> Shown:
    """The difference of a change that was told: ``told`` and ``explanation`` as stored."""
    shown = show(before, after, notes=explanation.get("correction_notes", ()))
    today = {field.name for field in shown.fields}
    gone = [name for name in FIELDS if name in told and name not in today]
    details = explanation.get("fields", {})
    left_out = (_as_told(name, details.get(name, {})) for name in gone)
    return replace(shown, left_out=tuple(map(bounded, left_out)))


def _field(name: FieldName, before: Article, after: Article, known: Names) -> ShownField:
    if name == "body":
        changes = block_diff(before.blocks, after.blocks)
    elif name == "captions":
        changes = block_diff(_captions(before), _captions(after))
    else:
        old, new = (field_value(name, article) for article in (before, after))
        pieces = tuple(_marked(word_diff(old, new), old, new, known))
        return ShownField(name=name, blocks=(ShownBlock(op="edited", pieces=pieces),))
    return ShownField(name=name, blocks=tuple(_blocks(_old_first(with_displaced(changes)), known)))


def _old_first(changes: Iterable[BlockChange]) -> Iterator[BlockChange]:
    """Of neighbours that went and came, what went first: as within a line."""
    for is_alone, run in groupby(changes, key=lambda change: change.op in ("added", "removed")):
        neighbours = list(run)
        if is_alone:
            neighbours.sort(key=lambda change: change.op != "removed")
        yield from neighbours


def _blocks(changes: Iterable[BlockChange], known: Names) -> Iterator[ShownBlock]:
    """The blocks; figures and names are looked for as far as anybody will see them."""
    room = 2 * MAX_CHANGED
    for change in changes:
        if change.op != "equal":
            room -= sum(len(side.text) for side in (change.before, change.after) if side)
        yield _block(change, known if room > 0 else None)


def field_value(name: FieldName, article: Article) -> str:
    """A field that is one line."""
    match name:
        case "title":
            return article.title
        case "lead":
            return article.lead
        case "author":
            return article.author
        case _:
            return local(article.published_at) if article.published_at else ""


def _captions(article: Article) -> tuple[Block, ...]:
    return tuple(Block(text=caption) for caption in article.captions)


def _block(change: BlockChange, known: Names | None) -> ShownBlock:
    old, new = change.before, change.after
    kind = (new or old or Block(text="")).kind
    if change.op == "edited" and old and new:
        pieces = folded(_marked(change.pieces, old.text, new.text, known))
        return ShownBlock(op="edited", kind=kind, pieces=pieces)
    if new is None:
        gone = old.text if old else ""
        whole = _whole("delete", Marker(gone, known), gone)
        return ShownBlock(op="removed", kind=kind, pieces=(whole,))
    if old is None:
        whole = _whole("insert", Marker(new.text, known), new.text)
        return ShownBlock(op="added", kind=kind, pieces=(whole,))
    same = ShownPiece(op="equal", parts=(Part(kind="text", text=new.text),))
    return ShownBlock(op="moved" if change.op == "moved" else "equal", kind=kind, pieces=(same,))


def _whole(op: PieceOp, marker: Marker, text: str) -> ShownPiece:
    return ShownPiece(op=op, parts=marker.parts(0, len(text)))


def _marked(
    pieces: Sequence[Piece], before: str, after: str, known: Names | None
) -> Iterator[ShownPiece]:
    """The pieces with their figures and names; what ends both sides of a place stands after it."""
    old, new = Marker(before, known), Marker(after, known)
    was = is_now = 0
    followers = [*pieces[1:], Piece(op="equal", text="")]
    shared = ""
    for piece, follower in zip(pieces, followers, strict=True):
        size = len(piece.text)
        if piece.op == "equal":
            text = f"{shared}{piece.text}"
            yield ShownPiece(op="equal", parts=(Part(kind="text", text=text),))
            shared = ""
            was, is_now = was + size, is_now + size
        elif piece.op == "delete":
            kept = _shared_space(piece, follower)
            yield ShownPiece(op="delete", parts=old.parts(was, was + size - len(kept)))
            shared, was = kept, was + size
        else:
            yield ShownPiece(op="insert", parts=new.parts(is_now, is_now + size - len(shared)))
            is_now += size
    if shared:
        yield ShownPiece(op="equal", parts=(Part(kind="text", text=shared),))


def _shared_space(gone: Piece, follower: Piece) -> str:
    """The white space at the end of what went, where what came instead ends with it too."""
    if follower.op != "insert" or not gone.text.strip() or not follower.text.strip():
        return ""
    old, new = (text[len(text.rstrip()) :] for text in (gone.text, follower.text))
    return old if old == new else ""


_SIDES: Final[tuple[tuple[PieceOp, str], ...]] = (("delete", "removed"), ("insert", "added"))


def _as_told(name: FieldName, told: Mapping[str, Any]) -> ShownField:
    """A field by the words of a stored explanation: what went and came, a block each."""
    blocks = (
        ShownBlock(op="edited", pieces=(ShownPiece(op=op, parts=(Part(kind="text", text=text),)),))
        for op, side in _SIDES
        for text in _told_texts(told, side)
    )
    return ShownField(name=name, blocks=tuple(blocks))


def _told_texts(told: Mapping[str, Any], side: str) -> Iterable[str]:
    return (*told.get(f"words_{side}", ()), *told.get(f"sentences_{side}", ()))


def replaced_pairs(pieces: Sequence[ShownPiece]) -> Iterator[tuple[ShownPiece, bool]]:
    """Each piece, and whether what it deletes was replaced by the next."""
    end = ShownPiece(op="equal", parts=())
    for piece, follower in pairwise([*pieces, end]):
        yield piece, piece.op == "delete" and follower.op == "insert"
