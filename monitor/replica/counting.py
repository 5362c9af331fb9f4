"""Pure: how politely a portal was asked, counted from the requests that its server saw.

Everything is by site: a portal's hosts share one queue. Times are the replica's clock's.
"""

import itertools
from collections import defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from protego import Protego

from monitor.replica.answered import Answered
from monitor.replica.portals import portal_at

HOUR = timedelta(hours=1)
ROBOTS = "/robots.txt"
NOTICED_WITHIN = 0.25
"""Real seconds."""


def by_site(requests: Iterable[Answered]) -> dict[str, tuple[Answered, ...]]:
    """Each portal's requests in the order in which they came; those of no portal are left out."""
    found: defaultdict[str, list[Answered]] = defaultdict(list)
    for one in sorted(requests, key=lambda one: (one.started_at, one.number)):
        portal = portal_at(one.host)
        if portal is not None:
            found[portal.site].append(one)
    return {site: tuple(found[site]) for site in sorted(found)}


def overlaps(requests: Sequence[Answered]) -> int:
    """Requests that came while an earlier one of the same site was not yet answered."""
    busy_until = itertools.accumulate((_over(one) for one in requests), max)
    return sum(one.started < end for one, end in zip(requests[1:], busy_until, strict=False))


def _over(one: Answered) -> float:
    """When a request was over; that a client has given up is noticed a little late."""
    return one.ended if one.status else max(one.ended - NOTICED_WITHIN, one.started)


def smallest_gap(requests: Sequence[Answered]) -> timedelta | None:
    """The shortest time between an answer and the next request; None where there is none.

    When a client gave up waiting for an answer, only the client knows.
    """
    pairs = itertools.pairwise(requests)
    return min((new.started_at - one.ended_at for one, new in pairs if one.status), default=None)


def busiest_hour(requests: Sequence[Answered]) -> int:
    """The most requests in any 60 minutes, wherever they begin."""
    recent: deque[datetime] = deque()
    most = 0
    for one in requests:
        recent.append(one.started_at)
        while recent[0] <= one.started_at - HOUR:
            recent.popleft()
        most = max(most, len(recent))
    return most


def hasty(requests: Sequence[Answered]) -> tuple[Answered, ...]:
    """Requests that came before the time was over that an answer's Retry-After asked to wait."""
    found: list[Answered] = []
    free_at: datetime | None = None
    for one in requests:
        if free_at is not None and one.started_at < free_at:
            found.append(one)
        if one.retry_after:
            free_at = max(
                one.ended_at + timedelta(seconds=one.retry_after), free_at or one.ended_at
            )
    return tuple(found)


def forbidden(requests: Sequence[Answered], agent: str) -> tuple[Answered, ...]:
    """Requests for what their host's robots.txt, as it was given last, forbids ``agent``.

    A host that gave none (404) forbids nothing; one that was never asked for it everything.
    """
    rules: dict[str, Protego | None] = {}
    found: list[Answered] = []
    for one in requests:
        if one.path == ROBOTS:
            if one.robots is not None:
                rules[one.host] = Protego.parse(one.robots)
            elif 400 <= one.status < 500:
                rules[one.host] = None
        elif one.host not in rules or not _allows(rules[one.host], one, agent):
            found.append(one)
    return tuple(found)


def _allows(rules: Protego | None, asked: Answered, agent: str) -> bool:
    return rules is None or bool(rules.can_fetch(f"https://{asked.host}{asked.path}", agent))


def without_robots(requests: Sequence[Answered], longest: timedelta) -> tuple[Answered, ...]:
    """Answers of a host whose robots.txt was had longer ago than ``longest``, and not since.

    What a host leaves unanswered is not counted: a run that waits for it may outlive a copy.
    """
    had: dict[str, datetime] = {}
    found: list[Answered] = []
    for one in requests:
        if one.path == ROBOTS and (one.robots is not None or 400 <= one.status < 500):
            had[one.host] = one.ended_at
        elif one.status and one.path != ROBOTS and _age(one, had) > longest:
            found.append(one)
    return tuple(found)


def _age(asked: Answered, had: Mapping[str, datetime]) -> timedelta:
    return asked.started_at - had.get(asked.host, asked.started_at)
