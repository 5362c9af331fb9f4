"""Stored pages against one another, and what was forgotten by law (migration 0004)."""

from typing import Final

STATEMENTS: Final[tuple[str, ...]] = (
    # The page that a later one is compressed against, and how many stand between it and one
    # that stands alone (never fewer than there are).
    "ALTER TABLE snapshots ADD COLUMN base_id INTEGER REFERENCES snapshots(id)",
    "ALTER TABLE snapshots ADD COLUMN depth INTEGER NOT NULL DEFAULT 0",
    # The row stays when its bytes go: what was fetched when, and its sha256.
    "ALTER TABLE snapshots ADD COLUMN removed_at TEXT",
    "CREATE INDEX snapshots_by_base ON snapshots(base_id) WHERE base_id IS NOT NULL",
    "CREATE INDEX versions_by_snapshot ON versions(snapshot_id)",
    # Keys and teasers as prints: an address may hold the words that must be forgotten.
    """\
CREATE TABLE forgotten (
  site_id INTEGER NOT NULL REFERENCES sites(id),
  key_print TEXT NOT NULL,
  forgotten_at TEXT NOT NULL,
  why TEXT NOT NULL,
  PRIMARY KEY (site_id, key_print)
) STRICT, WITHOUT ROWID""",
    """\
CREATE TABLE forgotten_teasers (
  site_id INTEGER NOT NULL REFERENCES sites(id),
  kind TEXT NOT NULL CHECK (kind IN ('title', 'lead', 'beginning')),
  print TEXT NOT NULL,
  PRIMARY KEY (site_id, kind, print)
) STRICT, WITHOUT ROWID""",
)
