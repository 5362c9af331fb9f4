"""``baowatch history``: one article's versions, as they followed each other."""

import sys
from typing import Annotated
from urllib.parse import urlsplit

import typer

from crawlers.discovery import article_key
from crawlers.site import Site
from monitor.cli.options import StoreOption, existing_store
from monitor.project import find_project
from monitor.render.history_text import render_history
from pipelines.changes import ArticleRow
from pipelines.store import articles, changes, sites, versions
from pipelines.store.opening import Reader


def history(
    url: Annotated[str, typer.Argument(help="An address of the article, old or new.")],
    store: StoreOption = None,
) -> None:
    """Tell an article's versions and changes, oldest first, with what changed between them."""
    project = find_project(store)
    known, _ = project.sites()
    site = site_of(url, known)
    with existing_store(project) as opened:
        row = _find(opened.reader, url, site)
        if row is None:
            typer.echo(f"baowatch: {url} is not known to the store", err=True)
            raise typer.Exit(1)
        typer.echo(
            render_history(
                row,
                addresses=articles.addresses(opened.reader, row.id),
                versions=versions.history(opened.reader, row.id),
                changes=changes.of_article(opened.reader, row.id),
                site=site,
                colour=sys.stdout.isatty(),
            )
        )


def site_of(url: str, known: dict[str, Site]) -> Site:
    """The configured site that an address belongs to. Raises typer.BadParameter."""
    host = urlsplit(url).hostname
    for site in known.values():
        if host in site.all_hosts:
            return site
    raise typer.BadParameter(f"{url} belongs to none of the sites {', '.join(sorted(known))}")


def _find(db: Reader, url: str, site: Site) -> ArticleRow | None:
    row = sites.site_row(db, site.name)
    return articles.resolve(db, row["id"], article_key(url, site)) if row else None
