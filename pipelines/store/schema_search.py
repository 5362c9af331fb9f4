"""Search by folded words (migration 0006)."""

from typing import Final

STATEMENTS: Final[tuple[str, ...]] = (
    # Folded text (pipelines.search.searchable), rowid = articles.id. A standalone table: no
    # trigger could fold. Marks count as letters: what is left of them after folding are vowels.
    """\
CREATE VIRTUAL TABLE articles_fts USING fts5(
  title, lead, text, captions, author,
  tokenize = "unicode61 remove_diacritics 0 categories 'L* N* M*'"
)""",
    # A title weighs most. Kept in the table, so that ORDER BY rank means the same to everybody.
    "INSERT INTO articles_fts (articles_fts, rank) VALUES ('rank', 'bm25(10, 4, 1, 1, 2)')",
)
