import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pipelines.normalise import clean, comparable, fold, tone_neutral, unify_script

INVISIBLE = "\u200b\u200c\u200d\u00ad\ufeff\u200e\u200f\u202a\u202e\u2060\u2066\x00\x1b\ufe0f"
SPACES = " \u00a0\u202f\u2009\u3000\t\n\r\x0b\x0c\u2028\u2029\x85"
texts = st.text(
    st.characters() | st.sampled_from("aăâeêoơuưydđĐ0123456789٤٧۴۷.,%-/كيیک\u0301\u0302" + SPACES)
)
FORMS = [clean, comparable, fold, tone_neutral, unify_script]


@pytest.mark.parametrize("form", FORMS)
@given(text=texts)
def test_a_form_of_a_form_is_itself(form, text):
    assert form(form(text)) == form(text)


@pytest.mark.parametrize("form", FORMS)
@given(text=texts)
def test_composed_and_decomposed_text_are_one(form, text):
    composed, decomposed = (unicodedata.normalize(n, text) for n in ("NFC", "NFD"))
    assert form(decomposed) == form(composed)


@given(text=texts, place=st.integers(0, 50), inserted=st.text(INVISIBLE, min_size=1))
def test_invisible_characters_change_nothing(text, place, inserted):
    sown = text[:place] + inserted + text[place:]
    assert clean(sown) == clean(text)
    assert comparable(sown) == comparable(text)


@given(text=texts, place=st.integers(0, 50), space=st.text(SPACES, min_size=1))
def test_spacing_makes_no_difference_except_between_digits(text, place, space):
    composed = clean(text)
    place = min(place, len(composed))
    before, after = composed[:place], composed[place:]
    assume(not (before[-1:].isdecimal() and after[:1].isdecimal()))
    assert comparable(before + space + after) == comparable(composed)


@given(text=texts)
def test_clean_text_has_single_plain_spaces_and_can_be_encoded(text):
    cleaned = clean(text)
    assert cleaned == " ".join(cleaned.split())
    assert cleaned.encode().decode() == cleaned


@given(before=texts, digit=st.sampled_from("0123456789"), other=st.sampled_from("0123456789"))
def test_another_digit_is_another_text(before, digit, other):
    assume(digit != other)
    assert comparable(f"{before}{digit} %") != comparable(f"{before}{other} %")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("10 12", "1012"),
        ("4,7 %", "47 %"),
        ("4,7", "4.7"),
        ("bán", "bàn"),
        ("hoà", "hòa"),
        ("Tăng.", "Tăng"),
        ("Hà Nội", "hà nội"),
        ("٤٧", "47"),
    ],
)
def test_what_reads_differently_compares_differently(before, after):
    assert comparable(before) != comparable(after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("4,7 %", "4,7%"),
        ("10\u00a0000", "10 000"),
        ("Ti\u00adnh\u200b Ninh\ufeff", "Tinh Ninh"),
        ("می\u200cشود", "میشود"),
    ],
)
def test_spacing_and_zero_width_compare_equal(before, after):
    assert comparable(before) == comparable(after)


def test_fold_finds_what_a_reader_would_type():
    assert fold("Đà Nẵng ĐẶC ÐIỂM") == "da nang dac diem"
    assert fold("مُحَمَّد") == fold("محمـــد")
    assert fold("علی کتاب أحمد إسلام آل") == fold("علي كتاب احمد اسلام ال")
    assert fold("٤٧ ۴۷") == "47 47"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("hòa bình", "hoà bình"),
        ("HÒA BÌNH", "HOÀ BÌNH"),
        ("Thúy khỏe, tủy", "Thuý khoẻ, tuỷ"),
        ("đại úy", "đại uý"),
        ("Ủy ban", "Uỷ ban"),
    ],
)
def test_both_tone_placements_are_one(old, new):
    assert tone_neutral(old) == tone_neutral(new) == new


@pytest.mark.parametrize(
    "word",
    ["quý", "Quý", "QUÝ", "quỳ", "hoàn", "hoài", "gìa", "già", "khuya", "của", "xoáy", "ngoéo"],
)
def test_syllables_with_one_placement_stay(word):
    assert tone_neutral(word) == word


def test_script_variants_are_one_but_digits_and_vowels_stay():
    assert unify_script("۴۷ علی") == unify_script("٤٧ علي") == "47 علي"
    assert unify_script("bán") != unify_script("bàn")
    assert unify_script("أحمد") != unify_script("احمد")
