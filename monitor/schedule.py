"""When each site is crawled. Pure: firings follow from the schedule and a moment alone.

Jitter is drawn from the site's name and the firing it moves, so that ``baowatch schedule``
shows the moments at which the daemon will crawl, and a restart draws the same.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Final

from monitor.cron import VIETNAM, Cron
from pipelines.retention import Limits

LOOK_BACK: Final = timedelta(days=400)
"""How far back a firing counts as missed by what was never done."""
LOOK_AHEAD: Final = timedelta(days=9 * 366)
"""How far ahead a firing is looked for; no more than eight years lie between leap days."""


def missed(
    after: Callable[[datetime], datetime | None], last: datetime | None, now: datetime
) -> bool:
    """Whether a firing fell between ``last`` and ``now``; of what was never done, in a year."""
    first = after(last or now - LOOK_BACK)
    return first is not None and first <= now


@dataclass(frozen=True, slots=True, kw_only=True)
class Quiet:
    """Hours of each day, local, in which a site is left alone; they may cross midnight."""

    begins: time
    ends: time

    def holds(self, moment: datetime) -> bool:
        local = moment.astimezone(VIETNAM).time()
        if self.begins < self.ends:
            return self.begins <= local < self.ends
        return local >= self.begins or local < self.ends

    def end_after(self, moment: datetime) -> datetime:
        """The first moment from ``moment`` on that is not quiet."""
        if not self.holds(moment):
            return moment
        local = moment.astimezone(VIETNAM)
        end = datetime.combine(local.date(), self.ends, VIETNAM)
        return end if end > local else end + timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class SitePlan:
    """When a site is crawled and what a crawl may cost; ``requests_per_hour`` None: its file's."""

    site: str
    cron: Cron
    jitter: timedelta
    quiet: Quiet | None
    requests_per_hour: int | None
    time_limit: timedelta

    def after(self, moment: datetime) -> datetime | None:
        """The first firing after ``moment``; None when there is none in nine years."""
        return next(self.firings(moment), None)

    def firings(self, moment: datetime) -> Iterator[datetime]:
        """The firings after ``moment`` in order."""
        while True:
            found = self._first(moment)
            if found is None:
                return
            yield found
            moment = found

    def made_good(self, last: datetime | None, now: datetime) -> datetime | None:
        """When to make good what was missed: ``now``, or at the end of quiet hours.

        ``last`` is when the site's latest crawl began, None when there was none: that is made
        good too. None where nothing was missed.
        """
        if last is not None and not missed(self.after, last, now):
            return None
        return self.quiet.end_after(now) if self.quiet else now

    def _first(self, moment: datetime) -> datetime | None:
        """Firings that jitter moves may overtake each other, so those near are compared."""
        best: datetime | None = None
        planned, until = moment - self.jitter, moment + LOOK_AHEAD
        while best is None or planned < best:
            planned = self.cron.after(planned)
            if planned > until:
                break
            if self._is_quiet(planned):
                planned = self._last_quiet(planned)
                continue
            moved = self._moved(planned)
            if moved > moment and (best is None or moved < best):
                best = moved
        return best

    def _last_quiet(self, moment: datetime) -> datetime:
        assert self.quiet is not None
        return self.quiet.end_after(moment) - timedelta(microseconds=1)

    def _moved(self, planned: datetime) -> datetime:
        """Later by the firing's share of the jitter, unless that would be in quiet hours."""
        drawn = hashlib.blake2b(f"{self.site} {planned.isoformat()}".encode(), digest_size=4)
        share = int.from_bytes(drawn.digest(), "big") / 2**32
        moved = planned + timedelta(seconds=int(self.jitter.total_seconds() * share))
        return planned if self._is_quiet(moved) else moved

    def _is_quiet(self, moment: datetime) -> bool:
        return self.quiet is not None and self.quiet.holds(moment)


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """Every site's plan by name, and what concerns all of them.

    ``waiting`` are sites without a plan until somebody verifies them.
    ``nightly``: when the store is learned from and cared for; ``stored_pages``: what of it is
    kept; ``metrics_port``: None for no metrics; ``warc``: the folder for archives, None for none.
    """

    sites: Mapping[str, SitePlan]
    side_by_side: int
    nightly: Cron
    stored_pages: Limits
    metrics_port: int | None
    warc: Path | None = None
    waiting: tuple[str, ...] = ()


def longest_ago_first(last: Mapping[str, datetime | None]) -> list[str]:
    """Sites by their last crawl, those never crawled (None) before all.

    In this order is made good what was missed: in any fixed one, a daemon that is ended again
    and again before it is through would always leave out the same sites.
    """
    never = [site for site, moment in last.items() if moment is None]
    known = {site: moment for site, moment in last.items() if moment is not None}
    return [*never, *sorted(known, key=known.__getitem__)]
