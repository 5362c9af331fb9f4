"""When a site may be asked again. Pure rules, and where their memory is kept."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Protocol

HOUR = timedelta(hours=1)
LONGEST_WAIT = HOUR
"""A run waits no longer for a site; it closes and leaves the rest to a later one."""
LONGEST_MEMORY = timedelta(days=1)
"""A site that asks for more is asked again after a day."""
PAUSE_WHEN_BUSY = timedelta(minutes=1)
"""After 429 and 503 without Retry-After."""
BUSY_ANSWERS_TO_STOP = 4
"""After so many in a row the run closes."""
BUSY = (429, 503)
LONGEST_DATE = 100
PROBE = "BAOWATCH_PROBE"
"""Scrapy setting: the site did not answer lately, so the first request decides."""


MINUTES_COUNTED = 62
"""The minutes that any hour up to now touches, and one that a request may have been on its way:
what counts is when it arrives.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowance:
    """What a site has granted: not before when (aware UTC), and what the last hour used.

    ``recent`` holds, oldest first, a minute (since the epoch) and the requests in it.
    """

    next_allowed_at: datetime | None = None
    recent: tuple[tuple[int, int], ...] = ()

    @property
    def hour_requests(self) -> int:
        """Requests in the minutes that ``recent`` holds."""
        return sum(count for _, count in self.recent)


class Ledger(Protocol):
    """Keeps each site's allowance beyond the process."""

    def load(self, site_name: str) -> Allowance:
        """What was recorded last; the empty one for a site never asked."""

    def record(self, site_name: str, allowance: Allowance) -> None:
        """Called before and after every request."""


class MemoryLedger:
    """Forgets with the process."""

    def __init__(self) -> None:
        self._allowances: dict[str, Allowance] = {}

    def load(self, site_name: str) -> Allowance:
        return self._allowances.get(site_name, Allowance())

    def record(self, site_name: str, allowance: Allowance) -> None:
        self._allowances[site_name] = allowance


def in_this_hour(allowance: Allowance, now: datetime) -> Allowance:
    """The allowance with what is older than an hour forgotten.

    So no 60 minutes hold more than the budget, wherever one begins to count; a full hour
    that began with the first request would allow twice as many around its end. Minutes
    yet to come are forgotten too: the clock was set back.
    """
    last = _minute(now)
    recent = tuple(pair for pair in allowance.recent if last - MINUTES_COUNTED < pair[0] <= last)
    return replace(allowance, recent=recent)


def asked(allowance: Allowance, now: datetime) -> Allowance:
    """With one more request on its way."""
    counts = dict(allowance.recent)
    minute = _minute(now)
    counts[minute] = counts.get(minute, 0) + 1
    return replace(allowance, recent=tuple(sorted(counts.items())))


def _minute(moment: datetime) -> int:
    return int(moment.timestamp() // 60)


def not_before(allowance: Allowance, moment: datetime) -> Allowance:
    """With nothing allowed until ``moment``; a longer wait stays."""
    latest = max(allowance.next_allowed_at or moment, moment)
    return replace(allowance, next_allowed_at=latest)


def remaining(allowance: Allowance, now: datetime) -> timedelta:
    """How long the site is still to be left alone; not at all where the clock was set back."""
    wait = max((allowance.next_allowed_at or now) - now, timedelta())
    return wait if wait <= LONGEST_MEMORY + HOUR else timedelta()


def retry_after(value: str, now: datetime) -> timedelta:
    """The span that a ``Retry-After`` header asks for, in seconds or as an HTTP date.

    At most LONGEST_MEMORY; PAUSE_WHEN_BUSY for one that is absent or cannot be read.
    """
    value = value.strip()
    if value.isdecimal():
        return timedelta(seconds=min(float(value), LONGEST_MEMORY.total_seconds()))
    try:
        moment = parsedate_to_datetime(value[:LONGEST_DATE])
    except (ValueError, OverflowError):
        return PAUSE_WHEN_BUSY
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return min(max(moment - now, timedelta()), LONGEST_MEMORY)
