"""Strict YAML → Site. ``python -m crawlers.sitefile`` prints the JSON schema for editors."""

import json
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pydantic import BaseModel, ValidationError

from crawlers.platformfile import Platform, PlatformError, load_platform, with_forms, with_platform
from crawlers.site import (
    ArticleAddress,
    Expect,
    InsecureTls,
    NoiseRule,
    Predecessor,
    Selectors,
    Site,
    SourceFile,
)
from crawlers.strictyaml import YamlError, read_keys
from crawlers.wrongkeys import explained

SITE_NAME = re.compile(r"[a-z][a-z0-9_]{1,39}")

_MODELS: dict[str, type[BaseModel]] = {
    "articles": ArticleAddress,
    "sources": SourceFile,
    "selectors": Selectors,
    "noise": NoiseRule,
    "insecure_tls": InsecureTls,
    "predecessors": Predecessor,
    "expect": Expect,
}


class SiteError(ValueError):
    """A site file cannot be used; the message names file, key and remedy."""

    def __init__(self, path: Path, problem: str) -> None:
        super().__init__(f"{path}: {problem}")
        self.path = path


def load_site(path: Path) -> Site:
    """The site that the file describes, with its platform's defaults; raises SiteError."""
    return _load_site(path, {})


def load_sites(folder: Path) -> tuple[tuple[Site, ...], tuple[SiteError, ...]]:
    """Every site of a folder by name, and what is wrong with the others' files.

    A host belongs to one site: two would ask it at once, each with a budget of its own.
    """
    sites: list[Site] = []
    errors: list[SiteError] = []
    owners: dict[str, str] = {}
    platforms: dict[Path, Platform] = {}
    for path in sorted(folder.glob("*.yml")):
        try:
            site = _load_site(path, platforms)
            _refuse_shared(path, site, owners)
        except SiteError as error:
            errors.append(error)
        else:
            sites.append(site)
            owners |= dict.fromkeys(site.all_hosts, site.name)
    return tuple(sites), tuple(errors)


def _load_site(path: Path, platforms: dict[Path, Platform]) -> Site:
    """``platforms`` are those that other files named before; this one's is added."""
    if not SITE_NAME.fullmatch(path.stem):
        raise SiteError(
            path,
            f"{path.stem!r} is no site name. Rename the file: lower-case ASCII letters, digits "
            "and underscores, a letter first, like baoninhbinh.yml.",
        )
    content = _read(path)
    if "name" in content:
        raise SiteError(path, "key 'name': a site is named by its file. Remove the key.")
    content = _with_platforms(path, content, platforms)
    try:
        return Site.model_validate({"name": path.stem, **content})
    except ValidationError as error:
        raise SiteError(path, explained(error, Site, _MODELS)) from error


def _with_platforms(
    path: Path, content: dict[str, Any], platforms: dict[Path, Platform]
) -> dict[str, Any]:
    """The file's keys with what its platform adds, and those of its predecessors."""
    if "platform" in content:
        named = _platform(path, "platform", content["platform"], platforms)
        content = with_platform(content, named)
    former = content.get("predecessors")
    if not isinstance(former, list):
        return content
    complete = list(former)
    for number, one in enumerate(former):
        if isinstance(one, dict) and "platform" in one:
            key = f"predecessors.{number}.platform"
            named = _platform(path, key, one["platform"], platforms)
            complete[number] = with_forms(one, named)
    return {**content, "predecessors": complete}


def _platform(path: Path, key: str, name: object, platforms: dict[Path, Platform]) -> Platform:
    """The platform that the site file ``path`` names under ``key``."""
    folder = path.absolute().parents[1] / "platforms"
    file = folder / f"{name}.yml"
    if file in platforms:
        return platforms[file]
    known = sorted(one.stem for one in folder.glob("*.yml"))
    if name not in known:
        listed = ", ".join(known) or "none yet"
        raise SiteError(
            path,
            f"key {key!r}: there is no {name!r} in {folder}. Known: {listed}. Name one of "
            "them, or leave the key out.",
        )
    try:
        platforms[file] = load_platform(file)
    except PlatformError as error:
        raise SiteError(path, f"key {key!r}: {error}") from error
    return platforms[file]


def _refuse_shared(path: Path, site: Site, owners: Mapping[str, str]) -> None:
    shared = site.all_hosts & owners.keys()
    for key, host in _named_hosts(site):
        if host in shared:
            raise SiteError(
                path,
                f"key {key!r}: {host!r} is a host of {owners[host]} already; name it in one file "
                "only, or the two would ask it at once",
            )


def _named_hosts(site: Site) -> Iterator[tuple[str, str]]:
    """Each key of the file that names a host, and the host as it counts."""
    named = [("home", urlsplit(site.home).hostname or "")]
    named += [(f"hosts.{number}", host) for number, host in enumerate(site.hosts)]
    for number, one in enumerate(site.predecessors):
        named.append((f"predecessors.{number}.host", one.host))
    return ((key, host.removeprefix("www.")) for key, host in named)


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


if __name__ == "__main__":
    sys.stdout.write(schema())
