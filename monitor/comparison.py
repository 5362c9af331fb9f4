"""Two saved pages → what changed between them, through the code that crawls use."""

from dataclasses import dataclass
from typing import Any, Final

from crawlers.evidence import own_text
from crawlers.markup import parse
from crawlers.page import Page
from crawlers.site import Site
from pipelines.article import Article
from pipelines.compare import Difference, compare
from pipelines.judge import resemble
from pipelines.normalise import comparable
from pipelines.reading import Reading, read

NOTICES: Final = ("block_page", "soft_404", "server_error")
"""Pages that say themselves why they are no article."""
SHOWING: Final = ("listing", "front_page")


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """``reason`` says why pages are not comparable; it is empty when they are.

    ``note`` tells people of two pages that are the same and no article, so that none changed.
    """

    before: Article | None = None
    after: Article | None = None
    difference: Difference | None = None
    reason: str = ""
    note: str = ""

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
            "reason": self.reason or self.note or None,
        }


def compare_pages(before: Page, after: Page, site: Site) -> Comparison:
    """Read both pages with the site's hints and compare the articles on them."""
    old, new = read(before, site), read(after, site)
    if _is_same_again(before, old, after, new):
        return Comparison(note=f"no article, but the same {_name(old)} again: {old.reason}")
    return compare_readings(old, new, site)


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


def _is_same_again(before: Page, old: Reading, after: Page, new: Reading) -> bool:
    """Whether two pages, both no article, are one page again.

    A notice is if it gives the same reason, a listing if it has the same text beside its
    teasers. Nothing less will do: an article mistaken for a listing may have been edited.
    """
    if old.article is not None or new.article is not None or old.kind != new.kind:
        return False
    if before.body == after.body:
        return True
    if old.kind in NOTICES:
        return old.reason == new.reason
    return old.kind in SHOWING and _shown(before) == _shown(after)


def _shown(page: Page) -> list[str]:
    return [comparable(text) for text in own_text(parse(page.body, page.content_type))]


def _problem(name: str, reading: Reading) -> str:
    if reading.article is not None:
        return ""
    return f"the page {name} is no article but {_name(reading)}: {reading.reason}"


def _name(reading: Reading) -> str:
    return reading.kind.replace("_", " ")
