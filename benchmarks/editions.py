"""Is exactly what was scripted told, with every noise operator at work and through a redesign?

``python benchmarks/editions.py [--editions 10] [--seed N] [--redesign SITE:EDITION]`` crawls all
six replica portals once an edition. It prints a line an edition and a table at the end; the exit
status is 1 when anything was missed, told falsely, or a redesign is not exactly one finding.
"""

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

from monitor.project import Project, find_project
from monitor.rehearsal import Rehearsal, Told, told_and_expected
from monitor.replica.noise import EVERY
from monitor.replica.server import Replica
from pipelines.store import reports
from pipelines.store.opening import open_store

START = datetime(2026, 3, 2, 1, tzinfo=UTC)
ROOT = Path(__file__).resolve().parents[1]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--editions", type=int, default=10)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(100_000))
    parser.add_argument("--sites", default="", help="comma-separated; default: all")
    parser.add_argument("--redesign", default="", help="a portal and the edition that brings it")
    parser.add_argument("--store", default="", help="keep the store here")
    parser.add_argument("--clean", action="store_true", help="no noise at all")
    chosen = parser.parse_args()
    site, _, edition = chosen.redesign.partition(":")
    noise = frozenset() if chosen.clean else EVERY
    with (
        tempfile.TemporaryDirectory() as folder,
        Replica(
            chosen.seed,
            start=START,
            editions=chosen.editions,
            layout_seed=chosen.seed,
            noise=noise,
        ) as replica,
    ):
        project = Project(
            folder=ROOT,
            config=find_project().config,
            store=Path(chosen.store or Path(folder) / "b.db"),
        )
        rehearsal = Rehearsal(project=project, replica=replica)
        sites = [name for name in chosen.sites.split(",") if name] or rehearsal.sites
        play(rehearsal, sites, site, int(edition or -1))
        told, expected = told_and_expected(rehearsal)
        expected = Counter({one: n for one, n in expected.items() if one.site in sites})
        found = findings(project.store)
    print(f"\nseed {chosen.seed}, {chosen.editions} editions, {sorted(noise) or 'no noise'}")
    return verdict(told, expected, found, site)


def play(rehearsal: Rehearsal, sites: list[str], redesigned: str, at: int) -> None:
    rounds = rehearsal.rounds()
    # What stands in whole blocks is believed after most of a day where lines come and go.
    last, moment = rounds[-1]
    rounds += [(last, moment + timedelta(hours=12 * n)) for n in (1, 2, 3)]
    for number, (edition, moment) in enumerate(rounds):
        if redesigned and edition == at:
            rehearsal.replica.redesign(redesigned, rehearsal.replica.layout_seed + 1)
        rehearsal.begin_round(edition, moment)
        started = time.monotonic()
        results = rehearsal.crawl(sites)
        bad = [result for result in results if not result.succeeded]
        told, expected = told_and_expected(rehearsal)
        seconds = time.monotonic() - started
        false = (told - expected).total()
        print(f"round {number}, edition {edition}: {told.total()} told, {false} not scripted, "
              f"{seconds:.0f} s {bad or ''}", flush=True)  # fmt: skip


def findings(store_path: Path) -> Counter[tuple[str, str]]:
    store = open_store(store_path)
    found = store.reader.execute(
        "SELECT sites.name, kind FROM findings JOIN sites ON sites.id = site_id"
    ).fetchall()
    for row in store.reader.execute(
        "SELECT sites.name, kind, detail FROM findings JOIN sites ON sites.id = site_id "
        "WHERE kind IN ('template_changed', 'layout_drift', 'another_page', 'text_collapsed', "
        "'parts_missing')"
    ).fetchall():
        print("  finding", *row)
    learned = store.reader.execute(
        "SELECT sites.name, kind, count(*) FROM learned JOIN sites ON sites.id = site_id "
        "GROUP BY 1, 2"
    ).fetchall()
    print("  learned", learned)
    assert reports.site_names(store.reader)
    store.close()
    return Counter((name, kind) for name, kind in found)


def verdict(
    told: Counter[Told],
    expected: Counter[Told],
    found: Counter[tuple[str, str]],
    redesigned: str,
) -> int:
    print(f"{'site':<18}{'expected':>9}{'told':>6}{'false':>7}{'missed':>8}")
    false, missed = told - expected, expected - told
    for name in sorted({one.site for one in (*told, *expected)}):
        figures = [
            sum(n for one, n in counts.items() if one.site == name)
            for counts in (expected, told, false, missed)
        ]
        print(
            f"{name:<18}" + "".join(f"{n:{w}}" for n, w in zip(figures, (9, 6, 7, 8), strict=True))
        )
    for word, counts in (("FALSE", false), ("MISSED", missed)):
        for one in sorted(counts):
            print(word, one)
    storms = found[redesigned, "template_changed"] if redesigned else 1
    if redesigned:
        print(f"{storms} finding 'template_changed' on {redesigned}")
    return 1 if false or missed or storms != 1 else 0


if __name__ == "__main__":
    sys.exit(main())
