"""The demo on fresh seeds: is exactly what was scripted told?

``python benchmarks/seeds.py [--seeds 10] [--editions 3]`` prints a line a seed; the exit
status is 1 when anything was missed or told falsely.
"""

import argparse
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

DEMO = "from monitor.cli import main; main()"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=10)
    parser.add_argument("--editions", type=int, default=3)
    chosen = parser.parse_args()
    wrong = 0
    for _ in range(chosen.seeds):
        seed = random.SystemRandom().randrange(100_000)
        started = time.monotonic()
        with tempfile.TemporaryDirectory() as folder:
            words = ["demo", "--seed", str(seed), "--editions", str(chosen.editions)]
            done = subprocess.run(
                [sys.executable, "-c", DEMO, *words, "--store", str(Path(folder) / "demo.db")],
                capture_output=True,
                text=True,
                cwd=Path(__file__).parents[1],
            )
        verdict = [line for line in done.stdout.splitlines() if line.startswith("Seed ")]
        print(f"{verdict or done.stderr[-500:]}  {time.monotonic() - started:.0f} s", flush=True)
        if done.returncode:
            wrong += 1
            print("\n".join(x for x in done.stderr.splitlines() if x.startswith(("MISS", "FALSE"))))
    print(f"{chosen.seeds} seeds, {wrong} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
