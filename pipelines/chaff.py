"""What stands inside an article's container and is none of it, told by structure. Pure.

Related lists, teasers with summaries, share bars, tag lists: links, or siblings of one shape
that each hold a link. No class names.
"""

from collections.abc import Iterator, Sequence

from lxml.html import HtmlElement

from crawlers.outline import Line, is_link_line, is_prose

ASIDE = frozenset({"aside", "footer", "nav"})
DENSE = 0.5
LABEL = 60
TEASERS = 3
LONGEST_TEASER = 600
SUMMARY = 200
"""Characters outside links that a teaser has on average, at most."""
RUNNING = 40
"""Characters outside links that make a line with links a sentence rather than a list of them."""


def chaff(lines: Sequence[Line], body: Sequence[int], container: HtmlElement) -> dict[int, str]:
    """Places in ``body`` that are none of the article → the name of the rule that says so."""
    found: dict[int, str] = {}
    groups = _groups(lines, body, container)
    for element, places in groups.items():
        if rule := _judge(element, [lines[place] for place in places]):
            found.update(dict.fromkeys((p for p in places if p not in found), rule))
    size = sum(lines[place].own for place in body)
    for element in _teaser_lists(groups, lines, size // 2):
        found.update(dict.fromkeys((p for p in groups[element] if p not in found), "teaser list"))
    for place in body:
        if place not in found and is_link_line(lines[place]) and lines[place].own < RUNNING:
            found[place] = "all link"
    found.update(dict.fromkeys(_labels(lines, body, found), "label of a list"))
    return found


def _groups(
    lines: Sequence[Line], body: Sequence[int], container: HtmlElement
) -> dict[HtmlElement, list[int]]:
    """Every element inside the container → the places of the lines that stand in it."""
    groups: dict[HtmlElement, list[int]] = {}
    for place in body:
        element = lines[place].element
        while element is not None and element is not container:
            groups.setdefault(element, []).append(place)
            element = element.getparent()
    return groups


def _judge(element: HtmlElement, held: Sequence[Line]) -> str:
    if element.tag in ASIDE or (element.tag == "header" and _is_frame(held)):
        return "aside"
    if len(held) < 2:
        return ""
    size = sum(len(line.text) for line in held)
    if sum(line.linked for line in held) > DENSE * size:
        return "link list"
    return ""


def _is_frame(held: Sequence[Line]) -> bool:
    """Whether a header is the site's rather than the article's: no heading, no prose."""
    return not any(line.kind == "heading" or is_prose(line) for line in held)


def _teaser_lists(
    groups: dict[HtmlElement, list[int]], lines: Sequence[Line], most: int
) -> Iterator[HtmlElement]:
    """Siblings of one shape, three or more, each a linked title with a little text around it.

    Longer ones that hold more than ``most`` characters outside links are the article itself:
    a list of things, each with a linked name.
    """
    families: dict[tuple[object, ...], list[HtmlElement]] = {}
    for element, places in groups.items():
        if len(places) >= 2 and _is_teaser([lines[place] for place in places]):
            families.setdefault((element.getparent(), element.tag), []).append(element)
    for members in families.values():
        held = sum(lines[place].own for element in members for place in groups[element])
        if len(members) >= TEASERS and (held <= most or held <= SUMMARY * len(members)):
            yield from members


def _is_teaser(held: Sequence[Line]) -> bool:
    size = sum(len(line.text) for line in held)
    linked = sum(line.linked for line in held)
    titled = any(is_link_line(line) and len(line.text) >= 15 for line in held[:3])
    return titled and size <= LONGEST_TEASER and linked >= 0.1 * size


def _labels(lines: Sequence[Line], body: Sequence[int], found: dict[int, str]) -> Iterator[int]:
    """Short lines right before two or more links: "Tin liên quan" by its place."""
    for place in body:
        line = lines[place]
        if place in found or is_prose(line) or len(line.text) > LABEL:
            continue
        if all(found.get(after) in ("all link", "link list") for after in (place + 1, place + 2)):
            yield place
