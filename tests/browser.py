"""A real Chromium for tests: what a page says, asks for and lets be done, at two widths.

Nothing is downloaded: the machine's own Chromium is driven, and it can ask no address but
this machine's. While a browser is open its thread has a running event loop, so whatever
calls ``asyncio.run`` comes before or after it.
"""

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

PHONE = (390, 844)
DESK = (1280, 900)
WIDTHS = pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
LOOPBACK_ONLY = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
_REACHABLE = "a[href], button, summary, input:not([type=hidden]), select, textarea"
_SHOWN = (
    f"[...document.querySelectorAll('{_REACHABLE}')].filter(one => !one.disabled && "
    "one.tabIndex >= 0 && one.checkVisibility({visibilityProperty: true}) && "
    "!(one.matches('summary') && one.parentElement.querySelector('summary') !== one))"
)
_FOCUS = """() => {
  const one = document.activeElement, look = getComputedStyle(one);
  const drawn = style => [style.outlineStyle, style.outlineWidth, style.outlineColor,
    style.boxShadow, style.backgroundColor, style.borderColor, style.textDecorationLine].join();
  window.reached.add(one);
  const focused = drawn(look);
  const isOutlined = look.outlineStyle !== 'none' && parseFloat(look.outlineWidth) > 0;
  one.blur();
  const isSeen = isOutlined || drawn(getComputedStyle(one)) !== focused;
  one.focus({preventScroll: true});
  return isSeen || one === document.body ? null : one.outerHTML.slice(0, 120);
}"""
_WIDER = """() => [...document.querySelectorAll('body *')]
  .filter(one => one.getBoundingClientRect().right > innerWidth + 1 || one.scrollWidth > innerWidth)
  .slice(0, 5).map(one => one.outerHTML.slice(0, 120))"""


@dataclass
class Seen:
    """What happened while a page was shown."""

    said: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    opened: list[str] = field(default_factory=list)


@dataclass
class Shown:
    """A page in the browser, and what it did since it was opened."""

    page: Page
    seen: Seen
    address: str

    def text(self) -> str:
        return str(self.page.inner_text("body"))

    def outside(self) -> list[str]:
        """Requests to another origin than the page's; for a file, to anything but it."""
        return [url for url in self.seen.asked if not _is_own(url, self.address)]

    def assert_quiet(self) -> None:
        """No console line, no error, no dialog or window, no request that failed or left."""
        assert self.seen == Seen(asked=self.seen.asked), self.seen
        assert self.outside() == []

    def assert_nothing_ran(self) -> None:
        """No script of the scraped text ran: it would have set ``window.pwned``."""
        assert self.page.evaluate("window.pwned") is None
        assert self.seen.opened == []
        links = self.page.eval_on_selector_all(
            "[href], [src], [action], [formaction], [data], [srcdoc]",
            "all => all.flatMap(one => ['href', 'src', 'action', 'formaction', 'data', 'srcdoc']"
            ".map(name => one.getAttribute(name)).filter(value => value !== null))",
        )
        told = [one for one in links if _scheme(one) not in ("", "http", "https")]
        assert told == []
        handlers = self.page.evaluate(
            "[...document.querySelectorAll('*')].filter(one => [...one.attributes]"
            ".some(its => its.name.startsWith('on'))).map(one => one.outerHTML.slice(0, 120))"
        )
        assert handlers == []

    def assert_fits(self) -> None:
        """The page itself does not scroll sideways."""
        width, room = self.page.evaluate(
            "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
        )
        assert width <= room, (width, room, self.page.evaluate(_WIDER))

    def assert_reachable(self, most: int = 150) -> None:
        """The Tab key reaches every link, button and summary in order, and one sees where it is.

        ``most`` bounds the walk; of a longer page its first elements are walked.
        """
        page = self.page
        page.evaluate("window.reached = new Set(); document.activeElement.blur(); scrollTo(0, 0)")
        expected = min(page.evaluate(f"{_SHOWN}.length"), most)
        unseen = []
        for _ in range(expected + 2):
            page.keyboard.press("Tab")
            unseen.append(page.evaluate(_FOCUS))
        missed = page.evaluate(
            f"{_SHOWN}.slice(0, {expected}).filter(one => !window.reached.has(one))"
            ".map(one => one.outerHTML.slice(0, 120))"
        )
        assert missed == []
        assert [one for one in unseen if one] == []


@dataclass
class Chromium:
    browser: Browser

    @contextmanager
    def shown(
        self, address: str, size: tuple[int, int] = DESK, *, timeout: float = 30
    ) -> Iterator[Shown]:
        """Open ``address`` as anybody would; ``timeout`` in seconds."""
        with self._context(size) as context:
            page = context.new_page()
            seen = _listen(page)
            page.goto(address, wait_until="load", timeout=timeout * 1000)
            yield Shown(page=page, seen=seen, address=address)

    def barriers(self, address: str, size: tuple[int, int] = DESK) -> list[str]:
        """What axe calls serious or critical, a line each. Its script is let past the CSP."""
        with self._context(size, bypass_csp=True) as context:
            page = context.new_page()
            page.goto(address, wait_until="load")
            found: Sequence[dict[str, Any]] = Axe().run(page).response["violations"]
        return [
            f"{one['id']}: {one['help']}: {node['html'][:160]}"
            for one in found
            if one["impact"] in ("serious", "critical")
            for node in one["nodes"][:3]
        ]

    def picture(self, address: str, size: tuple[int, int], **how: Any) -> bytes:
        """A PNG of the page, as ``Page.screenshot`` takes it."""
        with self.shown(address, size) as shown:
            return shown.page.screenshot(**how)

    @contextmanager
    def _context(self, size: tuple[int, int], **how: Any) -> Iterator[BrowserContext]:
        context = self.browser.new_context(
            viewport={"width": size[0], "height": size[1]}, locale="en-GB", **how
        )
        try:
            yield context
        finally:
            context.close()


@contextmanager
def chromium() -> Iterator[Chromium]:
    """A browser for one module's tests. They are skipped where there is none, but not in CI."""
    found = shutil.which("chromium")
    if found is None:
        reason = "there is no chromium here (Debian's package of that name)"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=found,
            chromium_sandbox=os.geteuid() != 0,
            args=[LOOPBACK_ONLY],
        )
        try:
            yield Chromium(browser)
        finally:
            browser.close()


def _listen(page: Page) -> Seen:
    seen = Seen()
    page.on("console", lambda message: seen.said.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: seen.errors.append(str(error)))
    page.on("request", lambda request: seen.asked.append(request.url))
    page.on("requestfailed", lambda request: seen.failed.append(request.url))
    page.on("popup", lambda popup: seen.opened.append(popup.url))
    page.on("download", lambda download: seen.opened.append(download.url))

    def dialog(one: Any) -> None:
        seen.opened.append(f"dialog: {one.message}")
        one.dismiss()

    page.on("dialog", dialog)
    return seen


def _is_own(url: str, address: str) -> bool:
    ours, asked = urlsplit(address), urlsplit(url)
    if asked.scheme == "data":
        return True
    if ours.scheme == "file":
        return asked.path == ours.path and asked.scheme == "file"
    return (asked.scheme, asked.netloc) == (ours.scheme, ours.netloc)


def _scheme(address: str) -> str:
    """The scheme as a browser reads it: controls and spaces before or in it do not count."""
    plain = "".join(letter for letter in address if letter > " ")
    before, colon, _ = plain.partition(":")
    return before.lower() if colon and not set(before) & set("/?#") else ""
