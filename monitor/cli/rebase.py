"""``baowatch rebase``: stored pages read again with today's rules, and nothing told."""

from collections.abc import Mapping
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from crawlers.site import Site
from monitor.cli.options import StoreOption, check_site, existing_store, told_sites
from monitor.project import find_project
from monitor.rebase import Rebased, rebase_site, remove_unused_texts
from monitor.render.text import safe
from pipelines.errors import SiteBusy
from pipelines.store.opening import Store


def rebase(
    sites: Annotated[list[str] | None, typer.Argument(help="Sites; none means all.")] = None,
    all_versions: Annotated[
        bool,
        typer.Option("--all-versions", help="Not only the two newest versions of each article."),
    ] = False,
    store: StoreOption = None,
) -> None:
    """Read stored pages again with today's rules and memory, after an upgrade for instance.

    Reports nothing, ever: crawls compare like with like in any case; this does it in bulk.
    May be stopped at any moment and run again.
    Exit status: 0, or 2 when a site is being crawled: then it is left as it is.
    """
    project = find_project(store)
    known = told_sites(project)
    for name in sites or ():
        check_site(name, known)
    busy = False
    with existing_store(project) as opened:
        for name in sites or sorted(known):
            try:
                typer.echo(_summary(name, _rebase(opened, name, known, all_versions=all_versions)))
            except SiteBusy as error:
                typer.echo(f"baowatch: {error}", err=True)
                busy = True
        remove_unused_texts(opened)
    if busy:
        raise typer.Exit(2)


def _rebase(store: Store, name: str, known: Mapping[str, Site], *, all_versions: bool) -> Rebased:
    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task(name, total=None)
        return rebase_site(
            store,
            known[name],
            known=known,
            all_versions=all_versions,
            tell=lambda done, number: progress.update(task, completed=done, total=number),
        )


def _summary(name: str, made: Rebased) -> str:
    left = f", {len(made.unreadable)} left as they are" if made.unreadable else ""
    lines = [f"{name}: {made.read} versions read, {made.rewritten} rewritten{left}"]
    for one in made.unreadable:
        stored = one.stored
        lines.append(f"  {safe(stored.url)} version {stored.number}: {safe(one.reason)}")
    return "\n".join(lines)
