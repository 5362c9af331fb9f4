"""One rule on one host's world: which edits it finds, and how late."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from news_world import Story
from recheck_rules import Rule

LISTINGS = 0.25
"""Share of the requests that reads listings, the same for every rule."""
CAP = 168.0
"""Hours; an edit found later, or never, counts as found then."""
WARM_UP = 240.0


@dataclass(slots=True, kw_only=True)
class Outcome:
    """Delays in hours. ``missed``: edits not seen within a week, ``overwritten``: never seen."""

    delays: list[float] = field(default_factory=list)
    news: list[float] = field(default_factory=list)
    withdrawals: list[float] = field(default_factory=list)
    missed: int = 0
    overwritten: int = 0
    requests: int = 0


class Newsdesk:
    """Finds, reads and looks at the stories of one host, and counts what it is worth."""

    def __init__(self, stories: Sequence[Story], outcome: Outcome, days: float) -> None:
        self._stories = stories
        self._outcome = outcome
        self._listed = 0
        self._end = days * 24 - CAP
        self.unread: list[Story] = []
        self.extra = 0
        """Requests that are owed: second looks."""

    def poll(self, now: float) -> None:
        """Read the listing."""
        self._outcome.requests += 1
        while self._listed < len(self._stories) and self._stories[self._listed].born <= now:
            self.unread.append(self._stories[self._listed])
            self._listed += 1

    def read(self, story: Story, now: float) -> bool:
        """The first look; False when the story is gone already."""
        self._outcome.requests += 1
        if story.gone <= now:
            return False
        story.read = story.looked = now
        story.changed = story.born
        story.seen = sum(each <= now for each in story.edits)
        if WARM_UP < story.born < self._end:
            self._outcome.news.append(now - story.born)
        return True

    def look(self, story: Story, now: float) -> str:
        """What a look shows: ``same``, ``changed`` or ``gone``."""
        self._outcome.requests += 1
        changed = self._count(story, min(now, story.gone), now)
        if story.gone <= now:
            if WARM_UP < story.gone < self._end:
                self._outcome.withdrawals.append(min(now - story.gone, CAP))
            self.extra += 1
            story.looked = now
            return "gone"
        story.looked = now
        if changed or story.restless:
            story.changed = now
            self.extra += 1
            return "changed"
        return "same"

    def confirm(self) -> None:
        """A second look."""
        self.extra -= 1
        self._outcome.requests += 1

    def _count(self, story: Story, until: float, now: float) -> bool:
        """Count the edits up to ``until`` as found ``now``."""
        edits, first = story.edits, story.seen
        while story.seen < len(edits) and edits[story.seen] <= until:
            edit = edits[story.seen]
            story.seen += 1
            if WARM_UP < edit < self._end and not story.restless:
                lost = now - edit > CAP or story.gone <= now
                self._outcome.delays.append(CAP if lost else now - edit)
                self._outcome.missed += lost
                followed = story.seen < len(edits) and edits[story.seen] <= until
                self._outcome.overwritten += followed
        return story.seen > first

    def close(self) -> None:
        """What was never looked at again counts too."""
        for story in self._stories:
            if story.read < 0:
                continue
            self._count(story, float("inf"), self._end + 2 * CAP)
            if WARM_UP < story.gone < self._end and story.looked < story.gone:
                self._outcome.withdrawals.append(CAP)


class Host:
    """One host under one rule: spends ``budget`` requests per hour in even slots."""

    def __init__(self, stories: Sequence[Story], rule: Rule, budget: float, days: float) -> None:
        self.outcome = Outcome()
        self._desk = Newsdesk(stories, self.outcome, days)
        self._rule = rule
        self._slot, self._polls = 1 / (budget * (1 - LISTINGS)), 1 / (budget * LISTINGS)
        self._now, self._poll = 0.0, 0.0

    def until(self, moment: float) -> None:
        while self._now < moment:
            if self._poll <= self._now:
                self._desk.poll(self._poll)
                self._poll += self._polls
            spend(self._desk, self._rule, self._now)
            self._now += self._slot

    def close(self) -> Outcome:
        self._desk.close()
        return self.outcome


def spend(desk: Newsdesk, rule: Rule, now: float) -> None:
    """One request: a second look that is owed, else an unread story, else what the rule says."""
    if desk.extra:
        desk.confirm()
    elif desk.unread:
        story = desk.unread.pop()
        if desk.read(story, now):
            rule.looked(story, now, False)
    elif story := rule.next(now):
        shown = desk.look(story, now)
        if shown == "gone":
            rule.gone(story)
        else:
            rule.looked(story, now, shown == "changed")
