"""Crawls killed at random moments, then left alone: does the store come out the same?

``python benchmarks/kills.py [--kills 45] [--seed N] [--site baoninhbinh]`` prints a line a
kill and a summary; the exit status is 1 when any history differs from the undisturbed one.
"""

import argparse
import random
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from kills import Outcome, Scene, draw_kills


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=45)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10_000))
    parser.add_argument("--site", default="baoninhbinh")
    chosen = parser.parse_args()
    print(f"seed {chosen.seed}, {chosen.kills} kills of {chosen.site}")
    outcomes: list[Outcome] = []
    with (
        tempfile.TemporaryDirectory() as folder,
        Scene(Path(folder), chosen.site, chosen.seed).playing() as scene,
    ):
        kinds = sorted({row[1] for row in scene.undisturbed["changes"]})
        print(f"pending looks before: {scene.pending_looks()}; changes: {', '.join(kinds)}")
        for kill in draw_kills(chosen.seed, chosen.kills):
            outcome = scene.kill(kill)
            outcomes.append(outcome)
            same = outcome.history == scene.undisturbed
            print(
                f"{kill.moment:>7} {kill.number:>4}  "
                f"{'killed' if outcome.died else 'too late'}  "
                f"checked {outcome.committed:>3}  outstanding {outcome.outstanding:>3}  "
                f"{'same' if same else 'DIFFERENT'}",
                flush=True,
            )
        different = sum(one.history != scene.undisturbed for one in outcomes)
    died = sum(one.died for one in outcomes)
    counted = sum(one.counts for one in outcomes)
    print(
        f"{len(outcomes)} tries, {died} killed, {counted} with something committed and "
        f"something outstanding, {different} different"
    )
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
