"""What planning costs: choosing, recording, teaching, learning, at 100,000 known addresses.

``python benchmarks/planner.py [--urls 100000] [--sites 60] [--big 60000]`` prints CPU
milliseconds in a store of that many articles of equally large sites, and in one where a
single site has ``--big`` of them, all overdue. Exit status 1 when a bound is broken.
"""

import argparse
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from stored_rule import CHANGE, SNAPSHOT, TEXT, VERSION

from pipelines.habit import gap_class
from pipelines.store import habits, nightly, planning, sites
from pipelines.store.articles import DueWish
from pipelines.store.opening import Store, open_store
from pipelines.store.rows import insert, iso

NOW = datetime(2026, 6, 1, tzinfo=UTC)
BOUNDS = {"choose": 5.0, "record": 0.2, "learn": 10_000.0}
"""Milliseconds."""
EDITED = 0.3
"""Edits per article."""


def fill(path: Path, urls: int, site_count: int) -> Store:
    """A store of read, overdue articles of all ages up to two years."""
    store, draw = open_store(path), random.Random(7)
    store.reader.conn.execute("PRAGMA synchronous = OFF")
    with store.writing() as db:
        site_ids = [sites.site_id(db, f"site{number}") for number in range(site_count)]
        db.execute("UPDATE sites SET baseline_at = ?", [iso(NOW - timedelta(days=700))])
        run = {"site_id": site_ids[0], "host": "", "pid": 0}
        times = dict.fromkeys(("started_at", "heartbeat_at", "lease_until"), iso(NOW))
        run_id, text_id = insert(db, "runs", {**run, **times}), insert(db, "texts", TEXT)
        for number in range(urls):
            born = NOW - timedelta(hours=draw.expovariate(1 / 2000))
            read = min(born + timedelta(minutes=20), NOW)
            gap = min(max((NOW - born).total_seconds() / 3600 * 0.3, 0.2), 3000.0)
            looked = max(NOW - timedelta(hours=gap * draw.uniform(1.0, 4.0)), read)
            article_id = insert(
                db,
                "articles",
                {
                    "site_id": site_ids[number % site_count],
                    "key": str(number),
                    "url": f"https://site/{number}",
                    "status": "live",
                    "announced_by": "feed",
                    "published_at": iso(born),
                    "first_seen_at": iso(read),
                    "checked_at": iso(looked),
                    "looked_at": iso(looked),
                    "due_at": iso(min(looked + timedelta(hours=gap), NOW)),
                    "gap": gap,
                    "gap_class": gap_class(gap),
                    "mass": draw.random(),
                },
            )
            whole = {**SNAPSHOT, "encoding": "", "body": b"", "fetched_at": iso(read)}
            snapshot_id = insert(db, "snapshots", {**whole, "article_id": article_id})
            seen = {"seen_at": iso(read), "last_seen_at": iso(read), "number": 1}
            whose = {"article_id": article_id, "snapshot_id": snapshot_id, "text_id": text_id}
            version_id = insert(db, "versions", {**VERSION, **seen, **whose})
            db.execute(
                "UPDATE articles SET current_version_id = ? WHERE id = ?", [version_id, article_id]
            )
            if draw.random() < EDITED:
                moments = ("detected_at", "confirmed_at", "released_at")
                known = {"article_id": article_id, "run_id": run_id, "taught": 1.0}
                at = min(read + timedelta(hours=draw.expovariate(1 / 20)), NOW)
                change = {**CHANGE, **known, **dict.fromkeys(moments, iso(at))}
                insert(db, "changes", {**change, "before_version_id": version_id})
    store.reader.execute("ANALYZE")
    return store


def milliseconds(act: Callable[[], object], times: int = 1) -> list[float]:
    found = []
    for _ in range(times):
        began = time.process_time()
        act()
        found.append((time.process_time() - began) * 1000)
    return found


def measure(store: Store, site_id: int, site_names: list[str]) -> dict[str, list[float]]:
    drawn = store.reader.execute("SELECT id FROM articles ORDER BY random() LIMIT 500")
    ids = [row[0] for row in drawn]
    wish = DueWish(now=NOW)

    def record() -> None:
        with store.writing() as db:
            for each in ids:
                habits.record_check(db, each, NOW, same=True)

    return {
        "has due": milliseconds(lambda: planning.has_due(store.reader, site_id, NOW), 50),
        "choose": milliseconds(lambda: planning.due(store.reader, site_id, wish, limit=20), 50),
        "choose 200": milliseconds(
            lambda: planning.due(store.reader, site_id, wish, limit=200), 20
        ),
        "record": [each / len(ids) for each in milliseconds(record)],
        "learn": milliseconds(lambda: nightly.learn_rates(store, NOW)),
        "set prices": milliseconds(
            lambda: nightly.set_prices(store, dict.fromkeys(site_names, 12.0), NOW)
        ),
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--urls", type=int, default=100_000)
    parser.add_argument("--sites", type=int, default=60)
    parser.add_argument("--big", type=int, default=60_000)
    chosen = parser.parse_args()
    broken = False
    for urls, site_count in ((chosen.urls, chosen.sites), (chosen.big, 1)):
        with tempfile.TemporaryDirectory() as folder:
            store = fill(Path(folder) / "store.db", urls, site_count)
            print(f"{urls:,} addresses of {site_count} sites, all overdue: CPU ms")
            for name, spent in measure(store, 1, [f"site{n}" for n in range(site_count)]).items():
                bound = BOUNDS.get(name)
                median = statistics.median(spent)
                is_over = bound is not None and median > bound
                broken |= is_over
                told = f"bound {bound:g}" + " BROKEN" * is_over if bound else ""
                print(f"  {name:12} median {median:9.3f}  most {max(spent):9.3f}  {told}")
            store.close()
    return broken


if __name__ == "__main__":
    sys.exit(main())
