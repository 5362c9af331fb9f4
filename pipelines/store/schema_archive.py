"""Watched pages and archived answers (migration 0008)."""

from typing import Final

STATEMENTS: Final[tuple[str, ...]] = ()
