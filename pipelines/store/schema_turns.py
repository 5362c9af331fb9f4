"""The requests of any last hour, minute by minute (migration 0005)."""

from typing import Final

STATEMENTS: Final = (
    "ALTER TABLE sites ADD COLUMN recent_requests TEXT NOT NULL DEFAULT '[]'",
    "ALTER TABLE sites DROP COLUMN hour_started_at",
    "ALTER TABLE sites DROP COLUMN hour_requests",
)
