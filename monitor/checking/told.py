"""Verdicts as rows of a table, as lines and as JSON. Pure."""

from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

from monitor.checking.articles import shortest
from monitor.checking.verdict import Verdict
from monitor.probing.probe import Probe, Trust
from monitor.probing.saved import probe_json

HEADINGS: Final = (
    "site", "check", "robots", "feeds", "maps", "home", "read", "dates", "text", "trust",
)  # fmt: skip
"""Feeds and maps (sitemaps) that list articles; links of the home page; of the articles how many
could be read, show a date, and are long enough; whether "not modified" can be trusted.
"""
WHOLE: Final = ("site", "check")
_NOTHING: Final = "-"


def row(verdict: Verdict) -> tuple[str, ...]:
    """A site's row under HEADINGS; "2/3" is so many of so many."""
    probe = verdict.probe
    read = [one for one in probe.articles if one.is_article]
    least = shortest(verdict.site)
    return (
        verdict.site.name,
        "broken" if verdict.broken else "flaw" if verdict.troubles else "ok",
        _robots(probe),
        _sources(probe, "feed"),
        _sources(probe, "sitemap"),
        str(probe.home.number) if probe.home and probe.home.answered else _NOTHING,
        _share(len(read), len(probe.articles)),
        _share(sum(one.published_at is not None for one in read), len(read)),
        _share(sum(one.characters >= least for one in read), len(read)),
        _validators(probe),
    )


def lines(verdicts: Sequence[Verdict]) -> list[str]:
    """What is wrong and what to do, site by site; and where none answers, the likelier cause."""
    told = []
    for verdict in verdicts:
        for one in verdict.troubles:
            mild = "" if one.level == "broken" else " (the site can be followed all the same)"
            told.append(f"{verdict.site.name}: {one.code.replace('_', ' ')}{mild}")
            told.append(f"    {one.what}")
            told.append(f"    {one.remedy}")
    if len(verdicts) > 1 and all(map(_is_unreachable, verdicts)):
        told.append("Not one of these portals answers: is this machine on the net?")
    return told


def _is_unreachable(verdict: Verdict) -> bool:
    return any(one.code == "unreachable" for one in verdict.troubles)


def summary(verdicts: Sequence[Verdict]) -> str:
    """One line on all of them."""
    broken = sum(not verdict.passed for verdict in verdicts)
    flawed = sum(verdict.passed and bool(verdict.troubles) for verdict in verdicts)
    sound = len(verdicts) - broken - flawed
    number = f"{len(verdicts)} site{'s' * (len(verdicts) != 1)}"
    return f"{number}: {sound} all right, {flawed} with a flaw, {broken} broken"


def as_json(verdict: Verdict, *, marked: str | None = None) -> dict[str, Any]:
    """A verdict with its probe; ``marked``: what became of its file (None: not asked)."""
    probe = verdict.probe
    read = [one for one in probe.articles if one.is_article]
    least = shortest(verdict.site)
    return {
        "site": verdict.site.name,
        "passed": verdict.passed,
        "verified": str(verdict.site.verified) if verdict.site.verified else False,
        "file": marked,
        "troubles": [
            {"code": one.code, "level": one.level, "what": one.what, "remedy": one.remedy}
            for one in verdict.troubles
        ],
        "articles": {
            "fetched": len(probe.articles),
            "read": len(read),
            "with_title": sum(bool(one.title) for one in read),
            "with_date": sum(one.published_at is not None for one in read),
            "with_author": sum(bool(one.author) for one in read),
            "of_sane_length": sum(one.characters >= least for one in read),
            "least_characters": least,
        },
        "probe": _without_addresses(probe),
    }


def _without_addresses(probe: Probe) -> dict[str, Any]:
    """The probe as JSON, but for the listed links and the files of a folder that is gone."""
    plain = probe_json(probe)
    for each in (*plain["sources"], *plain["articles"]):
        each.pop("links", None)
        del each["saved"]
    return plain


def _robots(probe: Probe) -> str:
    if probe.robots is None:
        return _NOTHING
    if not probe.robots.allows_home:
        return "forbids"
    if not probe.robots.body.strip():
        return "none"
    delay = probe.robots.crawl_delay
    return f"delay {delay:g} s" if delay else "found"


def _sources(probe: Probe, kind: str) -> str:
    """How many of them list articles, of how many that something named."""
    found = [one for one in probe.sources if one.kind == kind]
    named = [one for one in found if not (one.guessed and not one.number)]
    named = [one for one in named if one.number or not one.further or one.reason]
    return _share(sum(bool(one.number) for one in named), len(named)) if named else "none"


def _share(part: int, whole: int) -> str:
    return f"{part}/{whole}" if whole else _NOTHING


def _validators(probe: Probe) -> str:
    found = Counter(one.trust for one in probe.articles if one.is_article)
    order: tuple[Trust, ...] = ("lying", "true", "useless", "none")
    return next((trust for trust in order if found[trust]), _NOTHING)
