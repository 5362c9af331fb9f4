"""Weeks of six portals in minutes, with the real daemon, which is killed again and again.

``python benchmarks/soak.py [--days 30] [--kills 50] [--seed N]`` serves the replica on a fast
clock, with outages, a portal that gets a new template and one that moves to another host;
runs ``baowatch daemon`` against it, kills it (SIGKILL) at random moments and starts it again.
Afterwards it compares what is told with what was scripted, the findings with the outages, and
counts from the server's own records how politely every portal was asked. The exit status is 1
when anything is off. ``--days 5 --kills 4`` is the short form.
"""

import argparse
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import campaign
from campaign import START, Campaign
from campaign_outcome import rows, show_changes, show_findings, show_politeness

from monitor.project import Project, find_project
from monitor.rehearsal import Rehearsal
from monitor.replica import Replica

ROOT = Path(__file__).resolve().parents[1]
DAEMON = (sys.executable, "-m", "monitor.cli", "daemon")
AT_LEISURE = 100.0


@dataclass
class Played:
    """How the campaign went."""

    wall: float
    kills: int = 0
    exits: list[str] = field(default_factory=list)
    stopped: bool = False


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--days", type=int, default=30)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(100_000))
    parser.add_argument("--rate", type=float, help="seconds of the portals' clock in a real one")
    parser.add_argument("--every", type=int, help="hours between a site's crawls")
    parser.add_argument("--requests", type=int, default=60, help="per hour and site")
    parser.add_argument("--keep", help="keep the store and the daemon's log in this folder")
    chosen = parser.parse_args()
    short = chosen.days <= 5
    rate = chosen.rate or (1600.0 if short else 1250.0)
    every = chosen.every or (8 if short else 3)
    drawn = campaign.draw(chosen.seed, days=chosen.days, kills=chosen.kills)
    print(
        f"seed {chosen.seed}, {chosen.days} days at {rate:g}×, a crawl every {every} hours",
        flush=True,
    )
    with tempfile.TemporaryDirectory() as folder, _replica(drawn) as replica:
        place = Path(chosen.keep or folder)
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # or every child compiles everything
        os.environ["PYTHONPYCACHEPREFIX"] = f"{folder}/compiled"
        project = _project(place, campaign.schedule(every, chosen.requests))
        rehearsal = _begun(Rehearsal(project=project, replica=replica, rate=AT_LEISURE), rate)
        played = _play(drawn, rehearsal, place / "daemon.log")
        right = [
            _show_course(drawn, played, project.store),
            show_changes(drawn, rehearsal),
            show_findings(drawn, project.store),
            show_politeness(replica.requests, chosen.requests),
        ]
    print("right" if all(right) else "NOT RIGHT")
    return 0 if all(right) else 1


def _replica(drawn: Campaign) -> Replica:
    return Replica(
        drawn.seed,
        start=START,
        layout_seed=drawn.seed,
        editions=drawn.editions,
        scripted_faults=False,
        plot=drawn.plot,
        outages=drawn.outages,
        by_clock=True,
    )


def _project(place: Path, schedule: str) -> Project:
    """Folders of the campaign's own: the shipped sites, a schedule, a new store."""
    config = place / "config"
    shutil.rmtree(config, ignore_errors=True)
    shutil.copytree(find_project().config, config)
    (config / "schedule.yml").write_text(schedule, encoding="utf-8")
    for left in place.glob("soak.db*"):
        shutil.rmtree(left) if left.is_dir() else left.unlink()
    return Project(folder=ROOT, config=config, store=place / "soak.db")


def _begun(rehearsal: Rehearsal, rate: float) -> Rehearsal:
    """After a first crawl of every site at leisure: what is there is known, the rest is news."""
    rehearsal.set_clock(START + timedelta(hours=1))
    results = rehearsal.crawl(rehearsal.sites, arguments={})
    assert all(result.succeeded for result in results), results
    now = rehearsal.replica.clock.now()
    fast = replace(rehearsal, rate=rate)
    fast.set_clock(max(now, START + timedelta(hours=4)))
    return fast


def _play(drawn: Campaign, rehearsal: Rehearsal, log: Path) -> Played:
    """Let the days pass; what is due of kills and storm is done when its moment comes."""
    replica, began = rehearsal.replica, time.monotonic()
    played = Played(wall=0.0)
    kills, storm = list(drawn.kills), [drawn.storm]
    with log.open("wb") as output:
        daemon = _start(rehearsal, output)
        try:
            while (now := replica.clock.now()) < drawn.ends_at:
                if storm and now >= storm[0][1]:
                    replica.redesign(storm.pop()[0], replica.layout_seed + 1)
                if daemon.poll() is not None:
                    played.exits.append(f"{now:%d %H:%M} exit status {daemon.returncode}")
                    time.sleep(0.5)  # one that cannot start must not spin
                    daemon = _start(rehearsal, output)
                elif kills and now >= kills[0]:
                    kills.pop(0)
                    daemon.kill()
                    daemon.wait()
                    played.kills += 1
                    daemon = _start(rehearsal, output)
                time.sleep(0.02)
            daemon.send_signal(signal.SIGTERM)
            with suppress(subprocess.TimeoutExpired):
                played.stopped = daemon.wait(timeout=30) == 0
        finally:
            daemon.kill()
            daemon.wait()
    played.wall = time.monotonic() - began
    return played


def _start(rehearsal: Rehearsal, output: object) -> subprocess.Popen[bytes]:
    project = rehearsal.project
    given = {"BAOWATCH_STORE": str(project.store), "BAOWATCH_CONFIG": str(project.config)}
    return subprocess.Popen(
        DAEMON,
        cwd=ROOT,
        env={**os.environ, **rehearsal.environment(), **given},
        stdin=subprocess.DEVNULL,
        stdout=output,  # type: ignore[call-overload]
        stderr=subprocess.STDOUT,
    )


def _show_course(drawn: Campaign, played: Played, store: Path) -> bool:
    ended = rows(store, "SELECT ifnull(reason, 'open'), count(*) FROM runs GROUP BY 1 ORDER BY 2")
    runs = sum(number for _, number in ended)
    print(
        f"{drawn.days} simulated days in {played.wall / 60:.1f} minutes; {runs} crawls, "
        f"{runs / drawn.days:.1f} a day ({', '.join(f'{n} {reason}' for reason, n in ended)})"
    )
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(
        f"{used.ru_utime + used.ru_stime:.0f} s of CPU for daemon and crawls that were not killed"
    )
    print(f"{played.kills} kills, {played.kills + len(played.exits)} restarts", end="; ")
    print("ended on SIGTERM" if played.stopped else "DID NOT END ON SIGTERM")
    for line in played.exits:
        print("ENDED BY ITSELF", line)
    return played.stopped and not played.exits and played.kills == len(drawn.kills)


if __name__ == "__main__":
    sys.exit(main())
