"""An article's story: its versions and changes in the order people were told of them."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from markupsafe import Markup

from monitor.browse import asking
from monitor.render.html import shown_html
from monitor.render.shown import show_told
from monitor.render.words import FIELD_NAMES, REASON_NAMES
from pipelines.article import Article
from pipelines.changes import Version
from pipelines.sides import own_sides
from pipelines.store import changes, versions
from pipelines.store.opening import Reader
from pipelines.store.rows import Row, moment, moment_or_none

SHOWN_AT_ONCE: Final = 5
"""Differences that an article's page shows; the older ones have pages of their own."""
LONGEST_AT_ONCE: Final = 60_000
"""Characters of both sides of a difference that an article's page still works out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One thing that became known of an article. ``change_id`` None: it was first read.

    ``difference`` None: there is none, or it stands on the change's own page only.
    """

    change_id: int | None
    kind: str
    weight: str
    at: datetime
    detected_at: datetime
    fields: tuple[str, ...]
    reasons: tuple[str, ...]
    notes: tuple[str, ...]
    dismissed_at: datetime | None
    dismissed_why: str
    before: Version | None
    after: Version | None
    difference: Markup | None
    elsewhere: tuple[str, str] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """``versions`` are those that were told, oldest first; ``events`` newest first."""

    article: Row
    versions: tuple[Version, ...]
    events: tuple[Event, ...]
    addresses: tuple[Row, ...]
    copies: tuple[Row, ...]
    archived: dict[int, Row]


def article_story(db: Reader, article_id: int) -> Story | None:
    """Everything that was told of an article; None where nothing was."""
    row = asking.article(db, article_id)
    if row is None:
        return None
    found = changes.of_article(db, article_id)
    hidden = {change["after_version_id"] for change in found if _is_untold(change)}
    told = tuple(one for one in versions.history(db, article_id) if one.id not in hidden)
    return Story(
        article=row,
        versions=told,
        events=tuple(_events(db, row["site_id"], told, [c for c in found if _was_told(c)])),
        addresses=tuple(asking.addresses(db, article_id)),
        copies=tuple(asking.copies(db, article_id, [one.id for one in told])),
        archived=asking.archived(db, [one.snapshot_id for one in told]),
    )


def one_change(db: Reader, change_id: int) -> tuple[Row, Event] | None:
    """A change that was told or dismissed, with its article's columns; else None."""
    row = changes.by_id(db, change_id)
    if row is None or not _was_told(row):
        return None
    sides = [row[name] for name in ("before_version_id", "after_version_id") if row[name]]
    known = {number: versions.by_id(db, number) for number in sides}
    return row, _event(db, row["site_id"], row, known, longest=None)


def _was_told(change: Row) -> bool:
    return change["released_at"] is not None or change["dismissed_at"] is not None


def _is_untold(change: Row) -> bool:
    brought = change["before_version_id"] != change["after_version_id"]
    return not _was_told(change) and brought


def _events(db: Reader, site_id: int, told: Sequence[Version], found: Sequence[Row]) -> list[Event]:
    known = {version.id: version for version in told}
    events = []
    for place, change in enumerate(reversed(found)):
        longest = LONGEST_AT_ONCE if place < SHOWN_AT_ONCE else 0
        events.append(_event(db, site_id, change, known, longest=longest))
    if told and not any(event.kind == "new" for event in events):
        events.append(_first_read(told[0]))
    return sorted(events, key=lambda event: event.at, reverse=True)


def _event(
    db: Reader, site_id: int, change: Row, known: dict[int, Version], *, longest: int | None
) -> Event:
    before = known.get(change["before_version_id"])
    after = known.get(change["after_version_id"])
    explanation = json.loads(change["explanation"])
    details = explanation.get("fields", {}).values()
    reasons = [reason for detail in details for reason in detail.get("reasons", ())]
    moved = ("from" in explanation) and ("to" in explanation)
    difference = None
    if before and after and before.id != after.id and _fits(before, after, longest):
        difference = _difference(db, site_id, change, before, after, explanation)
    return Event(
        change_id=change["id"],
        kind=change["kind"],
        weight=change["weight"],
        at=moment(change["released_at"] or change["dismissed_at"]),
        detected_at=moment(change["detected_at"]),
        fields=tuple(FIELD_NAMES.get(name, name) for name in json.loads(change["fields"])),
        reasons=tuple(REASON_NAMES.get(name, name) for name in dict.fromkeys(reasons)),
        notes=tuple(explanation.get("correction_notes", ())),
        dismissed_at=moment_or_none(change["dismissed_at"]),
        dismissed_why=change["dismissed_why"] or "",
        before=before,
        after=after,
        difference=difference,
        elsewhere=(str(explanation["from"]), str(explanation["to"])) if moved else None,
    )


def _fits(before: Version, after: Version, longest: int | None) -> bool:
    return longest is None or _length(before.article) + _length(after.article) <= longest


def _length(article: Article) -> int:
    return sum(len(block.text) for block in article.blocks)


def _difference(
    db: Reader, site_id: int, change: Row, before: Version, after: Version, explanation: Row
) -> Markup:
    """As reports show it: without what is the template's."""
    old, new = own_sides(
        db,
        site_id,
        change["article_id"],
        before.article,
        after.article,
        before_seen_at=before.last_seen_at,
    )
    shown = show_told(old, new, json.loads(change["fields"]), explanation)
    return shown_html(shown, article_language=new.language)


def _first_read(version: Version) -> Event:
    return Event(
        change_id=None,
        kind="first read",
        weight="",
        at=version.seen_at,
        detected_at=version.seen_at,
        fields=(),
        reasons=(),
        notes=(),
        dismissed_at=None,
        dismissed_why="",
        before=None,
        after=version,
        difference=None,
        elsewhere=None,
    )
