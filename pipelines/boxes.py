"""Boxes of the page's frame inside an article's container: pure, without class names.

An article's paragraphs share a shape: the tags on the way from the container to the text.
What has another shape, and holds lines that no article holds (counters, "Reply", a linked
headline with a summary), is a box: comments, polls, teasers, letters of subscription.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from lxml.html import HtmlElement

from crawlers.outline import Line, is_link_line, is_prose
from pipelines.noise import SENTENCE_ENDS, frame_rule, line_rule, opens
from pipelines.stretches import Sums

ARTICLE = 0.3
"""Share of the article's text from which an element is no box in it."""
LONGEST_SUMMARY = 200
"""Characters outside links that a box of a family has on average, at most."""
LONGEST_TEXT = 350
"""Characters of text for each sign of a frame in a box, at most."""
MOST_PROSE = 2
"""Paragraphs of a comment or summary; what holds more is looked at part by part."""
LONGEST_LABEL = 60
LABEL = 45
"""Characters up to which a point of a list may be a label of the frame."""
SHOWN = 3
"""Characters from which a link tells anything; a shorter one is an anchor."""
RATES = "exchange rates"
MONEY = re.compile(
    r"\b(?:tỷ giá|ngoại tệ|giá vàng|usd|eur|exchange rate|currenc(?:y|ies)|gold|dollars?|euros?)\b",
    re.IGNORECASE,
)
FACTS = frozenset({"clock", "dateline", "byline and counter", "font size", "cited source", RATES})
"""Rules whose lines stand in parts of articles too, as the hours of a live report."""
ASKING = ("input", "textarea", "select")
UNSEEN = frozenset({"hidden", "submit", "button", "image"})
QUOTES = frozenset({"blockquote", "pre", "table", "tbody", "tr", "thead", "dl"})
HEADING = frozenset({"paragraph", "heading"})


@dataclass(frozen=True, kw_only=True)
class Shapes:
    """The lines of a body, ``held``, by the shape of their place in ``container``."""

    held: Sequence[Line]
    container: HtmlElement

    @cached_property
    def of_lines(self) -> list[int]:
        """A number for the tags from the container down to each line."""
        known = {self.container: 0}
        numbers: dict[tuple[int, object], int] = {}
        return [self._number(line.element, known, numbers) for line in self.held]

    @staticmethod
    def _number(
        element: HtmlElement,
        known: dict[HtmlElement, int],
        numbers: dict[tuple[int, object], int],
    ) -> int:
        way = []
        current: HtmlElement = element
        while current not in known:
            way.append(current)
            current = current.getparent()
        number = known[current]
        for step in reversed(way):
            number = numbers.setdefault((number, step.tag), len(numbers) + 1)
            known[step] = number
        return number

    @cached_property
    def main(self) -> int:
        """The shape that most of the prose has."""
        votes: Counter[int] = Counter()
        for line, shape in zip(self.held, self.of_lines, strict=True):
            if is_prose(line):
                votes[shape] += line.own
        return votes.most_common(1)[0][0] if votes else -1

    @cached_property
    def text(self) -> range:
        """From the first to the last paragraph of the main shape."""
        lines = zip(self.held, self.of_lines, strict=True)
        prose = [
            i for i, (line, shape) in enumerate(lines) if shape == self.main and is_prose(line)
        ]
        return range(prose[0], prose[-1] + 1) if prose else range(0)


def boxes(
    shapes: Shapes, groups: Mapping[HtmlElement, range], known: Mapping[int, str]
) -> dict[int, str]:
    """Indexes of lines in boxes → the name of the rule that says so.

    ``groups``: the elements of the container with the stretches of lines in them;
    ``known``: what is ruled out already.
    """
    facts = _facts(shapes, known)
    asking = _asking(shapes.container)
    found: dict[int, str] = {}
    families: dict[tuple[object, ...], list[HtmlElement]] = {}
    for element, stretch in sorted(groups.items(), key=lambda group: -len(group[1])):
        if stretch[0] in found or (element.tag in QUOTES and element.tag != "table"):
            continue
        rule = _judge(stretch, shapes, facts, asks=element in asking)
        if rule == "box of the page":
            families.setdefault((element.getparent(), element.tag), []).append(element)
        elif rule:
            found.update(dict.fromkeys(stretch, rule))
    half = facts.own.of(range(len(shapes.held))) / 2
    for members in families.values():
        own = sum(facts.own.of(groups[element]) for element in members)
        if own <= half or own <= LONGEST_SUMMARY * len(members):
            for element in members:
                found.update(dict.fromkeys(groups[element], "box of the page"))
    found.update((i, rule) for i, rule in _frame_lines(shapes) if i not in found)
    return {i: rule for i, rule in found.items() if shapes.held[i].kind != "caption"}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Facts:
    """Sums over the lines: signs of a frame, prose, prose of the main shape, its characters."""

    signs: Sums
    prose: Sums
    main: Sums
    own: Sums
    cells: Sums


def _facts(shapes: Shapes, known: Mapping[int, str]) -> _Facts:
    held = shapes.held
    signs = [_is_sign(line) or i in known for i, line in enumerate(held)]
    prose = [is_prose(line) and not sign for line, sign in zip(held, signs, strict=True)]
    main = [
        is_one and shape == shapes.main
        for is_one, shape in zip(prose, shapes.of_lines, strict=True)
    ]
    return _Facts(
        signs=Sums(signs),
        prose=Sums(prose),
        main=Sums(main),
        own=Sums(line.own if is_one else 0 for line, is_one in zip(held, prose, strict=True)),
        cells=Sums(line.kind in ("cell", "quote", "preformatted") for line in held),
    )


def _is_sign(line: Line) -> bool:
    if is_link_line(line):
        return len(line.text) >= SHOWN
    in_text = line.kind in ("cell", "heading")
    rule = line_rule(line.text, in_text=in_text)
    if not rule and (line.kind != "list_item" or len(line.text) <= LABEL):
        rule = frame_rule(line.text)
    return bool(rule) and rule not in FACTS


def _asking(container: HtmlElement) -> set[HtmlElement]:
    """Elements inside ``container`` that ask readers to fill something in."""
    asking: set[HtmlElement] = set()
    for field in container.iter(*ASKING):
        if (field.get("type") or "").lower() in UNSEEN:
            continue
        element: HtmlElement | None = field
        while element is not None and element is not container and element not in asking:
            asking.add(element)
            element = element.getparent()
    return asking


def _judge(stretch: range, shapes: Shapes, facts: _Facts, *, asks: bool) -> str:
    """The rule by which the lines of ``stretch``, all of an element, are a box."""
    if len(stretch) < 2 and not asks:
        return ""
    everything = range(len(shapes.held))
    main, prose, signs = (sums.of(stretch) for sums in (facts.main, facts.prose, facts.signs))
    if main and facts.own.of(stretch) >= ARTICLE * facts.own.of(everything):
        return ""
    if asks and prose <= 2 and not main:
        return "form"
    first = shapes.held[stretch[0]]
    if not main and first.kind in HEADING and opens(first.text):
        return "box with a head"
    if facts.cells.of(stretch):
        return "widget of rates" if _shows_rates(stretch, shapes) else ""
    if not prose:
        return "labels" if signs else ""
    enough = (
        prose <= MOST_PROSE and signs >= prose and facts.own.of(stretch) <= LONGEST_TEXT * signs
    )
    return "box of the page" if enough and (not main or (prose == 1 and signs >= 3)) else ""


def _is_label(line: Line) -> bool:
    """Whether it is a byline, a credit or a section's name rather than text."""
    return len(line.text) <= LONGEST_LABEL and not line.text.endswith((*SENTENCE_ENDS, *'!?”"'))


def _shows_rates(stretch: range, shapes: Shapes) -> bool:
    """Whether it is a table of rates in or behind a text that speaks of no money."""
    rows = [shapes.held[i].text for i in stretch]
    if sum(frame_rule(row) == RATES for row in rows) < MOST_PROSE:
        return False
    return not any(MONEY.search(shapes.held[i].text) for i in shapes.text if i not in stretch)


def _frame_lines(shapes: Shapes) -> Iterator[tuple[int, str]]:
    """Lines of the frame that stand alone: in the text of another shape, or outside it."""
    for i, line in enumerate(shapes.held):
        apart = shapes.of_lines[i] != shapes.main and line.kind == "paragraph"
        if apart and i < shapes.text.start and _is_label(line):
            yield i, "label before the text"
            continue
        rule = frame_rule(line.text) if apart or i not in shapes.text else ""
        if rule and rule not in FACTS:
            yield i, rule
