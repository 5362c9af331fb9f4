"""Comparisons that would take minutes: what is told less of, and that the change stays one."""

from difflib import SequenceMatcher

from hypothesis import given
from hypothesis import strategies as st

from pipelines.alignment import align, spans
from pipelines.article import Article, Block
from pipelines.compare import compare
from pipelines.diff import MAX_CHANGED, block_diff, word_diff
from pipelines.explanation import MAX_LISTED
from pipelines.fieldtext import MAX_CHARACTERS, MAX_EDITS, MAX_TEXTS


def article(*paragraphs, captions=()):
    return Article(
        site="baothu",
        url="https://baothu.example/a-1.html",
        title="Tiêu đề",
        lead="",
        blocks=tuple(Block(text=text) for text in paragraphs),
        captions=tuple(captions),
    )


def body_of(difference):
    (change,) = difference.explanation.fields
    return change


def shared_words(own, groups=11, each=133):
    """Words that both texts share, each followed by one of a text's own."""
    return [word for i in range(groups * each) for word in (f"chung{i % groups}", f"{own}{i}")]


words_of_few = st.lists(st.sampled_from("abcd"), max_size=30)


@given(words_of_few, words_of_few)
def test_what_is_cheap_is_matched_as_difflib_matches(before, after):
    matched = [(s.before, s.after) for s in spans(before, after) if s.equal]
    assert sum(len(ours) for ours, _ in matched) >= max(
        m.size for m in SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()
    )
    for ours, theirs in matched:
        assert before[ours.start : ours.stop] == after[theirs.start : theirs.stop]


def test_words_that_take_too_many_steps_stay_a_gap_and_lose_nothing():
    before, after = shared_words("trước"), shared_words("sau")
    found = spans(before, after)
    assert [i for span in found for i in span.before] == list(range(len(before)))
    assert [j for span in found for j in span.after] == list(range(len(after)))
    pieces = word_diff(" ".join(before), " ".join(after))
    assert "".join(p.text for p in pieces if p.op != "insert") == " ".join(before)
    assert "".join(p.text for p in pieces if p.op != "delete") == " ".join(after)


def test_beyond_the_comparisons_of_all_gaps_pieces_are_paired_in_order():
    def texts(side):
        return [
            text
            for gap in range(4)
            for text in [f"Mốc {gap}.", *(f"{side} câu {gap} {i}" for i in range(60, 0, -1))]
        ]

    stretches = [stretch for stretch in align(texts("cũ"), texts("mới")) if stretch.similar]
    last = stretches[-1]
    pairs = list(zip(last.span.before, last.span.after, strict=True))
    assert last.similar == tuple(pairs)


def test_more_paragraphs_than_are_read_are_a_substantive_change():
    before = [f"Đoạn thứ {i} vẫn thế." for i in range(MAX_TEXTS + 5)]
    change = compare(article(*before), article(*before[:-1], "Đoạn cuối đã khác hẳn."))
    assert change is not None
    assert change.weight == "substantive"
    assert body_of(change).reasons == ("passage",)


def test_more_captions_than_are_read_are_a_substantive_change():
    before = [f"Ảnh {i}" for i in range(MAX_TEXTS + 5)]
    change = compare(article("x", captions=before), article("x", captions=[*before[:-1], "Khác"]))
    assert change is not None
    assert change.weight == "substantive"


def test_a_text_longer_than_is_read_is_a_substantive_change():
    long = "chữ " * MAX_CHARACTERS
    change = compare(article(long), article(f"{long} nữa"))
    assert change is not None
    assert body_of(change).reasons == ("passage",)


def test_more_edits_than_are_looked_into_are_a_substantive_change():
    def edited(word):
        count = MAX_EDITS + 1
        return article(*(f"Câu {i} kể rằng trời hôm đó {word} và gió." for i in range(count)))

    change = compare(edited("xanh"), edited("trong"))
    assert change is not None
    assert "passage" in body_of(change).reasons
    assert len(body_of(change).words_added) == MAX_LISTED


def test_as_many_edits_as_are_looked_into_are_told_as_they_are():
    before = article(*(f"Câu {i} kể rằng trời hôm đó xanh và gió." for i in range(MAX_EDITS)))
    after = article(*(f"Câu {i} kể rằng trời hôm đó trong và gió." for i in range(MAX_EDITS)))
    change = compare(before, after)
    assert change is not None
    assert body_of(change).reasons == ("wording",)


def test_beyond_what_is_compared_word_by_word_blocks_are_told_as_a_whole():
    def blocks(word):
        size = MAX_CHANGED // 20_000 + 2
        return tuple(
            Block(text=text)
            for i in range(size)
            for text in (f"Mốc {i} đứng yên.", f"Đoạn {i} {word} " + "chữ dài " * 1500)
        )

    changes = block_diff(blocks("cũ"), blocks("mới"))
    edited = [change for change in changes if change.op == "edited"]
    assert len(edited) * 2 == len(changes)
    assert len(edited[0].pieces) > 2
    assert [piece.op for piece in edited[-1].pieces] == ["delete", "insert"]
