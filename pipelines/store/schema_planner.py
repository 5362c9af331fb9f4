"""What the planner remembers of each page and site (migration 0002)."""

from typing import Final

STATEMENTS: Final[tuple[str, ...]] = ()
