"""A Probe as JSON and back: what the child hands over, and what may be kept. Pure."""

import dataclasses
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from crawlers.page import Link, Validators
from monitor.probing.probe import ArticleProbe, Probe, RobotsProbe, SourceProbe


def probe_json(probe: Probe) -> dict[str, Any]:
    """The probe as plain JSON values; times ISO-8601."""
    plain: dict[str, Any] = _plain(dataclasses.asdict(probe))
    return plain


def probe_of(given: Mapping[str, Any]) -> Probe:
    """The probe that ``probe_json`` wrote. Raises KeyError or TypeError for anything else."""
    robots = given["robots"]
    return Probe(
        **{
            **given,
            "began_at": datetime.fromisoformat(given["began_at"]),
            "ended_at": datetime.fromisoformat(given["ended_at"]),
            "robots": _robots(robots) if robots else None,
            "sources": tuple(source_of(one) for one in given["sources"]),
            "articles": tuple(article_of(one) for one in given["articles"]),
            "crashes": tuple(given["crashes"]),
        }
    )


def plain_of(one: SourceProbe | ArticleProbe) -> dict[str, Any]:
    """A part of a probe as plain JSON values."""
    plain: dict[str, Any] = _plain(dataclasses.asdict(one))
    return plain


def source_of(given: Mapping[str, Any]) -> SourceProbe:
    return SourceProbe(**{**given, "links": tuple(_link(one) for one in given["links"])})


def article_of(given: Mapping[str, Any]) -> ArticleProbe:
    return ArticleProbe(
        **{
            **given,
            "published_at": _moment(given["published_at"]),
            "modified_at": _moment(given["modified_at"]),
            "validators": Validators(**given["validators"]),
        }
    )


def _robots(given: Mapping[str, Any]) -> RobotsProbe:
    fetched_at = datetime.fromisoformat(given["fetched_at"])
    sitemaps = tuple(given["sitemaps"])
    return RobotsProbe(**{**given, "fetched_at": fetched_at, "sitemaps": sitemaps})


def _link(given: Mapping[str, Any]) -> Link:
    published, modified = _moment(given["published_at"]), _moment(given["modified_at"])
    return Link(**{**given, "published_at": published, "modified_at": modified})


def _moment(value: str | None) -> datetime | None:
    return datetime.fromisoformat(value) if value else None


def _plain(value: Any) -> Any:
    match value:
        case dict():
            return {name: _plain(one) for name, one in value.items()}
        case list() | tuple():
            return [_plain(one) for one in value]
        case datetime():
            return value.isoformat()
        case _:
            return value
