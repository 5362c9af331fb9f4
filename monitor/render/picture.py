"""What is counted by day, and the small picture of it. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import NAMESPACE_URL, uuid5

from monitor.render.language import Language

WIDTH: Final = 320
BARS: Final = 54
"""Height in which the bars stand, in the picture's own units."""
TOP: Final = 14
FOOT: Final = 18


@dataclass(frozen=True, slots=True, kw_only=True)
class DayCount:
    """New articles and other changes of one local day."""

    day: date
    new: int
    changed: int


def drawing(days: Sequence[DayCount], language: Language, *, of: str) -> dict[str, Any]:
    """What the picture's template needs; ``days`` in order, one at least, and ``of`` whom."""
    most = max(1, *(max(one.new, one.changed) for one in days))
    told = "; ".join(_told(one, language) for one in days if one.new or one.changed)
    return {
        "name": f"days-{uuid5(NAMESPACE_URL, f'{of} {days!r}').hex[:12]}",
        "width": WIDTH,
        "height": TOP + BARS + FOOT,
        "base": TOP + BARS,
        "bars": list(_bars(days, most, language)),
        "first": language.day(days[0].day),
        "last": language.day(days[-1].day) if len(days) > 1 else "",
        "most": language.number(most),
        "told": told or language.say("Nothing new, nothing changed."),
    }


def _told(one: DayCount, language: Language) -> str:
    new = language.count("{n} new article", "{n} new articles", one.new)
    changed = language.count("{n} change", "{n} changes", one.changed)
    return f"{language.day(one.day)}: {new}, {changed}"


def _bars(days: Sequence[DayCount], most: int, language: Language) -> Iterator[dict[str, Any]]:
    step = WIDTH / len(days)
    width = round(min(step * 0.4, 24.0), 2)
    for index, one in enumerate(days):
        middle = index * step + step / 2
        for kind, n, left in (("new", one.new, middle - width), ("edit", one.changed, middle)):
            height = round(BARS * n / most, 2)
            if n:
                yield {
                    "kind": kind,
                    "x": round(left, 2),
                    "y": round(TOP + BARS - height, 2),
                    "width": width,
                    "height": height,
                    "told": _told(one, language),
                }
