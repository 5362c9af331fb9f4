"""When a site's profile is learned, and from what."""

from datetime import timedelta
from typing import Final

from pipelines.desk import Desk
from pipelines.induction import learn
from pipelines.reading import Reading
from pipelines.store import articles, findings, sites, versions
from pipelines.store.opening import Writer
from pipelines.store.rows import iso

LEARNT_FROM: Final = 8
"""Articles at most, newest first."""
FEWEST: Final = 5
"""Articles of a site before anything is learned of it."""
SINCE: Final = timedelta(days=1)
MOST_UNFIT: Final = 2
"""Pages of a day that may fit no layout before one looks whether there is a new one."""


def note_fit(desk: Desk, db: Writer, article_id: int, reading: Reading) -> None:
    """Write down whether an article's page, as it is today, fits the site's profile."""
    known = sites.profile(db, desk.site_id).layouts
    fits = None if not known else int(reading.layout is not None)
    articles.change(db, article_id, {"read_at": iso(desk.now()), "fits_profile": fits})


def relearn(desk: Desk) -> bool:
    """Learn the site's profile where there is none yet, or where pages stopped fitting it.

    True when there is a new one: what is read from now on is read by it, and the finding
    "layout_drift" says so if it took the place of another. Never a change.
    """
    db, named = desk.store.reader, desk.site.selectors
    if named.title and named.body:
        return False  # the site file says where they stand
    former = sites.profile(db, desk.site_id)
    unfit, read = sites.fitting(db, desk.site_id, since=desk.now() - SINCE)
    if former.layouts and unfit <= MOST_UNFIT:
        return False
    pages = versions.recent_pages(db, desk.site_id, site=desk.site.name, most=LEARNT_FROM)
    learned = learn(pages, desk.site, former) if len(pages) >= FEWEST else None
    if learned is None:
        return False
    with desk.store.writing() as writer:
        sites.record_profile(writer, desk.site_id, learned)
        if former.layouts:
            detail = f"{unfit} of {read} pages fit none of the known layouts; learned anew"
            findings.open_finding(
                writer,
                desk.site_id,
                kind="layout_drift",
                detail=detail,
                url=pages[0].final_url,
                run_id=desk.run_id,
                now=desk.now(),
            )
    return True
