"""Our own pages: today, an article, a change, a site, and the list of tables and queries."""

import os
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime, timedelta
from itertools import groupby
from statistics import median
from typing import Any, Final

from datasette.app import Datasette
from datasette.utils.asgi import NotFound, Request, Response
from datasette.views.database import DatabaseView

from crawlers.clock import clock_from_environment
from monitor.browse import asking, stories
from monitor.browse.canned import FEEDS, QUERIES
from monitor.browse.relations import Relations, relations
from monitor.browse.rights import store_name
from monitor.browse.style import STYLESHEET
from monitor.browse.tables import BY_OLD_NAME, TABLES
from monitor.render.html import day_picture
from monitor.render.picture import DayCount
from monitor.render.words import LOCAL
from pipelines.store.opening import Reader
from pipelines.store.rows import Row, iso, moment

Page = Callable[[Request, Datasette], Awaitable[Response]]
DAY: Final = timedelta(days=1)
PICTURE_DAYS: Final = 30
MOST_CHANGES: Final = 150
MOST_NEWS: Final = 300
WEIGHTS: Final = {"substantive": 0, "minor": 1, "cosmetic": 2}


async def front(request: Request, datasette: Datasette) -> Response:
    def question(db: Reader) -> dict[str, Any]:
        now = _now(db)
        since = now - DAY
        changed = asking.changes_since(db, since, news=False, limit=MOST_CHANGES)
        news = asking.changes_since(db, since, news=True, limit=MOST_NEWS)
        return {
            "now": now,
            "counts": _counts(asking.counts_since(db, since)),
            "changed": _by_site(changed),
            "cut": len(changed) == MOST_CHANGES,
            "news": _by_site(news),
            "news_cut": len(news) == MOST_NEWS,
            "earlier": [] if changed else asking.latest(db, limit=10),
            "health": asking.health(db),
            "unseen_since": iso(since),
        }

    return await _page(request, datasette, "front.html", await asking.ask(datasette, question))


async def article(request: Request, datasette: Datasette) -> Response:
    number = int(request.url_vars["number"])

    def question(db: Reader) -> tuple[stories.Story | None, Relations | None, int | None]:
        merged = asking.merged_into(db, number)
        return stories.article_story(db, number), relations(db, number), merged

    story, related, merged = await asking.ask(datasette, question)
    if merged is not None:
        return Response.redirect(datasette.urls.path(f"/article/{merged}"))
    if story is None:
        raise NotFound("No article of this number was told of.")
    told = {"story": story, "related": related}
    return await _page(request, datasette, "article.html", told)


async def change(request: Request, datasette: Datasette) -> Response:
    number = int(request.url_vars["number"])

    def question(db: Reader) -> dict[str, Any] | None:
        found = stories.one_change(db, number)
        if found is None:
            return None
        row, event = found
        sides = [side.snapshot_id for side in (event.before, event.after) if side]
        return {
            "change": row,
            "event": event,
            "others": asking.neighbours(db, row),
            "archived": asking.archived(db, sides),
        }

    found = await asking.ask(datasette, question)
    if found is None:
        raise NotFound("No change of this number was told.")
    return await _page(request, datasette, "change.html", found)


async def site(request: Request, datasette: Datasette) -> Response:
    name = request.url_vars["name"]

    def question(db: Reader) -> dict[str, Any] | None:
        row = asking.site(db, name)
        if row is None:
            return None
        now = _now(db)
        days = _days(asking.days(db, row["id"], now - PICTURE_DAYS * DAY), now)
        return {
            "site": row,
            "statuses": asking.by_status(db, row["id"]),
            "picture": day_picture(days),
            "delay": _median(asking.delays(db, row["id"], now - PICTURE_DAYS * DAY)),
            "runs": asking.runs(db, row["id"], limit=15),
            "findings": asking.findings(db, row["id"], limit=15),
            "sources": asking.sources(db, row["id"]),
            "changed": asking.latest_of_site(db, row["id"], limit=20),
        }

    found = await asking.ask(datasette, question)
    if found is None:
        raise NotFound("No portal of this name is in the store.")
    return await _page(request, datasette, "site.html", found)


async def catalogue(request: Request, datasette: Datasette) -> Response:
    """The tables and queries; with ``?sql=`` Datasette's own page, which asks for the right."""
    if request.url_vars["database"] != store_name(datasette):
        raise NotFound("There is no such page.")
    if request.args.get("sql"):
        answered: Response = await DatabaseView(datasette).dispatch_request(request)
        return answered
    if request.url_vars["format"]:
        raise NotFound("There is no such page.")
    told = {"tables": TABLES, "queries": QUERIES, "feeds": FEEDS}
    return await _page(request, datasette, "catalogue.html", told)


async def row(request: Request, datasette: Datasette) -> Response:
    """A row's page is our own page of it, or none."""
    table, number = request.url_vars["table"], request.url_vars["number"]
    page = {"article_list": "article", "latest_changes": "change"}.get(
        BY_OLD_NAME.get(table, table)
    )
    if page is None or not number.isdigit():
        return await nothing()
    return Response.redirect(datasette.urls.path(f"/{page}/{number}"))


async def old_table(request: Request, datasette: Datasette) -> Response:
    """A table of the store that is asked for by its own name: its view is shown."""
    found = request.url_vars
    form = f".{found['format']}" if found["format"] else ""
    address = datasette.urls.path(f"/{found['database']}/{BY_OLD_NAME[found['table']]}")
    query = f"?{request.query_string}" if request.query_string else ""
    return Response.redirect(f"{address}{form}{query}")


async def nothing() -> Response:
    raise NotFound("There is no such page.")


async def style() -> Response:
    headers = {"Cache-Control": "max-age=3600"}
    return Response(STYLESHEET, content_type="text/css; charset=utf-8", headers=headers)


_OLD: Final = "|".join(BY_OLD_NAME)
ROUTES: Final[Sequence[tuple[str, Callable[..., Awaitable[Response]]]]] = (
    (r"/$", front),
    (r"/article/(?P<number>\d{1,18})$", article),
    (r"/change/(?P<number>\d{1,18})$", change),
    (r"/site/(?P<name>[a-z0-9_]{1,64})$", site),
    (r"/-/baowatch/style\.css$", style),
    (r"/-/", nothing),
    (r"/\.", nothing),
    (r".*\.(blob|db|jsono)$", nothing),
    (r"/(?P<database>[^/.]+)(\.(?P<format>csv))?$", catalogue),
    (rf"/(?P<database>[^/.]+)/(?P<table>{_OLD})(\.(?P<format>\w+))?$", old_table),
    (r"/(?!-/)[^/]+/(?P<table>[^/]+)/(?P<number>[^/]+)", row),
)
"""Before Datasette's own: what they match never reaches these."""


async def _page(
    request: Request, datasette: Datasette, template: str, told: dict[str, Any]
) -> Response:
    filled = await datasette.render_template(template, told, request=request)
    return Response.html(filled, headers={"Cache-Control": "no-cache"})


def _now(db: Reader) -> datetime:
    """Now, or the store's own latest crawl where its clock is ahead, as in a demonstration."""
    now = clock_from_environment(os.environ).now().astimezone(UTC)
    last = asking.latest_at(db)
    return max(now, moment(last)) if last else now


def _median(hours: Sequence[float]) -> str:
    """The middle one in words, or nothing."""
    if not hours:
        return ""
    middle = median(hours)
    return f"{middle * 60:.0f} minutes" if middle < 2 else f"{middle:.0f} hours"


def _counts(found: Sequence[Row]) -> dict[str, int]:
    """How many were new, changed in substance, changed otherwise, and withdrawn."""
    told = {"new": 0, "substantive": 0, "lesser": 0, "withdrawn": 0}
    for row in found:
        if row["kind"] in ("new", "withdrawn"):
            told[row["kind"]] += row["n"]
        else:
            told["substantive" if row["weight"] == "substantive" else "lesser"] += row["n"]
    return told


def _by_site(found: Sequence[Row]) -> list[tuple[str, list[Row]]]:
    """The sites with the most substantive changes first; of each the heaviest first."""
    grouped = [
        (name, sorted(rows, key=lambda row: WEIGHTS[row["weight"]]))
        for name, rows in groupby(sorted(found, key=lambda row: row["site"]), lambda r: r["site"])
    ]
    return sorted(grouped, key=lambda one: [-len(_heavy(one[1])), -len(one[1]), one[0]])


def _heavy(found: Sequence[Row]) -> list[Row]:
    return [row for row in found if row["weight"] == "substantive"]


def _days(found: Sequence[Row], now: datetime) -> list[DayCount]:
    """A count for each of the last days, as they are in Việt Nam."""
    told = {row["day"]: row for row in found}
    last = now.astimezone(LOCAL).date()
    days = [last - timedelta(days=back) for back in range(PICTURE_DAYS - 1, -1, -1)]
    return [
        DayCount(
            day=day,
            new=told.get(day.isoformat(), {}).get("new", 0),
            changed=told.get(day.isoformat(), {}).get("changed", 0),
        )
        for day in days
    ]
