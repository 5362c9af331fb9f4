"""What an answer means for an article that is known. Pure: nothing is read or written here.

Each ruling may only say "unchanged" or "not an edit", until two looks agree.
"""

from datetime import datetime, timedelta
from typing import Final, Literal
from urllib.parse import urlsplit

from pipelines.article import Article
from pipelines.changes import ArticleRow
from pipelines.normalise import fold
from pipelines.recheck import GONE_LOOKS, WITHDRAWN_AFTER

NEWS_AGE: Final = timedelta(days=7)
LONGEST_HOLD: Final = timedelta(days=1)
TWIN_LENGTH: Final = 200
"""Bodies shorter than this many characters may be equal by chance."""

Ruling = Literal["unchanged", "refuted", "suspected", "too_soon", "agreed", "superseded"]


def rule(
    *, seen: str, accepted: str, suspected: str | None, look_due_at: datetime | None, now: datetime
) -> Ruling:
    """Weigh the fingerprint ``seen`` against the accepted and the suspected one.

    ``superseded``: neither what was accepted nor what was suspected; the new text is now
    the suspect. ``too_soon``: the same suspect again, before the second look was due.
    """
    if seen == accepted:
        return "unchanged" if suspected is None else "refuted"
    if suspected is None:
        return "suspected"
    if seen != suspected:
        return "superseded"
    return "agreed" if look_due_at is None or now >= look_due_at else "too_soon"


def is_news(row: ArticleRow, published_at: datetime | None, *, baseline: datetime | None) -> bool:
    """Whether a first reading is worth telling: announced after the baseline, and recent.

    An article without a date counts when a listing, feed or home page announced it that
    had been read in full before.
    """
    if baseline is None or row.announced_by is None or row.first_seen_at <= baseline:
        return False
    if published_at is None:
        return row.announced_by in ("listing", "home", "feed")
    return abs(row.first_seen_at - published_at) <= NEWS_AGE


Twin = Literal["wait", "moved", "same", "copy"]


def rule_on_twin(
    row: ArticleRow,
    twin: ArticleRow,
    *,
    same_title: bool,
    claimed: bool,
    published_at: datetime | None,
    twin_published_at: datetime | None,
    held_since: datetime | None,
    now: datetime,
) -> Twin:
    """What a new article is whose body equals that of ``twin``, another article of its site.

    ``claimed``: the new page names the twin's address as its ``rel=canonical``.
    ``wait``: the twin was not looked at since the new one was found; a day of waiting
    for a twin that does not answer is enough.
    """
    if twin.checked_at is None or twin.checked_at < row.first_seen_at:
        waited = held_since is not None and now - held_since > LONGEST_HOLD
        return "copy" if waited else "wait"
    if twin.status in ("missing", "withdrawn"):
        return "moved"
    if claimed:
        return "same"
    same_minute = published_at is not None and published_at == twin_published_at
    return "same" if same_title and same_minute else "copy"


def is_withdrawn(row: ArticleRow, *, witness: bool) -> bool:
    """Gone at least twice over at least six hours, while the site answered otherwise."""
    if row.missing_since is None or row.gone_at is None or not witness:
        return False
    return row.gone_looks >= GONE_LOOKS and row.gone_at - row.missing_since >= WITHDRAWN_AFTER


def resemble(before: Article, after: Article) -> bool:
    """Whether two readings can be the same article, edited perhaps, rather than another one.

    Half of the words of the shorter text stand in the longer one, or the titles are equal.
    """
    if fold(before.title) and fold(before.title) == fold(after.title):
        return True
    ours, theirs = set(fold(before.text).split()), set(fold(after.text).split())
    shorter, longer = sorted((ours, theirs), key=len)
    return 2 * len(shorter & longer) >= len(shorter) and bool(shorter)


def is_another_address(before: str, after: str) -> bool:
    """Whether two addresses differ in more than scheme, ``www.`` or a final slash."""
    return _place(before) != _place(after)


def _place(url: str) -> tuple[str, str, str]:
    parts = urlsplit(url)
    return (parts.hostname or "").removeprefix("www."), parts.path.rstrip("/"), parts.query
