"""Báo Hà Tĩnh: known selectors, teasers inside old articles, honest ETags, a news sitemap."""

from datetime import timedelta

from monitor.replica.addresses import LOCAL
from monitor.replica.portals.markup import (
    Answer,
    Asked,
    View,
    address,
    figures,
    links,
    local,
    news_article,
    opengraph,
    paragraphs,
    teasers,
    woven,
)
from monitor.replica.portals.shell import Frame, Portal, home, in_section, listing, page, sidebar
from monitor.replica.portals.sources import (
    news_sitemap,
    robots,
    sitemap,
    sitemap_index,
)
from monitor.replica.story import Story

TITLE = "Báo Hà Tĩnh"
HOME = "https://baohatinh.vn"
FRAME = Frame(
    title=TITLE,
    section_path="/{slug}/",
    foot=(
        "Cơ quan của Đảng bộ tỉnh Hà Tĩnh.",
        "Số 223, đường Nguyễn Huy Tự. Hotline: 0914 173 246",
    ),
)
SIGN = "(Baohatinh.vn) - "
OLD = timedelta(days=2)


def article(story: Story, view: View) -> str:
    """The page of one article; selectors as PORTALS.md gives them."""
    noise, layout = view.noise, view.layout
    local_time = story.published_at.astimezone(LOCAL)
    old = max(other.published_at for other in view.served.stories) - story.published_at > OLD
    blocks = [*figures(view, story, images="https://image.baohatinh.vn"), *paragraphs(view, story)]
    between = [*(teasers(view, story) if old else ()), noise.linked_ad(), noise.text_ad()]
    lead = layout.choice("lead", "h2", "div", "p")
    main = (
        f'<div class="{layout.name("article")}">\n<h1>{noise.text(story.title)}</h1>\n'
        f'<div class="article__meta"><span class="author">{noise.text(story.author)}</span>'
        f'<time datetime="{local_time.isoformat()}">{local_time:%d/%m/%Y %H:%M}</time>'
        f"{noise.counter('Lượt xem')}</div>\n"
        f'<{lead} class="{layout.name("lead")}">{SIGN}{noise.text(story.lead)}</{lead}>\n'
        + layout.wrap("body", f'<div class="article__body">\n{woven(blocks, between)}\n</div>')
        + f'\n<a href="/ha-tinh-tag{len(story.title)}.html">Hà Tĩnh</a>\n'
        + f"{noise.share()}{noise.comments('Bình luận')}\n"
        + links(view, noise.picks(view.others(story), 3, 6, "related"), "Đọc thêm", times=True)
        + "\n</div>"
    )
    organization = {"@type": "Organization", "name": TITLE}
    head = opengraph(story, TITLE) + "\n" + news_article(story, organization, TITLE)
    head += f'\n<link rel="canonical" href="{story.url}">'
    aside = sidebar(view, FRAME, story) + _times(view, story)
    return page(view, FRAME, main, title=f"{story.title} | {TITLE}", head=head, aside=aside)


def _times(view: View, story: Story) -> str:
    """The sidebar's lines "dd/mm/yyyy HH:MM"."""
    return "".join(
        f'<div><a href="{address(other)}">{view.noise.text(other.title)}</a>'
        f"<p>{local(other.published_at, '%d/%m/%Y %H:%M')}</p></div>"
        for other in view.noise.picks(view.others(story), 2, 4, "most_read")
    )


def place(asked: Asked, view: View) -> Answer | None:
    """Every other address."""
    stories = view.served.listed
    section = in_section(view, asked.path)
    if asked.path == "/robots.txt":
        return robots("User-agent: *", "Disallow: /api/", f"Sitemap: {HOME}/sitemap.xml")
    if asked.path == "/":
        return home(view, FRAME, stories)
    if asked.path == "/sitemap.xml":
        return sitemap_index((f"{HOME}/sitemaps/news.xml", f"{HOME}/sitemaps/posts-1.xml"))
    if asked.path == "/sitemaps/news.xml":
        recent = [story for story in stories if view.noise.now - story.published_at < OLD]
        return news_sitemap(recent, TITLE)
    if asked.path == "/sitemaps/posts-1.xml":
        return sitemap(stories)
    if section:
        return listing(view, FRAME, section[1], asked, section[0])
    if "-tag" in asked.path or asked.path.startswith(("/tv/", "/cong-cu/")):
        return listing(view, FRAME, stories, asked, "Hà Tĩnh")
    return None


PORTAL = Portal(
    site="baohatinh",
    title=TITLE,
    hosts=("baohatinh.vn",),
    article=article,
    place=place,
    etags="honest",
    gzip=True,
)
