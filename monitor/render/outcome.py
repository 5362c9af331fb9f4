"""Whether there is anything to tell, in one place for every format: silence is not "nothing"."""

from collections.abc import Sequence
from dataclasses import dataclass

from monitor.render.language import Language
from monitor.render.words import KINDS, WEIGHT_NAMES, local
from monitor.report import Choice, Report, SiteReport


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """``is_told``: there is something to show of the sites; ``lines``: what is to be said of the
    report as a whole, before them.
    """

    is_told: bool
    lines: tuple[str, ...]


def outcome(report: Report, sites: Sequence[SiteReport], said: Language) -> Outcome:
    """What these sites of a report come to.

    "Nothing new, nothing changed" is said only where every site was crawled in the span,
    nothing was left out and nothing is wrong.
    """
    missed = [site for site in sites if not report.was_looked_at(site)]
    is_told = any(map(_has_something, sites))
    lines = [*chosen(report.choice, said)]
    lines += [_missed(site, said) for site in missed]
    if not sites:
        lines.append(said.say("No site was ever crawled."))
    elif not is_told and not missed:
        lines.append(
            said.say("Nothing of what was asked for.")
            if _is_narrow(report.choice)
            else said.say("Nothing new, nothing changed.")
        )
    return Outcome(is_told=is_told, lines=tuple(lines))


def _has_something(site: SiteReport) -> bool:
    told = site.entries or site.dismissed or site.problems or site.hidden
    return bool(told or site.baseline_articles is not None)


def _missed(site: SiteReport, said: Language) -> str:
    if site.looked_at is None:
        return said.say("{site}: no crawl of it ever ended well; nothing is known.", site=site.site)
    return said.say(
        "{site}: not crawled to the end in this time, last on {time}; nothing is known since.",
        site=site.site,
        time=local(site.looked_at),
    )


def _is_narrow(choice: Choice) -> bool:
    return bool(choice.kinds or choice.weight == "substantive")


def chosen(choice: Choice, said: Language) -> list[str]:
    """What a report was narrowed to, in words; nothing where it was not."""
    lines = []
    if choice.sites:
        lines.append(said.say("Only these sites: {names}", names=", ".join(choice.sites)))
    if choice.kinds:
        kinds = ", ".join(said.say(KINDS[kind]) for kind in choice.kinds)
        lines.append(said.say("Only these kinds: {names}", names=kinds))
    if choice.weight == "substantive":
        weight = said.say(WEIGHT_NAMES[choice.weight])
        lines.append(said.say("Only of this weight: {weight}", weight=weight))
    return lines
