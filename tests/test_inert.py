"""Whatever a portal writes, everything baowatch prints, serves and sends stays inert."""

import json
import os
import pty
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import feedparser
import hostile
import pytest
from browser import WIDTHS, Chromium, chromium
from commandline import baowatch
from desks import HOME, SITE, START
from hostile_page import page
from markdown_it import MarkdownIt

from crawlers.page import Page, Validators
from pipelines.noise import NOTHING_KNOWN
from pipelines.reading import read

ROOT = Path(__file__).parents[1]
SPAN = ("--since", "2026-03-01", "--until", "2026-03-05")
EVERYTHING = f"{HOME}{hostile.ALL}"
SCHEDULE = "defaults: {cron: '*/15 * * * *'}\n"
SMALL = 300_000
"""Characters of a report in which one title has a million."""

TERMINAL = {
    "report": ("report", *SPAN),
    "report of everything": ("report", *SPAN, "--all"),
    "history": ("history", EVERYTHING),
    "history of a title of a megabyte": ("history", f"{HOME}{hostile.HUGE}"),
    "history of an address that moved": ("history", f"{HOME}{hostile.OLD}"),
    "health": ("health",),
    "plan": ("plan",),
    "plan of a site": ("plan", "--site", "bao"),
    "plan of an article": ("plan", "--explain", EVERYTHING),
    "noise": ("noise", "list", "bao"),
    "search": ("search", "hoi", "nghi"),
    "search of what is hostile": ("search", "window", "pwned"),
    "deliveries": ("notify", "pending"),
    "sites": ("sites",),
    "a dismissal": ("dismiss", "15", "--why", "again"),
}


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[hostile.Filled]:
    folder = tmp_path_factory.mktemp("hostile")
    sites = folder / "config" / "sites"
    sites.mkdir(parents=True)
    (sites / "bao.yml").write_text(hostile.SITE_FILE, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("BAOWATCH_CONFIG", str(folder / "config"))
        patched.setenv("BAOWATCH_STORE", str(folder / "store.db"))
        patched.setenv("COLUMNS", "100")
        (folder / "config" / "schedule.yml").write_text(SCHEDULE, encoding="utf-8")
        yield hostile.fill(folder / "store.db")


@pytest.fixture(scope="module")
def browser() -> Iterator[Chromium]:
    with chromium() as found:
        yield found


def test_a_reading_keeps_the_words_of_a_page_and_nothing_that_is_obeyed() -> None:
    served = Page(
        site="bao",
        url=EVERYTHING,
        final_url=EVERYTHING,
        status=200,
        fetched_at=START,
        body=page(12, "<script>window.pwned=1</script><!-- x -->"),
        content_type="text/html; charset=utf-8",
        validators=Validators(),
    )
    article = read(served, SITE, NOTHING_KNOWN).article
    assert article is not None
    assert "<script>window.pwned=1</script>" in article.title
    assert len(article.title) <= 2_000
    assert article.canonical == ""
    for text in (article.title, article.lead, *(block.text for block in article.blocks)):
        hostile.assert_plain(re.sub("[\ufffe\uffff\U0001fffe]", "", text))
        assert "\n" not in text


@pytest.mark.parametrize("words", TERMINAL.values(), ids=TERMINAL)
def test_a_command_prints_nothing_that_a_terminal_obeys(
    filled: hostile.Filled, words: tuple[str, ...]
) -> None:
    told = baowatch(*words)
    hostile.assert_plain(told.out)
    hostile.assert_plain(told.said)
    assert told.out or told.said
    assert len(told.out) < SMALL


@pytest.mark.parametrize("name", ["report of everything", "history"])
def test_a_terminal_is_sent_our_own_colours_and_nothing_else(
    filled: hostile.Filled, name: str
) -> None:
    shown = on_a_terminal(*TERMINAL[name])
    assert "\x1b[" in shown
    assert "\n\n" in hostile.without_colours(shown)  # entries stand apart
    hostile.assert_plain(hostile.without_colours(shown), set_in=True)


@pytest.mark.parametrize(
    "words",
    [("report", *SPAN, "--all", "--format", "json"), ("health", "--json"), ("plan", "--json")],
    ids=lambda words: words[0],
)
def test_json_is_whole_and_plain(filled: hostile.Filled, words: tuple[str, ...]) -> None:
    told = baowatch(*words)
    json.loads(told.out)
    hostile.assert_plain(told.out)


@pytest.mark.parametrize("lang", ["en", "fa"])
@WIDTHS
def test_the_page_runs_nothing_asks_for_nothing_and_fits(
    filled: hostile.Filled, browser: Chromium, tmp_path: Path, size: tuple[int, int], lang: str
) -> None:
    written = report("html", tmp_path, "--lang", lang)
    assert len(written) < SMALL * 3
    with browser.shown((tmp_path / "report.html").as_uri(), size) as shown:
        shown.assert_quiet()
        shown.assert_nothing_ran()
        shown.assert_fits()
        shown.page.eval_on_selector_all("details", "all => all.forEach(one => one.open = true)")
        shown.assert_fits()
        assert "<script>window.pwned=1</script>" in shown.text()
        assert "{{7*7}}" in shown.text()


def test_markdown_becomes_nothing_but_text_and_web_links(
    filled: hostile.Filled, browser: Chromium, tmp_path: Path
) -> None:
    """Read as generously as any reader of Markdown: with HTML, tables and bare links."""
    written = report("md", tmp_path)
    hostile.assert_plain(written)
    assert len(written) < SMALL
    page = MarkdownIt("gfm-like", {"html": True, "linkify": False}).render(written)
    (tmp_path / "page.html").write_text(f"<!doctype html><meta charset=utf-8>{page}", "utf-8")
    with browser.shown((tmp_path / "page.html").as_uri()) as shown:
        shown.assert_quiet()
        shown.assert_nothing_ran()
        outside = shown.page.eval_on_selector_all("a", "all => all.map(one => one.host)")
    assert set(outside) == {"bao.example"}


def test_the_feed_is_whole_xml_and_its_texts_run_nothing(
    filled: hostile.Filled, browser: Chromium, tmp_path: Path
) -> None:
    written = report("atom", tmp_path)
    assert len(written) < SMALL * 3
    feed = feedparser.parse(written.encode(), sanitize_html=False, resolve_relative_uris=False)
    assert not feed.bozo, feed.bozo_exception
    assert len(feed.entries) == 15
    links = [link["href"] for entry in feed.entries for link in entry.get("links", ())]
    assert {link.partition(":")[0] for link in links} <= {"http", "https"}
    texts = [one["value"] for entry in feed.entries for one in entry.get("content", ())]
    assert len(texts) == 15
    (tmp_path / "texts.html").write_text(
        f"<!doctype html><meta charset=utf-8>{''.join(texts)}", "utf-8"
    )
    with browser.shown((tmp_path / "texts.html").as_uri()) as shown:
        shown.assert_quiet()
        shown.assert_nothing_ran()


def report(form: str, folder: Path, *words: str) -> str:
    """The report of everything, as it is written to a file."""
    path = folder / f"report.{form}"
    told = baowatch("report", *SPAN, "--all", "--format", form, "-o", str(path), *words)
    assert (told.status, told.out, told.said) == (0, "", "")
    return path.read_text("utf-8")


def on_a_terminal(*words: str) -> str:
    """What the command writes where standard output is a terminal of a hundred columns."""
    ours, theirs = pty.openpty()
    code = "from monitor.cli import main; main()"
    with subprocess.Popen(
        [sys.executable, "-c", code, *words],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=theirs,
        stderr=theirs,
        env={**os.environ, "TERM": "xterm-256color"},
    ):
        os.close(theirs)
        shown = b""
        while piece := _read(ours):
            shown += piece
    os.close(ours)
    return shown.decode()


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # how Linux tells that the other end is closed
        return b""
