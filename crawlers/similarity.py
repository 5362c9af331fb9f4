"""How alike two texts are, by their words. Pure."""

import re
from collections import Counter

_WORD = re.compile(r"\w+")


def words(text: str) -> Counter[str]:
    """The words of ``text`` in lower case, with how often each stands there."""
    return Counter(_WORD.findall(text.casefold()))


def share_of(part: Counter[str], whole: Counter[str]) -> float:
    """Share of the words of ``part`` that ``whole`` has too, 0 to 1; 0 for no words."""
    return (part & whole).total() / part.total() if part else 0.0


def alike(one: Counter[str], other: Counter[str]) -> float:
    """F1 of the words, 0 to 1."""
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 0.0
