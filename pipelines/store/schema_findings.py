"""Findings that no run made, where each stands, and each site's breaker (migration 0003)."""

from typing import Final

STATEMENTS: Final[tuple[str, ...]] = (
    # A column cannot be made NULLable in place. Copied out and back rather than renamed: a
    # rename would fail on the views that speak of the table.
    "CREATE TABLE findings_before AS SELECT * FROM findings",
    "DROP TABLE findings",
    """
CREATE TABLE findings (
  id INTEGER PRIMARY KEY,
  site_id INTEGER REFERENCES sites(id),
  kind TEXT NOT NULL,
  detail TEXT NOT NULL,
  url TEXT NOT NULL,
  times INTEGER NOT NULL DEFAULT 1,
  opened_at TEXT NOT NULL,
  last_at TEXT NOT NULL,
  last_run_id INTEGER REFERENCES runs(id),
  closed_at TEXT
) STRICT""",
    """
INSERT INTO findings SELECT id, site_id, kind, detail, url, times, opened_at, last_at,
  last_run_id, closed_at FROM findings_before""",
    "DROP TABLE findings_before",
    """
CREATE UNIQUE INDEX findings_open ON findings(ifnull(site_id, 0), kind)
  WHERE closed_at IS NULL""",
    "CREATE INDEX findings_by_site ON findings(site_id, opened_at)",
    """
CREATE TABLE symptoms (
  finding_id INTEGER NOT NULL REFERENCES findings(id),
  place TEXT NOT NULL,
  since TEXT NOT NULL,
  met_at TEXT NOT NULL,
  answered_at TEXT,
  PRIMARY KEY (finding_id, place)
) STRICT, WITHOUT ROWID""",
    "CREATE INDEX symptoms_by_place ON symptoms(place)",
    """
INSERT INTO symptoms (finding_id, place, since, met_at)
  SELECT id, url, opened_at, last_at FROM findings WHERE closed_at IS NULL AND url != ''""",
    "ALTER TABLE sites ADD COLUMN answered_at TEXT",
    "ALTER TABLE sites ADD COLUMN breaker_failures INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE sites ADD COLUMN breaker_probe_at TEXT",
)
