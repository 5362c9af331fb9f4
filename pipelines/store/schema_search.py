"""Search by folded words (migration 0006)."""

from typing import Final

STATEMENTS: Final[tuple[str, ...]] = ()
