from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.alignment import align
from pipelines.article import Block
from pipelines.diff import Piece, block_diff, excerpt, word_diff
from pipelines.normalise import clean
from pipelines.tokens import figures, sentences, tokens, words

vocabulary = st.sampled_from(
    [
        "a",
        "b",
        "c",
        "một",
        "hai",
        "4,7 %",
        "57-KL/TW",
        "،",
        ".",
        "\u200c",
        "会",
        " ",
        "\n",
        "“",
        "-",
    ]
)
texts = st.text() | st.lists(vocabulary).map(" ".join) | st.lists(vocabulary).map("".join)
PARAGRAPHS = [
    "Sáng 25/6, Tỉnh ủy tổ chức hội nghị sơ kết công tác sáu tháng đầu năm.",
    "Tổng giá trị sản xuất công nghiệp tăng 4,7 % so với cùng kỳ năm trước.",
    "Các đại biểu thảo luận về nhiệm vụ trọng tâm trong thời gian tới.",
    "Phát biểu kết luận, đồng chí Mai Văn Tuất biểu dương các địa phương.",
]


def blocks(*paragraphs):
    return tuple(Block(text=paragraph) for paragraph in paragraphs)


def side(pieces, op):
    return "".join(piece.text for piece in pieces if piece.op in ("equal", op))


@given(before=texts, after=texts)
def test_pieces_give_back_both_texts(before, after):
    pieces = word_diff(before, after)
    assert side(pieces, "delete") == before
    assert side(pieces, "insert") == after
    assert all(piece.text for piece in pieces)


@given(text=texts)
def test_a_text_differs_from_itself_in_nothing(text):
    assert [piece.op for piece in word_diff(text, text)] == (["equal"] if text else [])


@given(text=texts)
def test_tokens_give_back_the_text(text):
    assert "".join(token.text + token.space for token in tokens(text)) == text


@pytest.mark.parametrize(
    "figure",
    [
        *("4,7 %", "10.000", "16:01", "25/6/2024", "-5", "+2", "₫500.000", "2020-2025", "12h30"),
        *("57-KL/TW", "09/2017/ND-CP", "59/2024/QĐ-UBND", "Covid-19", "G7", "٤٧", "۴٫۷٪"),
    ],
)
def test_a_figure_is_one_token(figure):
    found = tokens(f"theo {figure}, và")
    assert [(token.kind, token.text) for token in found][1] == ("figure", figure)


def test_words_of_every_script():
    assert [token.text for token in tokens("Hội nghị don't کتاب‌ها 会议")] == [
        *("Hội", "nghị", "don't", "کتاب‌ها", "会", "议"),
    ]


def test_words_read_the_same_in_any_case_tone_placement_and_digits():
    assert words("HÒA Bình, ٤٧") == words("hoà bình – 47")
    assert words("bán") != words("bàn")
    assert figures("tăng 4,7 % (12/CT)") == ("4,7%", "12/ct")


def test_the_words_that_changed_are_told_apart():
    assert word_diff("tăng 4,7 % so với", "tăng 47 % so với") == (
        Piece(op="equal", text="tăng "),
        Piece(op="delete", text="4,7 % "),
        Piece(op="insert", text="47 % "),
        Piece(op="equal", text="so với"),
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("TP. Hồ Chí Minh tăng 4,7 %. Ông A. nói: “Được.” Rồi đi… Thật?", 4),
        ("Họp ngày 25. Bế mạc năm 2024. Hết.", 3),
        ("1. Mục tiêu chung", 1),
        ("قال نعم؟ لا. انتهى", 3),
        ("你好。再见。", 2),
        ("một dòng\nhai dòng", 2),
        ("", 0),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text, expected):
    assert len(sentences(text)) == expected


@given(text=texts)
def test_sentences_lose_no_word(text):
    assert [word for sentence in sentences(text) for word in words(sentence)] == [*words(text)]


@given(before=st.lists(vocabulary), after=st.lists(vocabulary))
def test_every_piece_is_aligned_exactly_once(before, after):
    stretches = align(before, after)
    for which, whole in ((0, before), (1, after)):
        alone = "added" if which else "removed"
        indexes = [
            index
            for stretch in stretches
            for index in (
                *(pair[which] for pair in (*stretch.equal, *stretch.similar, *stretch.moved)),
                *getattr(stretch, alone),
            )
        ]
        assert sorted(indexes) == list(range(len(whole)))


def test_an_edited_block_shows_its_words_and_the_rest_is_equal():
    after = [*PARAGRAPHS]
    after[1] = after[1].replace("4,7", "47")
    changes = block_diff(blocks(*PARAGRAPHS), blocks(*after))
    assert [change.op for change in changes] == ["equal", "edited", "equal", "equal"]
    assert [piece.text for piece in changes[1].pieces if piece.op != "equal"] == ["4,7 % ", "47 % "]


def test_added_removed_and_moved_blocks():
    first, second, third, fourth = PARAGRAPHS
    extra = "Hội nghị bế mạc vào chiều cùng ngày tại thành phố."
    ops = [c.op for c in block_diff(blocks(first, second), blocks(first, extra, second))]
    assert ops == ["equal", "added", "equal"]
    ops = [c.op for c in block_diff(blocks(*PARAGRAPHS), blocks(first, third, fourth))]
    assert ops == ["equal", "removed", "equal", "equal"]
    changes = block_diff(blocks(*PARAGRAPHS), blocks(second, third, fourth, first))
    assert [change.op for change in changes] == ["equal", "equal", "equal", "moved"]


def test_paragraphs_split_or_joined_are_no_additions():
    split = blocks(f"{PARAGRAPHS[0]} {PARAGRAPHS[1]}", PARAGRAPHS[2])
    assert [c.op for c in block_diff(split, blocks(*PARAGRAPHS[:3]))] == ["equal", "equal"]
    edited = blocks(PARAGRAPHS[0], PARAGRAPHS[1].replace("4,7", "47"), PARAGRAPHS[2])
    assert [c.op for c in block_diff(split, edited)] == ["edited", "equal"]


@given(st.lists(texts, max_size=6), st.lists(texts, max_size=6))
def test_block_changes_keep_every_word_of_both_bodies(before, after):
    before, after = [[clean(text) for text in whole] for whole in (before, after)]
    changes = block_diff(blocks(*before), blocks(*after))
    for side_, whole in (("before", before), ("after", after)):
        kept = [word for c in changes if (b := getattr(c, side_)) for word in words(b.text)]
        assert sorted(kept) == sorted(word for text in whole for word in words(text))


def test_an_excerpt_keeps_the_words_around_a_change():
    before = " ".join(f"từ{n}" for n in range(40))
    shown = excerpt(word_diff(before, before.replace("từ20", "khác")), context_words=2)
    assert [piece.text for piece in shown] == ["…từ18 từ19 ", "từ20 ", "khác ", "từ21 từ22 …"] or [
        piece.text for piece in shown
    ] == ["… từ18 từ19 ", "từ20 ", "khác ", "từ21 từ22 …"]


HOSTILE = [
    "a b " * 200_000,
    "a" * 1_000_000,
    "." * 1_000_000 + "a",
    "1-" * 300_000,
    "a. " * 200_000,
    " ".join(str(n) for n in range(150_000)),
    "\n".join(["một hai ba bốn"] * 60_000),
    "'" * 500_000,
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.timeout(60)
def test_a_hostile_text_ends_soon(text):
    other = "x " + text[::-1] + " y"
    assert side(word_diff(text, other), "insert") == other
    assert block_diff(blocks(*text.split("\n")), blocks(*other.split("\n")))
    assert sentences(text)


def test_thousands_of_paragraphs_of_few_words_end_soon():
    random = Random(7)

    def paragraph():
        return " ".join(random.choices("abcdefgh", k=random.randint(1, 30)))

    before = [paragraph() for _ in range(1500)]
    after = [paragraph() if random.random() < 0.5 else text for text in before]
    assert block_diff(blocks(*before), blocks(*after))
