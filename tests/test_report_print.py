"""A report on paper: nothing that a click would unfold is lost there."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import Chromium, chromium
from reports import article as reading
from reports import entry, report, site

from monitor.render.report_html import render_html

LONG = " ".join(f"chữ{number}" for number in range(60))


@pytest.fixture(scope="module")
def browser() -> Iterator[Chromium]:
    with chromium() as found:
        yield found


def test_paper_shows_whole_paragraphs_and_every_new_article(
    browser: Chromium, tmp_path: Path
) -> None:
    before, after = reading(f"Có 4 xã. {LONG}"), reading(f"Có 5 xã. {LONG}")
    news = [entry("new", after=reading(title=f"Tin {n}"), number=n) for n in range(10, 20)]
    written = tmp_path / "report.html"
    written.write_text(
        render_html(report(site(entry(before=before, after=after), *news))), encoding="utf-8"
    )
    with browser.shown(written.as_uri()) as shown:
        on_screen = shown.text()
        shown.page.emulate_media(media="print")
        on_paper = shown.text()
    assert "chữ30" not in on_screen
    assert "words unchanged" in on_screen
    assert LONG in " ".join(on_paper.split())
    assert "words unchanged" not in on_paper
    assert all(f"Tin {number}" in on_paper for number in range(10, 20))
