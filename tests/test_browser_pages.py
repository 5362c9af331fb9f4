"""The store's pages in a real Chromium: an ordinary store, and one that an attacker filled."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin

import browsing
import feedparser
import hostile
import lxml.html
import pytest
from browser import PHONE, WIDTHS, Chromium, chromium
from browsing import Served, served

from monitor.browse.canned import FEEDS, QUERIES
from pipelines.store.opening import open_store

LARGEST = 10_000_000
"""Bytes of any answer, where one title has a million letters."""
MOST_PAGES = 150
PAGES = (
    "front",
    "article",
    "change",
    "site",
    "catalogue",
    "table",
    "versions",
    "search",
    "query",
    "nothing",
)


@dataclass(frozen=True)
class Site:
    """A server, and where the article stands that this is about."""

    pages: Served
    article: int
    change: int

    def path(self, page: str) -> str:
        name = self.pages.name
        return {
            "front": "/",
            "article": f"/article/{self.article}",
            "change": f"/change/{self.change}",
            "site": "/site/bao",
            "catalogue": f"/{name}",
            "table": f"/{name}/article_list?_facet=status&_sort_desc=id",
            "versions": f"/{name}/article_history",
            "search": f"/{name}/article_list?_search=hoi+nghi",
            "query": f"/{name}/latest",
            "nothing": "/article/999999",
        }[page]

    def address(self, page: str) -> str:
        return f"{self.pages.origin}{self.path(page)}"


def site(pages: Served, store: Path, url: str) -> Site:
    opened = open_store(store)
    article, change = opened.reader.execute(
        "SELECT article_id, changes.id FROM changes JOIN articles ON articles.id = article_id "
        "WHERE url LIKE ? AND kind IN ('edited', 'retitled') ORDER BY changes.id",
        [f"%{url}"],
    ).fetchone()
    opened.close()
    return Site(pages, article, change)


@pytest.fixture(scope="module")
def ordinary(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    store = tmp_path_factory.mktemp("ordinary") / "baowatch.db"
    room = browsing.fill(store)
    with served(store, now=room.clock.now()) as pages:
        yield site(pages, store, browsing.EDITED)


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    store = tmp_path_factory.mktemp("attacked") / "baowatch.db"
    hostile.fill(store)
    with served(store, now=hostile.AFTERWARDS) as pages:
        yield site(pages, store, hostile.ALL)


@pytest.fixture(scope="module")
def browser() -> Iterator[Chromium]:
    with chromium() as found:
        yield found


@pytest.mark.parametrize("page", PAGES)
@WIDTHS
def test_anybody_can_use_a_page(
    ordinary: Site, browser: Chromium, page: str, size: tuple[int, int]
) -> None:
    address = ordinary.address(page)
    with browser.shown(address, size) as shown:
        if page != "nothing":  # Chromium itself says on the console that a page was a 404
            shown.assert_quiet()
        shown.assert_nothing_ran()
        shown.assert_fits()
        shown.assert_reachable()
    if size == PHONE:
        assert browser.barriers(address, size) == []


def test_a_search_is_typed_and_found(ordinary: Site, browser: Chromium) -> None:
    with browser.shown(ordinary.address("front"), PHONE) as shown:
        shown.page.fill("input[type=search]", "dien bien")
        shown.page.keyboard.press("Enter")
        shown.page.wait_for_load_state()
        shown.assert_quiet()
        assert "Hội nghị ở Điện Biên" in shown.text()
        assert "Bài bị gỡ" not in shown.text()


def test_what_is_read_from_the_right_stands_at_the_right(ordinary: Site, browser: Chromium) -> None:
    there = ordinary.pages.table("article_list", _search="أخبار")
    with browser.shown(f"{ordinary.pages.origin}/article/{there[0]['id']}") as shown:
        found = shown.page.eval_on_selector_all(
            ".bw-difference ins, .bw-difference .bw-same",
            """all => all.filter(one => /[\\u0600-\\u06ff]/.test(one.textContent)).map(one => {
              const box = one.closest('.bw-block'), line = one.getBoundingClientRect();
              const room = box.getBoundingClientRect();
              return [getComputedStyle(box).unicodeBidi, room.right - line.right,
                line.left - room.left];
            })""",
        )
    assert found
    for bidi, at_the_right, at_the_left in found:
        assert bidi in ("isolate", "plaintext")
        assert at_the_right < at_the_left
    # The new word ends the sentence, so it stands to the left of what stayed.
    assert len({at_the_right for _, at_the_right, _ in found}) > 1


@pytest.mark.parametrize("page", PAGES)
def test_an_attacker_s_words_stay_words(attacked: Site, browser: Chromium, page: str) -> None:
    with browser.shown(attacked.address(page), PHONE) as shown:
        if page != "nothing":
            shown.assert_quiet()
        shown.assert_nothing_ran()
        shown.assert_fits()
        shown.page.eval_on_selector_all("details", "all => all.forEach(one => one.open = true)")
        shown.assert_fits()
        if page in ("article", "change", "table"):
            assert "<script>window.pwned=1</script>" in shown.text()


def test_every_page_that_can_be_reached_is_small_and_inert(attacked: Site) -> None:
    """All links from the front page on, as JSON, CSV and feeds too."""
    name = attacked.pages.name
    todo = ["/", *(f"/{name}/{query.name}.json" for query in QUERIES)]
    todo += [f"/{name}/{table}.json" for table in ("article_list", "latest_changes")]
    todo += [f"/{name}/{feed}.atom" for feed in FEEDS]
    seen: set[str] = set()
    kinds: set[str] = set()
    while todo and len(seen) < MOST_PAGES:
        path = todo.pop(0)
        if path in seen:
            continue
        seen.add(path)
        answer = attacked.pages.get(path)
        assert answer.status_code in (200, 301, 302), (path, answer.status_code)
        assert len(answer.content) < LARGEST, path
        kind = answer.headers.get("content-type", "").partition(";")[0]
        kinds.add(kind)
        if kind == "text/html":
            todo += checked_links(answer.text, path)
        elif kind == "text/csv" or "text/plain" in kind:
            check_csv(answer.text)
        elif "atom" in kind or "xml" in kind:
            feed = feedparser.parse(answer.content)
            assert not feed.bozo, (path, feed.bozo_exception)
    assert {"text/html", "application/json", "application/atom+xml"} <= kinds


def checked_links(page: str, path: str) -> list[str]:
    """The page's own links, to be followed; nothing else stands in any attribute."""
    tree = lxml.html.fromstring(page)
    assert tree.xpath("//script | //iframe | //object | //embed | //base | //svg//a") == [], path
    for element in tree.iter():
        if isinstance(element.tag, str):
            assert not [one for one in element.attrib if one.startswith("on")], path
    links = [str(link) for link in tree.xpath("//@href")]
    schemes = {
        link.partition(":")[0] for link in links if re.match(r"[\s\x00-\x1f]*[\w.+-]+:", link)
    }
    assert schemes <= {"http", "https"}, path
    return [urljoin(path, link).partition("#")[0] for link in links if link.startswith(("/", "?"))]


def check_csv(written: str) -> None:
    assert "\x1b" not in written
    csv.field_size_limit(LARGEST)
    for row in csv.reader(io.StringIO(written)):
        for cell in row:
            assert not cell.lstrip("\ufeff").startswith(("=", "+", "@", "\t", "\r", "\n")), cell[
                :80
            ]
            assert not re.match(r"-(?!\d+(\.\d+)?\Z)", cell), cell[:80]
