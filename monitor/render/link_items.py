"""A report's links as items, one like the other, whatever they are shown in. Pure."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from monitor.link_news import FoundLink, GoneSource, LinkNews, Outdated
from monitor.links import Named
from monitor.notes import MADE_OF, MADE_OF_FORMER, MADE_OF_GONE, Note
from monitor.render.language import Language

GroupName = Literal["outdated", "gone", "found"]
GROUPS: Final[dict[GroupName, str]] = {
    "outdated": "Originals that changed after they were translated or copied",
    "gone": "Sources that were withdrawn",
    "found": "New copies and translations",
}
HEADING: Final = "Copies and translations"
MOST_ITEMS: Final = 100
"""Items of a group that a page shows; JSON holds all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkItem:
    """``subject`` is what the item is about, ``note`` what is said of it.

    ``key``: what sets the item apart for ever. ``withdrawn_at``, ``follows_at``: where told.
    """

    group: GroupName
    key: tuple[str, ...]
    subject: Named
    note: Note
    at: datetime
    withdrawn_at: datetime | None = None
    follows_at: datetime | None = None


def items_of(news: LinkNews) -> dict[GroupName, list[LinkItem]]:
    """The items by group, in the groups' order; groups without any are left out."""
    groups: dict[GroupName, list[LinkItem]] = {
        "outdated": [_outdated(one) for one in news.outdated],
        "gone": [_gone(one) for one in news.gone],
        "found": [_found(one) for one in news.found],
    }
    return {name: items for name, items in groups.items() if items}


def _outdated(one: Outdated) -> LinkItem:
    note = Note(role=MADE_OF_FORMER[one.kind], other=one.made, at=one.made_at, drift=one.drift)
    return LinkItem(
        group="outdated",
        key=_key(one.original, str(one.change_id), one.changed_at, one.made),
        subject=one.original,
        note=note,
        at=one.known_at,
        follows_at=one.follows_at,
    )


def _gone(one: GoneSource) -> LinkItem:
    return LinkItem(
        group="gone",
        key=_key(one.source, str(one.change_id), one.withdrawn_at, one.by),
        subject=one.source,
        note=Note(role=MADE_OF_GONE[one.how], other=one.by),
        at=one.known_at,
        withdrawn_at=one.withdrawn_at,
    )


def _found(one: FoundLink) -> LinkItem:
    return LinkItem(
        group="found",
        key=_key(one.made, one.kind, one.known_at, one.original),
        subject=one.made,
        note=Note(role=MADE_OF[one.kind], other=one.original),
        at=one.known_at,
    )


def _key(subject: Named, what: str, at: datetime, other: Named) -> tuple[str, ...]:
    ids = (subject.site, str(subject.article_id), other.site, str(other.article_id))
    return (*ids, what, at.isoformat(timespec="microseconds"))


def older_line(news: LinkNews, said: Language) -> str:
    """How many links were found between articles that were known before; or nothing."""
    if not news.older:
        return ""
    return said.count(
        "{n} link was found between articles that were known before",
        "{n} links were found between articles that were known before",
        news.older,
    )


def item_lines(item: LinkItem, said: Language, time: Callable[[datetime], str]) -> Iterator[str]:
    """What else is said of an item, beside its note; ``time`` puts a moment into words."""
    if item.withdrawn_at:
        yield said.say("withdrawn {time}", time=time(item.withdrawn_at))
    if item.follows_at:
        yield said.say("it followed on {time}", time=time(item.follows_at))


def left_line(items: Sequence[LinkItem], most: int, said: Language) -> str:
    """How many items stand behind the first ``most``; or nothing."""
    left = len(items) - most
    if left <= 0:
        return ""
    return said.count("{n} more is not shown here", "{n} more are not shown here", left)
