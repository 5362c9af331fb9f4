"""How fast the pages are while crawls write, at 100,000 articles.

``python benchmarks/browsing.py [--articles 100000] [--minutes 5] [--clients 4] [--seed 7]
[--store PATH]`` makes a store (or takes the one at PATH, made by this before), serves it with
``baowatch browse`` in a process of its own, and writes into it from another as crawls do: an
article read, suspected and edited, each in a transaction of its own, changes released. It
prints milliseconds by kind of page, first for one client and then for ``--clients`` at once,
and what went wrong in any process. Exit status 1 when anything did, or when a kind's 95th
percentile for one client is over 150 ms.
"""

import argparse
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Final

import requests

sys.path.insert(0, str(Path(__file__).parents[1]))

from browsing_store import PLACES, SITES, WORDS, fill

from monitor.browse.canned import QUERIES
from pipelines.store.opening import open_store

ROOT: Final = Path(__file__).parents[1]
MOST_MILLISECONDS: Final = 150.0
PATIENCE: Final = 60.0
Choose = Callable[[Random], str]


@dataclass
class Measured:
    """Milliseconds by kind of page, and what went wrong.

    ``worked``: of the server's own CPU, known while only one client asks; on a machine that
    does other things meanwhile it says more than the time that passed.
    """

    took: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    worked: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    wrong: list[str] = field(default_factory=list)


def kinds(name: str, articles: int, changes: int) -> dict[str, Choose]:
    """Each kind of page, and how one of it is drawn."""

    def always(path: str) -> Choose:
        return lambda _: path

    return {
        "front page": always("/"),
        "article": lambda draw: f"/article/{draw.randrange(1, articles + 1)}",
        "change": lambda draw: f"/change/{draw.randrange(1, changes + 1)}",
        "site": lambda draw: f"/site/bao{_site(draw)}",
        "articles, facets": always(f"/{name}/article_list"),
        "articles of a site": lambda draw: f"/{name}/article_list?site=bao{_site(draw)}",
        "changes, facets": always(f"/{name}/latest_changes"),
        "changes of a kind": always(f"/{name}/latest_changes?kind=edited"),
        "versions": always(f"/{name}/article_history"),
        "search, a place": lambda draw: f"/{name}/article_list?_search={draw.choice(PLACES)}",
        "search, words": lambda draw: f"/{name}/article_list?_search={_words(draw)}",
        "query": lambda draw: f"/{name}/{draw.choice(QUERIES).name}",
        "JSON": always(f"/{name}/latest_changes.json?_shape=array&_nofacet=1"),
        "feed": always(f"/{name}/latest.atom"),
        "CSV": always(f"/{name}/latest_changes.csv"),
    }


def _site(draw: Random) -> int:
    return draw.randrange(1, SITES + 1)


def _words(draw: Random) -> str:
    return " ".join(draw.choice(WORDS) for _ in range(2))


@contextmanager
def process(words: list[str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    with log.open("wb") as out:
        started = subprocess.Popen(words, cwd=ROOT, stdout=out, stderr=out)
    try:
        yield started
    finally:
        started.terminate()
        started.wait(timeout=PATIENCE)


def origin(log: Path) -> str:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if found := re.search(r"running on (http://\S+)", log.read_text()):
            return found[1]
        time.sleep(0.1)
    raise SystemExit(log.read_text())


def cpu(pid: int) -> float:
    """Milliseconds of CPU that a process has used, all its threads; Linux only."""
    tasks = Path(f"/proc/{pid}/task").glob("*/schedstat")
    return sum(int(task.read_text().split()[0]) for task in tasks) / 1e6


def ask(
    where: str,
    asked: dict[str, Choose],
    seed: int,
    until: float,
    measured: Measured,
    pid: int | None,
) -> None:
    """Ask for one page of each kind in turn until the time is over."""
    draw, session = Random(seed), requests.Session()
    while time.monotonic() < until:
        for kind, choose in asked.items():
            path = choose(draw)
            used = cpu(pid) if pid else 0.0
            began = time.perf_counter()
            try:
                answer = session.get(f"{where}{path}", timeout=PATIENCE)
            except requests.RequestException as error:
                measured.wrong.append(f"{path}: {error}")
                continue
            measured.took[kind].append((time.perf_counter() - began) * 1000)
            if pid:
                measured.worked[kind].append(cpu(pid) - used)
            if answer.status_code != 200:
                measured.wrong.append(f"{path}: {answer.status_code}")


def clients(
    where: str,
    asked: dict[str, Choose],
    count: int,
    seconds: float,
    seed: int,
    pid: int | None = None,
) -> Measured:
    measured = Measured()
    until = time.monotonic() + seconds
    threads = [
        threading.Thread(target=ask, args=(where, asked, seed + number, until, measured, pid))
        for number in range(count)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return measured


def table(title: str, measured: Measured) -> float:
    """Print it; the largest 95th percentile."""
    print(f"\n{title}\n{'page':<20} {'asked':>6} {'p50':>7} {'p95':>7} {'max':>7}  {'CPU p95':>7}")
    worst = 0.0
    for kind, took in measured.took.items():
        worst = max(worst, late(took))
        worked = f"{late(measured.worked[kind]):>8.1f}" if measured.worked[kind] else ""
        middle = statistics.median(took)
        times = f"{middle:>7.1f} {late(took):>7.1f} {max(took):>7.1f}"
        print(f"{kind:<20} {len(took):>6} {times} {worked}")
    return worst


def late(took: list[float]) -> float:
    """The 95th percentile."""
    return statistics.quantiles(took, n=20, method="inclusive")[18] if took[1:] else took[0]


def complaints(log: Path) -> list[str]:
    found = re.compile("locked|busy|Traceback|Error|interrupted", re.IGNORECASE)
    return [line for line in log.read_text().splitlines() if found.search(line)]


def counts(path: Path) -> tuple[int, int]:
    store = open_store(path)
    found = [store.reader.execute(f"SELECT max(id) FROM {name}").fetchone()[0]
             for name in ("articles", "changes")]  # fmt: skip
    store.close()
    return found[0], found[1]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--minutes", type=float, default=5.0)
    parser.add_argument("--clients", type=int, default=4)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--store", type=Path)
    told = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = told.store or Path(folder) / "browse.db"
        if not path.exists():
            began = time.monotonic()
            fill(path, articles=told.articles, seed=told.seed)
            print(f"made in {time.monotonic() - began:.0f} s from seed {told.seed}")
        return measure(path, Path(folder), told.minutes * 60, told.clients, told.seed)


def measure(path: Path, folder: Path, seconds: float, count: int, seed: int) -> int:
    articles, changes = counts(path)
    size = path.stat().st_size / 1e6
    print(f"{articles:,} articles, {changes:,} changes, {size:.0f} MB; {seconds:.0f} s in all")
    asked = kinds(path.stem, articles, changes)
    pages, writer = folder / "pages.log", folder / "writer.log"
    browse = [sys.executable, "-m", "monitor.cli", "browse", "--port", "0", "--store", str(path)]
    writing = [sys.executable, str(Path(__file__).parent / "browsing_writer.py"), str(path)]
    with process(browse, pages) as serving:
        where = origin(pages)
        with process([*writing, str(seconds)], writer) as written:
            one = clients(where, asked, 1, seconds / 2, seed, serving.pid)
            several = clients(where, asked, count, seconds / 2, seed + 100)
            written.wait(timeout=PATIENCE)
    worst = table("one client, one writer", one)
    table(f"{count} clients at once, one writer", several)
    print(f"\n{writer.read_text().strip().splitlines()[-1]}")
    wrong = [*one.wrong, *several.wrong, *complaints(pages), *complaints(writer)]
    print(f"wrong answers, errors and lock messages: {len(wrong)}")
    print("\n".join(wrong[:10]))
    return int(bool(wrong) or written.returncode != 0 or worst > MOST_MILLISECONDS)


if __name__ == "__main__":
    sys.exit(main())
