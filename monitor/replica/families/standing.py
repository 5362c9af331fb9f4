"""A portal that stands still: pages and sources in its family's style, and its fault."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Final
from urllib.parse import urlsplit

from crawlers.site import Site
from monitor.replica import answering
from monitor.replica.answering import Response
from monitor.replica.families.faults import FamilyFault
from monitor.replica.families.places import place
from monitor.replica.families.stories import served
from monitor.replica.families.styles import FAMILIES, Family, article_page
from monitor.replica.layout import Layout
from monitor.replica.noise import Noise
from monitor.replica.portals.markup import Asked
from monitor.replica.portals.shell import Frame, Portal
from monitor.replica.story import Served

ROBOTS: Final = "/robots.txt"
ONE_ETAG: Final = '"1"'
_TEXT: Final = (("Content-Type", "text/html; charset=utf-8"),)


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingPortal:
    """The portal of one configured site. ``fault`` is None where nothing is wrong with it."""

    site: Site
    family: Family
    fault: FamilyFault | None
    served: Served
    portal: Portal
    layout_seed: int

    def answer(self, request: Asked, headers: Mapping[str, str], noise: Noise) -> Response | None:
        """The answer, ``headers`` of the request in lower case; None: tear the connection down."""
        if self.fault == "silent":
            return None
        is_article = any(request.path == story.path for story in self.served.stories)
        struck = self._struck(request.path, headers, noise, is_article=is_article)
        if struck is not None:
            return struck
        response = answering.respond(
            request,
            self.portal,
            served=self.served,
            layout=Layout(site=self.family.name, seed=self.layout_seed),
            noise=noise,
            headers=headers,
        )
        if self.fault == "one_etag" and is_article:
            return replace(response, headers=(*_TEXT, ("ETag", ONE_ETAG)))
        return response

    def _struck(
        self, path: str, headers: Mapping[str, str], noise: Noise, *, is_article: bool
    ) -> Response | None:
        """What the fault has answered instead; None where it leaves the request alone."""
        is_robots = path == ROBOTS
        conditional = {"if-none-match", "if-modified-since"} & headers.keys()
        match self.fault:
            case "robots_error" if is_robots:
                return _refusal(503, "Service Unavailable")
            case "robots_forbids" if is_robots:
                plain = (("Content-Type", "text/plain"),)
                return Response(status=200, headers=plain, body=b"User-agent: *\nDisallow: /\n")
            case "cookie_wall" if not is_robots:
                return answering.wall(noise)
            case "refuses":
                return _refusal(403, "Forbidden")
            case "broken" if not is_robots:
                return _refusal(500, "Internal Server Error")
            case "articles_gone" if is_article:
                return _refusal(404, "Not Found")
            case "says_304" if is_article and conditional:
                return Response(status=304)
            case "one_etag" if is_article and headers.get("if-none-match") == ONE_ETAG:
                return Response(status=304)
            case _:
                return None


def standing_portals(
    seed: int,
    sites: Sequence[Site],
    start: datetime,
    faults: Mapping[str, FamilyFault],
    *,
    layout_seed: int,
) -> dict[str, StandingPortal]:
    """A portal for each site, by host without ``www.`` Raises forms.NoForm.

    ``layout_seed`` draws the families' class names that no site file knows.
    """
    portals = [_standing(site, seed, start, faults.get(site.name), layout_seed) for site in sites]
    return {
        host: portal
        for portal in portals
        for host in portal.site.all_hosts
        if not host.startswith("www.")
    }


def _standing(
    site: Site, seed: int, start: datetime, fault: FamilyFault | None, layout_seed: int
) -> StandingPortal:
    family = _faulty(FAMILIES.get(site.platform, FAMILIES["generic"]), fault)
    feeds = [source.url for source in site.sources if source.kind == "feed"]
    feed = urlsplit(feeds[0]).path if feeds else family.feed
    family = replace(family, feed=feed)
    tells = f'<link rel="alternate" type="application/rss+xml" href="{feed}">\n' if feed else ""
    frame = Frame(title=site.title, head=tells, foot=("Cơ quan ngôn luận của tỉnh.",))
    page = partial(article_page, family=family, frame=frame, dated=fault != "undated")
    return StandingPortal(
        site=site,
        family=family,
        fault=fault,
        layout_seed=layout_seed,
        served=served(site, seed, start, fault),
        portal=Portal(
            site=site.name,
            title=site.title,
            hosts=tuple(sorted(site.all_hosts)),
            article=page,
            place=partial(place, site=site, family=family, frame=frame, fault=fault),
            etags=family.etags,
        ),
    )


def _faulty(family: Family, fault: FamilyFault | None) -> Family:
    """The style with what the fault needs to show."""
    match fault:
        case "feed_missing" | "feed_broken" if not family.feed:
            return replace(family, feed="/rss/home.rss")
        case "sitemap_empty":
            return replace(family, sitemap="flat", names_sitemap=True)
        case "says_304" | "one_etag":
            return replace(family, etags="honest")
        case _:
            return family


def _refusal(status: int, said: str) -> Response:
    return Response(status=status, headers=_TEXT, body=f"<h1>{said}</h1>".encode())
