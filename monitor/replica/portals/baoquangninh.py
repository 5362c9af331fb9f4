"""Báo Quảng Ninh: OpenGraph times without a zone, an index of feeds, tails inside the body."""

from monitor.replica.portals.markup import (
    Answer,
    Asked,
    View,
    figures,
    links,
    local,
    opengraph,
    paragraphs,
    woven,
)
from monitor.replica.portals.shell import Frame, Portal, home, in_section, listing, page, sidebar
from monitor.replica.portals.sources import feed, feed_index, robots, sitemap
from monitor.replica.sentences_vi import SECTIONS
from monitor.replica.story import Story

TITLE = "Báo Quảng Ninh điện tử"
HOME = "https://baoquangninh.vn"
FRAME = Frame(
    title=TITLE,
    foot=("Cơ quan của Đảng bộ tỉnh Quảng Ninh.", "Tòa soạn: phường Hồng Gai. Fax: 0203 3825 777"),
)


def article(story: Story, view: View) -> str:
    """The page of one article."""
    noise, layout = view.noise, view.layout
    blocks = [
        *figures(view, story, images="https://media.baoquangninh.vn"),
        *paragraphs(view, story),
    ]
    text = woven(blocks, [noise.linked_ad(), noise.text_ad(), noise.ad()])
    lead = layout.choice("lead", "h2", "p", "div")
    main = (
        f"<h1>{noise.text(story.title)}</h1>\n"
        f'<div class="{layout.name("meta")}">'
        f'<span class="{layout.name("byline")}">{noise.text(story.author)}</span>'
        f"<span>{local(story.published_at, '%d/%m/%Y %H:%M')}</span>{noise.counter('Lượt đọc')}"
        "</div>\n"
        f'<{lead} class="{layout.name("lead")}">{noise.text(story.lead)}</{lead}>\n'
        + layout.wrap(
            "body", f'<div class="{layout.name("body")}">{text}{_tail(story, view)}</div>'
        )
        + f'\n<div class="bottom-right-ads">{noise.linked_ad()}{noise.ad()}</div>{noise.share()}'
    )
    head = opengraph(
        story,
        TITLE,
        article__published_time=local(story.published_at, "%Y-%m-%dT%H:%M:%S"),
        article__modified_time=local(story.modified_at, "%Y-%m-%dT%H:%M:%S"),
        article__author=story.author,
    )
    head += f'\n<link rel="canonical" href="{story.url}">'
    aside = sidebar(view, FRAME, story)
    return page(view, FRAME, main, title=f"{story.title} - {TITLE}", head=head, aside=aside)


def _tail(story: Story, view: View) -> str:
    related = view.noise.picks(view.others(story), 2, 5, "related")
    words = [word for word in story.path.strip("/").split("-") if len(word) > 4][:3]
    tags = "".join(f'<a href="/tag/{word}">{word}</a> ' for word in words)
    return (
        f"\n<p>Từ khóa:</p><p>{tags}</p>\n{links(view, related, 'Tin liên quan')}\n"
        f"<p>Ý kiến bạn đọc</p>{view.noise.comments('Bình luận')}"
    )


def place(asked: Asked, view: View) -> Answer | None:
    """Every other address."""
    stories = view.served.listed
    section = in_section(view, asked.path)
    if asked.path == "/robots.txt":
        return robots("User-agent: *", "Disallow: /print/", "Disallow: /*?print=")
    if asked.path == "/":
        return home(view, FRAME, stories)
    if asked.path == "/rss":
        return feed_index(
            ((f"{HOME}/rss/news/{one.slug}.rss", one.name) for one in SECTIONS), TITLE
        )
    news = asked.path.removesuffix(".rss")
    feed_section = in_section(view, news, "/rss/news/{slug}")
    if feed_section and asked.path.endswith(".rss"):
        return feed(view, feed_section[1], feed_section[0], HOME)
    if asked.path == "/sitemap.xml":
        return sitemap(stories)
    if section:
        return listing(view, FRAME, section[1], asked, section[0])
    if asked.path.startswith("/tag/"):
        return listing(view, FRAME, stories, asked, asked.path[5:])
    return None


PORTAL = Portal(
    site="baoquangninh",
    title=TITLE,
    hosts=("baoquangninh.vn", "baoquangninh.com.vn"),
    article=article,
    place=place,
)
