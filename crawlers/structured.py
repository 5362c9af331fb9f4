"""What a page says about itself for machines: JSON-LD and meta elements. Pure, tolerant."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lxml.html import HtmlElement

from crawlers.plain import clean, unescaped

ARTICLE_TYPES = frozenset(
    [
        "article",
        "newsarticle",
        "reportagenewsarticle",
        "analysisnewsarticle",
        "opinionnewsarticle",
        "backgroundnewsarticle",
        "reviewnewsarticle",
        "liveblogposting",
        "blogposting",
        "socialmediaposting",
        "report",
        "satiricalarticle",
        "advertisercontentarticle",
        "scholarlyarticle",
        "techarticle",
    ]
)
LONGEST_SCRIPT = 500_000
LONGEST_TEXT = 2_000
"""Characters of one text that a page tells machines; what follows is cut."""
DEEPEST = 12
NAMING = ("property", "name", "itemprop")
"""Attributes of a meta element that say what it tells."""

_CONTROL = re.compile(r"[\x00-\x1f]+")
_TRAILING_COMMA = re.compile(r",\s*(?=[}\]])")
_WRAPPING = re.compile(
    r"^(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>)$"  # of stripped text
)

Thing = Mapping[str, Any]
"""One JSON-LD object."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Structured:
    """``things``: every JSON-LD object of the page; ``meta``: lower-case name → contents."""

    things: tuple[Thing, ...]
    meta: Mapping[str, tuple[str, ...]]

    @property
    def article(self) -> Thing | None:
        """The first object that is an article and says more than its type."""
        for thing in self.things:
            if is_article(thing) and (thing.get("headline") or thing.get("datePublished")):
                return thing
        return None

    def first_meta(self, *names: str) -> str:
        for name in names:
            for content in self.meta.get(name, ()):
                if content:
                    return content
        return ""


def read_structured(tree: HtmlElement) -> Structured:
    telling = list(tree.iter("script", "meta"))
    return Structured(things=tuple(_things(telling)), meta=_meta(telling))


def is_article(thing: Thing) -> bool:
    return any(name in ARTICLE_TYPES for name in types(thing))


def types(thing: Thing) -> tuple[str, ...]:
    """The names of a thing's types, lower case, without ``http://schema.org/``."""
    named = thing.get("@type")
    names = named if isinstance(named, list) else [named]
    return tuple(name.rsplit("/", 1)[-1].lower() for name in names if isinstance(name, str))


def text_of(value: Any, depth: int = DEEPEST) -> str:
    """The first text in a JSON-LD value: a string, a thing's name, or a list of these.

    Some portals escape their titles twice; both layers are undone. At most LONGEST_TEXT
    characters, from at most ``depth`` levels.
    """
    if isinstance(value, str):
        return clean(unescaped(unescaped(value[:LONGEST_TEXT])))
    if depth == 0:
        return ""
    if isinstance(value, dict):
        return text_of(value.get("name") or value.get("@value") or "", depth - 1)
    if isinstance(value, list):
        return next((text for part in value if (text := text_of(part, depth - 1))), "")
    return ""


def texts_of(value: Any) -> tuple[str, ...]:
    """All texts in a JSON-LD value."""
    values = value if isinstance(value, list) else [value]
    return tuple(text for text in map(text_of, values) if text)


def _things(telling: Iterable[HtmlElement]) -> Iterator[Thing]:
    for script in telling:
        if script.tag != "script":
            continue
        kind = (script.get("type") or "").split(";")[0].strip().lower()
        if kind == "application/ld+json" and script.text and len(script.text) <= LONGEST_SCRIPT:
            yield from _unfold(_loads(script.text), DEEPEST)


def _loads(text: str) -> Any:
    """The value of a JSON-LD script; None when it cannot be mended."""
    text = _WRAPPING.sub("", text.strip().rstrip("; \t\r\n"))
    for attempt in (text, _TRAILING_COMMA.sub("", _CONTROL.sub(" ", text)).strip().rstrip(";")):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _unfold(value: Any, depth: int) -> Iterator[Thing]:
    """The things in ``value``: lists and ``@graph`` opened, pages' main entities too."""
    if depth == 0:
        return
    if isinstance(value, list):
        for part in value:
            yield from _unfold(part, depth - 1)
    elif isinstance(value, dict):
        yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _unfold(value.get(key), depth - 1)


def _meta(telling: Iterable[HtmlElement]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for element in telling:
        if element.tag != "meta":
            continue
        names = [name.strip().lower() for each in NAMING if (name := element.get(each))]
        if names:
            content = clean((element.get("content") or "")[:LONGEST_TEXT])
        for name in filter(None, names):
            found.setdefault(name, []).append(content)
    return {name: tuple(contents) for name, contents in found.items()}
