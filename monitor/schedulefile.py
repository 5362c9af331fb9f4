"""Strict ``config/schedule.yml`` → Schedule.

``python -m monitor.schedulefile`` prints the JSON schema for editors.
"""

import difflib
import json
import re
import sys
from collections.abc import Collection, Mapping
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Annotated, Any, Final

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from crawlers.arguments import ArgumentError, warc_folder
from crawlers.errors import UserError
from crawlers.strictyaml import YamlError, read_keys
from monitor.cron import read_cron
from monitor.schedule import Quiet, Schedule, SitePlan
from pipelines.retention import Limits

NAME: Final = "schedule.yml"

_SPAN = re.compile(r"(\d{1,4})([smh])")
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours"}
_TIME = r"([01]\d|2[0-3]):([0-5]\d)"


class ScheduleError(UserError):
    """The schedule cannot be used; the message names file, key, value and remedy."""

    def __init__(self, path: Path, problem: str) -> None:
        super().__init__(f"{path}: {problem}")


def _line(value: str) -> str:
    if value != "never":
        read_cron(value)
    return value


def _text(value: object) -> object:
    if isinstance(value, int):  # YAML reads 12:30 as 750
        raise ValueError("YAML reads a number here; write a span like 45m, a time in quotes")
    return value


def _span(value: str) -> str:
    if not _SPAN.fullmatch(value):
        raise ValueError(f"{value!r} is no span; write it like 90s, 15m or 2h")
    return value


def _quiet(value: str) -> str:
    found = re.fullmatch(f"{_TIME}-{_TIME}", value)
    if value != "none" and (not found or found[1] + found[2] == found[3] + found[4]):
        raise ValueError(f"{value!r} are no quiet hours; write them like 23:00-05:00, or none")
    return value


def _time(value: str) -> str:
    if not re.fullmatch(_TIME, value):
        raise ValueError(f"{value!r} is no time of day; write it like 02:30")
    return value


Line = Annotated[str, AfterValidator(_line)]
Span = Annotated[str, BeforeValidator(_text), AfterValidator(_span)]
QuietHours = Annotated[str, BeforeValidator(_text), AfterValidator(_quiet)]
TimeOfDay = Annotated[str, BeforeValidator(_text), AfterValidator(_time)]


def _folder(value: str) -> str:
    if not value.strip():
        raise ValueError("name a folder, or null for no archives")
    return value


Folder = Annotated[str, AfterValidator(_folder)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Entry(_Strict):
    """When to crawl, and what it may cost; what is not given here is taken from further up.

    Built in are every 15 minutes, jitter of 5m, no quiet hours, the site file's requests per
    hour and a time limit of 45m.
    """

    cron: Line | None = Field(
        default=None,
        description="a cron line in Asia/Ho_Chi_Minh, in quotes; @hourly and the like; or never",
    )
    jitter: Span | None = Field(
        default=None, description="a firing is late by up to so much, differently each time: 90s"
    )
    quiet: QuietHours | None = Field(
        default=None, description="local hours without firings, like 23:00-05:00; or none"
    )
    requests_per_hour: int | None = Field(
        default=None, ge=1, le=3600, description="at most; never more than the site's file allows"
    )
    time_limit: Span | None = Field(default=None, description="a crawl is ended after it: 45m")


class Group(Entry):
    """Sites that share an entry."""

    sites: tuple[str, ...] = Field(min_length=1)


class StoredPages(_Strict):
    """Which originals of pages may go; what an article's text of today rests on never does."""

    days: int | None = Field(default=None, ge=1, description="older ones go; null: never")
    megabytes: int | None = Field(
        default=None, ge=1, description="the oldest go when there are more; null: no limit"
    )


class ScheduleFile(_Strict):
    """``config/schedule.yml``: a site's own entry goes before its group's, that before defaults."""

    side_by_side: int = Field(default=4, ge=1, le=64, description="sites crawled at the same time")
    nightly: TimeOfDay = Field(
        default="02:30", description="local time of learning and care for the store, in quotes"
    )
    stored_pages: StoredPages = StoredPages()
    metrics_port: int | None = Field(
        default=None,
        ge=1,
        le=65535,
        description="of 127.0.0.1, for /metrics and /healthz; null: none; obeyed at the start",
    )
    warc: Folder | None = Field(
        default=None,
        description="a folder for archives: a WARC file a run, of what is new or may have "
        "changed; relative to the project; null: none",
    )
    defaults: Entry = Entry()
    groups: dict[str, Group] = {}
    sites: dict[str, Entry] = {}


BUILT_IN: Final = Entry(cron="*/15 * * * *", jitter="5m", quiet="none", time_limit="45m")


def load_schedule(
    path: Path, sites: Collection[str], *, broken: Collection[str] = (), archives: bool = True
) -> Schedule:
    """The schedule of the configured ``sites``; every one has a plan, unless never.

    ``broken`` are sites whose own files cannot be used: they may be named, and get no plan.
    Without ``archives`` no folder for them is looked for. Raises ScheduleError.
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
    plans = {
        site: _plan(path, site, _merged(BUILT_IN, written.defaults, *groups.get(site, ()), entry))
        for site in sorted(sites)
        for entry in [written.sites.get(site, Entry())]
    }
    hour, minute = written.nightly.split(":")
    return Schedule(
        sites={site: plan for site, plan in plans.items() if plan is not None},
        side_by_side=written.side_by_side,
        nightly=read_cron(f"{int(minute)} {int(hour)} * * *"),
        stored_pages=Limits(**written.stored_pages.model_dump()),
        metrics_port=written.metrics_port,
        warc=_archives(path, written.warc if archives else None),
    )


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
        jitter=_timedelta(_given(entry.jitter)),
        quiet=_quiet_hours(_given(entry.quiet)),
        requests_per_hour=entry.requests_per_hour,
        time_limit=_timedelta(_given(entry.time_limit)),
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


def _timedelta(text: str) -> timedelta:
    found = _SPAN.fullmatch(text)
    assert found is not None
    return timedelta(**{_UNITS[found[2]]: int(found[1])})


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
