"""The same article fetched twice: what is called changed though nobody edited it."""

import csv
import json
import subprocess
import sys
import warnings
from collections import Counter
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from figures import Figure, at_least, at_most, print_table
from saved_pages import PAGES, load, neutral_site, page
from tools import TOOLS, text_of

from monitor.apart import Broken, call_apart
from pipelines.reading import read

PAIRS = PAGES / "recaptures" / "pairs.csv"
COMMAND = "from monitor.cli import main; main()"
SHORT = 300
"""Characters; what is quiet on less may be quiet for want of anything to compare."""
Row = dict[str, str]


def measure_recaptures(*, others: bool, verbose: bool) -> list[Figure]:
    with PAIRS.open(newline="", encoding="utf-8") as file:
        rows: list[Row] = list(csv.DictReader(file))
    told = _told()
    noise = [(row, one) for row, one in zip(rows, told, strict=True) if _is_noise(row)]
    different = [one for row, one in zip(rows, told, strict=True) if not _is_noise(row)]
    changed = [row["name"] for row, one in noise if one["changed"]]
    lost = [row["name"] for row, one in noise if not one["comparable"]]
    alike = sum(not one["changed"] for one in different)
    counts = _counted([row for row, _ in noise], others=others)
    table = [("baowatch", str(len(changed)), str(len(lost)))]
    table += [(tool, str(counts[tool]), "-") for tool in TOOLS if others]
    print_table((f"{len(noise)} recaptures without an edit", "changed", "not comparable"), table)
    notices = Counter(one["reason"].split(": ")[0] for _, one in noise if _is_notice(one))
    print("no article, but the same again:", dict(notices))
    print(f"articles of less than {SHORT} characters: {counts['short']} pairs")
    print(f"another page: {alike} of {len(different)} not called an edit")
    for row, one in noise:
        if one["changed"] or (verbose and not one["comparable"]):
            print(f"  {row['name']} {one['weight']} {one['fields']} {one['reason'] or ''}")
            print(f"    {json.dumps(one['explanation'], ensure_ascii=False)[:600]}")
    return [
        at_most("recaptures called changed", len(changed), 1),
        at_most("recaptures not comparable", len(lost), 2),
        at_least("other pages not called an edit", alike, len(different)),
    ]


def _is_noise(row: Row) -> bool:
    return row["label"] == "noise_only"


def _is_notice(told: dict[str, Any]) -> bool:
    return bool(told["comparable"] and told["reason"])


def _told() -> list[dict[str, Any]]:
    """What the command says of each pair, through the very command line."""
    done = subprocess.run(
        [sys.executable, "-c", COMMAND, "compare", "--pairs", str(PAIRS), "--json"],
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[1],
    )
    if done.returncode not in (0, 1, 2) or not done.stdout:
        raise SystemExit(f"baowatch compare --pairs failed: {done.stderr}")
    return [json.loads(line) for line in done.stdout.splitlines()]


def _counted(rows: list[Row], *, others: bool) -> Counter[str]:
    counts: Counter[str] = Counter()
    for found in call_apart(partial(_pair, others=others), rows, seconds=120):
        counts.update(["broken"] if isinstance(found, Broken) else found)
    return counts


def _pair(row: Row, *, others: bool) -> list[str]:
    """The tools that call the pair changed; ``short`` where the article is."""
    warnings.simplefilter("ignore")
    bodies = [load(f"recaptures/{row[side]}") for side in ("file_a", "file_b")]
    tools = [tool for tool in TOOLS if others and len({text_of(tool, one) for one in bodies}) > 1]
    site = neutral_site(urlsplit(row["url"]).hostname or "example.org")
    article = read(page(bodies[0], row["url"]), site).article
    short = article is not None and len(article.lead) + len(article.text) < SHORT
    return [*tools, "short"] if short else tools
