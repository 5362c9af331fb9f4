"""The same text in several papers: who had it first, and what is no copy."""

from datetime import timedelta
from pathlib import Path

import pytest
from desks import SITE, START, Newsroom
from hypothesis import given
from hypothesis import strategies as st
from test_linking import TRANSLATING, crawl, id_of

from pipelines.likeness import Appearance, is_first, likeness
from pipelines.store import links
from pipelines.store.checking import faults

OTHER = SITE.model_copy(update={"name": "khac"})
FIRST, SECOND = "/tin/bai-goc-cua-bao", "/tin/bai-dang-lai"
TEXT = [
    f"Đoạn thứ {number} của bài kể rằng người dân xã {name} đã {verb} trong vụ mùa vừa qua."
    for number, name, verb in (
        (1, "Đông Hòa", "thu hoạch sớm hơn mọi năm"),
        (2, "Tây Sơn", "chuyển sang giống lúa mới"),
        (3, "Nam Trung", "xây thêm ba kênh dẫn nước"),
        (4, "Bắc Lý", "bán được giá cao hơn hẳn"),
        (5, "Trung Nghĩa", "mở thêm một hợp tác xã"),
        (6, "An Phú", "trồng xen canh hai vụ màu"),
    )
]
LATER = (START + timedelta(hours=5)).isoformat()


@pytest.fixture
def rooms(tmp_path: Path) -> tuple[Newsroom, Newsroom]:
    path = tmp_path / "store.db"
    return Newsroom(path), Newsroom(path, OTHER)


def copies(room: Newsroom, site: str, url: str) -> list[tuple[int, bool]]:
    found = links.of_article(room.store.reader, id_of(room, site, url))
    assert all(link.kind == "copy" for link in found)
    return [(link.to_article_id, link.sure) for link in found]


def test_a_copy_is_linked_with_who_had_it_first(rooms: tuple[Newsroom, Newsroom]) -> None:
    paper, other = rooms
    crawl(paper, FIRST, title="Vụ mùa", body=TEXT)
    crawl(other, SECOND, title="Vụ mùa", body=TEXT, published_at=LATER)
    assert copies(paper, "bao", FIRST) == []
    assert copies(other, "khac", SECOND) == [(id_of(paper, "bao", FIRST), True)]
    assert faults(paper.store, lambda _done, _all: None) == []


def test_whose_copy_came_in_first_is_told_right_at_its_next_run(
    rooms: tuple[Newsroom, Newsroom],
) -> None:
    paper, other = rooms
    crawl(other, SECOND, title="Vụ mùa", body=[*TEXT, "Thêm một câu của báo."], published_at=LATER)
    crawl(paper, FIRST, title="Vụ mùa", body=TEXT)
    other.begin()
    other.end()
    assert copies(paper, "bao", FIRST) == []
    assert copies(other, "khac", SECOND) == [(id_of(paper, "bao", FIRST), True)]


def test_most_of_a_text_is_enough_and_a_standing_paragraph_is_not(
    rooms: tuple[Newsroom, Newsroom],
) -> None:
    paper, other = rooms
    crawl(paper, FIRST, title="Vụ mùa", body=TEXT)
    crawl(other, SECOND, title="Cả hai", body=[*TEXT[1:], "Câu này là của riêng báo thứ hai thôi."],
          published_at=LATER)  # fmt: skip
    own = [f"Câu số {number} này không có ở bài nào khác trong cả tỉnh ta." for number in range(9)]
    crawl(other, "/tin/bai-ba", title="Khác", body=[*own, TEXT[0]], published_at=LATER)
    assert copies(other, "khac", SECOND) == [(id_of(paper, "bao", FIRST), True)]
    assert copies(other, "khac", "/tin/bai-ba") == []


def share(common: int, ours: int, theirs: int) -> tuple[dict[int, int], dict[int, int]]:
    """Two texts by the prints of their sentences, each of a hundred letters."""
    mine = dict.fromkeys(range(ours), 100)
    others = dict.fromkeys([*range(common), *range(100, 100 + theirs - common)], 100)
    return mine, others


@pytest.mark.parametrize(
    ("common", "ours", "theirs", "sure"),
    [
        (8, 10, 16, True),
        (7, 10, 10, False),  # a text that was rewritten in part
        (8, 10, 17, False),  # a part of a text that says much else
        (6, 10, 10, None),
        (8, 10, 30, None),
    ],
)
def test_a_copy_is_sure_only_where_most_of_one_text_is_half_of_the_other(
    common: int, ours: int, theirs: int, sure: bool | None
) -> None:
    alike = likeness(*share(common, ours, theirs))
    assert (alike and alike.sure) is sure


def test_a_text_that_was_rewritten_in_part_is_linked_as_a_guess(
    rooms: tuple[Newsroom, Newsroom],
) -> None:
    paper, other = rooms
    told = "Phần cuối bài chỉ báo này có, kể chuyện một gia đình trồng lúa lâu năm."
    crawl(paper, FIRST, title="Vụ mùa", body=[*TEXT, told])
    own = "Câu này là của riêng báo thứ hai, kể thêm về {} trong xã nhà ta."
    body = [*TEXT[:5], own.format("đường sá và trường học"), own.format("chợ búa và bến đò")]
    crawl(other, SECOND, title="Cả hai", body=body, published_at=LATER)
    assert copies(other, "khac", SECOND) == [(id_of(paper, "bao", FIRST), False)]


def test_two_articles_of_one_site_are_copies_once_both_are_seen_to_stand(
    rooms: tuple[Newsroom, Newsroom],
) -> None:
    """Until then the later one may be the other's new address."""
    paper, _ = rooms
    again = {"title": "Tin khác", "body": [*TEXT, "Thêm một câu cuối."], "published_at": LATER}
    crawl(paper, FIRST, title="Vụ mùa", body=TEXT)
    paper.clock.pass_by(hours=6)
    crawl(paper, SECOND, **again)
    assert copies(paper, "bao", SECOND) == []
    paper.begin()
    paper.answer(FIRST, title="Vụ mùa", body=TEXT)
    paper.answer(SECOND, **{**again, "body": [*TEXT, "Thêm một câu cuối khác."]})
    paper.clock.pass_by(minutes=30)
    paper.answer(SECOND, **{**again, "body": [*TEXT, "Thêm một câu cuối khác."]})
    paper.end()
    assert copies(paper, "bao", SECOND) == [(id_of(paper, "bao", FIRST), True)]


def test_much_in_common_makes_no_copies_of_what_one_site_keeps_side_by_side(
    rooms: tuple[Newsroom, Newsroom],
) -> None:
    paper, other = rooms
    own = "Câu này là của riêng bài thứ hai, kể thêm về đường sá và trường học trong xã ta."
    half = [*TEXT[:5], own]
    for room in rooms:
        room.begin()
        room.listed(FIRST, SECOND)
    paper.answer(FIRST, title="Vụ mùa", body=TEXT)
    paper.answer(SECOND, title="Tin khác", body=half, published_at=LATER)
    other.answer(SECOND, title="Tin khác", body=half, published_at=LATER)
    for room in rooms:
        room.end()
    assert copies(paper, "bao", SECOND) == []
    assert [sure for _, sure in copies(other, "khac", SECOND)] == [True]


def test_a_notice_that_stands_below_many_articles_counts_for_nothing(
    rooms: tuple[Newsroom, Newsroom],
) -> None:
    paper, other = rooms
    notice = [
        "Bạn đọc có ý kiến đóng góp về các dự án đường sá, trường học, trạm xá của xã nhà xin gửi "
        "về hộp thư của tòa soạn, ghi rõ họ tên, nơi ở và số điện thoại để chúng tôi liên hệ lại.",
        "Mọi hình thức sao chép, đăng lại bài viết này trên bất kỳ nền tảng nào khác đều phải được "
        "sự đồng ý bằng văn bản của tòa soạn và dẫn rõ nguồn cùng đường dẫn tới bài gốc của báo.",
    ]
    shared = [
        f"Giá {ware} tại chợ trung tâm hôm nay không đổi so với hôm qua, người mua vẫn rất đông."
        for ware in ("lúa", "cá", "gà")
    ]

    def own(name: str) -> list[str]:
        return [f"Riêng bài {name} kể câu chuyện số {n}." for n in range(7)]

    for number, name in enumerate(("một", "hai", "ba")):
        crawl(paper, f"/tin/bai-{number}", title=name, body=[*own(name), *notice])
    crawl(paper, FIRST, title="Giá cả", body=[*shared, *own("chợ"), *notice])
    crawl(other, SECOND, title="Chợ", body=[*shared, *own("giá"), *notice], published_at=LATER)
    assert copies(other, "khac", SECOND) == []


def test_who_republishes_is_the_copy_whatever_its_clock_says(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    paper, aggregator = Newsroom(path), Newsroom(path, TRANSLATING)
    paper.sites = aggregator.sites = {"bao": SITE, "dich": TRANSLATING}
    earlier = (START - timedelta(hours=5)).isoformat()
    crawl(aggregator, SECOND, title="Vụ mùa", body=TEXT, published_at=earlier)
    crawl(paper, FIRST, title="Vụ mùa", body=TEXT)
    for room in (aggregator, paper):
        room.begin()
        room.end()
    assert copies(aggregator, "dich", SECOND) == [(id_of(paper, "bao", FIRST), True)]
    assert copies(paper, "bao", FIRST) == []


def test_tables_below_the_same_notice_are_no_copies(rooms: tuple[Newsroom, Newsroom]) -> None:
    paper, other = rooms
    hours = range(6, 14)
    for room, url, village in ((paper, FIRST, "An Phú"), (other, SECOND, "Hòa Sơn")):
        rows = [f"Xã {village} {n}: {h}h - {h + 3}h" for h in hours for n in range(5)]
        body = [*TEXT[:2], *rows, *TEXT[2:4]]
        crawl(room, url, title=f"Lịch cúp điện {village}", body=body)
    assert copies(other, "khac", SECOND) == []
    assert copies(paper, "bao", FIRST) == []


@pytest.mark.parametrize("first", [0, 33])
def test_what_every_paper_prints_is_each_ones_copy_of_the_first(tmp_path: Path, first: int) -> None:
    papers = [
        Newsroom(tmp_path / "store.db", SITE.model_copy(update={"name": f"bao{number}"}))
        for number in range(34)
    ]
    for number, room in enumerate(papers):
        told = START + timedelta(minutes=0 if number == first else 60 + number)
        crawl(room, FIRST, title="Xã luận", body=TEXT, published_at=told.isoformat())
    for room in papers:
        room.begin()
        room.end()
    source = id_of(papers[first], f"bao{first}", FIRST)
    for number, room in enumerate(papers):
        expected = [] if number == first else [(source, True)]
        assert copies(room, f"bao{number}", FIRST) == expected
    assert papers[0].count("to_link") == 0


def test_a_sentence_that_stands_in_many_articles_makes_no_copy() -> None:
    ours = dict.fromkeys(range(5), 120)
    theirs = dict.fromkeys((0, 1, 2, 3, 9), 120)
    assert likeness(ours, theirs) is not None
    assert likeness(ours, theirs, standing={0, 1}) is None


@given(st.sets(st.integers(0, 40)), st.sets(st.integers(0, 40)))
def test_likeness_is_the_same_from_both_sides(one: set[int], other: set[int]) -> None:
    ours, theirs = ({key: 60 + key for key in side} for side in (one, other))
    assert likeness(ours, theirs) == likeness(theirs, ours)


def test_a_paper_that_prints_only_the_day_is_not_first_for_that() -> None:
    midnight = START.replace(hour=17) - timedelta(days=1)  # in Vietnam
    day_only = Appearance(article_id=2, published_at=midnight, first_seen_at=START)
    exact = Appearance(article_id=1, published_at=START, first_seen_at=START - timedelta(hours=1))
    assert is_first(exact, day_only, "Asia/Ho_Chi_Minh")
    assert not is_first(day_only, exact, "Asia/Ho_Chi_Minh")
