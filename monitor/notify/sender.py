"""One pass of the sender: everything that is due now goes out, each address on its own.

What is about to be tried is written down before, and what came of it after. A sender that is
killed in between leaves a delivery that may have arrived; the next one tries it again by the
same key.
"""

import asyncio
import random
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from crawlers.clock import Clock
from crawlers.errors import UserError
from crawlers.site import Site
from monitor.notify import trouble
from monitor.notify.carrying import Courier
from monitor.notify.ordering import message_of, order_of
from monitor.notify.outcome import Outcome
from monitor.notify.retrying import asked_wait, next_try, pause
from monitor.notify.routes import Channel, Notifications
from monitor.notify.sorting import sort_out
from pipelines.holding import Held, hold
from pipelines.store import deliveries, sending
from pipelines.store.deliveries import Lane
from pipelines.store.opening import Store
from pipelines.store.rows import Row, moment

SIDE_BY_SIDE: Final = 4
"""Addresses that are served at the same time."""
MOST_AT_A_TIME: Final = 50
"""Messages of one address; then what was released meanwhile is looked up for all."""
NO_CHANNEL: Final = "notify.yml has no such channel any more"


class AlreadySending(UserError):
    """Another sender has this store."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """What a sender works with. ``say`` takes a line for people, free of secrets."""

    store: Store
    notifications: Notifications
    sites: Mapping[str, Site]
    clock: Clock
    folder: Path
    environment: Mapping[str, str]
    say: Callable[[str], None]


@dataclass(slots=True, kw_only=True)
class Pass:
    """What a pass did so far."""

    sent: int = 0
    failed: int = 0


@contextmanager
def only_sender(store: Path) -> Iterator[None]:
    """Be the store's only sender on this machine. Raises AlreadySending."""
    try:
        lock = hold(Path(f"{store}.sender.lock"))
    except Held as error:
        raise AlreadySending(f"{store} has a sender already: {error.holder}") from error
    try:
        yield
    finally:
        lock.release()


async def send_all(office: Office) -> Pass:
    """Send what is due, and what becomes due meanwhile. Raises AlreadySending and StoreError."""
    done = Pass()
    with only_sender(office.store.path):
        with office.store.writing() as db:
            deliveries.resume_interrupted(db)
        while True:
            sort_out(office.store, office.notifications, office.clock.now())
            due = sending.lanes_due(office.store.reader, office.clock.now())
            if not due:
                break
            await _serve(office, due, done)
        for line in trouble.look(office.store, office.clock.now()):
            office.say(line)
    return done


async def _serve(office: Office, due: list[Lane], done: Pass) -> None:
    places = asyncio.Semaphore(SIDE_BY_SIDE)

    async def serve(lane: Lane) -> None:
        async with places:
            await _empty(office, lane, done)

    await asyncio.gather(*map(serve, due))


async def _empty(office: Office, lane: Lane, done: Pass) -> None:
    """Send what is due in a lane, until it is empty, has to rest or had its turn."""
    channel = office.notifications.channels.get(lane.channel)
    kind = channel.kind if channel else ""
    courier = Courier(kind, office.folder, office.environment)
    try:
        for _ in range(MOST_AT_A_TIME):
            with office.store.writing() as db:
                row = sending.begin(db, lane, office.clock.now())
            if row is None:
                return
            if channel is None or lane.address > len(channel.addresses):
                _keep(office, lane, row)
            elif await _try(office, courier, channel, lane, row, done):
                continue
            return
    finally:
        await courier.end()


async def _try(
    office: Office, courier: Courier, channel: Channel, lane: Lane, row: Row, done: Pass
) -> bool:
    """Whether the lane may go on."""
    notifications = office.notifications
    message = message_of(
        office.store.reader,
        row,
        office.sites,
        kind=channel.kind,
        browse_url=notifications.browse_url,
    )
    if message is None:  # taken back or forgotten a moment ago
        with office.store.writing() as db:
            sending.cancel(db, row, office.clock.now())
        return True
    order = order_of(message, channel, lane.address, now=office.clock.now())
    outcome = await courier.carry(order, time_limit=channel.time_limit)
    if outcome.answer == "accepted":
        with office.store.writing() as db:
            sending.note_sent(db, lane, row["id"], office.clock.now())
        done.sent += 1
        office.say(f"{channel.name}: sent {row['id']} ({row['kind']} of {row['route']})")
        return True
    done.failed += 1
    return _note_failure(office, channel, lane, row, outcome)


def _note_failure(office: Office, channel: Channel, lane: Lane, row: Row, outcome: Outcome) -> bool:
    """Write down what a failed try means for the message and its lane; may the lane go on?"""
    now, tries = office.clock.now(), row["tries"] + 1
    jitter = random.random()  # noqa: S311 - so that many senders do not come back at once
    asked = asked_wait(outcome.retry_after, now) if outcome.retry_after else None
    with office.store.writing() as db:
        failures, answered_at = sending.failures_of(db, lane)
        # Others were taken since this one's last try: it is the message, not the receiver.
        alone = bool(answered_at and row["tried_at"] and answered_at > moment(row["tried_at"]))
        rests = outcome.is_of_channel and not alone
        own = pause(channel.patience, tries, jitter=jitter, asked=asked)
        wait = pause(channel.patience, failures + 1, jitter=jitter, asked=asked) if rests else own
        due_at = next_try(
            channel.patience,
            tries=tries,
            since=moment(row["tried_since"]),
            now=now,
            wait=wait,
            refused=outcome.answer == "refused",
        )
        reached = outcome.reached or bool(row["reached"])
        sending.note_failed(db, row["id"], now, why=outcome.why, reached=reached, due_at=due_at)
        if rests:
            sending.rest(db, lane, now + wait, why=outcome.why)
    ending = f"tried again in {wait.total_seconds():.0f} s" if due_at else "given up"
    office.say(f"{channel.name}: {row['id']} not sent, {outcome.why}; {ending}")
    return not rests


def _keep(office: Office, lane: Lane, row: Row) -> None:
    """What is owed to a channel that is gone waits for it, and is given up like any other."""
    now = office.clock.now()
    patience = trouble.PATIENCE_WITHOUT_CHANNEL
    with office.store.writing() as db:
        due_at = next_try(
            patience,
            tries=row["tries"] + 1,
            since=moment(row["tried_since"]),
            now=now,
            wait=patience.longest_retry,
            refused=False,
        )
        reached = bool(row["reached"])
        sending.note_failed(db, row["id"], now, why=NO_CHANNEL, reached=reached, due_at=due_at)
        sending.rest(db, lane, now + patience.longest_retry, why=NO_CHANNEL)
    office.say(f"{lane.channel}: {row['id']} not sent, {NO_CHANNEL}")
