"""Tables for the terminal, whole when piped."""

from collections.abc import Collection, Iterable, Sequence
from typing import Final

from rich.console import Console
from rich.table import Table
from rich.text import Text

from monitor.render.text import safe

PIPE_WIDTH: Final = 500
"""A pipe has no width: no column is cut."""


def print_table(
    headings: Sequence[str], rows: Iterable[Sequence[object]], *, whole: Collection[str] = ()
) -> None:
    """Print rows of cells under their headings; the columns named in ``whole`` never wrap.

    What a portal wrote is shown as it is, and nothing of it is obeyed.
    """
    console = Console()
    if not console.is_terminal:
        console.width = PIPE_WIDTH
    table = Table(box=None, pad_edge=False)
    for heading in headings:
        table.add_column(heading, no_wrap=heading in whole)
    for row in rows:
        table.add_row(*(Text(safe(str(cell))) for cell in row))
    console.print(table)
