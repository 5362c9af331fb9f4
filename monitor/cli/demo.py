"""``baowatch demo``: the whole way on replica portals, checked against their script."""

import random
import shutil
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from monitor.cli.crawl import summary
from monitor.cli.options import StoreOption
from monitor.project import Project, find_project
from monitor.rehearsal import Rehearsal, told_and_expected
from monitor.render.report_text import render_text
from monitor.replica.server import Replica
from monitor.report import make_report
from pipelines.store.opening import open_store

EDITIONS = 3


def demo(
    seed: Annotated[
        int | None, typer.Option(help="Draws what happens on the portals. Default: a new one.")
    ] = None,
    editions: Annotated[int, typer.Option(min=2, max=20, help="The first is the baseline.")] = (
        EDITIONS
    ),
    store: StoreOption = None,
) -> None:
    """Crawl six replica portals while their articles change, and report what happened.

    Nothing leaves this machine. Exit status: 0 when the report holds exactly what was
    scripted, 1 when it does not.
    """
    project = find_project()
    path = store or project.folder / "demo" / "demo.db"
    path.parent.mkdir(parents=True, exist_ok=True)
    for left in path.parent.glob(f"{path.name}*"):
        if left.is_file():
            left.unlink()
    project = Project(folder=project.folder, config=project.config, store=path)
    seed = random.SystemRandom().randrange(10_000) if seed is None else seed
    typer.echo(f"Replica portals on 127.0.0.1, drawn from seed {seed}.")
    start = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
    with Replica(seed, start=start, editions=editions) as replica:
        rehearsal = Rehearsal(project=project, replica=replica)
        until = _play(rehearsal)
        _show(rehearsal, start, until, path)
        right = _verdict(rehearsal)
    typer.echo(_afterwards(path))
    raise typer.Exit(0 if right else 1)


def _play(rehearsal: Rehearsal) -> datetime:
    for edition, moment in rehearsal.rounds():
        clock = rehearsal.begin_round(edition, moment)
        typer.echo(f"\nEdition {edition + 1}, {clock.start:%Y-%m-%d %H:%M} UTC")
        for result in rehearsal.crawl(rehearsal.sites):
            typer.echo(f"  {summary(result)}")
            for line in result.messages:
                typer.echo(f"    {line}", err=True)
    return clock.now()


def _show(rehearsal: Rehearsal, since: datetime, until: datetime, path: Path) -> None:
    known, _ = rehearsal.project.sites()
    store = open_store(path)
    made = make_report(store.reader, known, since=since, until=until)
    store.close()
    typer.echo(f"\n{render_text(made, colour=False)}\n")


def _verdict(rehearsal: Rehearsal) -> bool:
    told, expected = told_and_expected(rehearsal)
    for one in sorted((expected - told).elements()):
        typer.echo(f"MISSED: {one}", err=True)
    for one in sorted((told - expected).elements()):
        typer.echo(f"FALSE: {one}", err=True)
    typer.echo(
        f"Seed {rehearsal.replica.script.seed}: {expected.total()} changes were scripted, "
        f"{told.total()} were told, {(told & expected).total()} of them rightly."
    )
    return told == expected


def _afterwards(path: Path) -> str:
    folder = "" if shutil.which("baowatch") else f"{Path(sys.executable).parent}/"
    return (
        f"The store is {path}. Look at it:\n"
        f"  {folder}baowatch report --since 7d --store {path} --format html -o report.html\n"
        f"  {folder}baowatch browse --store {path}"
    )
