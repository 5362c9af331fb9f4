"""When to look again at what is in doubt: a suspicion, a failure, an absence. Pure.

When to look at a page that was read is :mod:`pipelines.habit`'s.
"""

from datetime import datetime, timedelta
from typing import Final

SHARE_OF_ABSENCE: Final = 0.25
SHORTEST: Final = timedelta(minutes=30)
LONGEST: Final = timedelta(days=14)
A_DAY: Final = timedelta(days=1)

CONFIRM_AFTER: Final = timedelta(minutes=2)
"""The least time between the two looks that must agree on a change."""
WITHDRAWN_AFTER: Final = timedelta(hours=6)
"""The least time over which an article must be gone."""
GONE_LOOKS: Final = 2
REFUTED_RETRIES: Final = 3


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
    """The next look at an article that was not there: when six hours are over, then rarer.

    The gap grows with the time it has been missing, as in the Alex protocol (Cate 1992,
    "Alex: a global filesystem").
    """
    decided = missing_since + WITHDRAWN_AFTER
    gap = (now - missing_since) * SHARE_OF_ABSENCE
    return decided if now < decided else now + min(max(gap, SHORTEST), LONGEST)
