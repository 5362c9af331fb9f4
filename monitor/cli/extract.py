"""``baowatch extract``: what baowatch reads from one saved page."""

import os
import textwrap
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from crawlers.clock import clock_from_environment
from monitor.cli.saved_options import SiteOption, UrlOption, configured_sites
from monitor.render.plain_json import plain_json
from monitor.render.text import safe
from monitor.render.words import local
from monitor.saved import SavedPageError, saved_page, site_for
from pipelines.article import Article
from pipelines.reading import Reading, read

WIDTH = 96


def extract(
    file: Annotated[Path, typer.Argument(help="A saved page; .gz is fine.")],
    url: UrlOption,
    site: SiteOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> None:
    """Show what is read from a saved page: what it is, and its article.

    Exit status: 0 for an article, 2 for anything else.
    """
    try:
        read_as = site_for(url, name=site, sites=configured_sites())
        now = clock_from_environment(os.environ).now()
        reading = read(saved_page(file, url=url, site=read_as, fetched_at=now), read_as)
    except SavedPageError as error:
        typer.echo(f"baowatch: {error}", err=True)
        raise typer.Exit(2) from error
    if as_json:
        typer.echo(plain_json(_as_json(reading, url)))
    elif reading.article:
        typer.echo(_as_text(reading.article))
    if reading.article is None:
        typer.echo(f"baowatch: {reading.kind.replace('_', ' ')}: {safe(reading.reason)}", err=True)
        raise typer.Exit(2)


def _as_json(reading: Reading, url: str) -> dict[str, Any]:
    article = reading.article
    head = {"kind": reading.kind, "reason": reading.reason, "url": url}
    if article is None:
        return head
    return {
        **head,
        "title": article.title,
        "lead": article.lead,
        "text": article.text,
        "blocks": [{"kind": block.kind, "text": block.text} for block in article.blocks],
        "captions": list(article.captions),
        "author": article.author,
        "published_at": _iso(article.published_at),
        "modified_at": _iso(article.modified_at),
        "language": article.language,
        "tags": list(article.tags),
        "recipe": article.recipe,
    }


def _iso(moment: datetime | None) -> str | None:
    return moment.astimezone(UTC).isoformat() if moment else None


def _as_text(article: Article) -> str:
    published = local(article.published_at) if article.published_at else ""
    byline = ", ".join(filter(None, [article.author, published]))
    paragraphs = [article.lead, *(block.text for block in article.blocks)]
    captions = [f"[{caption}]" for caption in article.captions]
    parts = [article.title, byline, *paragraphs, *captions]
    return "\n\n".join(textwrap.fill(safe(part), WIDTH) for part in parts if part)
