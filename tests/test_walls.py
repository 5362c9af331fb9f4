"""A wall in a source's place is a refusal, not a source without news."""

import pytest
from desks import HOME, SITE, START
from no_articles import ANSWERS

from crawlers.page import Source
from crawlers.sources import Answer, Ask, Reader
from crawlers.walls import WALLS, wall
from pipelines.conditions import REFUSAL, TROUBLES

LISTING = "<html><body><h1>Tin mới</h1>{}</body></html>"
COOKIE_WALL = (
    "<html><body><script>document.cookie='D1N=4f2a;path=/';window.location.reload(true);"
    "</script></body></html>"
)


def read(kind: str, body: str) -> tuple[str, str, bool]:
    """Reason and problem that reading a source told, and whether it listed anything."""
    source = Source(kind=kind, url=f"{HOME}/nguon")  # type: ignore[arg-type]
    answer = Answer(at=START, url=source.url, body=body.encode(), content_type="text/html")
    found = Reader(SITE).read(Ask(source=source, url=source.url), answer)
    return found.reason if found.problem else "", found.problem, found.links is not None


@pytest.mark.parametrize("kind", ["home", "feed", "sitemap", "listing"])
def test_a_cookie_wall_is_a_refusal_whatever_it_stands_for(kind: str) -> None:
    reason, problem, listed = read(kind, COOKIE_WALL)
    assert (reason, listed) == ("blocked", False)
    assert TROUBLES[reason] is REFUSAL
    assert problem.startswith("cookie wall: ")


def test_a_listing_with_links_is_none() -> None:
    links = "".join(f'<a href="/tin/bai-{n}">Tin số {n} của tỉnh hôm nay</a>' for n in range(9))
    assert read("home", LISTING.format(links)) == ("", "", True)


def test_a_listing_that_is_empty_today_is_none() -> None:
    empty = LISTING.format("<p>Chuyên mục chưa có bài viết nào trong tuần này.</p>")
    assert read("listing", empty) == ("", "", True)


@pytest.mark.parametrize("answer", ANSWERS, ids=lambda answer: answer.name)
def test_walls_are_those_that_articles_have_and_no_other_page(answer: object) -> None:
    body, kind, status = (getattr(answer, name) for name in ("body", "kind", "status"))
    found = wall(body, url=f"{HOME}/nguon", content_type="text/html; charset=utf-8", site=SITE)
    if status == 200:
        assert (found is not None) <= (kind in WALLS)
