"""What a page of differences marks, read back, beside what a script changed. By other means.

Words are what stands between spaces, and the fewest that must have changed are counted by the
longest common subsequence: nothing here knows how baowatch finds or shows a difference.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from zoneinfo import ZoneInfo

from monitor.replica.story import Field, Story

WORD: Final = re.compile(r"\S+(?:\s[%٪])?")
"""A percent sign that stands apart belongs to its figure."""
CHROME: Final = {"summary", "bw-tag", "bw-cut"}
"""What the page says itself between the words of an article."""
Piece = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A paragraph, a caption or a field of one line, as the page has it.

    ``pieces`` are (``same``, ``del`` or ``ins``; text), in order.
    """

    op: str
    pieces: tuple[Piece, ...]

    @property
    def before(self) -> str:
        return "".join(text for kind, text in self.pieces if kind != "ins")

    @property
    def after(self) -> str:
        return "".join(text for kind, text in self.pieces if kind != "del")

    def marked(self, kind: str) -> list[str]:
        """The words of one side of which at least a letter is marked ``kind``."""
        other = "ins" if kind == "del" else "del"
        side = [piece for piece in self.pieces if piece[0] != other]
        text = "".join(piece[1] for piece in side)
        letters = "".join(("#" if piece[0] == kind else ".") * len(piece[1]) for piece in side)
        return [
            found[0] for found in WORD.finditer(text) if "#" in letters[found.start() : found.end()]
        ]


def shown_fields(entry: Any) -> dict[str, list[Unit]]:
    """The units of every field in a difference of the page (an lxml element)."""
    return {
        _class(box, "bw-of-"): [_unit(block) for block in _blocks(box)]
        for box in entry.xpath(".//*[contains(concat(' ', @class, ' '), ' bw-field ')]")
        if _class(box, "bw-of-")
    }


def _blocks(box: Any) -> list[Any]:
    found: list[Any] = box.xpath(".//*[contains(concat(' ', @class, ' '), ' bw-block ')]")
    return found


def _unit(block: Any) -> Unit:
    ops = {"bw-equal", "bw-added", "bw-removed", "bw-edited", "bw-moved"}
    (op,) = ops & set(block.get("class").split())
    return Unit(op=op.removeprefix("bw-"), pieces=tuple(_pieces(block, "same")))


def _pieces(element: Any, kind: str) -> Iterator[Piece]:
    if element.tag == "summary" or CHROME & set((element.get("class") or "").split()):
        return
    kind = element.tag if element.tag in ("ins", "del") else kind
    if element.text:
        yield kind, element.text
    for child in element:
        yield from _pieces(child, kind)
        if child.tail:
            yield kind, child.tail


def _class(element: Any, start: str) -> str:
    names = (one for one in element.get("class").split() if one.startswith(start))
    return next(names, "").removeprefix(start)


def faults(before: Story, after: Story, shown: Mapping[str, Sequence[Unit]]) -> list[str]:
    """What the page marks wrongly of a story's edit; nothing where it is right."""
    told = []
    old, new = _texts(before), _texts(after)
    for field in old:
        if old[field] != new[field] or field in shown:
            told += [
                f"{field}: {one}"
                for one in _field_faults(old[field], new[field], shown.get(field, ()))
            ]
    return told


def _texts(story: Story) -> dict[Field, list[str]]:
    moment = story.published_at.astimezone(ZoneInfo("Asia/Ho_Chi_Minh"))
    fields: dict[Field, list[str]] = {
        "title": [story.title],
        "lead": [story.lead],
        "body": [*story.paragraphs],
        "captions": [*story.captions],
        "author": [story.author],
        "published_at": [f"{moment:%Y-%m-%d %H:%M %z}"],
    }
    return {name: [_plain(text) for text in texts if text] for name, texts in fields.items()}


def _field_faults(old: list[str], new: list[str], units: Sequence[Unit]) -> Iterator[str]:
    was = [_plain(unit.before) for unit in units if unit.op != "added"]
    now = [_plain(unit.after) for unit in units if unit.op != "removed"]
    if was != old:
        yield f"what was is not there: {_first_other(old, was)}"
    if now != new:
        yield f"what is now is not there: {_first_other(new, now)}"
    for unit in units:
        yield from _unit_faults(unit, old, new)


def _unit_faults(unit: Unit, old: list[str], new: list[str]) -> Iterator[str]:
    gone, come = unit.marked("del"), unit.marked("ins")
    before, after = (WORD.findall(side) for side in (unit.before, unit.after))
    match unit.op:
        case "equal" | "moved":
            if gone or come or _plain(unit.before) not in new:
                yield f"marked, or not there, although it stayed: {unit}"
        case "removed":
            if gone != before or _plain(unit.before) in new:
                yield f"not wholly marked as removed: {unit}"
        case "added":
            if come != after or _plain(unit.after) in old:
                yield f"not wholly marked as added: {unit}"
        case _:
            kept = common(before, after)
            fewest = (len(before) - kept, len(after) - kept)
            if (len(gone), len(come)) != fewest:
                yield f"{fewest} words differ, marked are {gone} and {come}"


def common(before: Sequence[str], after: Sequence[str]) -> int:
    """Length of the longest common subsequence."""
    row = [0] * (len(after) + 1)
    for one in before:
        above = row[:]
        for index, other in enumerate(after):
            row[index + 1] = above[index] + 1 if one == other else max(above[index + 1], row[index])
    return row[-1]


def _plain(text: str) -> str:
    """Single spaces, and no zero-width letters: a reading keeps none (``normalise.clean``)."""
    return " ".join(text.replace("\u200c", "").split())


def _first_other(expected: list[str], shown: list[str]) -> str:
    pairs = [*zip(expected, shown, strict=False), *((one, "") for one in expected[len(shown) :])]
    other = next((pair for pair in pairs if pair[0] != pair[1]), ("", " ".join(shown[-1:])))
    return f"{other[0]!r} is {other[1]!r}"
