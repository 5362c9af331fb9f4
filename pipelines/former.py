"""From which text of its original was a copy or translation made? As the store has both."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from pipelines.changes import Version
from pipelines.drift import Drift, made_from_former
from pipelines.retelling import Original
from pipelines.store import link_reports, links, versions
from pipelines.store.opening import Reader, Writer
from pipelines.store.rows import Row


@dataclass(frozen=True, slots=True, kw_only=True)
class Former:
    """``edit``: the first change of the original that came after the text which was used."""

    edit: Row
    then: Version
    now: Version
    drift: Drift


def former_text(db: Reader | Writer, edits: Sequence[Row], made: Version) -> Former | None:
    """From which former text ``made`` is; None where it is of today's, or nobody can tell.

    ``edits`` are the original's, oldest first, with the versions before and after each.
    """
    if not edits:
        return None
    now = versions.by_id(db, edits[-1]["after_version_id"])
    for edit in edits:
        then = versions.by_id(db, edit["before_version_id"])
        drift = made_from_former(then, now, made)
        if drift is not None:
            return Former(edit=edit, then=then, now=now, drift=drift)
        if then.last_seen_at >= made.seen_at:
            return None  # it is of this text, or of an older one, and today's is no other
    return None


def original_of(
    db: Reader | Writer, article_id: int, before_version_id: int, *, seen_at: datetime
) -> Original | None:
    """The sure original of an article whose text differs since ``seen_at``; None: not known."""
    known = links.of_article(db, article_id)
    number = link_reports.current_version(db, known[0].to_article_id) if known else None
    if number is None or not known[0].sure:
        return None
    made, now = versions.by_id(db, before_version_id), versions.by_id(db, number)
    edits = link_reports.accepted_edits(db, known[0].to_article_id)
    former = former_text(db, edits, made)
    return Original(
        kind=known[0].kind,
        then=former.then.article if former else now.article,
        now=now.article,
        has_changed=former is not None,
        is_checked=now.last_seen_at >= seen_at,
    )
