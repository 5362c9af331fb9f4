"""Who names whom as its source (migration 0010)."""

from typing import Final

STATEMENTS: Final[tuple[str, ...]] = (
    # What the current version of an article names, in the order of the page. ``url`` is '' where
    # no address is printed. Where the address is a configured site's, ``cited_site_id`` and
    # ``cited_key`` say which article is meant, and ``cited_article_id`` is it, once it is known.
    """\
CREATE TABLE citations (
  id INTEGER PRIMARY KEY,
  article_id INTEGER NOT NULL REFERENCES articles(id),
  position INTEGER NOT NULL,
  label TEXT NOT NULL,
  name TEXT NOT NULL,
  url TEXT NOT NULL,
  how TEXT NOT NULL CHECK (how IN ('link', 'printed', 'named')),
  cited_site_id INTEGER REFERENCES sites(id),
  cited_key TEXT NOT NULL DEFAULT '',
  cited_article_id INTEGER REFERENCES articles(id),
  seen_at TEXT NOT NULL,
  UNIQUE (article_id, position)
) STRICT""",
    (
        "CREATE INDEX citations_by_cited ON citations(cited_article_id) "
        "WHERE cited_article_id IS NOT NULL"
    ),
    "CREATE INDEX citations_by_url ON citations(url) WHERE url != ''",
    # Addresses of configured sites whose article is not known yet.
    (
        "CREATE INDEX citations_waiting ON citations(cited_site_id, cited_key) "
        "WHERE cited_article_id IS NULL AND cited_key != ''"
    ),
    # How many articles a site's pages brought by citing them, by day (UTC): a bound for
    # pages that cite thousands.
    """\
CREATE TABLE cited_days (
  site_id INTEGER NOT NULL REFERENCES sites(id),
  day TEXT NOT NULL,
  added INTEGER NOT NULL,
  PRIMARY KEY (site_id, day)
) STRICT, WITHOUT ROWID""",
)
