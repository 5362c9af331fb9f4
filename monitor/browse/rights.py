"""What may be seen of the store, and with which limits Datasette serves it.

Datasette is open by default. Here everything is closed but the views of ``tables.py``, the
canned queries and our own pages, however it was started.
"""

import os
from collections.abc import Mapping
from typing import Any, Final

import click
from datasette import handle_exception
from datasette.app import Datasette
from datasette.database import Database
from datasette.utils import tilde_encode

from monitor.browse.tables import NAMES

SQL_VARIABLE: Final = "BAOWATCH_SQL"
"""Set to 1, it opens SQL to whoever can reach the server: every table, unreleased changes too."""
MOST_ROWS: Final = 1000
SETTINGS: Final[Mapping[str, object]] = {
    "allow_download": False,
    "allow_csv_stream": False,
    "max_csv_mb": 20,
    "trace_debug": False,
    "template_debug": False,
    "suggest_facets": False,
    "default_page_size": 40,
    "truncate_cells_html": 300,
    "default_facet_size": 40,
    "facet_time_limit_ms": 500,
    "sql_time_limit_ms": 5000,
}
"""Whatever the command line says; ``max_returned_rows`` may be less than MOST_ROWS."""


def sql_is_open() -> bool:
    return os.environ.get(SQL_VARIABLE) == "1"


def may(action: str, resource: Any) -> bool | None:
    """Whether it is allowed; None where Datasette's own rules may say."""
    match action:
        case "view-instance" | "view-query":
            return None
        case "view-database":
            return None if resource not in ("_internal", "_memory") else False
        case "view-table":
            return None if resource[1] in NAMES else False
        case "execute-sql":
            return sql_is_open()
        case _:
            return False


def store_of(datasette: Datasette) -> Database:
    """The one file that is served."""
    found = [one for one in datasette.databases.values() if one.path]
    return found[0]


def store_name(datasette: Datasette) -> str:
    """The store's name as it stands in addresses."""
    name: str = tilde_encode(store_of(datasette).route)
    return name


def close_the_rest(datasette: Datasette) -> None:
    """Set Datasette's limits. Raises click.ClickException for what may not be served."""
    files = [one for one in datasette.databases.values() if one.path]
    if len(files) != 1 or not files[0].is_mutable:
        raise click.ClickException("give exactly one store, and without -i: it is read live")
    for name in [name for name, one in datasette.databases.items() if name == "_memory"]:
        datasette.remove_database(name)
    most = min(int(datasette.setting("max_returned_rows")), MOST_ROWS)
    datasette._settings.update(SETTINGS, max_returned_rows=most, default_allow_sql=sql_is_open())
    datasette.cors = False
    # These were copied from the settings before any plugin was asked.
    datasette.max_returned_rows = most
    datasette.page_size = min(most, int(datasette.setting("default_page_size")))
    datasette.sql_time_limit_ms = datasette.setting("sql_time_limit_ms")
    # Else every unknown address prints the server's variables, and scraped text with them.
    handle_exception.rich = None


async def check_store(datasette: Datasette) -> None:
    """Raises click.ClickException where the file is no store, or an older baowatch's."""
    names = set(await store_of(datasette).view_names())
    if missing := NAMES - names:
        raise click.ClickException(
            f"{store_of(datasette).path} has no {min(missing)}: it is no store of this baowatch. "
            "`baowatch browse` brings an older one up to date."
        )
