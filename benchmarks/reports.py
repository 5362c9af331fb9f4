"""What a report costs: ``python benchmarks/reports.py [--changes 2000]``.

Prints CPU seconds, peak memory and size of a report of so many changes of a generated store,
for gathering it and for each format.
"""

import argparse
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from browsing_store import NOW, fill

from monitor.render.as_json import render_json
from monitor.render.markdown import render_markdown
from monitor.render.report_atom import render_atom
from monitor.render.report_html import render_html
from monitor.render.report_text import render_text
from monitor.report import Choice, Report, make_report
from pipelines.store.opening import open_store

ARTICLES_PER_CHANGE = 12 / 8.5
FORMATS: dict[str, Callable[[Report], str]] = {
    "text": lambda report: render_text(report, colour=False),
    "html": render_html,
    "md": render_markdown,
    "json": render_json,
    "atom": render_atom,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--changes", type=int, default=2000)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "store.db"
        fill(path, articles=round(asked.changes * ARTICLES_PER_CHANGE), seed=7)
        store = open_store(path)
        print(f"{'':8}{'CPU s':>8}{'peak MB':>9}{'size MB':>9}")
        began = time.process_time()
        report = make_report(
            store.reader,
            {},
            since=NOW - timedelta(days=500),
            until=NOW + timedelta(days=1),
            choice=Choice(weight="cosmetic"),
        )
        _print("gather", began, "")
        print(f"{report.entries} changes at {len(report.sites)} sites")
        for name, render in FORMATS.items():
            began = time.process_time()
            _print(name, began, render(report))
        store.close()


def _print(name: str, began: float, written: str) -> None:
    spent = time.process_time() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{name:8}{spent:8.1f}{peak:9.0f}{len(written.encode()) / 1e6:9.1f}")


if __name__ == "__main__":
    main()
