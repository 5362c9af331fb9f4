"""Senders killed at random moments while a receiver misbehaves: is anything lost or told twice?

``python benchmarks/deliveries.py [--kills 50] [--seed N]`` prints a line a kill and an account;
the exit status is 1 when a released change was lost, or one was told twice to a receiver that
honours keys.
"""

import argparse
import random
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from sendings import Sendings, draw_kills


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10_000))
    chosen = parser.parse_args()
    print(f"seed {chosen.seed}, {chosen.kills} senders started, to be killed")
    died = mid_delivery = 0
    with (
        tempfile.TemporaryDirectory() as folder,
        Sendings(Path(folder), chosen.seed).open() as scene,
    ):
        for number, kill in enumerate(draw_kills(chosen.seed, chosen.kills), 1):
            met = scene.kill(kill)
            died += met.died
            mid_delivery += met.interrupted > 0
            when = f"{kill.seconds:.3f} s"
            if kill.moment != "after a while":
                when = f"no. {kill.message}"
            print(
                f"{number:>3}  {kill.moment:<16} {when:>7}  "
                f"{'killed' if met.died else 'too late':<8}  came {met.came:>3}  "
                f"being sent {met.interrupted}  owed {met.owed:>3}",
                flush=True,
            )
        account = scene.finish()
    print()
    print(f"senders killed                         {died} of {chosen.kills}")
    print(f"  while a delivery was under way       {mid_delivery}")
    print(f"changes released (each to two routes)  {account.released}")
    print(f"lost                                   {len(account.lost)}")
    print(f"told twice                             {len(account.told_twice)}")
    print(f"messages taken, and distinct keys      {account.accepted}, {account.keys}")
    print(f"came again by a key that was known     {account.repeats}")
    did = ", ".join(f"{name} {times}" for name, times in sorted(account.did.items()))
    print(f"what the receiver did                  {did}")
    return 0 if account.is_right else 1


if __name__ == "__main__":
    sys.exit(main())
