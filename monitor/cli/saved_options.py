"""What the commands on saved pages share."""

from typing import Annotated

import typer

from crawlers.site import Site
from monitor.project import ProjectError, find_project

UrlOption = Annotated[str, typer.Option("--url", help="The address the page was saved from.")]
SiteOption = Annotated[
    str | None,
    typer.Option("--site", help="Read it as this site's. Default: the site with the host."),
]


def configured_sites() -> dict[str, Site]:
    """The configured sites; none outside a project, since a saved page needs none."""
    try:
        known, errors = find_project().sites()
    except ProjectError:
        return {}
    for error in errors:
        typer.echo(f"baowatch: {error}", err=True)
    return known
