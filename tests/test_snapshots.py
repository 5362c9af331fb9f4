"""Stored pages: read as they were fetched, kept against the former one, removed without harm."""

import random
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from desks import HOME, Newsroom

from crawlers.page import Page, Validators
from pipelines.snapshots import KEYFRAME_EVERY, DamagedPage, pack, sha256, unpack
from pipelines.store import snapshots
from pipelines.store.opening import Store

NOW = datetime(2026, 3, 2, tzinfo=UTC)


def editions(count: int, size: int = 30_000) -> list[bytes]:
    """A page that is edited a little each time."""
    rng = random.Random(3)
    lines = [f"<p>{rng.random()} thu ngân sách {rng.random()}</p>" for _ in range(size // 50)]
    told: list[bytes] = []
    for number in range(count):
        lines[rng.randrange(len(lines))] = f"<p>Lần {number}: {rng.random()}</p>"
        told.append("\n".join(lines).encode())
    return told


def page(body: bytes) -> Page:
    return Page(
        site="bao",
        url=f"{HOME}/tin/mot",
        final_url=f"{HOME}/tin/mot",
        status=200,
        fetched_at=NOW,
        body=body,
        content_type="text/html; charset=utf-8",
        validators=Validators(),
    )


@pytest.fixture
def room(tmp_path: Path) -> Newsroom:
    made = Newsroom(tmp_path / "store.db")
    made.begin()
    made.listed("/tin/mot", "/tin/hai")
    return made


def keep(store: Store, *bodies: bytes, article_id: int = 1) -> list[int]:
    with store.writing() as db:
        return [snapshots.add_snapshot(db, article_id, page(body)) for body in bodies]


def rows(store: Store) -> list[tuple[int, str, int, int | None, int]]:
    return store.reader.execute(
        "SELECT id, encoding, length(body), base_id, depth FROM snapshots ORDER BY id"
    ).fetchall()


def test_a_page_is_read_as_it_was_fetched(room: Newsroom) -> None:
    first, second = keep(room.store, b"<p>One</p>", b"\x00\xff" * 500)
    assert snapshots.snapshot_page(room.store.reader, first, site="bao") == page(b"<p>One</p>")
    assert snapshots.snapshot_page(room.store.reader, second, site="bao") == page(b"\x00\xff" * 500)


def test_later_pages_cost_little_and_one_of_twenty_stands_alone(room: Newsroom) -> None:
    bodies = editions(50)
    ids = keep(room.store, *bodies)
    stored = rows(room.store)
    alone = [number for number, row in enumerate(stored) if row[1] == "zstd"]
    assert alone == [0, KEYFRAME_EVERY, 2 * KEYFRAME_EVERY]
    assert all(row[2] * 10 < stored[0][2] for row in stored if row[1] == "zstd-against")
    for snapshot_id, body in zip(ids, bodies, strict=True):
        assert snapshots.body_of(room.store.reader, snapshot_id) == body


def test_an_unlike_page_stands_alone(room: Newsroom) -> None:
    rng = random.Random(1)
    first, second = (rng.randbytes(4000) for _ in range(2))
    keep(room.store, first, second)
    assert [row[1] for row in rows(room.store)] == ["zstd", "zstd"]


def test_articles_are_never_kept_against_each_other(room: Newsroom) -> None:
    first, second = editions(2)
    keep(room.store, first)
    keep(room.store, second, article_id=2)
    assert [row[3] for row in rows(room.store)] == [None, None]


@pytest.mark.parametrize("order", ["oldest first", "newest first", "at random"])
def test_removing_a_page_breaks_no_other(room: Newsroom, order: str) -> None:
    bodies = editions(45)
    left = dict(zip(keep(room.store, *bodies), bodies, strict=True))
    going = sorted(left, reverse=order == "newest first")
    if order == "at random":
        random.Random(7).shuffle(going)
    for snapshot_id in going[:-1]:
        with room.store.writing() as db:
            assert snapshots.remove(db, snapshot_id, NOW)
        del left[snapshot_id]
        assert snapshots.snapshot_page(room.store.reader, snapshot_id, site="bao") is None
        for other, body in left.items():
            assert snapshots.body_of(room.store.reader, other) == body
    digests = room.store.reader.execute("SELECT sha256 FROM snapshots ORDER BY id").fetchall()
    assert digests == [(sha256(body),) for body in bodies]


def test_a_page_that_comes_back_after_its_removal_is_kept_anew(room: Newsroom) -> None:
    (first,) = keep(room.store, b"<p>One</p>")
    with room.store.writing() as db:
        snapshots.remove(db, first, NOW)
    (again,) = keep(room.store, b"<p>One</p>")
    assert again != first
    assert snapshots.body_of(room.store.reader, again) == b"<p>One</p>"


def test_a_damaged_page_is_never_read_as_another(room: Newsroom) -> None:
    first, second, third = editions(3)
    ids = keep(room.store, first, second, third)
    with room.store.writing() as db:
        packed = pack(replace(page(first)).body[:-5])
        db.execute("UPDATE snapshots SET body = ? WHERE id = ?", [packed.body, ids[0]])
    for snapshot_id in ids:
        assert snapshots.snapshot_page(room.store.reader, snapshot_id, site="bao") is None
        with pytest.raises(DamagedPage):
            snapshots.body_of(room.store.reader, snapshot_id)
    with room.store.writing() as db:
        assert not snapshots.remove(db, ids[0], NOW)  # the others may still be saved
    (fourth,) = keep(room.store, first + b"!")
    assert snapshots.body_of(room.store.reader, fourth) == first + b"!"


def test_bytes_that_no_rule_reads_are_refused() -> None:
    with pytest.raises(DamagedPage, match="brotli"):
        unpack(b"", "brotli")
    with pytest.raises(DamagedPage):
        unpack(b"no frame", "zstd")
    against = pack(editions(2)[1], editions(2)[0])
    with pytest.raises(DamagedPage):
        unpack(against.body, against.encoding)
    with pytest.raises(DamagedPage):
        unpack(against.body, against.encoding, b"another page" * 5000)
