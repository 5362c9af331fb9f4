"""Stored pages against one another, and what was forgotten by law (migration 0004)."""

from typing import Final

STATEMENTS: Final[tuple[str, ...]] = ()
