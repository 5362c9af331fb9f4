"""Serve the replica for a look with a browser: ``python -m monitor.replica --seed 7``.

Open http://127.0.0.1:PORT/ for a list of the portals; ``/?portal=baohatinh.vn`` switches
(a cookie remembers it, so that links work). Other programs send the Host header. Enter
serves the next edition, end of input stops. The configured sites that no script serves stand
still. ``--environment FILE`` writes what a shell must know to meet the replica, in fast time:
``. FILE; baowatch check --all``.
"""

import argparse
import json
import shlex
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from crawlers.clock import CLOCK_VARIABLE, ORIGINS_VARIABLE, FastClock
from monitor.project import find_project
from monitor.rehearsal import RATE
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
    parser.add_argument("--environment", type=Path, help="write a file for the shell to read")
    chosen = parser.parse_args()
    known, _ = find_project().sites()
    clock = FastClock(start=datetime.now(UTC), real_start=time.time(), rate=RATE)
    with Replica(
        chosen.seed,
        clock=clock if chosen.environment else None,
        sites=tuple(known.values()),
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
        for site, fault in sorted(replica.faults_scripted.items()):
            out.write(f"{site} has the fault {fault}\n")
        if chosen.environment:
            chosen.environment.write_text(environment(replica, clock), "utf-8")
        out.flush()
        for _ in sys.stdin:
            if replica.edition + 1 == len(replica.script.editions):
                out.write("that was the last edition\n")
            else:
                replica.advance()
                out.write(f"edition {replica.script.editions[replica.edition]!r}\n")
            out.flush()


def environment(replica: Replica, clock: FastClock) -> str:
    """Lines for a shell: whatever is started after them meets the replica, by its clock."""
    variables = {ORIGINS_VARIABLE: json.dumps(replica.origins), CLOCK_VARIABLE: clock.variable()}
    lines = (f"export {name}={shlex.quote(value)}\n" for name, value in variables.items())
    return "".join(lines)


if __name__ == "__main__":
    main()
