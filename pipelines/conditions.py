"""What is wrong with a site: one condition for its many symptoms, and what ends each. Pure.

An outage shows as timeouts, resets, 5xx and a robots.txt that cannot be had; to people it is
one thing. So a symptom is of a *trouble*, and a trouble is told either of single addresses,
while the site answers others, or of the whole site. What ends a finding is evidence alone:
the place where it was met was asked again, and answered.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal
from urllib.parse import urlsplit

Scope = Literal["address", "host", "site", "robots", "event", "told"]
"""Where a kind of finding stands, and so what ends it (see ``is_over``)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """One condition: its kind where single addresses have it, and where the whole site does."""

    address: str
    site: str


OUTAGE: Final = Trouble(address="unanswered", site="unreachable")
REFUSAL: Final = Trouble(address="page_blocked", site="blocked")
TROUBLES: Final[Mapping[str, Trouble]] = {
    "unreachable": OUTAGE,
    "robots_unreachable": OUTAGE,
    "server_error": OUTAGE,
    "busy": REFUSAL,
    "blocked": REFUSAL,
    "block_page": REFUSAL,
    "cookie_wall": REFUSAL,
}
"""By symptom: the reason of a failure, or the kind of a page that is no article."""
PLACES_TO_BE_EVERYWHERE: Final = 3
"""Addresses in a row that had a trouble, and none that answered: the whole site has it."""

SCOPES: Final[Mapping[str, Scope]] = {
    "unreachable": "site",
    "blocked": "site",
    "certificate": "host",
    "robots_forbids": "robots",
    "template_changed": "event",
    "many_differ": "event",
    "layout_drift": "event",
    "archive_failed": "event",
    "silent": "told",
    "too_many": "told",
    "portal_moves": "told",
    "uncompared": "told",
    "dead_run": "told",
    "extraction_broken": "told",
    "over_budget": "told",
    "clock_jumped": "told",
    "disk_low": "told",
}
"""Every other kind stands at an address."""
UNASKED_AFTER: Final = timedelta(days=60)
"""A place that was not met for so long is asked no more: its source or article is gone."""


def scope_of(kind: str) -> Scope:
    return SCOPES.get(kind, "address")


def place_of(kind: str, url: str) -> str:
    """Where a finding of a kind stands: an address, an origin (``https://host``), or the site."""
    scope = scope_of(kind)
    if scope in ("address", "robots"):
        return url
    return origin(url) if scope == "host" else ""


def origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def is_everywhere(symptom: str, url: str, home: str, *, again: bool) -> bool:
    """Whether a symptom at ``url`` alone tells of the whole site.

    Its robots.txt does, and its home page when it is met ``again`` and nothing answered
    between.
    """
    if symptom == "robots_unreachable":
        return origin(url) == origin(home)
    return again and url == home


def kind_of(
    symptom: str, *, everywhere: bool, places: int, is_site_wide: bool, was_known: bool
) -> str:
    """The kind of finding that a symptom belongs to.

    ``places``: addresses that have the trouble since the site last answered, this one
    included. ``is_site_wide``: a finding of the whole site is open. ``was_known``: the
    address had the trouble already while others answered.
    """
    trouble = TROUBLES.get(symptom)
    if trouble is None:
        return symptom
    if everywhere or places >= PLACES_TO_BE_EVERYWHERE:
        return trouble.site
    return trouble.site if is_site_wide and not was_known else trouble.address


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place of an open finding. Times aware UTC.

    ``answered_at``: when it properly answered after ``met_at``, else None. ``is_left``: its
    article stands elsewhere or is no more, so nobody asks this address again.
    ``is_allowed``: a robots.txt read since allows it.
    """

    met_at: datetime
    answered_at: datetime | None = None
    is_left: bool = False
    is_allowed: bool = False


def is_over(
    kind: str,
    places: Iterable[Place],
    *,
    met_at: datetime,
    site_answered_at: datetime | None,
    later_run: bool,
    now: datetime,
) -> bool:
    """Whether a finding that this run did not meet has ended.

    ``met_at``: when it was last met; ``site_answered_at``: when any address of the site last
    gave a proper answer to this run, if one did; ``later_run``: this run looked at all that
    was due, and read articles.
    """
    answered = site_answered_at is not None and site_answered_at > met_at
    match scope_of(kind):
        case "told":
            return False  # whoever opened it closes it
        case "event":
            return later_run
        case "site":
            return answered
        case "robots":
            return all(place.is_allowed or _is_settled(place, now) for place in places)
        case _:
            places = tuple(places)
            return all(_is_settled(place, now) for place in places) if places else answered


def _is_settled(place: Place, now: datetime) -> bool:
    asked_no_more = place.is_left or now - place.met_at > UNASKED_AFTER
    return place.answered_at is not None or asked_no_more
