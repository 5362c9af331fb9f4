"""Báo Ninh Thuận and its successor Báo Khánh Hòa: two hosts, JSON-LD, Crawl-delay."""

from monitor.replica.portals.markup import (
    Answer,
    Asked,
    View,
    figures,
    links,
    local,
    news_article,
    paragraphs,
    teasers,
    woven,
)
from monitor.replica.portals.shell import Frame, Portal, home, in_section, listing, page, sidebar
from monitor.replica.portals.sources import feed, robots, sitemap
from monitor.replica.story import Story

OLD = Frame(
    title="Báo Ninh Thuận Online",
    foot=("Giấy phép số 220/GP-BTTTT. Ghi rõ nguồn Báo Ninh Thuận khi phát hành lại.",),
    most_read="Xem nhiều nhất",
)
NEW = Frame(
    title="Báo Khánh Hòa điện tử",
    head='<link rel="alternate" type="application/rss+xml" title="RSS" href="/rss/home.rss">\n',
    foot=("Cơ quan ngôn luận của Đảng bộ tỉnh Khánh Hòa.",),
    section_path="/{slug}/",
)


def article(story: Story, view: View) -> str:
    """The page of one article, in the frame of its host."""
    noise, layout = view.noise, view.layout
    frame = OLD if story.host == "baoninhthuan.com.vn" else NEW
    sign = "(NTO) " if frame is OLD else ""
    blocks = [*figures(view, story, images="/file/anh"), *paragraphs(view, story)]
    body = woven(blocks, [noise.ad(), noise.text_ad(), *teasers(view, story, 1)], every=3)
    lead = layout.choice("lead", "h2", "p", "div")
    main = (
        f"<h1>{noise.text(story.title)}</h1>\n"
        f'<div class="{layout.name("meta")}">{local(story.published_at, "%d/%m/%Y, %H:%M %p")}'
        f"{noise.counter('Lượt xem')}</div>\n"
        f'<{lead} class="{layout.name("lead")}">{sign}{noise.text(story.lead)}</{lead}>\n'
        + layout.wrap("body", f'<div class="{layout.name("body")}">{body}</div>')
        + f'\n<p class="{layout.name("byline")}"><strong>{noise.text(story.author)}</strong></p>\n'
        + f"{noise.share()}{noise.comments('Ý kiến')}\n"
        + links(view, noise.picks(view.others(story), 3, 5, "related"), "Tin cùng chuyên mục")
    )
    person = {"@type": "Person", "name": story.author}
    head = news_article(story, person, frame.title)
    aside = sidebar(view, frame, story)
    return page(view, frame, main, title=f"{story.title} | {frame.title}", head=head, aside=aside)


def place(asked: Asked, view: View) -> Answer | None:
    """Every other address of the two hosts."""
    old_host = asked.host == "baoninhthuan.com.vn"
    frame = OLD if old_host else NEW
    own = [story for story in view.served.listed if (story.host == asked.host)]
    section = in_section(view, asked.path, frame.section_path)
    if asked.path == "/robots.txt":
        return robots("User-agent: *", "Crawl-delay: 9", "Disallow: /ajax/")
    if asked.path == "/":
        return home(view, frame, view.served.listed if old_host else own)
    if asked.path == "/rss/home.rss" and not old_host:
        return feed(view, own, frame.title, "https://baokhanhhoa.vn")
    if asked.path == "/sitemap.xml":
        return sitemap(own)
    if section:
        inside = [story for story in section[1] if story.host == asked.host]
        return listing(view, frame, inside, asked, section[0])
    return None


PORTAL = Portal(
    site="baoninhthuan",
    title=OLD.title,
    hosts=("baoninhthuan.com.vn", "baokhanhhoa.vn"),
    article=article,
    place=place,
    etags="useless",
)
