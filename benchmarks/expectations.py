"""Findings over simulated sites: how many are false in a year, how soon true ones are found.

``python benchmarks/expectations.py [--years 6] [--seed 1]`` prints both tables. Articles come
as a Poisson process whose rate follows weekday and hour, with good and bad days (gamma, so
that days differ by 40 %), heaps (one in ten articles brings up to six others), feasts on which
offices rest, and Tết, when everybody does. The monitor reads each half hour.

*silent* is judged each hour, *too_many* each sixth hour, *extraction_broken* once a day; what
opens and closes between two judgements is not counted. While the latest article is younger than
twenty hours and the listings are full, *silent* is taken to be false unasked, as no rule says
otherwise. In the second table texts that are cut are judged 6, 12, 18, 24 and 48 hours after
they break, and what breaks has been known for 45 days at least.

On the sites on which all is well nothing tries these paths, so the first table says nothing of
them: what a site's file expects (``expect``), since all is learned; listings that are thin for a
while, since they are always full; a monitor or a portal that was away, since every reading
succeeds; pages that fit no known layout, and sites that are used to undated pages. Pages that
are read badly come one by one, never as a day of films, and the texts of former days are drawn
anew each day.
"""

import argparse
import random
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from statistics import median, quantiles
from typing import Final

from monitor.expectations import DAY, LEAST_SILENCE, Yield
from monitor.legibility import extraction_broken
from monitor.newsflow import silent, too_many
from monitor.vitals import Judgement, Vitals
from pipelines.store.vitals import RHYTHM

HOUR: Final = timedelta(hours=1)
LOCAL: Final = timedelta(hours=7)
BEGIN: Final = datetime(2026, 3, 10, tzinfo=UTC)
BY_HOUR: Final = (*[0.05] * 5, 0.5, *[1.5] * 12, *[1.0] * 4, *[0.3] * 2)
TET: Final = {2027: (2, 4), 2028: (1, 24), 2029: (2, 11), 2030: (2, 1), 2031: (1, 21)}
"""First of nine days of rest: (month, day)."""
FEASTS: Final = ((4, 30), (5, 1), (9, 1), (9, 2), (1, 1))
FAULTS: Final = {"empty": 0.02, "short": 0.06, "undated": 0.01}
"""Shares of pages that are read badly on a site that is well: films, photographs."""
RECHECKS: Final = 15
"""Known articles looked at in a day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of site: articles on a working day, and shares of it on Saturday and Sunday."""

    name: str
    a_day: float
    saturday: float
    sunday: float
    is_office: bool = False


KINDS: Final = (
    Kind(name="newspaper, 100 a day", a_day=100, saturday=0.7, sunday=0.6),
    Kind(name="newspaper, 30 a day", a_day=30, saturday=0.7, sunday=0.6),
    Kind(name="newspaper, 10 a day", a_day=10, saturday=0.7, sunday=0.6),
    Kind(name="newspaper, 5 a day", a_day=5, saturday=0.8, sunday=0.8),
    Kind(name="office, 15 a day", a_day=15, saturday=0.1, sunday=0.02, is_office=True),
    Kind(name="office, 5 a day", a_day=5, saturday=0.05, sunday=0.0, is_office=True),
    Kind(name="office, 1 a day", a_day=1, saturday=0.05, sunday=0.0, is_office=True),
)


def arrivals(kind: Kind, days: int, rng: random.Random) -> list[datetime]:
    """When the monitor meets each article."""
    met: list[datetime] = []
    for number in range(days):
        day = BEGIN + number * DAY
        rate = kind.a_day / 24 / 1.35 * _share(kind, day) * rng.gammavariate(6, 1 / 6)
        for hour, weight in enumerate(BY_HOUR):
            for _ in range(_poisson(rate * weight * 24 / sum(BY_HOUR), rng)):
                at = day - LOCAL + (hour + rng.random()) * HOUR
                heap = 1 + (rng.randint(1, 6) if rng.random() < 0.1 else 0)
                met += [at + rng.random() * HOUR / 4 for _ in range(heap)]
    return sorted(_at_reading(one) for one in met)


def _share(kind: Kind, day: datetime) -> float:
    month, first = TET.get(day.year, (2, 1))
    tet = datetime(day.year, month, first, tzinfo=UTC)
    if tet <= day < tet + (9 if kind.is_office else 3) * DAY:
        return 0.0
    if kind.is_office and (day.month, day.day) in FEASTS:
        return 0.0
    return {5: kind.saturday, 6: kind.sunday}.get(day.weekday(), 1.0)


def _poisson(mean: float, rng: random.Random) -> int:
    count, spent = 0, rng.expovariate(1)
    while spent < mean:
        count, spent = count + 1, spent + rng.expovariate(1)
    return count


def _at_reading(moment: datetime) -> datetime:
    return moment + timedelta(seconds=1800 - moment.timestamp() % 1800)


@dataclass(frozen=True, slots=True, kw_only=True)
class Break:
    """What breaks ``at`` a moment: no news is listed (``stale``), no link is recognised
    (``blank``), texts are cut (``cut``), or sections are taken for articles (``flood``).
    """

    what: str
    at: datetime


def judged(met: Sequence[datetime], now: datetime, broken: Break | None) -> Iterator[Judgement]:
    """What the rules of newsflow say; where nothing is overdue, silence is not asked about."""
    known = met[: bisect_right(met, now)]
    if not known:
        return
    start = bisect_left(known, known[-1] - RHYTHM * DAY)
    well_at = min(now, broken.at) if broken and broken.what == "blank" else now
    seen = Vitals(
        site="bao",
        baseline_at=BEGIN - DAY,
        arrivals=tuple(known[start:]),
        sources_read_at=now,
        yields=(Yield(listed=0 if well_at < now else 40, usual=40.0, well_at=well_at),),
    )
    if now - known[-1] > LEAST_SILENCE or well_at < now:
        yield silent(seen, now)
    else:
        yield Judgement(kind="silent", is_wrong=False)
    if now.hour % 6 == 0:
        yield too_many(seen, now)


def read_today(kind: Kind, now: datetime, cut: bool, rng: random.Random) -> Judgement:
    """What is said of the pages of a day, ``cut`` or not."""
    new = _poisson(kind.a_day, rng)
    pages = new + RECHECKS
    before = [_length(rng) for _ in range(int(kind.a_day * 20))]
    length = (lambda: rng.randint(20, 120)) if cut else (lambda: _length(rng))
    empty = sum(rng.random() < (0.5 if cut else FAULTS["empty"]) for _ in range(pages))
    lengths = tuple(length() for _ in range(new))
    seen = Vitals(
        site="bao",
        baseline_at=BEGIN,
        read=pages - empty,
        empty=empty,
        dated_or_not=new,
        undated=sum(rng.random() < FAULTS["undated"] for _ in range(new)),
        dated_or_not_before=len(before),
        lengths=lengths,
        lengths_before=tuple(before),
    )
    return extraction_broken(seen, now)


def _length(rng: random.Random) -> int:
    if rng.random() < FAULTS["short"]:
        return rng.randint(30, 300)
    return int(rng.lognormvariate(7.6, 0.5))


def false_findings(kind: Kind, years: int, seed: int) -> dict[str, float]:
    """Findings opened in a year of a site on which nothing is wrong, by kind."""
    opened = {"silent": 0, "too_many": 0, "extraction_broken": 0}
    rng = random.Random(f"{seed} {kind.name}")
    days = 365 * years
    met = arrivals(kind, days, rng)
    is_open: dict[str, bool] = {}
    for hour in range(24 * days):
        now = BEGIN + hour * HOUR
        told = list(judged(met, now, None))
        if hour % 24 == 0:
            told.append(read_today(kind, now, False, rng))
        for one in told:
            if one.is_wrong and not is_open.get(one.kind):
                opened[one.kind] += 1
            if one.is_wrong is not None:
                is_open[one.kind] = one.is_wrong
    return {name: count / years for name, count in opened.items()}


def hours_until_found(kind: Kind, what: str, worlds: int, seed: int) -> list[float]:
    """Hours from a break to its finding, a world each."""
    found = []
    for world in range(worlds):
        rng = random.Random(f"{seed} {kind.name} {what} {world}")
        broken = Break(what=what, at=BEGIN + rng.uniform(45, 75) * DAY)
        met = [one for one in arrivals(kind, 110, rng) if one < broken.at or what == "flood"]
        if what == "flood":
            met = sorted([*met, *[_at_reading(broken.at)] * (60 + int(kind.a_day * 6))])
        found.append(_found_after(met, kind, broken, rng))
    return found


def _found_after(met: list[datetime], kind: Kind, broken: Break, rng: random.Random) -> float:
    for hours in range(1, 24 * 30):
        now = broken.at + hours * HOUR
        if broken.what == "cut":
            # A page is told from a film after a day of pages at the latest.
            part = replace(kind, a_day=kind.a_day * min(hours, 24) / 24)
            told = [read_today(part, now, True, rng)] if hours in (6, 12, 18, 24, 48) else []
        else:
            told = [replace(one) for one in judged(met, now.replace(minute=0), broken)]
        if any(one.is_wrong for one in told):
            return float(hours)
    return float(24 * 30)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--years", type=int, default=6)
    parser.add_argument("--worlds", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    print(f"seed {chosen.seed}; {chosen.years} years of each kind of site on which all is well")
    print(f"{'findings a year':24} {'silent':>8} {'too_many':>9} {'extraction_broken':>18}")
    for kind in KINDS:
        rates = false_findings(kind, chosen.years, chosen.seed)
        cells = [rates["silent"], rates["too_many"], rates["extraction_broken"]]
        print(f"{kind.name:24} {cells[0]:8.2f} {cells[1]:9.2f} {cells[2]:18.2f}")
    print(f"\nhours until it is found: median (nine of ten), {chosen.worlds} worlds each")
    print(f"{'':24} {'no link recognised':>20} {'texts cut':>14} {'flood':>14} {'stale list':>16}")
    for kind in KINDS:
        cells = []
        for what in ("blank", "cut", "flood", "stale"):
            hours = hours_until_found(kind, what, chosen.worlds, chosen.seed)
            cells.append(f"{median(hours):.0f} ({quantiles(hours, n=10)[-1]:.0f})")
        print(f"{kind.name:24} {cells[0]:>20} {cells[1]:>14} {cells[2]:>14} {cells[3]:>16}")


if __name__ == "__main__":
    main()
