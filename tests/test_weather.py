"""What a site's memory keeps from being told, and what it never keeps: over a real store."""

import json
import random
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from desks import Newsroom

from pipelines.store import memory

WORDS = (  # noqa: SIM905
    "sáng tỉnh xã đường bộ cầu mưa lúa vụ mùa học sinh giáo viên bệnh viện hội nghị chủ tịch "
    "khánh thành công trình vốn đầu tư thủy lợi kênh mương dự án nông dân thu hoạch giống mới "
    "hợp tác lễ hội du lịch khách sạn bãi biển ngư dân tàu cá cảng hàng hóa xuất khẩu doanh nghiệp"
).split()
FOOT = "Bản quyền thuộc về Báo, mọi sao chép phải ghi rõ nguồn."
NEW_FOOT = "Tải ứng dụng của Báo trên điện thoại để đọc tin nhanh nhất mỗi ngày."
Pages = Mapping[str, list[str]]
Shown = Callable[[int, str, list[str]], dict[str, object]]


def sentence(rng: random.Random) -> str:
    return " ".join(rng.choices(WORDS, k=14)).capitalize() + f" {rng.randint(100, 999)}."


def stories(number: int) -> dict[str, list[str]]:
    return {
        f"/tin/bai-{n}": [sentence(random.Random(f"{n} {line}")) for line in range(6)]
        for n in range(number)
    }


def plain(_look: int, _url: str, body: list[str]) -> dict[str, object]:
    return {"body": body}


@pytest.fixture
def room(tmp_path: Path) -> Newsroom:
    return Newsroom(tmp_path / "store.db")


def first_run(room: Newsroom, pages: Pages, shown: Shown = plain) -> None:
    room.begin()
    room.listed(*pages)
    for url, body in pages.items():
        room.answer(url, title=f"Tựa của {url}", **shown(0, url, body))
    room.end()
    room.clock.pass_by(hours=2)


def later_run(room: Newsroom, pages: Pages, shown: Shown = plain, looks: int = 2) -> None:
    room.begin()
    for look in range(1, looks + 1):
        for url, body in pages.items():
            room.answer(url, title=f"Tựa của {url}", **shown(look, url, body))
        room.clock.pass_by(minutes=10 * look)
    room.end()
    room.clock.pass_by(hours=2)


def findings(room: Newsroom) -> list[str]:
    rows = room.store.reader.execute("SELECT kind FROM findings WHERE closed_at IS NULL")
    return [row[0] for row in rows.fetchall()]


def footed(foot: str) -> Shown:
    return lambda _look, _url, body: {"body": [*body, foot]}


def test_what_stands_in_five_articles_is_no_part_of_any(room: Newsroom) -> None:
    pages = stories(5)
    first_run(room, pages, footed(FOOT))
    later_run(room, dict([next(iter(pages.items()))]), plain)
    assert room.released() == []
    (entry,) = memory.all_learned(room.store.reader, room.desk.site_id)
    assert (entry["kind"], entry["sample"], entry["articles"]) == ("block", FOOT, 5)


def test_four_articles_are_not_enough(room: Newsroom) -> None:
    pages = stories(4)
    first_run(room, pages, footed(FOOT))
    assert memory.all_learned(room.store.reader, room.desk.site_id) == []


def test_copies_of_one_text_count_once(room: Newsroom) -> None:
    body = next(iter(stories(1).values()))
    first_run(room, {f"/tin/ban-sao-{n}": body for n in range(6)})
    assert memory.all_learned(room.store.reader, room.desk.site_id) == []


def test_a_correction_note_is_never_learned(room: Newsroom) -> None:
    note = "Đính chính: Số liệu của tỉnh là 4,7 %, không phải 47 % như đã đăng."
    pages = stories(8)
    first_run(room, pages)
    later_run(room, pages, footed(note))
    assert room.released() == []  # so many at once wait for one more look
    later_run(room, pages, footed(note))
    assert sorted(room.released()) == [("edited", url) for url in sorted(pages)]


def test_what_was_dropped_counts_again_and_is_not_learned_anew(room: Newsroom) -> None:
    pages = stories(6)
    first_run(room, pages, footed(FOOT))
    (entry,) = memory.all_learned(room.store.reader, room.desk.site_id)
    with room.store.writing() as db:
        assert memory.drop(db, entry["id"], room.clock.now()) is not None
        assert memory.drop(db, entry["id"], room.clock.now()) is None
    later_run(room, pages, footed(FOOT))
    assert room.released() == []
    url = "/tin/bai-0"

    def one_without(_look: int, name: str, body: list[str]) -> dict[str, object]:
        return {"body": body if name == url else [*body, FOOT]}

    later_run(room, pages, one_without)
    assert room.released() == []  # others have the line too: one more look
    later_run(room, pages, one_without)
    assert room.released() == [("edited", url)]
    assert len(memory.all_learned(room.store.reader, room.desk.site_id)) == 1


def test_a_new_footer_on_every_page_is_one_finding(room: Newsroom) -> None:
    pages = stories(12)
    first_run(room, pages, footed(FOOT))
    later_run(room, pages, footed(NEW_FOOT))
    assert room.released() == []
    assert findings(room) == ["template_changed"]
    detail = room.store.reader.execute("SELECT detail FROM findings").fetchone()[0]
    assert NEW_FOOT[:40] in detail
    assert room.count("looks", "state = 'agreed'") == 0
    later_run(room, pages, footed(NEW_FOOT))
    assert room.released() == []


def test_a_new_footer_met_late_is_known(room: Newsroom) -> None:
    """An article that no run looked at while the template changed."""
    pages = stories(12)
    late, rest = dict(list(pages.items())[:1]), dict(list(pages.items())[1:])
    first_run(room, pages)
    later_run(room, rest, footed(NEW_FOOT))
    room.clock.pass_by(days=9)
    later_run(room, late, footed(NEW_FOOT))
    assert room.released() == []


def test_a_lost_byline_on_every_page_is_the_templates(room: Newsroom) -> None:
    pages = stories(10)
    late, rest = dict(list(pages.items())[:1]), dict(list(pages.items())[1:])
    first_run(room, pages, lambda _l, url, body: {"body": body, "author": f"Người viết {url}"})
    later_run(room, rest)
    assert (room.released(), findings(room)) == ([], ["template_changed"])
    room.clock.pass_by(days=3)
    later_run(room, late)
    assert room.released() == []


def test_a_lead_printed_inside_the_text_from_now_on_is_the_templates(room: Newsroom) -> None:
    pages = stories(10)
    edited = "/tin/bai-4"

    def before(_look: int, _url: str, body: list[str]) -> dict[str, object]:
        return {"lead": body[0], "body": body[1:]}

    def after(_look: int, url: str, body: list[str]) -> dict[str, object]:
        return {"body": [*body[:3], "Thêm 45 người đã đến.", *body[3:]] if url == edited else body}

    first_run(room, pages, before)
    later_run(room, pages, after)
    assert room.released() == [("edited", edited)]
    row = room.store.reader.execute(
        "SELECT explanation, fields FROM changes WHERE released_at > ''"
    )
    explanation, fields = row.fetchone()
    assert json.loads(fields) == ["body"]
    assert "45" in explanation


def test_real_edits_inside_a_storm_are_told_and_nothing_else(room: Newsroom) -> None:
    pages = stories(14)
    edited = ("/tin/bai-3", "/tin/bai-7", "/tin/bai-11")

    def redesigned(_look: int, url: str, body: list[str]) -> dict[str, object]:
        text = [line.replace(line.split()[3], "bảy", 1) for line in body[:1]] + body[1:]
        return {"body": [NEW_FOOT, *(text if url in edited else body), FOOT], "author": "Báo"}

    first_run(room, pages)
    later_run(room, pages, redesigned)
    assert sorted(room.released()) == sorted(("edited", url) for url in edited)
    assert findings(room) == ["template_changed"]
    told = room.store.reader.execute("SELECT explanation FROM changes WHERE released_at > ''")
    assert not any(NEW_FOOT[:20] in row[0] for row in told.fetchall())


def test_one_correction_in_three_of_many_articles_is_three_edits(room: Newsroom) -> None:
    pages = stories(24)
    edited = ("/tin/bai-3", "/tin/bai-7", "/tin/bai-11")
    note = "Theo Sở Nội vụ, ông Lê Văn Tám giữ chức giám đốc từ năm 2021."

    def shown(_look: int, url: str, body: list[str]) -> dict[str, object]:
        return {"body": [*body[:2], note, *body[2:]] if url in edited else body}

    first_run(room, pages)
    later_run(room, pages, shown)
    later_run(room, pages, shown)
    assert sorted(room.released()) == sorted(("edited", url) for url in edited)


def test_a_line_that_never_stays_rings_never(room: Newsroom) -> None:
    """Text ads without end, drawn anew at each look, in the middle of the text."""
    pages = stories(12)
    rng = random.Random(1)

    def shown(_look: int, _url: str, body: list[str]) -> dict[str, object]:
        drawn = [sentence(rng)] if rng.random() < 0.6 else []
        return {"body": [*body[:3], *drawn, *body[3:]]}

    first_run(room, pages, shown)
    for _ in range(4):
        later_run(room, pages, shown, looks=3)
    assert room.released() == []
    edited, shortened = "/tin/bai-5", "/tin/bai-8"
    pages[edited][0] = pages[edited][0].replace(pages[edited][0].split()[-1], "4711.")
    del pages[shortened][1]
    for _ in range(3):
        later_run(room, pages, shown, looks=3)
    assert room.released() == [("edited", edited)]
    for _ in range(9):  # where lines come and go, a whole block must have stood for most of a day
        later_run(room, pages, shown, looks=3)
    assert room.released() == [("edited", edited), ("edited", shortened)]


def test_a_paragraph_in_hand_is_no_rotating_line(room: Newsroom) -> None:
    """An editor who corrects one figure again and again."""
    pages = stories(6)
    first_run(room, pages)

    def shown(look: int, _url: str, body: list[str]) -> dict[str, object]:
        return {"body": [body[0].replace(".", f" và {look} người."), *body[1:]]}

    later_run(room, pages, shown, looks=3)
    assert memory.all_learned(room.store.reader, room.desk.site_id) == []


def test_a_block_that_others_have_too_waits_for_one_more_look(room: Newsroom) -> None:
    pages, shown_in = stories(8), {"/tin/bai-5", "/tin/bai-6"}

    def shown(_look: int, url: str, body: list[str]) -> dict[str, object]:
        return {"body": [*body, FOOT] if url in shown_in else body}

    first_run(room, pages, shown)
    shown_in.add("/tin/bai-0")
    later_run(room, pages, shown)
    assert room.released() == []
    later_run(room, pages, shown)
    assert room.released() == [("edited", "/tin/bai-0")]


def test_a_block_that_goes_where_others_have_it_waits_for_one_more_look(room: Newsroom) -> None:
    pages, drawn = stories(8), sentence(random.Random("drawn"))
    shown_in = {"/tin/bai-0", "/tin/bai-5", "/tin/bai-6"}

    def shown(_look: int, url: str, body: list[str]) -> dict[str, object]:
        return {"body": [*body, drawn] if url in shown_in else body}

    first_run(room, pages, shown)
    shown_in.remove("/tin/bai-0")
    later_run(room, pages, shown)
    assert room.released() == []
    later_run(room, pages, shown)
    assert room.released() == [("edited", "/tin/bai-0")]


def test_improbably_many_edits_are_held_until_seen_again(room: Newsroom) -> None:
    pages = stories(12)
    first_run(room, pages)

    def shown(_look: int, url: str, body: list[str]) -> dict[str, object]:
        return {"body": [sentence(random.Random(url)), *body]}

    later_run(room, pages, shown)
    assert (room.released(), findings(room)) == ([], ["many_differ"])
    later_run(room, pages, shown)
    assert sorted(room.released()) == sorted(("edited", url) for url in pages)


def test_an_edit_that_waits_is_told_though_the_next_edit_came(room: Newsroom) -> None:
    """Where lines come and go, a removed paragraph waits; a caption is corrected meanwhile."""
    pages = stories(12)
    rng = random.Random(3)

    def shown(_look: int, url: str, body: list[str]) -> dict[str, object]:
        drawn = [rng.choice(ADS)] if rng.random() < 0.6 else []
        return {"body": [*body[:3], *drawn, *body[3:]], "captions": [captions.get(url, "Ảnh.")]}

    captions: dict[str, str] = {}
    first_run(room, pages, shown)
    for _ in range(3):
        later_run(room, pages, shown, looks=3)
    url = "/tin/bai-6"
    del pages[url][4]
    later_run(room, pages, shown, looks=3)
    later_run(room, pages, shown, looks=3)
    captions[url] = "Quang cảnh hội nghị sáng 2/3."
    for _ in range(14):
        later_run(room, pages, shown, looks=2)
    assert room.released() == [("edited", url), ("edited", url)]


ADS = tuple(sentence(random.Random(f"ad {n}")) for n in range(5))


def test_a_line_that_one_looked_at_page_brings_waits_for_witnesses(room: Newsroom) -> None:
    """Two articles are due in a run, and the portal has a new footer everywhere."""
    pages = stories(9)
    first_run(room, pages)
    names = list(pages)
    for last in (1, 2, 4, 6, 9):
        later_run(room, {url: pages[url] for url in names[:last]}, footed(NEW_FOOT))
    assert room.released() == []


def test_a_paragraph_more_on_the_one_page_looked_at_is_told_by_the_next_run(room: Newsroom) -> None:
    pages = stories(9)
    first_run(room, pages)
    url = "/tin/bai-2"
    pages[url].insert(2, "Bổ sung: hội nghị có 45 đại biểu dự.")
    later_run(room, {url: pages[url]})
    assert room.released() == []
    later_run(room, {name: pages[name] for name in list(pages)[:4]})
    assert room.released() == [("edited", url)]


def test_a_new_template_that_only_edited_and_new_articles_show_is_told_of_none(
    room: Newsroom,
) -> None:
    """The others answer 304: they were not edited, and say nothing of the template."""
    pages, edited = stories(14), ("/tin/bai-3", "/tin/bai-7")
    known, later = list(pages)[:9], list(pages)[9:]
    first_run(room, {url: pages[url] for url in known})

    def a_run(new: list[str]) -> None:
        room.begin()
        room.listed(*new)
        for _ in range(2):
            for url in known:
                if url in edited:
                    body = [*pages[url], NEW_FOOT]
                    room.answer(url, title=f"Tựa của {url}", body=body, captions=["Ảnh mới."])
                else:
                    room.answer(url, status=304, conditional=True)
            for url in new:
                room.answer(url, title=f"Tựa của {url}", body=[*pages[url], NEW_FOOT])
            room.clock.pass_by(minutes=15)
        room.end()
        known.extend(new)
        room.clock.pass_by(hours=5)

    for new in (later[:2], [], later[2:]):
        a_run(new)
    told = room.store.reader.execute("SELECT fields FROM changes WHERE kind = 'edited'").fetchall()
    assert [json.loads(fields) for (fields,) in told] == [["captions"], ["captions"]]
    assert sorted(room.released()) == [("edited", url) for url in edited] + [
        ("new", url) for url in sorted(later)
    ]


def a_look_at_some(room: Newsroom, pages: Pages, whole: Shown) -> None:
    """Two looks in a run: the pages that ``whole`` gives fields for are new, the others 304."""
    room.begin()
    for look in range(2):
        for url, body in pages.items():
            fields = whole(look, url, body)
            if fields:
                room.answer(url, title=f"Tựa của {url}", **fields)
            else:
                room.answer(url, status=304, conditional=True)
        room.clock.pass_by(minutes=15)
    room.end()
    room.clock.pass_by(hours=2)


@pytest.fixture
def three_with_a_line(room: Newsroom) -> Pages:
    pages = stories(20)

    def shown(_look: int, url: str, body: list[str]) -> dict[str, object]:
        return {"body": [*body, FOOT] if url in list(pages)[:3] else body}

    first_run(room, pages, shown)
    room.clock.pass_by(hours=30)
    return pages


def test_a_line_that_went_from_every_page_that_came_whole_is_no_edit_yet(
    room: Newsroom, three_with_a_line: Pages
) -> None:
    """That it once stood there speaks for nothing: the new template took it."""
    without = list(three_with_a_line)[:3]
    for _ in range(4):
        a_look_at_some(
            room, three_with_a_line, lambda _l, url, body: {"body": body} if url in without else {}
        )
    assert room.released() == []


def test_a_line_that_a_suspicion_lacks_too_is_not_there(
    room: Newsroom, three_with_a_line: Pages
) -> None:
    """One article's second look is made in each run; the others' texts never settle."""
    edited, *restless = list(three_with_a_line)[:3]

    def shown(look: int, url: str, body: list[str]) -> dict[str, object]:
        if url in restless:
            return {"body": [f"{body[0]} Lần {room.clock.now()}.", *body[1:]]}
        return {"body": body} if url == edited else {}

    for _ in range(3):
        a_look_at_some(room, three_with_a_line, shown)
    assert room.released() == []


def test_a_line_that_went_is_an_edit_where_a_page_that_came_whole_still_has_it(
    room: Newsroom, three_with_a_line: Pages
) -> None:
    edited, still = list(three_with_a_line)[:2]

    def shown(_look: int, url: str, body: list[str]) -> dict[str, object]:
        if url == still:
            return {"body": [*body, FOOT]}
        return {"body": body} if url == edited else {}

    for _ in range(2):
        a_look_at_some(room, three_with_a_line, shown)
    assert room.released() == [("edited", edited)]


def test_a_line_that_went_is_told_within_a_day_where_no_page_speaks_against_it(
    room: Newsroom, three_with_a_line: Pages
) -> None:
    edited = next(iter(three_with_a_line))
    for _ in range(11):
        a_look_at_some(
            room, three_with_a_line, lambda _l, url, body: {"body": body} if url == edited else {}
        )
    assert room.released() == [("edited", edited)]
