"""A message, and how it reads as JSON for a webhook. ``version`` is raised when readers notice."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final, Literal

from monitor.notify.told import Told
from monitor.render.links_json import note_json
from pipelines.article import Article

VERSION: Final = 2
LONGEST_TEXT: Final = 20_000
"""Characters of an article's text in a message; the store and the report have all of it."""
LONGEST_VALUE: Final = 2_000
"""Characters of any other value: a hostile title has a million."""
ROOM: Final = 500_000
"""Characters that all texts of a digest may have together; the more there are, the shorter."""
MOST_LISTED: Final = 200
"""Values of one list, captions or words of an explanation."""

MessageKind = Literal["change", "digest", "correction", "test"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One delivery's content. ``key`` is the same whenever it is tried again.

    ``browse_url``: where the store's pages are; "" where nobody said.
    """

    key: str
    kind: MessageKind
    channel: str
    route: str
    made_at: datetime
    changes: Sequence[Told]
    browse_url: str = ""


def as_json(message: Message) -> bytes:
    """What a webhook is sent; times are ISO-8601 UTC, absent things null."""
    longest = min(LONGEST_TEXT, ROOM // max(len(message.changes), 1))
    told = {
        "version": VERSION,
        "key": message.key,
        "kind": message.kind,
        "channel": message.channel,
        "route": message.route,
        "made_at": _time(message.made_at),
        "changes": [_change(one, message.browse_url, longest) for one in message.changes],
    }
    return json.dumps(told).encode("ascii")  # nothing that a log or terminal obeys


def _change(one: Told, browse_url: str, longest: int) -> dict[str, Any]:
    return {
        "id": one.change_id,
        "site": one.site,
        "site_title": one.site_title,
        "kind": one.kind,
        "weight": one.weight,
        "url": _cut(one.url),
        "store_url": store_url(one, browse_url) or None,
        "title": _cut(one.title),
        "fields": list(one.fields),
        "explanation": _cut(one.explanation),
        "published_at": _time(one.published_at),
        "detected_at": _time(one.detected_at),
        "released_at": _time(one.released_at),
        "dismissed_at": _time(one.dismissed_at),
        "dismissed_why": _cut(one.dismissed_why) or None,
        "notes": [_cut(note_json(note)) for note in one.notes],
        "before": _article(one.before, longest),
        "after": _article(one.after, longest),
    }


def store_url(one: Told, browse_url: str) -> str:
    """The change's page in the store; "" where nobody said where that is."""
    return f"{browse_url}/change/{one.change_id}" if browse_url else ""


def _article(article: Article | None, longest: int) -> dict[str, Any] | None:
    if article is None:
        return None
    other = {
        "title": article.title,
        "lead": article.lead,
        "captions": list(article.captions),
        "author": article.author,
    }
    cut = _cut(other)
    return {
        **cut,
        "text": article.text[:longest],
        "is_cut": len(article.text) > longest or cut != other,
        "published_at": _time(article.published_at),
    }


def _cut(value: Any) -> Any:
    """``value`` with its texts and lists no longer than a receiver can be asked to bear."""
    match value:
        case str():
            return value[:LONGEST_VALUE]
        case list() | tuple():
            return [_cut(one) for one in value[:MOST_LISTED]]
        case Mapping():
            return {name: _cut(one) for name, one in value.items()}
        case _:
            return value


def _time(moment: datetime | None) -> str | None:
    return moment.astimezone(UTC).isoformat(timespec="seconds") if moment else None
