"""Whether there is anything to tell, in one place for every format: silence is not "nothing"."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from monitor.render.language import Language
from monitor.render.words import KINDS, WEIGHT_NAMES, local
from monitor.report import Choice, Report, SiteReport

LONG_AGO: Final = timedelta(hours=24)
"""Before a report's end: what happened on a portal since its last crawl is then worth a word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What is said of a report as a whole, and whether there is anything to show of its sites.

    ``chosen``: what it was narrowed to. ``warnings``: what nothing is known of. ``nothing``: the
    words where there is nothing to show, and it is certain.
    """

    is_told: bool
    chosen: tuple[str, ...]
    warnings: tuple[str, ...]
    nothing: str

    @property
    def lines(self) -> tuple[str, ...]:
        return (*self.chosen, *self.warnings, *([self.nothing] if self.nothing else []))


def outcome(report: Report, sites: Sequence[SiteReport], said: Language) -> Outcome:
    """What these sites of a report come to.

    "Nothing new, nothing changed" is said only where every site was crawled in the span,
    nothing was left out and nothing is wrong.
    """
    missed = [site for site in sites if not report.was_looked_at(site)]
    is_told = any(map(_has_something, sites))
    warnings = _never_seen([site for site in missed if site.looked_at is None], said)
    warnings += [_missed(site, said) for site in missed if site.looked_at is not None]
    warnings += [_left(site, said) for site in sites if _was_left(report, site)]
    if not sites:
        warnings.append(said.say("No site was ever crawled."))
    nothing = ""
    if sites and not is_told and not missed:
        nothing = said.say("Nothing new, nothing changed.")
        if _is_narrow(report.choice):
            nothing = said.say("Nothing of what was asked for.")
    return Outcome(
        is_told=is_told,
        chosen=tuple(_chosen(report.choice, said)),
        warnings=tuple(warnings),
        nothing=nothing,
    )


def _has_something(site: SiteReport) -> bool:
    told = site.entries or site.dismissed or site.problems or site.hidden
    return bool(told or site.baseline_articles is not None)


def _never_seen(sites: Sequence[SiteReport], said: Language) -> list[str]:
    """One line, however many: at first most sites are configured and not crawled yet."""
    names = [site.site for site in sites]
    if len(names) < 2:
        return [
            said.say("{site}: no crawl of it ever ended well; nothing is known.", site=name)
            for name in names
        ]
    return [
        said.say(
            "No crawl of these sites ever ended well; nothing is known of them ({number}): {names}",
            number=said.number(len(names)),
            names=said.comma.join(names),
        )
    ]


def _missed(site: SiteReport, said: Language) -> str:
    assert site.looked_at is not None
    return said.say(
        "{site}: not crawled to the end in this time, last on {time}; nothing is known since.",
        site=site.site,
        time=local(site.looked_at),
    )


def _was_left(report: Report, site: SiteReport) -> bool:
    if site.looked_at is None or not report.was_looked_at(site):
        return False
    return report.until - site.looked_at > LONG_AGO


def _left(site: SiteReport, said: Language) -> str:
    assert site.looked_at is not None
    return said.say(
        "{site}: last crawled to the end on {time}; nothing is known since.",
        site=site.site,
        time=local(site.looked_at),
    )


def _is_narrow(choice: Choice) -> bool:
    return bool(choice.kinds or choice.weight == "substantive")


def _chosen(choice: Choice, said: Language) -> list[str]:
    """What a report was narrowed to, in words; nothing where it was not."""
    lines = []
    if choice.sites:
        lines.append(said.say("Only these sites: {names}", names=said.comma.join(choice.sites)))
    if choice.kinds:
        kinds = said.comma.join(said.say(KINDS[kind]) for kind in choice.kinds)
        lines.append(said.say("Only these kinds: {names}", names=kinds))
    if choice.weight == "substantive":
        weight = said.say(WEIGHT_NAMES[choice.weight])
        lines.append(said.say("Only of this weight: {weight}", weight=weight))
    return lines
