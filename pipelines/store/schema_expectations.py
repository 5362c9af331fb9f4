"""How many links a listing gives (migration 0012).

``listed``: on its first page at the last reading; ``usual``: at readings that were well, a
moving mean; ``well_at``: when it last gave about as many. NULL for sitemaps and named pages.
"""

from typing import Final

STATEMENTS: Final = (
    "ALTER TABLE sources ADD COLUMN listed INTEGER",
    "ALTER TABLE sources ADD COLUMN usual REAL",
    "ALTER TABLE sources ADD COLUMN well_at TEXT",
)
