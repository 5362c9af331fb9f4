"""What portals answered, made up: a probe in which nothing is wrong, to be changed by tests."""

from datetime import UTC, datetime
from typing import Any

from crawlers.page import Link, Validators
from crawlers.site import ArticleAddress, Site
from monitor.probing.probe import ArticleProbe, Probe, RobotsProbe, SourceProbe

NOON = datetime(2026, 11, 22, 5, tzinfo=UTC)
HOME = "https://bao.example/"
SITE = Site(
    name="bao",
    title="Báo",
    home=HOME,
    verified=False,
    articles=(ArticleAddress(path=r"/tin/[a-z]+"),),
)
LINK = Link(url=f"{HOME}tin/a", key="a")
FRONT = SourceProbe(
    kind="home", url=HOME, status=200, configured=True, number=9, links=(LINK,), further=1
)
FEED = SourceProbe(kind="feed", url=f"{HOME}rss", status=200, number=5)
SITEMAP = SourceProbe(kind="sitemap", url=f"{HOME}sitemap.xml", status=200, number=5)
ARTICLE = ArticleProbe(
    url=LINK.url,
    listed_by=HOME,
    status=200,
    kind="article",
    title="Mưa lớn",
    published_at=NOON,
    characters=900,
    validators=Validators(etag='"1"'),
    trust="true",
)
ROBOTS = RobotsProbe(
    origin="https://bao.example", fetched_at=NOON, body="User-agent: *", crawl_delay=0,
    sitemaps=(), allows_home=True,
)  # fmt: skip


def probe(*sources: SourceProbe, articles: tuple[ArticleProbe, ...] = (), **more: Any) -> Probe:
    """A look at a portal that works, but for what is given."""
    given = {"end": "finished", "robots": ROBOTS, **more}
    return Probe(
        site="bao",
        began_at=NOON,
        ended_at=NOON,
        sources=sources or (FRONT, FEED, SITEMAP),
        articles=articles or (ARTICLE,) * 5,
        **given,
    )
