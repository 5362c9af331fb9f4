"""From what a portal answered to what is wrong with it. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from crawlers.site import Site
from monitor.checking.articles import article_troubles
from monitor.checking.trouble import BY_REASON, SOURCE_BY_REASON, Code, Trouble, trouble
from monitor.probing.choosing import FILES
from monitor.probing.probe import Probe, SourceProbe

GONE: Final = (404, 410)
NAMED_BY_US: Final = ("pages", "argument")
"""Kinds of sources that the portal did not list."""
_ENDS: Final = {
    "told_to_wait": "the portal asked to be left alone for longer than a crawl waits",
    "budget_spent": "the requests that the site's file allows in an hour are spent",
    "unreachable": "the portal stopped answering",
}
_ROBOTS_ANSWERED: Final = re.compile(r"robots\.txt: status \d")


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """A site's probe and what is wrong; nothing broken: it ``passed``."""

    site: Site
    probe: Probe
    troubles: tuple[Trouble, ...]

    @property
    def broken(self) -> tuple[Trouble, ...]:
        return tuple(one for one in self.troubles if one.level == "broken")

    @property
    def passed(self) -> bool:
        return not self.broken


def judged(site: Site, probe: Probe) -> Verdict:
    """What the probe says of the site. One cause is named once, not with all that follows."""
    return Verdict(site=site, probe=probe, troubles=tuple(_troubles(site, probe)))


def _troubles(site: Site, probe: Probe) -> Iterator[Trouble]:
    if probe.problem:
        yield trouble("no_probe", probe.problem)
        return
    for crash in probe.crashes:
        yield trouble("no_probe", f"a defect of baowatch's own: {crash}")
    found = list(_found(site, probe))
    yield from found
    if probe.unasked and all(one.level == "flaw" for one in found):
        yield trouble("asked_in_part", _unasked(probe), level="flaw")
    if probe.end != "finished" and all(one.level == "flaw" for one in found):
        yield trouble("no_probe", f"not everything was asked: {_ended(probe)}")


def _found(site: Site, probe: Probe) -> Iterator[Trouble]:
    home = probe.home
    lists = any(one.number for one in probe.sources if one.kind not in NAMED_BY_US)
    if home is None or not (home.status or home.reason):
        yield trouble("no_probe", f"the home page was not asked for: {_ended(probe)}")
        return
    if home.reason:
        yield _home_failed(home)
    elif not lists:
        yield _no_links(probe)
    elif not home.number:
        yield trouble("home_without_links", f"{home.url} links to no article", level="flaw")
    if not lists:
        return
    for kind in ("listing", "feed", "sitemap"):
        yield from _sources(probe, kind)
    if not probe.articles:
        yield trouble("no_probe", f"none of the listed articles was fetched: {_ended(probe)}")
    yield from article_troubles(site, probe.articles)


def _unasked(probe: Probe) -> str:
    return (
        f"an hour was not enough for {probe.unasked} of the sources and articles, with "
        f"{probe.delay:g} seconds at least between two requests"
    )


def _ended(probe: Probe) -> str:
    return _ENDS.get(probe.end, f"the crawl ended ({probe.end or 'without a word'})")


def _home_failed(home: SourceProbe) -> Trouble:
    code = BY_REASON.get(home.reason, "home_failed") if home.reason else "home_failed"
    if code == "refused" and home.answered:
        code = "walled"
    if code == "robots_unreachable" and not _ROBOTS_ANSWERED.search(home.detail):
        code = "unreachable"  # nor does anything else
    return trouble(code, f"{home.url}: {home.detail or home.reason}")


def _no_links(probe: Probe) -> Trouble:
    asked = [source for source in probe.sources if source.answered and not source.reason]
    read = ", ".join(source.url for source in asked)
    return trouble("no_links", f"no address that looks like an article's stands on {read}")


def _sources(probe: Probe, kind: str) -> Iterator[Trouble]:
    """What the file names and does not work is broken: it can be mended there.

    What fails as the home page does has its cause, and was named with it. Of what was found on
    the way one is told, and only where none of its kind works.
    """
    met = probe.home.reason if probe.home else ""
    named = [
        one
        for one in probe.sources
        if one.kind == kind and not one.guessed and not (met and one.reason == met)
    ]
    failing = [(one, code) for one in named if (code := _failing(one, probe))]
    yield from (trouble(code, _met(one)) for one, code in failing if one.configured)
    if all(not one.number and not one.configured for one in named):
        yield from (trouble(code, _met(one), level="flaw") for one, code in failing[:1])


def _failing(source: SourceProbe, probe: Probe) -> Code | None:
    """What is wrong with a source that was asked for and lists no article; else None."""
    if source.number or not (source.answered or source.reason):
        return None
    if source.reason and source.reason != "unreadable":
        return SOURCE_BY_REASON[source.reason]
    if source.kind == "listing":
        return "listing_failed"
    if source.reason and not source.further:
        return _unreadable(source)
    if source.kind == "feed":
        is_index = source.further and any(
            one.kind == "feed" and one.number for one in probe.sources
        )
        return None if is_index else "feed_empty"
    return "sitemap_empty" if source.reason or source.further <= FILES else None


def _unreadable(source: SourceProbe) -> Code:
    """Only where a page came can be said that it is no feed, or no sitemap."""
    is_feed = source.kind == "feed"
    if source.status in GONE:
        return "feed_gone" if is_feed else "sitemap_gone"
    if source.answered:
        return "feed_unreadable" if is_feed else "sitemap_unreadable"
    return "source_astray"


def _met(source: SourceProbe) -> str:
    said = source.detail or source.reason or "it lists no article"
    return f"{source.url}: {said}"
