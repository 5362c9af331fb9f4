"""Two saved pages → what changed between them, through the code that crawls use."""

from dataclasses import dataclass
from typing import Any

from crawlers.page import Page
from crawlers.site import Site
from pipelines.article import Article
from pipelines.compare import Difference, compare
from pipelines.judge import resemble
from pipelines.reading import Reading, read


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """``reason`` says why pages are not comparable; it is empty when they are."""

    before: Article | None = None
    after: Article | None = None
    difference: Difference | None = None
    reason: str = ""

    @property
    def comparable(self) -> bool:
        return not self.reason

    def as_json(self) -> dict[str, Any]:
        """Plain JSON values; what does not apply is null or empty."""
        found = self.difference
        return {
            "comparable": self.comparable,
            "changed": found is not None if self.comparable else None,
            "kind": found.kind if found else None,
            "weight": found.weight if found else None,
            "fields": list(found.fields) if found else [],
            "explanation": found.explanation.as_json() if found else None,
            "reason": self.reason or None,
        }


def compare_pages(before: Page, after: Page, site: Site) -> Comparison:
    """Read both pages with the site's hints and compare the articles on them."""
    return compare_readings(read(before, site), read(after, site), site)


def compare_readings(old: Reading, new: Reading, site: Site) -> Comparison:
    """Compare what two pages of a site were read as."""
    problems = [_problem(name, reading) for name, reading in (("before", old), ("after", new))]
    if old.article is None or new.article is None:
        return Comparison(reason="; ".join(filter(None, problems)))
    if not resemble(old.article, new.article):
        return Comparison(
            before=old.article,
            after=new.article,
            reason="another article: neither the titles nor the texts resemble each other",
        )
    return Comparison(
        before=old.article,
        after=new.article,
        difference=compare(old.article, new.article, translates=site.translates),
    )


def _problem(name: str, reading: Reading) -> str:
    if reading.article is not None:
        return ""
    return f"the page {name} is no article but {reading.kind.replace('_', ' ')}: {reading.reason}"
