"""Sites and their sources: the baseline, the budget, robots copies, trust in validators."""

from datetime import datetime, timedelta
from typing import Final

from crawlers.page import Source
from pipelines.profile import NO_PROFILE, Profile, as_json, from_json
from pipelines.store.opening import Reader, Writer
from pipelines.store.rows import Row, iso, iso_or_none, moment_or_none, one

AUDITS_NEEDED: Final = 20
"""Unconditional looks that must have agreed with a site's validators before they are used."""
DISTRUST: Final = timedelta(days=30)


def site_id(db: Writer, name: str) -> int:
    """The id of a site's row, made when absent."""
    db.execute("INSERT INTO sites (name) VALUES (?) ON CONFLICT (name) DO NOTHING", [name])
    row = one(db, "SELECT id FROM sites WHERE name = ?", [name])
    assert row is not None
    return int(row["id"])


def site_row(db: Reader | Writer, name: str) -> Row | None:
    return one(db, "SELECT * FROM sites WHERE name = ?", [name])


def baseline_at(db: Reader | Writer, site_id: int) -> datetime | None:
    row = one(db, "SELECT baseline_at FROM sites WHERE id = ?", [site_id])
    return moment_or_none(row["baseline_at"]) if row else None


def profile(db: Reader | Writer, site_id: int) -> Profile:
    """What was learned of the site's pages; NO_PROFILE when nothing was.

    Raises BrokenProfile when what is stored is none.
    """
    row = one(db, "SELECT profile FROM sites WHERE id = ?", [site_id])
    return from_json(row["profile"]) if row and row["profile"] else NO_PROFILE


def record_profile(db: Writer, site_id: int, learned: Profile) -> None:
    """Let the site's pages be read by ``learned``; none has been tried on it yet."""
    db.execute("UPDATE articles SET fits_profile = NULL WHERE site_id = ?", [site_id])
    db.execute(
        "UPDATE sites SET profile = ?, profile_number = ? WHERE id = ?",
        [as_json(learned), learned.number, site_id],
    )


def fitting(db: Reader, site_id: int, *, since: datetime) -> tuple[int, int]:
    """How many of the articles read since then fitted no layout, and how many were read."""
    row = one(
        db,
        "SELECT ifnull(sum(fits_profile = 0), 0) AS unfit, count(fits_profile) AS read "
        "FROM articles WHERE site_id = ? AND read_at >= ?",
        [site_id, iso(since)],
    )
    assert row is not None
    return row["unfit"], row["read"]


def record_source(
    db: Writer, site_id: int, source: Source, *, run_id: int, now: datetime, complete: bool
) -> bool:
    """Note that a source was read; return whether it had been read in full before this run."""
    db.execute(
        "INSERT INTO sources (site_id, kind, url) VALUES (?, ?, ?) "
        "ON CONFLICT (site_id, url) DO NOTHING",
        [site_id, source.kind, source.url],
    )
    db.execute(
        "UPDATE sources SET read_at = ?, read_in_full_by = CASE WHEN ? THEN ? "
        "ELSE read_in_full_by END WHERE site_id = ? AND url = ?",
        [iso(now), complete, run_id, site_id, source.url],
    )
    row = one(
        db, "SELECT baseline_at FROM sources WHERE site_id = ? AND url = ?", [site_id, source.url]
    )
    return row is not None and row["baseline_at"] is not None


def tells_news(db: Reader, site_id: int, source: Source) -> bool:
    """Whether what a source lists for the first time is news: it was read in full before."""
    row = one(
        db,
        "SELECT 1 AS found FROM sources WHERE site_id = ? AND url = ? AND baseline_at IS NOT NULL",
        [site_id, source.url],
    )
    return row is not None


def read_sources_by(db: Writer, site_id: int, moment: datetime) -> None:
    """Let every source of a site be due by then, if it is not due before."""
    db.execute(
        "UPDATE sources SET due_at = min(due_at, ?) WHERE site_id = ?", [iso(moment), site_id]
    )


def were_sources_read(db: Reader | Writer, site_id: int, *, since: datetime) -> bool:
    """Whether every source that a site's runs still ask for was read after ``since``.

    None is asked for any more that is three days behind the others.
    """
    row = one(
        db,
        "SELECT 1 AS found FROM sources WHERE site_id = :site AND read_at <= :since "
        "AND kind NOT IN ('argument', 'pages') AND julianday(read_at) > (SELECT "
        "julianday(max(read_at)) - 3 FROM sources WHERE site_id = :site "
        "AND kind NOT IN ('argument', 'pages')) LIMIT 1",
        {"site": site_id, "since": iso(since)},
    )
    return row is None


def read_in_full_at(db: Reader, site_id: int, source: Source) -> datetime | None:
    """When a source was last read, where it was read in full since its baseline."""
    row = one(
        db,
        "SELECT runs.started_at FROM sources JOIN runs ON runs.id = sources.read_in_full_by "
        "WHERE sources.site_id = ? AND sources.url = ? AND sources.baseline_at IS NOT NULL",
        [site_id, source.url],
    )
    return moment_or_none(row["started_at"]) if row else None


def end_baselines(db: Writer, site_id: int, *, run_id: int, now: datetime) -> bool:
    """Let what this run read in full be known from now on; True when the site's baseline ended.

    What such a source lists from here on, and did not list before, is new.
    """
    db.execute(
        "UPDATE sources SET baseline_at = ? WHERE site_id = ? AND baseline_at IS NULL "
        "AND read_in_full_by = ?",
        [iso(now), site_id, run_id],
    )
    cursor = db.execute(
        "UPDATE sites SET baseline_at = ? WHERE id = ? AND baseline_at IS NULL AND EXISTS "
        "(SELECT 1 FROM sources WHERE site_id = sites.id AND baseline_at IS NOT NULL "
        "AND kind NOT IN ('argument', 'pages'))",
        [iso(now), site_id],
    )
    return cursor.rowcount > 0


def trusts_validators(db: Reader, site_id: int, now: datetime) -> bool:
    row = one(
        db,
        "SELECT validators_audited AS audited, validators_distrusted_until AS until "
        "FROM sites WHERE id = ?",
        [site_id],
    )
    if row is None or row["audited"] < AUDITS_NEEDED:
        return False
    until = moment_or_none(row["until"])
    return until is None or until <= now


def audit_validators(db: Writer, site_id: int, *, honest: bool, now: datetime) -> None:
    """An unconditional look met the stored validators again: did the text agree with them?"""
    if honest:
        db.execute(
            "UPDATE sites SET validators_audited = validators_audited + 1 WHERE id = ?", [site_id]
        )
    else:
        db.execute(
            "UPDATE sites SET validators_audited = 0, validators_distrusted_until = ? WHERE id = ?",
            [iso(now + DISTRUST), site_id],
        )


def budget(db: Reader, name: str) -> Row | None:
    return one(db, "SELECT next_allowed_at, recent_requests FROM sites WHERE name = ?", [name])


def record_budget(
    db: Writer, name: str, *, next_allowed_at: datetime | None, recent_requests: str
) -> None:
    db.execute(
        "INSERT INTO sites (name, next_allowed_at, recent_requests) VALUES (?, ?, ?) "
        "ON CONFLICT (name) DO UPDATE SET next_allowed_at = excluded.next_allowed_at, "
        "recent_requests = excluded.recent_requests",
        [name, iso_or_none(next_allowed_at), recent_requests],
    )


def robots_copy(db: Reader, origin: str) -> Row | None:
    return one(db, "SELECT fetched_at, body FROM robots_copies WHERE origin = ?", [origin])


def record_robots_copy(db: Writer, origin: str, *, fetched_at: datetime, body: bytes) -> None:
    db.execute(
        "INSERT INTO robots_copies (origin, fetched_at, body) VALUES (?, ?, ?) "
        "ON CONFLICT (origin) DO UPDATE SET fetched_at = excluded.fetched_at, "
        "body = excluded.body",
        [origin, iso(fetched_at), body],
    )
