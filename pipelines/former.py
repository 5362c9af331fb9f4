"""From which text of its original was a copy or translation made? As the store has both."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Final

from pipelines.changes import Version
from pipelines.drift import Drift, Facts, facts_of, is_comparable, made_from_former, source_among
from pipelines.retelling import Original
from pipelines.store import link_reports, links, versions
from pipelines.store.opening import Reader, Writer
from pipelines.store.rows import Row

KEPT: Final = 200
"""Texts that are remembered at a time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Former:
    """``edit``: the first change of the original that came after the text which was used."""

    edit: Row
    then: Version
    now: Version
    drift: Drift


class Texts:
    """Versions and their facts, each read once: for one report, one page, one change."""

    def __init__(self, db: Reader | Writer) -> None:
        self._db = db
        self.version = lru_cache(maxsize=KEPT)(self._version)
        self._facts_of = lru_cache(maxsize=KEPT)(self._facts)

    def facts(self, version: Version, near: date | None) -> Facts:
        return self._facts_of(version.id, near)

    def _version(self, version_id: int) -> Version:
        return versions.by_id(self._db, version_id)

    def _facts(self, version_id: int, near: date | None) -> Facts:
        return facts_of(self.version(version_id), near)


def former_text(
    texts: Texts, edits: Sequence[Row], made: Version, *, change_id: int | None = None
) -> Former | None:
    """From which former text ``made`` is; None where it is of today's, or nobody can tell.

    ``edits`` are all of the original's, oldest first, with the versions before and after each.
    ``change_id``: what this one of them changed, and what stands of that today; without it what
    all of them did.
    """
    changes = [edit["id"] for edit in edits]
    if not changes or change_id not in (None, *changes):
        return None
    formers = [texts.version(edit["before_version_id"]) for edit in edits]
    today = texts.version(edits[-1]["after_version_id"])
    if not is_comparable(*(one.article for one in (*formers, today, made))):
        return None
    then = source_among(formers, today, made, read=texts.facts)
    used = next((n for n, one in enumerate(formers) if one is then), len(edits))
    at = changes.index(change_id or changes[-1])
    if at < used:
        return None
    now = texts.version(edits[at]["after_version_id"])
    drift = made_from_former(then, now, made, today=today, read=texts.facts)
    return Former(edit=edits[used], then=then, now=now, drift=drift) if drift is not None else None


def original_of(
    db: Reader | Writer, article_id: int, before_version_id: int, *, seen_at: datetime
) -> Original | None:
    """The sure original of an article whose text differs since ``seen_at``; None: not known."""
    texts = Texts(db)
    known = links.of_article(db, article_id)
    number = link_reports.current_version(db, known[0].to_article_id) if known else None
    if number is None or not known[0].sure:
        return None
    made, now = texts.version(before_version_id), texts.version(number)
    if not is_comparable(made.article, now.article):
        return None
    edits = link_reports.accepted_edits(db, known[0].to_article_id)
    former = former_text(texts, edits, made)
    # A change that came later than this wording, and of which it shows nothing, may be in it.
    since = texts.version(edits[-1]["after_version_id"]).seen_at if edits else made.seen_at
    return Original(
        kind=known[0].kind,
        then=former.then.article if former else now.article,
        now=now.article,
        has_changed=former is not None,
        is_checked=now.last_seen_at >= seen_at and since <= made.seen_at,
    )
