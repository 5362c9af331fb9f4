"""Watched pages and archived answers (migration 0008)."""

from typing import Final

STATEMENTS: Final[tuple[str, ...]] = (
    # ``every`` in seconds. A note is a person's; it goes with the row.
    """\
CREATE TABLE watched (
  article_id INTEGER PRIMARY KEY REFERENCES articles(id),
  every INTEGER NOT NULL CHECK (every > 0),
  note TEXT NOT NULL,
  since TEXT NOT NULL
) STRICT""",
    # Where the answer that a stored page was lies in a WARC file. The file is outside the store.
    """\
CREATE TABLE archived (
  snapshot_id INTEGER PRIMARY KEY REFERENCES snapshots(id),
  file TEXT NOT NULL,
  offset INTEGER NOT NULL,
  archived_at TEXT NOT NULL
) STRICT""",
)
