"""Which pieces of two texts belong together. Pure, and bounded in time for any input.

difflib is quadratic and worse on repetitive input; beyond a budget the part between the
common start and end is taken as one gap.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from difflib import Match, SequenceMatcher
from itertools import accumulate, product

from crawlers.similarity import alike
from pipelines.normalise import comparable
from pipelines.tokens import words

MAX_LENGTH = 3_000
"""Pieces on each side between common start and end."""
MAX_MATCHES = 200_000
"""Pairs of equal pieces: what one step of difflib walks over."""
STEPS = 50_000
STEPS_PER_PIECE = 150
"""Pairs of equal pieces that all steps of difflib may walk over."""
MAX_COMPARISONS = 10_000
"""Pairs of pieces of all gaps that are compared; beyond, pieces are paired in order."""
BAG_LENGTH = 2_000
"""Characters of a piece that are read to tell what it resembles."""
ALL_BAGS_LENGTH = 600_000
"""The same for all pieces together."""
SIMILAR = 0.5
SIMILAR_ALONE = 0.3
"""Enough where one piece stands in the place of one other."""

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Pieces ``before`` in the place of pieces ``after``, by index."""

    equal: bool
    before: range
    after: range


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A span with its pieces paired. A piece stands in exactly one tuple of one stretch.

    ``moved`` pairs an equal piece from anywhere with its new place in this stretch.
    """

    span: Span
    equal: tuple[Pair, ...] = ()
    similar: tuple[Pair, ...] = ()
    moved: tuple[Pair, ...] = ()
    removed: tuple[int, ...] = ()
    added: tuple[int, ...] = ()


def spans(before: Sequence[str], after: Sequence[str]) -> tuple[Span, ...]:
    """Cover both sequences, in order, with equal and unequal spans."""
    start = _common(zip(before, after, strict=False))
    rest = min(len(before), len(after)) - start
    end = _common(zip(before[::-1][:rest], after[::-1][:rest], strict=False))
    head = Span(equal=True, before=range(start), after=range(start))
    tail = Span(
        equal=True,
        before=range(len(before) - end, len(before)),
        after=range(len(after) - end, len(after)),
    )
    middle = _middle(before, after, start, end)
    return tuple(span for span in (head, *middle, tail) if span.before or span.after)


def _common(pairs: Iterable[tuple[str, str]]) -> int:
    count = 0
    for one, other in pairs:
        if one != other:
            break
        count += 1
    return count


def _middle(before: Sequence[str], after: Sequence[str], start: int, end: int) -> list[Span]:
    old, new = before[start : len(before) - end], after[start : len(after) - end]
    matches = _matches(old, new) if _is_cheap(old, new) else []
    found: list[Span] = []
    i = j = 0
    for i_next, j_next, size in (*matches, (len(old), len(new), 0)):
        for equal, ours, theirs in (
            (False, range(i, i_next), range(j, j_next)),
            (True, range(i_next, i_next + size), range(j_next, j_next + size)),
        ):
            if ours or theirs:
                found.append(
                    Span(equal=equal, before=_later(ours, start), after=_later(theirs, start))
                )
        i, j = i_next + size, j_next + size
    return found


def _later(indexes: range, start: int) -> range:
    return range(indexes.start + start, indexes.stop + start)


def _matches(old: Sequence[str], new: Sequence[str]) -> list[Match]:
    """Matching blocks as difflib finds them, as far as the steps allowed suffice.

    Each step of difflib walks over all pairs of equal pieces in its part: what it would walk
    over is known before, and a part that is too dear stays a gap.
    """
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    theirs = Counter(new)
    pairs = [0, *accumulate(1 + theirs[piece] for piece in old)]
    left = STEPS + STEPS_PER_PIECE * (len(old) + len(new))
    parts = [(0, len(old), 0, len(new))]
    found: list[Match] = []
    while parts:
        i_start, i_end, j_start, j_end = parts.pop()
        left -= (dear := pairs[i_end] - pairs[i_start])
        if left < 0:
            left += dear
            continue
        match = matcher.find_longest_match(i_start, i_end, j_start, j_end)
        if match.size:
            found.append(match)
            parts.append((i_start, match.a, j_start, match.b))
            parts.append((match.a + match.size, i_end, match.b + match.size, j_end))
    return sorted(found)


def _is_cheap(old: Sequence[str], new: Sequence[str]) -> bool:
    if max(len(old), len(new)) > MAX_LENGTH:
        return False
    ours, theirs = Counter(old), Counter(new)
    return sum(count * theirs[piece] for piece, count in ours.items()) <= MAX_MATCHES


def bag(text: str, length: int = BAG_LENGTH) -> Counter[str]:
    """The words of ``text``, as far as they are read to tell what it resembles."""
    return Counter(words(text[:length]))


@dataclass(frozen=True, slots=True)
class _Side:
    texts: Sequence[str]
    keys: list[str]
    bags: dict[int, Counter[str]] = field(default_factory=dict)

    def bag(self, index: int) -> Counter[str]:
        if index not in self.bags:
            length = min(BAG_LENGTH, ALL_BAGS_LENGTH // len(self.texts))
            self.bags[index] = bag(self.texts[index], length)
        return self.bags[index]


def align(before: Sequence[str], after: Sequence[str]) -> tuple[Stretch, ...]:
    """Pair sentences or blocks: equal ones, equal ones elsewhere, similar ones in one gap."""
    old, new = (_Side(texts, [comparable(text) for text in texts]) for texts in (before, after))
    found = spans(old.keys, new.keys)
    moved = _moves([span for span in found if not span.equal], old.keys, new.keys)
    sources = set(moved.values())
    comparisons = accumulate(_comparisons(span, moved, sources) for span in found)
    return tuple(
        _stretch(span, old, new, moved, sources, in_order=spent > MAX_COMPARISONS)
        for span, spent in zip(found, comparisons, strict=True)
    )


def _comparisons(span: Span, moved: Collection[int], sources: Collection[int]) -> int:
    if span.equal:
        return 0
    removed = sum(index not in sources for index in span.before)
    return removed * sum(index not in moved for index in span.after)


def _moves(gaps: Sequence[Span], before: list[str], after: list[str]) -> dict[int, int]:
    """New place → old place of every piece that left one gap and stands in another place."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    for span in reversed(gaps):
        for index in reversed(span.before):
            places[before[index]].append(index)
    return {
        index: places[after[index]].pop()
        for span in gaps
        for index in span.after
        if places.get(after[index])
    }


def _stretch(
    span: Span,
    old: _Side,
    new: _Side,
    moved: dict[int, int],
    sources: set[int],
    *,
    in_order: bool,
) -> Stretch:
    if span.equal:
        return Stretch(span=span, equal=tuple(zip(span.before, span.after, strict=True)))
    removed = [index for index in span.before if index not in sources]
    added = [index for index in span.after if index not in moved]
    similar = _similar(removed, added, old, new, in_order=in_order)
    taken_before, taken_after = ({pair[side] for pair in similar} for side in (0, 1))
    return Stretch(
        span=span,
        similar=similar,
        moved=tuple((moved[index], index) for index in span.after if index in moved),
        removed=tuple(index for index in removed if index not in taken_before),
        added=tuple(index for index in added if index not in taken_after),
    )


def _similar(
    removed: list[int], added: list[int], old: _Side, new: _Side, *, in_order: bool
) -> tuple[Pair, ...]:
    pairs = zip(removed, added, strict=False) if in_order else product(removed, added)
    enough = SIMILAR_ALONE if len(removed) == len(added) == 1 else SIMILAR
    ranked = sorted(
        ((alike(old.bag(i), new.bag(j)), i, j) for i, j in pairs),
        key=lambda ranking: (-ranking[0], ranking[1], ranking[2]),
    )
    chosen: dict[int, int] = {}
    taken: set[int] = set()
    for likeness, i, j in ranked:
        if likeness >= enough and i not in taken and j not in chosen:
            chosen[j] = i
            taken.add(i)
    return tuple((chosen[j], j) for j in sorted(chosen))
