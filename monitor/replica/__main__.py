"""Serve the replica for a look with a browser: ``python -m monitor.replica --seed 7``.

Open http://127.0.0.1:PORT/ for a list of the portals; ``/?portal=baohatinh.vn`` switches
(a cookie remembers it, so that links work). Other programs send the Host header. Enter
serves the next edition, end of input stops.
"""

import argparse
import sys
from datetime import datetime

from monitor.replica.script import EDITIONS
from monitor.replica.server import Replica


def main() -> None:
    """Serve until the input ends."""
    parser = argparse.ArgumentParser(prog="python -m monitor.replica", description=__doc__)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--layout-seed", type=int)
    parser.add_argument("--start", type=datetime.fromisoformat, help="ISO time with a zone")
    parser.add_argument("--editions", type=int, default=EDITIONS)
    parser.add_argument("--clean", action="store_true", help="without noise")
    chosen = parser.parse_args()
    with Replica(
        chosen.seed,
        start=chosen.start,
        layout_seed=chosen.layout_seed,
        noise=not chosen.clean,
        editions=chosen.editions,
    ) as replica:
        out = sys.stdout
        out.write(f"seed {chosen.seed}, layout seed {replica.layout_seed}\n")
        out.write(f"http://127.0.0.1:{replica.port}/ shows the portals\n")
        for real, target in replica.origins.items():
            out.write(f"{real} {target}\n")
        out.flush()
        for _ in sys.stdin:
            if replica.edition + 1 == len(replica.script.editions):
                out.write("that was the last edition\n")
            else:
                replica.advance()
                out.write(f"edition {replica.script.editions[replica.edition]!r}\n")
            out.flush()


if __name__ == "__main__":
    main()
