"""What a true check says of replica portals with scripted faults. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from monitor.checking.trouble import Code
from monitor.checking.verdict import Verdict
from monitor.replica.families.faults import FamilyFault
from monitor.replica.faults import OutageKind

Fault = FamilyFault | OutageKind
NAMED: Final[dict[Fault, Code]] = {
    "feed_missing": "feed_gone",
    "feed_broken": "source_unavailable",
    "sitemap_empty": "sitemap_empty",
    "robots_error": "robots_unreachable",
    "robots_forbids": "robots_forbids",
    "cookie_wall": "walled",
    "refuses": "refused",
    "broken": "server_error",
    "silent": "unreachable",
    "unknown_addresses": "no_links",
    "home_by_script": "home_without_links",
    "undated": "dates_missing",
    "short": "text_short",
    "articles_gone": "articles_gone",
    "says_304": "validators_lie",
    "one_etag": "validators_lie",
    "hang": "unreachable",
    "reset": "unreachable",
    "busy": "robots_unreachable",
    "forbidden": "robots_forbids",
}
"""One name for each fault, and no other: one cause is named once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """A site's scripted fault, and whether the check said exactly that."""

    site: str
    fault: Fault | None
    expected: tuple[Code, ...]
    told: tuple[Code, ...]

    @property
    def is_true(self) -> bool:
        return self.expected == self.told


def compared(verdicts: Sequence[Verdict], faults: Mapping[str, Fault]) -> tuple[Comparison, ...]:
    """What was told of each site beside what was scripted."""
    return tuple(
        Comparison(
            site=verdict.site.name,
            fault=(fault := faults.get(verdict.site.name)),
            expected=(NAMED[fault],) if fault else (),
            told=tuple(trouble.code for trouble in verdict.troubles),
        )
        for verdict in verdicts
    )
