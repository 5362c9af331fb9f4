"""What the planner remembers of each page and site (migration 0002).

Of an article: ``looked_at`` (until when its time is counted), ``edits`` of its own where an
average one had ``mass``, ``burst`` at ``burst_at``, ``streak`` of looks that found it changed,
the ``gap`` in hours it was given, and that gap's class, by which the overdue are found.
``changes.taught`` is how many edits a change counted for, NULL while it taught nothing.
``hazards`` holds one table of rates by age for each night; the last one is in force.
"""

from typing import Final

from pipelines.habit import FIRST_PRICE, gap_class

FIRST_GAP: Final = 24.0
"""Hours; of articles that were read before there was a planner."""

STATEMENTS: Final[tuple[str, ...]] = (
    "ALTER TABLE articles ADD COLUMN looked_at TEXT",
    "ALTER TABLE articles ADD COLUMN edits REAL NOT NULL DEFAULT 0",
    "ALTER TABLE articles ADD COLUMN mass REAL NOT NULL DEFAULT 0",
    "ALTER TABLE articles ADD COLUMN burst REAL NOT NULL DEFAULT 0",
    "ALTER TABLE articles ADD COLUMN burst_at TEXT",
    "ALTER TABLE articles ADD COLUMN streak INTEGER NOT NULL DEFAULT 0",
    f"ALTER TABLE articles ADD COLUMN gap REAL NOT NULL DEFAULT {FIRST_GAP}",
    f"ALTER TABLE articles ADD COLUMN gap_class INTEGER NOT NULL DEFAULT {gap_class(FIRST_GAP)}",
    "ALTER TABLE sources ADD COLUMN due_at TEXT",
    "ALTER TABLE sources ADD COLUMN looked_at TEXT",
    "ALTER TABLE sources ADD COLUMN found REAL NOT NULL DEFAULT 0",
    "ALTER TABLE sources ADD COLUMN hours REAL NOT NULL DEFAULT 0",
    f"ALTER TABLE sites ADD COLUMN price REAL NOT NULL DEFAULT {FIRST_PRICE}",
    "ALTER TABLE changes ADD COLUMN taught REAL",
    """CREATE TABLE hazards (
  id INTEGER PRIMARY KEY,
  learned_at TEXT NOT NULL,
  rates TEXT NOT NULL,
  hours TEXT NOT NULL,
  edits TEXT NOT NULL
) STRICT""",
    """CREATE INDEX articles_overdue ON articles(site_id, gap_class, due_at)
WHERE current_version_id IS NOT NULL""",
    """CREATE INDEX articles_unread ON articles(site_id, ifnull(published_at, '') DESC, due_at)
WHERE current_version_id IS NULL""",
    """CREATE INDEX articles_announced ON articles(site_id, due_at)
WHERE current_version_id IS NULL AND announced_by IS NOT NULL""",
    """CREATE INDEX changes_untaught ON changes(article_id)
WHERE taught IS NULL AND released_at IS NOT NULL AND dismissed_at IS NULL
AND kind IN ('edited', 'retitled', 'corrected', 'reworded')""",
)
