"""What a look must be worth for a site's budget to suffice. Pure.

An article asks for (integral of rate ** POWER) / price looks, a source likewise, so the price
that meets a budget is a quotient.
"""

from dataclasses import dataclass
from typing import Final

CHEAPEST: Final = 0.03
"""No lower, however rich the budget: an article of today is then asked for every ten minutes."""
DEAREST: Final = 1000.0
LEAST_SHARE: Final = 0.2
"""Of the budget, left for rechecks even where news and second looks would take it all."""

EAGER: Final = 0.6
"""Share of the demand that is reckoned with. Too much is asked for then, and what is most
overdue comes first; measured, that finds edits as soon as any exact price, and no request of
a busy site stays unused.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """What an hour of one site asks for, averaged over days.

    ``articles`` and ``sources``: looks at a price of 1; ``fixed``: requests at any price, for
    new articles and for second looks.
    """

    articles: float
    sources: float
    fixed: float

    def requests(self, price: float) -> float:
        """Requests per hour at a price."""
        return (self.articles + self.sources) / price + self.fixed


def price(demand: Demand, requests_per_hour: float) -> float:
    """The price at which an EAGER share of the demand meets the budget, within bounds."""
    left = max(requests_per_hour - demand.fixed, requests_per_hour * LEAST_SHARE)
    return min(max(EAGER * (demand.articles + demand.sources) / left, CHEAPEST), DEAREST)
