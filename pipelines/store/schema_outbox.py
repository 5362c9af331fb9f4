"""What is to be delivered, and to whom (migration 0007)."""

from typing import Final

STATEMENTS: Final[tuple[str, ...]] = ()
