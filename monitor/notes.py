"""What a change means for who copied, translated or cites its article: a line each at the change.

Only sure links are told.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from typing import Any, Final, Literal, get_args

from monitor.link_news import MOST_CITING, How, Outdated, Pair, gone_by, outdated_by
from monitor.links import Named, named
from pipelines.drift import NO_DRIFT, Drift
from pipelines.former import Texts
from pipelines.links import LinkKind
from pipelines.store import links
from pipelines.store.cases import EDITS
from pipelines.store.opening import Reader
from pipelines.store.rows import Row, moment

Role = Literal[
    "translated_before",  # a translation of the text before the change
    "copied_before",
    "translated",  # a translation of an article that is withdrawn
    "copied",
    "cited",
    "translation_of",  # the new article is a translation
    "copy_of",
    "after_original",  # the translation follows its original, which changed
    "original_same",  # it was translated again, its original is as it was
]
ROLES: Final[tuple[Role, ...]] = get_args(Role)
MOST_NOTES: Final = 20
MADE_OF: Final[Mapping[LinkKind, Role]] = {"copy": "copy_of", "translation": "translation_of"}
MADE_OF_GONE: Final[Mapping[How, Role]] = {
    "copy": "copied",
    "translation": "translated",
    "citation": "cited",
}
MADE_OF_FORMER: Final[Mapping[LinkKind, Role]] = {
    "copy": "copied_before",
    "translation": "translated_before",
}
_STATES: Final[Mapping[str, Role]] = {"changed": "after_original", "same": "original_same"}
_LATEST: Final = datetime(9999, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """One line. ``other`` is the other article; ``at`` when its text was made, where that is
    told; ``drift`` the figures, days and document numbers that differ since, if any;
    ``follows_at`` when the other was seen to follow, if it was.
    """

    role: Role
    other: Named
    at: datetime | None = None
    drift: Drift = NO_DRIFT
    follows_at: datetime | None = None


def note_of_former(one: Outdated) -> Note:
    """The line at the change of an original, about what was made of its former text."""
    return Note(
        role=MADE_OF_FORMER[one.kind],
        other=one.made,
        at=one.made_at,
        drift=one.drift,
        follows_at=one.follows_at,
    )


def notes_of(
    db: Reader, change: Row, explanation: Mapping[str, Any], texts: Texts | None = None
) -> tuple[Note, ...]:
    """The lines of a released change: a row with its id, article_id, kind, weight, released_at.

    ``texts`` of a report that tells other changes too.
    """
    found = _notes(db, change, explanation, texts or Texts(db))
    return tuple(islice(found, MOST_NOTES))


def _notes(db: Reader, change: Row, explanation: Mapping[str, Any], texts: Texts) -> Iterator[Note]:
    kind, article_id = change["kind"], change["article_id"]
    if kind == "new":
        yield from _originals(db, article_id, MADE_OF)
    elif kind == "withdrawn":
        for one in gone_by(db, change, until=_LATEST):
            yield Note(role=MADE_OF_GONE[one.how], other=one.by)
    elif kind in EDITS:
        role = _STATES.get(explanation.get("original", ""))
        if role:
            yield from islice(_originals(db, article_id, {"copy": role, "translation": role}), 1)
        if change["weight"] == "substantive":
            yield from _outdated(db, change, texts)


def _originals(db: Reader, article_id: int, roles: Mapping[LinkKind, Role]) -> Iterator[Note]:
    for link in links.of_article(db, article_id):
        other = named(db, link.to_article_id) if link.sure else None
        if other is not None:
            yield Note(role=roles[link.kind], other=other)


def _outdated(db: Reader, change: Row, texts: Texts) -> Iterator[Note]:
    original = named(db, change["article_id"])
    for link in links.to_article(db, change["article_id"])[:MOST_CITING]:
        made = named(db, link.from_article_id) if link.sure else None
        if original is None or made is None:
            continue
        told_at = max(moment(change["released_at"]), link.found_at)
        pair = Pair(kind=link.kind, original=original, made=made, known_at=told_at)
        found = outdated_by(db, texts, pair, change_id=change["id"])
        if found is not None:
            yield note_of_former(found)
