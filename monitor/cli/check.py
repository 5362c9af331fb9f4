"""``baowatch check``: do the portals answer, list articles, and can these be read?"""

import asyncio
import difflib
import os
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

import typer

from crawlers.clock import ORIGINS_VARIABLE
from crawlers.site import Site
from crawlers.sitefile import SiteError, load_site
from monitor.checking import told
from monitor.checking.marking import NotMarked, mark_verified
from monitor.checking.running import CheckWish, check_sites, usual_number
from monitor.checking.verdict import Verdict
from monitor.cli.options import StoreOption, current_time, refused, told_sites
from monitor.project import Project, find_project
from monitor.rehearsal import Rehearsal
from monitor.render.plain_json import plain_json
from monitor.render.tables import print_table
from monitor.render.text import safe
from monitor.replica.families import faults_of
from monitor.replica.portals import has_script
from monitor.replica.server import Replica


def check(
    sites: Annotated[list[str] | None, typer.Argument(help="Sites by name.")] = None,
    every: Annotated[bool, typer.Option("--all", help="All configured sites.")] = False,
    write: Annotated[
        bool,
        typer.Option(
            "--write", help="Write `verified: <today>` into the files of those that pass."
        ),
    ] = False,
    articles: Annotated[int, typer.Option(min=1, max=50, help="Articles to read of each.")] = 5,
    side_by_side: Annotated[
        int | None, typer.Option("--side-by-side", "-n", min=1, help="Sites at the same time.")
    ] = None,
    replica: Annotated[
        int | None,
        typer.Option(help="Ask replica portals on this machine, drawn from this seed, instead."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    store: StoreOption = None,
) -> None:
    """Ask live portals, politely, whether they work for us, and say what does not.

    Of the store only when a portal was asked and its robots.txt are written. A portal that
    wants minutes between two requests is asked for less, in an hour or two. Exit status: 0
    when nothing is broken, 1 when something is, 2 for wrong input.
    """
    project = find_project(store)
    is_replica = replica is not None or bool(os.environ.get(ORIGINS_VARIABLE))
    if write and is_replica:
        raise refused(
            "--write: a replica proves nothing about the live portals; no file is changed"
        )
    known = told_sites(project)
    chosen = _chosen(sites or [], known, every=every)
    with _stage(project, replica, chosen, known) as environment:
        wish = CheckWish(
            articles=articles,
            side_by_side=side_by_side or usual_number(is_replica=is_replica),
            environment=environment,
        )
        verdicts = asyncio.run(check_sites(project, chosen, wish))
    marked = _marked(project, verdicts) if write else {}
    _print(verdicts, marked, as_json=as_json, is_replica=is_replica)
    if not all(verdict.passed for verdict in verdicts) or "refused" in marked.values():
        raise typer.Exit(1)


def _chosen(names: Sequence[str], known: Mapping[str, Site], *, every: bool) -> list[Site]:
    if every == bool(names):
        raise refused("name the sites to check, or give --all" + " alone" * every)
    for name in names:
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            hint = f"Did you mean {near[0]!r}?" if near else "See `baowatch sites`."
            raise refused(f"unknown site {name!r}. {hint}")
    return [known[name] for name in dict.fromkeys(names or sorted(known))]


@contextmanager
def _stage(
    project: Project, seed: int | None, chosen: Sequence[Site], known: Mapping[str, Site]
) -> Iterator[Mapping[str, str]]:
    """What the children must be told; with a seed, to meet the replica that is served meanwhile.

    Which site has which fault depends on the seed and all configured sites, not on the chosen.
    """
    if seed is None:
        yield {}
        return
    start = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
    faults = faults_of(seed, [site for site in known.values() if not has_script(site.name)])
    with Replica(seed, start=start, sites=chosen, family_faults=faults, layout_seed=seed) as served:
        rehearsal = Rehearsal(project=project, replica=served)
        rehearsal.set_clock(datetime.fromtimestamp(time.time(), UTC))
        yield rehearsal.environment()


Mark = Literal["written", "unchanged", "refused"]


def _marked(project: Project, verdicts: Sequence[Verdict]) -> dict[str, Mark]:
    """What became of the files; those of sites that failed are left as they are."""
    marked: dict[str, Mark] = {}
    for verdict in verdicts:
        site = verdict.site
        if not verdict.passed:
            kept = f"verified: {site.verified or 'false'}"
            typer.echo(f"{site.name}: broken, so its file keeps '{kept}'", err=True)
            continue
        try:
            path = project.config / "sites" / f"{site.name}.yml"
            if load_site(path) != site:
                raise NotMarked(f"{path}: changed while it was checked; check it again")
            marked[site.name] = "written" if mark_verified(path, _today(site)) else "unchanged"
        except (NotMarked, SiteError, OSError) as error:
            typer.echo(f"baowatch: {safe(str(error))}", err=True)
            marked[site.name] = "refused"
    return marked


def _today(site: Site) -> date:
    return current_time().astimezone(ZoneInfo(site.timezone)).date()


def _print(
    verdicts: Sequence[Verdict], marked: Mapping[str, Mark], *, as_json: bool, is_replica: bool
) -> None:
    if as_json:
        found = [told.as_json(one, marked=marked.get(one.site.name)) for one in verdicts]
        typer.echo(plain_json({"replica": is_replica, "sites": found}))
        return
    print_table(told.HEADINGS, map(told.row, verdicts), whole=told.WHOLE)
    for line in told.lines(verdicts):
        typer.echo(safe(line))
    for name, mark in marked.items():
        if mark == "written":
            typer.echo(f"{name}: verified, and its file says so")
    typer.echo(told.summary(verdicts) + (" (replica portals)" if is_replica else ""))
