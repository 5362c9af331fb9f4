"""A simulated world of news: what is published, edited and withdrawn, and when.

Calibrated, not observed: rates by age, their spread between articles (Gamma, so that an
article edited before is edited again at a rate linear in the number), bursts (each edit
brings others, 0.2 on average within some hours), live pages and withdrawals are those that
docs/decisions.md names the sources of. Hours since the start of the simulation throughout.
"""

import math
from dataclasses import dataclass, field
from itertools import pairwise
from random import Random
from statistics import NormalDist

AGES = (0, 0.25, 0.5, 1, 2, 3, 6, 12, 24, 48, 96, 168, 336, 720, 2160, 8760)
RATES = (0.2, 0.11, 0.095, 0.07, 0.055, 0.044, 0.03, 0.016)
RATES += (0.0045, 0.0015, 0.0006, 0.0003, 0.0001, 0.00003, 0.000009, 0.0000018)
"""Edits per hour of an average article from each of those ages on, bursts included."""
ARTICLES_PER_HOST = 20_000 / 60
"""In 90 days."""
SPREAD_OF_HOSTS = 1.1
"""Sigma of the lognormal of articles per host."""
SHAPE = 0.55
"""Of the Gamma of rates of articles."""
BRANCHING, BURST_HOURS = 0.2, 2.5
LIVE_SHARE, LIVE_HOURS, LIVE_RATE = 0.01, (4.0, 12.0), 3.0
RESTLESS_SHARE = 0.03


@dataclass(slots=True, kw_only=True)
class Story:
    """An article as it truly is. ``live`` is the end of its time as a live page.

    ``restless``: it shows another text at every look. What a rule does with it is kept in
    the last four fields by the run.
    """

    number: int
    host: int
    born: float
    rate: float
    edits: tuple[float, ...]
    gone: float
    live: float
    restless: bool
    read: float = -1.0
    looked: float = -1.0
    changed: float = -1.0
    seen: int = 0
    memory: list[float] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """``quiet``: the hosts publish a tenth; ``restless``: the share of restless pages."""

    quiet: bool = False
    restless: float = 0.0


def make(seed: int, *, hosts: int, days: float, kind: Kind = Kind()) -> list[list[Story]]:
    """The stories of each host in order of publication; a seed and its size give one world."""
    random = Random(seed)
    return [_host(random, host, hosts, days, kind) for host in range(hosts)]


def _host(random: Random, host: int, hosts: int, days: float, kind: Kind) -> list[Story]:
    # Hosts' sizes are spread evenly over their distribution: worlds differ less.
    size = NormalDist(0, SPREAD_OF_HOSTS).inv_cdf((host + 0.5) / hosts)
    others = [NormalDist(0, SPREAD_OF_HOSTS).inv_cdf((n + 0.5) / hosts) for n in range(hosts)]
    share = math.exp(size) / (sum(math.exp(each) for each in others) / hosts)
    rate = ARTICLES_PER_HOST / 90 / 24 * share * (0.1 if kind.quiet else 1.0)
    stories, moment = [], random.expovariate(rate)
    while moment < days * 24:
        stories.append(_story(random, len(stories), host, moment, days * 24, kind))
        moment += random.expovariate(rate)
    return stories


def _story(random: Random, number: int, host: int, born: float, end: float, kind: Kind) -> Story:
    rate = random.gammavariate(SHAPE, 1 / SHAPE)
    live = born + random.uniform(*LIVE_HOURS) if random.random() < LIVE_SHARE else born
    gone = born + _withdrawn(random)
    edits = _own(random, born, rate, end) + _poisson(random, LIVE_RATE, born, live)
    edits += _bursts(random, edits)
    return Story(
        number=number,
        host=host,
        born=born,
        rate=rate,
        edits=tuple(sorted(each for each in edits if each < min(gone, end))),
        gone=gone,
        live=live,
        restless=random.random() < kind.restless,
    )


def _own(random: Random, born: float, rate: float, end: float) -> list[float]:
    own = (1 - BRANCHING) * rate
    edges = (*AGES, AGES[-1] * 10)
    found: list[float] = []
    for usual, (first, last) in zip(RATES, pairwise(edges), strict=True):
        found += _poisson(random, own * usual, born + first, min(born + last, end))
    return found


def _poisson(random: Random, rate: float, start: float, end: float) -> list[float]:
    found, moment = [], start + random.expovariate(rate) if rate > 0 else end
    while moment < end:
        found.append(moment)
        moment += random.expovariate(rate)
    return found


def _bursts(random: Random, edits: list[float]) -> list[float]:
    """Each edit brings others, and those bring others."""
    found, parents = [], edits
    while parents:
        children = [
            parent + random.expovariate(1 / BURST_HOURS)
            for parent in parents
            for _ in _poisson(random, BRANCHING, 0.0, 1.0)
        ]
        found += children
        parents = children
    return found


def _withdrawn(random: Random) -> float:
    """The age at which a story is withdrawn: hazard 0.00064 (1 + age / 30) ** -1.8 per hour."""
    total = 0.00064 * 30 / 0.8
    needed = random.expovariate(1.0)
    if needed >= total:
        return float("inf")
    return 30 * ((1 - needed / total) ** (-1 / 0.8) - 1)
