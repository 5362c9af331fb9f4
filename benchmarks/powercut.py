"""A crawl that loses its power at random moments: does the store hold all it had told?

``python benchmarks/powercut.py [--stops 200] [--seed N] [--site baoninhbinh]`` stops crawls of
a replica portal, copies the database and its log as they lie there, and prints a line a crawl;
the exit status is 1 when a copy does not open, is damaged, or lacks what had been told.
"""

import argparse
import random
import sys
import tempfile
from itertools import count
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from kills import Scene
from powercuts import Cut, cuts


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stops", type=int, default=200)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10_000))
    parser.add_argument("--site", default="baoninhbinh")
    chosen = parser.parse_args()
    print(f"seed {chosen.seed}, {chosen.stops} stops of crawls of {chosen.site}")
    print("  crawl        stops  log empty  log held frames  half-written  told lines  wrong")
    made: list[Cut] = []
    with (
        tempfile.TemporaryDirectory() as folder,
        Scene(Path(folder), chosen.site, chosen.seed).playing() as scene,
    ):
        for number in count():
            kind = "first" if number % 2 == 0 else "with edits"
            empty = number % 2 == 0
            found = cuts(scene, chosen.seed + number, empty=empty, name=f"cut{number}")
            for fault in (fault for cut in found for fault in cut.faults):
                print(f"    {fault}")
            made += found
            print(_line(f"{number + 1} {kind}", found), flush=True)
            if len(made) >= chosen.stops:
                break
    print(_line("all", made))
    return 1 if any(cut.faults for cut in made) else 0


def _line(name: str, found: list[Cut]) -> str:
    empty = sum(not cut.log_bytes for cut in found)
    half = sum(cut.half_written for cut in found)
    lines = max((cut.lines for cut in found), default=0)
    wrong = sum(bool(cut.faults) for cut in found)
    return (
        f"  {name:<12} {len(found):>5}  {empty:>9}  {len(found) - empty:>15}  {half:>12}  "
        f"{lines:>10}  {wrong:>5}"
    )


if __name__ == "__main__":
    sys.exit(main())
