"""The keys of ``config/schedule.yml``, each strictly what it must be."""

import re
from datetime import timedelta
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from monitor.cron import read_cron

_SPAN = re.compile(r"(\d{1,4})([smh])")
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours"}
_TIME = r"([01]\d|2[0-3]):([0-5]\d)"


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
    unverified: Literal["crawl", "wait"] = Field(
        default="crawl",
        description="sites whose file says `verified: false` and that are named nowhere here: "
        "crawl them by the defaults, or wait until somebody verifies or names them",
    )
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


def span(text: str) -> timedelta:
    """``90s``, ``15m`` or ``2h`` of a file that was found right."""
    found = _SPAN.fullmatch(text)
    assert found is not None
    return timedelta(**{_UNITS[found[2]]: int(found[1])})
