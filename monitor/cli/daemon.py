"""``baowatch daemon``: crawl by the schedule until told to end."""

import asyncio
import os
from typing import Annotated

import typer

from crawlers.clock import clock_from_environment
from monitor.cli.options import StoreOption
from monitor.daemon import run_daemon
from monitor.logs import set_up_logs
from monitor.project import find_project


def daemon(
    as_json: Annotated[
        bool, typer.Option("--json", help="Log a JSON object per line, not lines for people.")
    ] = False,
    store: StoreOption = None,
) -> None:
    """Crawl every site when config/schedule.yml says so, until SIGTERM or SIGINT.

    SIGHUP or a changed file has the configuration read again; a broken one is refused and
    the one before goes on. Exit status: 0 when it was told to end, 2 for wrong input.
    """
    set_up_logs(os.environ, as_json=as_json)
    asyncio.run(run_daemon(find_project(store), clock_from_environment(os.environ)))
