"""The origin map: replicas on this machine that stand for real portals. Pure.

``BAOWATCH_ORIGINS`` holds a JSON object, real origin → replica's origin. While it is set,
no other address is fetched, so a demo or a test can never meet a real portal.
"""

import ipaddress
import json
from collections.abc import Mapping
from urllib.parse import urlsplit, urlunsplit

from crawlers.clock import ORIGINS_VARIABLE

_DEFAULT_PORTS = {"http": 80, "https": 443}


class OriginsError(ValueError):
    """``BAOWATCH_ORIGINS`` cannot be obeyed."""


def origin_of(url: str) -> str:
    """``https://host`` with the port where it is not the scheme's own."""
    parts = urlsplit(url)
    default = parts.port in (None, _DEFAULT_PORTS.get(parts.scheme))
    return f"{parts.scheme}://{parts.hostname}" + ("" if default else f":{parts.port}")


def origins_from_environment(environment: Mapping[str, str]) -> Mapping[str, str] | None:
    """The map, or None when there is none. Raises OriginsError for one that is unsafe."""
    value = environment.get(ORIGINS_VARIABLE)
    if not value:
        return None
    try:
        given = json.loads(value)
    except ValueError as error:
        raise OriginsError(f"{ORIGINS_VARIABLE} is not JSON: {error}") from error
    if not isinstance(given, dict) or not all(isinstance(to, str) for to in given.values()):
        raise OriginsError(f'{ORIGINS_VARIABLE} is not an object {{"real origin": "replica"}}')
    return {origin_of(real): _replica(real, to) for real, to in given.items()}


def replica_url(url: str, origins: Mapping[str, str]) -> str | None:
    """Where ``url`` is to be fetched; None when its origin is not in the map."""
    replica = origins.get(origin_of(url))
    if replica is None:
        return None
    parts, target = urlsplit(url), urlsplit(replica)
    return urlunsplit((target.scheme, target.netloc, parts.path or "/", parts.query, ""))


def targets(origins: Mapping[str, str]) -> frozenset[tuple[str, int]]:
    """The addresses and ports that the map leads to."""
    parts = (urlsplit(replica) for replica in origins.values())
    return frozenset((p.hostname or "", p.port or _DEFAULT_PORTS[p.scheme]) for p in parts)


def _replica(real: str, replica: str) -> str:
    problem = f"{ORIGINS_VARIABLE}: {real} → {replica}: "
    try:
        parts = urlsplit(replica)
        loopback = ipaddress.ip_address(parts.hostname or "").is_loopback
        port = parts.port
    except ValueError as error:
        raise OriginsError(problem + "a replica is named by its address, 127.0.0.1") from error
    if not loopback or parts.scheme not in _DEFAULT_PORTS or parts.path not in ("", "/"):
        raise OriginsError(problem + "a replica is an origin on this machine, http://127.0.0.1:1")
    return origin_of(f"{parts.scheme}://{parts.netloc}") if port is not None else replica
