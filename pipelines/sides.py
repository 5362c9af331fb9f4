"""The two sides of a change without what is the template's: what weighing and telling compare."""

import json
from collections.abc import Sequence
from datetime import datetime

from pipelines.article import Article
from pipelines.memory import lasting
from pipelines.store import memory, versions
from pipelines.store.opening import Reader, Writer
from pipelines.store.rows import Row
from pipelines.storm import without_template


def sides_of(db: Reader | Writer, change: Row) -> tuple[Article | None, Article | None]:
    """The texts before and after a change, as far as they are the article's own.

    ``change`` is a row of ``changes`` with its article's ``site_id``.
    """
    before, after = (
        versions.by_id(db, change[name]) if change[name] else None
        for name in ("before_version_id", "after_version_id")
    )
    if before is None or after is None:
        return before.article if before else None, after.article if after else None
    return own_sides(
        db,
        change["site_id"],
        change["article_id"],
        before.article,
        after.article,
        before_seen_at=before.last_seen_at,
    )


def own_sides(
    db: Reader | Writer,
    site_id: int,
    article_id: int,
    before: Article,
    after: Article,
    *,
    before_seen_at: datetime,
) -> tuple[Article, Article]:
    """Both readings as far as they are the article's own.

    Without lines that never stay, and with the facts that a new template shows otherwise as
    the later reading has them. ``before_seen_at``: when the text before was last seen.
    """
    before, after = lasting(before, after, memory.learned(db, site_id, article_id))
    storms = memory.storms_since(db, site_id, before_seen_at)
    return without_template(before, after, shared(storms, "fields")), after


def shared(storms: Sequence[Row], name: str) -> frozenset[str]:
    """What the storms' templates share: prints that ``came`` or ``went``, or ``fields``."""
    return frozenset(key for storm in storms for key in json.loads(storm[name]))
