"""When a delivery is tried again, and when it is given up. Pure."""

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Final

from monitor.notify.routes import Patience

REFUSALS: Final = 5
"""Tries after which a refusal (a wrong address, key or message) is believed."""
LONGEST_ASKED: Final = timedelta(hours=24)
"""A receiver may ask for so long a wait, not for a longer one."""


def pause(
    patience: Patience, failures: int, *, jitter: float, asked: timedelta | None = None
) -> timedelta:
    """The wait after so many failures in a row, from 1: doubling, never above the longest.

    ``jitter`` (0 to 1) takes up to half of it away, so that many senders do not come back at
    one moment. What the receiver ``asked`` for is waited at least, within bounds.
    """
    doubled = patience.first_retry.total_seconds() * 2.0 ** min(failures - 1, 60)
    longest = patience.longest_retry.total_seconds()
    waited = timedelta(seconds=min(doubled, longest) * (1 - jitter / 2))
    return max(waited, min(asked, LONGEST_ASKED)) if asked is not None else waited


def next_try(
    patience: Patience,
    *,
    tries: int,
    since: datetime,
    now: datetime,
    wait: timedelta,
    refused: bool,
) -> datetime | None:
    """When a delivery that was tried ``tries`` times is tried again; None: it is given up.

    ``since``: when it was first owed. ``refused``: the receiver will not have it, or not so.
    """
    if tries >= (min(REFUSALS, patience.tries) if refused else patience.tries):
        return None
    if now - since >= patience.give_up_after:
        return None
    return now + wait


def asked_wait(header: str, now: datetime) -> timedelta | None:
    """What ``Retry-After`` asks for: seconds, or a moment; None where it cannot be read."""
    text = header.strip()
    if text.isascii() and text.isdigit():
        return timedelta(seconds=min(int(text[:9]), LONGEST_ASKED.total_seconds()))
    try:
        until = parsedate_to_datetime(text)
    except (ValueError, OverflowError):  # numbers of any length
        return None
    aware = until if until.tzinfo else until.replace(tzinfo=UTC)
    return max(aware - now, timedelta(0))
