"""``baowatch plan``: what is due, why, and what an hour costs a portal."""

from dataclasses import asdict
from datetime import UTC, datetime
from typing import Annotated, Any

import typer

from crawlers.discovery import article_key
from crawlers.site import Site
from monitor.budgets import budgets, learn
from monitor.cli.options import (
    StoreOption,
    check_site,
    current_time,
    existing_store,
    refused,
    told_sites,
)
from monitor.project import Project, find_project
from monitor.render.plain_json import plain_json
from monitor.render.plan_text import explained, learned_table, page_rows, site_row, source_rows
from monitor.render.tables import print_table
from monitor.schedulefile import NAME, load_schedule, unverified_of
from pipelines.store import articles, overview, sites
from pipelines.store.explaining import explain
from pipelines.store.opening import Reader, Store

SHOWN = 20


def plan(
    site: Annotated[str | None, typer.Option("--site", help="This site's next pages.")] = None,
    url: Annotated[
        str | None, typer.Option("--explain", help="Why this article is due when it is.")
    ] = None,
    learn_now: Annotated[
        bool,
        typer.Option("--learn", help="Learn from the store now what the daemon learns nightly."),
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    store: StoreOption = None,
) -> None:
    """Show what is due, why, and what an hour costs each portal.

    Exit status: 0, or 2 for wrong input and where nothing was crawled yet.
    """
    if (site is not None) + (url is not None) + learn_now > 1:
        raise typer.BadParameter("give one of --site, --explain and --learn")
    project = find_project(store)
    known = told_sites(project)
    check_site(site, known)
    with existing_store(project) as opened:
        if learn_now:
            _learn(opened, project, known, as_json=as_json)
        elif url is not None:
            _explain(opened.reader, known, url, as_json=as_json)
        elif site is not None:
            _show_site(opened.reader, site, as_json=as_json)
        else:
            _show_all(opened.reader, _budgets(project, known), as_json=as_json)


def _budgets(project: Project, known: dict[str, Site]) -> dict[str, float]:
    _, errors = project.sites()
    broken = [error.path.stem for error in errors]
    path, unverified = project.config / NAME, unverified_of(known)
    return budgets(known, load_schedule(path, known, unverified=unverified, broken=broken))


def _show_all(db: Reader, granted: dict[str, float], *, as_json: bool) -> None:
    now = current_time()
    found = {
        name: overview.overview(db, row["id"], now)
        for name in sorted(granted)
        if (row := sites.site_row(db, name)) is not None
    }
    if as_json:
        lines = [
            {"site": name, "budget": granted[name], **asdict(one)} for name, one in found.items()
        ]
        _print_json(lines)
        return
    print_table(
        ("site", "articles", "unread", "overdue", "sources", "next", "price", "planned/h",
         "made/h", "budget/h"),
        (site_row(name, one, granted[name]) for name, one in found.items()),
        whole=("site", "next"),
    )  # fmt: skip


def _show_site(db: Reader, name: str, *, as_json: bool) -> None:
    row = sites.site_row(db, name)
    if row is None:
        raise refused(f"{name} was never crawled; `baowatch crawl {name}` begins")
    now = current_time()
    sources = overview.next_sources(db, row["id"])
    pages = [
        explain(db, article_id, now)
        for article_id, _ in overview.next_articles(db, row["id"], limit=SHOWN)
    ]
    if as_json:
        _print_json(
            {"sources": [asdict(one) for one in sources], "articles": list(map(asdict, pages))}
        )
        return
    print_table(
        ("due", "kind", "source", "found", "in hours"), source_rows(sources), whole=("due",)
    )
    typer.echo("")
    print_table(
        ("due", "gap", "edits/day", "article", "why"), page_rows(pages), whole=("due", "gap")
    )


def _explain(db: Reader, known: dict[str, Site], url: str, *, as_json: bool) -> None:
    for site in known.values():
        row = sites.site_row(db, site.name)
        found = articles.resolve(db, row["id"], article_key(url, site)) if row else None
        if found is not None:
            explanation = explain(db, found.id, current_time())
            if as_json:
                _print_json(asdict(explanation))
            else:
                typer.echo(explained(explanation))
            return
    raise refused(f"{url} is no known article; `baowatch crawl` finds those that sources list")


def _learn(store: Store, project: Project, known: dict[str, Site], *, as_json: bool) -> None:
    learned = learn(store, _budgets(project, known), current_time())
    if as_json:
        _print_json({"prices": dict(learned.prices), **asdict(learned.seen)})
        return
    headings, lines = learned_table(learned)
    print_table(headings, lines)
    for name, price in sorted(learned.prices.items()):
        typer.echo(f"{name}: price {price:.3g}")


def _print_json(value: Any) -> None:
    typer.echo(plain_json(value, default=_plain))


def _plain(value: object) -> str:
    assert isinstance(value, datetime), f"{value!r} has no plain form"
    return value.astimezone(UTC).isoformat()
