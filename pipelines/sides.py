"""The two sides of a change without what is the template's: what weighing and telling compare."""

import json
from collections.abc import Sequence
from datetime import datetime

from pipelines.article import Article
from pipelines.memory import lasting
from pipelines.store import memory
from pipelines.store.opening import Reader, Writer
from pipelines.store.rows import Row
from pipelines.storm import without_template


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
