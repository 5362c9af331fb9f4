"""The command ``baowatch``: one file per family of commands."""

import sys

import typer

from monitor.cli.articles import history
from monitor.cli.compare import compare
from monitor.cli.crawl import crawl
from monitor.cli.demo import demo
from monitor.cli.dismiss import dismiss
from monitor.cli.extract import extract
from monitor.cli.noise import app as noise
from monitor.cli.rebase import rebase
from monitor.cli.report import report
from monitor.cli.seeds import seeds
from monitor.cli.sites import sites
from monitor.cli.store import backup, check_store, forget
from monitor.project import ProjectError
from pipelines.errors import StoreError

app = typer.Typer(
    name="baowatch",
    help="The change monitor for provincial news portals.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
for command in (crawl, report, history, dismiss, rebase, sites, seeds, compare, extract, demo):
    app.command()(command)
for command in (backup, check_store, forget):
    app.command()(command)
app.add_typer(noise)


def main() -> None:
    """Run the command line; an error of the user's is one clean line and status 2."""
    try:
        app()
    except (StoreError, ProjectError) as error:
        print(f"baowatch: {error}", file=sys.stderr)  # noqa: T201
        sys.exit(2)
