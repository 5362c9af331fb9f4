"""The harness itself: each of its checks fails on a page that deserves it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import DESK, PHONE, Chromium, chromium

HEAD = '<!doctype html><html lang="en"><title>Trang</title><main><h1>Trang</h1>'


@pytest.fixture(scope="module")
def browser() -> Iterator[Chromium]:
    with chromium() as found:
        yield found


def written(folder: Path, body: str) -> str:
    (folder / "page.html").write_text(HEAD + body, "utf-8")
    return (folder / "page.html").as_uri()


def test_a_plain_page_passes_everything(browser: Chromium, tmp_path: Path) -> None:
    address = written(tmp_path, '<p>Tin <a href="#x">một</a></p><details><summary>Hai</summary>')
    with browser.shown(address, PHONE) as shown:
        shown.assert_quiet()
        shown.assert_nothing_ran()
        shown.assert_fits()
        shown.assert_reachable()
    assert browser.barriers(address, DESK) == []


@pytest.mark.parametrize(
    "body",
    [
        "<script>console.log('!')</script>",
        "<script>nothing()</script>",
        "<script>alert(1)</script>",
        '<img alt="" src="http://127.0.0.1:9/x.png">',
        '<img alt="" src="https://portal.example/x.png">',
        '<link rel="stylesheet" href="other.css">',
        '<meta http-equiv="Content-Security-Policy" content="script-src \'none\'">'
        "<p onclick='x()'>Tin",
    ],
)
def test_what_a_page_says_or_asks_is_noticed(browser: Chromium, tmp_path: Path, body: str) -> None:
    with browser.shown(written(tmp_path, body)) as shown, pytest.raises(AssertionError):
        shown.assert_quiet()


@pytest.mark.parametrize(
    "body",
    [
        "<script>window.pwned = 1</script>",
        '<a href="javascript:x()">Tin</a>',
        '<a href=" java&#10;script:x()">Tin</a>',
        '<a href="data:text/html,x">Tin</a>',
        "<p onmouseover='x()'>Tin</p>",
    ],
)
def test_what_would_run_is_noticed(browser: Chromium, tmp_path: Path, body: str) -> None:
    with browser.shown(written(tmp_path, body)) as shown, pytest.raises(AssertionError):
        shown.assert_nothing_ran()


def test_a_page_that_is_too_wide_is_noticed(browser: Chromium, tmp_path: Path) -> None:
    address = written(tmp_path, f"<p>{'x' * 400}</p>")
    with browser.shown(address, PHONE) as shown, pytest.raises(AssertionError):
        shown.assert_fits()


@pytest.mark.parametrize(
    "body",
    [
        '<style>a:focus { outline: none }</style><a href="#x">Tin</a>',
        '<a href="#x">Tin</a><button onfocus="this.blur()">Hai</button><a href="#y">Ba</a>',
    ],
)
def test_what_the_keyboard_cannot_find_is_noticed(
    browser: Chromium, tmp_path: Path, body: str
) -> None:
    with browser.shown(written(tmp_path, body)) as shown, pytest.raises(AssertionError):
        shown.assert_reachable()


def test_what_few_can_read_is_noticed(browser: Chromium, tmp_path: Path) -> None:
    address = written(tmp_path, '<p style="color: #ddd; background: #fff">Tin</p>')
    assert [one.partition(":")[0] for one in browser.barriers(address)] == ["color-contrast"]
