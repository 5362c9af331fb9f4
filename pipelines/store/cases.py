"""What a site has unsettled: suspicions not agreed on yet, and edits nobody was told of."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from pipelines.compare import Difference
from pipelines.memory import block_print
from pipelines.store import links, search
from pipelines.store.opening import Reader, Writer
from pipelines.store.rows import Row, as_json, blocks_from_json, change_row, iso, moment, rows
from pipelines.storm import Shift

EDITS: Final = ("edited", "retitled", "corrected", "reworded", "retranslated")
_EDITS: Final = ", ".join(f"'{kind}'" for kind in EDITS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A suspicion (``change_id`` None) or an unreleased edit of one article.

    ``before_seen_at``: when the text before was last seen on the portal; ``stood``: from when
    two looks agreed on the text after to when it, or what was made of it, was last seen.
    """

    article_id: int
    look_id: int
    snapshot_id: int
    before_version_id: int
    before_seen_at: datetime
    change_id: int | None = None
    after_version_id: int | None = None
    run_id: int | None = None
    stood: timedelta = timedelta()
    detected_at: datetime


_PENDING = """
SELECT looks.article_id, looks.id AS look_id, looks.snapshot_id,
  versions.id AS before_version_id, versions.last_seen_at AS before_seen_at,
  NULL AS change_id, NULL AS after_version_id, NULL AS run_id,
  looks.looked_at AS after_seen_at, looks.looked_at AS confirmed_at,
  looks.looked_at AS detected_at
FROM looks JOIN articles ON articles.id = looks.article_id
JOIN versions ON versions.id = articles.current_version_id
WHERE looks.state IN ('pending', 'held') AND looks.state = 'pending'
  AND +articles.site_id = :site"""
_UNRELEASED = f"""
SELECT changes.article_id, ifnull((SELECT max(id) FROM looks WHERE state = 'agreed'
    AND article_id = changes.article_id AND snapshot_id = later.snapshot_id), 0) AS look_id,
  later.snapshot_id, earlier.id AS before_version_id, earlier.last_seen_at AS before_seen_at,
  changes.id AS change_id, later.id AS after_version_id, changes.run_id,
  (SELECT max(last_seen_at) FROM versions WHERE article_id = later.article_id
    AND number >= later.number) AS after_seen_at, changes.confirmed_at,
  changes.detected_at
FROM changes JOIN articles ON articles.id = changes.article_id
JOIN versions AS earlier ON earlier.id = changes.before_version_id
JOIN versions AS later ON later.id = changes.after_version_id
WHERE changes.released_at IS NULL AND changes.dismissed_at IS NULL
  AND changes.kind IN ({_EDITS}) AND articles.site_id = :site
  AND articles.merged_into IS NULL
ORDER BY changes.id DESC"""  # noqa: S608 - our own kinds


def unreleased(db: Reader | Writer, site_id: int) -> list[Case]:
    """Edits that two looks agreed on and nobody was told of, newest first."""
    return [_case(row) for row in rows(db, _UNRELEASED, {"site": site_id})]


def pending(db: Reader | Writer, site_id: int) -> list[Case]:
    """Suspicions that wait for a second look."""
    return [_case(row) for row in rows(db, _PENDING, {"site": site_id})]


def _case(row: Row) -> Case:
    told = {name: value for name, value in row.items() if name in Case.__slots__}
    stood = moment(row["after_seen_at"]) - moment(row["confirmed_at"])
    times = {name: moment(row[name]) for name in ("before_seen_at", "detected_at")}
    return Case(**{**told, **times, "stood": stood})


def shifts(
    db: Reader | Writer, site_id: int, *, since: datetime, refuted: bool = False
) -> list[Shift]:
    """What looks since then differed in, oldest first: the believed, or the refuted ones."""
    found = rows(
        db,
        "SELECT looks.article_id, looks.shift FROM looks "
        # "+": by the moment, not by way of all the site's articles.
        "JOIN articles ON articles.id = looks.article_id WHERE +articles.site_id = ? "
        "AND looks.looked_at >= ? AND (looks.state = 'refuted') = ? AND looks.state != 'held' "
        "ORDER BY looks.id",
        [site_id, iso(since), refuted],
    )
    return [Shift.from_json(row["article_id"], json.loads(row["shift"])) for row in found]


def record_shift(db: Writer, look_id: int, shift: Shift) -> None:
    change_row(db, "looks", look_id, {"shift": as_json(shift.as_json())})


def looked_at(db: Reader | Writer, site_id: int, *, since: datetime) -> int:
    """How many articles that were known before answered with their text since then."""
    found = rows(
        db,
        "SELECT count(*) AS n FROM articles JOIN versions ON versions.id = current_version_id "
        "WHERE articles.site_id = :site AND checked_at >= :since AND merged_into IS NULL "
        "AND (versions.number > 1 OR versions.last_seen_at > versions.seen_at OR EXISTS ("
        "SELECT 1 FROM looks WHERE looks.article_id = articles.id AND looked_at >= :since))",
        {"site": site_id, "since": iso(since)},
    )
    return int(found[0]["n"])


def witnesses(
    db: Reader | Writer, site_id: int, *, besides: int, since: datetime, most: int
) -> tuple[int, int]:
    """How many other articles answered with their text since then, and how many are there.

    Neither is counted further than ``most``.
    """
    there = (
        "SELECT id FROM articles WHERE site_id = :site AND id != :besides AND status = 'live' "
        "AND merged_into IS NULL"
    )
    found = rows(
        db,
        f"SELECT (SELECT count(*) FROM ({there} AND last_seen_at >= :since LIMIT :most)) AS seen, "  # noqa: S608
        f"(SELECT count(*) FROM ({there} LIMIT :most)) AS others",
        {"site": site_id, "besides": besides, "since": iso(since), "most": most},
    )
    return found[0]["seen"], found[0]["others"]


def read_with_block(
    db: Reader | Writer,
    site_id: int,
    key: str,
    *,
    besides: int,
    since: datetime,
    shown: Mapping[int, Collection[str]],
) -> tuple[int, int]:
    """Of the other articles whose page came whole since then, how many have a block, and have not.

    Their accepted text tells, or what an open look showed instead: ``shown``, prints of blocks
    by article. That the block once stood there tells nothing: the template may have taken it.
    A 304 is no such page: it speaks for the article, and a new template does not stir it. Nor
    is a page that was not believed.
    """
    whole = rows(
        db,
        "SELECT articles.id, texts.blocks FROM articles "
        "LEFT JOIN sightings ON sightings.site_id = articles.site_id AND kind = 'block' "
        "AND sightings.print = :print AND sightings.article_id = articles.id "
        # Only where it ever stood can it stand today.
        "LEFT JOIN versions ON versions.id = current_version_id AND sightings.print IS NOT NULL "
        "LEFT JOIN texts ON texts.id = text_id "
        "WHERE articles.site_id = :site AND articles.id != :besides AND status = 'live' "
        "AND merged_into IS NULL AND checked_at >= :since AND conditional_checks = 0 "
        "AND (articles.last_seen_at >= :since OR EXISTS (SELECT 1 FROM looks "
        "WHERE looks.article_id = articles.id AND state IN ('pending', 'held')))",
        {"site": site_id, "print": key, "besides": besides, "since": iso(since)},
    )
    having = sum(key in shown.get(row["id"], _prints(row["blocks"])) for row in whole)
    return having, len(whole) - having


def _prints(blocks: str | None) -> Collection[str]:
    return {block_print(block.text) for block in blocks_from_json(blocks)} if blocks else ()


def retract(db: Writer, case: Case) -> None:
    """Take back an edit that was none, before anybody was told: the version goes too.

    Its page stays, and so does the look, refuted.
    """
    before, after = case.before_version_id, case.after_version_id
    db.execute("DELETE FROM changes WHERE id = ?", [case.change_id])
    db.execute(
        "UPDATE changes SET before_version_id = ? WHERE before_version_id = ?", [before, after]
    )
    db.execute(
        "UPDATE changes SET after_version_id = ? WHERE after_version_id = ?", [before, after]
    )
    db.execute(
        "UPDATE articles SET current_version_id = ? WHERE current_version_id = ?", [before, after]
    )
    db.execute(
        "UPDATE versions SET last_seen_at = max(last_seen_at, "
        "(SELECT last_seen_at FROM versions WHERE id = ?)) WHERE id = ?",
        [after, before],
    )
    search.index_version(db, before)
    links.retract(db, before, after)
    db.execute("DELETE FROM versions WHERE id = ?", [after])
    db.execute("UPDATE looks SET state = 'refuted' WHERE id = ?", [case.look_id])


def rewrite(db: Writer, change_id: int, difference: Difference) -> None:
    """Let a change say what today's rules see between its two versions."""
    values = {
        "kind": difference.kind,
        "weight": difference.weight,
        "fields": as_json(difference.fields),
        "explanation": as_json(difference.explanation.as_json()),
    }
    change_row(db, "changes", change_id, values)


def hasten(db: Writer, case: Case, now: datetime) -> None:
    """Let a suspicion be decided by the next look, however often it was refuted."""
    change_row(db, "looks", case.look_id, {"due_at": iso(now)})
    change_row(db, "articles", case.article_id, {"due_at": iso(now), "refutations": 0})


def forgive(db: Writer, site_id: int) -> None:
    """What refuted the articles' looks so often is known now: look as soon as ever again."""
    db.execute(
        "UPDATE articles SET refutations = 1 WHERE site_id = ? AND refutations > 1", [site_id]
    )


def look_soon(db: Writer, article_ids: Collection[int], moment: datetime) -> None:
    """Let the first run after ``moment`` look at these articles again."""
    marks = ", ".join("?" * len(article_ids))
    db.execute(
        f"UPDATE articles SET due_at = ? WHERE id IN ({marks})",  # noqa: S608 - marks
        [iso(moment), *article_ids],
    )
