"""Strict YAML → Site. ``python -m crawlers.sitefile`` prints the JSON schema for editors."""

import difflib
import json
import re
import sys
from collections.abc import Hashable
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from crawlers.site import ArticleAddress, InsecureTls, NoiseRule, Selectors, Site, SourceFile

SITE_NAME = re.compile(r"[a-z][a-z0-9_]{1,39}")

_MODELS: dict[str, type[BaseModel]] = {
    "articles": ArticleAddress,
    "sources": SourceFile,
    "selectors": Selectors,
    "noise": NoiseRule,
    "insecure_tls": InsecureTls,
}


class SiteError(ValueError):
    """A site file cannot be used; the message names file, key and remedy."""

    def __init__(self, path: Path, problem: str) -> None:
        super().__init__(f"{path}: {problem}")
        self.path = path


class _StrictLoader(yaml.SafeLoader):
    """Refuses a key that is given twice, where YAML would silently keep the last."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if key.value in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"the key {key.value!r} is given twice", key.start_mark
                )
            seen.add(key.value)
        return super().construct_mapping(node, deep)


def load_site(path: Path) -> Site:
    """The site that the file describes; raises SiteError."""
    if not SITE_NAME.fullmatch(path.stem):
        raise SiteError(
            path,
            f"{path.stem!r} is no site name. Rename the file: lower-case ASCII letters, digits "
            "and underscores, a letter first, like baoninhbinh.yml.",
        )
    content = _read(path)
    if "name" in content:
        raise SiteError(path, "key 'name': a site is named by its file. Remove the key.")
    try:
        return Site.model_validate({"name": path.stem, **content})
    except ValidationError as error:
        raise SiteError(path, "; ".join(_explained(one) for one in error.errors())) from error


def load_sites(folder: Path) -> tuple[tuple[Site, ...], tuple[SiteError, ...]]:
    """Every site of a folder by name, and what is wrong with the others' files."""
    sites, errors = [], []
    for path in sorted(folder.glob("*.yml")):
        try:
            sites.append(load_site(path))
        except SiteError as error:
            errors.append(error)
    return tuple(sites), tuple(errors)


def schema() -> str:
    """The JSON schema of a site file, as ``config/site.schema.json`` holds it."""
    described = Site.model_json_schema()
    del described["properties"]["name"]
    described["required"].remove("name")
    return json.dumps(described, indent=2, ensure_ascii=False) + "\n"


def _read(path: Path) -> dict[str, Any]:
    try:
        content = yaml.load(path.read_text("utf-8"), Loader=_StrictLoader)  # noqa: S506 (is safe)
    except yaml.MarkedYAMLError as error:
        line = f"line {error.problem_mark.line + 1}: " if error.problem_mark else ""
        raise SiteError(path, f"{line}{error.problem}. Mend the YAML there.") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise SiteError(path, f"not readable as YAML in UTF-8: {error}") from error
    except OSError as error:
        raise SiteError(path, f"cannot be read: {error.strerror}") from error
    if not isinstance(content, dict):
        raise SiteError(path, "holds no keys. Start from another file of the folder.")
    return content


def _explained(error: ErrorDetails) -> str:
    place = [part for part in error["loc"] if not isinstance(part, str) or part not in _UNION_TAGS]
    key = ".".join(str(part) for part in place)
    if error["type"] == "extra_forbidden":
        return f"unknown key {key!r}. {_nearest(place)}"
    if error["type"] == "missing":
        return f"key {key!r} is missing. Add it."
    problem = error["msg"].removeprefix("Value error, ")
    given = "" if error["type"] == "value_error" else f" (given: {error['input']!r})"
    return f"key {key!r}: {problem}{given}" if key else problem


_UNION_TAGS = frozenset({"date", "literal[False]"})


def _nearest(place: list[str | int]) -> str:
    parents = [part for part in place[:-1] if isinstance(part, str)]
    model = _MODELS[parents[-1]] if parents else Site
    known = sorted(set(model.model_fields) - {"name"})
    near = difflib.get_close_matches(str(place[-1]), known, n=1)
    return f"Did you mean {near[0]!r}?" if near else f"Known keys: {', '.join(known)}."


if __name__ == "__main__":
    sys.stdout.write(schema())
