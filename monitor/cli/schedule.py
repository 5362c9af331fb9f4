"""``baowatch schedule``: is the schedule right, and what does it come to?"""

from collections.abc import Sequence
from datetime import datetime
from itertools import islice

import typer

from crawlers.site import Site
from monitor.cli.options import current_time
from monitor.cron import VIETNAM
from monitor.project import find_project
from monitor.render.tables import print_table
from monitor.schedule import Schedule
from monitor.schedulefile import NAME, load_schedule, unverified_of

SHOWN = 5


def schedule() -> None:
    """Check config/schedule.yml and show each site's next five firings, in Vietnam's time.

    A firing crawls what is due. Sites that wait to be verified are named below. Exit
    status: 0 when all is right, 1 when a site's file is broken, 2 when the schedule is.
    """
    project = find_project()
    known, errors = project.sites()
    for error in errors:
        typer.echo(f"baowatch: {error}", err=True)
    broken = [error.path.stem for error in errors]
    found = load_schedule(
        project.config / NAME, known, unverified=unverified_of(known), broken=broken
    )
    now = current_time()
    print_table(
        ("site", "cron line", "requests/h", "next firings"),
        (_row(known[name], found, now) for name in sorted({*known}.difference(found.waiting))),
        whole=("site", "cron line"),
    )
    if found.waiting:
        typer.echo(_waiting(found.waiting))
    raise typer.Exit(1 if errors else 0)


def _waiting(names: Sequence[str]) -> str:
    return (
        f"Not crawled, since nobody has verified them ({len(names)}): {', '.join(names)}.\n"
        "`baowatch check SITE --write` tries one on the live portal; a site that is named in "
        "schedule.yml is crawled in any case."
    )


def _row(site: Site, found: Schedule, now: datetime) -> tuple[str, ...]:
    plan = found.sites.get(site.name)
    if plan is None:
        return site.name, "never", "", ""
    per_hour = min(site.requests_per_hour, plan.requests_per_hour or site.requests_per_hour)
    firings = (f"{one.astimezone(VIETNAM):%a %d %b %H:%M}" for one in plan.firings(now))
    return site.name, plan.cron.line, str(per_hour), ", ".join(islice(firings, SHOWN))
