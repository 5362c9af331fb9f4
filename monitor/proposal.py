"""A false alarm → rules for the site's file that would have kept it quiet. Pure.

Only whole lines that came or went are proposed: a rule on a paragraph that stayed would hide
every edit of it. Each is tried on the site's stored texts first.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import yaml

from pipelines.article import Article, Block
from pipelines.diff import block_diff
from pipelines.wording import is_correction_note

MOST_RULES: Final = 3
MOST_TRIED: Final = 9
"""Lines of a change; one of more is no line of a template's."""
MOST_OF_AN_ARTICLE: Final = 0.5
"""Share of an article's characters that no rule may take out."""
SHOWN: Final = 60

NO_LINES: Final = (
    "No rule is proposed: no whole paragraph came or went, and a rule on one that stayed would "
    "hide its edits."
)

_FIGURES = re.compile(r"(\d+)")

Texts = Sequence[tuple[int, tuple[Block, ...]]]
"""The blocks of a site's articles by the article's number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LineRule:
    """A regular expression for a whole line; ``elsewhere`` counts other articles' lines."""

    line: str
    elsewhere: int

    def as_yaml(self, why: str) -> str:
        """An entry of a site file's ``noise``, with where it would match."""
        told = f"takes out lines of other articles too, {self.elsewhere} today: look at them first"
        entry = yaml.safe_dump(
            [{"why": why, "line": self.line}], allow_unicode=True, sort_keys=False, width=10**6
        )
        return f"# {told if self.elsewhere else 'this article only'}\n{entry}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """Rules to propose, and why others are not: a sentence for people each."""

    rules: tuple[LineRule, ...] = ()
    refusals: tuple[str, ...] = ()


def advise(
    before: Article | None, after: Article | None, *, article_id: int, stored: Texts
) -> Advice:
    """What would have kept the change between two readings quiet, at most three rules.

    ``stored``: the site's current texts, the article's own too.
    """
    if before is None or after is None:
        return Advice(refusals=("No rule is proposed: there are no two texts to compare.",))
    lines = list(dict.fromkeys(_whole_lines(before, after)))[:MOST_TRIED]
    if not lines:
        return Advice(refusals=(NO_LINES,))
    tried = [(article_id, before.blocks), (article_id, after.blocks), *stored]
    rules: dict[str, LineRule] = {}
    refusals: list[str] = []
    for text in lines:
        line = pattern(text)
        if line in rules or len(rules) == MOST_RULES:
            continue
        if reason := refusal(text, line, tried):
            refusals.append(f"No rule is proposed for «{_short(text)}»: {reason}.")
        else:
            rules[line] = LineRule(line=line, elsewhere=_elsewhere(line, article_id, stored))
    return Advice(rules=tuple(rules.values()), refusals=tuple(refusals))


def pattern(text: str) -> str:
    """A regular expression that ``text`` matches as a whole, and with other figures too."""
    parts = _FIGURES.split(text)
    return "".join(
        r"\d+" if index % 2 else "".join(map(_letter, part)) for index, part in enumerate(parts)
    )


def _letter(letter: str) -> str:
    if unicodedata.category(letter)[0] == "C":  # no terminal shows it
        return f"\\U{ord(letter):08x}"
    return letter if letter == " " else re.escape(letter)


def refusal(text: str, line: str, tried: Texts) -> str:
    """Why a rule must not be proposed; empty when it may."""
    if not any(letter.isalpha() for letter in text):
        return "without a word it would match any figure"
    for _, blocks in tried:
        found = [block.text for block in blocks if re.fullmatch(line, block.text)]
        if any(map(is_correction_note, found)):
            return "it is a correction note"
        if sum(map(len, found)) > MOST_OF_AN_ARTICLE * sum(len(block.text) for block in blocks):
            return "it is more than half of an article"
    return ""


def _whole_lines(before: Article, after: Article) -> Iterable[str]:
    changes = block_diff(before.blocks, after.blocks)
    for op in ("added", "removed"):
        for change in changes:
            block = change.after if op == "added" else change.before
            if change.op == op and block is not None:
                yield block.text


def _elsewhere(line: str, article_id: int, stored: Texts) -> int:
    return sum(
        re.fullmatch(line, block.text) is not None
        for other, blocks in stored
        if other != article_id
        for block in blocks
    )


def _short(text: str) -> str:
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"
