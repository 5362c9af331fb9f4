"""Pure: how the pages of each family are built. Named as the platforms of config/platforms."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from monitor.replica.noise import weekday
from monitor.replica.portals.markup import (
    View,
    figures,
    links,
    local,
    news_article,
    opengraph,
    paragraphs,
)
from monitor.replica.portals.shell import Frame, page, sidebar
from monitor.replica.story import Story


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """A style: markup of lead (with ``{}``) and text, what machines are told, and the sources.

    ``dates`` is the form of the visible date; empty shows none. ``json_ld`` and ``meta_time``:
    what machines are told. ``feed`` is a path; empty for none; with ``feed_index`` a page of
    feeds. ``names_sitemap``: in robots.txt.
    """

    name: str
    lead: str
    body: str
    dates: str
    json_ld: bool = False
    meta_time: bool = False
    feed: str = ""
    feed_index: bool = False
    sitemap: Literal["flat", "index"] = "flat"
    names_sitemap: bool = False
    etags: Literal["none", "honest", "useless"] = "none"
    crawl_delay: int = 0


_PLAIN: Final = Family(
    name="generic",
    lead="<h2>{}</h2>",
    body="",
    dates="{weekday}, %d/%m/%Y, %H:%M",
    crawl_delay=7,
)
FAMILIES: Final[Mapping[str, Family]] = {
    family.name: family
    for family in (
        _PLAIN,
        Family(
            name="post_id",
            lead='<div class="article__sapo">{}</div>',
            body="article__body",
            dates="%d/%m/%Y %H:%M",
            json_ld=True,
            feed="/rss/home.rss",
            sitemap="index",
            names_sitemap=True,
            etags="honest",
        ),
        Family(
            name="numbered",
            lead='<p class="block-sc-sapo">{}</p>',
            body="b-grid__text",
            dates="%H:%M | %d/%m/%Y",
            json_ld=True,
            meta_time=True,
            feed="/rss",
            feed_index=True,
            names_sitemap=True,
        ),
        Family(
            name="month_folder",
            lead='<p class="sapo"><strong>{}</strong></p>',
            body="content-detail",
            dates="{weekday}, %d/%m/%Y %H:%M GMT+7",
            feed="/rss/home.rss",
        ),
        Family(
            name="letter_a",
            lead='<div class="desc">{}</div>',
            body="",
            dates="Cập nhật ngày: %d/%m/%Y %H:%M",
            meta_time=True,
            sitemap="index",
            names_sitemap=True,
            etags="useless",
        ),
    )
}
"""By platform; a site on another platform, or on none, is like "generic"."""


def article_page(
    story: Story, view: View, *, family: Family, frame: Frame, dated: bool = True
) -> str:
    """The page of one article; without ``dated`` it shows and tells no time."""
    noise, layout = view.noise, view.layout
    when = local(story.published_at, family.dates).format(weekday=weekday(story.published_at))
    time = f'<span class="{layout.name("time")}">{when}</span>' if dated else ""
    blocks = "\n".join((*figures(view, story), *paragraphs(view, story)))
    body = f'<div class="{family.body or layout.name("body")}">{blocks}</div>'
    lead = family.lead.format(noise.text(story.lead)) if story.lead else ""
    main = (
        f"<h1>{noise.text(story.title)}</h1>\n"
        f'<div class="{layout.name("meta")}">{time}'
        f'<span class="{layout.name("byline")}">{noise.text(story.author)}</span></div>\n'
        f"{lead}\n{layout.wrap('body', body)}\n{noise.share()}\n"
        + links(view, noise.picks(view.others(story), 3, 6, "related"), "Tin liên quan")
    )
    return page(
        view,
        frame,
        main,
        title=f"{story.title} - {frame.title}",
        head=_head(story, family, frame, dated=dated),
        aside=sidebar(view, frame, story),
    )


def _head(story: Story, family: Family, frame: Frame, *, dated: bool) -> str:
    moment = local(story.published_at, "%Y-%m-%dT%H:%M:%S+07:00")
    told = {"article__published_time": moment} if family.meta_time and dated else {}
    head = opengraph(story, frame.title, **told)
    if family.json_ld and dated:
        author = {"@type": "Person", "name": story.author}
        return f"{head}\n{news_article(story, author, frame.title)}"
    return f'{head}\n<meta name="author" content="{story.author}">'
