"""What is said of a site as a whole, in every format alike."""

from collections.abc import Iterator

from monitor.render.language import Language
from monitor.report import SiteReport


def site_lines(site: SiteReport, said: Language) -> Iterator[str]:
    """The baseline, where it ended in the span, and how much was left out."""
    if site.baseline_articles is not None:
        known = said.count(
            "First crawl: {n} article known",
            "First crawl: {n} articles known",
            site.baseline_articles,
        )
        unread = said.count(
            ", {n} still to be read", ", {n} still to be read", site.unread_articles
        )
        yield f"{known}{unread if site.unread_articles else ''}."
    if site.hidden:
        yield hidden_line(site, said)


def hidden_line(site: SiteReport, said: Language) -> str:
    return said.count(
        "{n} lesser change left out (--all)",
        "{n} lesser changes left out (--all)",
        site.hidden,
    )
