"""A portal moves: many of its articles go elsewhere at once. One finding says so.

While it does, and of what went meanwhile, an absence proves little: the article may stand
where nobody has found it yet.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from pipelines import judge
from pipelines.changes import ArticleRow
from pipelines.conditions import origin
from pipelines.desk import Desk
from pipelines.store import articles, findings, moves
from pipelines.store.moves import SPAN
from pipelines.store.opening import Reader, Writer

KIND: Final = "portal_moves"
MANY: Final = 5
MANY_OF: Final = 0.25
"""Of the articles of one host that were looked at."""
GONE_FOR: Final = timedelta(days=3)
"""How long an article must be gone that went with its portal, to be called withdrawn."""
NEIGHBOURS: Final = 3
"""The next older articles that also went without a redirect, and the next newer ones."""
GIVEN_UP_AFTER: Final = timedelta(days=14)
"""Where nothing was found again for so long, nothing moved: it was taken away."""
ENDLESS: Final = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Away:
    """An article that went: where it stood, when it was published, whether it was found again."""

    url: str
    published_at: datetime
    went_at: datetime
    by_redirect: bool
    is_found: bool
    is_withdrawn: bool = False
    article_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A portal's move: what went, an article once from each place where it stood."""

    went: tuple[Away, ...]

    def said(self, held: int) -> str:
        """One line for people, with what was found and what was not."""
        went = self.articles
        redirected = sum(one.by_redirect for one in went)
        found = sum(one.is_found and not one.by_redirect for one in went)
        left = len(self.not_found)
        return (
            f"{len(went)} articles went from where they stood: {redirected} redirect, "
            f"{found} found again by their text, {left} not found yet"
            + (f"; {held} new addresses wait for their old ones" if held else "")
        )

    @property
    def articles(self) -> tuple[Away, ...]:
        """Each article once, as it went last."""
        in_order = sorted(self.went, key=lambda one: one.went_at)
        return tuple({one.article_id: one for one in in_order}.values())

    @property
    def not_found(self) -> tuple[Away, ...]:
        return tuple(one for one in self.articles if not one.is_found and not one.is_withdrawn)


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


def move_since(
    db: Reader | Writer, site_id: int, since: datetime, until: datetime | None = None
) -> Move:
    """What went since then, whether or not it is a move; what was found again, until then.

    Not what stands where it went from: it went to and fro.
    """
    found = [
        Away(
            url=row["url"],
            published_at=row["published_at"],
            went_at=row["detected_at"],
            by_redirect=row["how"] != "text",
            is_found=True,
            article_id=row["id"],
        )
        for row in moves.moved(db, site_id, since, until)
        if not _is_back(row["url"], row["gone_to"], row["stands"])
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
    went = {(one.article_id, origin(one.url)): one for one in (*found, *gone)}
    return Move(went=tuple(went.values()))


def _is_back(stood: str, gone_to: str, stands: str) -> bool:
    return stands == stood or origin(gone_to) != origin(stood) == origin(stands)


@dataclass(frozen=True, slots=True, kw_only=True)
class Departure:
    """A move as the judge of absences needs it.

    ``silent``: for each origin that many left, what went from there without a redirect and is
    not withdrawn, by moment of publication. ``left``: origins where nothing answers since the
    move is over; what goes from there still goes with it. ``held``: new addresses wait for
    their old ones; ``unread``: some were not read yet.
    """

    opened_at: datetime
    closed_at: datetime | None
    silent: Mapping[str, tuple[Away, ...]]
    left: frozenset[str]
    held: bool
    unread: bool


def departures(desk: Desk) -> tuple[Departure, ...]:
    """The moves that an absence may belong to that is to be decided on.

    Gathered once a run, however many articles went; of moves long over mostly none.
    """
    db = desk.store.reader
    waiting = [
        (origin(row.url), row.missing_since)
        for row in articles.missing(db, desk.site_id)
        if row.missing_since and not row.moved_from and judge.is_withdrawn(row, witness=True)
    ]
    return tuple(
        departure
        for span in (moves.spans(db, desk.site_id) if waiting else ())
        if (departure := _departure(db, desk.site_id, *span, waiting))
    )


def _departure(
    db: Reader,
    site_id: int,
    opened_at: datetime,
    closed_at: datetime | None,
    waiting: Sequence[tuple[str, datetime]],
) -> Departure | None:
    since, end = opened_at - SPAN, closed_at or ENDLESS
    left = frozenset(
        place
        for place in {place for place, moment in waiting if moment > end}
        if not moves.answers(db, site_id, place, end)
    )
    if not any(since <= moment and (moment <= end or place in left) for place, moment in waiting):
        return None
    went_from: defaultdict[str, list[Away]] = defaultdict(list)
    for one in move_since(db, site_id, since, closed_at).went:
        place = origin(one.url)
        if one.went_at <= end or place in left:
            went_from[place].append(one)
    return Departure(
        opened_at=opened_at,
        closed_at=closed_at,
        silent={place: _silent(went) for place, went in went_from.items() if _many_at_once(went)},
        left=left,
        held=moves.held(db, site_id) > 0,
        unread=moves.has_unread(db, site_id, since),
    )


def _silent(went: Sequence[Away]) -> tuple[Away, ...]:
    silent = (one for one in went if not one.by_redirect and not one.is_withdrawn)
    return tuple(sorted(silent, key=lambda one: one.published_at))


def _many_at_once(went: Sequence[Away]) -> bool:
    moments = sorted(one.went_at for one in went)
    starts = zip(moments, moments[MANY - 1 :], strict=False)
    return any(last - first <= SPAN for first, last in starts)


def is_certain(row: ArticleRow, known: Sequence[Departure], now: datetime) -> bool:
    """Whether an absence may be called a withdrawal, as far as moves of its portal go.

    What went with many others must be gone for three days, all that was listed since must have
    been read, and of those that went likewise most must have been found again among the next
    older ones, and most among the next newer ones if there are any: else the sources may not
    reach to it. Where after two weeks nothing at all was found again, the articles were taken
    away.
    """
    return all(_is_no_part(row, move, now) for move in known)


def _is_no_part(row: ArticleRow, move: Departure, now: datetime) -> bool:
    assert row.missing_since is not None
    place = origin(row.url)
    silent = move.silent.get(place)
    if silent is None or not _is_in(place, row.missing_since, move):
        return True
    gone_for = now - row.missing_since
    if gone_for < GONE_FOR or move.held:
        return False
    if gone_for > GIVEN_UP_AFTER and not any(one.is_found for one in silent):
        return True
    return not move.unread and _are_found(row, silent)


def _are_found(row: ArticleRow, silent: Sequence[Away]) -> bool:
    moment = row.published_at or row.first_seen_at
    place = bisect_left(silent, moment, key=lambda one: one.published_at)
    older = silent[max(place - NEIGHBOURS - 1, 0) : place]
    newer = silent[place : place + NEIGHBOURS + 1]
    # Lists begin with the newest: only what is older shows that they reach so far.
    return _most(row, reversed(older), if_none=False) and _most(row, newer, if_none=True)


def _most(row: ArticleRow, side: Iterable[Away], *, if_none: bool) -> bool:
    """Whether of the nearest on one side more than half were found again."""
    others = [one.is_found for one in side if one.article_id != row.id][:NEIGHBOURS]
    return 2 * sum(others) > len(others) if others else if_none


def _is_in(place: str, moment: datetime, move: Departure) -> bool:
    if moment < move.opened_at - SPAN:
        return False
    return move.closed_at is None or moment <= move.closed_at or place in move.left


def _is_move(db: Reader | Writer, site_id: int, move: Move) -> bool:
    """Whether many went from one host, of those that were looked at there meanwhile."""
    went_from: defaultdict[str, list[datetime]] = defaultdict(list)
    for one in move.went:
        went_from[origin(one.url)].append(one.went_at)
    return any(
        _went_together(sorted(went), moves.stayed(db, site_id, place, min(went)))
        for place, went in went_from.items()
        if len(went) >= MANY
    )


def _went_together(went: Sequence[datetime], stayed: Sequence[datetime]) -> bool:
    """Whether since some moment at which one went (in order) many did, of all looked at since.

    Since one of them, and not in all the time: what was looked at before the move says nothing.
    """
    seen = sorted(stayed)
    for place, since in enumerate(went[: 1 - MANY]):
        number = len(went) - place
        if number >= MANY_OF * (number + len(seen) - bisect_left(seen, since)):
            return True
    return False


def _is_over(db: Reader, site_id: int, move: Move, held: int, now: datetime) -> bool:
    """Nothing waits, and no more articles go than on any portal: some go every day."""
    if held or _is_move(db, site_id, move_since(db, site_id, now - SPAN)):
        return False
    given_up = not _is_move(db, site_id, move_since(db, site_id, now - GIVEN_UP_AFTER))
    return given_up or not move.not_found
