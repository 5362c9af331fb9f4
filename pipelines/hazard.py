"""How often news is edited, by age: a table of rates, its integrals, and how it is learned. Pure.

Ages and spans are hours, rates are edits per hour of an average article. The start values
are those of title edits polled every 15 minutes (291,666 articles, Timmerman, Ghent), with
an archive's slow end; a store of some weeks knows its own portals better.
"""

import math
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final

AGES: Final = (0.0, 0.25, 0.5, 1.0, 2.0, 3.0, 6.0, 12.0, 24.0, 48.0, 96.0, 168.0, 336.0, 720.0)
"""Where the bins begin."""
START: Final = (
    0.20,
    0.11,
    0.095,
    0.070,
    0.055,
    0.044,
    0.030,
    0.016,
    0.0045,
    0.0015,
    0.0006,
    0.0003,
    0.0001,
    0.00003,
)
ARCHIVE: Final = ((2160.0, 0.3), (8760.0, 0.06))
"""Beyond the last bin: ages, and the share of its rate that is left there."""
EDGES: Final = (*AGES, *(age for age, _ in ARCHIVE))
TRUST: Final = 20.0
"""The start table counts as much as that many edits seen in each bin."""
WITHDRAWALS: Final = 0.00064
"""Withdrawals per hour of a new article; they fade as (1 + age / 30 h) ** -1.8."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hazard:
    """Rates by age, with what is summed of them once. Made by :func:`hazard`.

    ``rates``: of each of ``EDGES``' bins; ``edits``: expected up to each edge;
    ``withdrawals``: the mean rate of each bin.
    """

    rates: tuple[float, ...]
    edits: tuple[float, ...]
    withdrawals: tuple[float, ...]


@lru_cache(maxsize=64)
def hazard(learned: tuple[float, ...] = START) -> Hazard:
    """The table with one rate for each of ``AGES``."""
    if len(learned) != len(AGES):
        raise ValueError(f"{len(learned)} rates for {len(AGES)} ages")
    rates = (*learned, *(learned[-1] * share for _, share in ARCHIVE))
    edits = [0.0]
    for rate, (start, end) in zip(rates, pairwise(EDGES), strict=False):
        edits.append(edits[-1] + rate * (end - start))
    ends = (*EDGES[1:], EDGES[-1] * 10)
    spans = zip(EDGES, ends, strict=True)
    return Hazard(
        rates=rates,
        edits=tuple(edits),
        withdrawals=tuple(withdrawals(start, end) / (end - start) for start, end in spans),
    )


def withdrawals(start: float, end: float) -> float:
    """Withdrawals expected of one article between two ages."""
    return WITHDRAWALS * 30 / 0.8 * (math.pow(1 + start / 30, -0.8) - math.pow(1 + end / 30, -0.8))


def expected(table: Hazard, start: float, end: float) -> float:
    """Edits expected of an average article between two ages."""
    return _up_to(table, end) - _up_to(table, start)


def _up_to(table: Hazard, age: float) -> float:
    if age <= 0:
        return 0.0
    place = bisect_right(EDGES, age) - 1
    return table.edits[place] + table.rates[place] * (age - EDGES[place])


def found(expectation: float) -> float:
    """How many edits a look that found the page changed stands for: E[N | N > 0].

    As in Cho & Garcia-Molina 2003, "Estimating frequency of change".
    """
    return expectation / -math.expm1(-expectation) if expectation > 1e-9 else 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What was observed, by bin of ``AGES``: hours under observation, and edits found."""

    hours: tuple[float, ...]
    edits: tuple[float, ...]


def observed(
    table: Hazard,
    spans: Iterable[tuple[float, float]],
    changes: Iterable[tuple[float, float, float]],
) -> Seen:
    """Sum up ``spans`` (ages from the first look to the last) and ``changes``.

    A change is the ages between which it fell, and for how many edits it stands; they are
    shared out to the bins as ``table`` expects them there.
    """
    hours, edits = [0.0] * len(AGES), [0.0] * len(AGES)
    for start, end in spans:
        for place, part in _parts(start, end):
            hours[place] += part
    for start, end, count in changes:
        shares = [(place, table.rates[place] * part) for place, part in _parts(start, end)]
        total = sum(share for _, share in shares)
        for place, share in shares:
            edits[place] += count * share / total
    return Seen(hours=tuple(hours), edits=tuple(edits))


def _parts(start: float, end: float) -> list[tuple[int, float]]:
    """The bins between two ages, and the hours in each; ages beyond the archive's are left out."""
    parts = []
    start, end = max(start, 0.0), min(end, ARCHIVE[0][0])
    for place in range(max(bisect_right(AGES, start) - 1, 0), len(AGES)):
        if AGES[place] >= end:
            break
        bound = AGES[place + 1] if place + 1 < len(AGES) else end
        part = min(end, bound) - max(start, AGES[place])
        if part > 0:
            parts.append((place, part))
    return parts


def learn(seen: Seen, start: Sequence[float] = START) -> tuple[float, ...]:
    """The rates that ``seen`` tells, each drawn towards the start table by ``TRUST`` edits."""
    return tuple(
        (edits + TRUST) / (hours + TRUST / rate)
        for hours, edits, rate in zip(seen.hours, seen.edits, start, strict=True)
    )
