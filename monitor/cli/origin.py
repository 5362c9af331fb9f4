"""``baowatch origin``: where an article, a saved page or a copied text comes from."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from crawlers.site import Site
from monitor.cli.options import StoreOption, current_time, told_sites
from monitor.origin import Origin, OriginError, origin_of_address, origin_of_file
from monitor.project import Project, find_project
from monitor.render.origin_text import as_json as told_as_json
from monitor.render.origin_text import as_text
from monitor.render.plain_json import plain_json
from monitor.render.text import safe
from pipelines.store.opening import Reader, open_store


def origin(
    asked: Annotated[
        list[str],
        typer.Argument(help="Addresses of articles, plain texts, saved HTML pages (.gz too)."),
    ],
    url: Annotated[
        str, typer.Option("--url", help="Where a saved page is from, if it does not say.")
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="One JSON list.")] = False,
    store: StoreOption = None,
) -> None:
    """Tell what an article cites, its original, copies and translations, and who cites it.

    Exit status: 0, also where no original is known; 2 when something could not be read.
    """
    project = find_project(store)
    known = told_sites(project)
    found: list[Origin] = []
    unreadable: list[OriginError] = []
    with _reader(project) as db:
        for named in asked:
            try:
                found.append(_origin(db, named, known, url))
            except OriginError as error:
                unreadable.append(error)
    if as_json:
        typer.echo(plain_json([told_as_json(one) for one in found]))
    else:
        for one in map(as_text, found):
            typer.echo(one)
    for problem in unreadable:
        typer.echo(f"baowatch: {safe(str(problem))}", err=True)
    if unreadable:
        raise typer.Exit(2)


@contextmanager
def _reader(project: Project) -> Iterator[Reader | None]:
    """The store for reading; None where there is none, which is said, and none is made."""
    if not project.store.is_file():
        typer.echo(
            f"baowatch: there is no store at {project.store}: only what a text prints is told",
            err=True,
        )
        yield None
        return
    opened = open_store(project.store)
    try:
        yield opened.reader
    finally:
        opened.close()


def _origin(db: Reader | None, asked: str, known: Mapping[str, Site], url: str) -> Origin:
    if asked.startswith(("http://", "https://")):
        return origin_of_address(db, asked, known)
    return origin_of_file(db, Path(asked), known, url=url, now=current_time())
