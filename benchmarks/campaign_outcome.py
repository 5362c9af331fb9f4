"""What came of a campaign: what was told, the findings, and what the portals' server saw."""

import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from campaign import START, STORMY, Awaited, Campaign

from crawlers.robots import AGENT, COPY_SERVES
from monitor.rehearsal import Rehearsal, Told, told_and_expected
from monitor.replica import Answered, counting
from monitor.replica.newsroom import HOURS_BETWEEN, MOVING

TO_CLOSE = timedelta(hours=18)
"""After the end of an outage: the rarest probe, a firing and a kill between."""
DELAY = timedelta(seconds=5)
CRAWL_DELAYS = {"baoninhthuan": timedelta(seconds=9)}


def show_changes(drawn: Campaign, rehearsal: Rehearsal) -> bool:
    """Every scripted change told once, and no other.

    That old articles moved with their portal may go untold: nobody looks at them so soon.
    """
    told, expected = told_and_expected(rehearsal)
    optional = Counter(_old_moves(drawn, rehearsal, expected))
    false = told - expected
    missed = expected - told - optional
    print(f"\n{'site':<18}{'expected':>9}{'told':>6}{'false':>7}{'missed':>8}")
    for name in sorted({one.site for one in (*told, *expected)}):
        counts = [
            sum(n for one, n in each.items() if one.site == name)
            for each in (expected, told, false, missed)
        ]
        print(f"{name:<18}{counts[0]:>9}{counts[1]:>6}{counts[2]:>7}{counts[3]:>8}")
    print(
        f"{optional.total()} moves of old articles might be told, {(told & optional).total()} are"
    )
    for word, counted in (("FALSE", false), ("MISSED", missed)):
        for one in sorted(counted.elements()):
            print(word, one)
    return not false and not missed


def _old_moves(drawn: Campaign, rehearsal: Rehearsal, expected: Counter[Told]) -> Iterator[Told]:
    number = drawn.plot.moves_at or 0
    edition = rehearsal.replica.script.editions[number]
    oldest = edition.begins_at - (drawn.plot.oldest or timedelta())
    old = {
        event.before.url
        for event in edition.events
        if event.kind == "moved" and event.before and event.before.published_at < oldest
    }
    for one in expected:
        if one.kind == "moved" and one.article in old:
            yield one


def show_findings(drawn: Campaign, store: Path) -> bool:
    """Each awaited finding opened once and closed once, and no other."""
    left = rows(
        store,
        "SELECT ifnull(sites.name, ''), kind, opened_at, ifnull(closed_at, ''), times, detail "
        "FROM findings LEFT JOIN sites ON sites.id = site_id ORDER BY opened_at",
    )
    awaited, missing, found = drawn.awaited(), [], len(left)
    left = [row for row in left if not _is_true_too(drawn, row)]
    also = found - len(left)
    for one in awaited:
        fitting = next((row for row in left if _fits(one, row)), None)
        if fitting is None:
            missing.append(one)
        else:
            left.remove(fitting)
            if one.kinds is STORMY:
                others = {row[1]: row for row in left if row[1] != fitting[1] and _fits(one, row)}
                left = [row for row in left if row not in others.values()]
    print(
        f"\n{len(awaited)} findings awaited, {found} opened: {len(awaited) - len(missing)} fit, "
        f"{also} more are true (runs that were killed, the quiet days at the end)"
    )
    for one in missing:
        print("MISSED", one.site, *one.kinds, f"{one.begins_at:%m-%d %H:%M}", one.ends_at)
    for row in left:
        print("FALSE", *row)
    return not missing and not left


def _is_true_too(drawn: Campaign, row: Sequence[str]) -> bool:
    """A run that was killed is dead until the next one; a portal that moves says so; and at the
    end nothing appears.
    """
    site, kind, opened, closed, *_ = row
    if kind == "dead_run":
        return bool(closed)
    if kind == "portal_moves":
        moves_at = START + timedelta(hours=HOURS_BETWEEN * (drawn.plot.moves_at or 0))
        return site == MOVING and datetime.fromisoformat(opened) > moves_at
    return kind == "silent" and datetime.fromisoformat(opened) > drawn.quiet_from


def _fits(one: Awaited, row: Sequence[str]) -> bool:
    site, kind, opened, closed, *_ = row
    if site != one.site or kind not in one.kinds or not closed:
        return False
    opened_at, closed_at = map(datetime.fromisoformat, (opened, closed))
    if one.ends_at is None:
        return opened_at >= one.begins_at
    in_time = one.begins_at <= opened_at <= one.ends_at + timedelta(hours=1)
    return in_time and closed_at <= one.ends_at + TO_CLOSE


def show_politeness(requests: Sequence[Answered], budget: int) -> bool:
    right = True
    print(
        f"\n{'site':<18}{'requests':>9}{'worst hour':>11}{'overlaps':>9}{'smallest gap':>13}"
        f"{'forbidden':>10}{'hasty':>6}"
    )
    for site, asked in counting.by_site(requests).items():
        hour, overlaps = counting.busiest_hour(asked), counting.overlaps(asked)
        gap = counting.smallest_gap(asked) or timedelta.max
        stale = counting.without_robots(asked, COPY_SERVES)
        forbidden = len(counting.forbidden(asked, AGENT)) + len(stale)
        hasty = len(counting.hasty(asked))
        print(
            f"{site:<18}{len(asked):>9}{hour:>11}{overlaps:>9}{gap.total_seconds():>11.1f} s"
            f"{forbidden:>10}{hasty:>6}"
        )
        kept = gap >= CRAWL_DELAYS.get(site, DELAY) and hour <= budget
        right &= kept and not (overlaps or forbidden or hasty)
    return right


def rows(store: Path, sql: str) -> list[tuple[str, ...]]:
    connection = sqlite3.connect(store)
    try:
        return connection.execute(sql).fetchall()
    finally:
        connection.close()
