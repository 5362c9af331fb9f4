"""Pure: what is wrong with some of the standing portals, drawn from the seed."""

import random
from collections.abc import Sequence
from typing import Final, Literal, get_args

from crawlers.site import Site

FamilyFault = Literal[
    "feed_missing",  # 404 where the feed should be
    "feed_broken",  # an error of the server's scripts in place of the feed
    "sitemap_empty",
    "robots_error",  # 503
    "robots_forbids",  # everything
    "cookie_wall",  # before everything but robots.txt
    "refuses",  # 403 to everything
    "broken",  # 500 for everything but robots.txt
    "silent",  # the connection is torn down
    "unknown_addresses",  # of no form that the site's file knows
    "home_by_script",  # the home page holds no link; feed and sitemap do
    "undated",
    "short",  # articles of a line
    "articles_gone",  # 404 for all that is listed
    "says_304",  # for every article, to whatever validators
    "one_etag",  # the same for every article
]
FAULTS: Final[tuple[FamilyFault, ...]] = get_args(FamilyFault)
SHARE: Final = 0.5
"""Of the sites that may have a fault at most."""


def faults_of(seed: int, sites: Sequence[Site]) -> dict[str, FamilyFault]:
    """Which site has which fault: each fault once, as far as half of the sites go."""
    rng = random.Random(f"{seed} faults")
    free = sorted(sites, key=lambda site: site.name)
    rng.shuffle(free)
    wanted = rng.sample(FAULTS, len(FAULTS))
    drawn: dict[str, FamilyFault] = {}
    for fault in wanted:
        if len(drawn) >= SHARE * len(sites):
            break
        site = next((one for one in free if one.name not in drawn and may_have(one, fault)), None)
        if site is not None:
            drawn[site.name] = fault
    return drawn


def may_have(site: Site, fault: FamilyFault) -> bool:
    """Not undated where an address tells the day."""
    tells_day = any("(?P<published>" in form.path for form in site.articles)
    return not (fault == "undated" and tells_day)
