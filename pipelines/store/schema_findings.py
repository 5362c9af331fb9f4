"""Findings that no run made, and each site's circuit breaker (migration 0003)."""

from typing import Final

STATEMENTS: Final[tuple[str, ...]] = ()
