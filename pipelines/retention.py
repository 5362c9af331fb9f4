"""Which stored pages may go: what is needed never, of the rest what is oldest. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

MEGABYTE: Final = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How long and how much is kept: ``days`` since the page was fetched, ``megabytes`` in all.

    None sets no limit.
    """

    days: int | None = None
    megabytes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredPage:
    """A stored page and its ``size`` in bytes as it is kept.

    ``needed``: an article's text of today, an open suspicion or an untold edit rests on it.
    ``has_version``: it was accepted once; other pages only raised a suspicion.
    """

    id: int
    size: int
    fetched_at: datetime
    needed: bool
    has_version: bool


def may_go(pages: Sequence[StoredPage], limits: Limits, now: datetime) -> tuple[int, ...]:
    """The ids of the pages that go: suspicions before versions, the oldest first."""
    return tuple(_going(pages, limits, now))


def _going(pages: Sequence[StoredPage], limits: Limits, now: datetime) -> Iterator[int]:
    left = sum(page.size for page in pages)
    free = (page for page in pages if not page.needed)
    for page in sorted(free, key=lambda page: (page.has_version, page.fetched_at, page.id)):
        is_old = limits.days is not None and page.fetched_at < now - timedelta(days=limits.days)
        if is_old or is_above(left, limits):
            left -= page.size
            yield page.id


def is_above(size: int, limits: Limits) -> bool:
    """Whether so many bytes are more than the limit."""
    return limits.megabytes is not None and size > limits.megabytes * MEGABYTE
