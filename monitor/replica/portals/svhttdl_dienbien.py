"""Sở VHTTDL Điện Biên: SharePoint with the Tân Dân theme, day-only dates, no robots.txt."""

from monitor.replica.portals.markup import Answer, Asked, View, links, local, paragraphs, woven
from monitor.replica.portals.shell import Frame, Portal, home, in_section, listing, page, sidebar
from monitor.replica.story import Story

TITLE = "Sở Văn hóa, Thể thao và Du lịch tỉnh Điện Biên"
FRAME = Frame(
    title=TITLE,
    section_path="/portal/Pages/{slug}.aspx",
    foot=("Trang thông tin điện tử của Sở. Địa chỉ: phường Mường Thanh.", "ĐT: 0215 3825 409"),
    head='<meta name="GENERATOR" content="Microsoft SharePoint">\n',
    most_read="Tin đọc nhiều",
    latest="Tin mới nhất",
)


def article(story: Story, view: View) -> str:
    """The page of one article; class names as PORTALS.md gives them."""
    noise, layout = view.noise, view.layout
    picture = f'<p style="text-align:center"><img src="/PublishingImages/{story.ident}.jpg"></p>'
    blocks = [picture, *paragraphs(view, story, ' style="text-align:justify"')]
    body = woven(blocks, [noise.linked_ad(), noise.text_ad()], every=3)
    main = (
        f'<div class="{layout.name("article")}">\n'
        f'<p class="tandan-p-article-news-title">{noise.text(story.title)}</p>\n'
        f'<span class="tandan-span-date-publish">Đăng ngày '
        f"{local(story.published_at, '%d - %m - %Y')}</span>\n"
        f"{noise.counter('Lượt xem')}<span>100%</span>{noise.share()}\n"
        f'<p class="tandan-p-article-news-summary">{noise.text(story.lead)}</p>\n'
        f'<div class="tandan-p-article-news-content"><div class="ms-rtestate-field">'
        + layout.wrap("body", body)
        + "</div></div>\n"
        '<div class="tandan-div-article-other">'
        + links(view, noise.picks(view.others(story), 4, 7, "related"), "Các tin khác", times=True)
        + "</div>\n</div>"
    )
    form = (
        f'<form id="aspnetForm" action="{story.path}">'
        f"{noise.token('__VIEWSTATE')}{noise.token('__EVENTVALIDATION')}{main}</form>"
    )
    return page(view, FRAME, form, title=story.title, aside=sidebar(view, FRAME, story))


def place(asked: Asked, view: View) -> Answer | None:
    """Every other address; there is no robots.txt and no feed."""
    if asked.path.lower() in ("/", "/portal/pages/default.aspx"):
        return home(view, FRAME, view.served.listed)
    section = in_section(view, asked.path, FRAME.section_path)
    if section:
        return listing(view, FRAME, section[1], asked, section[0], "PageIndex")
    return None


PORTAL = Portal(
    site="svhttdl_dienbien",
    title=TITLE,
    hosts=("svhttdl.dienbien.gov.vn",),
    article=article,
    place=place,
)
