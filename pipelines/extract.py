"""What the article on a page says: tree → fields. Pure.

First the parts are located (by the site's selectors where it names them, else by structure),
then each is read. Whoever knows a layout better may locate them otherwise: reading stays.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from crawlers.outline import INLINE, Line, outline
from crawlers.page import Page
from crawlers.selection import select
from crawlers.site import Site
from crawlers.structured import Structured, read_structured, text_of
from pipelines.article import Article, Block, BlockKind
from pipelines.body import Body, body_at, find_body
from pipelines.captions import Surroundings
from pipelines.fitting import Fit, Sheet, fit
from pipelines.headline import Headline, find_title, once
from pipelines.lead import find_lead
from pipelines.metadata import (
    marked,
    near_lines,
    read_author,
    read_canonical,
    read_dates,
    read_language,
    read_tags,
    start_of,
)
from pipelines.noise import NOTHING_KNOWN, Memory, line_rule, without_prefix
from pipelines.normalise import clean, comparable
from pipelines.profile import NO_PROFILE, Part, Profile
from pipelines.sift import sift
from pipelines.stretches import inside

MOST_NAMED = 50
"""Elements of a selector that are read for one field."""
LONGEST_NAME = 200
BEFORE = 20
"""Lines before the text among which a byline is looked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Where the parts of an article stand among the lines of its page."""

    title: Headline
    lead: Sequence[int]
    body: Body
    captions: Sequence[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """An article and what was left out of its text: rule → number of lines.

    ``layout`` is the number of the profile's layout that fitted, ``missing`` what the page
    lacks of it, ``places`` where the parts stand among the page's lines (``sheet``).
    """

    article: Article
    removed: Counter[str]
    sheet: Sheet
    places: Places
    layout: int | None = None
    missing: tuple[Part, ...] = ()


def extract(
    tree: HtmlElement,
    page: Page,
    site: Site,
    memory: Memory = NOTHING_KNOWN,
    recipe: str = "",
    lines: Sequence[Line] | None = None,
    profile: Profile = NO_PROFILE,
    structured: Structured | None = None,
) -> Extraction:
    """Reads the article on ``page``, whose parsed body is ``tree``; the tree is not changed.

    ``lines`` is the tree's outline and ``structured`` what it tells machines, where the caller
    has them already.
    """
    structured = structured or read_structured(tree)
    names = site_names(structured, site)
    lines = without_noise(tree, outline(tree) if lines is None else lines, site)
    sheet = Sheet(tree=tree, lines=lines, structured=structured, names=names)
    fitted = fit(profile, sheet)
    known = fitted if isinstance(fitted, Fit) else None
    title = _selected_title(tree, lines, site) or (
        known.title if known else find_title(lines, structured, tree, names)
    )
    if known is None:
        lines, title = once(lines, title)
    places = locate(tree, lines, structured, site, title, known)
    extraction = _read(tree, lines, structured, places, page, site, names, memory, recipe)
    return replace(
        extraction,
        layout=known.number if known else None,
        missing=() if isinstance(fitted, Fit) else fitted,
    )


def site_names(structured: Structured, site: Site) -> tuple[str, ...]:
    """The names under which the site speaks of itself."""
    host = urlsplit(site.home).hostname or ""
    publisher = (structured.article or {}).get("publisher")
    told = (structured.first_meta("og:site_name"), text_of(publisher))
    names = (site.title, *told, host, host.removeprefix("www."))
    return tuple(dict.fromkeys(name for name in names if 0 < len(name) <= LONGEST_NAME))


def without_noise(tree: HtmlElement, lines: Sequence[Line], site: Site) -> Sequence[Line]:
    """The page's lines without what the site's noise rules select."""
    selectors = [rule.selector for rule in site.noise if rule.selector is not None]
    dropped = {gone for selector in selectors for gone in inside(select(tree, (selector,)))}
    return tuple(line for line in lines if line.element not in dropped) if dropped else lines


def locate(
    tree: HtmlElement,
    lines: Sequence[Line],
    structured: Structured,
    site: Site,
    title: Headline,
    known: Fit | None = None,
) -> Places:
    """Finds the parts; the site's selectors win where they find anything, then its profile."""
    elements = select(tree, site.selectors.body)
    body = body_at(lines, elements, title.place) if elements else Body(container=None, chaff={})
    if not body.places:
        body = known.body if known else find_body(tree, lines, title.place)
    lead: Sequence[int] = _in_elements(lines, select(tree, site.selectors.lead))
    if not lead and known:
        lead = known.lead
    if not lead and (text := body.text_places):
        found = find_lead(lines, structured, title.place, text, body.container)
        lead = [] if found is None else [found]
    return Places(
        title=title,
        lead=lead,
        body=body,
        captions=_captions(tree, lines, title.place, lead, body, site),
    )


def _selected_title(tree: HtmlElement, lines: Sequence[Line], site: Site) -> Headline | None:
    elements = select(tree, site.selectors.title)[:1]
    places = _in_elements(lines, elements)
    text = " ".join(map(_shown, elements))
    return Headline(text=text, place=places[0] if places else None) if text else None


def _in_elements(lines: Sequence[Line], elements: Sequence[HtmlElement]) -> list[int]:
    """The places of the lines in these elements; of an inline one, the line that it is in."""
    held = inside(elements)
    inline = [element for element in elements if element.tag in INLINE]
    texts = {_block_of(element): _shown(element) for element in inline[:MOST_NAMED]}
    return [
        place
        for place, line in enumerate(lines)
        if line.element in held or (texts and texts.get(line.element, "\0") in line.text)
    ]


def _shown(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())


def _named(tree: HtmlElement, selectors: Sequence[str]) -> list[str]:
    return [start_of(element) for element in select(tree, selectors)[:MOST_NAMED]]


def _block_of(element: HtmlElement) -> HtmlElement | None:
    return next((above for above in element.iterancestors() if above.tag not in INLINE), None)


def _captions(
    tree: HtmlElement,
    lines: Sequence[Line],
    title: int | None,
    lead: Sequence[int],
    body: Body,
    site: Site,
) -> list[int]:
    named = _in_elements(lines, select(tree, site.selectors.captions))
    if named or not body.places or body.container is None:
        return named
    start = body.places[0] if title is None else min(title + 1, body.places[0])
    surroundings, told = Surroundings(body.container), frozenset(lead)
    return [
        place
        for place in range(start, body.places[-1] + 1)
        if place not in body.chaff
        and lines[place].link_share <= 0.5
        and place not in told
        and surroundings.is_caption(lines[place], inside=place >= body.places[0])
        and not line_rule(lines[place].text)
    ]


def _read(
    tree: HtmlElement,
    lines: Sequence[Line],
    structured: Structured,
    places: Places,
    page: Page,
    site: Site,
    names: Sequence[str],
    memory: Memory,
    recipe: str,
) -> Extraction:
    title = clean(places.title.text)
    apart = {*places.lead, *places.captions}
    sifted = sift(lines, places.body, apart, title, names, site.noise, memory)
    lead = without_prefix(clean(" ".join(lines[place].text for place in places.lead)), site.noise)
    blocks = _blocks(lines, sifted.kept, places.body, site, with_prefix=not lead)
    named = _named(tree, site.selectors.published)
    first = places.body.places[0] if places.body.places else None
    telling = marked(tree)
    near = near_lines(lines, places.title.place, first)
    dates = read_dates(tree, structured, page, site, near, named, telling)
    authors = _named(tree, site.selectors.author)
    article = Article(
        site=site.name,
        url=page.url,
        title=title,
        lead=lead,
        blocks=blocks,
        captions=_once(lines[place].text for place in places.captions),
        author=read_author(structured, authors, names, telling, _before_text(lines, places)),
        published_at=dates.published_at,
        modified_at=dates.modified_at,
        language=read_language(tree, structured, " ".join(block.text for block in blocks)),
        tags=read_tags(structured),
        canonical=read_canonical(tree, page),
        recipe=recipe,
    )
    sheet = Sheet(tree=tree, lines=lines, structured=structured, names=names)
    return Extraction(article=article, removed=sifted.removed, sheet=sheet, places=places)


def _before_text(lines: Sequence[Line], places: Places) -> Sequence[Line]:
    """The few lines between title and text that are no part of it."""
    title, text = places.title.place, places.body.text_places
    if title is None or not text:
        return ()
    apart = {*text, *places.lead, *places.captions}
    between = range(max(title + 1, text[0] - BEFORE), text[0])
    return [lines[place] for place in between if place not in apart]


def _blocks(
    lines: Sequence[Line], kept: Sequence[int], body: Body, site: Site, *, with_prefix: bool
) -> tuple[Block, ...]:
    if body.foreign:
        foreign = (clean(text) for text in body.foreign)
        return tuple(Block(text=text) for text in foreign if text and not line_rule(text))
    texts = [lines[place].text for place in kept]
    if texts and with_prefix:
        texts[0] = without_prefix(texts[0], site.noise)
    kinds = [_kind(lines[place]) for place in kept]
    return tuple(
        Block(text=text, kind=kind) for text, kind in zip(texts, kinds, strict=True) if text
    )


def _kind(line: Line) -> BlockKind:
    return "paragraph" if line.kind == "caption" else line.kind


def _once(texts: Iterable[str]) -> tuple[str, ...]:
    """Each text once: some portals print every caption twice."""
    return tuple({comparable(text): text for text in texts if text}.values())
