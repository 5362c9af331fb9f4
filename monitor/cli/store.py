"""``baowatch backup``, ``check-store`` and ``forget``: care of the store."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from monitor.cli.articles import site_of
from monitor.cli.options import StoreOption, current_time, existing_store
from monitor.forgetting import forget_article
from monitor.project import find_project
from monitor.render.text import safe
from pipelines.forgetting import Forgotten
from pipelines.store.backup import back_up
from pipelines.store.checking import faults


def backup(
    file: Annotated[Path, typer.Argument(help="A new file; one that exists is left alone.")],
    store: StoreOption = None,
) -> None:
    """Copy the store into a new file while crawls go on, and check the copy.

    The file is whole or not there at all. To go back to it, stop the daemon and name it with
    --store or BAOWATCH_STORE.
    """
    with existing_store(find_project(store)) as opened, _progress("copying") as tell:
        size = back_up(opened, file.absolute(), tell)
    typer.echo(f"{file}: {size / 1e6:.1f} MB, checked.")


def check_store(store: StoreOption = None) -> None:
    """Tell whether the store is sound: the file, its rows, every stored page. Changes nothing.

    Exit status: 0, or 1 when something is wrong: then go back to a backup.
    """
    project = find_project(store)
    with existing_store(project) as opened, _progress("reading pages") as tell:
        found = faults(opened, tell)
    for line in found:
        typer.echo(safe(line))
    if found:
        typer.echo(f"{project.store}: something is wrong. A backup passes this check.", err=True)
        raise typer.Exit(1)
    typer.echo(f"{project.store}: the file, its rows and every stored page are sound.")


def forget(
    url: Annotated[str, typer.Argument(help="An address of the article, old or new.")],
    why: Annotated[str, typer.Option("--why", help="By what right; kept, so name nobody.")],
    store: StoreOption = None,
) -> None:
    """Remove an article for good, as the law may ask: texts, pages, addresses, changes, traces.

    What is kept is a print of its names, so that no crawl brings it back. Copies on other
    addresses are articles of their own. Backups made before still hold it, and so do archives
    (WARC files), which are named.
    Exit status: 0; 1 when a reader keeps its words in the log for now: then run it again;
    2 while the site is being crawled.
    """
    if not why.strip():
        raise typer.BadParameter('say by what right with --why "…"')
    project = find_project(store)
    known, _ = project.sites()
    site = site_of(url, known)
    with existing_store(project) as opened:
        told = forget_article(opened, site, url, why=why.strip(), now=current_time())
    typer.echo(_summary(url, told.forgotten))
    for file in told.forgotten.archives:
        typer.echo(f"An archive outside the store still holds it: {safe(file)}")
    if not told.is_gone:
        typer.echo(
            "baowatch: somebody is reading the store, so its words are still in the log beside "
            "it; run this again when they are done.",
            err=True,
        )
        raise typer.Exit(1)


def _summary(url: str, told: Forgotten) -> str:
    if not told.articles:
        return f"{safe(url)}: the store holds nothing of it, and never will."
    return (
        f"Forgotten: {safe(url)}, with {told.versions} versions, {told.changes} changes and "
        f"{told.pages} stored pages. No crawl brings it back; backups made before still hold it."
    )


@contextmanager
def _progress(what: str) -> Iterator[Callable[[int, int], None]]:
    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task(what, total=None)
        yield lambda done, number: progress.update(task, completed=done, total=number)
