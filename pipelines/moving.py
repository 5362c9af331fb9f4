"""A portal moves: many of its articles go elsewhere at once. One finding says so.

While it does, and of what went meanwhile, an absence proves little: the article may stand
where nobody has found it yet.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from pipelines.changes import ArticleRow
from pipelines.conditions import origin
from pipelines.desk import Desk
from pipelines.store import findings, moves
from pipelines.store.moves import SPAN
from pipelines.store.opening import Reader, Writer

KIND: Final = "portal_moves"
MANY: Final = 5
MANY_OF: Final = 0.25
"""Of the articles of one host that were looked at."""
GONE_FOR: Final = timedelta(days=3)
"""How long an article must be gone that went with its portal, to be called withdrawn."""
NEIGHBOURS: Final = 6
"""Articles of about the same age that also went without a redirect; most must be found again."""
GIVEN_UP_AFTER: Final = timedelta(days=14)
"""Where nothing was found again for so long, nothing moved: it was taken away."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Away:
    """An article that went: where it stood, when it was published, whether it was found again."""

    url: str
    published_at: datetime
    went_at: datetime
    by_redirect: bool
    is_found: bool
    is_withdrawn: bool = False
    article_id: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A portal's move: since when, and what went."""

    since: datetime
    went: tuple[Away, ...]

    def said(self, held: int) -> str:
        """One line for people, with what was found and what was not."""
        redirected = sum(one.by_redirect for one in self.went)
        found = sum(one.is_found and not one.by_redirect for one in self.went)
        left = len(self.not_found)
        return (
            f"{len(self.went)} articles went from where they stood: {redirected} redirect, "
            f"{found} found again by their text, {left} not found yet"
            + (f"; {held} new addresses wait for their old ones" if held else "")
        )

    @property
    def not_found(self) -> tuple[Away, ...]:
        return tuple(one for one in self.went if not one.is_found and not one.is_withdrawn)


def note_move(desk: Desk) -> None:
    """Open the finding where many went at once, keep its counts, close it when it is over."""
    db, now = desk.store.reader, desk.now()
    span = next((one for one in moves.spans(db, desk.site_id) if one[1] is None), None)
    move = move_since(db, desk.site_id, (span[0] if span else now) - SPAN)
    if span is None and not _is_move(db, desk.site_id, move):
        return
    held = moves.held(db, desk.site_id)
    is_over = span is not None and _is_over(db, desk.site_id, move, held, now)
    with desk.store.writing() as writer:
        if is_over:
            findings.close_finding(writer, desk.site_id, KIND, now=now)
            return
        findings.open_finding(
            writer,
            desk.site_id,
            kind=KIND,
            detail=move.said(held),
            url=desk.site.home,
            run_id=desk.run_id,
            now=now,
        )


def move_since(db: Reader | Writer, site_id: int, since: datetime) -> Move:
    """What went since then, whether or not it is a move."""
    found = [
        Away(
            url=row["url"],
            published_at=row["published_at"],
            went_at=row["detected_at"],
            by_redirect=row["how"] != "text",
            is_found=True,
        )
        for row in moves.moved(db, site_id, since)
    ]
    gone = [
        Away(
            url=row["url"],
            published_at=row["published_at"],
            went_at=row["missing_since"],
            by_redirect=False,
            is_found=False,
            is_withdrawn=row["status"] == "withdrawn",
            article_id=row["id"],
        )
        for row in moves.away(db, site_id, since)
    ]
    return Move(since=since, went=(*found, *gone))


@dataclass(frozen=True, slots=True, kw_only=True)
class Departure:
    """A move as the judge of absences needs it.

    ``silent``: for each origin that many left, what went from there without a redirect and is
    not withdrawn, by moment of publication. ``held``: new addresses wait for their old ones;
    ``unread``: some were not read yet.
    """

    opened_at: datetime
    closed_at: datetime | None
    silent: Mapping[str, tuple[Away, ...]]
    held: bool
    unread: bool


def departures(desk: Desk) -> tuple[Departure, ...]:
    """The site's moves, gathered once a run, however many articles went."""
    db = desk.store.reader
    return tuple(_departure(db, desk.site_id, *span) for span in moves.spans(db, desk.site_id))


def _departure(
    db: Reader, site_id: int, opened_at: datetime, closed_at: datetime | None
) -> Departure:
    left: defaultdict[str, list[Away]] = defaultdict(list)
    for one in move_since(db, site_id, opened_at - SPAN).went:
        left[origin(one.url)].append(one)
    return Departure(
        opened_at=opened_at,
        closed_at=closed_at,
        silent={place: _silent(went) for place, went in left.items() if _many_at_once(went)},
        held=moves.held(db, site_id) > 0,
        unread=moves.has_unread(db, site_id, opened_at - SPAN),
    )


def _silent(went: Sequence[Away]) -> tuple[Away, ...]:
    silent = (one for one in went if not one.by_redirect and not one.is_withdrawn)
    return tuple(sorted(silent, key=lambda one: one.published_at))


def _many_at_once(went: Sequence[Away]) -> bool:
    moments = sorted(one.went_at for one in went)
    starts = zip(moments, moments[MANY - 1 :], strict=False)
    return any(last - first <= SPAN for first, last in starts)


def is_certain(row: ArticleRow, known: Sequence[Departure], now: datetime) -> bool:
    """Whether an absence may be called a withdrawal, as far as a move of its portal goes.

    What went with many others must be gone for three days, all that was listed since must have
    been read, and most that went likewise and is of its age must have been found again: else
    the sources do not reach back to it. Where after two weeks nothing at all was found again,
    the articles were taken away.
    """
    assert row.missing_since is not None
    move = next((one for one in known if _is_in(row.missing_since, one)), None)
    silent = move.silent.get(origin(row.url)) if move else None
    if move is None or silent is None:
        return True
    gone_for = now - row.missing_since
    if gone_for < GONE_FOR or move.held:
        return False
    if gone_for > GIVEN_UP_AFTER and not any(one.is_found for one in silent):
        return True
    return not move.unread and _are_found(row, silent)


def _are_found(row: ArticleRow, silent: Sequence[Away]) -> bool:
    """Of the nearest by age, half."""
    moment = row.published_at or row.first_seen_at
    place = bisect_left(silent, moment, key=lambda one: one.published_at)
    around = silent[max(place - NEIGHBOURS - 1, 0) : place + NEIGHBOURS + 1]
    others = (one for one in around if one.article_id != row.id)
    nearest = sorted(others, key=lambda one: abs(one.published_at - moment))[:NEIGHBOURS]
    return 2 * sum(one.is_found for one in nearest) >= len(nearest)


def _is_in(moment: datetime, move: Departure) -> bool:
    return move.opened_at - SPAN <= moment and (move.closed_at is None or moment <= move.closed_at)


def _is_move(db: Reader | Writer, site_id: int, move: Move) -> bool:
    """Whether many went from one host, of those that were looked at there."""
    by_origin = Counter(origin(one.url) for one in move.went)
    for place, number in by_origin.items():
        if number < MANY:
            continue
        looked_at = number + moves.stayed(db, site_id, place, move.since)
        if number >= MANY_OF * looked_at:
            return True
    return False


def _is_over(db: Reader, site_id: int, move: Move, held: int, now: datetime) -> bool:
    """Nothing waits, and no more articles go than on any portal: some go every day."""
    if held or _is_move(db, site_id, move_since(db, site_id, now - SPAN)):
        return False
    given_up = not _is_move(db, site_id, move_since(db, site_id, now - GIVEN_UP_AFTER))
    return given_up or not move.not_found
