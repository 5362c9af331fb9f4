"""Deliveries: one message to one address of a channel, from when it is made to its end.

A *telling* lets a receiver know of a change; a correction takes one back. What a receiver
believes is the last of both that reached it, or may have.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from pipelines.store.opening import Reader, Writer
from pipelines.store.rows import Row, change_row, insert, iso, one, rows

# By the change: whoever has much waiting must not be gone through for each.
_OF_CHANGE: Final = (
    "delivery_changes CROSS JOIN deliveries ON deliveries.id = delivery_id WHERE change_id = ?"
)

DeliveryKind = Literal["change", "digest", "correction"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """One address of a channel (counted from 1): what is sent there goes one by one."""

    channel: str
    address: int


def make(
    db: Writer,
    lane: Lane,
    *,
    key: str,
    route: str,
    kind: DeliveryKind,
    change_id: int,
    now: datetime,
    due_at: datetime,
) -> int:
    """A delivery of one change; a digest collects more until it is due."""
    delivery_id = insert(
        db,
        "deliveries",
        {
            "key": key,
            "channel": lane.channel,
            "address": lane.address,
            "route": route,
            "kind": kind,
            "status": "collecting" if kind == "digest" else "waiting",
            "made_at": iso(now),
            "tried_since": iso(now),
            "due_at": iso(due_at),
        },
    )
    include(db, delivery_id, change_id)
    return delivery_id


def include(db: Writer, delivery_id: int, change_id: int) -> None:
    db.execute(
        "INSERT INTO delivery_changes (delivery_id, change_id) VALUES (?, ?) "
        "ON CONFLICT DO UPDATE SET left_out_at = NULL",
        [delivery_id, change_id],
    )


def collecting(db: Reader | Writer) -> list[Row]:
    """The digests that are not fixed yet."""
    return rows(db, "SELECT * FROM deliveries WHERE status = 'collecting' ORDER BY id")


def collector(db: Writer, lane: Lane, route: str, *, most: int | None) -> int | None:
    """The digest of a route that collects for a lane now; one of ``most`` changes is full."""
    row = one(
        db,
        "SELECT id FROM deliveries WHERE status = 'collecting' AND channel = :channel "
        "AND address = :address AND route = :route AND (:most IS NULL OR (SELECT count(*) "
        "FROM delivery_changes WHERE delivery_id = deliveries.id) < :most) "
        "ORDER BY id DESC LIMIT 1",
        {"channel": lane.channel, "address": lane.address, "route": route, "most": most},
    )
    return row["id"] if row else None


def set_due(db: Writer, delivery_id: int, due_at: datetime) -> None:
    change_row(db, "deliveries", delivery_id, {"due_at": iso(due_at)})


def fix_due_digests(db: Writer, now: datetime) -> None:
    """From here on nothing is added to a digest whose moment has come."""
    db.execute(
        "UPDATE deliveries SET status = 'waiting', tried_since = :now "
        "WHERE status = 'collecting' AND due_at <= :now",
        {"now": iso(now)},
    )


def lanes_told(db: Reader | Writer, change_id: int) -> dict[Lane, str]:
    """Where a change was told or is to be told, each with the route that did it last."""
    found = rows(
        db,
        f"SELECT channel, address, route FROM {_OF_CHANGE} ORDER BY deliveries.id",  # noqa: S608
        [change_id],
    )
    return {Lane(channel=row["channel"], address=row["address"]): row["route"] for row in found}


def is_believed(db: Reader | Writer, lane: Lane, change_id: int) -> bool:
    """Whether the receiver, for all it can have got, takes the change for true."""
    row = one(
        db,
        f"SELECT kind FROM {_OF_CHANGE} "  # noqa: S608 - our own words
        "AND channel = ? AND address = ? AND (status = 'sent' OR reached) "
        "AND left_out_at IS NULL ORDER BY deliveries.id DESC LIMIT 1",
        [change_id, lane.channel, lane.address],
    )
    return row is not None and row["kind"] != "correction"


def leave_out(db: Writer, lane: Lane, change_id: int, now: datetime) -> None:
    """Tell nothing more of a change there than was told already."""
    open_ones = rows(
        db,
        f"SELECT deliveries.id FROM {_OF_CHANGE} AND channel = ? AND address = ? "  # noqa: S608
        "AND status IN ('collecting', 'waiting', 'sending') AND left_out_at IS NULL",
        [change_id, lane.channel, lane.address],
    )
    for row in open_ones:
        db.execute(
            "UPDATE delivery_changes SET left_out_at = ? WHERE delivery_id = ? AND change_id = ?",
            [iso(now), row["id"], change_id],
        )
    if open_ones:
        cancel_empty(db, now)


def cancel_empty(db: Writer, now: datetime) -> None:
    """End what has nothing left to tell: all of it was taken back, or forgotten."""
    db.execute(
        "UPDATE deliveries SET status = 'cancelled', ended_at = ?, due_at = NULL, "
        "why = 'nothing is left to tell' WHERE status IN ('collecting', 'waiting') "
        "AND NOT EXISTS (SELECT 1 FROM delivery_changes WHERE delivery_id = deliveries.id "
        "AND left_out_at IS NULL)",
        [iso(now)],
    )


def resume_interrupted(db: Writer) -> None:
    """A sender that was killed may have sent these: they are sent again, by the same key."""
    db.execute(
        "UPDATE deliveries SET status = 'waiting', why = 'the sender was interrupted' "
        "WHERE status = 'sending'"
    )


def changes_of(db: Reader | Writer, delivery_id: int) -> list[int]:
    """The changes that a delivery tells, in their order."""
    found = rows(
        db,
        "SELECT change_id FROM delivery_changes WHERE delivery_id = ? AND left_out_at IS NULL "
        "ORDER BY change_id",
        [delivery_id],
    )
    return [row["change_id"] for row in found]


def by_status(db: Reader | Writer, statuses: Collection[str]) -> list[Row]:
    """Deliveries with the number of changes each tells, oldest first."""
    marks = ", ".join("?" * len(statuses))
    return rows(
        db,
        "SELECT deliveries.*, (SELECT count(*) FROM delivery_changes "  # noqa: S608 - marks
        "WHERE delivery_id = deliveries.id AND left_out_at IS NULL) AS changes FROM deliveries "
        f"WHERE status IN ({marks}) ORDER BY id",
        [*statuses],
    )


def retry(db: Writer, ids: Iterable[int], now: datetime) -> list[int]:
    """Try these again at once, as if for the first time; those that are still owed or dead."""
    return _end_or_begin(
        db,
        ids,
        "status = 'waiting', tries = 0, tried_since = :now, due_at = :now, ended_at = NULL",
        "('waiting', 'dead')",
        now,
    )


def drop(db: Writer, ids: Iterable[int], now: datetime) -> list[int]:
    """Never send these; which of them were still owed or dead."""
    return _end_or_begin(
        db,
        ids,
        "status = 'dropped', due_at = NULL, ended_at = :now",
        "('collecting', 'waiting', 'dead')",
        now,
    )


def _end_or_begin(
    db: Writer, ids: Iterable[int], columns: str, where: str, now: datetime
) -> list[int]:
    done: list[int] = []
    for delivery_id in ids:
        row = one(
            db,
            f"UPDATE deliveries SET {columns} WHERE id = :id AND status IN {where} RETURNING id",  # noqa: S608 - our own words
            {"id": delivery_id, "now": iso(now)},
        )
        done += [row["id"]] if row else []
    return done
