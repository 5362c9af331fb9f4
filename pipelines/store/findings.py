"""Findings: what is wrong with a site, or with the whole store. Opened once, closed once.

Each open finding has *symptoms*: the places where it was met. What a place answered since
is written down beside it, so that closing is a question to the store and no guess.
``pipelines.conditions`` decides which finding a symptom is of, and what ends it.
"""

from datetime import datetime

from crawlers import robots
from pipelines import conditions
from pipelines.conditions import TROUBLES, Place, Trouble, place_of, scope_of
from pipelines.store.opening import Reader, Writer
from pipelines.store.rows import Row, insert, iso, moment, moment_or_none, one, rows


def open_finding(
    db: Writer,
    site_id: int | None,
    *,
    kind: str,
    detail: str,
    now: datetime,
    url: str = "",
    run_id: int | None = None,
) -> bool:
    """Open a finding, or count it once more while it is open; True when it was not.

    ``site_id`` None: of the whole store (the disk, the clock). ``run_id`` None: no run met
    it. ``url`` is where it was met; ``detail`` one line for people, the latest is kept.
    """
    known = _open_id(db, site_id, kind)
    if known is None:
        finding_id = insert(
            db,
            "findings",
            {
                "site_id": site_id,
                "kind": kind,
                "detail": detail,
                "url": url,
                "opened_at": iso(now),
                "last_at": iso(now),
                "last_run_id": run_id,
            },
        )
    else:
        finding_id = known
        db.execute(
            "UPDATE findings SET times = times + 1, last_at = ?, last_run_id = ?, detail = ?, "
            "url = ? WHERE id = ?",
            [iso(now), run_id, detail, url, finding_id],
        )
    if place := place_of(kind, url):
        db.execute(
            "INSERT INTO symptoms (finding_id, place, since, met_at) VALUES (?, ?, ?, ?) "
            "ON CONFLICT DO UPDATE SET met_at = excluded.met_at, answered_at = NULL",
            [finding_id, place, iso(now), iso(now)],
        )
    return known is None


def close_finding(
    db: Writer, site_id: int | None, kind: str, *, now: datetime, run_id: int | None = None
) -> bool:
    """Close the open finding of a kind; False where there is none.

    With ``run_id`` only one that this very run met last, since another finding says it.
    """
    row = one(
        db,
        "SELECT id FROM findings WHERE site_id IS ? AND kind = ? AND closed_at IS NULL "
        "AND (? IS NULL OR last_run_id = ?)",
        [site_id, kind, run_id, run_id],
    )
    if row is not None:
        _close(db, row["id"], now)
    return row is not None


def meet(
    db: Writer,
    site_id: int,
    *,
    symptom: str,
    detail: str,
    url: str,
    home: str,
    run_id: int,
    now: datetime,
) -> None:
    """Write down a failure, or a page that is no article: as the finding that it belongs to.

    ``symptom`` is the failure's reason or the page's kind; ``url`` the address asked for
    (of a source: the source's own); ``home`` the site's home page.
    """
    trouble = TROUBLES.get(symptom)
    kind, told = symptom, detail
    if trouble is not None:
        told = f"{symptom.replace('_', ' ')}: {detail}"
        places = _places_since_answer(db, site_id, trouble)
        kind = conditions.kind_of(
            symptom,
            everywhere=conditions.is_everywhere(symptom, url, home, again=url in places),
            places=len(places | {url}),
            is_site_wide=_open_id(db, site_id, trouble.site) is not None,
            was_known=_was_known(db, site_id, trouble, url),
        )
        if kind == trouble.site:
            _widen(db, site_id, trouble)
    open_finding(db, site_id, kind=kind, detail=told, url=url, run_id=run_id, now=now)


def answered(db: Writer, site_id: int, url: str, *, now: datetime) -> None:
    """``url`` gave a proper answer: an article, a 304, a 404, a listing with links.

    To be called before ``meet`` where the same answer is a symptom of its own.
    """
    db.execute("UPDATE sites SET answered_at = ? WHERE id = ?", [iso(now), site_id])
    db.execute(
        "UPDATE symptoms SET answered_at = ? WHERE place IN (?, ?) AND answered_at IS NULL",
        [iso(now), url, conditions.origin(url)],
    )


def close_over(
    db: Writer, site_id: int, *, run_id: int, now: datetime, thorough: bool
) -> list[str]:
    """Close what has ended, at the end of a run; return the kinds.

    What this run met itself stays open. ``thorough``: it looked at all that was due.
    """
    site = one(
        db,
        "SELECT pages, iif(answered_at >= started_at, answered_at, NULL) AS answered_at "
        "FROM runs JOIN sites ON sites.id = site_id WHERE runs.id = ?",
        [run_id],
    )
    assert site is not None
    over = [
        row
        for row in rows(
            db,
            "SELECT id, kind, last_at FROM findings WHERE site_id = ? AND closed_at IS NULL "
            "AND last_run_id != ?",
            [site_id, run_id],
        )
        if conditions.is_over(
            row["kind"],
            _places(db, row["id"], row["kind"]),
            met_at=moment(row["last_at"]),
            site_answered_at=moment_or_none(site["answered_at"]),
            later_run=thorough and site["pages"] > 0,
            now=now,
        )
    ]
    for row in over:
        _close(db, row["id"], now)
    return [row["kind"] for row in over]


def open_findings(db: Reader | Writer, site: str | None = None) -> list[Row]:
    """Open findings, the oldest first; of the whole store too unless a site is named.

    Columns: site (None for the store's own), kind, detail, url, opened_at, last_at, times.
    """
    return rows(
        db,
        "SELECT sites.name AS site, kind, detail, url, opened_at, last_at, times FROM findings "
        "LEFT JOIN sites ON sites.id = findings.site_id WHERE closed_at IS NULL "
        "AND (? IS NULL OR sites.name = ?) ORDER BY opened_at, findings.id",
        [site, site],
    )


def _open_id(db: Writer, site_id: int | None, kind: str) -> int | None:
    row = one(
        db,
        "SELECT id FROM findings WHERE ifnull(site_id, 0) = ifnull(?, 0) AND kind = ? "
        "AND closed_at IS NULL",
        [site_id, kind],
    )
    return row["id"] if row else None


def _close(db: Writer, finding_id: int, now: datetime) -> None:
    db.execute("UPDATE findings SET closed_at = ? WHERE id = ?", [iso(now), finding_id])
    db.execute("DELETE FROM symptoms WHERE finding_id = ?", [finding_id])


def _places_since_answer(db: Writer, site_id: int, trouble: Trouble) -> set[str]:
    """Addresses that have the trouble since the site last answered anything."""
    found = rows(
        db,
        "SELECT place FROM symptoms WHERE finding_id = ? "
        "AND met_at > ifnull((SELECT answered_at FROM sites WHERE id = ?), '') LIMIT ?",
        [
            _open_id(db, site_id, trouble.address),
            site_id,
            conditions.PLACES_TO_BE_EVERYWHERE,
        ],
    )
    return {row["place"] for row in found}


def _was_known(db: Writer, site_id: int, trouble: Trouble, url: str) -> bool:
    row = one(
        db,
        "SELECT 1 AS found FROM symptoms WHERE finding_id = ? AND place = ? "
        "AND since < (SELECT answered_at FROM sites WHERE id = ?)",
        [_open_id(db, site_id, trouble.address), url, site_id],
    )
    return row is not None


def _widen(db: Writer, site_id: int, trouble: Trouble) -> None:
    """What began at single addresses is the whole site's now: one outage, one finding."""
    part = _open_id(db, site_id, trouble.address)
    if part is None:
        return
    db.execute(
        "DELETE FROM symptoms WHERE finding_id = ? AND since > "
        "ifnull((SELECT answered_at FROM sites WHERE id = ?), '')",
        [part, site_id],
    )
    if one(db, "SELECT 1 AS found FROM symptoms WHERE finding_id = ? LIMIT 1", [part]):
        return  # some of it is older: it stands beside the outage
    if _open_id(db, site_id, trouble.site) is None:
        db.execute("UPDATE findings SET kind = ? WHERE id = ?", [trouble.site, part])


def _places(db: Writer, finding_id: int, kind: str) -> list[Place]:
    found = rows(
        db,
        "SELECT place, met_at, answered_at, EXISTS (SELECT 1 FROM addresses "
        "JOIN articles ON articles.id = article_id JOIN findings ON findings.id = finding_id "
        "WHERE addresses.url = place AND articles.site_id = findings.site_id AND "
        "(articles.status IN ('withdrawn', 'moved') OR articles.url != place)) AS is_left "
        "FROM symptoms WHERE finding_id = ?",
        [finding_id],
    )
    return [
        Place(
            met_at=moment(row["met_at"]),
            answered_at=moment_or_none(row["answered_at"]),
            is_left=bool(row["is_left"]),
            is_allowed=scope_of(kind) == "robots" and _is_allowed(db, row),
        )
        for row in found
    ]


def _is_allowed(db: Writer, place: Row) -> bool:
    """Whether a robots.txt that was read since allows the address."""
    copy = one(
        db,
        "SELECT body FROM robots_copies WHERE origin = ? AND fetched_at > ?",
        [conditions.origin(place["place"]), place["met_at"]],
    )
    return copy is not None and robots.rules(copy["body"]).allows(place["place"])
