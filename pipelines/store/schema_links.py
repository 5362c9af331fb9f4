"""Which article is a copy or translation of which, and what tells (migration 0011)."""

from typing import Final

STATEMENTS: Final[tuple[str, ...]] = (
    # ``from_article_id`` is the copy or translation, ``to_article_id`` the original.
    # ``from_version_id`` is its text that was compared, ``to_version_id`` how the original stood
    # when that text was first seen (or else its first version); what was compared with it is how
    # the original stood at ``found_at`` or later. ``evidence`` is a JSON list of what both have.
    """\
CREATE TABLE links (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('copy', 'translation')),
  from_article_id INTEGER NOT NULL REFERENCES articles(id),
  to_article_id INTEGER NOT NULL REFERENCES articles(id),
  from_version_id INTEGER NOT NULL REFERENCES versions(id),
  to_version_id INTEGER NOT NULL REFERENCES versions(id),
  sure INTEGER NOT NULL CHECK (sure IN (0, 1)),
  score REAL NOT NULL,
  evidence TEXT NOT NULL,
  found_at TEXT NOT NULL,
  UNIQUE (from_article_id, to_article_id)
) STRICT""",
    "CREATE INDEX links_by_to ON links(to_article_id)",
    "CREATE INDEX links_by_found ON links(found_at)",
    # What survives translation, as a number each; ``day`` is when the article was published,
    # in days since 1970 (UTC).
    """\
CREATE TABLE traits (
  trait INTEGER NOT NULL,
  day INTEGER NOT NULL,
  article_id INTEGER NOT NULL REFERENCES articles(id),
  PRIMARY KEY (trait, day, article_id)
) STRICT, WITHOUT ROWID""",
    "CREATE INDEX traits_by_article ON traits(article_id)",
    # Of an article's sentences the lowest prints: near copies share several.
    """\
CREATE TABLE bands (
  band INTEGER NOT NULL,
  article_id INTEGER NOT NULL REFERENCES articles(id),
  PRIMARY KEY (band, article_id)
) STRICT, WITHOUT ROWID""",
    "CREATE INDEX bands_by_article ON bands(article_id)",
    # Articles whose current version nobody has compared with others yet; or not with one that
    # came since and woke them.
    """\
CREATE TABLE to_link (
  article_id INTEGER PRIMARY KEY REFERENCES articles(id),
  since TEXT NOT NULL,
  woken INTEGER NOT NULL CHECK (woken IN (0, 1))
) STRICT""",
    (
        "INSERT INTO to_link SELECT id, first_seen_at, 0 FROM articles "
        "WHERE current_version_id IS NOT NULL AND merged_into IS NULL"
    ),
)
