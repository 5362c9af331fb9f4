"""The plugin's parts as Datasette asks for them; ``plugins/baowatch.py`` only names the hooks."""

from pathlib import Path
from sqlite3 import Connection, IntegrityError, ProgrammingError
from typing import Any

from datasette.app import Datasette
from datasette.utils.asgi import Base400, Forbidden, Request, Response
from datasette.views.base import DatasetteError
from jinja2 import ChoiceLoader, Environment, FileSystemLoader

from monitor.browse import cells
from monitor.browse.canned import query_metadata
from monitor.browse.relations import drift_text
from monitor.browse.rights import store_name
from monitor.browse.tables import table_metadata
from monitor.render.words import CLOSE_REASONS, KINDS, LOCAL, problem
from pipelines.search import query
from pipelines.store.rows import moment

TEMPLATES = Path(__file__).parent / "templates"
_MISREAD = (ValueError, OverflowError, ProgrammingError, IntegrityError)
"""What Datasette and SQLite raise for an address: they read names and numbers as they come."""


def metadata(datasette: Datasette) -> dict[str, Any]:
    """What is said of tables and queries, whatever the store's file is called."""
    return {
        "databases": {
            one.name: {"tables": table_metadata(), "queries": query_metadata()}
            for one in datasette.databases.values()
            if one.path
        }
    }


def fold_searches(connection: Connection) -> None:
    """What a person types is folded as the text was, and is never a mistake.

    In the place of Datasette's function of this name, which quotes the words as they are.
    """
    connection.create_function("escape_fts", 1, lambda words: query(str(words or "")))


def prepare_templates(environment: Environment, datasette: Datasette) -> None:
    """Our templates first, with the words and shapes that they need."""
    loader = environment.loader
    assert isinstance(loader, ChoiceLoader)
    loader.loaders = [FileSystemLoader(TEMPLATES), *loader.loaders]
    environment.filters |= {
        "text": cells.text_cell,
        "time": lambda value: cells.time_cell(moment(value) if isinstance(value, str) else value),
        "published": lambda value: cells.published_cell(
            moment(value) if isinstance(value, str) else value
        ),
        "address": cells.address_cell,
        "table_rows": cells.table_rows,
        "fields": cells.list_cell,
        "problem": problem,
        "drift": drift_text,
        "kind": lambda value: KINDS.get(value, value),
        "why": lambda value: CLOSE_REASONS.get(value, value or "under way"),
    }
    environment.globals |= {
        "store_name": lambda: store_name(datasette),
        "zone": str(LOCAL),
    }


async def error_page(datasette: Datasette, request: Request, error: Exception) -> Response:
    """An error in plain words; the same page for all, without Datasette's scripts."""
    status, message = _told(error, of_table=request.path.count("/") == 2)
    if request.path.endswith((".json", ".csv", ".atom")):
        return Response.json({"ok": False, "error": message, "status": status}, status=status)
    template = datasette.jinja_env.get_template("error.html")
    told = {"status": status, "error": message, "urls": datasette.urls}
    return Response.html(await template.render_async(told), status=status)


def _told(error: Exception, *, of_table: bool) -> tuple[int, str]:
    if isinstance(error, Base400):
        return error.status, str(error)
    if isinstance(error, Forbidden):
        return 403, "This is not open."
    if isinstance(error, DatasetteError):
        slow = "This took too long; ask for less of it."
        wrong = 400 if error.status == 500 else error.status
        return wrong, slow if error.message_is_html else str(error.message)
    if of_table and isinstance(error, _MISREAD):
        return 400, "The address asks for something that cannot be understood."
    return 500, "Something went wrong here; the server's log says what."
