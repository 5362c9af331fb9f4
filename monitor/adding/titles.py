"""Where a portal's articles have their titles, by the words of the links that lead there. Pure."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from lxml.html import HtmlElement

from crawlers.markup import text_within
from pipelines.normalise import fold

LEAST_PAGES: Final = 2
SHARE: Final = 0.6
"""Of the pages; a title may have been changed since the link was written."""
FEWEST_WORDS: Final = 6
"""Of a link: sections are named in fewer, and a heading names the section too."""
MOST_CLASSES: Final = 2_000
LONGEST: Final = 1_000
"""Characters of a title with all the space around it."""
_CLASS: Final = re.compile(r"[A-Za-z][A-Za-z0-9_-]{2,60}")


def title_selector(pages: Sequence[tuple[HtmlElement, str]]) -> str:
    """A class whose first element holds the title on nearly every page; "" where there is none.

    ``pages``: each with the words of the link that led to it; those in few words say nothing.
    """
    told = [(tree, fold(words)) for tree, words in pages if len(words.split()) >= FEWEST_WORDS]
    if len(told) < LEAST_PAGES:
        return ""
    votes = Counter(name for tree, words in told for name in set(_holding(tree, words)))
    enough = max(LEAST_PAGES, SHARE * len(told))
    sure = [name for name, number in votes.items() if number >= enough]
    return f".{min(sure, key=_rank)}" if sure else ""


def _holding(tree: HtmlElement, words: str) -> Iterator[str]:
    """Classes of which the first element on the page, outside links, holds the words."""
    met: set[str] = set()
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        names = [n for n in str(element.get("class", "")).split() if _CLASS.fullmatch(n)]
        fresh = [name for name in names if name not in met]
        met.update(fresh)
        if len(met) > MOST_CLASSES:
            return
        if fresh and not _is_in_a_link(element) and _says(element, words):
            yield from fresh


def _is_in_a_link(element: HtmlElement) -> bool:
    return element.tag == "a" or next(element.iterancestors("a"), None) is not None


def _says(element: HtmlElement, words: str) -> bool:
    text = text_within(element)
    return len(text) <= LONGEST and fold(text) == words


def _rank(name: str) -> tuple[bool, int, str]:
    return "title" not in name.lower(), len(name), name
