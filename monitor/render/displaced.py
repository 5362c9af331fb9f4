"""A paragraph that was edited and stands elsewhere now: one edit, not a loss and a gain. Pure."""

from collections.abc import Sequence
from itertools import product
from typing import Final

from crawlers.similarity import alike
from pipelines.alignment import bag
from pipelines.article import Block
from pipelines.diff import BlockChange, word_diff

MOST: Final = 40
"""Paragraphs that went, and that came, up to which they are compared with one another."""
LONGEST: Final = 20_000
ALIKE: Final = 0.6
"""Share of the words that two paragraphs must have in common to be one."""


def with_displaced(changes: Sequence[BlockChange]) -> tuple[BlockChange, ...]:
    """The changes with every removed paragraph that resembles an added one told as its edit."""
    gone = {i: c.before for i, c in enumerate(changes) if c.op == "removed" and _fits(c.before)}
    come = {j: c.after for j, c in enumerate(changes) if c.op == "added" and _fits(c.after)}
    if not gone or not come or max(len(gone), len(come)) > MOST:
        return tuple(changes)
    old, new = ({i: bag(b.text) for i, b in side.items() if b} for side in (gone, come))
    ranked = sorted(
        (-likeness, i, j)
        for i, j in product(old, new)
        if (likeness := alike(old[i], new[j])) >= ALIKE
    )
    chosen: dict[int, int] = {}
    for _, i, j in ranked:
        if j not in chosen and i not in chosen.values():
            chosen[j] = i
    told = [
        _edit(changes[chosen[j]], change) if j in chosen else change
        for j, change in enumerate(changes)
        if j not in chosen.values()
    ]
    return tuple(told)


def _fits(block: Block | None) -> bool:
    return block is not None and len(block.text) <= LONGEST


def _edit(removed: BlockChange, added: BlockChange) -> BlockChange:
    old, new = removed.before, added.after
    pieces = word_diff(old.text if old else "", new.text if new else "")
    return BlockChange(op="edited", before=old, after=new, pieces=pieces)
