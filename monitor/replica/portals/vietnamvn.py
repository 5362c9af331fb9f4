"""Vietnam.vn: translations with their source lines, a listing per language, a gzip sitemap."""

import html
from dataclasses import replace

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
from monitor.replica.portals.shell import Frame, Portal, home, listing, page
from monitor.replica.portals.sources import sitemap, sitemap_index
from monitor.replica.story import Story
from monitor.replica.writing import Language

TITLE = "Vietnam.vn - Nền tảng quảng bá Việt Nam"
HOME = "https://www.vietnam.vn"
FRAME = Frame(title=TITLE, foot=("Cơ quan chủ quản: Bộ Văn hóa, Thể thao và Du lịch",))
LANGUAGES: tuple[Language, ...] = ("vi", "en", "ar", "fa")

SOURCE = {"vi": "Nguồn", "en": "Source", "ar": "المصدر", "fa": "منبع"}
SOURCE_WITHOUT_ADDRESS = {"vi": "Nguồn", "en": "Source", "ar": "مصدر", "fa": "منبع"}
COMMENT = {"vi": "Bình luận", "en": "Comment", "ar": "تعليق", "fa": "نظر"}
AD = {"vi": "[Quảng cáo {}]", "en": "[Ad {}]", "ar": "[إعلان رقم {}]", "fa": "[تبلیغ {}]"}
LISTS = {
    "vi": ("Cùng chủ đề", "Cùng chuyên mục", "Cùng tác giả"),
    "en": ("Same topic", "Same category", "Same author"),
    "ar": ("نفس الموضوع", "نفس الفئة", "نفس المؤلف"),
    "fa": ("در همان موضوع", "در همان دسته‌بندی", "از همان نویسنده"),
}
SECTION_NAMES = {
    "vi": ("Di sản", "Nhân vật", "Doanh nghiệp", "Thời sự"),
    "en": ("Heritage", "Figures", "Businesses", "News"),
    "ar": ("إرث", "شخصية", "شركات", "أخبار"),
    "fa": ("میراث", "شکل", "کسب و کار", "اخبار"),
}


def article(story: Story, view: View) -> str:
    """The page of one translation (or of a copy in Vietnamese)."""
    noise, layout, language = view.noise, view.layout, story.language
    name = noise.text(story.source_name)
    blocks = [*figures(view, story, images="https://img.vietnam.vn"), *paragraphs(view, story)]
    body = woven(blocks, [_ad(view, language), noise.linked_ad(), noise.text_ad()])
    lead = layout.choice("lead", "h2", "p", "div")
    main = (
        f"<h1>{noise.text(story.title)}</h1>\n"
        f'<{lead} class="{layout.name("lead")}">{noise.text(story.lead)}</{lead}>\n'
        f'<div class="{layout.name("meta")}"><span>{name}</span><span>{name}</span>'
        f"<span>{local(story.published_at, '%d/%m/%Y')}</span></div>\n"
        + layout.wrap("body", f'<div class="{layout.name("body")}">{body}</div>')
        + f"\n{_source(story)}\n{noise.comments(COMMENT[language])}\n{_widgets(view)}\n"
        + _lists(view, story)
        + "".join(f"<div>{section}</div>" for section in SECTION_NAMES[language])
    )
    head = opengraph(story, "Vietnam.vn") + f'\n<link rel="canonical" href="{story.url}">'
    frame = replace(FRAME, language=language)
    return page(view, frame, main, title=f"{story.title} - Vietnam.vn", head=head)


def _source(story: Story) -> str:
    if not story.source_url:
        return f"<p>{SOURCE_WITHOUT_ADDRESS[story.language]}</p>"
    url = html.escape(story.source_url)
    return f'<p>{SOURCE[story.language]}: <a href="{url}" rel="nofollow">{url}</a></p>'


def _ad(view: View, language: str) -> str:
    if not view.noise.has("ads") or view.noise.rng.random() < 0.4:
        return ""
    label = AD[language].format(view.noise.rng.randint(1, 4))
    return f"<div>{label}</div>"


def _widgets(view: View) -> str:
    if not view.noise.has("empty_widgets"):
        return ""
    return "<div>No data</div>" * view.noise.rng.randint(1, 3) + "<div>No videos available</div>"


def _lists(view: View, story: Story) -> str:
    others = [other for other in view.others(story) if other.language == story.language]
    return "".join(
        links(view, view.noise.picks(others, 1, 4, "related"), heading)
        for heading in LISTS[story.language]
    )


def place(asked: Asked, view: View) -> Answer | None:
    """Every other address; there is no robots.txt."""
    stories = view.served.listed
    if asked.path == "/sitemap.xml":
        return sitemap_index((f"{HOME}/sitemap-posts.xml.gz",))
    if asked.path == "/sitemap-posts.xml.gz":
        return sitemap(stories, gzip_file=True)
    folder = asked.path.strip("/") or "vi"
    for language in LANGUAGES:
        if folder == language:
            chosen = [story for story in stories if story.language == language]
            frame = replace(FRAME, language=language)
            if language == "vi":
                return home(view, frame, chosen)
            return listing(view, frame, chosen, asked, SECTION_NAMES[language][3])
    return None


PORTAL = Portal(
    site="vietnamvn",
    title=TITLE,
    hosts=("www.vietnam.vn", "thongtin.vietnam.vn"),
    article=article,
    place=place,
    gzip=True,
)
