"""Pure: the frame of a portal's pages (head, navigation, sidebar, foot) and its listing pages."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from monitor.replica.portals.markup import (
    Answer,
    Asked,
    View,
    document,
    entries,
    links,
    pager,
)
from monitor.replica.sentences_vi import SECTIONS
from monitor.replica.story import Story

PER_PAGE = 10
ON_THE_HOME_PAGE = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Portal:
    """One portal: its hosts (the first is where it lives) and its pure rendering functions.

    ``article`` renders a story's page; ``place`` answers every other address it has, or
    None. ``etags``: honest ones are computed from the article, useless ones drawn anew.
    """

    site: str
    title: str
    hosts: tuple[str, ...]
    article: Callable[[Story, View], str]
    place: Callable[[Asked, View], Answer | None]
    etags: Literal["none", "honest", "useless"] = "none"
    gzip: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What stands on every page of a portal. ``section_path`` holds ``{slug}``."""

    title: str
    foot: tuple[str, ...]
    section_path: str = "/{slug}"
    head: str = ""
    language: str = "vi"
    most_read: str = "Đọc nhiều"
    latest: str = "Tin mới"

    def sections(self) -> str:
        """The navigation."""
        return "".join(
            f'<li><a href="{self.section_path.format(slug=section.slug)}">{section.name}</a></li>'
            for section in SECTIONS
        )


def page(
    view: View, frame: Frame, main: str, *, title: str, head: str = "", aside: str = ""
) -> str:
    """A page in the frame."""
    layout, noise = view.layout, view.noise
    header = (
        f'<div class="{layout.name("top")}"><a href="/">{frame.title}</a>{noise.clock()}'
        f'<form action="/tim-kiem">{noise.token()}<input name="q" placeholder="Tìm kiếm"></form>'
        f'</div>\n<ul class="{layout.name("nav")}">{frame.sections()}</ul>\n{noise.ad()}'
    )
    foot = "".join(f"<p>{line}</p>" for line in frame.foot)
    body = (
        f'{header}\n<div class="{layout.name("page")}">\n'
        f'<div class="{layout.name("main")}">\n{main}\n</div>\n'
        f'<div class="{layout.name("side")}">\n{aside}\n{noise.linked_ad()}\n</div>\n</div>\n'
        f'<div class="{layout.name("foot")}">{foot}{noise.counter("Đang truy cập")}</div>'
    )
    return document(view, title=title, head=frame.head + head, body=body, language=frame.language)


def sidebar(view: View, frame: Frame, story: Story | None = None) -> str:
    """Most-read and latest articles, drawn anew for every answer."""
    others = view.others(story) if story else list(view.served.listed)
    read = links(view, view.noise.picks(others, 3, 5, "most_read"), frame.most_read)
    latest = links(view, view.noise.picks(others[:8], 2, 4, "most_read"), frame.latest, times=True)
    return f"{read}\n{view.noise.ad()}\n{latest}"


def home(view: View, frame: Frame, stories: Sequence[Story]) -> Answer:
    """The home page: the newest articles, the first of them with their leads."""
    shown = list(stories[:ON_THE_HOME_PAGE])
    main = (
        f'<div class="{view.layout.name("lead story")}">{entries(view, shown[:6])}</div>\n'
        f"{view.noise.linked_ad()}\n"
        f'<div class="{view.layout.name("more stories")}">'
        f"{entries(view, shown[6:], leads=False)}</div>"
    )
    kind = '<meta property="og:type" content="article">'  # real home pages claim it too
    body = page(view, frame, main, title=frame.title, head=kind, aside=sidebar(view, frame))
    return Answer(body=body)


def listing(
    view: View,
    frame: Frame,
    stories: Sequence[Story],
    asked: Asked,
    heading: str,
    parameter: str = "page",
) -> Answer:
    """One page of a listing: ten entries with their leads, links to the other pages."""
    number = asked.query.get(parameter, "1")
    current = int(number) if number.isdigit() and int(number) > 0 else 1
    pages = max(-(-len(stories) // PER_PAGE), 1)
    shown = stories[(current - 1) * PER_PAGE : current * PER_PAGE]
    numbers = pager(asked.path, current, pages, parameter)
    main = f"<h1>{heading}</h1>\n{entries(view, shown)}\n{numbers}"
    title = f"{heading} - {frame.title}"
    return Answer(body=page(view, frame, main, title=title, aside=sidebar(view, frame)))


def missing(view: View, portal: str) -> str:
    """The page of an address that is gone."""
    main = (
        f'<div class="{view.layout.name("missing")}"><h1>404</h1>'
        "<p>Trang bạn tìm không tồn tại hoặc đã bị gỡ bỏ.</p>"
        '<a href="/">Về trang chủ</a></div>'
    )
    return document(view, title=f"Không tìm thấy trang - {portal}", head="", body=main)


def in_section(view: View, path: str, pattern: str = "/{slug}") -> tuple[str, list[Story]] | None:
    """Name and articles of the section that ``path`` is; None when it is none."""
    for section in SECTIONS:
        if path.rstrip("/") == pattern.format(slug=section.slug).rstrip("/"):
            stories = [story for story in view.served.listed if story.section == section.slug]
            return section.name, stories
    return None
