"""Portals whose site files are taken away: what `baowatch add` proposes, against the shipped file.

``python benchmarks/adding.py [--seed 7] [SITE …]`` looks at each portal of the replica with no
file of its own in the configuration and prints, of all addresses that its pages, feeds and
sitemaps show: the articles by the shipped file, the share that the proposed file knows too
(recall), the share of what it takes for articles that are (precision), and how many listings
it takes for one.
"""

import argparse
import asyncio
import json
import os
import shutil
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from crawlers.clock import CLOCK_VARIABLE, ORIGINS_VARIABLE, FastClock
from crawlers.discovery import is_article
from crawlers.platformfile import load_platform
from crawlers.site import Site
from crawlers.sitefile import load_site
from monitor.adding.composing import propose
from monitor.adding.looking import Looked, NothingFound, look
from monitor.adding.writing import site_file
from monitor.project import Project, find_project
from monitor.replica.families import FAULTS
from monitor.replica.server import Replica

RATE = 600.0
FAULTY = ("baolamdong", "baogialai", "baodongthap", "baodaklak")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How a proposal compares with the shipped file, over the addresses that were seen."""

    articles: int
    known: int
    taken: int
    right: int
    listings: int
    text: str

    @property
    def recall(self) -> float:
        return self.known / self.articles if self.articles else 0.0

    @property
    def precision(self) -> float:
        return self.right / self.taken if self.taken else 0.0


def without(project: Project, shipped: Site, folder: Path) -> Project:
    """The project with the configuration copied but for one site's file."""
    config = folder / "config"
    shutil.copytree(project.config, config)
    (config / "sites" / f"{shipped.name}.yml").unlink()
    return Project(folder=project.folder, config=config, store=folder / "store.db")


def environment(replica: Replica) -> dict[str, str]:
    clock = replica.clock
    assert isinstance(clock, FastClock)
    return {ORIGINS_VARIABLE: json.dumps(replica.origins), CLOCK_VARIABLE: clock.variable()}


def tried(project: Project, shipped: Site, replica: Replica, url: str = "") -> Outcome | str:
    """What is proposed for the portal of a site, from its home or from ``url``; or why nothing."""
    with TemporaryDirectory(prefix="baowatch-") as scratch:
        folder = Path(scratch)
        apart = without(project, shipped, folder)
        os.environ |= environment(replica)
        try:
            looked = asyncio.run(
                look(apart, shipped.name, shipped.home, url or shipped.home, environment(replica))
            )
        except NothingFound as error:
            return str(error)
        platforms = {
            path.stem: load_platform(path) for path in (apart.config / "platforms").glob("*.yml")
        }
        proposal = propose(looked, platforms)
        text = site_file(proposal, date(2026, 12, 1))
        path = apart.config / "sites" / f"{shipped.name}.yml"
        path.write_text(text, encoding="utf-8")
        if not proposal.is_useful:
            return "no page spoke for any form of addresses"
        return compared(looked, shipped, load_site(path), text)


def compared(looked: Looked, shipped: Site, proposed: Site, text: str) -> Outcome:
    urls = set(addresses(looked))
    articles = {url for url in urls if is_article(url, shipped)}
    taken = {url for url in urls if is_article(url, proposed)}
    listings = {met.probe.url for met in looked.pages if met.verdict == "listing"}
    return Outcome(
        articles=len(articles),
        known=len(articles & taken),
        taken=len(taken),
        right=len(articles & taken),
        listings=len(taken & listings),
        text=text,
    )


def addresses(looked: Looked) -> Iterator[str]:
    yield from (one.url for one in looked.seen)
    for source in looked.sources.sources:
        yield from (link.url for link in source.links)


def main(names: Iterable[str], seed: int, show: bool) -> None:
    project = find_project()
    known, _ = project.sites()
    print(f"seed {seed}")
    print(f"{'site':20} {'articles':>8} {'recall':>7} {'precision':>9} {'listings':>8} {'s':>5}")
    sites = tuple(known.values())
    with Replica(seed, sites=sites, family_faults={}, layout_seed=seed) as replica:
        for name in names or sorted(known):
            _row(name, project, known[name], replica, show)
    if names:
        return
    print("\nportals with a fault")
    for number, fault in enumerate(FAULTS):
        site = known[FAULTY[number % len(FAULTY)]]
        faults = {site.name: fault}
        with Replica(seed, sites=(site,), family_faults=faults, layout_seed=seed) as replica:
            _row(fault, project, site, replica, show)


def _row(label: str, project: Project, site: Site, replica: Replica, show: bool) -> None:
    start = replica.script.editions[0].begins_at
    replica.clock = FastClock(start=start, real_start=time.time(), rate=RATE)
    began = time.perf_counter()
    outcome = tried(project, site, replica)
    if isinstance(outcome, str):
        print(f"{label:20} nothing proposed: {outcome}")
        return
    print(
        f"{label:20} {outcome.articles:8} {outcome.recall:7.3f} {outcome.precision:9.3f} "
        f"{outcome.listings:8} {time.perf_counter() - began:5.1f}"
    )
    if show:
        print(outcome.text)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sites", nargs="*")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--show", action="store_true", help="print the proposed files")
    chosen = parser.parse_args()
    main(chosen.sites, chosen.seed, chosen.show)
