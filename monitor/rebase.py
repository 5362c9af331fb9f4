"""Every stored reading of a site brought to today's rules, in processes beside each other."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import Final

from crawlers.clock import clock_from_environment
from crawlers.site import Site
from monitor.apart import Broken, call_apart
from pipelines.desk import Desk
from pipelines.rebase import Reread, reread, rewrite
from pipelines.runs import lock_site
from pipelines.store import readings, runs, sites
from pipelines.store.opening import Store
from pipelines.store.readings import StoredReading

LONGEST_READING: Final = 60.0
"""Seconds for a page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rebased:
    """How many versions of a site were read and rewritten; those that could not be read stay."""

    read: int
    rewritten: int
    unreadable: tuple[Reread, ...]


def rebase_site(
    store: Store,
    site: Site,
    *,
    all_versions: bool,
    tell: Callable[[int, int], None],
    known: Mapping[str, Site],
) -> Rebased:
    """Read a site's stored pages again and rewrite, an article at a time, what differs.

    Reports nothing. Killed at any moment it leaves the store right; called again it goes on.
    ``tell`` is called with the versions done and all; ``known`` are all configured sites by
    name, whose articles pages cite. Raises SiteBusy while the site is
    being crawled.
    """
    lock = lock_site(store, site.name)
    try:
        row, run = sites.site_row(store.reader, site.name), runs.latest(store.reader, site.name)
        if row is None or run is None:
            return Rebased(read=0, rewritten=0, unreadable=())
        stored = readings.stored_readings(store.reader, row["id"], every=all_versions)
        call = partial(reread, store=store.path, site=site, site_id=row["id"], run_id=run["id"])
        found = _told(_answers(stored, call), len(stored), tell)
        desk = Desk(
            store=store,
            site=site,
            site_id=row["id"],
            run_id=run["id"],
            clock=clock_from_environment(os.environ),
            sites=known,
        )
        return _written(desk, found)
    finally:
        lock.release()


def _answers(
    stored: list[StoredReading], call: Callable[[StoredReading], Reread]
) -> Iterator[Reread]:
    answers = call_apart(call, stored, seconds=LONGEST_READING)
    for one, answer in zip(stored, answers, strict=True):
        if isinstance(answer, Broken):
            yield Reread(stored=one, reason=f"reading it {answer.reason}")
        else:
            yield answer


def _told(
    found: Iterable[Reread], number: int, tell: Callable[[int, int], None]
) -> Iterator[Reread]:
    for done, one in enumerate(found, 1):
        tell(done, number)
        yield one


def _written(desk: Desk, found: Iterable[Reread]) -> Rebased:
    read = rewritten = 0
    unreadable: list[Reread] = []
    for _, group in groupby(found, key=lambda one: one.stored.article_id):
        versions_read = list(group)
        with desk.store.writing() as db:
            rewrite(desk, db, versions_read)
        read += len(versions_read)
        rewritten += sum(one.differs for one in versions_read)
        unreadable += (one for one in versions_read if one.article is None)
    return Rebased(read=read, rewritten=rewritten, unreadable=tuple(unreadable))


def remove_unused_texts(store: Store) -> int:
    """Remove the texts that no version has any more; return how many."""
    with store.writing() as db:
        return readings.remove_unused_texts(db)
