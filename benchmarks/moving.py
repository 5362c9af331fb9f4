"""A portal moves wholly in one night: what is told, what is counted, and what is lost.

``python benchmarks/moving.py --seeds 1 2 3``: a row a seed and way. *half*: half of the old
addresses redirect, half are gone. *silent*: the old host answers no more, and the site file
names it as a predecessor. Beside the move two articles are edited in that night and one stands
nowhere any more; articles go on appearing. Each round is one crawl, twelve hours apart.
"""

import argparse
import shutil
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from crawlers.discovery import article_key
from monitor.project import find_project
from monitor.rehearsal import MORNING, Rehearsal, Told, told_and_expected
from monitor.replica.faults import Fault
from monitor.replica.newsroom import HOURS_BETWEEN, MOVING, Plot
from monitor.replica.server import Replica
from pipelines.store import articles, sites
from pipelines.store.opening import open_store

START: Final = datetime(2026, 3, 2, 1, tzinfo=UTC)
OLD_HOST: Final = "baoninhthuan.com.vn"
ROUNDS: Final = 10
"""Enough for what is gone to be called withdrawn: three days after it went."""
MOVES_AT: Final = 2
LEFT: Final = f"""\
title: Báo Khánh Hòa
home: https://baokhanhhoa.vn/
verified: false
predecessors:
  - host: {OLD_HOST}
    title: Báo Ninh Thuận
    until: 2026-03-02
    why: the replica has it
    articles:
      - path: '/[^/]+/\\d+p\\d+c\\d+/[^/]+\\.html?'
articles:
  - path: '/[^/]+/\\d{{6}}/[^/]+/'
sources:
  - url: https://baokhanhhoa.vn/rss/home.rss
    kind: feed
noise:
  - why: The paper's signature before the lead.
    prefix: '\\(NTO\\)\\s*[-–]?\\s*'
"""
"""The site file of a portal whose old host answers no more."""

HEADING: Final = (
    " seed way     before after   twice  lost   new false  withdrawn false"
    "  moved missed  edits missed  bounds"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """What came of one move. ``lost``: known articles that are not in the store any more."""

    before: int
    after: int
    doubled: int
    lost: int
    told: Counter[str]
    false: Counter[str]
    missed: Counter[str]
    opened: tuple[str, ...]

    @property
    def is_right(self) -> bool:
        nothing = not (self.doubled or self.lost or self.false or self.missed)
        return nothing and self.opened.count("portal_moves") <= 1 and "silent" not in self.opened


def play(
    seed: int, way: str, place: Path, *, rounds: int = ROUNDS, moves_at: int = MOVES_AT
) -> Moved:
    """Crawl the portal before, in and after the night of its move."""
    config = place / "config"
    shutil.copytree(find_project().config, config, dirs_exist_ok=True)
    project = replace(find_project(), config=config, store=place / f"{way}-{seed}.db")
    plot = Plot(moves_at=moves_at, wholly=True, hushed=((MOVING, 0, rounds),))
    with Replica(seed, start=START, editions=rounds, plot=plot, layout_seed=seed) as replica:
        rehearsal = Rehearsal(project=project, replica=replica)
        for number in range(rounds):
            if number == moves_at and way == "silent":
                (config / "sites" / f"{MOVING}.yml").write_text(LEFT, encoding="utf-8")
                replica.faults = _dead(OLD_HOST)
            planned = START + timedelta(hours=HOURS_BETWEEN * number) + MORNING
            rehearsal.begin_round(number, planned)
            (result,) = rehearsal.crawl([MOVING])
            assert result.succeeded, result
        return _outcome(rehearsal, way, moves_at, rounds)


def _dead(host: str) -> list[Fault]:
    """Nothing there answers, robots.txt neither."""
    robots = Fault(host=host, kind="reset", paths=frozenset({"/robots.txt"}))
    return [robots, Fault(host=host, kind="reset")]


def _outcome(rehearsal: Rehearsal, way: str, moves_at: int, rounds: int) -> Moved:
    told, expected = told_and_expected(rehearsal)
    expected = Counter({one: n for one, n in expected.items() if one.site == MOVING})
    if way == "silent" or rounds - moves_at < 8:
        # Where nothing answers nothing is known to be gone; else not before three days.
        expected = Counter({one: n for one, n in expected.items() if one.kind != "withdrawn"})
    before = rehearsal.replica.script.editions[moves_at - 1].portals[MOVING].stories
    owners = _owners(rehearsal)
    store = open_store(rehearsal.project.store)
    row = sites.site_row(store.reader, MOVING)
    assert row is not None
    stored = Counter(
        owners.get(url, url)
        for (url,) in store.reader.execute(
            "SELECT url FROM articles WHERE merged_into IS NULL "
            "AND current_version_id IS NOT NULL AND site_id = ?",
            [row["id"]],
        )
    )
    site = rehearsal.project.sites()[0][MOVING]
    kept = [articles.resolve(store.reader, row["id"], article_key(s.url, site)) for s in before]
    opened = store.reader.execute("SELECT kind FROM findings ORDER BY id").fetchall()
    store.close()
    return Moved(
        before=len(before),
        after=sum(stored[story.ident] > 0 for story in before),
        doubled=sum(number - 1 for number in stored.values()),
        lost=sum(row is None for row in kept),
        told=_kinds(told),
        false=_kinds(told - expected),
        missed=_kinds(expected - told),
        opened=tuple(kind for (kind,) in opened),
    )


def _owners(rehearsal: Rehearsal) -> dict[str, str]:
    """Whose every address is, by the script."""
    owners: dict[str, str] = {}
    for edition in rehearsal.replica.script.editions:
        owners |= {story.url: story.ident for story in edition.portals[MOVING].stories}
    return owners


def _kinds(told: Counter[Told]) -> Counter[str]:
    return Counter(one.kind for one in told.elements())


def _show(seed: int, way: str, moved: Moved) -> None:
    edits = moved.told["edited"]
    missed_edits = moved.missed["edited"]
    print(
        f"{seed:>5} {way:<7}{moved.before:>7}{moved.after:>6}{moved.doubled:>8}{moved.lost:>6}"
        f"{moved.told['new']:>6}{moved.false['new']:>6}"
        f"{moved.told['withdrawn']:>11}{moved.false['withdrawn']:>6}"
        f"{moved.told['moved']:>7}{moved.missed['moved']:>7}{edits:>7}{missed_edits:>7}"
        f"  {'met' if moved.is_right else 'NOT MET'}"
    )
    for name, counted in (("FALSE", moved.false), ("MISSED", moved.missed)):
        if counted:
            print(f"      {name} {dict(counted)}")
    print(f"      findings: {', '.join(moved.opened) or 'none'}", flush=True)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    parser.add_argument("--ways", nargs="+", choices=("half", "silent"), default=["half", "silent"])
    wanted = parser.parse_args()
    print(HEADING)
    right = True
    for seed in wanted.seeds:
        for way in wanted.ways:
            with tempfile.TemporaryDirectory() as place:
                moved = play(seed, way, Path(place))
            _show(seed, way, moved)
            right &= moved.is_right
    return 0 if right else 1


if __name__ == "__main__":
    sys.exit(main())
