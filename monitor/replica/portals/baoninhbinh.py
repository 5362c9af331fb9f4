"""Báo Ninh Bình: visible dates only, a caption printed twice, search pages as listings."""

from monitor.replica.noise import weekday
from monitor.replica.portals.markup import (
    Answer,
    Asked,
    View,
    figures,
    links,
    local,
    opengraph,
    paragraphs,
    teasers,
    woven,
)
from monitor.replica.portals.shell import (
    Frame,
    Portal,
    home,
    in_section,
    listing,
    page,
    sidebar,
)
from monitor.replica.portals.sources import feed, robots, sitemap
from monitor.replica.story import Story

TITLE = "Báo Ninh Bình điện tử"
HOME = "https://baoninhbinh.org.vn"
FRAME = Frame(
    title=TITLE,
    head='<link rel="alternate" type="application/rss+xml" href="/rss/home.rss">\n',
    foot=("Cơ quan của Đảng bộ tỉnh. Giấy phép số 411/GP-BTTTT.", "Điện thoại: 0229 3871 234"),
)


def article(story: Story, view: View) -> str:
    """The page of one article."""
    noise, layout = view.noise, view.layout
    images = f"https://img.baoninhbinh.org.vn/DATA/ARTICLES/{local(story.published_at, '%Y/%m/%d')}"
    when = f"{weekday(story.published_at)}, {local(story.published_at, '%d/%m/%Y, %H:%M')}"
    blocks = [*figures(view, story, twice=True, images=images), *paragraphs(view, story)]
    body = woven(blocks, [noise.linked_ad(), noise.text_ad(), noise.ad(), *teasers(view, story, 1)])
    lead = layout.choice("lead", "h2", "p", "div")
    author = noise.text(story.author)
    main = (
        f"<h1>{noise.text(story.title)}</h1>\n"
        f'<div class="{layout.name("meta")}"><span>{when} [GMT+7]</span>'
        f'<span class="{layout.name("byline")}">{author}</span>{noise.counter("Lượt xem")}</div>\n'
        f'<{lead} class="{layout.name("lead")}">{noise.text(story.lead)}</{lead}>\n'
        + layout.wrap("body", f'<div class="{layout.name("body")}">{body}</div>')
        + f"\n{noise.share()}\n<span>Zalo</span>\n{noise.comments('Bình luận')}\n"
        + links(view, noise.picks(view.others(story), 3, 6, "related"), "Tin liên quan")
    )
    head = opengraph(story, TITLE) + f'\n<meta name="author" content="{author}">'
    aside = sidebar(view, FRAME, story)
    return page(view, FRAME, main, title=f"{story.title} - {TITLE}", head=head, aside=aside)


def place(asked: Asked, view: View) -> Answer | None:
    """Every other address."""
    stories = view.served.listed
    section = in_section(view, asked.path)
    if asked.path == "/robots.txt":
        return robots("User-agent: *", "Disallow: /tim-kiem", "Disallow: /admin/")
    if asked.path == "/":
        return home(view, FRAME, stories)
    if asked.path == "/rss/home.rss":
        return feed(view, stories, TITLE, HOME)
    if asked.path == "/sitemap.xml":
        return sitemap(stories)
    if asked.path.startswith("/s/"):
        return listing(view, FRAME, stories, asked, f"Tìm kiếm: {asked.path[3:]}")
    if section:
        return listing(view, FRAME, section[1], asked, section[0])
    return None


PORTAL = Portal(
    site="baoninhbinh",
    title=TITLE,
    hosts=("baoninhbinh.org.vn",),
    article=article,
    place=place,
)
