"""What is known of a site and of this machine when their health is judged, and the judgement."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from crawlers.site import Expect
from monitor.expectations import Yield

NOTHING_SAID: Final = Expect()


@dataclass(frozen=True, slots=True, kw_only=True)
class Vitals:
    """What the store tells of one site. Times aware UTC, counts over the last day.

    ``arrivals``: when new articles were found in the six weeks before the latest of them, in
    order. ``dead_since``: last sign of life of a run whose lease has expired. ``read``:
    articles read, or known by their bytes; ``empty``: article pages that gave no text or too
    little of it; ``unfit`` of those read fitted none of the learned layouts; ``undated`` of
    ``dated_or_not`` versions show no date, as ``undated_before`` of ``dated_or_not_before`` in
    the four weeks before; ``lengths``: characters of the texts of these versions, and of those
    before. ``yields``: what the site's listings gave when they were read last.
    ``overdue``: articles whose time to be looked at has come, at most a bound of the asker's.
    """

    site: str
    baseline_at: datetime | None
    arrivals: tuple[datetime, ...] = ()
    sources_read_at: datetime | None = None
    dead_since: datetime | None = None
    read: int = 0
    empty: int = 0
    unfit: int = 0
    undated: int = 0
    dated_or_not: int = 0
    undated_before: int = 0
    dated_or_not_before: int = 0
    overdue: int = 0
    requests_per_hour: int | None = None
    last_reason: str = ""
    lengths: tuple[int, ...] = ()
    lengths_before: tuple[int, ...] = ()
    yields: tuple[Yield, ...] = ()
    expect: Expect = NOTHING_SAID
    timezone: str = "Asia/Ho_Chi_Minh"


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """The disk that holds the store, in bytes, and the latest time written into the store."""

    free: int
    size: int
    latest_at: datetime | None
    jumped_at: datetime | None
    """When a jump of the clock was last noticed, while that finding is open."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """One expectation: ``is_wrong`` None where nothing can be said; ``detail`` for people."""

    kind: str
    is_wrong: bool | None
    detail: str = ""


def span_in_words(span: timedelta) -> str:
    hours = span.total_seconds() / 3600
    return f"{hours:.0f} hours" if hours < 72 else f"{hours / 24:.0f} days"
