"""Channels and routes as notify.yml has them, and which change goes which way. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final, Literal

from monitor.cron import Cron
from pipelines.changes import Kind, Weight

WEIGHTS: Final[tuple[Weight, ...]] = ("cosmetic", "minor", "substantive")


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long a delivery is tried: at growing intervals, so often, and no longer than that."""

    first_retry: timedelta
    longest_retry: timedelta
    tries: int
    give_up_after: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """A way out. Addresses and secret hold what the environment gave: never to be shown.

    ``timeout``: real seconds for connecting and between two pieces of an answer;
    ``time_limit``: for a whole try.
    """

    name: str
    kind: Literal["apprise", "webhook"]
    addresses: tuple[str, ...] = field(repr=False)
    secret: str = field(default="", repr=False)
    timeout: float
    time_limit: float
    patience: Patience


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """Which changes go to which channels. What is empty restricts nothing.

    ``words`` are folded (``pipelines.search.searchable``), ``search`` as a person writes it.
    ``digest`` is the cron line at which what came together is told; None: each change at once.
    """

    name: str
    channels: tuple[str, ...]
    sites: frozenset[str] = frozenset()
    kinds: frozenset[Kind] = frozenset()
    weight: Weight = "minor"
    words: tuple[str, ...] = ()
    search: str = ""
    watched: bool = False
    digest: Cron | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Notifications:
    """All of notify.yml; ``filled`` are the values that came out of the environment."""

    channels: Mapping[str, Channel] = field(default_factory=dict)
    routes: Mapping[str, Route] = field(default_factory=dict)
    browse_url: str = ""
    filled: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What routes ask of a change. ``text`` is folded: all that stood before and stands after.

    ``found_by``: the searches that find its article; ``is_watched``: somebody follows it.
    """

    site: str
    kind: Kind
    weight: Weight
    text: str = ""
    found_by: frozenset[str] = frozenset()
    is_watched: bool = False


def goes(route: Route, change: Facts) -> bool:
    """Whether the route takes the change: everything that it asks for must hold."""
    return (
        (not route.sites or change.site in route.sites)
        and (not route.kinds or change.kind in route.kinds)
        and WEIGHTS.index(change.weight) >= WEIGHTS.index(route.weight)
        and (not route.words or any(f" {word} " in f" {change.text} " for word in route.words))
        and (not route.search or route.search in change.found_by)
        and (not route.watched or change.is_watched)
    )
