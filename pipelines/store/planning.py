"""What is due: articles and sources of one site, and when something will be.

However many are due, choosing costs the same: the overdue are taken from the heads of their
gap classes (index ``articles_overdue``), the unread from the newest (``articles_unread``,
``articles_announced``).
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from heapq import merge
from itertools import islice
from typing import Final

from crawlers.page import Source
from pipelines.changes import ArticleRow
from pipelines.habit import class_gap
from pipelines.store import watched
from pipelines.store.articles import DueWish
from pipelines.store.habits import hours
from pipelines.store.opening import Reader, Writer
from pipelines.store.rows import article_row, iso, iso_or_none, moment_or_none, one, rows

_ASKED_FOR: Final = """
sources WHERE site_id = ? AND kind NOT IN ('argument', 'pages')
AND julianday(read_at) > (SELECT julianday(max(read_at)) - 3 FROM sources
  WHERE site_id = ? AND kind NOT IN ('argument', 'pages'))"""
"""The sources of a site that its runs still ask for: none that is three days behind the others."""

NEWS: Final = timedelta(days=7)
"""So young an unread article comes before all that is known."""
RECHECKS_PER_ARCHIVED: Final = 4
JUDGED_EVERY: Final = timedelta(hours=1)


def due(db: Reader, site_id: int, wish: DueWish, *, limit: int) -> list[ArticleRow]:
    """Articles to look at: second looks, then what a person follows, then unread news, newest
    first, then the overdue, most overdue first by (now - last) / gap, with one unread article
    of the archive to every four, then what ``wish.checked_before`` adds.
    """
    ids = _second_looks(db, site_id, wish, limit)
    if wish.first_looks:
        for more in (_watched, _news, _overdue_and_archive, _not_checked):
            if len(ids) < limit:
                ids += [each for each in more(db, site_id, wish, limit) if each not in ids]
    return _in_order(db, ids[:limit])


def _in_order(db: Reader, ids: list[int]) -> list[ArticleRow]:
    marks = ", ".join("?" * len(ids))
    found = rows(db, f"SELECT * FROM articles WHERE id IN ({marks})", ids)  # noqa: S608 - marks
    by_id = {row["id"]: article_row(row) for row in found}
    return [by_id[each] for each in ids]


def _ids(db: Reader, sql: str, values: list[object] | dict[str, object]) -> list[int]:
    return [row[0] for row in db.execute(sql, values)]


def _second_looks(db: Reader, site_id: int, wish: DueWish, limit: int) -> list[int]:
    return _ids(
        db,
        "SELECT articles.id FROM looks CROSS JOIN articles ON articles.id = looks.article_id "
        "WHERE looks.state IN ('pending', 'held') AND looks.state = 'pending' AND site_id = ? "
        "AND merged_into IS NULL "
        "AND (articles.due_at <= ? OR checked_at < ? AND current_version_id IS NOT NULL) "
        "ORDER BY articles.due_at, articles.id LIMIT ?",
        [site_id, iso(wish.now), iso_or_none(wish.checked_before), limit],
    )


def _watched(db: Reader, site_id: int, wish: DueWish, limit: int) -> list[int]:
    return watched.due(db, site_id, wish.now)[:limit] if wish.rechecks else []


def _news(db: Reader, site_id: int, wish: DueWish, limit: int) -> list[int]:
    """What was never read and is young, or was listed by a source that is known."""
    return _ids(
        db,
        "SELECT id FROM (SELECT id, published_at, due_at FROM articles "
        "INDEXED BY articles_unread WHERE site_id = :site AND current_version_id IS NULL "
        "AND ifnull(published_at, '') >= :young UNION "
        "SELECT id, published_at, due_at FROM articles INDEXED BY articles_announced "
        "WHERE site_id = :site AND current_version_id IS NULL AND announced_by IS NOT NULL) "
        "JOIN articles USING (id) WHERE articles.due_at <= :now AND merged_into IS NULL "
        "AND (articles.published_at IS NULL OR articles.published_at >= :since) "
        "ORDER BY ifnull(articles.published_at, '') DESC, articles.due_at, id LIMIT :limit",
        {**_unread_values(site_id, wish, limit), "young": iso(wish.now - NEWS)},
    )


def _overdue_and_archive(db: Reader, site_id: int, wish: DueWish, limit: int) -> list[int]:
    """An archive of thousands, just found, must not keep known articles from being looked at."""
    overdue = iter(_overdue(db, site_id, wish, limit))
    archive = iter(_archive(db, site_id, wish, limit))
    woven: list[int] = []
    while len(woven) < limit:
        turn = [*islice(overdue, RECHECKS_PER_ARCHIVED), *islice(archive, 1)]
        if not turn:
            break
        woven += turn
    return woven


def _archive(db: Reader, site_id: int, wish: DueWish, limit: int) -> list[int]:
    return _ids(
        db,
        "SELECT id FROM articles INDEXED BY articles_unread WHERE site_id = :site "
        "AND current_version_id IS NULL AND due_at <= :now "
        "AND (published_at IS NULL OR published_at >= :since) "
        "AND merged_into IS NULL ORDER BY ifnull(published_at, '') DESC, due_at, id LIMIT :limit",
        _unread_values(site_id, wish, limit),
    )


def _unread_values(site_id: int, wish: DueWish, limit: int) -> dict[str, object]:
    since = iso_or_none(wish.since) or ""
    return {"site": site_id, "now": iso(wish.now), "since": since, "limit": limit}


def _overdue(db: Reader, site_id: int, wish: DueWish, limit: int) -> list[int]:
    if not wish.rechecks:
        return []
    places = _ids(db, _CLASSES, [site_id, site_id, site_id, iso(wish.now)])
    heads = merge(*(_class(db, site_id, place, wish.now) for place in places))
    return [article_id for _, article_id in islice(heads, limit)]


_CLASSES: Final = """
WITH RECURSIVE classes(place) AS (
  SELECT min(gap_class) FROM articles INDEXED BY articles_overdue
  WHERE site_id = ? AND current_version_id IS NOT NULL
  UNION ALL
  SELECT (SELECT min(gap_class) FROM articles INDEXED BY articles_overdue
    WHERE site_id = ? AND current_version_id IS NOT NULL AND gap_class > classes.place)
  FROM classes WHERE place IS NOT NULL
)
SELECT place FROM classes WHERE place IS NOT NULL AND EXISTS (
  SELECT 1 FROM articles INDEXED BY articles_overdue WHERE site_id = ?
  AND gap_class = classes.place AND current_version_id IS NOT NULL AND due_at <= ?
)"""
"""The classes in which something is due, by one step in the index each."""


def _class(db: Reader, site_id: int, place: int, now: datetime) -> Iterator[tuple[float, int]]:
    """The overdue of one class, with minus their lateness, in gaps: the most overdue first."""
    gap, moment = class_gap(place), now.timestamp() / 3600
    cursor = db.execute(
        "SELECT id, due_at FROM articles INDEXED BY articles_overdue WHERE site_id = ? "
        "AND gap_class = ? AND due_at <= ? AND current_version_id IS NOT NULL ORDER BY due_at",
        [site_id, place, iso(now)],
    )
    return (((hours(due_at) - moment) / gap, article_id) for article_id, due_at in cursor)


def _not_checked(db: Reader, site_id: int, wish: DueWish, limit: int) -> list[int]:
    if wish.checked_before is None or not wish.rechecks:
        return []
    return _ids(
        db,
        "SELECT id FROM articles INDEXED BY articles_by_due WHERE site_id = ? AND due_at > ? "
        "AND checked_at < ? AND current_version_id IS NOT NULL AND merged_into IS NULL "
        "ORDER BY due_at, id LIMIT ?",
        [site_id, iso(wish.now), iso(wish.checked_before), limit],
    )


def has_due(db: Reader, site_id: int, now: datetime) -> bool:
    """Whether a crawl of the site has something to do: an article, a source, a judgement.

    True for a site none of whose sources was ever read.
    """
    at = next_due_at(db, site_id)
    return at is None or at <= now


def next_due_at(db: Reader, site_id: int) -> datetime | None:
    """When the site's next article or source comes due, it may be past; None for: at once.

    A run that died is settled by the next one at once, and what is confirmed and waits for
    more to be seen of the site is judged again every hour.
    """
    if one(db, "SELECT 1 FROM runs WHERE site_id = ? AND finished_at IS NULL", [site_id]):
        return None
    sources = one(
        db,
        "SELECT min(due_at) AS due_at, count(*) AS known, count(due_at) AS planned "  # noqa: S608
        f"FROM {_ASKED_FOR}",
        [site_id, site_id],
    )
    assert sources is not None
    if not sources["known"]:
        return _first_tried_again_at(db, site_id)
    if sources["planned"] < sources["known"]:
        return None
    moments = [
        moment_or_none(sources["due_at"]),
        _article_due_at(db, site_id),
        watched.next_at(db, site_id),
        _judged_again_at(db, site_id),
    ]
    return min(each for each in moments if each)


def _first_tried_again_at(db: Reader, site_id: int) -> datetime | None:
    """Of a site none of whose sources ever answered; None for one that was never asked."""
    row = one(
        db,
        "SELECT min(due_at) AS due_at FROM sources WHERE site_id = ? AND read_at IS NULL "
        "AND kind NOT IN ('argument', 'pages')",
        [site_id],
    )
    return moment_or_none(row["due_at"]) if row else None


def _article_due_at(db: Reader, site_id: int) -> datetime | None:
    """When the next article is due that may be asked for: a suspected one not before its look."""
    plain = one(
        db,
        "SELECT due_at FROM articles WHERE site_id = ? AND due_at IS NOT NULL "
        "AND merged_into IS NULL AND NOT EXISTS (SELECT 1 FROM looks "
        "WHERE article_id = articles.id AND state IN ('pending', 'held') AND state = 'pending') "
        "ORDER BY due_at LIMIT 1",
        [site_id],
    )
    suspected = one(
        db,
        "SELECT min(max(articles.due_at, looks.due_at)) AS due_at FROM looks CROSS JOIN articles "
        "ON articles.id = looks.article_id WHERE looks.state IN ('pending', 'held') "
        "AND looks.state = 'pending' AND site_id = ? AND merged_into IS NULL",
        [site_id],
    )
    found = [row["due_at"] for row in (plain, suspected) if row and row["due_at"]]
    return moment_or_none(min(found, default=None))


def _judged_again_at(db: Reader, site_id: int) -> datetime | None:
    row = one(
        db,
        "SELECT max(finished_at) AS at FROM runs WHERE site_id = :site AND EXISTS ("
        "SELECT 1 FROM changes CROSS JOIN articles ON articles.id = article_id "
        "WHERE released_at IS NULL AND dismissed_at IS NULL AND articles.site_id = :site "
        "AND merged_into IS NULL)",
        {"site": site_id},
    )
    at = moment_or_none(row["at"]) if row else None
    return at and at + JUDGED_EVERY


def due_sources(db: Reader | Writer, site_id: int, now: datetime) -> list[Source]:
    """The known sources that are due, the longest due first.

    A source that the store does not know yet (a new line of the site file) is due too; so a
    run asks for what is not among ``resting_sources``.
    """
    found = rows(
        db,
        f"SELECT kind, url, due_at FROM {_ASKED_FOR} ORDER BY ifnull(due_at, '')",  # noqa: S608
        [site_id, site_id],
    )
    return [
        Source(kind=row["kind"], url=row["url"])
        for row in found
        if row["due_at"] is None or row["due_at"] <= iso(now)
    ]


def resting_sources(db: Reader | Writer, site_id: int, now: datetime) -> frozenset[str]:
    """Addresses of the sources that need not be read yet."""
    found = rows(
        db, "SELECT url FROM sources WHERE site_id = ? AND due_at > ?", [site_id, iso(now)]
    )
    return frozenset(row["url"] for row in found)


def put_off_host(db: Writer, site_id: int, host: str, *, now: datetime, until: datetime) -> None:
    """Let what is due at a host, with or without ``www.``, be due later.

    It gave no answer, as those did that were asked for: whoever waits for one need not ask each.
    """
    for origin in (
        f"{scheme}://{www}{host}" for scheme in ("http", "https") for www in ("", "www.")
    ):
        db.execute(
            "UPDATE articles SET due_at = ?, failures = max(failures, 1) WHERE site_id = ? "
            "AND due_at <= ? AND url >= ? AND url < ?",
            [iso(until), site_id, iso(now), f"{origin}/", f"{origin}0"],
        )
