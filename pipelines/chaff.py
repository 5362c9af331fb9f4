"""What stands inside an article's container and is none of it, told by structure. Pure.

Related lists, teasers with summaries, share bars, tag lists: links, or siblings of one shape
that each hold a link. No class names.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from lxml.html import HtmlElement

from crawlers.outline import Line, is_link_line, is_prose
from pipelines.boxes import ARTICLE, Shapes, boxes
from pipelines.stretches import Sums, stretches_in, way_down
from pipelines.wording import is_correction_note

ASIDE = frozenset({"aside", "footer", "nav"})
DENSE = 0.5
LABEL = 60
LINKS = ("all link", "link list")
TEASERS = 3
LONGEST_TEASER = 600
PARAGRAPHS = 2
"""Paragraphs of the text from which an element is part of it, however many links it holds."""
SUMMARY = 200
"""Characters outside links that a teaser has on average, at most."""
RUNNING = 40
"""Characters outside links that make a line with links a sentence rather than a list of them."""


def chaff(lines: Sequence[Line], body: Sequence[int], container: HtmlElement) -> dict[int, str]:
    """Places in ``body`` that are none of the article → the name of the rule that says so."""
    found: dict[int, str] = {}
    held = [lines[place] for place in body]
    sums = _sums(held)
    groups = stretches_in(container, held)
    shapes = Shapes(held=held, container=container)
    text = _paragraphs(shapes)
    for element, stretch in groups.items():
        rule = _judge(element, stretch, sums)
        if rule and not (rule == "link list" and text.of(stretch) >= PARAGRAPHS):
            _name(found, (body[index] for index in stretch), rule)
    for element in _teaser_lists(groups, held, sums):
        _name(found, (body[index] for index in groups[element]), "teaser list")
    for place, line in zip(body, held, strict=True):
        if place not in found and is_link_line(line) and line.own < RUNNING:
            found[place] = "all link"
    found.update(dict.fromkeys(_labels(lines, body, found), "label of a list"))
    known = {index: found[place] for index, place in enumerate(body) if place in found}
    for index, rule in boxes(shapes, groups, known).items():
        found.setdefault(body[index], rule)
    return {place: rule for place, rule in found.items() if not _is_note(lines[place])}


def _paragraphs(shapes: Shapes) -> Sums:
    """Prose of the text's own shape that is no summary behind a link."""
    links = [False, *map(is_link_line, shapes.held)]
    lines = zip(shapes.held, shapes.of_lines, links, strict=False)
    return Sums(
        is_prose(line) and shape == shapes.main and not behind for line, shape, behind in lines
    )


def _is_note(line: Line) -> bool:
    """Whether it says that the article was corrected: no rule takes such a line."""
    return not is_link_line(line) and is_correction_note(line.text)


def _name(found: dict[int, str], places: Iterable[int], rule: str) -> None:
    found.update(dict.fromkeys((place for place in places if place not in found), rule))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sums:
    """Over stretches of the body: characters, those in links, those outside, those of
    sentences outside links; lines of text.
    """

    size: Sums
    linked: Sums
    own: Sums
    text: Sums
    told: Sums


def _sums(held: Sequence[Line]) -> _Sums:
    return _Sums(
        size=Sums(len(line.text) for line in held),
        linked=Sums(line.linked for line in held),
        own=Sums(line.own for line in held),
        text=Sums(line.own if line.own >= RUNNING and is_prose(line) else 0 for line in held),
        told=Sums(line.kind == "heading" or is_prose(line) for line in held),
    )


def _judge(element: HtmlElement, stretch: range, sums: _Sums) -> str:
    # a header without heading and prose is the site's rather than the article's
    if element.tag in ASIDE or (element.tag == "header" and not sums.told.of(stretch)):
        return "aside"
    if len(stretch) < 2 or sums.linked.of(stretch) <= DENSE * sums.size.of(stretch):
        return ""
    text, whole = sums.text.of(stretch), sums.text.of(range(len(sums.text)))
    return "" if text >= RUNNING * TEASERS and text >= ARTICLE * whole else "link list"


def _teaser_lists(
    groups: Mapping[HtmlElement, range], held: Sequence[Line], sums: _Sums
) -> Iterator[HtmlElement]:
    """Siblings of one shape, three or more, each a linked title with a little text around it.

    Longer ones that hold more than half of the characters outside links are the article
    itself: a list of things, each with a linked name.
    """
    families: dict[tuple[object, ...], list[HtmlElement]] = {}
    for element, stretch in groups.items():
        if len(stretch) >= 2 and _is_teaser(stretch, held, sums):
            link = next(held[i].element for i in stretch if is_link_line(held[i]))
            family = (element.getparent(), element.tag, way_down(element, link))
            families.setdefault(family, []).append(element)
    most = sums.own.of(range(len(held))) // 2
    for members in families.values():
        own = sum(sums.own.of(groups[element]) for element in members)
        if len(members) >= TEASERS and (own <= most or own <= SUMMARY * len(members)):
            yield from members


def _is_teaser(stretch: range, held: Sequence[Line], sums: _Sums) -> bool:
    size, linked = sums.size.of(stretch), sums.linked.of(stretch)
    if size > LONGEST_TEASER or linked < 0.1 * size:
        return False
    return any(is_link_line(held[i]) and len(held[i].text) >= 15 for i in stretch[:3])


def _labels(lines: Sequence[Line], body: Sequence[int], found: dict[int, str]) -> Iterator[int]:
    """Short lines right before two or more links: "Tin liên quan" by its place.

    They stand in one box with the links; behind the text a heading may stand outside of it.
    """
    prose = [place for place in body if place not in found and is_prose(lines[place])]
    around_text = _above(lines[place].element for place in prose)
    for place in body:
        line = lines[place]
        if place in found or is_prose(line) or len(line.text) > LABEL:
            continue
        if not all(found.get(after) in LINKS for after in (place + 1, place + 2)):
            continue
        behind = line.kind == "heading" and (not prose or place > prose[-1])
        if behind or _shared(line, lines[place + 1]) not in around_text:
            yield place


def _above(elements: Iterable[HtmlElement]) -> set[HtmlElement]:
    above: set[HtmlElement] = set()
    for element in elements:
        current = element.getparent()
        while current is not None and current not in above:
            above.add(current)
            current = current.getparent()
    return above


def _shared(line: Line, other: Line) -> HtmlElement:
    """The least element around both lines."""
    above = set(other.element.iterancestors())
    return next(each for each in line.element.iterancestors() if each in above)
