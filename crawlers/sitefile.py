"""Strict YAML → Site. ``python -m crawlers.sitefile`` prints the JSON schema for editors."""

import difflib
import json
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from crawlers.site import ArticleAddress, InsecureTls, NoiseRule, Selectors, Site, SourceFile
from crawlers.strictyaml import YamlError, read_keys

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
    """Every site of a folder by name, and what is wrong with the others' files.

    A host belongs to one site: two would ask it at once, each with a budget of its own.
    """
    sites: list[Site] = []
    errors: list[SiteError] = []
    owners: dict[str, str] = {}
    for path in sorted(folder.glob("*.yml")):
        try:
            site = load_site(path)
            _refuse_shared(path, site, owners)
        except SiteError as error:
            errors.append(error)
        else:
            sites.append(site)
            owners |= dict.fromkeys(site.all_hosts, site.name)
    return tuple(sites), tuple(errors)


def _refuse_shared(path: Path, site: Site, owners: Mapping[str, str]) -> None:
    if shared := min(site.all_hosts & owners.keys(), default=None):
        raise SiteError(
            path,
            f"{shared!r} is a host of {owners[shared]} already; name it in one file only, "
            "or the two would ask it at once",
        )


def schema() -> str:
    """The JSON schema of a site file, as ``config/site.schema.json`` holds it."""
    described = Site.model_json_schema()
    del described["properties"]["name"]
    described["required"].remove("name")
    return json.dumps(described, indent=2, ensure_ascii=False) + "\n"


def _read(path: Path) -> dict[str, Any]:
    try:
        return read_keys(path)
    except YamlError as error:
        raise SiteError(path, str(error)) from error


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
