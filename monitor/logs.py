"""The daemon's log: a line for people, or a JSON object per line; secrets never in it."""

import logging
import re
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final, TextIO

from monitor.render.plain_json import plain_json

MASK: Final = "***"
SHORTEST_SECRET: Final = 6
"""Characters; masking shorter values would blot out ordinary words."""
_SECRET_NAME = re.compile(
    r"passw|passphrase|secret|token|credential|apikey|api_key|private|webhook|dsn"
    r"|(^|_)(key|pass|pwd|auth|cookie)(_|$)",
    re.IGNORECASE,
)
_USER_OF_URL = re.compile(r"(?P<before>\b[a-z][a-z0-9+.-]*://)[^\s/?#]*@", re.IGNORECASE)
_SECRET_OF_URL = re.compile(
    r"(?P<before>[?&;][^=&#\s]*(?:passw|secret|token|api_?key|signature|auth)[^=&#\s]*=)[^&#\s]+",
    re.IGNORECASE,
)
_ORDINARY: Final = frozenset(
    vars(logging.LogRecord("", 0, "", 0, "", (), None)).keys() | {"message", "asctime", "taskName"}
)


class Secrets:
    """Masks the values of environment variables whose names look secret, and what URLs carry."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        values = (
            value.strip()
            for name, value in environment.items()
            if _SECRET_NAME.search(name) and len(value.strip()) >= SHORTEST_SECRET
        )
        longest_first = sorted(set(values), key=len, reverse=True)
        self._values = re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")

    def masked(self, text: str) -> str:
        text = self._values.sub(MASK, text)
        text = _USER_OF_URL.sub(rf"\g<before>{MASK}@", text)
        return _SECRET_OF_URL.sub(rf"\g<before>{MASK}", text)


class TextLines(logging.Formatter):
    """Time, level and message; what a message holds cannot begin a line of its own.

    The lines of a traceback are set in.
    """

    def __init__(self, secrets: Secrets) -> None:
        super().__init__("%(asctime)s %(levelname)s %(message)s")
        self._secrets = secrets

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - logging's name
        return _visible(super().formatMessage(record))

    def format(self, record: logging.LogRecord) -> str:
        first, *trace = self._secrets.masked(super().format(record)).split("\n")
        return "\n".join([first, *(f"  {_visible(line)}" for line in trace)])


def _visible(text: str) -> str:
    """``text`` on one line, with what a terminal would obey spelled out."""
    if text.isprintable():
        return text
    return "".join(
        letter if letter.isprintable() else letter.encode("unicode_escape").decode()
        for letter in text
    )


class JsonLines(logging.Formatter):
    """An object per line: time (UTC), level, logger, message, error, and the record's extras."""

    def __init__(self, secrets: Secrets) -> None:
        super().__init__()
        self._secrets = secrets

    def format(self, record: logging.LogRecord) -> str:
        told: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            told["error"] = self.formatException(record.exc_info)
        told |= {name: value for name, value in vars(record).items() if name not in _ORDINARY}
        return plain_json(self._masked(told), indent=None, default=str)

    def _masked(self, value: object) -> object:
        """Masked before it is written as JSON, which would spell a secret otherwise."""
        match value:
            case Mapping():
                return {str(name): self._masked(each) for name, each in value.items()}
            case list() | tuple() | set() | frozenset():
                return [self._masked(each) for each in value]
            case bool() | int() | float() | None if self._secrets.masked(str(value)) == str(value):
                return value
            case _:
                return self._secrets.masked(str(value))


def set_up_logs(
    environment: Mapping[str, str],
    *,
    as_json: bool = False,
    level: int = logging.INFO,
    stream: TextIO | None = None,
) -> None:
    """Let everything that this process logs go to ``stream`` (standard error), one handler."""
    secrets = Secrets(environment)
    given = logging.StreamHandler(stream or sys.stderr)
    given.setFormatter(JsonLines(secrets) if as_json else TextLines(secrets))
    logging.basicConfig(level=level, handlers=[given], force=True)
