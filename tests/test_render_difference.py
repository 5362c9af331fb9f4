from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from monitor.render.text import render_difference, safe
from pipelines.article import Article, Block
from pipelines.compare import compare

ARTICLE = Article(
    site="mau",
    url="https://baomau.example/a.htm",
    title="Tăng 4,7 %",
    lead="Mở đầu.",
    blocks=(
        Block(text="Đoạn thứ nhất nói về tình hình chung của tỉnh."),
        Block(text="Đoạn thứ hai nói rằng sản lượng tăng 4,7 % so với cùng kỳ năm trước."),
        Block(text="Đoạn thứ ba kết luận hội nghị và nêu nhiệm vụ."),
    ),
    captions=("Ảnh một.",),
    author="Mai Lan",
    published_at=datetime(2024, 6, 25, 9, 1, tzinfo=UTC),
)


def rendered(after, *, colour=False):
    return render_difference(ARTICLE, after, compare(ARTICLE, after), colour=colour)


def test_every_field_shows_what_went_and_what_came():
    first, second, third = (block.text for block in ARTICLE.blocks)
    after = replace(
        ARTICLE,
        title="Tăng 47 %",
        lead="",
        blocks=tuple(
            Block(text=text)
            for text in (third, first, second.replace("4,7", "47"), "Đính chính: số đúng là 47 %.")
        ),
        captions=("Ảnh một.", "Ảnh hai mới."),
        author="Đức Lam",
        published_at=datetime(2024, 6, 26, 9, 1, tzinfo=UTC),
    )
    assert rendered(after).split("\n") == [
        "Title: Tăng [-4,7 %-]{+47 %+}",
        "Lead: [-Mở đầu.-]",
        "Text:",
        "  (moved) Đoạn thứ ba kết luận hội nghị và nêu nhiệm vụ.",
        "  … hai nói rằng sản lượng tăng [-4,7 %-]{+47 %+} so với cùng kỳ năm trước.",
        "  {+Đính chính: số đúng là 47 %.+}",
        "Captions:",
        "  {+Ảnh hai mới.+}",
        "By: [-Mai Lan-]{+Đức Lam+}",
        "Published: [-2024-06-25-]{+2024-06-26+} 16:01 +0700",
    ]


def test_in_colour_what_went_is_red_and_what_came_is_green():
    told = rendered(replace(ARTICLE, title="Tăng 47 %"), colour=True)
    assert told == "Title: Tăng \x1b[9;31m4,7 %\x1b[0m\x1b[1;32m47 %\x1b[0m"


@given(st.text(), st.text(), st.lists(st.text(), max_size=3))
def test_nothing_a_terminal_obeys_comes_through(title, lead, texts):
    blocks = tuple(Block(text=text) for text in texts)
    after = replace(ARTICLE, title=title + "\x1b[2J", lead=lead, blocks=blocks, author="\x9b31m\r")
    told = rendered(after)
    assert all(letter == "\n" or letter == safe(letter) for letter in told)
    assert not set(told) & {"\x1b", "\x9b", "\r", "\x07", "\u202e"}


def test_safe_keeps_what_people_read():
    text = "Hòa Bình, میشود، مـا, 会议 😀"
    assert safe(text) == text
