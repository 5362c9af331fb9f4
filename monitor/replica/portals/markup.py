"""Pure: what the six portals' pages have in common."""

import html
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlsplit

from monitor.replica.addresses import LOCAL
from monitor.replica.layout import Layout
from monitor.replica.noise import Noise
from monitor.replica.story import Served, Story

APP_LINE = (
    "Đọc tin nhanh hơn trên ứng dụng mới của tòa soạn, đã có cho điện thoại và máy tính bảng."
)
CONTACT_LINE = "Bạn đọc gửi tin, ảnh về tòa soạn qua số điện thoại đường dây nóng của báo."
"""What the new template of a redesigned portal prints inside every article."""

TWO_HOSTS = ("baoninhthuan.com.vn", "baokhanhhoa.vn", "baoquangninh.com.vn")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A request: host without ``www.``, path decoded, query as a mapping (last value wins)."""

    host: str
    path: str
    query: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What one answer is made from."""

    served: Served
    layout: Layout
    noise: Noise

    def others(self, story: Story) -> list[Story]:
        """Listed articles but this one, newest first."""
        return [other for other in self.served.listed if other.url != story.url]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Status 200 unless said otherwise; ``gzip_file`` bodies are compressed files."""

    body: str
    content_type: str = "text/html; charset=utf-8"
    status: int = 200
    gzip_file: bool = False


def relative(url: str) -> str:
    """The path of an address, as portals link to themselves."""
    return urlsplit(url).path or "/"


def local(moment: datetime, form: str) -> str:
    """A moment in local time."""
    return moment.astimezone(LOCAL).strftime(form)


def document(view: View, *, title: str, head: str, body: str, language: str = "vi") -> str:
    """A whole page."""
    direction = ' dir="rtl"' if language in ("ar", "fa") else ""
    return (
        f'<!DOCTYPE html>\n<html lang="{language}"{direction}>\n<head>\n<meta charset="utf-8">\n'
        f"<title>{html.escape(title)}</title>\n{head}\n{view.noise.nonce()}\n</head>\n"
        f"<body{view.noise.attributes()}>\n{body}\n</body>\n</html>\n"
    )


def opengraph(story: Story, portal: str, **more: str) -> str:
    """OpenGraph and a description, which is the lead."""
    values = {
        "og:type": "article",
        "og:site_name": portal,
        "og:title": story.title,
        "og:description": story.lead,
        "og:url": story.url,
        **{name.replace("__", ":"): value for name, value in more.items()},
    }
    lines = [f'<meta name="description" content="{html.escape(story.lead)}">']
    for name, value in values.items():
        lines.append(f'<meta property="{name}" content="{html.escape(value)}">')
    return "\n".join(lines)


def news_article(story: Story, author: Mapping[str, str], portal: str) -> str:
    """JSON-LD of type NewsArticle."""
    content = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": story.title,
        "description": story.lead,
        "datePublished": story.published_at.astimezone(LOCAL).isoformat(),
        "dateModified": story.modified_at.astimezone(LOCAL).isoformat(),
        "author": author,
        "publisher": {"@type": "Organization", "name": portal},
        "mainEntityOfPage": story.url,
    }
    written = json.dumps(content, ensure_ascii=False).replace("</", "<\\/")
    return f'<script type="application/ld+json">{written}</script>'


def paragraphs(view: View, story: Story, attributes: str = "") -> list[str]:
    """The body's paragraphs as elements; a new template has two of its own among them."""
    texts = story.paragraphs
    if view.layout.redesigned:
        texts = (APP_LINE, *texts, CONTACT_LINE)
    return [
        f"<p{attributes}{view.noise.attributes()}>{view.noise.text(text)}</p>" for text in texts
    ]


def figures(view: View, story: Story, *, twice: bool = False, images: str = "") -> list[str]:
    """Pictures with captions; ``twice`` prints each caption two times."""
    found = []
    for number, caption in enumerate(story.captions, start=1):
        words = view.noise.text(caption)
        printed = f"<p>{words}</p><p>{words}</p>" if twice else words
        source = f"{images}/{story.ident}-{number}.jpg"
        found.append(
            f'<figure><img src="{source}" alt="{html.escape(story.title)}">'
            f"<figcaption>{printed}</figcaption></figure>"
        )
    return found


def woven(blocks: Sequence[str], insertions: Iterable[str], every: int = 2) -> str:
    """``blocks`` with one of the insertions after every second (or other) of them."""
    rest = [insertion for insertion in insertions if insertion]
    lines: list[str] = []
    for number, block in enumerate(blocks, start=1):
        lines.append(block)
        if rest and number % every == 0:
            lines.append(rest.pop(0))
    return "\n".join((*lines, *rest))


def links(view: View, stories: Iterable[Story], heading: str, *, times: bool = False) -> str:
    """A list of other articles' titles; nothing without articles."""
    lines = []
    for story in stories:
        when = view.noise.relative(story.published_at) if times else ""
        href = view.noise.href(address(story))
        lines.append(f'<li><a href="{href}">{view.noise.text(story.title)}</a>{when}</li>')
    if not lines:
        return ""
    name = view.layout.name(heading)
    return f'<div class="{name}"><h3>{heading}</h3><ul>{"".join(lines)}</ul></div>'


def address(story: Story) -> str:
    """How a page links to a story: by path, except where a portal has two hosts."""
    return story.url if story.host in TWO_HOSTS else relative(story.url)


def entries(view: View, stories: Iterable[Story], *, leads: bool = True) -> str:
    """The entries of a listing page: title, lead, a relative time."""
    lines = []
    for story in stories:
        name = view.layout.name("entry")
        summary = f"<p>{view.noise.text(story.lead)}</p>" if leads else ""
        lines.append(
            f'<div class="{name}"><h3><a href="{view.noise.href(address(story))}">'
            f"{view.noise.text(story.title)}</a></h3>"
            f"{view.noise.relative(story.published_at)}{summary}</div>"
        )
    return "\n".join(lines)


def pager(path: str, page: int, pages: int, parameter: str = "page") -> str:
    """Links to the pages of a listing, rel=next among them."""
    numbers = "".join(
        f'<a href="{path}?{parameter}={number}">{number}</a> ' for number in range(1, pages + 1)
    )
    further = f'<a rel="next" href="{path}?{parameter}={page + 1}">Trang sau</a>'
    return f"<nav>{numbers}{further if page < pages else ''}</nav>"


def teasers(view: View, story: Story, most: int = 3) -> list[str]:
    """Links to newer, unrelated articles, some with their lead, for the body of an old one."""
    newer = [other for other in view.others(story) if other.published_at > story.published_at]
    found = []
    for other in view.noise.picks(newer, 1, most, "teasers"):
        link = f'<a href="{view.noise.href(address(other))}">{view.noise.text(other.title)}</a>'
        found.append(f"<p><strong>{link}</strong></p>{_summary(view, other)}")
    return found


def _summary(view: View, other: Story) -> str:
    if not view.noise.has("teaser_summaries") or view.noise.rng.random() < 0.5:
        return ""
    lead = other.lead
    if view.noise.has("cut_summaries") and view.noise.rng.random() < 0.5:
        lead = lead[: view.noise.rng.randint(40, 70)].rpartition(" ")[0] + "..."
    return f"<p>{view.noise.text(lead)}</p>"
