"""What is shown of a difference is what differs: nothing more, nothing less, nothing unbounded."""

import random
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reports import FIRST, SECOND, article, entry, letters, sides

from monitor.render.digest import difference_of
from monitor.render.html import difference_html
from monitor.render.shown import show
from pipelines.article import Article

WORDS = st.sampled_from(
    [
        "tỉnh",
        "Điện Biên",
        "4,7 %",
        "57-KL/TW",
        "không",
        "و",
        "ارتفع",
        "会议",
        "،",
        "<b>",
        "&amp;",
        "-",
    ]
)
TEXT = st.lists(WORDS, max_size=30).map(" ".join)
TEXTS = st.lists(TEXT, max_size=5)


def pieces_of(shown, name):
    return [b for field in shown.fields if field.name == name for b in field.blocks]


def joined(blocks, *ops):
    return ["".join(p.text for p in block.pieces if p.op in ops) for block in blocks]


@given(TEXT, TEXT, TEXT, TEXT)
def test_the_pieces_of_a_line_give_back_both_sides_exactly(title, lead, new_title, new_lead):
    before = article(title=title, lead=lead)
    after = article(title=new_title, lead=new_lead)
    for field in show(before, after).fields:
        (block,) = field.blocks
        old, new = (getattr(side, field.name) for side in (before, after))
        assert joined([block], "equal", "delete") == [old]
        assert joined([block], "equal", "insert") == [new]


@given(TEXTS, TEXTS)
def test_the_paragraphs_give_back_both_sides(old, new):
    before, after = article(*old, title="T"), article(*new, title="T")
    blocks = pieces_of(show(before, after, fields=("body",)), "body")
    assert letters(joined(blocks, "equal", "delete")) == letters([b.text for b in before.blocks])
    assert letters(joined(blocks, "equal", "insert")) == letters([b.text for b in after.blocks])


@given(TEXTS, TEXTS)
@settings(max_examples=60)
def test_the_html_read_back_gives_both_sides(old, new):
    before, after = article(*old, title="T"), article(*new, title="T")
    fragment = difference_html(before, after)
    for name, (was, is_now) in sides(fragment).items():
        assert name == "body"
        assert letters(was) == letters([block.text for block in before.blocks])
        assert letters(is_now) == letters([block.text for block in after.blocks])


@given(st.text(), st.text(), TEXT)
@settings(max_examples=60)
def test_any_title_comes_back_from_the_html(old, new, lead):
    # HTML knows neither NUL nor other controls, and one kind of line's end.
    old, new = ("".join(c for c in text if c.isprintable()) for text in (old, new))
    before, after = article(title=old, lead=lead), article(title=new, lead=lead)
    for was, is_now in sides(difference_html(before, after)).values():
        assert (was, is_now) == ([old] if old else [], [new] if new else [])


def test_what_changed_is_marked_and_nothing_else():
    after = article(FIRST, SECOND.replace("4,7 %", "47 %"))
    fragment = difference_html(article(), after)
    assert fragment.count("<del") == fragment.count("<ins") == 1
    assert '<del data-said="deleted"><b class="bw-figure">4,7 %</b></del>' in fragment
    assert '<ins data-said="inserted"><b class="bw-figure">47 %</b></ins>' in fragment
    assert "1 paragraph unchanged" in fragment


def test_what_went_stands_before_what_came_in_its_place():
    old = ("Trời mưa to ở vùng núi phía Bắc.", "Nhiều hộ phải di dời khẩn cấp.")
    new = ("Giá vàng sáng nay tăng mạnh.", "Người dân xếp hàng trước cửa tiệm.")
    shown = show(article(FIRST, *old, SECOND), article(FIRST, *new, SECOND))
    blocks = [(block.op, block.text) for block in pieces_of(shown, "body") if block.op != "equal"]
    assert blocks == [*(("removed", text) for text in old), *(("added", text) for text in new)]


def test_figures_and_names_stand_out_only_where_something_changed():
    old = "Ông Nguyễn Văn An cho biết có 12 hộ ở Kim Sơn."
    new = "Ông Trần Văn Bình cho biết có 15 hộ ở Kim Sơn."
    (block,) = pieces_of(show(article(old), article(new)), "body")
    parts = [(p.op, part.kind, part.text) for p in block.pieces for part in p.parts]
    assert ("delete", "name", "Nguyễn") in parts
    assert ("insert", "figure", "15") in parts
    assert not [part for part in parts if part[0] == "equal" and part[1] in ("figure", "name")]


def test_a_moved_paragraph_is_moved_and_neither_gone_nor_new():
    third = "Đoạn thứ ba kết luận hội nghị và nêu nhiệm vụ cho các sở, ngành."
    fragment = difference_html(article(FIRST, SECOND, third), article(third, FIRST, SECOND))
    assert "<del" not in fragment
    assert "<ins" not in fragment
    assert fragment.count("moved here") == 1


def test_the_unchanged_middle_of_a_long_paragraph_is_folded_and_still_there():
    middle = " ".join(f"chữ{n}" for n in range(200))
    fragment = difference_html(article(f"một {middle} hai"), article(f"ba {middle} bốn"))
    assert "188 words unchanged" in fragment
    assert sides(fragment)["body"] == ([f"một {middle} hai"], [f"ba {middle} bốn"])


def test_captions_title_lead_byline_and_time_stand_apart():
    before = article(lead="Mở đầu.", captions=("Ảnh một.",), author="Mai Lan")
    after = replace(
        before,
        title="Hội thảo",
        lead="Kết thúc.",
        captions=("Ảnh hai.",),
        author="Đức Lam",
        published_at=datetime(2026, 3, 2, 1, tzinfo=UTC),
    )
    told = sides(difference_html(before, after))
    assert list(told) == ["title", "lead", "captions", "author", "published_at"]
    assert told["title"] == (["Hội nghị"], ["Hội thảo"])
    assert told["published_at"] == ([], ["2026-03-02 08:00 +0700"])


@pytest.mark.parametrize("language", ["ar", "fa", "zh", "vi"])
def test_every_text_says_its_language_and_finds_its_direction(language):
    fragment = difference_html(
        article(SECOND, language=language), article(SECOND[:-9], language=language), language="fa"
    )
    assert f'class="bw-block bw-edited bw-paragraph" lang="{language}" dir="auto"' in fragment
    assert fragment.startswith('<div class="bw-difference" lang="fa" dir="rtl">')


def test_our_own_words_do_not_turn_a_paragraph_round():
    long = " ".join(["القرية"] * 40)
    fragment = difference_html(article(f"{long} 4"), article(f"{long} 5"))
    block = fragment.partition("bw-edited")[2]
    assert '<summary lang="en" dir="ltr">' in block, "a direction of its own: dir=auto skips it"


@pytest.mark.parametrize("claimed", ['"><script>', "x" * 200, "vi vi", "\u202een", ""])
def test_a_language_that_is_none_is_not_repeated(claimed):
    fragment = difference_html(article("a", language=claimed), article("b", language=claimed))
    assert "<script" not in fragment
    assert fragment.count("lang=") == 1, "the interface's own"


def test_a_title_of_a_megabyte_is_cut_and_it_says_by_how_much():
    before, after = (article(title=word * 150_000) for word in ("<script>", "<Script>"))
    fragment = difference_html(before, after)
    assert len(fragment) < 20_000
    assert "<script" not in fragment.lower()
    assert "… 1,199,000 characters left out" in fragment
    assert "2,398,000 characters are not shown here" in fragment


def test_a_body_without_end_is_cut_and_it_says_so():
    draw = random.Random(3)

    def body() -> Article:
        return article(*(f"{draw.random()} {draw.random()} " * 20 for _ in range(300)), title="T")

    before, after = body(), body()
    shown = show(before, after)
    (field,) = shown.fields
    assert sum(len(block.text) for block in field.blocks) < 200_000
    assert field.cut > 50_000
    assert "characters are not shown here" in difference_html(before, after)


def test_what_became_noise_since_is_told_as_what_was_told_then():
    told = entry(before=article(FIRST, "Quảng cáo: giảm 50 %."), after=article(FIRST))
    today = replace(told, before=told.after)
    shown = difference_of(today)
    assert shown is not None
    assert shown.fields == ()
    (field,) = shown.left_out
    assert field.name == "body"
    assert joined(field.blocks, "delete") == ["Quảng cáo: giảm 50 %."]


def test_a_change_whose_texts_are_the_same_and_that_told_no_field_shows_none():
    same = entry("moved", before=article(), after=article(), explanation={"from": "https://a.b/"})
    shown = difference_of(same)
    assert shown is not None
    assert (shown.fields, shown.left_out) == ((), ())


def test_a_paragraph_that_was_edited_and_stands_elsewhere_is_one_edit():
    third = "Đoạn thứ ba kết luận hội nghị và nêu 14 nhiệm vụ cho các sở, ngành của tỉnh."
    before = article(third, FIRST, SECOND)
    after = article(SECOND, FIRST, third.replace("14", "15"))
    blocks = pieces_of(show(before, after), "body")
    assert sorted(block.op for block in blocks) == ["edited", "equal", "moved"]
    (edit,) = (block for block in blocks if block.op == "edited")
    assert [p.text for p in edit.pieces if p.op != "equal"] == ["14", "15"]
