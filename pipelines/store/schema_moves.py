"""What finds an article again when its portal moves (migration 0013)."""

from typing import Final

STATEMENTS: Final[tuple[str, ...]] = (
    """CREATE INDEX articles_by_moment ON articles(site_id, published_at)
WHERE current_version_id IS NOT NULL""",
)
