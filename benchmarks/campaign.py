"""Pure: a campaign of the soak: what happens on six portals, and to the daemon, day by day."""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from monitor.replica.faults import Outage, OutageKind
from monitor.replica.newsroom import HOURS_BETWEEN, MOVING, Plot

START = datetime(2026, 3, 2, 1, tzinfo=UTC)
QUIET_DAYS = {5: 2}
"""Days at the end in which nothing happens, by length; else three."""
OUTAGES: tuple[tuple[OutageKind, int, int], ...] = (
    # kind, hours, seconds of Retry-After
    ("hang", 20, 0),
    ("busy", 12, 1200),
    ("reset", 14, 0),
    ("robots_error", 40, 0),
    ("cookie_wall", 14, 0),
    ("forbidden", 24, 0),
    ("busy", 14, 5400),
    ("hang", 30, 0),
)
SHORT_ONES: tuple[tuple[OutageKind, int, int], ...] = (
    ("hang", 26, 0),
    ("busy", 14, 1200),
    ("reset", 14, 0),
)
"""Longer where crawls are rarer; a request that hangs takes five real seconds."""
OF_ROBOTS = ("robots_error", "forbidden")
TOLD_AS: Mapping[OutageKind, frozenset[str]] = {
    "hang": frozenset({"unreachable", "unanswered"}),
    "reset": frozenset({"unreachable", "unanswered"}),
    "robots_error": frozenset({"unreachable"}),
    "busy": frozenset({"unreachable", "unanswered"}),
    "cookie_wall": frozenset({"blocked", "page_blocked"}),
    "forbidden": frozenset({"robots_forbids"}),
}
"""The kinds of finding by which an outage may be told."""
STORMY = frozenset({"template_changed", "layout_drift", "many_differ"})
"""Those by which a new template may be told; each of them once."""
WITH_ROBOTS = ("baohatinh", "baoninhbinh", "baoquangninh")
"""Portals that have a robots.txt and stay where they are."""
WITHOUT = ("svhttdl_dienbien", "vietnamvn")


@dataclass(frozen=True, slots=True, kw_only=True)
class Awaited:
    """A finding that must be opened and closed once. ``ends_at`` None: by the campaign's end."""

    site: str
    kinds: frozenset[str]
    begins_at: datetime
    ends_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Campaign:
    """``storm``: the portal that gets a new template, and when. ``kills``: of the daemon."""

    seed: int
    days: int
    plot: Plot
    outages: tuple[Outage, ...]
    storm: tuple[str, datetime]
    kills: tuple[datetime, ...]

    @property
    def editions(self) -> int:
        return self.days * 24 // HOURS_BETWEEN

    @property
    def ends_at(self) -> datetime:
        return START + timedelta(days=self.days)

    @property
    def quiet_from(self) -> datetime:
        """When the last thing happened, or before."""
        return self.ends_at - timedelta(hours=HOURS_BETWEEN * (self.plot.quiet + 1))

    def awaited(self) -> tuple[Awaited, ...]:
        """Every finding that a true monitor has."""
        outages = [
            Awaited(site=o.site, kinds=TOLD_AS[o.kind], begins_at=o.begins_at, ends_at=o.ends_at)
            for o in self.outages
        ]
        site, moment = self.storm
        return (*outages, Awaited(site=site, kinds=STORMY, begins_at=moment, ends_at=None))


def draw(seed: int, *, days: int, kills: int) -> Campaign:
    """The campaign of a seed. Portal, moment and order of the outages are drawn."""
    rng = random.Random(f"soak {seed}")
    quiet = QUIET_DAYS.get(days, 3)
    last = days - quiet
    sites = [*rng.sample(WITH_ROBOTS, 3), *rng.sample(WITHOUT, 2)]
    storm_site = sites.pop(0)
    # Soon after an edition, so that known articles show the new template before new ones do.
    storm_at = START + timedelta(days=int(0.7 * last), hours=1)
    outages = tuple(_outages(rng, last, sites))
    plot = Plot(
        rest=6,
        reverted=6 if days > 5 else 4,
        restored=8 if days > 5 else 5,
        followed=4 if days > 5 else 3,
        oldest=timedelta(days=4),
        sparse=True,
        quiet=quiet * 24 // HOURS_BETWEEN,
        moves_at=days if days > 5 else 4,
        hushed=tuple(map(_hush, outages)),
    )
    return Campaign(
        seed=seed,
        days=days,
        plot=plot,
        outages=outages,
        storm=(storm_site, storm_at),
        kills=tuple(sorted(_kills(rng, days, kills))),
    )


def _outages(rng: random.Random, last: int, sites: list[str]) -> Iterator[Outage]:
    """One after the other, each on a portal that had none for a day, if there is such."""
    kinds = SHORT_ONES if last < 10 else OUTAGES
    first, step = 1.25, (last - 1.25) / len(kinds)
    free_at = dict.fromkeys(sites, START)
    for number, (kind, hours, retry_after) in enumerate(kinds):
        slack = max(step * 24 - hours - 12, 0)
        begins_at = START + timedelta(days=first + step * number, hours=rng.uniform(0, slack))
        fits = [s for s in sites if s in WITH_ROBOTS or kind not in OF_ROBOTS]
        rested = [site for site in fits if free_at[site] <= begins_at]
        site = rng.choice(rested) if rested else min(fits, key=free_at.__getitem__)
        ends_at = begins_at + timedelta(hours=hours)
        free_at[site] = ends_at + timedelta(days=1)
        yield Outage(
            site=site, kind=kind, begins_at=begins_at, ends_at=ends_at, retry_after=retry_after
        )


def _hush(outage: Outage) -> tuple[str, int, int]:
    """Nothing is edited that nobody can have read: from half a day before to a day after."""
    edition = timedelta(hours=HOURS_BETWEEN)
    first = (outage.begins_at - START) // edition
    last = (outage.ends_at + timedelta(days=1) - START) // edition
    return outage.site, first, last


def _kills(rng: random.Random, days: int, number: int) -> Iterator[datetime]:
    """Anywhere but in the last day, which shows that everything was made good."""
    for _ in range(number):
        yield START + timedelta(days=rng.uniform(0.05, days - 1))


def schedule(every: int, requests_per_hour: int) -> str:
    """``schedule.yml``: every site each so many hours, not all at the same minute."""
    lines = ["side_by_side: 3", 'nightly: "02:30"', "unverified: wait", "", "sites:"]
    for number, site in enumerate((*WITH_ROBOTS, MOVING, *WITHOUT)):
        hours = f"{number % every}-23/{every}" if every > 1 else "*"
        lines += [
            f"  {site}:",
            f'    cron: "{7 * number} {hours} * * *"',
            "    jitter: 10m",
            "    quiet: none",
            f"    requests_per_hour: {requests_per_hour}",
        ]
    return "\n".join(lines) + "\n"
