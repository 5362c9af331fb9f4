"""baowatch's pages, rights and searches as Datasette's hooks. See monitor/browse."""

from collections.abc import Awaitable, Callable, Mapping
from sqlite3 import Connection
from typing import Any

from datasette.app import Datasette
from datasette.utils.asgi import Forbidden, Request, Response
from jinja2 import Environment
from markupsafe import Markup
from pluggy import HookimplMarker

from monitor.browse import cells, door, feeds, pages, rights, wiring

hookimpl = HookimplMarker("datasette")


@hookimpl
def startup(datasette: Datasette) -> Callable[[], Awaitable[None]]:
    rights.close_the_rest(datasette)

    async def checked() -> None:
        await rights.check_store(datasette)

    return checked


@hookimpl
def get_metadata(datasette: Datasette) -> dict[str, Any]:
    return wiring.metadata(datasette)


# Last, so that what it says holds against every other plugin.
@hookimpl(trylast=True)
def permission_allowed(action: str, resource: Any) -> bool | None:
    return rights.may(action, resource)


# Last, since Datasette's own function of the same name is registered by its own hook.
@hookimpl(trylast=True)
def prepare_connection(conn: Connection) -> None:
    wiring.fold_searches(conn)


@hookimpl
def prepare_jinja2_environment(env: Environment, datasette: Datasette) -> None:
    wiring.prepare_templates(env, datasette)


@hookimpl
def register_routes() -> list[Any]:
    return list(pages.ROUTES)


@hookimpl
def render_cell(
    value: object, column: str, row: Mapping[str, Any], table: str | None, datasette: Datasette
) -> Markup | None:
    return cells.cell(value, column, row, table, datasette.urls.path)


@hookimpl
def register_output_renderer() -> dict[str, Any]:
    return {"extension": "atom", "render": feeds.as_feed, "can_render": feeds.can_be_feed}


@hookimpl
def extra_css_urls() -> list[str]:
    return ["/-/baowatch/style.css"]


@hookimpl
def handle_exception(
    datasette: Datasette, request: Request, exception: Exception
) -> Callable[[], Awaitable[Response]]:
    async def told() -> Response:
        return await wiring.error_page(datasette, request, exception)

    return told


@hookimpl
def forbidden(datasette: Datasette, request: Request) -> Callable[[], Awaitable[Response]]:
    async def told() -> Response:
        return await wiring.error_page(datasette, request, Forbidden("closed"))

    return told


# Last, so that it is outermost: no answer leaves without its headers.
@hookimpl(trylast=True)
def asgi_wrapper() -> Callable[[door.App], door.App]:
    return door.guarded
