"""Which requests a probe makes: few, and of every kind. Pure."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import timedelta
from itertools import zip_longest
from typing import Final

from crawlers.page import Link
from crawlers.sources import Ask
from monitor.probing.probe import SourceProbe

LINKS_KEPT: Final = 60
FOUND_SOURCES: Final = 8
"""Sources asked for that the site file does not name."""
FILES: Final = 3
"""Of a sitemap index; the first may list sections, or be empty for lack of news."""
ANSWERED_IN: Final = timedelta(seconds=5)
FRESH_FIRST: Final = ("home", "feed", "listing", "pages", "argument")


class Bounds:
    """Remembers what was asked for: few found sources, the newest files of an index."""

    def __init__(self) -> None:
        self._found: set[str] = set()
        self._files: Counter[str] = Counter()

    def allow(self, ask: Ask, *, configured: bool) -> bool:
        """Whether the probe asks for it; never for a listing's further pages."""
        if ask.depth > 1:
            self._files[ask.source.url] += 1
            return self._files[ask.source.url] <= FILES
        if ask.page > 1:
            return False
        if not configured:
            self._found.add(ask.source.url)
        return configured or len(self._found) <= FOUND_SOURCES


def fitting(span: timedelta, delay: float) -> int:
    """How many requests fit into a span for sure.

    ``delay`` is the least between two, in seconds; a turn may take half as long again.
    """
    return span // (timedelta(seconds=1.5 * delay) + ANSWERED_IN)


def chosen(sources: Iterable[SourceProbe], number: int) -> tuple[tuple[str, Link], ...]:
    """Up to ``number`` links with the source that named each: one of each source in turn.

    A sitemap's are taken where the others have too few: they may be years old, and gone.
    """
    listing = list(sources)
    fresh = _in_turn([one for one in listing if one.kind in FRESH_FIRST])
    old = _in_turn([one for one in listing if one.kind not in FRESH_FIRST])
    by_key: dict[str, tuple[str, Link]] = {}
    for url, link in (*fresh, *old):
        by_key.setdefault(link.key, (url, link))
    return tuple(by_key.values())[:number]


def _in_turn(sources: Sequence[SourceProbe]) -> list[tuple[str, Link]]:
    each = [[(source.url, link) for link in source.links] for source in sources]
    return [one for row in zip_longest(*each) for one in row if one is not None]
