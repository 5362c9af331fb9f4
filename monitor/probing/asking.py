"""``probe_site``: a look at a portal by a crawl child, of which the store keeps no article.

The child is the one engine: guard, robots.txt, turns and budget are those of every crawl.
Its run goes into a store of its own that is thrown away. What must outlive it is when the
portal was asked, and its robots.txt, so these alone go into the project's store, and the
site's lock there is held meanwhile. Under an origin map (a replica) the project's store is left
alone: a fast clock's moments would keep real crawls waiting.
"""

import asyncio
import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from crawlers import robots, settings
from crawlers.clock import ORIGINS_VARIABLE, clock_from_environment
from crawlers.origins import origin_of
from crawlers.site import Site
from monitor.crawl import CrawlOrder, CrawlResult, run_crawl
from monitor.probing.handover import ARTICLES, FOLDER, RESULT
from monitor.probing.probe import Probe, RobotsProbe
from monitor.probing.saved import article_of, source_of
from monitor.project import Project
from pipelines.holding import Held, hold, site_lock
from pipelines.ledger import StoreRobotsCopies
from pipelines.store.opening import open_store

TIME_LIMIT: Final = timedelta(hours=2)
"""By the clock; the child leaves out what would take more than ``looking.TIME``, but not the
home page, the sources of the file and one article, each up to an hour after the one before.
"""
_LOOKING: Final = "monitor.probing.looking.Looking"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProbeOrder:
    """What to look at: ``articles`` at most, chosen from what the sources list.

    With ``urls`` only these addresses are fetched, as articles, and no source. ``folder``
    receives the answers as they came (``saved`` of a SourceProbe or ArticleProbe names the
    file); without one they are thrown away. ``environment`` is the child's own (a replica's).
    """

    site: Site
    articles: int = 5
    urls: tuple[str, ...] = ()
    folder: Path | None = None
    environment: Mapping[str, str] = field(default_factory=dict)
    time_limit: timedelta = TIME_LIMIT


async def probe_site(project: Project, order: ProbeOrder) -> Probe:
    """Look at one portal. Raises StoreError where the project's store cannot be used.

    ``project.config`` must hold the site's file. Whatever the portal does is in the Probe.
    """
    environment = {**os.environ, **order.environment}
    clock = clock_from_environment(environment)
    is_replica = bool(environment.get(ORIGINS_VARIABLE))
    with TemporaryDirectory(prefix="baowatch-") as scratch:
        apart = replace(project, store=Path(scratch) / "probe.db")
        ledger = apart.store if is_replica else project.store
        open_store(ledger).close()
        began_at = clock.now()
        folder = order.folder or Path(scratch)
        try:
            with nullcontext() if is_replica else _holding(ledger, order.site):
                result = await run_crawl(apart, _crawl_order(order, folder, ledger), clock)
        except Held as error:
            problem = f"{order.site.name} is being crawled by {error.holder}; ask again later"
            return Probe(
                site=order.site.name, began_at=began_at, ended_at=began_at, problem=problem
            )
        found = _found(folder)
        return Probe(
            site=order.site.name,
            began_at=began_at,
            ended_at=clock.now(),
            end=result.run["reason"] or "" if result.run else "",
            problem=_problem(result, found),
            requests=result.run["requests"] or 0 if result.run else 0,
            delay=found.get("delay", 0.0),
            unasked=found.get("unasked", 0),
            robots=_robots(ledger, order.site, clock.now()),
            sources=tuple(source_of(one) for one in found.get("sources", ())),
            articles=tuple(article_of(one) for one in found.get("articles", ())),
            crashes=tuple(found.get("crashes", ())),
        )


async def probe_sites(
    project: Project,
    orders: Sequence[ProbeOrder],
    *,
    side_by_side: int,
    begun: Callable[[str], None] | None = None,
    ended: Callable[[Probe], None] | None = None,
) -> list[Probe]:
    """Look at several portals, so many at a time; the probes in the order of the orders.

    ``begun`` hears a site's name, ``ended`` its probe, as it goes. The first error ends all
    (see ``probe_site``).
    """
    free = asyncio.Semaphore(side_by_side)

    async def one(order: ProbeOrder) -> Probe:
        async with free:
            if begun:
                begun(order.site.name)
            probe = await probe_site(project, order)
            if ended:
                ended(probe)
            return probe

    return list(await asyncio.gather(*(one(order) for order in orders)))


@contextmanager
def _holding(ledger: Path, site: Site) -> Iterator[None]:
    """The site's lock: nobody else asks the portal meanwhile. Raises Held."""
    path = site_lock(ledger, site.name)
    path.parent.mkdir(exist_ok=True)
    lock = hold(path)
    try:
        yield
    finally:
        lock.release()


def _crawl_order(order: ProbeOrder, folder: Path, ledger: Path) -> CrawlOrder:
    """The child's order: finds go into ``folder``, its turns into the store ``ledger``."""
    stages = {
        name: place
        for name, place in settings.SPIDER_MIDDLEWARES.items()
        if name != "pipelines.due.DueArticles"
    }
    return CrawlOrder(
        site=order.site.name,
        arguments={"url": ",".join(order.urls)} if order.urls else {},
        settings={
            "SPIDER_MIDDLEWARES": json.dumps({**stages, _LOOKING: 500}),
            "ITEM_PIPELINES": "{}",
            "BAOWATCH_LEDGER_STORE": str(ledger),
            FOLDER: str(folder.absolute()),
            ARTICLES: str(len(order.urls) or order.articles),
        },
        environment=order.environment,
        time_limit=order.time_limit,
    )


def _found(folder: Path) -> dict[str, Any]:
    """What the child wrote when it closed; empty where it did not come to that."""
    path = folder / RESULT
    try:
        found: dict[str, Any] = json.loads(path.read_bytes())
    except (OSError, ValueError):  # one site's look is lost, and no other's
        return {}
    path.unlink()
    return found


def _problem(result: CrawlResult, found: Mapping[str, Any]) -> str:
    if result.timed_out:
        return "it took longer than a look may take, and was ended"
    if found and result.run is not None:
        return ""
    said = result.messages[-1] if result.messages else f"exit status {result.exit_status}"
    return f"the crawl did not come to an end of its own: {said}"


def _robots(ledger: Path, site: Site, now: datetime) -> RobotsProbe | None:
    """The copy that the look went by; None where only one is left that is too old to serve."""
    store = open_store(ledger)
    try:
        copy = StoreRobotsCopies(store).load(origin_of(site.home))
    finally:
        store.close()
    if copy is None or not robots.may_serve(copy, now):
        return None
    rules = robots.rules(copy.body)
    return RobotsProbe(
        origin=origin_of(site.home),
        fetched_at=copy.fetched_at,
        body=copy.body.decode("utf-8-sig", "replace"),
        crawl_delay=rules.crawl_delay,
        sitemaps=rules.sitemaps,
        allows_home=rules.allows(site.home),
    )
