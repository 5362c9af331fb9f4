"""``baowatch watch``: follow single pages more closely than the rest."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import islice, pairwise
from typing import Annotated, Final

import typer

from crawlers.discovery import article_key, canonical_address
from crawlers.site import Site
from monitor.budgets import budgets
from monitor.cli.articles import site_of
from monitor.cli.options import (
    StoreOption,
    current_time,
    existing_store,
    refused,
    span_of,
    told_sites,
)
from monitor.project import Project, find_project
from monitor.render.plan_text import span
from monitor.render.tables import print_table
from monitor.render.text import safe
from monitor.render.words import local
from monitor.schedule import Schedule
from monitor.schedulefile import NAME, load_schedule, unverified_of
from pipelines.changes import ArticleRow
from pipelines.store import articles, forgotten, sites, watched
from pipelines.store.opening import Store, Writer, open_store
from pipelines.store.watched import Watched

MOST_OFTEN: Final = timedelta(minutes=10)
"""However closely a page is followed, its portal is not asked for it more often."""
LEAST_OFTEN: Final = timedelta(days=30)
MUCH: Final = 0.5
"""The share of a site's budget from which followed pages are said to take much of it."""
SEEN_AHEAD: Final = 25
"""Crawls of a site that are looked at to say how often it is crawled."""


def watch(
    url: Annotated[str | None, typer.Argument(help="An address; none lists all.")] = None,
    every: Annotated[
        str, typer.Option(help="How often at least, from 10m to 30d, as far as the budget goes.")
    ] = "15m",
    note: Annotated[str, typer.Option(help="Why, in your words; kept until --stop.")] = "",
    stop: Annotated[bool, typer.Option("--stop", help="Watch it no more.")] = False,
    store: StoreOption = None,
) -> None:
    """Follow single pages: looked at so often at least, before other rechecks, whatever their age.

    An address that is not known yet is fetched by the next crawl. Budget and delays of the site
    hold as ever, and two looks must agree before a change is told.
    Exit status: 0, or 2 for an address of no configured site and other wrong input.
    """
    project = find_project(store)
    if url is None:
        if stop:
            raise typer.BadParameter("--stop needs the address")
        with existing_store(project) as opened:
            _list(watched.all_watched(opened.reader))
        return
    site = _site(url, told_sites(project))
    opened = open_store(project.store)
    try:
        if stop:
            _stop(opened, site, url)
        else:
            often, schedule = _often(every), _schedule(project)
            _follow(opened, site, url, every=often, note=note.strip())
            typer.echo(_cost(opened, site, _budget(project, site, schedule)))
            if schedule and (told := _seldom(schedule, site, often, current_time())):
                typer.echo(told)
    finally:
        opened.close()


def _site(url: str, known: dict[str, Site]) -> Site:
    try:
        site = site_of(url, known)
        canonical_address(url, site)
    except typer.BadParameter as error:
        raise refused(
            f"{safe(error.message)}. Describe its site first: a file in config/sites/, as "
            "docs/adding-a-site.md has it."
        ) from None
    except ValueError as error:
        raise refused(safe(str(error))) from None
    return site


def _often(value: str) -> timedelta:
    often = span_of(value)
    if often is None or not MOST_OFTEN <= often <= LEAST_OFTEN:
        raise typer.BadParameter(f"--every {value}: give a span from 10m to 30d, like 15m or 6h")
    return often


def _follow(store: Store, site: Site, url: str, *, every: timedelta, note: str) -> None:
    now = current_time()
    with store.writing() as db:
        site_id, key = sites.site_id(db, site.name), article_key(url, site)
        if forgotten.is_forgotten(db, site_id, key):
            raise refused(f"{safe(url)} was forgotten by law; it is not fetched again")
        known = articles.resolve(db, site_id, key)
        row = known or _add(db, site_id, site, url, now)
        watched.follow(db, row.id, every=every, note=note, now=now)
    typer.echo(f"Watching {safe(row.url)}, every {span(every / timedelta(hours=1))} at least.")
    if known is None:
        typer.echo("It was not known yet: the next crawl of its site fetches it.")


def _add(db: Writer, site_id: int, site: Site, url: str, now: datetime) -> ArticleRow:
    address = canonical_address(url, site)
    return articles.add(db, site_id, key=article_key(address, site), url=address, now=now)


def _stop(store: Store, site: Site, url: str) -> None:
    with store.writing() as db:
        row = articles.resolve(db, sites.site_id(db, site.name), article_key(url, site))
        if row is None or not watched.stop(db, row.id):
            raise refused(f"{safe(url)} is not watched; `baowatch watch` lists what is")
    typer.echo(f"{safe(row.url)} is watched no more; it is looked at when its gap is over.")


def _schedule(project: Project) -> Schedule | None:
    known, errors = project.sites()
    path = project.config / NAME
    if not path.is_file():
        return None
    broken = [one.path.stem for one in errors]
    unverified = unverified_of(known)
    return load_schedule(path, known, unverified=unverified, broken=broken, archives=False)


def _budget(project: Project, site: Site, schedule: Schedule | None) -> float:
    """Requests an hour that the site may be asked; its own where there is no schedule."""
    granted = budgets(project.sites()[0], schedule) if schedule else {}
    return granted.get(site.name, site.requests_per_hour)


def _seldom(schedule: Schedule, site: Site, every: timedelta, now: datetime) -> str | None:
    """What to know where the site itself is crawled more seldom than that."""
    plan = schedule.sites.get(site.name)
    if plan is None:
        return f"The schedule never crawls {site.name}: only a crawl of yours looks at it."
    firings = list(islice(plan.firings(now), SEEN_AHEAD))
    gaps = sorted(after - before for before, after in pairwise(firings))
    usual = gaps[len(gaps) // 2] if gaps else LEAST_OFTEN
    if usual <= every + plan.jitter:
        return None
    return (
        f"The schedule crawls {site.name} about every {span(usual / timedelta(hours=1))}, "
        f"by its cron line in {NAME}: no look comes sooner."
    )


def _cost(store: Store, site: Site, budget: float) -> str:
    """What the site's followed pages ask of its budget."""
    pages = [one for one in watched.all_watched(store.reader) if one.site == site.name]
    looks = sum(timedelta(hours=1) / one.every for one in pages)
    told = f"{site.name}: {looks:.3g} looks an hour at watched pages, of {budget:.3g} requests."
    if looks > budget:
        return f"{told} That is more than the budget: they will be looked at less often."
    much = looks > budget * MUCH
    return f"{told} That leaves little for everything else." if much else told


def _list(pages: Sequence[Watched]) -> None:
    if not pages:
        typer.echo("Nothing is watched. `baowatch watch URL` begins.")
        return
    print_table(
        ("site", "every", "looked at", "next", "status", "page", "note"),
        (
            (
                one.site,
                span(one.every / timedelta(hours=1)),
                local(one.checked_at) if one.checked_at else "never",
                local(one.next_at) if one.next_at else "",
                one.status,
                one.url,
                one.note,
            )
            for one in pages
        ),
        whole=("site", "every"),
    )
