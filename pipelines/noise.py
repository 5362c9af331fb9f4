"""Lines that are no part of any article: named rules, each with its reason and a sample. Pure.

A rule matches a whole line and is careful: a real sentence must never match, since an edit of
it would go unseen. What structure tells (links, lists) is in ``chaff``; what only the site's
memory can tell is asked of ``Memory``.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Protocol

from crawlers.site import NoiseRule as SiteRule
from pipelines.framerules import FRAME_RULES
from pipelines.linerules import LINE_RULES, LineRule
from pipelines.normalise import fold

LONGEST_LINE = 250
LONGEST_TEASER = 200
LONGEST_HEAD = 120
SENTENCE_ENDS = (".", "…", "؟", "۔", ":", ";")

_ANYWHERE = LINE_RULES
_IN_TEXT = tuple(rule for rule in LINE_RULES if not rule.frame)
HEADS = frozenset(rule.name for rule in (*LINE_RULES, *FRAME_RULES) if rule.opens)


class Memory(Protocol):
    """What is known of a site beyond one page."""

    def is_known_title(self, text: str) -> bool:
        """Whether another article of the site has this title; ``text`` is cleaned."""

    def is_known_lead(self, text: str) -> bool:
        """Whether another article of the site has this lead; ``text`` is cleaned."""


class _NothingKnown:
    def is_known_title(self, text: str) -> bool:  # noqa: ARG002
        return False

    def is_known_lead(self, text: str) -> bool:  # noqa: ARG002
        return False


NOTHING_KNOWN: Memory = _NothingKnown()


@lru_cache(maxsize=4096)
def line_rule(text: str, *, in_text: bool = False) -> str:
    """The name of the rule that leaves out a line with this text; empty when none does.

    ``in_text``: the line is a list item, cell or heading with paragraphs before and after.
    """
    if len(text) > LONGEST_LINE:
        return ""
    found = _named(_IN_TEXT if in_text else _ANYWHERE, text)
    return found.name if found else ""


@lru_cache(maxsize=4096)
def frame_rule(text: str) -> str:
    """The name of the rule that leaves out a line that is apart from the text; or empty."""
    if len(text) > LONGEST_LINE:
        return ""
    found = _named(FRAME_RULES, text)
    return found.name if found else ""


def opens(text: str) -> bool:
    """Whether a line heads a box: what stands in one element with it belongs to it."""
    if len(text) > LONGEST_HEAD:
        return False
    return (line_rule(text) or frame_rule(text)) in HEADS


def _named(rules: Sequence[LineRule], text: str) -> LineRule | None:
    return next((rule for rule in rules if rule.pattern.fullmatch(text)), None)


def site_rule(text: str, rules: Sequence[SiteRule]) -> str:
    """The reason of the site's own rule that leaves out this line; empty when none does."""
    for rule in rules:
        if rule.line is not None and re.fullmatch(rule.line, text):
            return f"site: {rule.why}"
    return ""


def without_prefix(text: str, rules: Sequence[SiteRule]) -> str:
    """``text`` without what the site puts before leads and texts, as "(Báo) - "."""
    for rule in rules:
        if rule.prefix is not None and (found := re.match(rule.prefix, text)):
            return text[found.end() :].lstrip()
    return text


def is_site_name(text: str, names: Sequence[str]) -> bool:
    """Whether a line is nothing but the site's own name."""
    if len(text) > 2 * max(map(len, names), default=0):
        return False
    folded = fold(text)
    return any(folded == _folded(name) for name in names if name)


@lru_cache(maxsize=256)
def _folded(name: str) -> str:
    return fold(name)


def could_be_teaser(text: str) -> bool:
    """Whether a line is short and ends like a title, so that memory may be asked."""
    return 15 <= len(text) <= LONGEST_TEASER and not text.endswith(SENTENCE_ENDS)
