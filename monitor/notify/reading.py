"""The keys of notify.yml, once they have the right shapes → channels and routes."""

import difflib
import re
from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from crawlers.errors import UserError
from monitor.cron import read_cron
from monitor.notify.filling import OPEN_SERVICES, WEB, Refusal, fill, refuse_literal_secret
from monitor.notify.routes import Channel, Patience, Route
from pipelines.search import searchable

_UNITS: Final = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
SHORTEST_SECRET: Final = 16
"""Characters of what signatures are made by."""

Keys = Mapping[str, Any]


class NotifyError(UserError):
    """notify.yml cannot be used; the message names file, key and remedy, and no secret."""

    def __init__(self, path: Path, problem: str) -> None:
        super().__init__(f"{path}: {problem}")


def near(word: str, known: Collection[str]) -> str:
    """What a misspelt word may have meant."""
    found = difflib.get_close_matches(word, known, n=1)
    return f"Did you mean {found[0]!r}?" if found else f"Known are {', '.join(sorted(known))}."


def read_channels(
    path: Path, written: Mapping[str, Keys], environment: Mapping[str, str]
) -> tuple[dict[str, Channel], frozenset[str]]:
    """The channels, and all values that the environment gave. Raises NotifyError."""
    channels: dict[str, Channel] = {}
    filled: frozenset[str] = frozenset()
    for name, keys in written.items():
        channels[name], values = _channel(path, name, keys, environment)
        filled |= values
    return channels, filled


def _channel(
    path: Path, name: str, keys: Keys, environment: Mapping[str, str]
) -> tuple[Channel, frozenset[str]]:
    kind = "webhook" if keys["webhook"] else "apprise"
    schemes = WEB if kind == "webhook" else OPEN_SERVICES
    given = [keys["webhook"]] if keys["webhook"] else list(keys["apprise"])
    found = [_address(path, f"channels.{name}.{kind}", one, schemes, environment) for one in given]
    addresses = tuple(address for address, _ in found)
    secret, values = _secret(path, f"channels.{name}.secret", keys["secret"], environment)
    if kind == "webhook":
        _refuse_other_than_web(path, f"channels.{name}.webhook", addresses[0])
    channel = Channel(
        name=name,
        kind="webhook" if keys["webhook"] else "apprise",
        addresses=addresses,
        secret=secret,
        timeout=_span(keys["timeout"]).total_seconds(),
        time_limit=_span(keys["time_limit"]).total_seconds(),
        patience=Patience(
            first_retry=_span(keys["first_retry"]),
            longest_retry=_span(keys["longest_retry"]),
            tries=keys["tries"],
            give_up_after=_span(keys["give_up_after"]),
        ),
    )
    return channel, values.union(*(filled for _, filled in found))


def _address(
    path: Path,
    key: str,
    text: str,
    schemes: frozenset[str],
    environment: Mapping[str, str],
) -> tuple[str, frozenset[str]]:
    try:
        refuse_literal_secret(text, schemes)
        return fill(text, environment)
    except Refusal as refusal:
        raise NotifyError(path, f"key '{key}': {refusal}") from None


def _secret(
    path: Path, key: str, text: str | None, environment: Mapping[str, str]
) -> tuple[str, frozenset[str]]:
    if text is None:
        return "", frozenset()
    if not re.fullmatch(r"\$\{[A-Za-z_][A-Za-z0-9_]*\}", text):
        raise NotifyError(
            path,
            f"key '{key}': a secret does not stand in the file. Put it into the environment and "
            "write ${NAME}.",
        )
    try:
        secret, values = fill(text, environment)
    except Refusal as refusal:
        raise NotifyError(path, f"key '{key}': {refusal}") from None
    if len(secret) < SHORTEST_SECRET:
        raise NotifyError(
            path,
            f"key '{key}': the environment's {text[2:-1]} is shorter than {SHORTEST_SECRET} "
            "characters. Draw a longer one, like `openssl rand -hex 32`.",
        )
    return secret, values


def _refuse_other_than_web(path: Path, key: str, address: str) -> None:
    try:
        parts = urlsplit(address)
        is_web = parts.scheme in ("http", "https") and bool(parts.hostname)
        is_web = is_web and parts.port != 0 and not re.search(r"\s", address)
    except ValueError:  # a port that is no number
        is_web = False
    if not is_web:
        raise NotifyError(path, f"key '{key}': this is no http or https address. Mend it.")


def read_routes(
    path: Path,
    written: Mapping[str, Keys],
    channels: Collection[str],
    sites: Collection[str],
) -> dict[str, Route]:
    """The routes, in the file's order. Raises NotifyError."""
    return {
        name: _route(path, name, keys, channels, sites)
        for name, keys in written.items()
    }  # fmt: skip


def _route(
    path: Path, name: str, keys: Keys, channels: Collection[str], sites: Collection[str]
) -> Route:
    _refuse_unknown(path, f"routes.{name}.to", "channel", keys["to"], channels)
    _refuse_unknown(path, f"routes.{name}.sites", "site", keys["sites"], sites)
    words = tuple(searchable(word) for word in keys["words"])
    for word, folded in zip(keys["words"], words, strict=True):
        if not folded:
            raise NotifyError(
                path, f"key 'routes.{name}.words': {word!r} holds no letter and no digit"
            )
    if keys["search"] and not searchable(keys["search"]):
        raise NotifyError(
            path, f"key 'routes.{name}.search': {keys['search']!r} holds no letter and no digit"
        )
    return Route(
        name=name,
        channels=tuple(dict.fromkeys(keys["to"])),
        sites=frozenset(keys["sites"]),
        kinds=frozenset(keys["kinds"]),
        weight=keys["weight"],
        words=words,
        search=keys["search"] or "",
        watched=bool(keys["watched"]),
        digest=None if keys["at"] == "once" else read_cron(keys["at"]),
    )


def _refuse_unknown(
    path: Path, key: str, what: str, named: Sequence[str], known: Collection[str]
) -> None:
    for name in named:
        if name not in known:
            told = near(name, known) if known else f"The file has no {what}s."
            raise NotifyError(path, f"key '{key}': unknown {what} {name!r}. {told}")


def _span(text: str) -> timedelta:
    return timedelta(**{_UNITS[text[-1]]: int(text[:-1])})
