"""What a site's pages taught: sightings, what was learned from them, storms, removals."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime

from pipelines.memory import Learned, LearnedKind, Rotation, Slot
from pipelines.patience import Count
from pipelines.store.opening import Reader, Writer
from pipelines.store.rows import Row, as_json, insert, iso, one, rows


def learned(db: Reader | Writer, site_id: int, article_id: int) -> Learned:
    """What is left out of an article's text today."""
    found = db.execute(  # plain rows: this is asked for every page
        "SELECT kind, print, place FROM learned WHERE site_id = ? AND dropped_at IS NULL",
        [site_id],
    ).fetchall()
    rotating, positions, slots = (
        frozenset(key for kind, key, _ in found if kind == name)
        for name in ("rotating", "position", "slot")
    )
    if positions and not _is_endless(db, site_id, repeated=len(rotating)):
        positions = frozenset()
    counts = block_counts(db, site_id, article_id) if positions or slots else {}
    return Learned(
        blocks=frozenset((key, place) for kind, key, place in found if kind == "block"),
        rotating=rotating,
        slots=_slots(db, site_id, article_id) if slots else frozenset(),
        positions=positions,
        arrived=frozenset(key for key, count in counts.items() if count.has_arrived),
        departed=frozenset(key for key, count in counts.items() if count.has_departed),
    )


def _is_endless(db: Reader | Writer, site_id: int, *, repeated: int) -> bool:
    """Whether most of what rotates never comes twice, so that only its position tells it.

    What is drawn from a few texts is known by these, and nothing else need be left out.
    ``repeated``: texts that are known so.
    """
    most = 2 * repeated
    told = db.execute(
        "SELECT count(*) FROM (SELECT DISTINCT print FROM sightings "
        "WHERE site_id = ? AND kind = 'rotating' LIMIT ?)",
        [site_id, most + 1],
    ).fetchone()
    return bool(told[0] > most)


def block_counts(db: Reader | Writer, site_id: int, article_id: int) -> dict[str, Count]:
    """At how many looks an article's blocks at restless places stood, or were gone, by print."""
    found = rows(
        db,
        "SELECT print, stood, gone FROM fleeting WHERE site_id = ? AND article_id = ?",
        [site_id, article_id],
    )
    return {row["print"]: Count(stood=row["stood"], gone=row["gone"]) for row in found}


def record_block_counts(
    db: Writer, site_id: int, article_id: int, counts: Mapping[str, Count]
) -> None:
    """Let these be the article's counts, and no others."""
    known = block_counts(db, site_id, article_id)
    for key in known.keys() - counts.keys():
        db.execute(
            "DELETE FROM fleeting WHERE site_id = ? AND article_id = ? AND print = ?",
            [site_id, article_id, key],
        )
    for key, count in counts.items():
        if known.get(key) != count:
            db.execute(
                "INSERT OR REPLACE INTO fleeting (site_id, article_id, print, stood, gone) "
                "VALUES (?, ?, ?, ?, ?)",
                [site_id, article_id, key, count.stood, count.gone],
            )


def _slots(db: Reader | Writer, site_id: int, article_id: int) -> frozenset[Slot]:
    found = rows(
        db,
        "SELECT before, after FROM slots WHERE site_id = ? AND article_id = ?",
        [site_id, article_id],
    )
    return frozenset((row["before"], row["after"]) for row in found)


def add_blocks(
    db: Writer, site_id: int, article_id: int, prints: Mapping[str, str], *, run_id: int
) -> None:
    """Note the blocks of an article: print → place."""
    for key, place in prints.items():
        db.execute(
            "INSERT INTO sightings (site_id, kind, print, article_id, place, run_id) "
            "VALUES (?, 'block', ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            [site_id, key, article_id, place, run_id],
        )


def add_rotation(
    db: Writer, site_id: int, article_id: int, found: Rotation, *, run_id: int
) -> None:
    """Note what came and was gone again in an article, and where."""
    told = [("rotating", key, text) for key, text in found.sentences.items()]
    told += [("position", name, "") for name in sorted(found.positions)]
    for kind, key, text in told:
        db.execute(
            "INSERT INTO sightings (site_id, kind, print, article_id, place, run_id) "
            "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET run_id = excluded.run_id",
            [site_id, kind, key, article_id, text, run_id],
        )
    for before, after in found.slots:
        db.execute(
            "INSERT INTO slots (site_id, article_id, before, after, looks) VALUES (?, ?, ?, ?, 3) "
            "ON CONFLICT DO UPDATE SET looks = looks + 1",
            [site_id, article_id, before, after],
        )


def slot_evidence(db: Reader | Writer, site_id: int) -> Row:
    """``looks`` and ``articles`` that showed a slot."""
    row = one(
        db,
        "SELECT ifnull(sum(looks), 0) AS looks, count(DISTINCT article_id) AS articles "
        "FROM slots WHERE site_id = ?",
        [site_id],
    )
    assert row is not None
    return row


def repeated(
    db: Reader | Writer, site_id: int, kind: LearnedKind, *, run_id: int, articles: int
) -> list[Row]:
    """Prints that this run saw and that stand in so many otherwise different articles.

    Rows have ``print``, ``place``, ``articles`` and ``article_id``, one of them. Copies,
    which share one text, count once; what a person dropped is not told again.
    """
    return rows(
        db,
        "SELECT s.print, s.place, min(s.article_id) AS article_id, "
        "count(DISTINCT ifnull(versions.text_id, -s.article_id)) AS articles "
        "FROM sightings AS s JOIN articles ON articles.id = s.article_id "
        "LEFT JOIN versions ON versions.id = articles.current_version_id "
        "WHERE s.site_id = :site AND s.kind = :kind AND s.print IN ("
        "SELECT print FROM sightings WHERE site_id = :site AND kind = :kind AND run_id = :run) "
        "AND NOT EXISTS (SELECT 1 FROM learned WHERE site_id = :site AND kind = :kind "
        "AND print = s.print AND place IN ('', s.place)) "
        "GROUP BY s.print, iif(:kind = 'block', s.place, '') HAVING articles >= :least",
        {"site": site_id, "kind": kind, "run": run_id, "least": articles},
    )


def learn(
    db: Writer,
    site_id: int,
    *,
    kind: LearnedKind,
    print_: str,
    place: str,
    sample: str,
    articles: int,
    why: str,
    now: datetime,
) -> bool:
    """Leave this out from now on; True when it was not known. What was dropped stays dropped."""
    cursor = db.execute(
        "INSERT INTO learned (site_id, kind, print, place, sample, articles, why, learned_at) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        [site_id, kind, print_, place, sample, articles, why, iso(now)],
    )
    return cursor.rowcount > 0


def all_learned(db: Reader, site_id: int) -> list[Row]:
    """Everything learned of a site, dropped entries too, oldest first."""
    return rows(db, "SELECT * FROM learned WHERE site_id = ? ORDER BY id", [site_id])


def entry(db: Reader | Writer, learned_id: int) -> Row | None:
    """An entry with its site's name, dropped or not; None for an unknown number."""
    return one(
        db,
        "SELECT learned.*, sites.name AS site FROM learned JOIN sites ON sites.id = site_id "
        "WHERE learned.id = ?",
        [learned_id],
    )


def drop(db: Writer, learned_id: int, now: datetime) -> Row | None:
    """Believe an entry no more; None for one that does not exist or was dropped before.

    The site's pages must all be read again: known bytes were known as far as it left them.
    """
    row = entry(db, learned_id)
    if row is None or row["dropped_at"]:
        return None
    db.execute("UPDATE learned SET dropped_at = ? WHERE id = ?", [iso(now), learned_id])
    forget_bytes(db, row["site_id"])
    return row


def forget_bytes(db: Writer, site_id: int) -> None:
    """Let all pages of a site be read at the next look, whatever their bytes."""
    db.execute(
        "UPDATE articles SET body_sha256 = '', etag = '', last_modified = '' "
        "WHERE site_id = ? AND (body_sha256 != '' OR etag != '' OR last_modified != '')",
        [site_id],
    )


def count_removals(db: Writer, site_id: int, removed: Mapping[str, int]) -> None:
    """Count what each rule took out of one page: rule → lines."""
    for rule, lines in removed.items():
        db.execute(
            "INSERT INTO removals (site_id, rule, lines, pages) VALUES (?, ?, ?, 1) "
            "ON CONFLICT DO UPDATE SET lines = lines + excluded.lines, pages = pages + 1",
            [site_id, rule, lines],
        )


def removals(db: Reader, site_id: int) -> list[Row]:
    return rows(
        db, "SELECT rule, lines, pages FROM removals WHERE site_id = ? ORDER BY lines DESC",
        [site_id],
    )  # fmt: skip


def open_storm(db: Reader | Writer, site_id: int, *, since: datetime) -> Row | None:
    """The site's latest storm, if it was last met after ``since``."""
    return one(
        db,
        "SELECT * FROM storms WHERE site_id = ? AND last_at >= ? ORDER BY id DESC LIMIT 1",
        [site_id, iso(since)],
    )


def record_storm(
    db: Writer,
    site_id: int,
    storm: Row | None,
    *,
    run_id: int,
    articles: int,
    came: Iterable[str],
    went: Iterable[str],
    fields: Iterable[str],
    now: datetime,
) -> None:
    """Begin a storm, or let the open one grow by what it brought since."""
    told = {"came": set(came), "went": set(went), "fields": set(fields)}
    if storm is None:
        start: Row = {"site_id": site_id, "run_id": run_id, "began_at": iso(now)}
        texts = {name: as_json(sorted(keys)) for name, keys in told.items()}
        insert(db, "storms", {**start, "last_at": iso(now), "articles": articles, **texts})
        return
    texts = {
        name: as_json(sorted(keys | set(json.loads(storm[name])))) for name, keys in told.items()
    }
    db.execute(
        "UPDATE storms SET last_at = ?, articles = ?, came = ?, went = ?, fields = ? WHERE id = ?",
        [iso(now), max(articles, storm["articles"]), *texts.values(), storm["id"]],
    )


def is_restless(db: Reader | Writer, site_id: int) -> bool:
    """Whether lines that come and go were learned of the site."""
    found = one(
        db,
        "SELECT 1 FROM learned WHERE site_id = ? AND kind != 'block' AND dropped_at IS NULL "
        "LIMIT 1",
        [site_id],
    )
    return found is not None


def has_echo(db: Reader | Writer, site_id: int, key: str, *, besides: int, articles: int) -> bool:
    """Whether a block stands in so many articles of the site ``besides`` this one."""
    found = rows(
        db,
        "SELECT 1 FROM sightings WHERE site_id = ? AND kind = 'block' AND print = ? "
        "AND article_id != ? LIMIT ?",
        [site_id, key, besides, articles],
    )
    return len(found) >= articles


def storms_since(db: Reader | Writer, site_id: int, since: datetime) -> list[Row]:
    """Storms that were met after ``since``: what an article last seen then may have met."""
    return rows(
        db, "SELECT * FROM storms WHERE site_id = ? AND last_at >= ?", [site_id, iso(since)]
    )
