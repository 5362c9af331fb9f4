"""Who names whom as its source (migration 0010)."""

from typing import Final

STATEMENTS: Final[tuple[str, ...]] = (
    # What the current version of an article names, in the order of the page. ``url`` is '' where
    # no address is printed; ``cited_article_id`` is set where the address is a known article's.
    """\
CREATE TABLE citations (
  id INTEGER PRIMARY KEY,
  article_id INTEGER NOT NULL REFERENCES articles(id),
  position INTEGER NOT NULL,
  label TEXT NOT NULL,
  name TEXT NOT NULL,
  url TEXT NOT NULL,
  how TEXT NOT NULL CHECK (how IN ('link', 'printed', 'named')),
  cited_article_id INTEGER REFERENCES articles(id),
  seen_at TEXT NOT NULL,
  UNIQUE (article_id, position)
) STRICT""",
    (
        "CREATE INDEX citations_by_cited ON citations(cited_article_id) "
        "WHERE cited_article_id IS NOT NULL"
    ),
    "CREATE INDEX citations_by_url ON citations(url) WHERE url != ''",
)
