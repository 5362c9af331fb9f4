"""Links between articles, and the articles that nobody has compared with others yet."""

import json
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Final

from pipelines.links import Evidence, Link, LinkKind
from pipelines.store.opening import Reader, Writer
from pipelines.store.rows import Row, as_json, iso, moment, one, rows
from pipelines.store.schema_browse import UNTOLD_NEWS


def of_article(db: Reader | Writer, article_id: int) -> list[Link]:
    """What an article was copied or translated from: sure links first, then by score."""
    return _links(db, "from_article_id", article_id)


def to_article(db: Reader | Writer, article_id: int) -> list[Link]:
    """The copies and translations of an article: sure links first, then by score."""
    return _links(db, "to_article_id", article_id)


def _links(db: Reader | Writer, column: str, article_id: int) -> list[Link]:
    found = rows(
        db,
        f"SELECT * FROM links WHERE {column} = ? ORDER BY sure DESC, score DESC, id",  # noqa: S608
        [article_id],
    )
    return [_link(row) for row in found]


def _link(row: Row) -> Link:
    return Link(
        kind=row["kind"],
        from_article_id=row["from_article_id"],
        to_article_id=row["to_article_id"],
        from_version_id=row["from_version_id"],
        to_version_id=row["to_version_id"],
        sure=bool(row["sure"]),
        score=row["score"],
        evidence=tuple(
            Evidence(kind=kind, value=value, weight=weight)
            for kind, value, weight in json.loads(row["evidence"])
        ),
        found_at=moment(row["found_at"]),
    )


def replace_links(db: Writer, article_id: int, kind: LinkKind, links: Sequence[Link]) -> None:
    """Let these be all links of a kind from an article; when one was found first stays.

    A guess that becomes sure is found then: until then nobody was told of it. One that was
    sure before, and of which people could know, was found at that time.
    """
    former = {link.to_article_id: link for link in of_article(db, article_id)}
    db.execute("DELETE FROM links WHERE from_article_id = ? AND kind = ?", [article_id, kind])
    for link in links:
        add(db, link, found_at=_found_at(db, link, former.get(link.to_article_id)))
    lost = [link for link in former.values() if link.sure]
    kept = {link.to_article_id for link in of_article(db, article_id) if link.sure} if lost else ()
    for link in lost:
        if link.to_article_id not in kept:
            _remember(db, link)


def _found_at(db: Writer, link: Link, former: Link | None) -> datetime:
    if former is not None and (former.sure or not link.sure):
        return former.found_at
    once = one(
        db,
        "SELECT found_at FROM once_sure WHERE from_article_id = ? AND to_article_id = ?",
        [link.from_article_id, link.to_article_id],
    )
    return moment(once["found_at"]) if once else link.found_at


def _remember(db: Writer, link: Link) -> None:
    """Keep when a sure link was found that is sure no more, if people could know of it.

    Of an article that nobody was told of nobody was told a link.
    """
    db.execute(
        "INSERT INTO once_sure SELECT :made, :original, :at "
        f"WHERE :made NOT IN {UNTOLD_NEWS} AND :original NOT IN {UNTOLD_NEWS} "
        "ON CONFLICT DO NOTHING",
        {
            "made": link.from_article_id,
            "original": link.to_article_id,
            "at": iso(link.found_at),
        },
    )


def add(db: Writer, link: Link, *, found_at: datetime) -> None:
    """Write a link down, in the place of another between the same articles."""
    values = {
        "kind": link.kind,
        "from_article_id": link.from_article_id,
        "to_article_id": link.to_article_id,
        "from_version_id": link.from_version_id,
        "to_version_id": link.to_version_id,
        "sure": int(link.sure),
        "score": link.score,
        "evidence": as_json([[each.kind, each.value, each.weight] for each in link.evidence]),
        "found_at": iso(found_at),
    }
    marks = ", ".join("?" * len(values))
    db.execute(
        f"INSERT OR REPLACE INTO links ({', '.join(values)}) VALUES ({marks})",  # noqa: S608
        list(values.values()),
    )


def is_copy(db: Reader | Writer, article_id: int, original_id: int) -> bool:
    found = db.execute(
        "SELECT 1 FROM links WHERE kind = 'copy' AND from_article_id = ? AND to_article_id = ?",
        [article_id, original_id],
    )
    return found.fetchone() is not None


def drop_copy(db: Writer, article_id: int, original_id: int) -> None:
    """Let an article be no copy of that one any more."""
    kept = [
        link
        for link in of_article(db, article_id)
        if link.kind == "copy" and link.to_article_id != original_id
    ]
    replace_links(db, article_id, "copy", kept)


def copied_from(db: Reader | Writer, ids: Collection[int]) -> dict[int, int]:
    """Of those of these articles that are copies for sure: the article whose text they have."""
    marks = ", ".join("?" * len(ids))
    found = rows(
        db,
        "SELECT from_article_id, to_article_id FROM links WHERE kind = 'copy' AND sure = 1 "  # noqa: S608
        f"AND from_article_id IN ({marks}) ORDER BY score",
        [*ids],
    )
    return {row["from_article_id"]: row["to_article_id"] for row in found}


def await_linking(db: Writer, article_id: int, since: datetime) -> None:
    """Note that nobody has compared an article's current version with others yet."""
    db.execute(
        "INSERT INTO to_link (article_id, since, woken) VALUES (?, ?, 0) "
        "ON CONFLICT DO UPDATE SET woken = 0",
        [article_id, iso(since)],
    )


def waiting(db: Reader | Writer, site_id: int, *, most: int) -> list[int]:
    """The articles of a site that wait to be compared with others, who waits longest first."""
    found = rows(
        db,
        "SELECT to_link.article_id FROM to_link CROSS JOIN articles "
        "ON articles.id = to_link.article_id WHERE site_id = ? ORDER BY since, 1 LIMIT ?",
        [site_id, most],
    )
    return [row["article_id"] for row in found]


def compared(db: Writer, article_id: int) -> bool:
    """Take an article out of the line; whether it may wake others."""
    row = one(db, "SELECT woken FROM to_link WHERE article_id = ?", [article_id])
    db.execute("DELETE FROM to_link WHERE article_id = ?", [article_id])
    return row is not None and not row["woken"]


_OF: Final = "(from_article_id = :gone OR to_article_id = :gone)"


def pass_on(db: Writer, gone: int, survivor: int, now: datetime) -> None:
    """Let what is known of an article that was merged be found anew, of the one it is now.

    What people were told of the one they were told of the other.
    """
    for link in (*of_article(db, gone), *to_article(db, gone)):
        if link.sure:
            _remember(db, link)
    both = {"gone": gone, "survivor": survivor}
    for end in ("from_article_id", "to_article_id"):
        db.execute(f"UPDATE OR IGNORE once_sure SET {end} = :survivor WHERE {end} = :gone", both)  # noqa: S608
    db.execute(f"DELETE FROM once_sure WHERE {_OF} OR from_article_id = to_article_id", both)  # noqa: S608
    others = rows(
        db,
        f"SELECT DISTINCT from_article_id AS id FROM links WHERE {_OF}",  # noqa: S608
        {"gone": gone},
    )
    db.execute(f"DELETE FROM links WHERE {_OF}", {"gone": gone})  # noqa: S608 - our own words
    for table in ("traits", "bands", "to_link"):
        db.execute(f"DELETE FROM {table} WHERE article_id = ?", [gone])  # noqa: S608
    for article_id in {survivor, *(row["id"] for row in others)} - {gone}:
        wake(db, article_id, now)


def wake(db: Writer, article_id: int, since: datetime) -> None:
    """Let an article that was read, and is no other's name, be compared with others again.

    It wakes nobody in turn, or two would wake each other for ever.
    """
    db.execute(
        "INSERT INTO to_link SELECT id, ?, 1 FROM articles WHERE id = ? "
        "AND current_version_id IS NOT NULL AND merged_into IS NULL ON CONFLICT DO NOTHING",
        [iso(since), article_id],
    )


def stood_at(db: Reader | Writer, article_id: int, moment: str) -> int:
    """The version of an article that stood at a moment (as stored), or else its first."""
    row = one(
        db,
        "SELECT id FROM versions WHERE article_id = ? "
        "ORDER BY seen_at <= ? DESC, CASE WHEN seen_at <= ? THEN -number ELSE number END LIMIT 1",
        [article_id, moment, moment],
    )
    assert row is not None
    return int(row["id"])


def await_version(db: Writer, version_id: int) -> None:
    """The same for the article whose current version this is, if it is one's."""
    db.execute(
        "INSERT INTO to_link SELECT articles.id, versions.last_seen_at, 0 FROM articles "
        "JOIN versions ON versions.id = current_version_id "
        "WHERE current_version_id = ? AND merged_into IS NULL "
        "ON CONFLICT DO UPDATE SET woken = 0",
        [version_id],
    )


def retract(db: Writer, before: int, after: int | None) -> None:
    """Let links speak of the version ``before``: ``after`` is about to be taken back."""
    db.execute("UPDATE links SET from_version_id = ? WHERE from_version_id = ?", [before, after])
    db.execute("UPDATE links SET to_version_id = ? WHERE to_version_id = ?", [before, after])
    await_version(db, before)
