"""What a courier is told to do with a delivery."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from crawlers.site import Site
from monitor.notify.as_text import body_of, title_of
from monitor.notify.message import Message, as_json
from monitor.notify.routes import Channel
from monitor.notify.signing import signed_headers
from monitor.notify.told import told_of
from pipelines.store import deliveries
from pipelines.store.opening import Reader
from pipelines.store.rows import Row, moment


def message_of(
    db: Reader, row: Row, sites: Mapping[str, Site], *, kind: str, browse_url: str
) -> Message | None:
    """A delivery's message, of what its changes are now; None where nothing is left to tell.

    By the ``kind`` of its channel: a digest for people shows no texts, so none are read.
    """
    with_texts = kind == "webhook" or row["kind"] == "change"
    told = told_of(db, deliveries.changes_of(db, row["id"]), sites, with_texts=with_texts)
    if row["kind"] != "correction":
        told = [one for one in told if one.dismissed_at is None]
    if not told:
        return None
    return Message(
        key=row["key"],
        kind=row["kind"],
        channel=row["channel"],
        route=row["route"],
        made_at=moment(row["made_at"]),
        changes=told,
        browse_url=browse_url,
    )


def order_of(message: Message, channel: Channel, address: int, *, now: datetime) -> dict[str, Any]:
    """The message as the channel takes it, for one of its addresses (counted from 1)."""
    target = channel.addresses[address - 1]
    if channel.kind == "apprise":
        text = {"title": title_of(message), "body": body_of(message)}
        return {"address": target, **text}
    body = as_json(message)
    return {
        "address": target,
        "body": body.decode(),
        "headers": signed_headers(body, key=message.key, secret=channel.secret, now=now),
        "timeout": channel.timeout,
    }
