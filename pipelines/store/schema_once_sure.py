"""Links that were sure once: nobody is told of one as found a second time (migration 0014)."""

from typing import Final

STATEMENTS: Final[tuple[str, ...]] = (
    # Written when a link of which people could know is sure no more; ``found_at`` is the link's.
    """\
CREATE TABLE once_sure (
  from_article_id INTEGER NOT NULL REFERENCES articles(id),
  to_article_id INTEGER NOT NULL REFERENCES articles(id),
  found_at TEXT NOT NULL,
  PRIMARY KEY (from_article_id, to_article_id)
) STRICT, WITHOUT ROWID""",
    "CREATE INDEX once_sure_by_to ON once_sure(to_article_id)",
)
