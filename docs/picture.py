"""Make the README's pictures: ``python docs/picture.py`` (``make picture``).

Crawls two replica portals over three editions. Draws the terminal's words as an SVG file without
any outside font, and photographs the HTML report and an article's page in Chromium.
"""

import io
import sys
import tempfile
from base64 import b64decode, b64encode
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

from monitor.project import Project, find_project
from monitor.rehearsal import Rehearsal
from monitor.render.report_html import render_html
from monitor.render.report_text import render_text
from monitor.replica.server import Replica
from monitor.report import Choice, Report, make_report
from pipelines.store.opening import open_store

DOCS: Final = Path(__file__).resolve().parent
sys.path.append(str(DOCS.parent / "tests"))
from browser import Chromium, chromium  # noqa: E402
from browsing import served  # noqa: E402

SEED: Final = 5
SITES: Final = ("baoninhbinh", "vietnamvn")
TERMINAL_SITE: Final = "baoninhbinh"
START: Final = datetime(2026, 3, 2, 0, tzinfo=UTC)
SHOWN_FROM: Final = START + timedelta(hours=20)
WIDTH: Final = 124
"""Columns of the terminal."""
FORM: Final = """<svg xmlns="http://www.w3.org/2000/svg" xml:space="preserve" viewBox="0 0 {width} {height}" \
font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace">
<style>text {{ white-space: pre; }} {styles} .{unique_id}-matrix {{ font-size: {char_height}px; line-height: {line_height}px; }}
</style><defs><clipPath id="{unique_id}-clip-terminal"><rect x="0" y="0" width="{terminal_width}" \
height="{terminal_height}"/></clipPath>{lines}</defs>{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}<g class="{unique_id}-matrix">{matrix}</g></g></svg>
"""
THEME: Final = TerminalTheme(
    (255, 255, 255),
    (36, 41, 47),
    [(36, 41, 47), (180, 20, 40), (17, 110, 50), (150, 90, 0), (5, 80, 170), (120, 60, 180),
     (20, 110, 130), (110, 119, 129)],
)  # fmt: skip
TO_WEBP: Final = """async address => {
  const picture = new Image(), canvas = document.createElement('canvas');
  picture.src = address;
  await picture.decode();
  [canvas.width, canvas.height] = [picture.width, picture.height];
  canvas.getContext('2d').drawImage(picture, 0, 0);
  return canvas.toDataURL('image/webp', 0.9);
}"""
RIGHT_TO_LEFT: Final = (
    "SELECT changes.article_id FROM changes JOIN versions ON versions.id = after_version_id "
    "WHERE versions.language IN ('ar', 'fa') AND kind IN ('edited', 'reworded') AND weight = 'substantive'"
)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        project = replace_store(find_project(), Path(folder) / "store.db")
        until = play(project)
        draw(told(project, until, TERMINAL_SITE))
        page = Path(folder) / "report.html"
        page.write_text(render_html(told(project, until)), "utf-8")
        photograph(project.store, page)


def replace_store(found: Project, store: Path) -> Project:
    return Project(folder=found.folder, config=found.config, store=store)


def play(project: Project) -> datetime:
    """Crawl every edition; the moment after the last."""
    with Replica(SEED, start=START, editions=3, layout_seed=SEED) as replica:
        rehearsal = Rehearsal(project=project, replica=replica)
        for edition, moment in rehearsal.rounds():
            clock = rehearsal.begin_round(edition, moment)
            rehearsal.crawl(SITES)
        return clock.now()


def told(project: Project, until: datetime, *sites: str) -> Report:
    store = open_store(project.store)
    known, _ = project.sites()
    made = make_report(
        store.reader, known, since=SHOWN_FROM, until=until, choice=Choice(sites=sites)
    )
    store.close()
    return made


def draw(report: Report) -> None:
    """The terminal's report as it looks with colours."""
    console = Console(record=True, width=WIDTH, force_terminal=True, file=io.StringIO())
    console.print(Text.from_ansi(render_text(report, colour=True, width=WIDTH)))
    console.save_svg(
        str(DOCS / "report.svg"),
        title="baowatch report",
        code_format=FORM,
        theme=THEME,
        unique_id="report",
    )
    print("report.svg")


def photograph(store: Path, page: Path) -> None:
    """The report on a desk and on a phone, and the page of an article written from the right."""
    opened = open_store(store)
    article = opened.reader.execute(RIGHT_TO_LEFT).fetchone()[0]
    opened.close()
    with served(store) as pages, chromium() as browser:
        for name, address, size in (
            ("report", page.as_uri(), (1280, 860)),
            ("report-phone", page.as_uri(), (390, 760)),
            ("article", f"{pages.origin}/article/{article}", (1280, 860)),
        ):
            picture = smaller(browser, browser.picture(address, size))
            (DOCS / f"{name}.webp").write_bytes(picture)
            print(f"{name}.webp, {len(picture) / 1000:.0f} kB")


def smaller(browser: Chromium, png: bytes) -> bytes:
    """The same picture as WebP, by the browser's own encoder: half the size of a PNG."""
    page = browser.browser.new_page()
    written = page.evaluate(TO_WEBP, f"data:image/png;base64,{b64encode(png).decode()}")
    page.close()
    return b64decode(written.partition(",")[2])


if __name__ == "__main__":
    main()
