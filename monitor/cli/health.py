"""``baowatch health``: is everything as it should be?"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Annotated, Any

import typer

from crawlers.site import Site
from monitor.checkup import machine_of, vitals_of
from monitor.cli.options import StoreOption, check_site, current_time, existing_store, told_sites
from monitor.health import judge_machine, judge_site
from monitor.overview import (
    Finding,
    SiteOverview,
    StoreOverview,
    overview_of_sites,
    overview_of_store,
)
from monitor.project import find_project
from monitor.render.plain_json import plain_json
from monitor.render.tables import print_table
from monitor.render.words import local, problem
from monitor.vitals import Judgement
from pipelines.store import sites
from pipelines.store.opening import Store
from pipelines.store.rows import iso, iso_or_none


def health(
    only: Annotated[
        list[str] | None, typer.Argument(metavar="SITE", help="Only these sites; default: all.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    store: StoreOption = None,
) -> None:
    """Show what is wrong with the sites, the store and its disk, and when each site is due.

    Reads only. What the daemon would find wrong at this moment is shown too, though it may
    not have noticed yet. Exit status: 0 when nothing is wrong, 1 when something is, 2 for
    wrong input or where there is no store.
    """
    project = find_project(store)
    known = told_sites(project)
    for name in only or ():
        check_site(name, known)
    with existing_store(project) as opened:
        now = current_time()
        shown = list(overview_of_sites(opened.reader, only or sorted(known)))
        whole = overview_of_store(opened)
        found = [one for site in shown for one in site.findings] + list(whole.findings)
        found += _unnoticed(opened, shown, known, found, now)
    if as_json:
        typer.echo(plain_json(_as_json(shown, whole, found)))
    else:
        _print(shown, whole, found, now)
    raise typer.Exit(1 if found else 0)


def _unnoticed(
    store: Store,
    shown: Iterable[SiteOverview],
    known: Mapping[str, Site],
    noticed: Iterable[Finding],
    now: datetime,
) -> list[Finding]:
    """What is wrong at this moment and not written down yet."""
    judged: list[tuple[str | None, Judgement]] = [
        (None, one) for one in judge_machine(machine_of(store), now)
    ]
    for site in shown:
        row = sites.site_row(store.reader, site.site)
        if row is not None:
            file = known[site.site]
            seen = vitals_of(store.reader, row, file.requests_per_hour, now, file)
            judged += [(site.site, one) for one in judge_site(seen, now)]
    told = {(one.site, one.kind) for one in noticed}
    return [
        Finding(site=name, kind=one.kind, detail=one.detail, url="", opened_at=now, times=0)
        for name, one in judged
        if one.is_wrong and (name, one.kind) not in told
    ]


def _print(
    shown: list[SiteOverview], whole: StoreOverview, found: list[Finding], now: datetime
) -> None:
    wrong = {one.site for one in found}
    untouched = [site for site in shown if site.is_untouched and site.site not in wrong]
    if len(untouched) < len(shown):
        print_table(
            ("site", "last run", "ended", "next due", "wrong", "asked"),
            (_cells(site, found, now) for site in shown if site not in untouched),
            whole=("site", "last run", "next due"),
        )
    if untouched:
        names = ", ".join(site.site for site in untouched)
        typer.echo(f"never crawled ({len(untouched)}): {names}")
    for site in shown:
        if site.unfound:
            typer.echo(
                f"{site.site}: {site.unfound} articles went when the portal moved; they were not "
                "found again and are not called withdrawn (baowatch browse: status missing)"
            )
    typer.echo(
        f"store: {whole.size / 1e6:,.1f} MB; its disk has {whole.disk_free / 1e9:,.1f} of "
        f"{whole.disk_size / 1e9:,.1f} GB free"
    )
    if found:
        print_table(
            ("site", "since", "what", "times", "detail", "at"),
            (
                (
                    one.site or "the store",
                    local(one.opened_at),
                    problem(one.kind),
                    one.times,
                    one.detail,
                    one.url,
                )
                for one in found
            ),
            whole=("site", "since"),
        )


def _cells(site: SiteOverview, found: list[Finding], now: datetime) -> tuple[str, ...]:
    due, probe = site.next_due_at, site.breaker.probe_at
    return (
        site.site,
        local(site.last_run_at) if site.last_run_at else "never",
        site.last_reason,
        "now" if due is None or due <= now else local(due),
        ", ".join(one.kind for one in found if one.site == site.site),
        f"slowly, from {local(probe)} on" if probe else "freely",
    )


def _as_json(
    shown: list[SiteOverview], whole: StoreOverview, found: list[Finding]
) -> dict[str, Any]:
    return {
        "healthy": not found,
        "sites": [
            {
                "site": site.site,
                "last_run_at": iso_or_none(site.last_run_at),
                "last_reason": site.last_reason,
                "answered_at": iso_or_none(site.answered_at),
                "next_due_at": iso_or_none(site.next_due_at),
                "breaker": {
                    "failures": site.breaker.failures,
                    "probe_at": iso_or_none(site.breaker.probe_at),
                },
                "unfound_after_move": site.unfound,
                "findings": [_finding(one) for one in found if one.site == site.site],
            }
            for site in shown
        ],
        "store": {
            "path": str(whole.path),
            "bytes": whole.size,
            "disk_free_bytes": whole.disk_free,
            "disk_bytes": whole.disk_size,
            "findings": [_finding(one) for one in found if one.site is None],
        },
    }


def _finding(one: Finding) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "detail": one.detail,
        "url": one.url,
        "opened_at": iso(one.opened_at),
        "times": one.times,
    }
