"""An article's lead, the sapo of Vietnamese newspapers: pure, by structure.

It stands between title and text, or first in the text in a shape of its own. What machines
are told (JSON-LD, OpenGraph) tells it where several lines could be it.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from lxml.html import HtmlElement

from crawlers.outline import Line, is_link_line, is_prose
from crawlers.similarity import alike, share_of, words
from crawlers.structured import Structured, text_of
from pipelines.noise import frame_rule, line_rule, opens

LONGEST_TOLD = 2_000
"""Characters that are read of what machines are told."""
SAME_LEAD = 0.6
SAME_TITLE = 0.8
LEAD_FROM = 25
SHOWN_FROM = 60
"""Characters below which a line is a label rather than a lead, told to machines or not."""
TEASER_TITLE = 15
FAR = 25
FARTHEST = 1_000
"""Lines before the body among which a lead is looked for, without and with a title."""
_BYLINE = re.compile(
    r"(?:by|posted|published|updated|written|bởi|đăng|cập\s+nhật)\s(?:.*\d)|[^.!?]*\d:\d\d[^.!?]*$",
    re.IGNORECASE,
)
BOLD = frozenset({"b", "strong"})


def find_lead(
    lines: Sequence[Line],
    structured: Structured,
    title: int | None,
    body: Sequence[int],
    container: HtmlElement | None,
) -> int | None:
    """The place of the lead. ``body`` are the places of the text, in ``container``."""
    told = tuple(_told_as_lead(structured))
    start = max(body[0] - FAR if title is None else max(title + 1, body[0] - FARTHEST), 0)
    first = next((place for place in body if is_prose(lines[place])), None)
    heads = [p for p in body if first is not None and p < first and lines[p].kind == "heading"]
    between: list[int] = [
        p for p in (*range(start, body[0]), *heads) if _may_be_lead(lines[p], LEAD_FROM)
    ]
    for place in between:
        if _is_told(lines[place], told):
            return place
    if first is not None and _stands_apart(first, lines, body, told):
        return first
    if title is None:
        return None
    if first is not None and _is_with_title(first, lines, title, body):
        return first
    shown = (p for p in between if p >= body[0] - FAR and _is_shown(p, lines, title, container))
    return next(shown, None)


def _may_be_lead(line: Line, least: int) -> bool:
    return len(line.text) >= least and line.link_share <= 0.5 and line.kind != "caption"


def _told_as_lead(structured: Structured) -> Iterator[Counter[str]]:
    article = structured.article or {}
    for text in (
        text_of(article.get("description")),
        structured.first_meta("og:description"),
        structured.first_meta("description"),
        structured.first_meta("twitter:description"),
    ):
        told = words(text[:LONGEST_TOLD])
        if told.total() >= 4:
            yield told


def _is_told(line: Line, leads: Sequence[Counter[str]]) -> bool:
    seen = words(line.text[:LONGEST_TOLD])
    return any(min(share_of(told, seen), 2 * share_of(seen, told)) >= SAME_LEAD for told in leads)


def _stands_apart(
    first: int, lines: Sequence[Line], body: Sequence[int], told: Sequence[Counter[str]]
) -> bool:
    """Whether the text's first paragraph has another shape than all after it.

    Bold letters show a lead; another class or tag does where machines are told the same.
    """
    following = [lines[after] for after in body if after > first and is_prose(lines[after])]
    line = lines[first]
    if len(following) < 2 or not _may_be_lead(line, LEAD_FROM):
        return False
    if _is_bold(line) and len(line.text) >= SHOWN_FROM and not any(map(_is_bold, following)):
        return True
    shape = _shape(line)
    return all(_shape(other) != shape for other in following) and _is_told(line, told)


def _is_with_title(first: int, lines: Sequence[Line], title: int, body: Sequence[int]) -> bool:
    """Whether title and first paragraph stand in one element, and the text in others."""
    if not _may_be_lead(lines[first], SHOWN_FROM) or _BYLINE.match(lines[first].text):
        return False
    above = set(lines[first].element.iterancestors())
    shared = next(each for each in lines[title].element.iterancestors() if each in above)
    following = [lines[p].element for p in body if p > first and is_prose(lines[p])]
    return len(following) >= 2 and not any(
        shared is each for element in following for each in element.iterancestors()
    )


def _shape(line: Line) -> tuple[object, ...]:
    element = line.element
    return element.tag, element.get("class"), element.getparent(), _is_bold(line)


def _is_bold(line: Line) -> bool:
    """Whether all letters of a paragraph stand in bold elements."""
    element = line.element
    if (element.text or "").strip() or any((child.tail or "").strip() for child in element):
        return False
    filled = [child for child in element if (child.text or "").strip() or len(child)]
    return bool(filled) and all(child.tag in BOLD for child in filled)


def _is_shown(place: int, lines: Sequence[Line], title: int, container: HtmlElement | None) -> bool:
    """Whether a line between title and body can only be the lead, though nobody says so."""
    line = lines[place]
    if not (_may_be_lead(line, SHOWN_FROM) and (is_prose(line) or line.kind == "heading")):
        return False
    if line_rule(line.text) or frame_rule(line.text) or _BYLINE.match(line.text):
        return False
    if alike(words(line.text), words(lines[title].text)) >= SAME_TITLE:
        return False
    box = _box(line.element, lines[title].element, container)
    return _is_alone(lines[title + 1 : place + FAR], line, box)


def _box(
    element: HtmlElement, title: HtmlElement, container: HtmlElement | None
) -> Sequence[HtmlElement]:
    """All in the widest element around ``element`` that holds neither title nor body."""
    outside = {title, *title.iterancestors()}
    if container is not None:
        outside.update((container, *container.iterancestors()))
    box = element
    while (parent := box.getparent()) is not None and parent not in outside:
        box = parent
    return list(box.iter())


def _is_alone(near: Sequence[Line], lead: Line, box: Sequence[HtmlElement]) -> bool:
    """Whether no other text stands in the lead's box, no head of a widget, no picture before."""
    order = {element: number for number, element in enumerate(box)}
    if any(element.tag == "img" for element in box[: order[lead.element]]):
        return False  # the picture's caption
    beside = [line for line in near if line.element in order and line is not lead]
    if any(is_prose(line) or line.kind == "heading" for line in beside):
        return False
    first = beside[0] if beside and order[beside[0].element] < order[lead.element] else None
    return first is None or not (
        opens(first.text) or (is_link_line(first) and len(first.text) >= TEASER_TITLE)
    )
