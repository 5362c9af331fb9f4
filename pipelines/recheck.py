"""When to look at an article again. Pure.

The gap grows with the time since the article last moved (published, changed), as in the
Alex protocol (Cate 1992, "Alex: a global filesystem"): news is edited mostly on its first
day. Failures back off by themselves.
"""

from datetime import datetime, timedelta
from typing import Final

SHARE_OF_AGE: Final = 0.25
SHORTEST: Final = timedelta(minutes=30)
LONGEST: Final = timedelta(days=14)
A_DAY: Final = timedelta(days=1)

CONFIRM_AFTER: Final = timedelta(minutes=2)
"""The least time between the two looks that must agree on a change."""
WITHDRAWN_AFTER: Final = timedelta(hours=6)
"""The least time over which an article must be gone."""
GONE_LOOKS: Final = 2
REFUTED_RETRIES: Final = 3


def after_reading(now: datetime, *, moved_at: datetime) -> datetime:
    """The next look at an article that was read at ``now`` and last moved at ``moved_at``."""
    gap = (now - moved_at) * SHARE_OF_AGE
    return now + min(max(gap, SHORTEST), LONGEST)


def after_failure(now: datetime, *, failures: int, longest: timedelta = A_DAY) -> datetime:
    """The next try after ``failures`` failures in a row: 30 minutes, doubling up to a day."""
    return now + min(SHORTEST * (1 << min(failures - 1, 10)), longest)


def second_look(now: datetime, *, refutations: int) -> datetime:
    """When to confirm a suspicion; later and later where every look shows another text.

    Twice as late for each of the first three, so that the run at hand can still do it, then
    four times: 2, 4, 8, 16 minutes, one hour, four, seventeen.
    """
    steps = min(refutations, 6)
    return now + CONFIRM_AFTER * (1 << steps + max(steps - 3, 0))


def after_refutation(now: datetime, *, refutations: int) -> datetime:
    """The next look after a suspicion was refuted: a stale cache may have spoken."""
    return now + SHORTEST * (1 << 2 * (refutations - 1))


def while_missing(now: datetime, *, missing_since: datetime) -> datetime:
    """The next look at an article that was not there: when six hours are over, then rarer."""
    decided = missing_since + WITHDRAWN_AFTER
    return decided if now < decided else after_reading(now, moved_at=missing_since)
