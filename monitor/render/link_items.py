"""A report's links as items, one like the other, whatever they are shown in. Pure."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, Literal

from monitor.link_news import FoundLink, GoneSource, LinkNews, Outdated
from monitor.links import Named
from monitor.notes import MADE_OF, MADE_OF_GONE, Note, Role, note_of_former
from monitor.render.language import Language
from monitor.report import Report

Saying = tuple[int, Role, int]
"""What is said of an article (its id), with which other one."""
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

    ``key``: what sets the item apart for ever. ``withdrawn_at``: where told.
    """

    group: GroupName
    key: tuple[str, ...]
    subject: Named
    note: Note
    at: datetime
    withdrawn_at: datetime | None = None

    @property
    def saying(self) -> "Saying":
        return self.subject.article_id, self.note.role, self.note.other.article_id


def unsaid(report: Report) -> LinkNews:
    """What no note at one of the report's changes says: a page tells the rest there."""
    said = {
        (entry.article_id, note.role, note.other.article_id)
        for site in report.sites
        for entry in site.entries
        for note in entry.notes
    }
    news = report.links
    return replace(
        news,
        outdated=tuple(one for one in news.outdated if _outdated(one).saying not in said),
        gone=tuple(one for one in news.gone if _gone(one).saying not in said),
        found=tuple(one for one in news.found if _found(one).saying not in said),
    )


def items_of(news: LinkNews) -> dict[GroupName, list[LinkItem]]:
    """The items by group, in the groups' order; groups without any are left out."""
    groups: dict[GroupName, list[LinkItem]] = {
        "outdated": [_outdated(one) for one in news.outdated],
        "gone": [_gone(one) for one in news.gone],
        "found": [_found(one) for one in news.found],
    }
    return {name: items for name, items in groups.items() if items}


def _outdated(one: Outdated) -> LinkItem:
    return LinkItem(
        group="outdated",
        key=_key(one.original, str(one.change_id), one.changed_at, one.made),
        subject=one.original,
        note=note_of_former(one),
        at=one.known_at,
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
    """How many links were found among articles that were known before; or nothing."""
    if not news.older:
        return ""
    return said.count(
        "{n} copy or translation was found among articles that were known before",
        "{n} copies and translations were found among articles that were known before",
        news.older,
    )


def item_lines(item: LinkItem, said: Language, time: Callable[[datetime], str]) -> Iterator[str]:
    """What else is said of an item, beside its note; ``time`` puts a moment into words."""
    if item.withdrawn_at:
        yield said.say("withdrawn {time}", time=time(item.withdrawn_at))


def left_line(items: Sequence[LinkItem], most: int, said: Language) -> str:
    """How many items stand behind the first ``most``; or nothing."""
    left = len(items) - most
    if left <= 0:
        return ""
    return said.count("{n} more is not shown here", "{n} more are not shown here", left)
