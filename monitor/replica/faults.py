"""What a portal's server does badly: small descriptions, by host."""

from dataclasses import dataclass
from typing import Literal

FaultKind = Literal[
    "busy",  # `status` (503) with Retry-After
    "slow",  # the answer comes `seconds` late
    "cookie_wall",  # status 200, a script that sets the cookie D1N and reloads
    "hang",  # the connection is accepted and never answered (until the replica stops)
    "reset",  # the connection is torn down without an answer
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
