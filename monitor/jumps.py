"""Whether the clock on the wall was set: time by the clock against time that only runs. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from crawlers.clock import Clock

TOLERATED: Final = 20.0
"""Real seconds; clocks that are steered towards the right time drift by far less."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Both clocks at one moment; ``running`` is in seconds, from anywhere, never set."""

    wall: datetime
    running: float


def jump(before: Reading, after: Reading, clock: Clock) -> float:
    """By how many real seconds ``clock`` was set between two readings; 0.0 when it just ran."""
    passed = after.wall - before.wall
    backwards = passed < timedelta()
    by_wall = clock.wait_seconds(-passed if backwards else passed) * (-1 if backwards else 1)
    off = by_wall - (after.running - before.running)
    return off if abs(off) > TOLERATED else 0.0
