"""Draw the README's picture of a report: ``python docs/picture.py`` (``make picture``).

Crawls one replica portal over two editions and draws the terminal's words as an SVG file
without any outside font.
"""

import io
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

from monitor.project import Project, find_project
from monitor.rehearsal import Rehearsal
from monitor.render.report_text import render_text
from monitor.replica.server import Replica
from monitor.report import make_report
from pipelines.store.opening import open_store

PICTURE = Path(__file__).parent / "report.svg"
SEED, SITE = 5, "baoninhbinh"
START = datetime(2026, 3, 2, 0, tzinfo=UTC)
FORM = """<svg xmlns="http://www.w3.org/2000/svg" xml:space="preserve" viewBox="0 0 {width} {height}" \
font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace">
<style>text {{ white-space: pre; }} {styles} .{unique_id}-matrix {{ font-size: {char_height}px; line-height: {line_height}px; }}
</style><defs><clipPath id="{unique_id}-clip-terminal"><rect x="0" y="0" width="{terminal_width}" \
height="{terminal_height}"/></clipPath>{lines}</defs>{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}<g class="{unique_id}-matrix">{matrix}</g></g></svg>
"""
THEME = TerminalTheme(
    (255, 255, 255),
    (36, 41, 47),
    [(36, 41, 47), (180, 20, 40), (17, 110, 50), (150, 90, 0), (5, 80, 170), (120, 60, 180),
     (20, 110, 130), (110, 119, 129)],
)  # fmt: skip


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, Replica(SEED, start=START, editions=3) as replica:
        found = find_project()
        project = Project(folder=found.folder, config=found.config, store=Path(folder) / "store.db")
        rehearsal = Rehearsal(project=project, replica=replica)
        for edition, moment in rehearsal.rounds():
            clock = rehearsal.begin_round(edition, moment)
            rehearsal.crawl([SITE])
        store = open_store(project.store)
        report = make_report(
            store.reader,
            project.sites()[0],
            since=START + timedelta(hours=20),
            until=clock.now(),
        )
        store.close()
    console = Console(record=True, width=124, force_terminal=True, file=io.StringIO())
    console.print(Text.from_ansi(render_text(report, colour=True)))
    console.save_svg(
        str(PICTURE), title="baowatch report", code_format=FORM, theme=THEME, unique_id="report"
    )
    sys.stdout.write(f"{PICTURE.name}\n")


if __name__ == "__main__":
    main()
