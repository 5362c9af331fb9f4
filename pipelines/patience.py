"""How long a block at a restless place must stand, or be gone, until it is believed. Pure.

An advertisement is hardly ever drawn so often in a row, nor missing so often; and what was
never there for some looks in a row was drawn, and is not missed.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

STOOD: Final = 4
"""Looks in a row at which a block must have been there."""
GONE: Final = 12
"""Looks in a row at which a block that stood must have been missing."""
SEEN_AGAIN: Final = 2
LOOK_AGAIN: Final = timedelta(hours=4)
"""The longest gap between two looks while a block is about to be believed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """Looks in a row at which a block stood, and those since at which it was gone.

    Neither counts any further than is needed.
    """

    stood: int = 0
    gone: int = 0

    @property
    def has_arrived(self) -> bool:
        """Whether the block is believed to be there to stay."""
        return self.stood >= STOOD and not self.gone

    @property
    def has_departed(self) -> bool:
        """Whether the block is believed to be gone for good."""
        return self.stood >= STOOD and self.gone >= GONE


def counted(
    known: Mapping[str, Count],
    *,
    accepted: Collection[str],
    shown: Collection[str],
    restless: Collection[str],
) -> dict[str, Count]:
    """The counts after one more look, by the blocks' prints.

    ``accepted`` and ``shown``: all blocks of the known text and of the look; ``restless``:
    those of either that stand at restless places.
    """
    found: dict[str, Count] = {}
    for key in {*known, *restless}:
        count = known.get(key, Count())
        if key in shown:
            is_back = count.gone and key not in accepted
            found[key] = Count(stood=1 if is_back else min(count.stood + 1, STOOD))
        elif key in accepted or count.gone:
            found[key] = Count(stood=count.stood, gone=min(count.gone + 1, GONE))
    return found


def is_settled(counts: Mapping[str, Count]) -> bool:
    """Whether one more look at the same text would tell nothing."""
    return all(count.stood >= STOOD and not count.gone for count in counts.values())


def is_near(counts: Mapping[str, Count], *, accepted: Collection[str]) -> bool:
    """Whether a block is on its way to be believed: it came and was seen again, or it stood
    and was missed again.
    """
    return any(
        count.gone >= SEEN_AGAIN and count.stood >= STOOD
        if key in accepted
        else count.stood >= SEEN_AGAIN and not count.gone
        for key, count in counts.items()
    )
