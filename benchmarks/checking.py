"""``baowatch check --all`` on replica portals: is everything that is broken named, nothing else?

Usage: ``python benchmarks/checking.py [--seeds 3] [--seed N] [--sites NAME,…]``
"""

import argparse
import asyncio
import os
import random
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import get_args

from crawlers.site import Site
from monitor.checking.rehearsed import Comparison, compared
from monitor.checking.running import CheckWish, check_sites
from monitor.project import Project, find_project
from monitor.rehearsal import Rehearsal
from monitor.replica.faults import Outage, OutageKind
from monitor.replica.portals import has_script
from monitor.replica.server import Replica


def main() -> None:
    """Print the table for each seed; exit status 1 where one thing was told wrongly."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=1, help="how many")
    parser.add_argument("--seed", type=int, help="the first (default: a new one)")
    parser.add_argument("--sites", help="names, separated by commas (default: all)")
    asked = parser.parse_args()
    first = asked.seed if asked.seed is not None else random.SystemRandom().randrange(10_000)
    found = find_project()
    known, _ = found.sites()
    names = asked.sites.split(",") if asked.sites else sorted(known)
    wrong = 0
    with TemporaryDirectory() as folder:
        project = Project(folder=found.folder, config=found.config, store=Path(folder) / "s.db")
        for seed in range(first, first + asked.seeds):
            wrong += _round(project, [known[name] for name in names], seed)
    sys.exit(1 if wrong else 0)


def _round(project: Project, sites: list[Site], seed: int) -> int:
    start = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
    began, spent = time.monotonic(), os.times()
    outages = _outages(seed, sites, start)
    with Replica(
        seed, start=start, sites=sites, outages=tuple(outages.values()), layout_seed=seed
    ) as replica:
        rehearsal = Rehearsal(project=project, replica=replica)
        rehearsal.set_clock(start)
        wish = CheckWish(side_by_side=os.cpu_count() or 2, environment=rehearsal.environment())
        verdicts = asyncio.run(check_sites(project, sites, wish))
        kinds = {site: outage.kind for site, outage in outages.items()}
        comparisons = compared(verdicts, {**replica.faults_scripted, **kinds})
        requests = len(replica.requests)
    after = os.times()
    cpu = sum(after[:4]) - sum(spent[:4])
    wrong = [one for one in comparisons if not one.is_true]
    print(f"seed {seed}: {len(sites)} sites, {requests} requests, ", end="")
    print(f"{time.monotonic() - began:.0f} s, {cpu:.0f} s of CPU")
    for one in comparisons:
        print(_line(one))
    faulty = sum(one.fault is not None for one in comparisons)
    print(f"{faulty} faults scripted, {len(comparisons) - len(wrong)} of {len(sites)} told rightly")
    return len(wrong)


def _outages(seed: int, sites: list[Site], start: datetime) -> dict[str, Outage]:
    """Of the portals that a script serves every other one has an outage from beginning to end."""
    rng = random.Random(f"{seed} outages")
    scripted = [site.name for site in sites if has_script(site.name)]
    kinds = rng.sample(get_args(OutageKind), len(get_args(OutageKind)))
    day = timedelta(days=1)
    return {
        name: Outage(site=name, kind=kind, begins_at=start - day, ends_at=start + 999 * day)
        for name, kind in zip(rng.sample(scripted, len(scripted) // 2), kinds, strict=False)
    }


def _line(one: Comparison) -> str:
    mark = "   " if one.is_true else "!! "
    told = ", ".join(one.told) or "all right"
    return f"{mark}{one.site:24} {one.fault or '-':18} {told}"


if __name__ == "__main__":
    main()
