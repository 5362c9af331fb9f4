"""How often a site that does not answer is tried: a circuit breaker with slow probes. Pure.

After Nygard, "Release It!" (2007), ch. 5.2, with the doubling and jitter of Brooker,
"Exponential backoff and jitter" (AWS, 2015): the first two failed runs cost nothing, then
the site is probed after 15 minutes, doubling up to six hours. A probe is an ordinary run
that ends at the first request without an answer (``crawlers/outage.py``), so it costs a
site that is down one address; one good answer closes the breaker.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

RUNS_TO_OPEN: Final = 2
FIRST_PROBE: Final = timedelta(minutes=15)
RAREST_PROBE: Final = timedelta(hours=6)
JITTER: Final = 0.1
"""Each wait is between 1 - JITTER and 1 + JITTER of the plain one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Breaker:
    """Runs in a row that got no answer, and when the site may be probed again (aware UTC)."""

    failures: int = 0
    probe_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        return self.probe_at is not None


CLOSED: Final = Breaker()


def after_run(
    breaker: Breaker, *, answered: bool, failed: bool, now: datetime, jitter: float
) -> Breaker:
    """The breaker after a run.

    ``answered``: some address gave a proper answer; ``failed``: some address gave none. A run
    that asked nothing alters nothing. ``jitter`` between -1 and 1.
    """
    if answered:
        return CLOSED
    if not failed:
        return breaker
    failures = breaker.failures + 1
    if failures < RUNS_TO_OPEN:
        return Breaker(failures=failures)
    wait = min(FIRST_PROBE * (1 << min(failures - RUNS_TO_OPEN, 10)), RAREST_PROBE)
    return Breaker(failures=failures, probe_at=now + wait * (1 + JITTER * jitter))


def may_run(breaker: Breaker, now: datetime) -> bool:
    """Whether a run of the site may begin: freely, or as a probe (``breaker.is_open``)."""
    return breaker.probe_at is None or now >= breaker.probe_at
