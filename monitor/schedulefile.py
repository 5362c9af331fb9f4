"""Strict ``config/schedule.yml`` → Schedule.

``python -m monitor.schedulefile`` prints the JSON schema for editors.
"""

import difflib
import json
import sys
from collections.abc import Collection, Mapping
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any, Final

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from crawlers.arguments import ArgumentError, warc_folder
from crawlers.errors import UserError
from crawlers.site import Site
from crawlers.strictyaml import YamlError, read_keys
from monitor.cron import read_cron
from monitor.schedule import Quiet, Schedule, SitePlan
from monitor.schedulekeys import BUILT_IN, Entry, Group, ScheduleFile, StoredPages, span
from pipelines.retention import Limits

NAME: Final = "schedule.yml"


class ScheduleError(UserError):
    """The schedule cannot be used; the message names file, key, value and remedy."""

    def __init__(self, path: Path, problem: str) -> None:
        super().__init__(f"{path}: {problem}")


def load_schedule(
    path: Path,
    sites: Collection[str],
    *,
    unverified: Collection[str] = (),
    broken: Collection[str] = (),
    archives: bool = True,
) -> Schedule:
    """The schedule of the configured ``sites``; every one has a plan, unless never or waiting.

    ``unverified`` are those that nobody saw working: they may have to wait. ``broken`` are
    sites whose own files cannot be used: they may be named, and get no plan. Without
    ``archives`` no folder for them is looked for. Raises ScheduleError.
    """
    try:
        written = ScheduleFile.model_validate(read_keys(path))
    except YamlError as error:
        hint = " Cron lines stand in quotes." if str(error).startswith("line") else ""
        raise ScheduleError(path, f"{error}{hint}") from error
    except ValidationError as error:
        raise ScheduleError(path, "; ".join(_explained(one) for one in error.errors())) from error
    _refuse_unknown_sites(path, written, {*sites, *broken})
    groups = _groups(path, written)
    waiting = () if written.unverified == "crawl" else unverified
    waiting = sorted(set(waiting) - written.sites.keys() - groups.keys())
    plans = {
        site: _plan(path, site, _merged(BUILT_IN, written.defaults, *groups.get(site, ()), entry))
        for site in sorted({*sites}.difference(waiting))
        for entry in [written.sites.get(site, Entry())]
    }
    hour, minute = written.nightly.split(":")
    return Schedule(
        sites={site: plan for site, plan in plans.items() if plan is not None},
        waiting=tuple(waiting),
        side_by_side=written.side_by_side,
        nightly=read_cron(f"{int(minute)} {int(hour)} * * *"),
        stored_pages=Limits(**written.stored_pages.model_dump()),
        metrics_port=written.metrics_port,
        warc=_archives(path, written.warc if archives else None),
    )


def unverified_of(sites: Mapping[str, Site]) -> list[str]:
    """The sites that nobody saw working yet."""
    return [name for name, site in sites.items() if not site.verified]


def schema() -> str:
    """The JSON schema, as ``config/schedule.schema.json`` holds it."""
    return json.dumps(ScheduleFile.model_json_schema(), indent=2, ensure_ascii=False) + "\n"


def _archives(path: Path, value: str | None) -> Path | None:
    """The folder for archives, of which relative names begin at the project's folder."""
    if value is None:
        return None
    try:
        return warc_folder(str(path.absolute().parents[1] / Path(value).expanduser()))
    except ArgumentError as error:
        raise ScheduleError(path, f"key 'warc': {error}") from None


def _refuse_unknown_sites(path: Path, written: ScheduleFile, known: Collection[str]) -> None:
    named = [(f"sites.{site}", site) for site in written.sites]
    named += [
        (f"groups.{name}.sites", site)
        for name, group in written.groups.items()
        for site in group.sites
    ]
    for key, site in named:
        if site not in known:
            raise ScheduleError(path, f"key '{key}': unknown site {site!r}. {_near(site, known)}")


def _groups(path: Path, written: ScheduleFile) -> Mapping[str, tuple[Entry]]:
    """Each site's group; a site in two would leave open which one counts."""
    found: dict[str, tuple[str, Entry]] = {}
    for name, group in written.groups.items():
        for site in group.sites:
            if site in found:
                former = found[site][0]
                raise ScheduleError(
                    path,
                    f"key 'groups.{name}.sites': {site!r} is in the group {former!r} too. Leave "
                    "it in one.",
                )
            found[site] = (name, group)
    return {site: (entry,) for site, (_, entry) in found.items()}


def _merged(*entries: Entry) -> Entry:
    """What the later entries give replaces what the former ones give."""
    given: dict[str, Any] = {}
    for entry in entries:
        given |= {key: getattr(entry, key) for key in entry.model_fields_set & _KEYS}
    return Entry(**{key: value for key, value in given.items() if value is not None})


def _plan(path: Path, site: str, entry: Entry) -> SitePlan | None:
    if entry.cron == "never":
        return None
    plan = SitePlan(
        site=site,
        cron=read_cron(_given(entry.cron)),
        jitter=span(_given(entry.jitter)),
        quiet=_quiet_hours(_given(entry.quiet)),
        requests_per_hour=entry.requests_per_hour,
        time_limit=span(_given(entry.time_limit)),
    )
    if plan.after(datetime(2026, 1, 1, tzinfo=UTC)) is None:
        raise ScheduleError(
            path,
            f"{site}: {entry.cron!r} does not fire once in nine years outside the quiet hours "
            f"({entry.quiet}). Change one of them.",
        )
    return plan


def _given(value: str | None) -> str:
    assert value is not None, "BUILT_IN gives what the file does not"
    return value


def _quiet_hours(text: str) -> Quiet | None:
    if text == "none":
        return None
    begins, ends = text.split("-")
    return Quiet(begins=time.fromisoformat(begins), ends=time.fromisoformat(ends))


def _explained(error: ErrorDetails) -> str:
    place = [str(part) for part in error["loc"]]
    key = ".".join(place)
    if error["type"] == "extra_forbidden":
        model = _MODELS[place[0]] if len(place) > 1 else ScheduleFile
        return f"unknown key {key!r}. {_near(place[-1], sorted(model.model_fields))}"
    problem = error["msg"].removeprefix("Value error, ")
    return f"key {key!r}: {problem} (given: {error['input']!r})"


def _near(word: str, known: Collection[str]) -> str:
    near = difflib.get_close_matches(word, known, n=1)
    return f"Did you mean {near[0]!r}?" if near else f"Known are {', '.join(sorted(known))}."


_KEYS: Final = frozenset(Entry.model_fields)
_MODELS: Final[Mapping[str, type[BaseModel]]] = {
    "defaults": Entry,
    "groups": Group,
    "sites": Entry,
    "stored_pages": StoredPages,
}

if __name__ == "__main__":
    sys.stdout.write(schema())
