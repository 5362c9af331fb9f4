import json
import unicodedata
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.article import Article, Block
from pipelines.compare import compare

LEAD = "Sáng 25/6, Tỉnh ủy tổ chức hội nghị sơ kết công tác sáu tháng đầu năm tại Hạ Long."
BODY = (
    "Dự hội nghị có đồng chí Mai Văn Tuất, Chủ tịch HĐND tỉnh, và lãnh đạo các sở. "
    "Các đại biểu đã nghe báo cáo về tình hình kinh tế.",
    "Theo báo cáo, tổng sản phẩm trên địa bàn tăng 4,7 % so với cùng kỳ năm trước, "
    "thực hiện Kết luận số 57-KL/TW và Nghị định 09/2017/NĐ-CP.",
    "“Chúng ta phải giữ vững niềm tin của nhân dân”, ông Tuất nhấn mạnh tại hội nghị. "
    "Một số địa phương không hoàn thành kế hoạch đề ra.",
    "Hòa bình và ổn định là nền tảng để thúc đẩy phát triển trong thời gian tới.",
)
ARTICLE = Article(
    site="vidu",
    url="https://vidu.example/bai-1.html",
    title="Sơ kết công tác sáu tháng đầu năm",
    lead=LEAD,
    blocks=tuple(Block(text=text) for text in BODY),
    captions=("Quang cảnh hội nghị tại Trung tâm tổ chức hội nghị tỉnh.",),
    author="Dương Chiến",
    published_at=datetime(2024, 6, 25, 9, 1, tzinfo=UTC),
)


def edited(old="", new="", **fields):
    """The article with words replaced in its body, or with other fields."""
    if old:
        assert sum(text.count(old) for text in BODY) == 1
        fields["blocks"] = tuple(Block(text=text.replace(old, new)) for text in BODY)
    return replace(ARTICLE, **fields)


def blocks(*texts):
    return tuple(Block(text=text) for text in texts)


SUBSTANTIVE = [
    ("figures", edited("4,7 %", "4,8 %")),
    ("figures", edited("4,7 %", "47 %")),
    ("figures", edited("4,7 %", "4.7 %")),
    ("figures", edited("57-KL/TW", "75-KL/TW")),
    ("figures", edited("09/2017/NĐ-CP", "09/2017/QĐ-CP")),
    ("names", edited("Mai Văn Tuất", "Phạm Quang Ngọc")),
    ("names", edited("ông Tuất", "ông Ngọc")),
    ("names", edited("HĐND", "UBND")),
    ("negation", edited("không hoàn thành", "hoàn thành")),
    ("negation", edited("đã nghe", "chưa nghe")),
    ("directions", edited("tăng", "giảm")),
    ("quotation", edited("giữ vững niềm tin", "giữ vững lòng tin")),
    (
        "sentence_removed",
        edited(" Một số địa phương không hoàn thành kế hoạch đề ra.", ""),
    ),
    ("sentence_added", edited("kinh tế.", "kinh tế. Hội nghị kéo dài một ngày.")),
    ("sentence_removed", edited(blocks=blocks(*BODY[:-1]))),
    (
        "sentence_added",
        edited(blocks=blocks(*BODY, "Hội nghị đã bế mạc vào chiều cùng ngày.")),
    ),
    ("sentence_added", edited(captions=(*ARTICLE.captions, "Đại biểu biểu quyết."))),
    ("figures", edited(captions=("Quang cảnh hội nghị ngày 25/6.",))),
    ("correction_note", edited(blocks=blocks(*BODY, "Đính chính: số đúng là như trên."))),
    ("figures", edited(lead=LEAD.replace("25/6", "26/6"))),
    ("title", edited(title="Tổng kết công tác sáu tháng đầu năm")),
    ("names", edited(lead=LEAD.replace("Hạ Long", "Cẩm Phả"))),
    ("author", edited(author="Mai Lan")),
    ("author", edited(author="")),
    ("published_at", edited(published_at=datetime(2024, 6, 26, 9, 1, tzinfo=UTC))),
]
MINOR = [
    ("spelling", edited("nền tảng", "nền tãng")),
    ("wording", edited("nền tảng", "cơ sở")),
    ("wording", edited("lãnh đạo các sở", "lãnh đạo nhiều sở")),
    ("wording", edited(lead=LEAD.replace("tổ chức", "mở"))),
    ("moved", edited(blocks=blocks(BODY[1], BODY[2], BODY[3], BODY[0]))),
    ("moved", edited(lead="", blocks=blocks(LEAD, *BODY))),
    ("wording", edited(captions=("Toàn cảnh hội nghị tại Trung tâm tổ chức hội nghị tỉnh.",))),
    ("spelling", edited(title="Sơ kết công tác sáu thánh đầu năm")),
]
COSMETIC = [
    ("tone_placement", edited("Hòa bình", "Hoà bình")),
    ("tone_placement", edited(lead=LEAD.replace("Tỉnh ủy", "Tỉnh uỷ"))),
    ("punctuation", edited("“Chúng ta phải", '"Chúng ta phải')),
    ("punctuation", edited("tỉnh, và", "tỉnh và")),
    ("punctuation", edited("các sở. Các", "các sở; Các")),
    ("letter_case", edited(title="SƠ KẾT CÔNG TÁC SÁU THÁNG ĐẦU NĂM")),
    ("letter_case", edited("Nghị định", "nghị định")),
    ("repetition", edited(captions=ARTICLE.captions * 2)),
    ("script", edited("57-KL", "٥٧-KL")),
    ("letter_case", edited(author="DƯƠNG CHIẾN")),
]


@pytest.mark.parametrize(
    ("weight", "reason", "after"),
    [
        (weight, *case)
        for weight, cases in (
            ("substantive", SUBSTANTIVE),
            ("minor", MINOR),
            ("cosmetic", COSMETIC),
        )
        for case in cases
    ],
)
def test_what_an_edit_weighs_and_why(weight, reason, after):
    for pair in ((ARTICLE, after), (after, ARTICLE)):
        found = compare(*pair)
        assert found is not None
        assert found.weight == weight
    reasons = {r for field in compare(ARTICLE, after).explanation.fields for r in field.reasons}
    assert reason in reasons


@pytest.mark.parametrize(
    "rewritten",
    [
        lambda text: unicodedata.normalize("NFD", text),
        lambda text: text.replace(" ", "\u00a0"),
        lambda text: text.replace(" ", " \u200b "),
        lambda text: "\ufeff" + text.replace("i", "i\u00ad"),
    ],
)
def test_another_encoding_is_no_difference(rewritten):
    after = edited(
        title=rewritten(ARTICLE.title),
        lead=rewritten(LEAD),
        blocks=blocks(*map(rewritten, BODY)),
        captions=tuple(map(rewritten, ARTICLE.captions)),
    )
    assert compare(ARTICLE, after) is None


def test_paragraphs_cut_elsewhere_are_no_difference():
    assert compare(ARTICLE, edited(blocks=blocks(" ".join(BODY)))) is None


@pytest.mark.parametrize(
    ("kind", "fields", "after"),
    [
        ("retitled", ("title",), edited(title="Hội nghị sơ kết")),
        ("corrected", ("author",), edited(author="Mai Lan")),
        (
            "corrected",
            ("author", "published_at"),
            edited(author="Mai Lan", published_at=None),
        ),
        ("edited", ("title", "author"), edited(title="Hội nghị sơ kết", author="Mai Lan")),
        ("edited", ("body",), edited("4,7 %", "4,8 %")),
        (
            "edited",
            ("title", "lead", "body", "captions", "author", "published_at"),
            Article(site="vidu", url=ARTICLE.url, title="", lead="", blocks=()),
        ),
    ],
)
def test_kind_and_fields(kind, fields, after):
    found = compare(ARTICLE, after)
    assert (found.kind, found.fields) == (kind, fields)


def test_the_explanation_names_words_figures_sentences_and_notes():
    note = "Đính chính: tổng sản phẩm tăng 47 %."
    changed = [text.replace("4,7 %", "47 %") for text in BODY[:-1]]
    found = compare(ARTICLE, edited(blocks=blocks(*changed, note), author="Mai Lan"))
    body, author = found.explanation.fields
    assert (body.figures_before, body.figures_after) == (("4,7%",), ("47%",))
    assert (body.words_removed, body.words_added) == (("4,7 %",), ("47 %",))
    assert (body.sentences_removed, body.sentences_added) == ((BODY[-1],), (note,))
    assert (author.words_removed, author.words_added) == (("Dương Chiến",), ("Mai Lan",))
    assert found.explanation.correction_notes == (note,)
    as_json = found.explanation.as_json()
    assert json.loads(json.dumps(as_json)) == as_json
    assert as_json["fields"]["body"]["figures_after"] == ["47%"]


@pytest.mark.parametrize(
    "note",
    [
        "Đính chính: ngày đúng là 25/6.",
        "(*) ĐÍNH CHÍNH - Tên đúng là Mai Lan",
        "Bài viết đã được sửa lại tên nhân vật.",
        "Correction, May 5: the name was wrong.",
        "An earlier version of this article misstated a name.",
        "تصحيح: ورد خطأ في الاسم.",
        "اصلاحیه: نام درست است.",
        "更正:日期有误。",
    ],
)
def test_a_correction_note_that_came_is_named_and_an_old_one_is_not(note):
    noted = edited(blocks=blocks(*BODY, note))
    assert compare(ARTICLE, noted).explanation.correction_notes
    assert compare(ARTICLE, noted).weight == "substantive"
    retitled = replace(noted, blocks=(*noted.blocks, Block(text="Xem tiếp kỳ sau.")))
    assert compare(noted, retitled).explanation.correction_notes == ()


@pytest.mark.parametrize(
    ("before", "after", "weight"),
    [
        ("لم يحضر الوفد الاجتماع في المدينة.", "حضر الوفد الاجتماع في المدينة.", "substantive"),
        ("ارتفع الإنتاج بنسبة ٤٧ في المئة.", "ارتفع الإنتاج بنسبة 47 في المئة.", "cosmetic"),
        ("ارتفع الإنتاج بنسبة ٤٧ في المئة.", "ارتفع الإنتاج بنسبة ٧٤ في المئة.", "substantive"),
        ("قال الرفيق دانج شوان أمام الوفد.", "قال الرفيق ماي فان أمام الوفد.", "substantive"),
        ("عقد المؤتمر في مدينة كبيرة.", "نظم المؤتمر في مدينة كبيرة.", "minor"),
        ("این طرح اجرا می‌شود و مهم است.", "این طرح اجرا نمی‌شود و مهم است.", "substantive"),
        ("كتاب علي مهم جدا هنا.", "کتاب علی مهم جدا هنا.", "cosmetic"),
        ("The plan didn't work in town.", "The plan worked in town.", "substantive"),
        ("Officials said the plan works.", "Officials claimed the plan works.", "minor"),
        ("Sales rose by three million.", "Sales rose by three billion.", "substantive"),
        ("It costs $500 a year.", "It costs €500 a year.", "substantive"),
    ],
)
def test_weights_in_other_languages(before, after, weight):
    pair = [edited(lead="", blocks=blocks(text)) for text in (before, after)]
    assert compare(*pair).weight == weight


def test_a_name_is_known_at_the_start_of_a_sentence():
    first = "Sáng nay, Tuất đã phát biểu. Tuất cho biết hội nghị thành công tốt đẹp."
    second = "Sáng nay, Tuất đã phát biểu. Ngọc cho biết hội nghị thành công tốt đẹp."
    pair = [edited(blocks=blocks(text)) for text in (first, second)]
    assert compare(*pair).weight == "substantive"


RETOLD = "Trong thời gian tới, hòa bình và ổn định sẽ là cơ sở để tiến lên."


@pytest.mark.parametrize(
    ("after", "weight"),
    [
        (edited(title="Hội nghị sơ kết", blocks=blocks(*BODY[:-1], RETOLD)), "cosmetic"),
        (edited("không hoàn thành", "đã hoàn thành"), "cosmetic"),
        (edited("4,7 %", "4.7 %"), "cosmetic"),
        (edited("4,7 %", "47 %"), "substantive"),
        (edited("57-KL/TW", "75-KL/TW"), "substantive"),
        (edited(blocks=blocks(*BODY[:-1])), "substantive"),
        (edited(lead=LEAD.replace("25/6", "26/6")), "substantive"),
    ],
)
def test_on_a_site_that_translates_other_words_are_reworded(after, weight):
    found = compare(ARTICLE, after, translates=True)
    assert (found.kind, found.weight) == ("reworded", weight)


def test_on_a_site_that_translates_a_byline_is_still_corrected():
    found = compare(ARTICLE, edited(author="Mai Lan"), translates=True)
    assert (found.kind, found.weight) == ("corrected", "substantive")


fragments = st.text(max_size=40) | st.sampled_from([*BODY, LEAD, "4,7 %", "“", "không", "47"])
articles = st.builds(
    lambda title, lead, texts, captions, author, minute: Article(
        site="vidu",
        url=ARTICLE.url,
        title=title,
        lead=lead,
        blocks=blocks(*texts),
        captions=tuple(captions),
        author=author,
        published_at=minute,
    ),
    fragments,
    fragments,
    st.lists(fragments, max_size=5),
    st.lists(fragments, max_size=3),
    fragments,
    st.none() | st.datetimes(min_value=datetime(1970, 1, 2), timezones=st.just(UTC)),  # noqa: DTZ001
)


@given(before=articles, after=articles, translates=st.booleans())
def test_any_two_articles_compare_and_the_way_back_agrees(before, after, translates):
    there = compare(before, after, translates=translates)
    back = compare(after, before, translates=translates)
    assert compare(before, before, translates=translates) is None
    assert (there is None) == (back is None)
    if there is not None:
        assert (there.kind, there.fields) == (back.kind, back.fields)
        assert all(change.reasons for change in there.explanation.fields)
        json.dumps(there.explanation.as_json())


@pytest.mark.parametrize("text", ["không 47 “a” ", "a. ", "“", "A", "A b “", "1-"])
@pytest.mark.timeout(60)
def test_a_megabyte_of_anything_is_compared_soon(text):
    long = text * (1_000_000 // len(text))
    pair = [edited(lead=long, blocks=blocks(long, *extra)) for extra in ((), ("x " + long,))]
    assert compare(*pair) is not None
