"""The command ``baowatch``: one file per family of commands."""

import sys
from collections.abc import Callable
from typing import Final

import typer

from crawlers.errors import UserError
from monitor.cli.add import add
from monitor.cli.articles import history
from monitor.cli.browse import browse
from monitor.cli.check import check
from monitor.cli.compare import compare
from monitor.cli.crawl import crawl
from monitor.cli.daemon import daemon
from monitor.cli.demo import demo
from monitor.cli.dismiss import dismiss
from monitor.cli.extract import extract
from monitor.cli.health import health
from monitor.cli.noise import app as noise
from monitor.cli.notify import app as notify
from monitor.cli.origin import origin
from monitor.cli.plan import plan
from monitor.cli.rebase import rebase
from monitor.cli.record import record
from monitor.cli.report import report
from monitor.cli.schedule import schedule
from monitor.cli.search import search
from monitor.cli.seeds import seeds
from monitor.cli.sites import sites
from monitor.cli.store import backup, check_store, forget
from monitor.cli.watch import watch
from monitor.project import ProjectError

app = typer.Typer(
    name="baowatch",
    help="The change monitor for provincial news portals.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
COMMANDS: Final[tuple[Callable[..., None], ...]] = (
    crawl,
    schedule,
    daemon,
    health,
    plan,
    watch,
    report,
    history,
    browse,
    search,
    dismiss,
    rebase,
    sites,
    add,
    record,
    check,
    seeds,
    origin,
    compare,
    extract,
    demo,
    backup,
    check_store,
    forget,
)
for command in COMMANDS:
    app.command()(command)
app.add_typer(noise)
app.add_typer(notify)


def main() -> None:
    """Run the command line; an error of the user's is one clean line and status 2."""
    try:
        app()
    except (UserError, ProjectError) as error:
        print(f"baowatch: {error}", file=sys.stderr)  # noqa: T201
        sys.exit(2)
