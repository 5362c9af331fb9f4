import unicodedata
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.article import Article, Block
from pipelines.fingerprint import FINGERPRINT_LENGTH, fingerprints, text_fingerprint

ARTICLE = Article(
    site="vidu",
    url="https://vidu.example/bai-1.html",
    title="Tăng trưởng đạt 4,7 %",
    lead="Sáng 16/10, hội nghị khai mạc tại Hạ Long.",
    blocks=(Block(text="Có 10 xã tham gia."), Block(text="12 xã vắng mặt.")),
    captions=("Quang cảnh hội nghị.", "Đại biểu phát biểu."),
    author="Dương Chiến",
    published_at=datetime(2024, 6, 25, 9, 1, 30, tzinfo=UTC),
)


def test_every_reportable_field_has_its_own_fingerprint():
    changes = {
        "title": "Tăng trưởng đạt 47 %",
        "lead": "Sáng 17/10, hội nghị khai mạc tại Hạ Long.",
        "blocks": (Block(text="Có 10 xã tham gia."), Block(text="13 xã vắng mặt.")),
        "captions": ("Quang cảnh hội nghị.",),
        "author": "Dương Chiên",
        "published_at": datetime(2024, 6, 25, 9, 2, tzinfo=UTC),
    }
    before = fingerprints(ARTICLE)
    for field, value in changes.items():
        after = fingerprints(replace(ARTICLE, **{field: value}))
        touched = "body" if field == "blocks" else field
        differing = {
            name for name in before.__slots__ if getattr(before, name) != getattr(after, name)
        }
        assert differing == {touched, "all"}


@pytest.mark.parametrize(
    "same",
    [
        {"modified_at": datetime(2024, 6, 26, tzinfo=UTC)},
        {"url": "https://www.vidu.example/bai-1.html", "language": "vi", "tags": ("a",)},
        {"recipe": "another", "canonical": "https://vidu.example/"},
        {"captions": ("Đại biểu phát biểu.", "Quang cảnh hội nghị.", " ")},
        {"blocks": (Block(text="Có 10 xã tham gia. 12 xã"), Block(text="vắng mặt.", kind="quote"))},
        {"published_at": datetime(2024, 6, 25, 16, 1, tzinfo=timezone(timedelta(hours=7)))},
        {"title": unicodedata.normalize("NFD", "Tăng\u200b trưởng  đạt 4,7%")},
    ],
)
def test_what_is_no_news_keeps_every_fingerprint(same):
    assert fingerprints(replace(ARTICLE, **same)) == fingerprints(ARTICLE)


def test_numbers_of_two_blocks_do_not_run_together():
    apart = replace(ARTICLE, blocks=(Block(text="10"), Block(text="12")))
    joined = replace(ARTICLE, blocks=(Block(text="1012"),))
    assert fingerprints(apart).body != fingerprints(joined).body


def test_the_same_caption_once_and_twice_differ():
    twice = replace(ARTICLE, captions=(*ARTICLE.captions, ARTICLE.captions[0]))
    assert fingerprints(twice).captions != fingerprints(ARTICLE).captions


def test_an_empty_field_has_an_empty_fingerprint():
    bare = replace(ARTICLE, lead=" \u200b", blocks=(), captions=(), author="", published_at=None)
    found = fingerprints(bare)
    assert (found.lead, found.body, found.captions, found.author, found.published_at) == ("",) * 5
    assert len(found.title) == len(found.all) == FINGERPRINT_LENGTH


@given(st.lists(st.text(), max_size=5), st.data())
def test_a_text_in_any_blocks_has_one_body_fingerprint(words, data):
    cuts = [data.draw(st.booleans()) for _ in words]
    wrapped: list[str] = []
    for word, cut in zip(words, cuts, strict=True):
        if cut or not wrapped:
            wrapped.append(word)
        else:
            wrapped[-1] += f" {word}"
    in_one = replace(ARTICLE, blocks=(Block(text=" ".join(words)),))
    in_many = replace(ARTICLE, blocks=tuple(Block(text=text) for text in wrapped))
    assert fingerprints(in_one) == fingerprints(in_many)


@given(st.text(st.characters(codec=None)))
def test_any_text_has_a_fingerprint(text):
    assert len(text_fingerprint(text)) in (0, FINGERPRINT_LENGTH)
