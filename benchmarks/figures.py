"""Figures that must be shown, and tables to show them in."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A figure, what it is wanted to be, and whether it is."""

    name: str
    value: float
    wanted: str
    met: bool

    def __str__(self) -> str:
        value = f"{self.value:g}" if self.value == int(self.value) else f"{self.value:.4f}"
        return f"{'ok    ' if self.met else 'MISSED'} {self.name}: {value} (wanted {self.wanted})"


def at_most(name: str, value: float, limit: float) -> Figure:
    return Figure(name=name, value=value, wanted=f"at most {limit:g}", met=value <= limit)


def at_least(name: str, value: float, limit: float) -> Figure:
    return Figure(name=name, value=value, wanted=f"at least {limit:g}", met=value >= limit)


def print_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """The first column to the left, all others to the right."""
    table = [list(head), *map(list, rows)]
    widths = [max(len(row[place]) for row in table) for place in range(len(head))]
    print()
    for row in table:
        first, *rest = (cell.rjust(width) for cell, width in zip(row, widths, strict=True))
        print("  ".join([row[0].ljust(len(first)), *rest]))


def share(part: int, whole: int) -> str:
    return f"{part / whole:.1%}" if whole else "-"
