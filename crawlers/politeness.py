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


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowance:
    """What a site has granted: not before when, and what the hour has used. Aware UTC."""

    next_allowed_at: datetime | None = None
    hour_started_at: datetime | None = None
    hour_requests: int = 0


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
    """The allowance with the hour's count begun anew when the hour is over."""
    began = allowance.hour_started_at
    if began is not None and began <= now < began + HOUR:
        return allowance
    return replace(allowance, hour_started_at=now, hour_requests=0)


def asked(allowance: Allowance) -> Allowance:
    """With one more request on its way."""
    return replace(allowance, hour_requests=allowance.hour_requests + 1)


def not_before(allowance: Allowance, moment: datetime) -> Allowance:
    """With nothing allowed until ``moment``; a longer wait stays."""
    latest = max(allowance.next_allowed_at or moment, moment)
    return replace(allowance, next_allowed_at=latest)


def remaining(allowance: Allowance, now: datetime) -> timedelta:
    """How long the site is still to be left alone."""
    return max((allowance.next_allowed_at or now) - now, timedelta())


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
