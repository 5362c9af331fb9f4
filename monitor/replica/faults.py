"""What a portal's server does badly: small descriptions, by host."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

FaultKind = Literal[
    "busy",  # `status` (503) with Retry-After, without one when `retry_after` is 0
    "slow",  # the answer comes `seconds` late
    "cookie_wall",  # status 200, a script that sets the cookie D1N and reloads
    "hang",  # the connection is accepted and never answered (until the client leaves)
    "reset",  # the connection is torn down without an answer
    "forbidden",  # robots.txt forbids everything
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """A fault of ``host`` (www. or not is the same; ``*`` is every host).

    It strikes the next ``times`` requests that it fits, or all of them (None). It fits the
    addresses in ``paths``; without any, every address except /robots.txt, so that a fault
    of robots.txt is one that names it. ``retry_after`` in seconds.
    """

    host: str
    kind: FaultKind
    times: int | None = None
    paths: frozenset[str] = frozenset()
    status: int = 503
    retry_after: int = 1
    seconds: float = 0.2

    def fits(self, host: str, path: str) -> bool:
        if self.host not in ("*", host) and self.host.removeprefix("www.") != host:
            return False
        return path in self.paths if self.paths else path != "/robots.txt"


OutageKind = Literal["hang", "reset", "busy", "cookie_wall", "robots_error", "forbidden"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outage:
    """A whole portal's fault between two moments, on all its hosts, robots.txt included.

    A ``cookie_wall`` leaves robots.txt alone; ``robots_error`` (status 500) and ``forbidden``
    are faults of robots.txt only.
    """

    site: str
    kind: OutageKind
    begins_at: datetime
    ends_at: datetime
    retry_after: int = 0

    def fault(self, site: str, path: str, now: datetime) -> Fault | None:
        """The fault that a request meets, if any."""
        if site != self.site or not self.begins_at <= now < self.ends_at:
            return None
        is_robots = path == "/robots.txt"
        match self.kind:
            case "robots_error":
                broken = Fault(host="*", kind="busy", status=500, retry_after=0)
                return broken if is_robots else None
            case "forbidden":
                return Fault(host="*", kind="forbidden") if is_robots else None
            case "cookie_wall":
                return None if is_robots else Fault(host="*", kind="cookie_wall")
            case kind:
                return Fault(host="*", kind=kind, retry_after=self.retry_after)
