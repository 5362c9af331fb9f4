"""Rules that say when to look again, other people's and ours, each in plain fast code.

Every rule gives an article a gap after each look; of all articles of a host the one is looked
at next whose (now - last look) / gap is greatest. So the peers always use the whole budget
and are never behind a queue of their own making: the strongest form of each.
"""

# ruff: noqa: ARG002 - every rule is asked the same
import math
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Sequence

from news_world import AGES, BRANCHING, BURST_HOURS, RATES, Story

STEP = 1.15


class Rule(ABC):
    """Articles by class of gap; within a class the one looked at longest ago comes first."""

    shortest = 1 / 60
    due_only = False

    def __init__(self) -> None:
        self._classes: dict[int, deque[Story]] = {}
        self._gaps: dict[int, float] = {}

    @abstractmethod
    def gap(self, story: Story, now: float, changed: bool) -> float:
        """The gap after a look at ``now``; 0 to drop the article."""

    def looked(self, story: Story, now: float, changed: bool) -> None:
        gap = self.gap(story, now, changed)
        if gap > 0:
            place = int(math.log(max(gap, self.shortest) / self.shortest) / math.log(STEP))
            if place not in self._classes:
                self._classes[place] = deque()
                self._gaps[place] = self.shortest * STEP ** (place + 0.5)
            self._classes[place].append(story)

    def next(self, now: float) -> Story | None:
        best, which = 1.0 if self.due_only else 0.0, None
        gaps = self._gaps
        for place, stories in self._classes.items():
            if stories:
                late = (now - stories[0].looked) / gaps[place]
                if late > best:
                    best, which = late, stories
        return which.popleft() if which else None

    def gone(self, story: Story) -> None:  # noqa: B027 - most rules have nothing to forget
        """The article was withdrawn; it is looked at no more."""


class Fixed(Rule):
    def gap(self, story: Story, now: float, changed: bool) -> float:
        return 1.0


class FixedWeek(Rule):
    def gap(self, story: Story, now: float, changed: bool) -> float:
        return 1.0 if now - story.born < 168 else 0.0


class Tiers(Rule):
    """15 minutes, an hour, 6 hours, a day, a week, by age."""

    def gap(self, story: Story, now: float, changed: bool) -> float:
        age = now - story.born
        for until, gap in ((3, 0.25), (24, 1.0), (72, 6.0), (336, 24.0)):
            if age < until:
                return gap
        return 168.0


class Newsdiffs(Rule):
    """newsdiffs' ``get_update_delay``: by the time since the last change."""

    def gap(self, story: Story, now: float, changed: bool) -> float:
        still = now - story.changed
        for until, gap in ((3, 0.25), (24, 1.0), (168, 3.0), (720, 72.0), (8640, 720.0)):
            if still < until:
                return gap
        return 0.0


class Nutch(Rule):
    """Apache Nutch's AdaptiveFetchSchedule: 40 % longer after no change, 20 % shorter after one."""

    def gap(self, story: Story, now: float, changed: bool) -> float:
        if not story.memory:
            story.memory.append(1.0)
        else:
            story.memory[0] *= 0.8 if changed else 1.4
        story.memory[0] = min(max(story.memory[0], 0.1), 720.0)
        return story.memory[0]


class SinceChange(Rule):
    """A share of the time since the last change (the Alex protocol)."""

    def gap(self, story: Story, now: float, changed: bool) -> float:
        return max(now - story.changed, 0.5)


class Oracle(Rule):
    """Knows every article's rate: looks when the integral of its root reaches a price."""

    def __init__(self, stories: Sequence[Story], budget: float, days: float) -> None:
        super().__init__()
        total = sum(_root(story, story.born, days * 24) for story in stories)
        self._price = total / (days * 24 * budget)

    def gap(self, story: Story, now: float, changed: bool) -> float:
        last = story.edits[story.seen - 1] if story.seen else -1e9
        return _until(story, now, last, self._price)


def _rate(story: Story, moment: float, last: float) -> float:
    age = moment - story.born
    place = len(AGES) - 1
    while AGES[place] > age:
        place -= 1
    rate = story.rate * (1 - BRANCHING) * RATES[place]
    if moment < story.live:
        rate += 3.0
    if moment - last < 20:
        rate += BRANCHING / BURST_HOURS * math.exp((last - moment) / BURST_HOURS)
    return rate + 5 * 0.00064 * (1 + age / 30) ** -1.8


def _root(story: Story, start: float, end: float) -> float:
    total, moment, last = 0.0, start, -1e9
    while moment < end:
        step = max((moment - story.born) * 0.1, 0.1)
        total += math.sqrt(_rate(story, moment + step / 2, last)) * step
        moment += step
    return total


def _until(story: Story, start: float, last: float, price: float) -> float:
    moment = start
    for _ in range(1000):
        step = min(max((moment - story.born) * 0.05, 0.02), 24.0)
        if moment - last < 12:
            step = min(step, 0.4)
        worth = math.sqrt(_rate(story, moment + step / 2, last)) * step
        if worth >= price:
            return moment + step * price / worth - start
        price -= worth
        moment += step
    return moment - start
