"""Which lines of a body remain: chaff, noise and what memory knows taken out. Pure."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from crawlers.outline import Line, is_prose
from crawlers.site import NoiseRule
from pipelines.body import Body
from pipelines.noise import (
    SENTENCE_ENDS,
    Memory,
    could_be_teaser,
    is_site_name,
    line_rule,
    site_rule,
)
from pipelines.normalise import comparable

LABEL = 60
TEASER_TITLES = frozenset({"all link", "title of another article"})
"""What may stand before the summary of another article."""
LINKS = frozenset({"all link", "link list", "teaser list"})
SECTIONS = 3
SECTION = 40
"""Characters up to which a line can name a section of the site."""
FIRST_PROSE = 60
"""Characters from which a line is long enough to tell a second printing by."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sifted:
    """``kept``: places of the lines that are the text; ``removed``: rule → lines taken out."""

    kept: tuple[int, ...]
    removed: Counter[str]


def sift(
    lines: Sequence[Line],
    body: Body,
    apart: Collection[int],
    title: str,
    names: Sequence[str],
    rules: Sequence[NoiseRule],
    memory: Memory,
) -> Sifted:
    """Takes from the body what is none of it; ``apart`` are fields of their own."""
    kept: dict[int, str] = {}  # place → comparable text
    removed: Counter[str] = Counter()
    told = {comparable(lines[place].text) for place in apart} | {comparable(title)}
    text_range = _text_range(lines, body)
    after_teaser = False
    for place in body.places:
        if place in apart:
            continue
        text = lines[place].text
        compared = comparable(text)
        in_text = place in text_range and lines[place].kind in ("list_item", "cell", "heading")
        rule = body.chaff.get(place) or (
            "said in another field"
            if compared in told
            else _rule(text, names, rules, memory, in_text=in_text)
        )
        if not rule and after_teaser and memory.is_known_lead(text):
            rule = "lead of another article"
        after_teaser = rule in TEASER_TITLES
        if rule:
            removed[rule] += 1
        elif text:
            kept[place] = compared
    late = {
        **dict(_outside(lines, tuple(kept))),
        **dict(_behind_links(lines, tuple(kept), body)),
        **dict(_again(kept)),
    }
    removed.update(late.values())
    return Sifted(kept=tuple(place for place in kept if place not in late), removed=removed)


def _text_range(lines: Sequence[Line], body: Body) -> range:
    """From the first to the last prose of the body."""
    prose = [place for place in body.places if place not in body.chaff and is_prose(lines[place])]
    return range(prose[0], prose[-1] + 1) if prose else range(0)


def _rule(
    text: str,
    names: Sequence[str],
    rules: Sequence[NoiseRule],
    memory: Memory,
    *,
    in_text: bool,
) -> str:
    if is_site_name(text, names):
        return "site name"
    if rule := site_rule(text, rules) or line_rule(text, in_text=in_text):
        return rule
    if could_be_teaser(text) and memory.is_known_title(text):
        return "title of another article"
    return ""


def _outside(lines: Sequence[Line], kept: Sequence[int]) -> Iterator[tuple[int, str]]:
    """Short lines with a figure and no sentence, before the first prose or after the last."""
    prose = [place for place in kept if is_prose(lines[place])]
    if not prose:
        return
    for place in kept:
        line = lines[place]
        if prose[0] <= place <= prose[-1] or line.kind in ("heading", "cell", "list_item"):
            continue
        figures = any(character.isdigit() for character in line.text)
        if figures and len(line.text) <= LABEL and not line.text.endswith(SENTENCE_ENDS):
            yield place, "figure outside the text"


def _behind_links(
    lines: Sequence[Line], kept: Sequence[int], body: Body
) -> Iterator[tuple[int, str]]:
    """Three labels or more behind links behind the last prose: the sections of a site."""
    prose = [place for place in kept if is_prose(lines[place])]
    if not prose:
        return
    last = prose[-1]
    links = [place for place, rule in body.chaff.items() if rule in LINKS and place > last]
    if not links:
        return
    behind = [place for place in kept if place > min(links)]
    shape = _shape(lines[last])
    if any(_shape(lines[place]) == shape for place in behind):
        return  # more of the text, whatever links stand there today
    if len(behind) >= SECTIONS and all(_is_label(lines[place]) for place in behind):
        yield from ((place, "label behind links") for place in behind)


def _shape(line: Line) -> tuple[object, object]:
    return line.element.tag, line.element.getparent()


def _is_label(line: Line) -> bool:
    short = line.kind == "paragraph" and len(line.text) <= SECTION
    return short and not line.text.endswith(SENTENCE_ENDS)


def _again(texts: Mapping[int, str]) -> Iterator[tuple[int, str]]:
    """The second printing of an article: what stood before, from its first prose on."""
    first = next((text for text in texts.values() if len(text) >= FIRST_PROSE), None)
    starts = [place for place, text in texts.items() if text == first]
    if len(starts) < 2:
        return
    before = {text for place, text in texts.items() if place < starts[1]}
    for place, text in texts.items():
        if place >= starts[1] and text in before:
            yield place, "printed twice"
