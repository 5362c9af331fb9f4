"""``baowatch browse``: the store as pages on this machine."""

import os
import webbrowser
from enum import StrEnum
from importlib.resources import files
from typing import Annotated

import typer

from monitor.cli.options import StoreOption, existing_store
from monitor.project import find_project


class Loopback(StrEnum):
    FOUR = "127.0.0.1"
    SIX = "::1"
    NAME = "localhost"


def browse(
    port: Annotated[int, typer.Option(min=0, max=65535, help="0: any that is free.")] = 8001,
    host: Annotated[Loopback, typer.Option(help="An address of this machine.")] = Loopback.FOUR,
    show: Annotated[bool, typer.Option("--open", help="Open the pages in the browser.")] = False,
    sql: Annotated[
        bool, typer.Option("--sql", help="Let whoever reaches the pages ask any SQL: all tables.")
    ] = False,
    store: StoreOption = None,
) -> None:
    """Show the store in the browser, live, for reading only, until Ctrl-C.

    What happened today, every article's timeline with the words that changed, each portal's
    health, search by folded words, questions as lists and feeds. Only this machine is answered.
    """
    # Datasette is slow to import, and no other command needs it.
    from datasette.cli import cli

    from monitor.browse.rights import SQL_VARIABLE

    project = find_project(store)
    with existing_store(project):
        pass  # brings an older store up to date; the pages cannot write
    os.environ[SQL_VARIABLE] = "1" if sql else "0"
    if show:
        named = f"[{host}]" if host is Loopback.SIX else host
        webbrowser.open(f"http://{named}:{port}/")
    folder = files("monitor.browse")
    words = ["serve", str(project.store), "--host", host, "--port", str(port)]
    words += ["-m", str(folder / "metadata.yml"), "--plugins-dir", str(folder / "plugins")]
    cli.main(words, prog_name="baowatch browse")
