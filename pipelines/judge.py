"""What an answer means for an article that is known. Pure: nothing is read or written here.

Each ruling may only say "unchanged" or "not an edit", until two looks agree.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Final, Literal
from urllib.parse import urlsplit

from crawlers.similarity import alike, words
from pipelines.article import Article
from pipelines.changes import ArticleRow
from pipelines.normalise import fold
from pipelines.recheck import GONE_LOOKS, WITHDRAWN_AFTER

NEWS_AGE: Final = timedelta(days=7)
ALIKE: Final = 0.3
"""Of 3,419 pairs of unrelated real articles the most alike shared 0.26 of these runs."""
NEARLY_SAME: Final = 0.8
"""Likeness of two articles with one title and one minute of publication that are one article."""
LONGEST_HOLD: Final = timedelta(days=1)
LONGEST_UNSEEN: Final = timedelta(days=14)
"""How long a new address waits for its twin to be looked at, while there is no time for that."""
TWIN_LENGTH: Final = 200
"""Bodies shorter than this many characters may be equal by chance."""

COLLAPSED: Final = 0.35
"""Share of its text below which an article lost so much that the page is suspect."""
COLLAPSING: Final = 600
"""Characters from which a text can collapse."""
SAME_TITLE: Final = 0.5

Doubt = Literal["another_page", "text_collapsed", "parts_missing"]


def doubt(before: Article, after: Article, missing: Sequence[str] = ()) -> Doubt | None:
    """Why a page must not be believed although it reads like an article; None for no reason.

    Another page: neither texts nor titles resemble each other. Collapsed: little is left of
    a longer text, as behind a paywall or in a half-built page. ``missing``: parts that the
    site's pages always have; no editor takes title or body away.
    """
    if {"title", "body"} & set(missing):
        return "parts_missing"
    if not resemble(before, after) and alike(words(before.title), words(after.title)) < SAME_TITLE:
        return "another_page"
    had, has = (len(article.lead) + len(article.text) for article in (before, after))
    return "text_collapsed" if had >= COLLAPSING and has < COLLAPSED * had else None


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
    is_sure: bool,
    has_left: bool,
    same_title: bool,
    claimed: bool,
    published_at: datetime | None,
    twin_published_at: datetime | None,
    held_since: datetime | None,
    now: datetime,
) -> Twin:
    """What a new address is that shows the text of ``twin``, another article of its site.

    ``is_sure``: if the twin is gone, this is it (see :mod:`pipelines.sameness`).
    ``has_left``: the twin stands on a predecessor's host whose time is over, the new address
    does not. ``claimed``: the new page names the twin's address as its ``rel=canonical``.
    ``wait``: the twin was not looked at since the new one was found, or is not there but not
    yet for long enough. A day of waiting is enough, counted from the last 404 or 410 if there
    was one: what answers otherwise since then, or gives no answer, will never be known to
    be gone.
    """
    if twin.status == "withdrawn" or is_withdrawn(twin, witness=True):
        return "moved" if is_sure else "copy"
    same_minute = published_at is not None and published_at == twin_published_at
    looked = twin.checked_at is not None and twin.checked_at >= row.first_seen_at
    if looked and twin.status != "missing":
        if claimed or not is_another_address(row.url, twin.url):
            return "same"
        return "same" if same_title and same_minute else "copy"
    if is_sure and has_left:
        return "moved"
    waited = now - max(held_since or now, twin.gone_at or twin.first_seen_at)
    if waited <= LONGEST_HOLD:
        return "wait"
    if not is_sure:
        return "copy"
    if twin.status == "missing" or twin.failures:
        return "moved"
    return "wait" if waited <= LONGEST_UNSEEN else "copy"


def is_withdrawn(row: ArticleRow, *, witness: bool) -> bool:
    """Gone at least twice over at least six hours, while the site answered otherwise."""
    if row.missing_since is None or row.gone_at is None or not witness:
        return False
    return row.gone_looks >= GONE_LOOKS and row.gone_at - row.missing_since >= WITHDRAWN_AFTER


def resemble(before: Article, after: Article) -> bool:
    """Whether two readings can be the same article, edited perhaps, rather than another one.

    Three tenths of the runs of three words of the shorter text stand in the longer one
    (single words do not tell: Vietnamese has few syllables). Texts too short for that
    resemble each other when their titles are equal.
    """
    return likeness(before, after) >= ALIKE


def likeness(before: Article, after: Article) -> float:
    """Share of the shorter text's runs of three words that the longer one has, 0 to 1."""
    shorter, longer = sorted((_runs(before.text), _runs(after.text)), key=len)
    if not shorter:
        return float(bool(fold(before.title)) and fold(before.title) == fold(after.title))
    return len(shorter & longer) / len(shorter)


@lru_cache(maxsize=2)  # one text is compared with many
def _runs(text: str) -> frozenset[tuple[str, str, str]]:
    words = fold(text).split()
    return frozenset(zip(words, words[1:], words[2:], strict=False))


def is_another_address(before: str, after: str) -> bool:
    """Whether two addresses differ in more than scheme, ``www.``, a final slash or a query."""
    return _place(before) != _place(after)


def _place(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return (parts.hostname or "").removeprefix("www."), parts.path.rstrip("/")
