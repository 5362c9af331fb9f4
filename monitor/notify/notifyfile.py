"""Strict ``config/notify.yml`` → Notifications.

``python -m monitor.notify.notifyfile`` prints the JSON schema for editors.
"""

import json
import re
import sys
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import ErrorDetails

from crawlers.strictyaml import YamlError, read_keys
from monitor.cron import read_cron
from monitor.notify.reading import NotifyError, near, read_channels, read_routes
from monitor.notify.routes import Notifications
from pipelines.changes import Kind, Weight

__all__ = ["NAME", "NotifyError", "NotifyFile", "load_notifications", "schema"]

NAME: Final = "notify.yml"
_NAMES = r"^[\w][\w .-]{0,59}$"
_SPAN = re.compile(r"\d{1,4}[smhd]")


def _at(value: str) -> str:
    if value != "once":
        read_cron(value)
    return value


def _span(value: object) -> object:
    if not isinstance(value, str) or not _SPAN.fullmatch(value) or not value.strip("0smhd"):
        raise ValueError(f"{value!r} is no span; write it like 90s, 15m, 2h or 3d")
    return value


def _listed(value: object) -> object:
    return [value] if isinstance(value, str) else value


def _none_written(value: object) -> object:
    """A key whose lines were all taken out or made comments."""
    return {} if value is None else value


Span = Annotated[str, BeforeValidator(_span)]
Texts = Annotated[
    tuple[Annotated[str, Field(min_length=1)], ...],
    BeforeValidator(_listed),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}),
]
Name = Annotated[str, Field(pattern=_NAMES)]
At = Annotated[str, AfterValidator(_at)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ChannelEntry(_Strict):
    """A way out: either Apprise or a webhook. `${NAME}` is filled from the environment."""

    apprise: Texts = Field(
        default=(), description="an Apprise address or several, like `tgram://${TOKEN}/${CHAT}`"
    )
    webhook: str | None = Field(
        default=None, description="an http or https address that takes JSON by POST"
    )
    secret: str | None = Field(
        default=None, description="`${NAME}`: what a webhook's messages are signed by; needed there"
    )
    timeout: Span = Field(
        default="10s", description="for connecting, and between two pieces of an answer"
    )
    time_limit: Span = Field(default="60s", description="a whole try is ended after it")
    first_retry: Span = Field(
        default="30s", description="the wait after a failure; it doubles with each in a row"
    )
    longest_retry: Span = Field(default="1h", description="and grows no longer than this")
    tries: int = Field(default=80, ge=1, le=1000, description="a message is given up after so many")
    give_up_after: Span = Field(default="3d", description="or when it is owed for so long")

    @model_validator(mode="after")
    def _one_way(self) -> "ChannelEntry":
        if bool(self.apprise) == bool(self.webhook):
            raise ValueError("write either apprise or webhook")
        if self.webhook and not self.secret:
            raise ValueError("a webhook needs a secret to be signed by; write secret: ${NAME}")
        if self.apprise and self.secret:
            raise ValueError("Apprise signs nothing; leave secret out")
        return self


class RouteEntry(_Strict):
    """Which changes go to which channels. Everything that is given must hold."""

    to: Texts = Field(min_length=1, description="a channel, or several")
    at: At = Field(
        default="once",
        description="`once`: each change when it is released; or a cron line in "
        "Asia/Ho_Chi_Minh, in quotes, at which a digest is told",
    )
    sites: Texts = Field(default=(), description="only these")
    kinds: Annotated[tuple[Kind, ...], BeforeValidator(_listed)] = Field(
        default=(), description="only these"
    )
    weight: Weight = Field(
        default="minor", description="at least this; `cosmetic` changes only if it says so"
    )
    words: Texts = Field(
        default=(),
        description="one of these words or phrases stands in the article, before or after; "
        "accents and case count nothing",
    )
    search: str | None = Field(
        default=None, min_length=1, description="what `baowatch search` finds by these words"
    )
    watched: Literal[True] | None = Field(
        default=None, description="only articles that `baowatch watch` follows"
    )


class NotifyFile(_Strict):
    """``config/notify.yml``: whom to tell of what. Without the file nobody is told."""

    browse_url: str | None = Field(
        default=None,
        pattern=r"^https?://[^\s/@]+(/[^\s?#]*)?$",
        description="where `baowatch browse` is reached; messages then link there",
    )
    channels: Annotated[dict[Name, ChannelEntry], BeforeValidator(_none_written)] = {}
    routes: Annotated[dict[Name, RouteEntry], BeforeValidator(_none_written)] = {}


def load_notifications(
    path: Path,
    sites: Collection[str],
    environment: Mapping[str, str],
    *,
    broken: Collection[str] = (),
) -> Notifications:
    """What the file says, filled from ``environment``; nothing where there is no file.

    ``sites`` are the configured ones, ``broken`` those whose own files cannot be used.
    Raises NotifyError, which names file and key, and never a value that may be secret.
    """
    if not path.exists():
        return Notifications()
    problems = ""
    try:
        written = NotifyFile.model_validate(read_keys(path))
    except YamlError as error:
        raise NotifyError(path, str(error)) from error
    except ValidationError as error:
        problems = "; ".join(_explained(one) for one in error.errors())
    if problems:  # raised out here, since pydantic's own text repeats what was given
        raise NotifyError(path, problems)
    channels, filled = read_channels(path, written.model_dump()["channels"], environment)
    known = {*sites, *broken}
    return Notifications(
        channels=channels,
        routes=read_routes(path, written.model_dump()["routes"], channels, known),
        browse_url=(written.browse_url or "").rstrip("/"),
        filled=tuple(sorted(filled)),
    )


def schema() -> str:
    """The JSON schema, as ``config/notify.schema.json`` holds it."""
    return json.dumps(NotifyFile.model_json_schema(), indent=2, ensure_ascii=False) + "\n"


def _explained(error: ErrorDetails) -> str:
    place = [str(part) for part in error["loc"] if part != "[key]"]
    key = ".".join(place)
    if error["type"] == "extra_forbidden":
        model = _MODELS[place[0]] if len(place) > 1 else NotifyFile
        return f"unknown key {key!r}. {near(place[-1], sorted(model.model_fields))}"
    problem = _PLAIN.get(error["type"], error["msg"].removeprefix("Value error, "))
    if error["type"] == "string_pattern_mismatch":
        problem = _ADDRESS if key == "browse_url" else _NAMED
    may_be_secret = place[0] == "channels" or "@" in str(error["input"])
    if may_be_secret or isinstance(error["input"], dict):
        return f"key {key!r}: {problem}"  # what was given may be a secret
    return f"key {key!r}: {problem} (given: {error['input']!r})"


_PLAIN: Final = {
    "dict_type": "write its keys below it, indented",
    "model_type": "write its keys below it, indented",
    "string_type": "write text, in quotes",
    "int_type": "write a whole number",
    "int_parsing": "write a whole number",
    "missing": "this is needed",
}
_NAMED: Final = "a name is of letters, digits, spaces, '.', '-' and '_', 60 at most"
_ADDRESS: Final = "write an address without user and password, like http://127.0.0.1:8001"
_MODELS: Final[Mapping[str, type[BaseModel]]] = {"channels": ChannelEntry, "routes": RouteEntry}

if __name__ == "__main__":
    sys.stdout.write(schema())
