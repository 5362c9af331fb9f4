"""How often a source lists news, and when to read it again therefore. Pure.

A feed, listing page, home page or sitemap has no age: its rate is a plain Gamma posterior
over what it listed first, of which the old is slowly forgotten. An article found an hour
sooner is worth as much as an edit found an hour sooner, so the price is the same.
"""

import math
from dataclasses import dataclass
from typing import Final

from pipelines.habit import POWER

USUAL: Final = 0.15
"""New articles per hour of a source not known yet."""
WEIGHT: Final = 4.0
"""So many articles does the usual rate count for."""
FORGETS: Final = 30 * 24.0
"""After so many hours what was seen counts 1/e."""
SHORTEST_GAP: Final = 0.2
LONGEST_GAP: Final = 24.0
THIN: Final = 0.2
"""A share of a listing's usual links; below it, nothing is listed as far as we can read."""
TAUGHT_BY_ONE: Final = 0.1
"""How far one reading moves what is usual."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """What a source has brought: ``found`` articles not known before, in ``hours``."""

    found: float = 0.0
    hours: float = 0.0


def after_reading(flow: Flow, *, hours: float, found: int) -> Flow:
    """Remember a reading ``hours`` after the last one, which brought ``found`` new articles."""
    left = math.exp(-hours / FORGETS)
    return Flow(found=flow.found * left + found, hours=flow.hours * left + hours)


def rate(flow: Flow) -> float:
    """New articles per hour."""
    return (WEIGHT + flow.found) / (WEIGHT / USUAL + flow.hours)


def gap(flow: Flow, price: float) -> float:
    """Hours between two readings."""
    return min(max(price / math.pow(rate(flow), POWER), SHORTEST_GAP), LONGEST_GAP)
