"""Pure: every address of a standing portal that is no article."""

from collections.abc import Sequence
from typing import Final
from urllib.parse import urljoin, urlsplit

from crawlers.site import Site
from monitor.replica.families.faults import FamilyFault
from monitor.replica.families.styles import Family
from monitor.replica.portals.markup import Answer, Asked, View
from monitor.replica.portals.shell import Frame, home, in_section, listing, page
from monitor.replica.portals.sources import feed, feed_index, robots, sitemap, sitemap_index
from monitor.replica.sentences_vi import SECTIONS
from monitor.replica.story import Story

SITEMAP: Final = "/sitemap.xml"
_SCRIPT_ERROR: Final = "<br /><b>Fatal error</b>: Uncaught Error in /var/www/rss.php:12"


def place(
    asked: Asked,
    view: View,
    *,
    site: Site,
    family: Family,
    frame: Frame,
    fault: FamilyFault | None,
) -> Answer | None:
    """The answer at an address; None where nothing stands."""
    stories = view.served.listed
    if asked.path == "/robots.txt":
        return _robots(site, family)
    if asked.path in ("/", urlsplit(site.home).path):
        if fault == "home_by_script":
            return Answer(body=page(view, frame, '<div id="app"></div>', title=frame.title))
        return home(view, frame, stories)
    if asked.path in _paths(site, "feed", family.feed):
        return _feed(view, stories, site, family, fault)
    if family.feed_index and asked.path.startswith(f"{family.feed}/"):
        name = asked.path.removeprefix(f"{family.feed}/").removesuffix(".rss")
        return feed(view, [one for one in stories if one.section == name], site.title, site.home)
    if asked.path in _paths(site, "sitemap", SITEMAP):
        return _sitemap(stories, site, family, fault)
    if asked.path.startswith("/sitemaps/"):
        return sitemap(stories if asked.path == "/sitemaps/posts.xml" else ())
    if asked.path in _paths(site, "listing", ""):
        return listing(view, frame, stories, asked, site.title)
    section = in_section(view, asked.path)
    return listing(view, frame, section[1], asked, section[0]) if section else None


def _paths(site: Site, kind: str, own: str) -> set[str]:
    named = {urlsplit(source.url).path for source in site.sources if source.kind == kind}
    return named | {own} - {""}


def _robots(site: Site, family: Family) -> Answer:
    lines = ["User-agent: *", "Disallow: /tim-kiem"]
    if family.crawl_delay:
        lines.append(f"Crawl-delay: {family.crawl_delay}")
    if family.names_sitemap:
        lines.append(f"Sitemap: {urljoin(site.home, SITEMAP)}")
    return robots(*lines)


def _feed(
    view: View, stories: Sequence[Story], site: Site, family: Family, fault: FamilyFault | None
) -> Answer:
    if fault == "feed_missing":
        return Answer(body="<h1>Not Found</h1>", status=404)
    if fault == "feed_broken":
        return Answer(body=_SCRIPT_ERROR)
    if family.feed_index:
        filled = {story.section for story in stories}
        feeds = [
            (f"{family.feed}/{one.slug}.rss", one.name) for one in SECTIONS if one.slug in filled
        ]
        return feed_index(feeds, site.title)
    return feed(view, stories, site.title, site.home)


def _sitemap(
    stories: Sequence[Story], site: Site, family: Family, fault: FamilyFault | None
) -> Answer:
    if fault == "sitemap_empty":
        return sitemap(())
    if family.sitemap == "index":
        names = ("sections", "posts")
        return sitemap_index(urljoin(site.home, f"/sitemaps/{name}.xml") for name in names)
    return sitemap(stories)
