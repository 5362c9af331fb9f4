"""JSON as every command prints it: letters of all scripts, and nothing that a terminal obeys."""

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Final

_UNUSUAL: Final = re.compile(r"[^\w \n!-~]")
"""What is neither letter, figure, space nor ASCII; the line ends are the layout's own."""


def plain_json(
    told: object, *, indent: int | None = 2, default: Callable[[Any], object] | None = None
) -> str:
    """``told`` as JSON; controls, bidi overrides and lone surrogates are escaped.

    ``json`` itself leaves what is above U+007E as it is, and some of that is escape codes.
    """
    written = json.dumps(told, ensure_ascii=False, indent=indent, default=default)
    return _UNUSUAL.sub(_harmless, written)


def _harmless(found: re.Match[str]) -> str:
    letter = found[0]
    if letter.isprintable() or letter in "\u200c\u200d\u00a0":
        return letter
    return json.dumps(letter)[1:-1]


def utc_time(moment: datetime | None) -> str | None:
    """ISO-8601 in UTC, or nothing."""
    return moment.astimezone(UTC).isoformat(timespec="seconds") if moment else None
