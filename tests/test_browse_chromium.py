"""What is chosen on a table's page with the mouse, in a real browser, where no script runs."""

from collections.abc import Iterator

import pytest
from browser import Chromium, chromium
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
