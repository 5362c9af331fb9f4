"""Erasing articles: every row that holds a word of theirs. The connection overwrites with zeros."""

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final

from pipelines.store import archive, citations, search
from pipelines.store.opening import Reader, Writer
from pipelines.store.rows import Row, blocks_from_json, rows
from pipelines.tokens import sentences

OWN_TABLES: Final = (
    "changes",
    "looks",
    "versions",
    "snapshots",
    "addresses",
    "teasers",
    "sightings",
    "slots",
    "fleeting",
    "watched",
    "citations",
    "traits",
    "bands",
    "to_link",
)
"""What belongs to one article, in an order that foreign keys allow."""
SHORTEST_PIECE: Final = 20
"""Characters from which a text is somebody's own."""
LONGEST_QUOTE: Final = 80
"""Characters of a text that a finding quotes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    """How much was erased, and the ``archives`` outside the store that hold pages of it."""

    versions: int
    changes: int
    pages: int
    archives: tuple[str, ...] = ()


def namesakes(db: Reader | Writer, article_id: int) -> list[Row]:
    """An article's row and those that were merged into it: ``id`` and ``key``."""
    return rows(
        db,
        "SELECT id, key FROM articles WHERE id = :id OR merged_into = :id ORDER BY id",
        {"id": article_id},
    )


def by_address(db: Reader | Writer, site_id: int, url: str) -> int | None:
    """The article that was seen under an address, through merges."""
    found = rows(
        db,
        "SELECT ifnull(merged_into, articles.id) AS id FROM addresses "
        "JOIN articles ON articles.id = article_id WHERE addresses.url = ? AND site_id = ? LIMIT 1",
        [url, site_id],
    )
    return found[0]["id"] if found else None


def addresses_of(db: Reader | Writer, ids: Collection[int]) -> frozenset[str]:
    """Every address that these articles, or pages stored of them, had."""
    found = db.execute(
        f"SELECT url FROM articles WHERE id IN ({_marks(ids)}) "  # noqa: S608
        f"UNION SELECT url FROM addresses WHERE article_id IN ({_marks(ids)}) "
        f"UNION SELECT url FROM snapshots WHERE article_id IN ({_marks(ids)}) "
        f"UNION SELECT final_url FROM snapshots WHERE article_id IN ({_marks(ids)})",
        [*ids] * 4,
    )
    return frozenset(url for (url,) in found)


def teasers_of(db: Reader | Writer, ids: Collection[int]) -> list[Row]:
    return rows(
        db,
        f"SELECT DISTINCT kind, key FROM teasers WHERE article_id IN ({_marks(ids)})",  # noqa: S608
        [*ids],
    )


def erase(db: Writer, site_id: int, ids: Collection[int]) -> Erased:
    """Erase articles and every trace of their words; texts that copies share stay for these."""
    marks = _marks(ids)
    urls, pieces = addresses_of(db, ids), frozenset(_pieces(db, ids))
    erased = Erased(
        versions=_count(db, "versions", ids),
        changes=_count(db, "changes", ids),
        pages=_count(db, "snapshots", ids),
        archives=tuple(archive.files_of(db, ids)),
    )
    texts = rows(
        db,
        f"SELECT DISTINCT text_id FROM versions WHERE article_id IN ({marks})",  # noqa: S608
        [*ids],
    )
    _clear_findings(db, site_id, urls, pieces)
    db.execute(f"UPDATE looks SET twin_id = NULL WHERE twin_id IN ({marks})", [*ids])  # noqa: S608
    db.execute(
        "UPDATE articles SET current_version_id = NULL, merged_into = NULL "  # noqa: S608
        f"WHERE id IN ({marks})",
        [*ids],
    )
    for article_id in ids:
        search.remove(db, article_id)
    archive.erase(db, ids)
    citations.erase_addresses(db, ids, urls)
    for table in ("links", "once_sure"):
        db.execute(
            f"DELETE FROM {table} WHERE from_article_id IN ({marks}) OR to_article_id IN ({marks})",  # noqa: S608
            [*ids, *ids],
        )
    for table in OWN_TABLES:
        db.execute(f"DELETE FROM {table} WHERE article_id IN ({marks})", [*ids])  # noqa: S608
    db.execute(f"DELETE FROM articles WHERE id IN ({marks})", [*ids])  # noqa: S608
    for row in texts:
        db.execute(
            "DELETE FROM texts WHERE id = :id "
            "AND NOT EXISTS (SELECT 1 FROM versions WHERE text_id = :id)",
            {"id": row["text_id"]},
        )
    _clear_samples(db, site_id, pieces)
    return erased


def _pieces(db: Writer, ids: Collection[int]) -> Iterator[str]:
    """Every text that an article's versions show, whole and sentence by sentence."""
    found = rows(
        db,
        "SELECT versions.title, lead, blocks, captions FROM versions "  # noqa: S608
        f"JOIN texts ON texts.id = text_id WHERE article_id IN ({_marks(ids)}) "
        f"UNION SELECT title, '', '[]', '[]' FROM articles WHERE id IN ({_marks(ids)})",
        [*ids] * 2,
    )
    for row in found:
        blocks = (block.text for block in blocks_from_json(row["blocks"]))
        for text in (row["title"], row["lead"], *blocks, *json.loads(row["captions"])):
            yield from (one for one in (text, *sentences(text)) if len(one) >= SHORTEST_PIECE)


def _clear_findings(
    db: Writer, site_id: int, urls: Collection[str], pieces: Collection[str]
) -> None:
    """A finding stays, without the article's address and words."""
    for row in rows(db, "SELECT id, detail, url FROM findings WHERE site_id = ?", [site_id]):
        told = (*urls, *(piece[:LONGEST_QUOTE] for piece in pieces))
        if row["url"] in urls or any(one in row["detail"] for one in told):
            db.execute("UPDATE findings SET detail = '', url = '' WHERE id = ?", [row["id"]])
    for url in urls:
        db.execute("DELETE FROM symptoms WHERE place = ?", [url])


def _clear_samples(db: Writer, site_id: int, pieces: Collection[str]) -> None:
    """What was learned holds without its sample, unless other articles show the same."""
    learned = rows(
        db,
        "SELECT id, sample FROM learned WHERE site_id = ? AND sample != '' AND NOT EXISTS ("
        "SELECT 1 FROM sightings WHERE site_id = learned.site_id AND kind = learned.kind "
        "AND print = learned.print)",
        [site_id],
    )
    for row in learned:
        if any(piece.startswith(row["sample"]) for piece in pieces):
            db.execute("UPDATE learned SET sample = '' WHERE id = ?", [row["id"]])


def _count(db: Writer, table: str, ids: Collection[int]) -> int:
    found = db.execute(
        f"SELECT count(*) FROM {table} WHERE article_id IN ({_marks(ids)})",  # noqa: S608
        [*ids],
    )
    return int(found.fetchone()[0])


def _marks(values: Collection[object]) -> str:
    return ", ".join("?" * len(values))
