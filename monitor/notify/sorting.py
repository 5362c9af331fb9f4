"""Events of the outbox → deliveries, by the routes of now. One transaction for a handful."""

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from monitor.notify.routes import Channel, Facts, Notifications, Route, goes
from monitor.notify.told import folded_text
from pipelines.store import deliveries, outbox, sending, watched
from pipelines.store.deliveries import Lane
from pipelines.store.opening import Store, Writer
from pipelines.store.rows import Row, moment

MOST_IN_JSON: Final = 500
"""Changes of one digest to a webhook, some megabytes; more are told in several. People get one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sorting:
    """What the events of one transaction are sorted by. ``began``: since when routes stand."""

    db: Writer
    notifications: Notifications
    began: Mapping[str, datetime]
    now: datetime


def sort_out(store: Store, notifications: Notifications, now: datetime) -> None:
    """Turn every event into deliveries, and fix the digests whose moment has come.

    What is killed midway is done again: an event and its deliveries are one transaction.
    """
    with store.writing() as db:
        sending.take_back_moments(db, now)
    while True:
        with store.writing() as db:
            began = outbox.know_routes(db, tuple(notifications.routes), now)
            sorting = Sorting(db=db, notifications=notifications, began=began, now=now)
            events = outbox.unrouted(db)
            for event in events:
                _sort(sorting, event)
                outbox.mark_routed(db, event["id"], now)
            _set_digests(sorting)
            deliveries.fix_due_digests(db, now)
            deliveries.cancel_empty(db, now)
        if len(events) < outbox.AT_ONCE:
            return


def _sort(sorting: Sorting, event: Row) -> None:
    change = outbox.change(sorting.db, event["change_id"])
    if change is None:
        return
    if event["event"] == "taken_back":
        _take_back(sorting, change)
    elif change["dismissed_at"] is None:
        _tell(sorting, change, moment(event["written_at"]))


def _take_back(sorting: Sorting, change: Row) -> None:
    """Cancel what was not told yet; correct whoever was told, or may have been."""
    db, number, now = sorting.db, change["id"], sorting.now
    for lane, route in deliveries.lanes_told(db, number).items():
        is_believed = deliveries.is_believed(db, lane, number)
        deliveries.leave_out(db, lane, number, now)
        if is_believed:
            deliveries.make(
                db,
                lane,
                key=new_key(),
                route=route,
                kind="correction",
                change_id=number,
                now=now,
                due_at=now,
            )


def _tell(sorting: Sorting, change: Row, released_at: datetime) -> None:
    db, number, now = sorting.db, change["id"], sorting.now
    wanted = list(_wanted(sorting, change, released_at))
    known = {lane for _, lane in wanted if deliveries.is_believed(db, lane, number)}
    for lane in {lane for _, lane in wanted}:
        deliveries.leave_out(db, lane, number, now)  # a correction that is not needed any more
    told: set[Lane] = set()
    for route, lane in wanted:
        if lane in known or (route.digest is None and lane in told):
            continue
        if route.digest is None:
            told.add(lane)
        _make(sorting, route, lane, number, released_at)


def _wanted(sorting: Sorting, change: Row, released_at: datetime) -> Iterator[tuple[Route, Lane]]:
    """Every route that takes the change, with every address that it leads to."""
    stand = [
        route
        for name, route in sorting.notifications.routes.items()
        if sorting.began[name] <= released_at
    ]
    facts = _facts(sorting, change, stand)
    for route in stand:
        if goes(route, facts):
            for name in route.channels:
                yield from ((route, lane) for lane in lanes(sorting.notifications.channels[name]))


def lanes(channel: Channel) -> Iterator[Lane]:
    """A channel's addresses, each a lane of its own."""
    for address in range(1, len(channel.addresses) + 1):
        yield Lane(channel=channel.name, address=address)


def _facts(sorting: Sorting, change: Row, routes: list[Route]) -> Facts:
    """What the routes ask of the change, and no more: texts are read only for words."""
    db, article_id = sorting.db, change["article_id"]
    asked = {route.search for route in routes if route.search}
    return Facts(
        site=change["site"],
        kind=change["kind"],
        weight=change["weight"],
        text=folded_text(db, change) if any(route.words for route in routes) else "",
        found_by=frozenset(words for words in asked if outbox.is_found(db, words, article_id)),
        is_watched=any(route.watched for route in routes) and watched.is_watched(db, article_id),
    )


def _make(
    sorting: Sorting, route: Route, lane: Lane, change_id: int, released_at: datetime
) -> None:
    db, digest = sorting.db, route.digest
    if digest is not None:
        is_webhook = sorting.notifications.channels[lane.channel].kind == "webhook"
        most = MOST_IN_JSON if is_webhook else None
        collector = deliveries.collector(db, lane, route.name, most=most)
        if collector is not None:
            deliveries.include(db, collector, change_id)
            return
    deliveries.make(
        db,
        lane,
        key=new_key(),
        route=route.name,
        kind="change" if digest is None else "digest",
        change_id=change_id,
        # By when it was released: a sender that slept over a digest's moment is late already.
        now=sorting.now if digest is None else min(released_at, sorting.now),
        due_at=sorting.now if digest is None else digest.after(min(released_at, sorting.now)),
    )


def _set_digests(sorting: Sorting) -> None:
    """A digest is due by the cron line of now; at once where its route tells none any more."""
    for row in deliveries.collecting(sorting.db):
        route = sorting.notifications.routes.get(row["route"])
        cron = route.digest if route else None
        due_at = cron.after(moment(row["made_at"])) if cron else sorting.now
        if due_at != moment(row["due_at"]):
            deliveries.set_due(sorting.db, row["id"], due_at)


def new_key() -> str:
    """Drawn once, before the first try, and stored: never that of another message."""
    return str(uuid.uuid4())
