"""Strict YAML → Platform: what portals on one content management system have in common.

``python -m crawlers.platformfile`` prints the JSON schema for editors.
"""

import json
import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, Final, Literal
from urllib.parse import urljoin

from pydantic import AfterValidator, BaseModel, Field, ValidationError

from crawlers.site import ArticleAddress, NoiseRule, Pattern, Selectors, StrictModel
from crawlers.strictyaml import YamlError, read_keys
from crawlers.wrongkeys import explained

_LISTS: Final = ("articles", "not_articles", "sources", "noise")
_PLAIN: Final = ("languages", "delay", "requests_per_hour")


class PlatformError(ValueError):
    """A platform file cannot be used; the message names file, key and remedy."""

    def __init__(self, path: Path, problem: str) -> None:
        super().__init__(f"{path}: {problem}")
        self.path = path


def _path(value: str) -> str:
    if not value.startswith("/") or value.startswith("//"):
        raise ValueError(f"{value!r} is no path of a portal; write it like /rss/home.rss")
    return value


def _next_path(value: str) -> str:
    if value and "{page}" not in value:
        raise ValueError(f"{value!r} does not say where the page's number goes; write {{page}}")
    return _path(value) if value else value


class SourcePath(StrictModel):
    """A place that lists addresses of articles, on the site's home."""

    path: Annotated[str, AfterValidator(_path)]
    kind: Literal["feed", "sitemap", "listing"]
    pages: int = Field(default=1, ge=1, le=50, description="listing pages to read at most")
    next_path: Annotated[str, AfterValidator(_next_path)] = Field(
        default="", description="path of a further page, with {page} for its number"
    )
    note: str = ""


class Platform(StrictModel):
    """What holds for the sites that name it, where their files do not say otherwise.

    Lists of rules are the site's followed by the platform's; anything else is the site's, if
    its file says it.
    """

    title: str = Field(min_length=1)
    why: str = Field(min_length=1, description="what speaks for one system behind these portals")
    languages: tuple[str, ...] = ()
    articles: tuple[ArticleAddress, ...] = ()
    not_articles: tuple[Pattern, ...] = Field(default=(), description="paths that only look so")
    sources: tuple[SourcePath, ...] = ()
    selectors: Selectors = Selectors()
    noise: tuple[NoiseRule, ...] = ()
    delay: float | None = Field(default=None, ge=1.0, description="seconds between requests")
    requests_per_hour: int | None = Field(default=None, ge=1, le=3600)
    note: str = ""


def load_platform(path: Path) -> Platform:
    """The platform that the file describes; raises PlatformError."""
    try:
        return Platform.model_validate(read_keys(path))
    except YamlError as error:
        raise PlatformError(path, str(error)) from error
    except ValidationError as error:
        raise PlatformError(path, explained(error, Platform, _MODELS)) from error


def with_platform(content: Mapping[str, Any], platform: Platform) -> dict[str, Any]:
    """The keys of a site's file, and after them what the platform adds, as plain values.

    What the file says is not checked here; where it is no list or no address, it stays as it is.
    """
    given = platform.model_dump(exclude_unset=True)
    if isinstance(home := content.get("home"), str):
        given["sources"] = [_on(home, source) for source in given.get("sources", ())]
    merged = {key: given[key] for key in _PLAIN if key in given} | dict(content)
    for key in _LISTS:
        merged |= _joined(key, merged.get(key, []), given.get(key, ()))
    selectors = merged.get("selectors", {})
    if isinstance(selectors, dict) and (theirs := given.get("selectors")):
        parts = [_joined(key, selectors.get(key, []), theirs[key]) for key in theirs]
        merged["selectors"] = dict(selectors) | {k: v for part in parts for k, v in part.items()}
    return merged


def with_forms(predecessor: Mapping[str, Any], platform: Platform) -> dict[str, Any]:
    """The keys of a predecessor, and after its own forms of addresses the platform's.

    Those know no ``id``: that a successor kept the numbers, only a form of its own can say.
    """
    theirs = [
        {**form, "path": _without_id(form["path"])}
        for form in platform.model_dump(exclude_unset=True).get("articles", ())
    ]
    return {**predecessor, **_joined("articles", predecessor.get("articles", []), theirs)}


def _without_id(pattern: str) -> str:
    """The pattern, its group ``id`` without a name; what refers to it does so by its number."""
    number = re.compile(pattern).groupindex.get("id")
    for named, plain in (
        ("(?P<id>", "("),
        ("(?P=id)", rf"(?:\{number})"),
        ("(?(id)", f"(?({number})"),
    ):
        pattern = pattern.replace(named, plain)
    return pattern


def schema() -> str:
    """The JSON schema of a platform file, as ``config/platform.schema.json`` holds it."""
    return json.dumps(Platform.model_json_schema(), indent=2, ensure_ascii=False) + "\n"


def _joined(key: str, own: object, theirs: Sequence[Any]) -> dict[str, Any]:
    if not isinstance(own, list) or not theirs:
        return {}
    return {key: [*own, *(one for one in theirs if one not in own)]}


def _on(home: str, source: Mapping[str, Any]) -> dict[str, Any]:
    """A source of a platform as one of the site with that home."""
    address = {key: value for key, value in source.items() if key not in ("path", "next_path")}
    address["url"] = urljoin(home, source["path"])
    if source.get("next_path"):
        address["next_page"] = urljoin(home, source["next_path"])
    return address


_MODELS: Final[Mapping[str, type[BaseModel]]] = {
    "articles": ArticleAddress,
    "sources": SourcePath,
    "selectors": Selectors,
    "noise": NoiseRule,
}

if __name__ == "__main__":
    sys.stdout.write(schema())
