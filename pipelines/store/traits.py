"""What articles have that survives translation, and which of them have a thing in some days."""

from collections.abc import Collection, Iterable
from typing import Final

from pipelines.store.opening import Reader, Writer
from pipelines.store.rows import Row, rows

Days = tuple[int, int]
"""The first and the last, in days since 1970."""
ALL_DAYS: Final[Days] = (-1_000_000, 1_000_000)


def write(db: Writer, article_id: int, day: int, numbers: Collection[int]) -> None:
    """Let these be an article's traits."""
    known = {
        (number, known_day)
        for number, known_day in db.execute(
            "SELECT trait, day FROM traits WHERE article_id = ?", [article_id]
        )
    }
    told = {(number, day) for number in numbers}
    db.conn.executemany(
        "DELETE FROM traits WHERE trait = ? AND day = ? AND article_id = ?",
        [(*each, article_id) for each in known - told],
    )
    db.conn.executemany(
        "INSERT INTO traits (trait, day, article_id) VALUES (?, ?, ?)",
        [(*each, article_id) for each in told - known],
    )


def holders(db: Reader | Writer, number: int, days: Days, *, most: int) -> list[int]:
    """Articles published in these days that have a trait; of more than ``most``, the first."""
    found = db.execute(
        "SELECT article_id FROM traits WHERE trait = ? AND day BETWEEN ? AND ? LIMIT ?",
        [number, *days, most],
    )
    return [article_id for (article_id,) in found]


def count(db: Reader | Writer, number: int, days: Days, *, most: int) -> int:
    """How many articles of these days have a trait, counted as far as ``most``."""
    found = db.execute(
        "SELECT count(*) FROM (SELECT 1 FROM traits WHERE trait = ? AND day BETWEEN ? AND ? "
        "LIMIT ?)",
        [number, *days, most],
    )
    return int(found.fetchone()[0])


def of_articles(db: Reader | Writer, ids: Iterable[int]) -> dict[int, frozenset[int]]:
    """The traits of each of these articles."""
    held: dict[int, set[int]] = {article_id: set() for article_id in ids}
    found = db.execute(
        "SELECT article_id, trait FROM traits INDEXED BY traits_by_article "  # noqa: S608
        f"WHERE article_id IN ({', '.join('?' * len(held))})",
        [*held],
    )
    for article_id, number in found:
        held[article_id].add(number)
    return {article_id: frozenset(numbers) for article_id, numbers in held.items()}


_READ: Final = """
SELECT articles.id, articles.site_id, articles.url, articles.status, versions.title, versions.lead,
  substr(texts.text, 1, 400) AS beginning, versions.text_id,
  articles.published_at, articles.first_seen_at, current_version_id AS version_id
FROM articles JOIN versions ON versions.id = current_version_id
JOIN texts ON texts.id = versions.text_id"""


def read_articles(
    db: Reader | Writer, ids: Collection[int], *, besides: Collection[int] = ()
) -> list[Row]:
    """What is compared of articles that were read and are no other's name.

    ``besides``: sites whose articles are left out.
    """
    marks, others = (", ".join("?" * len(values)) for values in (ids, besides))
    return rows(
        db,
        f"{_READ} WHERE articles.id IN ({marks}) AND merged_into IS NULL "
        f"AND site_id NOT IN ({others})",
        [*ids, *besides],
    )
