"""What all of a site's versions were read as: to be tried on, and to be read again."""

from dataclasses import dataclass

from pipelines.article import Block
from pipelines.store.opening import Reader, Writer
from pipelines.store.rows import blocks_from_json, rows


def current_blocks(db: Reader, site_id: int) -> list[tuple[int, tuple[Block, ...]]]:
    """The number and the blocks of every article of a site that was read."""
    found = rows(
        db,
        "SELECT articles.id, texts.blocks FROM articles "
        "JOIN versions ON versions.id = articles.current_version_id "
        "JOIN texts ON texts.id = versions.text_id WHERE articles.site_id = ? "
        "AND articles.merged_into IS NULL",
        [site_id],
    )
    return [(row["id"], blocks_from_json(row["blocks"])) for row in found]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredReading:
    """How a version was read, and of which page; ``url`` and ``number`` name it for people."""

    version_id: int
    article_id: int
    snapshot_id: int
    number: int
    url: str
    fingerprint: str
    recipe: str
    is_current: bool


def stored_readings(db: Reader, site_id: int, *, every: bool) -> list[StoredReading]:
    """The two newest versions of every article of a site, or every one; by article."""
    found = rows(
        db,
        "SELECT versions.id AS version_id, versions.article_id, versions.snapshot_id, "
        "versions.number, articles.url, versions.fingerprint, versions.recipe, "
        "versions.id = ifnull(articles.current_version_id, 0) AS is_current "
        "FROM versions JOIN articles ON articles.id = versions.article_id "
        "WHERE articles.site_id = :site AND (:every OR versions.number + 1 >= "
        "(SELECT max(number) FROM versions AS other WHERE other.article_id = articles.id)) "
        "ORDER BY versions.article_id, versions.number",
        {"site": site_id, "every": every},
    )
    return [StoredReading(**{**row, "is_current": bool(row["is_current"])}) for row in found]


def remove_unused_texts(db: Writer) -> int:
    """Remove the texts that no version has any more; return how many."""
    return db.execute(
        "DELETE FROM texts WHERE NOT EXISTS (SELECT 1 FROM versions WHERE text_id = texts.id)"
    ).rowcount
