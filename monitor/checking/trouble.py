"""What may be wrong with a portal, by name, and what to do about it. Pure."""

from dataclasses import dataclass
from typing import Final, Literal

from crawlers.page import FailureReason

Code = Literal[
    "no_probe",
    "asked_in_part",
    "unreachable",
    "certificate",
    "robots_unreachable",
    "robots_forbids",
    "refused",
    "walled",
    "server_error",
    "home_failed",
    "no_links",
    "home_without_links",
    "listing_failed",
    "source_unavailable",
    "source_refused",
    "source_forbidden",
    "source_too_large",
    "source_astray",
    "feed_gone",
    "feed_unreadable",
    "feed_empty",
    "sitemap_gone",
    "sitemap_unreadable",
    "sitemap_empty",
    "articles_gone",
    "articles_refused",
    "articles_walled",
    "not_articles",
    "titles_missing",
    "dates_missing",
    "text_short",
    "text_long",
    "validators_lie",
]
Level = Literal["broken", "flaw"]
"""A flaw is told, and the site can be followed all the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """Something wrong: ``what`` was met and where, and the ``remedy``; a sentence each."""

    code: Code
    level: Level
    what: str
    remedy: str


REMEDIES: Final[dict[Code, str]] = {
    "no_probe": "Check the site again; what was said stands above.",
    "asked_in_part": "Nothing to do: what was asked for is judged.",
    "unreachable": "Open the address in a browser. If the portal moved, change 'home' in its "
    "file; else check again later.",
    "certificate": "Tell the portal. To accept it until then, name the host under "
    "'insecure_tls' with the reason.",
    "robots_unreachable": "Nothing may be fetched while robots.txt cannot be had. Check again "
    "tomorrow; tell the portal if it stays so.",
    "robots_forbids": "The portal does not want to be crawled. Ask it for leave, or remove the "
    "site's file.",
    "refused": "The portal refuses this crawler. Set BAOWATCH_CONTACT to your own address and "
    "ask the portal for leave.",
    "walled": "A wall stands before the pages, and no crawler passes it. Ask the portal for leave.",
    "server_error": "The portal is broken itself. Check again later.",
    "home_failed": "Correct 'home' in the site's file.",
    "no_links": "Compare the addresses of the portal's articles with 'articles' in its file, "
    "and add their form there.",
    "home_without_links": "A script may fill the page. Name a section's page, a feed or a sitemap "
    "under 'sources'.",
    "listing_failed": "Correct the address under 'sources', or remove it.",
    "source_unavailable": "Check again later. If it stays so, name another source under 'sources' "
    "in its place, or tell the portal.",
    "source_refused": "The portal does not give it to this crawler. Set BAOWATCH_CONTACT to your "
    "own address and ask for leave, or name another source under 'sources' in its place.",
    "source_forbidden": "It will not be asked for. Name another source under 'sources' in its "
    "place, or ask the portal for leave.",
    "source_too_large": "More than is read of one source. Name a smaller one under 'sources' in "
    "its place, or tell the portal.",
    "source_astray": "The address leads to nothing that can be read. Correct it under 'sources', "
    "or name another source; where a host of the portal is missing, add it under 'hosts'.",
    "feed_gone": "Name the feed's new address under 'sources', or remove the old one.",
    "feed_unreadable": "What stands at the address is no feed. Name the right one under "
    "'sources', or tell the portal.",
    "feed_empty": "Open the feed: if it has entries, add their form of address to 'articles'.",
    "sitemap_gone": "Name the sitemap's new address under 'sources', or tell the portal.",
    "sitemap_unreadable": "What stands at the address is no sitemap. Name the right one under "
    "'sources', or tell the portal.",
    "sitemap_empty": "Nothing is lost while other sources list the articles. Name a better "
    "sitemap under 'sources' if there is one.",
    "articles_gone": "What the sources list does not stand there. Check 'sources', and "
    "whether the portal moved.",
    "articles_refused": "Set BAOWATCH_CONTACT to your own address and ask the portal for leave.",
    "articles_walled": "A wall stands before the articles. Ask the portal for leave.",
    "not_articles": "See with 'baowatch extract' what such a page is taken for; narrow "
    "'articles', or name 'selectors'.",
    "titles_missing": "Name where the title stands under 'selectors: title'.",
    "dates_missing": "Name where the date stands under 'selectors: published'.",
    "text_short": "See with 'baowatch extract' what was read; name 'selectors: body', or lower "
    "'expect: min_characters'.",
    "text_long": "See with 'baowatch extract' what was read, and name 'selectors: body'.",
    "validators_lie": "Nothing to do: they will not be trusted, and whole pages are fetched.",
}

BY_REASON: Final[dict[FailureReason, Code]] = {
    "unreachable": "unreachable",
    "certificate": "certificate",
    "robots_forbids": "robots_forbids",
    "robots_unreachable": "robots_unreachable",
    "blocked": "refused",
    "busy": "refused",
    "server_error": "server_error",
}
"""What a home page that failed says of the whole portal; anything else is "home_failed"."""

SOURCE_BY_REASON: Final[dict[FailureReason, Code]] = {
    "unreachable": "source_unavailable",
    "busy": "source_unavailable",
    "server_error": "source_unavailable",
    "certificate": "certificate",
    "robots_forbids": "source_forbidden",
    "robots_unreachable": "robots_unreachable",
    "blocked": "source_refused",
    "too_large": "source_too_large",
    "too_many_redirects": "source_astray",
    "refused": "source_astray",
    "crashed": "no_probe",
}
"""What another source that failed says of itself; of an answer it depends on what was read."""


def trouble(code: Code, what: str, *, level: Level = "broken") -> Trouble:
    return Trouble(code=code, level=level, what=what, remedy=REMEDIES[code])
