"""robots.txt as RFC 9309 has it: what an answer means, and the copies that may serve."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from protego import Protego

from crawlers.politeness import LONGEST_MEMORY

AGENT = "baowatch"
MAX_BYTES = 500 * 1024
"""What follows is not read (RFC 9309 §2.5), nor fetched."""
COPY_SERVES = timedelta(hours=24)
COPY_IS_FRESH = timedelta(hours=6)
"""Within which nobody is asked again: RFC 9309 §2.4 allows a day, and runs are many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RobotsCopy:
    """A robots.txt as it was answered; empty where there was none. Aware UTC."""

    body: bytes
    fetched_at: datetime


class RobotsCopies(Protocol):
    """Keeps the copies beyond the process, by origin (``https://host``)."""

    def load(self, origin: str) -> RobotsCopy | None:
        """The last copy saved, however old."""

    def save(self, origin: str, copy: RobotsCopy) -> None:
        """Called for every answer that settles what is allowed."""


class MemoryCopies:
    """Forgets with the process."""

    def __init__(self) -> None:
        self._copies: dict[str, RobotsCopy] = {}

    def load(self, origin: str) -> RobotsCopy | None:
        return self._copies.get(origin)

    def save(self, origin: str, copy: RobotsCopy) -> None:
        self._copies[origin] = copy


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What a robots.txt allows us."""

    parsed: Protego

    def allows(self, url: str) -> bool:
        return bool(self.parsed.can_fetch(url, AGENT))

    @property
    def crawl_delay(self) -> float:
        """Seconds between requests, 0 where none is asked for, at most LONGEST_MEMORY."""
        asked = float(self.parsed.crawl_delay(AGENT) or 0)
        return min(max(0.0, asked), LONGEST_MEMORY.total_seconds())  # 0 for "nan"

    @property
    def sitemaps(self) -> tuple[str, ...]:
        return tuple(self.parsed.sitemaps)


def rules(body: bytes) -> Rules:
    """The rules of a robots.txt's bytes; garbage gives none."""
    return Rules(parsed=Protego.parse(body[:MAX_BYTES].decode("utf-8-sig", "replace")))


def settled(status: int, body: bytes, now: datetime) -> RobotsCopy | None:
    """The copy that an answer makes; None when it settles nothing (5xx, no answer).

    4xx means that there are no rules. 429 asks to wait, so it settles nothing either.
    """
    if 200 <= status < 300:
        return RobotsCopy(body=body[:MAX_BYTES], fetched_at=now)
    if 400 <= status < 500 and status != 429:
        return RobotsCopy(body=b"", fetched_at=now)
    return None


def is_fresh(copy: RobotsCopy, now: datetime) -> bool:
    """Whether a kept copy need not be asked for again."""
    return timedelta() <= now - copy.fetched_at <= COPY_IS_FRESH


def may_serve(copy: RobotsCopy, now: datetime) -> bool:
    """Whether a kept copy may stand in for an answer that did not come."""
    return timedelta() <= now - copy.fetched_at <= COPY_SERVES
