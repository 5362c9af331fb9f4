"""The one clock: every decision about *when* asks a :class:`Clock` that was passed in.

Demo, tests and simulations run it fast. A child process is told so through the
environment variable ``BAOWATCH_CLOCK``, which is obeyed only together with an origin
map (``BAOWATCH_ORIGINS``): a fast clock must never meet a real portal.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol

CLOCK_VARIABLE = "BAOWATCH_CLOCK"
ORIGINS_VARIABLE = "BAOWATCH_ORIGINS"


class ClockError(ValueError):
    """``BAOWATCH_CLOCK`` cannot be obeyed."""


class Clock(Protocol):
    """Tells the moment, and how long to wait in truth for a span of its own time."""

    def now(self) -> datetime:
        """The moment, aware UTC."""

    def wait_seconds(self, span: timedelta) -> float:
        """Seconds of real time in which ``span`` passes on this clock, never negative."""


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def wait_seconds(self, span: timedelta) -> float:
        return max(span.total_seconds(), 0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class FastClock:
    """A clock that stood at ``start`` when the machine's stood at ``real_start``.

    ``real_start`` is in seconds since the epoch; ``rate`` says how many seconds pass
    here in one real second.
    """

    start: datetime
    real_start: float
    rate: float

    def now(self) -> datetime:
        return self.start + timedelta(seconds=(time.time() - self.real_start) * self.rate)

    def wait_seconds(self, span: timedelta) -> float:
        return max(span.total_seconds() / self.rate, 0.0)

    def variable(self) -> str:
        """The value of ``BAOWATCH_CLOCK`` that gives a child process this clock."""
        return f"{self.start.isoformat()} {self.real_start!r} {self.rate!r}"


def clock_from_environment(environment: Mapping[str, str]) -> Clock:
    """The clock that ``environment`` asks for; the machine's own when it asks for none.

    Raises ClockError for a value that cannot be read, or one without an origin map.
    """
    value = environment.get(CLOCK_VARIABLE)
    if not value:
        return SystemClock()
    if not environment.get(ORIGINS_VARIABLE):
        raise ClockError(
            f"{CLOCK_VARIABLE} is set without {ORIGINS_VARIABLE}: a clock other than the "
            f"machine's is for replica portals only. Unset {CLOCK_VARIABLE}."
        )
    try:
        start, real_start, rate = value.split()
        clock = FastClock(
            start=datetime.fromisoformat(start), real_start=float(real_start), rate=float(rate)
        )
    except ValueError as error:
        raise ClockError(
            f"{CLOCK_VARIABLE}={value!r} is not '<ISO time> <epoch seconds> <rate>': {error}"
        ) from error
    if clock.start.tzinfo is None or clock.rate <= 0:
        raise ClockError(f"{CLOCK_VARIABLE}={value!r}: the time needs a zone, the rate must be > 0")
    return clock
