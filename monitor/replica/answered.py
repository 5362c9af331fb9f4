"""What the replica's server remembers of a request."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """One request as the server saw it; times in seconds of ``time.monotonic()``.

    ``started_at`` and ``ended_at`` are the same by the replica's clock. ``status`` 0: no
    answer was given (a fault). ``conditional``: validators were sent. ``retry_after``: the
    seconds that the answer asked to wait. ``robots``: the text of a robots.txt that was given.
    """

    number: int
    started: float
    ended: float
    started_at: datetime
    ended_at: datetime
    host: str
    path: str
    status: int
    conditional: bool
    user_agent: str
    retry_after: int = 0
    robots: str | None = None
