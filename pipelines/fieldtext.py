"""One text field of two readings: which sentences went, came or were edited, and why. Pure."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, islice

from pipelines.alignment import Stretch, align
from pipelines.article import Article
from pipelines.diff import PieceOp, word_diff
from pipelines.explanation import FieldChange, FieldName, listed
from pipelines.normalise import clean
from pipelines.reasons import WEIGHTS, Reason, weigh
from pipelines.rewording import Vocabulary, reasons
from pipelines.tokens import figures, sentences, words
from pipelines.wording import is_correction_note

Edit = tuple[str, str]

MAX_CHARACTERS = 100_000
"""Of a field, so much is read; of longer ones no more is told than that they differ."""
MAX_TEXTS = 2_000
"""Of a field, so many paragraphs or captions are read, and so many sentences compared."""
MAX_EDITS = 300
"""So many edited sentences are looked into for reasons."""
MAX_QUOTATIONS = 300
_QUOTATION = re.compile(r'“([^“”\n]+)”|"([^"\n]+)"|«([^«»\n]+)»|„([^„“”\n]+)[“”]|「([^「」\n]+)」')


_SLIGHT = frozenset({"spelling", *(name for name in WEIGHTS if WEIGHTS[name] == "cosmetic")})
"""What does not alter a title or a quotation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldText:
    """A text field before and after, and the sentences in which it differs.

    ``edits`` pairs sentences that stayed with other words; where sentences were only cut
    elsewhere, a pair holds several. ``moved`` counts equal sentences in another place.
    ``whole`` is False where a side was too long to be read to its end, or edits too many.
    """

    name: FieldName
    before: str
    after: str
    edits: tuple[Edit, ...]
    removed: tuple[str, ...]
    added: tuple[str, ...]
    moved: int
    whole: bool


def field_text(name: FieldName, before: Article, after: Article) -> FieldText:
    """The text field ``name`` of two readings. A title is one sentence, whatever it holds."""
    all_old, all_new = texts_of(name, before), texts_of(name, after)
    old, new = readable(all_old), readable(all_new)
    if name == "title" and old and new:
        olds, news = old, new
        places = [_Place(edits=((old[0], new[0]),))]
    else:
        olds, news = _sentences(old), _sentences(new)
        places = [_place(part, olds, news) for part in align(olds, news) if not part.equal]
    edits = tuple(edit for place in places for edit in place.edits)
    return FieldText(
        name=name,
        before="\n".join(old),
        after="\n".join(new),
        edits=edits[:MAX_EDITS],
        removed=tuple(sentence for place in places for sentence in place.removed),
        added=tuple(sentence for place in places for sentence in place.added),
        moved=sum(place.moved for place in places),
        whole=(old, new) == (all_old, all_new)
        and max(len(olds), len(news)) < MAX_TEXTS
        and len(edits) <= MAX_EDITS,
    )


def readable(texts: Sequence[str]) -> tuple[str, ...]:
    """The first ``MAX_CHARACTERS`` of the first ``MAX_TEXTS`` texts."""
    texts = texts[:MAX_TEXTS]
    starts = accumulate((len(text) for text in texts), initial=0)
    return tuple(
        text[: MAX_CHARACTERS - start]
        for start, text in zip(starts, texts, strict=False)
        if start < MAX_CHARACTERS
    )


def texts_of(name: FieldName, article: Article) -> tuple[str, ...]:
    """The cleaned paragraphs of a text field; of equal captions one."""
    texts: dict[FieldName, Sequence[str]] = {
        "title": (article.title,),
        "lead": (article.lead,),
        "body": tuple(block.text for block in article.blocks),
        "captions": tuple(dict.fromkeys(map(clean, article.captions))),
    }
    return tuple(filter(None, map(clean, texts[name])))


def _sentences(texts: Sequence[str]) -> tuple[str, ...]:
    found = (sentence for text in texts for sentence in sentences(text))
    return tuple(islice(found, MAX_TEXTS))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    edits: tuple[Edit, ...] = ()
    removed: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    moved: int = 0


def _place(part: Stretch, olds: Sequence[str], news: Sequence[str]) -> _Place:
    was = " ".join(olds[i] for i in part.span.before)
    is_now = " ".join(news[j] for j in part.span.after)
    if not part.moved and words(was) == words(is_now):
        return _Place(edits=((was, is_now),))
    return _Place(
        edits=tuple((olds[i], news[j]) for i, j in part.similar),
        removed=tuple(olds[i] for i in part.removed),
        added=tuple(news[j] for j in part.added),
        moved=len(part.moved),
    )


def relocated(fields: Sequence[FieldText]) -> frozenset[tuple[str, ...]]:
    """The words of sentences that went from one place and came to another, fields included."""
    gone = {words(sentence) for text in fields for sentence in text.removed}
    come = {words(sentence) for text in fields for sentence in text.added}
    return frozenset(gone & come)


def field_change(
    text: FieldText, known: Vocabulary, elsewhere: frozenset[tuple[str, ...]]
) -> FieldChange:
    """Why the field differs. ``elsewhere`` holds sentences that merely moved."""
    removed = [sentence for sentence in text.removed if words(sentence) not in elsewhere]
    added = [sentence for sentence in text.added if words(sentence) not in elsewhere]
    moved = text.moved + len(text.added) - len(added)
    found = frozenset().union(*(reasons(*edit, known) for edit in text.edits))
    found |= frozenset(_of_sentences(text, removed, added, moved))
    if not found <= _SLIGHT:
        found |= {"title"} if text.name == "title" else frozenset()
        found |= {"quotation"} if _quotes_differ(text) else frozenset()
    return described(text, found or _unseen(text), removed=removed, added=added, moved=moved)


def _unseen(text: FieldText) -> frozenset[Reason]:
    return frozenset({"repetition" if text.name == "captions" else "punctuation"})


def _of_sentences(
    text: FieldText, removed: list[str], added: list[str], moved: int
) -> Iterator[Reason]:
    if removed:
        yield "sentence_removed"
    if added:
        yield "sentence_added"
    if moved:
        yield "moved"
    if correction_notes(text):
        yield "correction_note"
    if not text.whole:
        yield "passage"


def correction_notes(text: FieldText) -> tuple[str, ...]:
    """The sentences that came or were edited and say that the article was corrected."""
    known = {words(sentence) for sentence in text.removed}
    known |= {words(before) for before, _ in text.edits}
    come = (*text.added, *(after for _, after in text.edits))
    return tuple(
        sentence
        for sentence in come
        if is_correction_note(sentence) and words(sentence) not in known
    )


def _quotes_differ(text: FieldText) -> bool:
    """Whether something quoted on one side is nowhere on the other."""
    old, new = (f" {' '.join(words(side))} " for side in (text.before, text.after))
    return any(quote not in new for quote in _quotations(text.before)) or any(
        quote not in old for quote in _quotations(text.after)
    )


def _quotations(text: str) -> Iterator[str]:
    for found in islice(_QUOTATION.finditer(text), MAX_QUOTATIONS):
        quoted = words(found[found.lastindex or 0])
        if quoted:
            yield f" {' '.join(quoted)} "


def described(
    text: FieldText,
    found: frozenset[Reason],
    *,
    removed: Sequence[str],
    added: Sequence[str],
    moved: int = 0,
) -> FieldChange:
    """The explanation of a text field, for reasons that are known."""
    figures_before, figures_after = _figures(text.edits)
    return FieldChange(
        field=text.name,
        weight=weigh(found),
        reasons=tuple(reason for reason in WEIGHTS if reason in found),
        words_removed=listed(_words(text.edits, "delete")),
        words_added=listed(_words(text.edits, "insert")),
        figures_before=listed(figures_before),
        figures_after=listed(figures_after),
        sentences_removed=listed(removed),
        sentences_added=listed(added),
        moved=moved,
    )


def _words(edits: Sequence[Edit], op: PieceOp) -> Iterator[str]:
    return (piece.text for edit in edits for piece in word_diff(*edit) if piece.op == op)


def _figures(edits: Sequence[Edit]) -> tuple[list[str], list[str]]:
    """What figures each side has alone; all of them where only their order changed."""
    before: list[str] = []
    after: list[str] = []
    for edit in edits:
        old, new = map(figures, edit)
        gone, come = Counter(old) - Counter(new), Counter(new) - Counter(old)
        swapped = old != new and not gone and not come
        before += old if swapped else gone.elements()
        after += new if swapped else come.elements()
    return before, after
