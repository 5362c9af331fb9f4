"""Learning a site's layouts from some of its articles (wrapper induction). Pure.

The pages are read by structure first; a layout is learned where at least three of them agree
on where title and text stand, and where reading by it says what the reading by structure said.
So a profile repeats what is right most of the time, steadily and without trafilatura.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from crawlers.markup import Unparsable, parse
from crawlers.outline import outline
from crawlers.page import Page
from crawlers.recognise import recognise, recognise_bytes
from crawlers.similarity import alike, words
from crawlers.site import Site
from pipelines.extract import Extraction, extract
from pipelines.fingerprint import Fingerprints, fingerprints
from pipelines.fitting import Fit, fit
from pipelines.profile import MOST_LAYOUTS, NO_PROFILE, Layout, Profile
from pipelines.shapes import Shape, shape_of, shared

FEWEST = 3
"""Pages with a text of their own that must agree. A container that one page tells is another
one on 30 of 100 others, of two pages on none; a third tells what paragraphs look like."""
MOST_PAGES = 12
SAME_TEXT = 0.7
"""How alike two readings of a page are that differ in a little."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Example:
    """A page of an article, read by structure."""

    page: Page
    site: Site
    extraction: Extraction
    prints: Fingerprints
    title: Shape
    body: Shape


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """A layout with the examples that it reads alike, and how many it reads otherwise."""

    layout: Layout
    alike: tuple[Example, ...]
    otherwise: int

    @property
    def holds(self) -> bool:
        return len(
            {each.prints.body for each in self.alike}
        ) >= FEWEST and 3 * self.otherwise <= len(self.alike)


def learn(pages: Sequence[Page], site: Site, former: Profile = NO_PROFILE) -> Profile | None:
    """What ``pages``, each another article of ``site``, have in common, under the next number.

    Layouts of ``former`` are kept behind the new ones, for the pages stored under them.
    None when there is nothing to learn, or nothing new.
    """
    examples = [found for page in pages[:MOST_PAGES] if (found := _example(page, site))]
    layouts = tuple(_layouts(examples))
    kept = (old for old in former.layouts if not _is_among(old, layouts) and _spares(old, examples))
    together = (*layouts, *kept)[:MOST_LAYOUTS]
    if not layouts or together == former.layouts:
        return None
    return Profile(number=former.number + 1, layouts=together)


def _example(page: Page, site: Site) -> Example | None:
    """The page read by structure, if it is an article whose parts stand somewhere."""
    if recognise_bytes(page) is not None:
        return None
    try:
        tree = parse(page.body, page.content_type)
    except Unparsable:
        return None
    lines = outline(tree)
    if recognise(page, site, tree, lines).kind != "article":
        return None
    extraction = extract(tree, page, site, lines=lines)
    places = extraction.places
    if places.title.place is None or places.body.container is None or not places.body.places:
        return None
    title = shape_of(extraction.sheet.lines[places.title.place].element)
    body = shape_of(places.body.container)
    if title is None or body is None:
        return None
    prints = fingerprints(extraction.article)
    return Example(
        page=page, site=site, extraction=extraction, prints=prints, title=title, body=body
    )


def _layouts(examples: Sequence[Example]) -> Iterator[Layout]:
    """The layouts that hold, each learned from what the former ones leave."""
    left = list(examples)
    for _ in range(MOST_LAYOUTS):
        trials = [trial for trial in map(_refined, _drafts(left, examples)) if trial.holds]
        if not trials:
            return
        best = max(trials, key=lambda trial: len(trial.alike) - trial.otherwise)
        yield _with_lead(best)
        left = [example for example in left if example not in best.alike]


def _drafts(left: Sequence[Example], examples: Sequence[Example]) -> Iterator[Trial]:
    """A layout per pair of places of title and text."""
    for title, body in Counter((each.title.path, each.body.path) for each in left):
        titles = [each.title for each in left if each.title.path == title]
        bodies = [each.body for each in left if each.body.path == body]
        marked = shared(bodies) if len(bodies) > 1 else Shape(path=body)
        yield _tried(Layout(title=shared(titles), body=marked), left, examples)


def _refined(draft: Trial) -> Trial:
    """The names that stand on all pages which the draft reads well, rather than on some."""
    if not draft.holds:
        return draft
    fits = [found for each in draft.alike if (found := _fit(draft.layout, each))]
    bodies = [shape for each in fits if (shape := shape_of_container(each))]
    titles = [each.title for each in draft.alike if each.title.path == draft.layout.title.path]
    layout = Layout(title=shared(titles), body=shared(bodies))
    return _tried(layout, draft.alike, draft.alike, otherwise=draft.otherwise)


def shape_of_container(found: Fit) -> Shape | None:
    return None if found.body.container is None else shape_of(found.body.container)


def _tried(
    layout: Layout, left: Sequence[Example], examples: Sequence[Example], *, otherwise: int = 0
) -> Trial:
    same: list[Example] = []
    for each in examples:
        if _fit(layout, each) is None:
            continue
        prints = fingerprints(_read(layout, each).article)
        if _parts(prints) == _parts(each.prints):
            same += [each] if each in left else []
        else:
            otherwise += 1
            if not _is_nearly(layout, each):
                return Trial(layout=layout, alike=(), otherwise=otherwise)
    return Trial(layout=layout, alike=tuple(same), otherwise=otherwise)


def _parts(prints: Fingerprints) -> tuple[str, ...]:
    return prints.title, prints.lead, prints.body, prints.captions


def _is_nearly(layout: Layout, example: Example) -> bool:
    """Whether a layout reads much the same text, so that none of the two is far off."""
    one, other = _read(layout, example).article, example.extraction.article
    same_text = alike(words(one.text), words(other.text)) >= SAME_TEXT
    return same_text and alike(words(one.title), words(other.title)) >= SAME_TEXT


def _fit(layout: Layout, example: Example) -> Fit | None:
    found = fit(Profile(number=1, layouts=(layout,)), example.extraction.sheet)
    return found if isinstance(found, Fit) else None


def _read(layout: Layout, example: Example) -> Extraction:
    sheet = example.extraction.sheet
    profile = Profile(number=1, layouts=(layout,))
    return extract(sheet.tree, example.page, example.site, lines=sheet.lines, profile=profile)


def _with_lead(trial: Trial) -> Layout:
    """The layout with the place of the lead, where it finds every lead that is known."""
    told = [(each, shape) for each in trial.alike if (shape := _lead_shape(each))]
    paths = Counter(shape.path for _, shape in told).most_common(1)
    if not paths or paths[0][1] < FEWEST:
        return trial.layout
    lead = shared([shape for _, shape in told if shape.path == paths[0][0]])
    layout = replace(trial.layout, lead=lead)
    read = [(each, fingerprints(_read(layout, each).article)) for each in trial.alike]
    if any(_parts(prints) != _parts(each.prints) for each, prints in read if each.prints.lead):
        return trial.layout
    more = sum(bool(prints.lead) for each, prints in read if not each.prints.lead)
    return layout if more <= len(told) else trial.layout


def _lead_shape(example: Example) -> Shape | None:
    lead = example.extraction.places.lead
    return shape_of(example.extraction.sheet.lines[lead[0]].element) if lead else None


def _is_among(layout: Layout, layouts: Iterable[Layout]) -> bool:
    """Whether one of ``layouts`` has title and text at the same place."""
    return any(
        (each.title.path, each.body.path) == (layout.title.path, layout.body.path)
        and (each.title.marks, each.body.marks) == (layout.title.marks, layout.body.marks)
        for each in layouts
    )


def _spares(layout: Layout, examples: Sequence[Example]) -> bool:
    """Whether a former layout leaves today's pages alone, or reads them well."""
    return not _tried(layout, examples, examples).otherwise
