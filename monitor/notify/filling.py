"""``${NAME}``: secrets come out of the environment, and never stand in the file. Pure."""

import re
from collections.abc import Iterable, Mapping
from typing import Final
from urllib.parse import quote, unquote

from monitor.logs import MASK, Secrets

_NAME = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")
_BROKEN = re.compile(r"\$\{(?![A-Za-z_][A-Za-z0-9_]*\})")
_URL = re.compile(r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*)://(?P<rest>.*)", re.DOTALL)
_QUERY_SECRET = re.compile(
    r"[?&;](?P<name>[^=&#\s]*(?:pass|pwd|secret|token|key|sig|auth)[^=&#\s]*)=(?P<value>[^&#\s]+)",
    re.IGNORECASE,
)
WEB: Final = frozenset({"http", "https"})
OPEN_SERVICES: Final = frozenset(
    {"json", "jsons", "xml", "xmls", "form", "forms", "syslog", "rsyslog", "dbus", "gnome"}
)
"""Apprise's addresses that hold no secret; every other one holds its key in itself."""
SHORTEST_MASKED: Final = 4
"""Characters; masking shorter values would blot out ordinary words."""


class Refusal(ValueError):
    """A value cannot be used; the message never repeats the value."""


def fill(text: str, environment: Mapping[str, str]) -> tuple[str, frozenset[str]]:
    """``text`` with the environment's values, and those values. Raises Refusal."""
    names = _NAME.findall(text)
    for name in names:
        value = environment.get(name, "").strip()
        if not value:
            raise Refusal(f"the environment has no {name}. Set it where baowatch is started.")
        if any(ord(letter) < 32 for letter in value):
            raise Refusal(f"the environment's {name} holds a line break or control character")
    values = {name: environment[name].strip() for name in names}
    return _NAME.sub(lambda found: values[found[1]], text), frozenset(values.values())


def refuse_broken_name(text: str) -> None:
    """Raises Refusal for a ``${`` that begins no name."""
    if _BROKEN.search(text):
        raise Refusal("'${' must be followed by a variable's name and '}', like ${BAOWATCH_HOOK}")


def refuse_literal_secret(text: str, open_schemes: frozenset[str]) -> None:
    """Raises Refusal where a secret stands in an address as it is written in the file.

    Addresses of other than ``open_schemes`` hold one, so something must be filled in there.
    """
    refuse_broken_name(text)
    found = _URL.fullmatch(text)
    if found is None:
        if _NAME.search(text):
            return  # the whole address comes out of the environment
        raise Refusal("this is no address. Write one like https://host/path, or ${NAME}.")
    authority = re.split(r"[/?#]", found["rest"], maxsplit=1)[0]
    user, at, _ = authority.rpartition("@")
    name, colon, password = user.partition(":")
    if at and not _NAME.fullmatch(password if colon else name):
        raise Refusal(
            "a user or password stands in the file. Put it into the environment and write "
            "${NAME} in its place."
        )
    for parameter in _QUERY_SECRET.finditer(text):
        if not _NAME.fullmatch(parameter["value"]):
            raise Refusal(
                f"the value of {parameter['name']!r} looks secret. Put it into the environment "
                "and write ${NAME} in its place."
            )
    if found["scheme"].lower() not in open_schemes and not _NAME.search(text):
        raise Refusal(
            f"an address of {found['scheme']} holds its key in itself. Put it into the "
            "environment, as a whole or in parts, and write ${NAME} in its place."
        )


class Mask:
    """Blots out what the environment gave, also in parts and otherwise spelt, and what URLs carry.

    A second wall: what is told of a failure is put together from words of our own.
    """

    def __init__(self, environment: Mapping[str, str], filled: Iterable[str] = ()) -> None:
        self._secrets = Secrets(environment)
        longest_first = sorted(_spellings(filled), key=len, reverse=True)
        self._values = re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")

    def masked(self, text: str) -> str:
        return self._secrets.masked(self._values.sub(MASK, text))


def _spellings(values: Iterable[str]) -> set[str]:
    found: set[str] = set()
    for value in values:
        parts = re.split(r"[/?#&=@]|://", value) if "://" in value else []
        for one in (value, *(part for part in parts if len(part) > SHORTEST_MASKED * 2)):
            found |= {one, quote(one, safe=""), quote(one), unquote(one), repr(one)[1:-1]}
    return {one for one in found if len(one) >= SHORTEST_MASKED}
