"""Tries of deliveries: written down before each, and what came of it after."""

from datetime import datetime

from pipelines.store.deliveries import Lane, cancel_empty
from pipelines.store.opening import Reader, Writer
from pipelines.store.rows import (
    Row,
    change_row,
    iso,
    iso_or_none,
    moment,
    moment_or_none,
    one,
    rows,
)


def lanes_due(db: Reader, now: datetime) -> list[Lane]:
    """Where something is to be sent now, and may be."""
    found = rows(
        db,
        "SELECT DISTINCT channel, address FROM deliveries LEFT JOIN lanes "
        "USING (channel, address) WHERE status = 'waiting' AND due_at <= :now "
        "AND ifnull(next_at, '') <= :now ORDER BY 1, 2",
        {"now": iso(now)},
    )
    return [Lane(channel=row["channel"], address=row["address"]) for row in found]


def begin(db: Writer, lane: Lane, now: datetime) -> Row | None:
    """The next delivery of a lane, marked as being sent; None when none is due there.

    What was tried least comes first, so that a message that its receiver cannot bear holds
    up no other. From here on the receiver may have it, until a failure says otherwise: the
    row that is returned is as it was before.
    """
    row = one(
        db,
        "SELECT deliveries.* FROM deliveries WHERE status = 'waiting' AND due_at <= :now "
        "AND channel = :channel AND address = :address ORDER BY tries, id LIMIT 1",
        {"now": iso(now), "channel": lane.channel, "address": lane.address},
    )
    if row is not None:
        change_row(
            db,
            "deliveries",
            row["id"],
            {
                "status": "sending",
                "tries": row["tries"] + 1,
                "tried_at": iso(now),
                "reached": 1,
            },
        )
    return row


def cancel(db: Writer, before: Row, now: datetime) -> None:
    """A try that was not made, since nothing is left to tell. ``before``: as it was then."""
    columns = {name: before[name] for name in ("tries", "tried_at", "reached")}
    ended = {"status": "cancelled", "ended_at": iso(now), "due_at": None}
    change_row(
        db, "deliveries", before["id"], {**columns, **ended, "why": "nothing is left to tell"}
    )


def note_sent(db: Writer, lane: Lane, delivery_id: int, now: datetime) -> None:
    """The receiver has it, so the channel works."""
    ended = {"status": "sent", "reached": 1, "ended_at": iso(now), "due_at": None, "why": ""}
    change_row(db, "deliveries", delivery_id, ended)
    db.execute(
        "INSERT INTO lanes (channel, address, answered_at) VALUES (?, ?, ?) ON CONFLICT DO UPDATE "
        "SET failures = 0, why = '', next_at = NULL, answered_at = excluded.answered_at",
        [lane.channel, lane.address, iso(now)],
    )


def note_failed(
    db: Writer,
    delivery_id: int,
    now: datetime,
    *,
    why: str,
    reached: bool,
    due_at: datetime | None,
) -> None:
    """The try failed; without ``due_at`` it was the last one."""
    change_row(
        db,
        "deliveries",
        delivery_id,
        {
            "status": "dead" if due_at is None else "waiting",
            "due_at": iso_or_none(due_at),
            "ended_at": iso(now) if due_at is None else None,
            "reached": int(reached),
            "why": why,
        },
    )
    cancel_empty(db, now)


def failures_of(db: Reader | Writer, lane: Lane) -> tuple[int, datetime | None]:
    """How often in a row a lane failed, and when it last took something."""
    row = one(
        db,
        "SELECT failures, answered_at FROM lanes WHERE channel = ? AND address = ?",
        [lane.channel, lane.address],
    )
    return (row["failures"], moment_or_none(row["answered_at"])) if row else (0, None)


def rest(db: Writer, lane: Lane, next_at: datetime, *, why: str) -> None:
    """Leave a lane alone until then: it failed once more."""
    db.execute(
        "INSERT INTO lanes (channel, address, failures, why, next_at) VALUES (?, ?, 1, ?, ?) "
        "ON CONFLICT DO UPDATE SET failures = failures + 1, why = excluded.why, "
        "next_at = excluded.next_at",
        [lane.channel, lane.address, why, iso(next_at)],
    )


def wake(db: Writer) -> None:
    """Let every lane be tried again at once: a person said so."""
    db.execute("UPDATE lanes SET next_at = NULL")


def take_back_moments(db: Writer, now: datetime) -> None:
    """Let nothing wait for a moment that a clock named which ran ahead and was set right."""
    told = {"now": iso(now)}
    ahead = (
        "status IN ('collecting', 'waiting', 'sending') "
        "AND max(made_at, tried_since, ifnull(tried_at, '')) > :now"
    )
    db.execute(
        "UPDATE lanes SET next_at = NULL WHERE (channel, address) IN "  # noqa: S608 - our own words
        f"(SELECT channel, address FROM deliveries WHERE {ahead})",
        told,
    )
    db.execute("UPDATE lanes SET answered_at = :now WHERE answered_at > :now", told)
    db.execute(
        "UPDATE deliveries SET made_at = min(made_at, :now), "  # noqa: S608 - our own words
        "tried_since = min(tried_since, :now), tried_at = min(tried_at, :now), "
        f"due_at = iif(status = 'waiting', :now, due_at) WHERE {ahead}",
        told,
    )


def failing(db: Reader | Writer, least: int) -> list[Row]:
    """Channels that failed ``least`` times in a row, or lost something since they last worked.

    Each with ``channel``, ``failures``, ``dead`` (deliveries given up) and ``why``.
    """
    return rows(
        db,
        "SELECT channel, max(failures) AS failures, sum(dead) AS dead, max(why) AS why FROM ("
        "SELECT channel, address, failures, why, 0 AS dead FROM lanes "
        "UNION ALL SELECT channel, address, 0, why, 1 FROM deliveries AS lost "
        "WHERE status = 'dead' AND ended_at > ifnull((SELECT answered_at FROM lanes "
        "WHERE lanes.channel = lost.channel AND lanes.address = lost.address), '')) "
        "GROUP BY channel HAVING max(failures) >= ? OR sum(dead) > 0 ORDER BY channel",
        [least],
    )


def next_moment(db: Reader, *, with_outbox: bool = True) -> datetime | None:
    """When the sender has something to do; None: nothing is owed to anybody.

    Without ``with_outbox`` events do not count that no channel was looked up for.
    """
    row = one(
        db,
        "SELECT min(at) AS at FROM ("
        "SELECT min(written_at) AS at FROM outbox WHERE routed_at IS NULL AND :with_outbox "
        "UNION ALL SELECT CASE status WHEN 'sending' THEN tried_at "
        "ELSE max(due_at, ifnull(next_at, '')) END FROM deliveries LEFT JOIN lanes "
        "USING (channel, address) WHERE status IN ('collecting', 'waiting', 'sending'))",
        {"with_outbox": with_outbox},
    )
    assert row is not None
    return moment(row["at"]) if row["at"] else None
