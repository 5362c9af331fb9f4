"""Differences and pictures as inert HTML, usable in any page.

Everything is escaped by Jinja; there is no script, no style attribute and nothing loaded, so
that a page may forbid all of it.
"""

from collections.abc import Iterator, Sequence
from functools import partial
from importlib.resources import files
from itertools import accumulate, groupby
from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from monitor.render.addresses import web_address
from monitor.render.digest import counts
from monitor.render.language import Language, direction_of, language_of
from monitor.render.link_items import (
    GROUPS,
    MOST_ITEMS,
    item_lines,
    items_of,
    left_line,
    older_line,
)
from monitor.render.link_words import FOLLOWED, NOTES, drift_words, facts_text
from monitor.render.picture import DayCount, drawing
from monitor.render.pieces import ShownBlock
from monitor.render.shown import Shown, show
from monitor.render.words import ALL_LEFT_OUT, FIELD_NAMES, LEFT_OUT
from pipelines.article import Article, Block

MAX_TITLE: Final = 400
MAX_TEXT: Final = 8_000
MAX_BODY: Final = 60_000
"""Characters of a heading, a paragraph, a whole text; so many more are told as a number."""
FOLD_LEAST: Final = 8
"""Words of a middle that is not worth unfolding: it is shown."""
FOUND_IN_SIGHT: Final = 10
"""New copies and translations that a page shows at once; more are unfolded."""
__all__ = ["STYLES", "DayCount", "day_picture", "difference_html", "shown_html"]

STYLES: Final = (files("monitor.render") / "templates" / "difference.css").read_text("utf-8")
"""What :func:`difference_html` and :func:`day_picture` look like. Light, and dark where the page
says ``color-scheme: light dark``."""


def difference_html(before: Article, after: Article, *, language: str = "en") -> Markup:
    """What differs between two readings; an empty difference is an empty box.

    ``language`` is that of the interface. Raises ValueError for one that is not spoken.
    """
    return shown_html(show(before, after), article_language=after.language, language=language)


def shown_html(shown: Shown, *, article_language: str, language: str = "en") -> Markup:
    """The fragment of a difference that was worked out already."""
    return render(
        "difference.html",
        language,
        shown=shown,
        left_out=LEFT_OUT,
        all_left_out=ALL_LEFT_OUT,
        attributes=attributes(article_language),
    )


def day_picture(days: Sequence[DayCount], *, language: str = "en", of: str = "") -> Markup:
    """New articles and changes by day as an inline SVG; nothing for no days.

    ``of`` sets pictures of one page apart: whose days they are.
    """
    if not days:
        return Markup()
    return render("picture.svg", language, **drawing(days, language_of(language), of=of))


def render(template: str, code: str, **values: Any) -> Markup:
    """A template of ours, filled; ``code`` is the interface's language."""
    said = language_of(code)
    filled = _environment.get_template(template).render(
        say=said.say,
        put=partial(_put, said),
        count=said.count,
        number=said.number,
        time=said.time,
        published=said.published,
        code=said.code,
        direction=said.direction,
        fold_least=FOLD_LEAST,
        field_names=FIELD_NAMES,
        **_of_links(said),
        **values,
    )
    return Markup(filled)  # noqa: S704 - what Jinja escaped


def _of_links(said: Language) -> dict[str, Any]:
    """What ``links.html`` needs, which other templates import."""
    return {
        "attributes_of": attributes,
        "note_words": NOTES,
        "followed": lambda at: said.say(FOLLOWED, time=said.time(at)),
        "drift_words": drift_words,
        "facts_text": lambda facts: facts_text(facts, said),
        "group_words": GROUPS,
        "items_of": items_of,
        "item_lines": lambda item: item_lines(item, said, said.time),
        "left_line": lambda items: left_line(items, MOST_ITEMS, said),
        "older_line": lambda news: older_line(news, said),
        "most_items": MOST_ITEMS,
        "in_sight": FOUND_IN_SIGHT,
    }


def _put(said: Language, words: str, **values: object) -> Markup:
    """An interface text whose places are filled with markup, or with text that is escaped."""
    return escape(said.catalog.gettext(words)).format(**values)


def attributes(code: str) -> Markup:
    """``lang`` and ``dir`` of a text in the language that its page claims."""
    told = direction_of(code).items()
    return Markup("").join(Markup(' {}="{}"').format(name, value) for name, value in told)


def _runs(blocks: Sequence[ShownBlock]) -> Iterator[tuple[bool, list[ShownBlock]]]:
    """Neighbouring paragraphs that stayed together, and those between them."""
    for same, run in groupby(blocks, key=lambda block: block.op == "equal"):
        yield same, list(run)


def _text(text: str) -> str:
    """A text as far as a page can bear it."""
    return text if len(text) <= MAX_TEXT else f"{text[:MAX_TEXT]}… (+{len(text) - MAX_TEXT})"


def _short(text: str) -> str:
    """A title as far as a heading can bear it."""
    return text if len(text) <= MAX_TITLE else f"{text[:MAX_TITLE]}… (+{len(text) - MAX_TITLE})"


def _first_blocks(blocks: Sequence[Block]) -> Sequence[Block]:
    sizes = accumulate(min(len(block.text), MAX_TEXT) for block in blocks)
    return blocks[: sum(size <= MAX_BODY for size in sizes)]


_environment: Final = Environment(
    loader=PackageLoader("monitor.render", "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=False,
    auto_reload=False,
)
_environment.filters.update(
    runs=_runs,
    web_address=web_address,
    counts=counts,
    text=_text,
    short=_short,
    first_blocks=_first_blocks,
    left_blocks=lambda blocks: len(blocks) - len(_first_blocks(blocks)),
)
