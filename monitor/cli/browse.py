"""``baowatch browse``: the store as pages on this machine."""

import os
import socket
import time
import webbrowser
from enum import StrEnum
from importlib.resources import files
from threading import Thread
from typing import Annotated, Final

import typer

from monitor.cli.options import StoreOption, existing_store, refused
from monitor.project import find_project

PATIENCE: Final = 30.0
"""Seconds until the pages answer, at most; then no browser is opened."""


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
    port = _free_port(host, port)
    if show:
        Thread(target=_open_once_answered, args=(host, port), daemon=True).start()
    folder = files("monitor.browse")
    words = ["serve", str(project.store), "--host", host, "--port", str(port)]
    words += ["-m", str(folder / "metadata.yml"), "--plugins-dir", str(folder / "plugins")]
    cli.main(words, prog_name="baowatch browse")


def _free_port(host: Loopback, port: int) -> int:
    """``port``, or any for 0. Raises typer.Exit, with a remedy, where it is taken."""
    family = socket.AF_INET6 if host is Loopback.SIX else socket.AF_INET
    with socket.socket(family) as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((host.value, port))
        except OSError as error:
            raise refused(
                f"{host}:{port} cannot be used ({error.strerror}): name another port with "
                "--port, or 0 for any that is free"
            ) from None
        found: int = tried.getsockname()[1]
        return found


def _open_once_answered(host: Loopback, port: int) -> None:
    """Open the browser when there is something to see: before, it would say that nothing is."""
    named = f"[{host}]" if host is Loopback.SIX else host.value
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            socket.create_connection((host.value, port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            webbrowser.open(f"http://{named}:{port}/")
            return
