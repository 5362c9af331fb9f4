"""The night's work on the store, a process of its own: learning, retention, a check-up.

``python -m monitor.upkeep`` does all of it; ``… prices`` only what a new budget asks for.
"""

import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from crawlers.clock import Clock, clock_from_environment
from crawlers.errors import UserError
from crawlers.site import Site
from monitor.budgets import budgets, learn
from monitor.checkup import check_up
from monitor.configuration import read_configuration
from monitor.project import find_project
from monitor.schedule import Schedule
from pipelines.errors import StoreError
from pipelines.store import nightly
from pipelines.store.care import apply_retention, tidy_log
from pipelines.store.ended import remove_ended
from pipelines.store.opening import Store, open_store


@dataclass(frozen=True, slots=True, kw_only=True)
class Night:
    """What each of the steps is given."""

    store: Store
    schedule: Schedule
    granted: dict[str, float]
    sites: Mapping[str, Site]
    clock: Clock

    @property
    def now(self) -> datetime:
        """Asked anew by each step: what goes before it may take minutes."""
        return self.clock.now()


def set_prices(night: Night) -> str:
    prices = nightly.set_prices(night.store, night.granted, night.now)
    return f"{len(prices)} prices set"


def learn_rates(night: Night) -> str:
    learned = learn(night.store, night.granted, night.now)
    return f"learned from {sum(learned.seen.edits):.0f} edits"


def retain(night: Night) -> str:
    done = apply_retention(night.store, night.schedule.stored_pages, night.now)
    tidy_log(night.store)
    above = "; what is needed alone is above the limit" if done.is_above else ""
    return (
        f"{done.removed} stored pages removed, {done.freed / 1e6:.1f} MB freed, "
        f"{done.left / 1e6:.1f} MB left{above}"
    )


def clear_post(night: Night) -> str:
    return f"{remove_ended(night.store, night.now)} rows of what was told long ago removed"


def examine(night: Night) -> str:
    whole = {site: int(granted) for site, granted in night.granted.items()}
    turns = check_up(night.store, whole, clock=night.clock, configured=night.sites)
    return "; ".join(turn.line for turn in turns) or "nothing new was found wrong"


Step = Callable[[Night], str]
STEPS: Final[dict[str, tuple[Step, ...]]] = {
    "night": (learn_rates, clear_post, retain, examine),
    "prices": (set_prices,),
}


def main(kind: str = "night") -> int:
    """Do the steps, each whatever became of the others; the exit status is 1 if one failed."""
    project = find_project()
    configuration = read_configuration(project, archives=False)
    store = open_store(project.store)
    night = Night(
        store=store,
        schedule=configuration.schedule,
        granted=budgets(configuration.sites, configuration.schedule),
        sites=configuration.sites,
        clock=clock_from_environment(os.environ),
    )
    failed = False
    for step in STEPS[kind]:
        try:
            print(step(night), flush=True)  # noqa: T201
        except StoreError as error:
            failed = True
            print(f"{step.__name__} failed: {error}", flush=True)  # noqa: T201
    store.close()
    return int(failed)


if __name__ == "__main__":
    try:
        sys.exit(main(*sys.argv[1:]))
    except UserError as error:
        sys.exit(str(error))
