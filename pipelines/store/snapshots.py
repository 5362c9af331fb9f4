"""Stored pages: kept once per article, each against the former one; read, removed, rebased."""

from datetime import datetime
from typing import Final

from crawlers.page import Page, Validators
from pipelines.snapshots import KEYFRAME_EVERY, DamagedPage, pack, sha256, unpack
from pipelines.store.opening import Reader, Writer
from pipelines.store.rows import Row, change_row, insert, iso, moment, one, rows


def add_snapshot(db: Writer, article_id: int, page: Page) -> int:
    """Keep a page's bytes, once per article."""
    digest = sha256(page.body)
    found = one(
        db,
        "SELECT id FROM snapshots WHERE article_id = ? AND sha256 = ? AND removed_at IS NULL",
        [article_id, digest],
    )
    if found:
        return int(found["id"])
    facts = {
        "article_id": article_id,
        "sha256": digest,
        "url": page.url,
        "final_url": page.final_url,
        "status": page.status,
        "fetched_at": iso(page.fetched_at),
        "content_type": page.content_type,
    }
    return insert(db, "snapshots", {**facts, **_packed(db, page.body, _newest(db, article_id))})


def snapshot_page(db: Reader | Writer, snapshot_id: int, *, site: str) -> Page | None:
    """The page as it was fetched, to be read again; None when its bytes are not there any more."""
    row = one(db, "SELECT * FROM snapshots WHERE id = ?", [snapshot_id])
    assert row is not None
    try:
        body = body_of(db, snapshot_id)
    except DamagedPage:
        return None  # `baowatch check-store` says which, and the caller that one is missing
    return Page(
        site=site,
        url=row["url"],
        final_url=row["final_url"],
        status=row["status"],
        fetched_at=moment(row["fetched_at"]),
        body=body,
        content_type=row["content_type"],
        validators=Validators(),
    )


_CHAIN: Final = """
WITH RECURSIVE chain(id, step) AS (
  SELECT ?, 0 UNION ALL
  SELECT snapshots.base_id, step + 1 FROM snapshots JOIN chain USING (id)
  WHERE base_id IS NOT NULL AND step < ?)
SELECT snapshots.encoding, snapshots.body, snapshots.sha256 FROM chain
JOIN snapshots USING (id) ORDER BY step DESC"""


def body_of(db: Reader | Writer, snapshot_id: int) -> bytes:
    """The bytes of a stored page. Raises DamagedPage when they cannot be had, or are others."""
    body: bytes | None = None
    digest = ""
    for row in rows(db, _CHAIN, [snapshot_id, KEYFRAME_EVERY]):
        body, digest = unpack(row["body"], row["encoding"], body), row["sha256"]
    if body is None or sha256(body) != digest:
        raise DamagedPage("the bytes are not those that were stored")
    return body


def remove(db: Writer, snapshot_id: int, now: datetime) -> bool:
    """Remove a page's bytes; what is based on it is based on the page before it.

    The row stays, with the sha256. False, and nothing done, where that would break another page.
    """
    gone = one(db, "SELECT base_id, depth FROM snapshots WHERE id = ?", [snapshot_id])
    assert gone is not None
    former = one(db, "SELECT id, depth FROM snapshots WHERE id = ?", [gone["base_id"]])
    later = rows(db, "SELECT id FROM snapshots WHERE base_id = ?", [snapshot_id])
    try:
        bodies = {row["id"]: body_of(db, row["id"]) for row in later}
        for later_id, body in bodies.items():
            change_row(db, "snapshots", later_id, _packed(db, body, former))
    except DamagedPage:
        return False
    values = {"encoding": "removed", "body": b"", "base_id": None, "removed_at": iso(now)}
    change_row(db, "snapshots", snapshot_id, values)
    return True


def _newest(db: Writer, article_id: int) -> Row | None:
    return one(
        db,
        "SELECT id, depth FROM snapshots WHERE article_id = ? AND removed_at IS NULL "
        "ORDER BY id DESC LIMIT 1",
        [article_id],
    )


def _packed(db: Writer, body: bytes, former: Row | None) -> Row:
    """The columns that hold ``body``, against ``former`` unless a page must stand alone."""
    against = _former_body(db, former)
    packed = pack(body, against)
    base = None if packed.encoding == "zstd" else former
    return {
        "encoding": packed.encoding,
        "body": packed.body,
        "base_id": base["id"] if base else None,
        "depth": base["depth"] + 1 if base else 0,
    }


def _former_body(db: Writer, former: Row | None) -> bytes | None:
    if former is None or former["depth"] + 1 >= KEYFRAME_EVERY:
        return None
    try:
        return body_of(db, former["id"])
    except DamagedPage:
        return None  # nothing is built on it
