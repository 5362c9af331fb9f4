"""What the planner may spend: requests per hour and site, from schedule and site files."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from crawlers.site import Site
from monitor.schedule import Schedule
from pipelines.hazard import Seen
from pipelines.store import nightly
from pipelines.store.opening import Store


def budgets(sites: Mapping[str, Site], schedule: Schedule) -> dict[str, float]:
    """Each scheduled site's requests per hour: the schedule's, never above the site file's."""
    return {
        name: float(min(plan.requests_per_hour or most, most))
        for name, plan in schedule.sites.items()
        if name in sites
        for most in [sites[name].requests_per_hour]
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Learned:
    """What a night taught: observed hours and edits by age, and each site's new price."""

    seen: Seen
    prices: Mapping[str, float]


def learn(store: Store, granted: Mapping[str, float], now: datetime) -> Learned:
    """Learn the rates by age from the store, then set each site's price from its budget."""
    seen = nightly.learn_rates(store, now)
    return Learned(seen=seen, prices=nightly.set_prices(store, granted, now))
