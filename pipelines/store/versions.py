"""Versions with their readings, texts once each, and looks."""

from collections.abc import Collection
from dataclasses import asdict
from datetime import datetime
from types import MappingProxyType

from crawlers.page import Page
from pipelines.article import Article
from pipelines.changes import Look, LookState, Version
from pipelines.fingerprint import Fingerprints
from pipelines.store import links, search
from pipelines.store.opening import Reader, Writer
from pipelines.store.rows import (
    Row,
    as_json,
    blocks_as_json,
    change_row,
    insert,
    iso,
    iso_or_none,
    look,
    moment_or_none,
    one,
    rows,
    version,
)
from pipelines.store.snapshots import add_snapshot as add_snapshot
from pipelines.store.snapshots import snapshot_page as snapshot_page

_VERSION = (
    "SELECT versions.*, texts.blocks, articles.url, sites.name AS site FROM versions "
    "JOIN texts ON texts.id = versions.text_id "
    "JOIN articles ON articles.id = versions.article_id "
    "JOIN sites ON sites.id = articles.site_id "
)


def by_id(db: Reader | Writer, version_id: int) -> Version:
    row = one(db, f"{_VERSION} WHERE versions.id = ?", [version_id])
    assert row is not None
    return version(row, site=row["site"])


def history(db: Reader | Writer, article_id: int) -> list[Version]:
    found = rows(
        db, f"{_VERSION} WHERE versions.article_id = ? ORDER BY versions.number", [article_id]
    )
    return [version(row, site=row["site"]) for row in found]


def add(
    db: Writer,
    article_id: int,
    article: Article,
    prints: Fingerprints,
    *,
    snapshot_id: int,
    run_id: int,
    now: datetime,
) -> int:
    """Write an accepted version with its reading, and make it the article's current one."""
    last = one(
        db,
        "SELECT ifnull(max(number), 0) AS number FROM versions WHERE article_id = ?",
        [article_id],
    )
    assert last is not None
    facts = {
        "article_id": article_id,
        "number": last["number"] + 1,
        "run_id": run_id,
        "snapshot_id": snapshot_id,
        "seen_at": iso(now),
        "last_seen_at": iso(now),
    }
    version_id = insert(db, "versions", {**facts, **_reading(db, article, prints)})
    change_row(db, "articles", article_id, {"current_version_id": version_id})
    search.index(db, article_id)
    links.await_linking(db, article_id, now)
    return version_id


def rewrite(db: Writer, version_id: int, article: Article, prints: Fingerprints) -> None:
    """Replace a version's reading by what today's rules read from the same snapshot."""
    known = one(db, "SELECT fingerprint FROM versions WHERE id = ?", [version_id])
    change_row(db, "versions", version_id, _reading(db, article, prints))
    search.index_version(db, version_id)
    if known and known["fingerprint"] != prints.all:
        links.await_version(db, version_id)


def seen_again(db: Writer, version_id: int, now: datetime) -> None:
    change_row(db, "versions", version_id, {"last_seen_at": iso(now)})


def _reading(db: Writer, article: Article, prints: Fingerprints) -> Row:
    return {
        "title": article.title,
        "lead": article.lead,
        "text_id": _text_id(db, article, prints.body),
        "captions": as_json(article.captions),
        "author": article.author,
        "published_at": iso_or_none(article.published_at),
        "modified_at": iso_or_none(article.modified_at),
        "language": article.language,
        "tags": as_json(article.tags),
        "canonical": article.canonical,
        "fingerprint": prints.all,
        "field_fingerprints": as_json(asdict(prints)),
        "recipe": article.recipe,
    }


def _text_id(db: Writer, article: Article, fingerprint: str) -> int:
    """The row of a body text, kept once however many versions and articles share it."""
    found = one(db, "SELECT id, blocks FROM texts WHERE fingerprint = ?", [fingerprint])
    if found:
        return int(found["id"])
    return insert(
        db,
        "texts",
        {
            "fingerprint": fingerprint,
            "text": article.text,
            "blocks": blocks_as_json(article.blocks),
            "length": len(article.text),
        },
    )


def recent_pages(db: Reader, site_id: int, *, site: str, most: int) -> list[Page]:
    """The newest stored page of each live article, newest first: accepted or suspected."""
    found = rows(
        db,
        "SELECT max(snapshots.id) AS id FROM articles "
        "JOIN versions ON versions.id = articles.current_version_id "
        "LEFT JOIN looks ON looks.article_id = articles.id "
        "AND looks.state IN ('pending', 'held') "
        "JOIN snapshots ON snapshots.id IN (versions.snapshot_id, looks.snapshot_id) "
        "WHERE articles.site_id = ? AND articles.status = 'live' "
        "AND articles.merged_into IS NULL GROUP BY articles.id ORDER BY 1 DESC LIMIT ?",
        [site_id, most],
    )
    pages = (snapshot_page(db, row["id"], site=site) for row in found)
    return [page for page in pages if page is not None]


def open_look(db: Reader | Writer, article_id: int) -> Look | None:
    """The suspicion that is open on an article: pending or held, one at most."""
    row = one(
        db,
        "SELECT * FROM looks WHERE article_id = ? AND state IN ('pending', 'held')",
        [article_id],
    )
    return look(row) if row else None


def add_look(
    db: Writer,
    article_id: int,
    *,
    snapshot_id: int,
    run_id: int,
    fingerprint: str,
    recipe: str,
    now: datetime,
    due_at: datetime,
    state: LookState,
    twin_id: int | None = None,
    shift: Row = MappingProxyType({}),
) -> int:
    return insert(
        db,
        "looks",
        {
            "article_id": article_id,
            "run_id": run_id,
            "snapshot_id": snapshot_id,
            "looked_at": iso(now),
            "due_at": iso(due_at),
            "state": state,
            "twin_id": twin_id,
            "fingerprint": fingerprint,
            "recipe": recipe,
            "shift": as_json(dict(shift)),
        },
    )


def close_look(db: Writer, look_id: int, state: LookState) -> None:
    change_row(db, "looks", look_id, {"state": state})


def open_looks(db: Reader, site_id: int, state: LookState) -> list[Look]:
    found = rows(
        db,
        # The first condition lets the partial index of open looks serve.
        "SELECT looks.* FROM looks JOIN articles ON articles.id = looks.article_id "
        "WHERE looks.state IN ('pending', 'held') AND looks.state = ? AND articles.site_id = ? "
        "ORDER BY looks.due_at, looks.id",
        [state, site_id],
    )
    return [look(row) for row in found]


def next_second_look(db: Reader, site_id: int, article_ids: Collection[int]) -> datetime | None:
    """When the next of these articles with a pending look comes due."""
    marks = ", ".join("?" * len(article_ids))
    row = one(
        db,
        "SELECT min(max(looks.due_at, articles.due_at)) AS due_at FROM looks "  # noqa: S608 - marks
        "JOIN articles ON articles.id = looks.article_id WHERE looks.state IN ('pending', 'held') "
        f"AND looks.state = 'pending' AND articles.site_id = ? AND articles.id IN ({marks})",
        [site_id, *article_ids],
    )
    return moment_or_none(row["due_at"]) if row else None
