"""The browsed pages in a real browser: inert, quiet, reachable by keyboard, at both widths."""

from collections.abc import Iterator

import pytest
from browser import WIDTHS, Chromium, chromium
from browsing import Served, fill_hostile, served


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    path = tmp_path_factory.mktemp("browse") / "baowatch.db"
    fill_hostile(path)
    with served(path) as found:
        yield found


@pytest.fixture(scope="module")
def browser() -> Iterator[Chromium]:
    with chromium() as found:
        yield found


PATHS = (
    "/",
    "/article/1",
    "/change/1",
    "/site/bao",
    "/baowatch",
    "/baowatch/article_list?_search=window&_facet=status",
    "/baowatch/latest_changes",
    "/baowatch/article_history",
    "/baowatch/latest",
    "/nowhere",
)


@WIDTHS
@pytest.mark.parametrize("path", PATHS)
def test_a_page_is_quiet_inert_and_fits(
    pages: Served, browser: Chromium, size: tuple[int, int], path: str
) -> None:
    with browser.shown(f"{pages.origin}{path}", size) as shown:
        if path == "/nowhere":
            shown.seen.said.clear()  # the browser says that it was answered with 404
        shown.assert_quiet()
        shown.assert_nothing_ran()
        shown.assert_fits()


@pytest.mark.parametrize("path", PATHS[::2])
def test_a_page_has_no_serious_barrier(pages: Served, browser: Chromium, path: str) -> None:
    assert browser.barriers(f"{pages.origin}{path}") == []


@pytest.mark.parametrize("path", ["/", "/article/1", "/baowatch/latest_changes"])
def test_everything_is_reached_by_the_keyboard(pages: Served, browser: Chromium, path: str) -> None:
    with browser.shown(f"{pages.origin}{path}") as shown:
        shown.assert_reachable(most=40)


def test_a_facet_a_column_and_a_word_are_chosen_without_a_script(
    pages: Served, browser: Chromium
) -> None:
    with browser.shown(f"{pages.origin}/baowatch/latest_changes") as shown:
        page = shown.page
        page.click("#facet-kind a >> text=edited")
        assert "kind=edited" in page.url
        page.click("summary >> text=Columns")
        page.click("text=leave out fields")
        assert "_nocol=fields" in page.url
        assert page.locator("th.col-fields").count() == 0
        page.click("th.col-released_at a")
        assert "_sort=released_at" in page.url
        page.fill("#find", "cong thuc")
        page.press("#find", "Enter")
        assert "_search=cong+thuc" in page.url
        shown.assert_quiet()
