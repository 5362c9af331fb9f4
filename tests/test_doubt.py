"""Pages that are not believed: how long that is said, and what ends it. Over a real store."""

import random
from pathlib import Path

import pytest
from desks import Newsroom
from test_weather import findings, first_run, later_run, sentence, stories

URL = "/tin/bai-3"
Pages = dict[str, list[str]]


@pytest.fixture
def room(tmp_path: Path) -> Newsroom:
    return Newsroom(tmp_path / "store.db")


def long_stories() -> Pages:
    more = [sentence(random.Random(line)) for line in range(8)]
    return {url: [*body, *(f"{url}: {line}" for line in more)] for url, body in stories(5).items()}


def cut(_look: int, url: str, body: list[str]) -> dict[str, object]:
    return {"body": body[:1] if url == URL else body}


def test_a_doubt_lasts_until_the_article_was_read_again(room: Newsroom) -> None:
    pages = long_stories()
    first_run(room, pages)
    later_run(room, pages, cut)
    assert findings(room) == ["text_collapsed"]
    later_run(room, {url: body for url, body in pages.items() if url != URL})
    assert findings(room) == ["text_collapsed"]  # nobody looked at the article
    later_run(room, {URL: pages[URL]})
    assert (room.released(), findings(room)) == ([], [])


def test_an_edit_after_a_doubt_is_told(room: Newsroom) -> None:
    pages = long_stories()
    first_run(room, pages)
    for _ in range(3):
        later_run(room, pages, cut)
    pages[URL][0] = pages[URL][0].replace(".", " 4711.")
    later_run(room, pages)
    assert (room.released(), findings(room)) == ([("edited", URL)], [])


def test_a_doubtful_page_is_never_known_by_its_bytes(room: Newsroom) -> None:
    pages = long_stories()
    first_run(room, pages)
    for _ in range(4):
        later_run(room, pages, cut)
        assert findings(room) == ["text_collapsed"]
