"""A list of changes as a feed: each has the id that every other feed of ours gives it."""

from collections.abc import Sequence
from typing import Any, Final

from datasette.app import Datasette
from datasette.utils.asgi import Request, Response

from monitor.browse import asking, stories
from monitor.browse.canned import BY_NAME, FEEDS
from monitor.browse.rights import store_name
from monitor.browse.tables import TABLES
from monitor.render.atom import FeedEntry, change_id, feed, feed_id
from monitor.render.words import KINDS
from pipelines.store.opening import Reader
from pipelines.store.rows import Row, moment

MOST_ENTRIES: Final = 25
BEGINNING: Final = "1970-01-01T00:00:00+00:00"


def can_be_feed(query_name: str | None, table: str | None) -> bool:
    return query_name in FEEDS or table == "latest_changes"


async def as_feed(
    datasette: Datasette,
    request: Request,
    columns: Sequence[str],
    rows: Sequence[Row],
    query_name: str | None,
    table: str | None,
) -> Response | None:
    """The rows as Atom, newest first; None where they are no changes."""
    if not can_be_feed(query_name, table):
        return None
    column = "change_id" if query_name else "id"
    if column not in columns:
        return None
    numbers = [int(row[column]) for row in rows[:MOST_ENTRIES]]

    def question(db: Reader) -> list[tuple[Row, stories.Event]]:
        found = [stories.one_change(db, number) for number in numbers]
        return [one for one in found if one is not None]

    found = await asking.ask(datasette, question)
    entries = [_entry(datasette, request, *one) for one in found]
    name = query_name or "latest_changes"
    page = f"/{store_name(datasette)}/{name}"
    told: dict[str, Any] = {
        "title": f"baowatch: {_title(name)}",
        "feed_id": feed_id("browse", name, request.query_string),
        "address": _absolute(datasette, request, page),
    }
    written = feed(
        **told,
        entries=entries,
        updated=moment(BEGINNING),
        own_address=datasette.absolute_url(request, request.full_path),
    )
    return Response(written, content_type="application/atom+xml; charset=utf-8")


def _entry(datasette: Datasette, request: Request, change: Row, event: stories.Event) -> FeedEntry:
    reading = event.after or event.before
    return FeedEntry(
        id=change_id(change["site"], change["id"], event.detected_at),
        title=f"{KINDS.get(change['kind'], change['kind'])}: "
        f"{reading.article.title if reading else change['title']} ({change['site']})",
        address=_absolute(datasette, request, f"/change/{change['id']}"),
        updated=event.at,
        content=event.difference or "",
        language=reading.article.language if reading else "",
        categories=(change["site"], change["kind"], change["weight"]),
        addresses=(("related", change["url"]),),
    )


def _absolute(datasette: Datasette, request: Request, path: str) -> str:
    found: str = datasette.absolute_url(request, datasette.urls.path(path))
    return found


def _title(name: str) -> str:
    if name in BY_NAME:
        return BY_NAME[name].title
    return next(table.title for table in TABLES if table.name == name)
