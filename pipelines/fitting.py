"""Which layout of a site's profile fits a page, and where the parts stand then. Pure.

A wrong container is worse than none: a layout fits only where title and text stand as it has
them and no rival holds the text of the page.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from lxml.html import HtmlElement

from crawlers.outline import Line, holder, is_prose
from crawlers.structured import Structured
from pipelines.body import Body, body_in
from pipelines.headline import Headline, find_title
from pipelines.lead import FAR, LEAD_FROM
from pipelines.noise import is_site_name
from pipelines.profile import Layout, Part, Profile
from pipelines.shapes import elements_at

MOST_CANDIDATES = 40
LITTLE = 40
"""Characters of prose below which a container is empty."""
MOST_BESIDE = 3.0
"""Prose of the greatest rival, in times of that in a container with the right names."""
MOST_BESIDE_NAMELESS = 0.5
"""The same for a container at the right place under other names."""
NEARLY_ALL = 0.8


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """The parts of a page as a layout (``number`` in the profile, from 0) has them."""

    number: int
    title: Headline
    body: Body
    lead: tuple[int, ...]
    prose: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A page that layouts are tried on; ``names`` are the site's own."""

    tree: HtmlElement
    lines: Sequence[Line]
    structured: Structured
    names: Sequence[str]


def fit(profile: Profile, sheet: Sheet) -> Fit | tuple[Part, ...]:
    """The fit of the first layout that has about as much of the text as any.

    Where none fits, the parts that a page of the site lacks: its title stands where a layout
    has it and its container is empty, or the other way round.
    """
    found = [_try(number, layout, sheet) for number, layout in enumerate(profile.layouts)]
    fits = [each for each in found if isinstance(each, Fit)]
    if not fits:
        return next((each for each in found if isinstance(each, tuple) and each), ())
    most = max(each.prose for each in fits)
    return next(each for each in fits if each.prose >= NEARLY_ALL * most)


def _try(number: int, layout: Layout, sheet: Sheet) -> Fit | tuple[Part, ...]:
    title, named = _title(layout, sheet)
    containers, marked = elements_at(sheet.tree, layout.body)
    if not containers or len(containers) > MOST_CANDIDATES:
        return ()
    held = _held(containers, sheet.lines)
    after = -1 if title is None or title.place is None else title.place
    prose = {each: _prose(sheet.lines, held[each], after) for each in containers}
    container = max(containers, key=prose.__getitem__)
    if title is None:
        return ("title",) if marked and prose[container] >= 10 * LITTLE else ()
    if prose[container] < LITTLE:
        return ("body",) if marked and named else ()
    beside = _most_beside(sheet.lines, held[container], after)
    others = max((prose[each] for each in containers if each is not container), default=0)
    most = MOST_BESIDE if marked and named else MOST_BESIDE_NAMELESS
    if beside > most * prose[container] or others > MOST_BESIDE_NAMELESS * prose[container]:
        return ()
    body = body_in(sheet.lines, container, title.place, held[container])
    lead = _lead(layout, sheet, title, body)
    return Fit(number=number, title=title, body=body, lead=lead, prose=prose[container])


def _title(layout: Layout, sheet: Sheet) -> tuple[Headline | None, bool]:
    """The title where the layout has it, and whether its element bears the right names."""
    elements, marked = elements_at(sheet.tree, layout.title)
    wanted = frozenset(elements)
    places = [place for place, line in enumerate(sheet.lines) if line.element in wanted]
    if len(places) > 1:
        lines = [sheet.lines[place] for place in places]
        told = find_title(lines, sheet.structured, sheet.tree, sheet.names).place
        places = [places[told or 0]]
    if not places or is_site_name(sheet.lines[places[0]].text, sheet.names):
        return None, False
    return Headline(text=sheet.lines[places[0]].text, place=places[0]), marked


def _held(
    containers: Iterable[HtmlElement], lines: Sequence[Line]
) -> Mapping[HtmlElement, Sequence[int]]:
    """Container → the places of the lines in it; no two containers are nested."""
    found: dict[HtmlElement, list[int]] = {container: [] for container in containers}
    above: dict[HtmlElement, HtmlElement | None] = {each: each for each in found}
    for place, line in enumerate(lines):
        way: list[HtmlElement] = []
        element: HtmlElement | None = line.element
        while element is not None and element not in above:
            way.append(element)
            element = element.getparent()
        container = None if element is None else above[element]
        above.update(dict.fromkeys(way, container))
        if container is not None:
            found[container].append(place)
    return found


def _prose(lines: Sequence[Line], places: Iterable[int], after: int) -> int:
    """Characters of prose at ``places`` behind the title at ``after``."""
    return sum(lines[place].own for place in places if place > after and is_prose(lines[place]))


def _most_beside(lines: Sequence[Line], held: Sequence[int], title: int) -> int:
    """Characters of prose in the greatest text outside: what one element holds of it."""
    holders = Counter(line.element for line in lines)
    inside = frozenset(held)
    beside: dict[HtmlElement, int] = defaultdict(int)
    for place, line in enumerate(lines):
        if place not in inside and place > title and is_prose(line):
            beside[holder(line, holders)] += line.own
    return max(beside.values(), default=0)


def _lead(layout: Layout, sheet: Sheet, title: Headline, body: Body) -> tuple[int, ...]:
    """The places of the lead's lines: those of one element between title and text."""
    if layout.lead is None or title.place is None:
        return ()
    elements, marked = elements_at(sheet.tree, layout.lead)
    if not marked:
        return ()
    wanted = frozenset(elements)
    found: list[int] = []
    for place in range(title.place + 1, min(body.places[0] + FAR, body.places[-1])):
        line = sheet.lines[place]
        if found and line.element is not sheet.lines[found[0]].element:
            break
        if line.element in wanted and line.link_share <= 0.5 and len(line.text) >= LEAD_FROM:
            found.append(place)
    return tuple(found)
