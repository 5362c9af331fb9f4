"""When a site's profile is learned, over a real store: no reading of it is ever told."""

import dataclasses
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from desks import HOME, Newsroom
from test_profile import article, redesigned, text

from crawlers.page import Page, Validators
from pipelines.desk import Verdict
from pipelines.profile import Profile
from pipelines.reading import read
from pipelines.record import record_page
from pipelines.store import sites

Template = Callable[[int], str]


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Newsroom]:
    room = Newsroom(tmp_path / "baowatch.db")
    yield room
    room.store.close()


def look(room: Newsroom, number: int, markup: str) -> Verdict:
    url = f"{HOME}/tin/bai-{'abcdefghijklmnop'[number]}"
    page = Page(
        site="bao",
        url=url,
        final_url=url,
        status=200,
        fetched_at=room.clock.now(),
        body=markup.encode(),
        content_type="text/html; charset=utf-8",
        validators=Validators(),
    )
    return record_page(room.desk, page)


def run(room: Newsroom, numbers: Sequence[int], template: Template) -> None:
    room.desk = dataclasses.replace(room.begin(), read=read)
    for number in numbers:
        look(room, number, template(number))
    room.end()
    room.clock.pass_by(hours=2)


def profile(room: Newsroom) -> Profile:
    return sites.profile(room.store.reader, room.desk.site_id)


def findings(room: Newsroom) -> list[str]:
    rows = room.store.reader.execute("SELECT detail FROM findings WHERE kind = 'layout_drift'")
    return [row[0] for row in rows.fetchall()]


def test_a_site_with_five_articles_has_a_profile_after_its_run(room: Newsroom) -> None:
    run(room, range(4), article)
    assert profile(room).number == 0
    run(room, range(5), article)
    assert profile(room).number == 1
    assert room.count("sites", "profile_number = 1") == 1
    assert findings(room) == []


def test_a_new_profile_tells_nothing_and_hides_no_edit(room: Newsroom) -> None:
    run(room, range(5), article)
    recipes = "SELECT DISTINCT recipe FROM versions"
    assert all("profile 0" in row[0] for row in room.store.reader.execute(recipes))
    room.desk = dataclasses.replace(room.begin(), read=read)
    for number in range(5):
        noisy = article(number, after="<div><p>Đọc thêm nhiều tin khác trên ứng dụng.</p></div>")
        assert look(room, number, noisy).name == "unchanged"
    edited = article(0, lines=[*text(0)[:2], "Hội nghị bế mạc lúc 17 giờ cùng ngày."])
    assert look(room, 0, edited).name == "suspected"
    room.clock.pass_by(minutes=5)
    assert look(room, 0, edited).name == "changed"
    room.end()
    assert [kind for kind, _ in room.released()] == ["edited"]
    assert profile(room).number == 1


def test_a_redesign_is_learned_and_found_and_no_change(room: Newsroom) -> None:
    run(room, range(5), article)
    assert profile(room).number == 1
    run(room, range(5, 9), redesigned)
    assert profile(room).number == 2
    assert findings(room) == ["4 of 4 pages fit none of the known layouts; learned anew"]
    assert room.released() == []
    room.desk = dataclasses.replace(room.begin(), read=read)
    assert look(room, 8, redesigned(8) + "<!-- again -->").name == "unchanged"
    assert look(room, 0, article(0) + "<!-- again -->").name == "unchanged"
    room.end()
    assert profile(room).number == 2
    assert len(findings(room)) == 1


def test_what_an_article_never_had_is_not_missed(room: Newsroom) -> None:
    told = "<p>Phóng sự dài bốn phút về mùa vàng trên các thửa ruộng bậc thang của tỉnh.</p>"
    film = article(6, lines=["Ảnh."], after=f"<div><div>{told * 2}</div></div>")
    run(room, range(5), article)
    run(room, [6], lambda number: film)
    room.desk = dataclasses.replace(room.begin(), read=read)
    edited = film.replace("nhiệm vụ số 6", "nhiệm vụ số 7")
    assert look(room, 6, edited).name == "suspected"
    room.clock.pass_by(minutes=5)
    assert look(room, 6, edited).name == "changed"
    assert look(room, 0, article(0, lines=["Ảnh."], after=told * 9)).name == "suspect"


def test_a_few_odd_pages_are_no_drift(room: Newsroom) -> None:
    run(room, range(5), article)
    run(room, range(5, 7), redesigned)
    assert profile(room).number == 1
    assert findings(room) == []


def test_a_site_whose_file_names_the_parts_learns_nothing(room: Newsroom) -> None:
    named = {"title": ["h1"], "body": [".ctext"]}
    room.site = room.site.model_validate({**room.site.model_dump(), "selectors": named})
    run(room, range(6), article)
    assert profile(room).number == 0
