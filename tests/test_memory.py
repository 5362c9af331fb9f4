"""What is left out of a text because of what the site's pages taught, and what never is."""

from hypothesis import given
from hypothesis import strategies as st

from pipelines.article import Article, Block
from pipelines.memory import (
    NOWHERE,
    Learned,
    block_print,
    has_whole_blocks,
    lasting,
    places,
    position_names,
    rotation,
    without_learned,
)

BODY = (
    "Sáng 2/3, tỉnh tổ chức hội nghị đánh giá kết quả.",
    "Tốc độ tăng trưởng đạt 4,7 %, thu ngân sách 1.250 tỷ đồng.",
    "Chủ tịch xã Nam Thủy nói bà con đã nhận đủ giống lúa mới.",
    "Đường liên thôn dài 12 km được khởi công cuối tháng này.",
)
AD, OTHER_AD = "Vay tiêu dùng lãi suất 0,8%. Mua 2 tặng 1 hôm nay.", "Nệm cao su bảo hành 12 năm."
NOTE = "Đính chính: Số liệu đúng là 4,7 %."


def article(*texts: str) -> Article:
    blocks = tuple(Block(text=text) for text in texts)
    return Article(site="bao", url="https://bao.example/1", title="Tựa", lead="", blocks=blocks)


def texts(one: Article) -> tuple[str, ...]:
    return tuple(block.text for block in one.blocks)


def test_nothing_learned_leaves_everything() -> None:
    one = article(*BODY)
    assert without_learned(one, Learned()) == (one, {})


def test_a_block_goes_only_from_its_place() -> None:
    learned = Learned(blocks=frozenset({(block_print(AD), "foot paragraph")}))
    kept, removed = without_learned(article(*BODY, AD), learned)
    assert (texts(kept), removed) == (BODY, {"learned block": 1})
    assert AD in texts(without_learned(article(AD, *BODY), learned)[0])


def test_rotating_sentences_go_where_a_block_has_no_other() -> None:
    first, second = "Vay tiêu dùng lãi suất 0,8%.", "Mua 2 tặng 1 hôm nay."
    learned = Learned(rotating=frozenset({block_print(first), block_print(second)}))
    long = f"{first} {BODY[1]} {BODY[2]}"
    kept, removed = without_learned(article(BODY[0], AD, long), learned)
    assert texts(kept) == (BODY[0], long)
    assert removed == {"learned rotating": 1}


def test_what_one_reading_has_in_a_slot_is_left_out_of_the_comparison() -> None:
    slot = (block_print(BODY[1]), block_print(BODY[2]))
    learned = Learned(slots=frozenset({slot}))
    for shown in ((AD,), (AD, OTHER_AD), ()):
        one = article(*BODY[:2], *shown, *BODY[2:])
        assert without_learned(one, learned)[0] == one
        assert lasting(article(*BODY), one, learned)[1] == article(*BODY)


def test_a_correction_note_stays_wherever_it_stands() -> None:
    learned = Learned(
        blocks=frozenset({(block_print(NOTE), place) for place in places(article(NOTE).blocks)}),
        rotating=frozenset({block_print(NOTE)}),
        slots=frozenset({(block_print(BODY[0]), block_print(BODY[1]))}),
        positions=frozenset(position_names(1, 5)),
    )
    shown = article(BODY[0], NOTE, *BODY[1:])
    assert NOTE in texts(without_learned(shown, learned)[0])
    assert NOTE in texts(lasting(article(*BODY), shown, learned)[1])


def test_three_looks_with_three_unrelated_texts_show_a_slot() -> None:
    looks = [article(*BODY[:2], drawn, *BODY[2:]) for drawn in (AD, OTHER_AD, "Xe điện mới về.")]
    found = rotation(*looks)
    assert found.slots == {(block_print(BODY[1]), block_print(BODY[2]))}
    assert set(found.sentences.values()) == {OTHER_AD, *AD.replace(". ", ".|").split("|")}
    assert "middle" in found.positions


def test_what_comes_and_goes_in_other_places_rotates_too() -> None:
    looks = [
        article(*BODY[:place], drawn, *BODY[place:])
        for place, drawn in ((1, AD), (3, OTHER_AD), (2, "Xe điện mới về."))
    ]
    assert OTHER_AD in rotation(*looks).sentences.values()


def test_a_stale_answer_and_a_growing_text_show_none() -> None:
    added = article(*BODY, "Hội nghị kết thúc lúc 17 giờ.")
    more = article(*BODY, "Hội nghị kết thúc lúc 17 giờ.", "Các đại biểu ra về.")
    assert rotation(article(*BODY), added, more).slots == frozenset()
    assert rotation(article(*BODY), added, article(*BODY)).slots == frozenset()


def test_a_paragraph_that_is_being_edited_shows_none() -> None:
    states = [
        article(BODY[0], BODY[1].replace("4,7", figure), *BODY[2:]) for figure in ("1", "2", "3")
    ]
    assert rotation(*states).slots == frozenset()


def test_a_text_that_is_wholly_another_is_no_slot() -> None:
    found = rotation(article(AD), article(OTHER_AD), article("Xe điện giao tận nhà."))
    assert NOWHERE not in found.slots


def test_a_lone_block_at_a_rotating_position_is_fleeting_and_an_edit_is_not() -> None:
    learned = Learned(positions=frozenset({"top 2"}))
    shown = article(*BODY[:2], AD, *BODY[2:])
    assert lasting(article(*BODY), shown, learned) == (article(*BODY), article(*BODY))
    edited = article(*BODY[:2], BODY[2].replace("đã nhận đủ", "chưa nhận"), BODY[3])
    assert lasting(article(*BODY), edited, learned) == (article(*BODY), edited)


def test_what_stood_or_was_gone_long_enough_is_believed() -> None:
    positions, key = frozenset({"top 2"}), frozenset({block_print(AD)})
    shown = article(*BODY[:2], AD, *BODY[2:])
    arrived = Learned(positions=positions, arrived=key)
    assert lasting(article(*BODY), shown, arrived) == (article(*BODY), shown)
    assert lasting(shown, article(*BODY), arrived) == (article(*BODY), article(*BODY))
    departed = Learned(positions=positions, departed=key)
    assert lasting(shown, article(*BODY), departed) == (shown, article(*BODY))


def test_whole_blocks_are_told_from_edited_ones() -> None:
    edited = article(*BODY[:3], BODY[3].replace("12 km", "15 km"))
    assert not has_whole_blocks(article(*BODY), edited)
    assert has_whole_blocks(article(*BODY), article(*BODY, AD))
    assert has_whole_blocks(article(*BODY), article(*BODY[1:]))


@given(st.lists(st.sampled_from([*BODY, AD, OTHER_AD, NOTE]), max_size=8), st.data())
def test_nothing_but_what_was_learned_goes(shown: list[str], data: st.DataObject) -> None:
    known = data.draw(st.lists(st.sampled_from([*BODY, AD, NOTE]), unique=True))
    one = article(*shown)
    learned = Learned(
        blocks=frozenset((block_print(text), place) for text in known for place in PLACES)
    )
    kept, removed = without_learned(one, learned)
    expected = tuple(text for text in shown if text not in known or text == NOTE)
    assert texts(kept) == expected
    assert sum(removed.values()) == len(shown) - len(expected)


PLACES = ("top paragraph", "foot paragraph")


@given(st.lists(st.sampled_from([*BODY, AD, OTHER_AD, NOTE]), max_size=8))
def test_two_equal_readings_stay_equal_and_whole(shown: list[str]) -> None:
    positions = frozenset(name for index in range(9) for name in position_names(index, 9))
    one = article(*shown)
    assert lasting(one, one, Learned(positions=positions)) == (one, one)
