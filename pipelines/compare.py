"""What kind of change lies between two readings of an article, and how much it weighs. Pure.

The rules stand in ``reasons.WEIGHTS`` (why → weight), ``wording`` (words that carry a
fact) and ``rewording`` (when a reason applies).
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, Literal, get_args

from pipelines.article import Article
from pipelines.explanation import Explanation, FieldChange, FieldName
from pipelines.fieldtext import (
    FieldText,
    correction_notes,
    described,
    field_change,
    field_text,
    readable,
    relocated,
    texts_of,
)
from pipelines.fingerprint import fingerprints
from pipelines.normalise import clean
from pipelines.reasons import WEIGHTS, Reason, Weight, weigh
from pipelines.rewording import reasons, vocabulary
from pipelines.tokens import figures, sentences, words

EditKind = Literal["edited", "retitled", "corrected", "reworded", "retranslated"]

FIELDS: Final[tuple[FieldName, ...]] = get_args(FieldName)
TEXT_FIELDS: Final[tuple[FieldName, ...]] = ("title", "lead", "body", "captions")


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A change of an article's reportable fields; the weight is that of the heaviest reason."""

    kind: EditKind
    weight: Weight
    fields: tuple[FieldName, ...]
    explanation: Explanation


def compare(before: Article, after: Article, *, translates: bool = False) -> Difference | None:
    """What happened between two readings, or None when all fingerprints are equal.

    Retitled: the title alone. Corrected: byline or time of publication, no text. Edited:
    anything else. On a site that ``translates``, any other text is *reworded*: without the
    original nobody can tell an edit from a new translation, so it is substantive only
    where figures or the number of sentences differ, and cosmetic otherwise. Where the original
    is known, ``retelling`` says more.
    """
    names = changed_fields(before, after)
    if not names:
        return None
    texts = [field_text(name, before, after) for name in names if name in TEXT_FIELDS]
    of_texts = [_retold(text) for text in texts] if translates else _edited(before, after, texts)
    of_facts = [_fact_change(name, before, after) for name in names if name not in TEXT_FIELDS]
    changes = (*of_texts, *of_facts)
    notes = tuple(note for text in texts for note in correction_notes(text))
    return Difference(
        kind=_kind(names, translates=translates),
        weight=weigh(frozenset(reason for change in changes for reason in change.reasons)),
        fields=names,
        explanation=Explanation(fields=changes, correction_notes=notes),
    )


def changed_fields(before: Article, after: Article) -> tuple[FieldName, ...]:
    """The reportable fields whose fingerprints differ."""
    old, new = fingerprints(before), fingerprints(after)
    return tuple(name for name in FIELDS if getattr(old, name) != getattr(new, name))


def _kind(names: tuple[FieldName, ...], *, translates: bool) -> EditKind:
    if not set(names) & set(TEXT_FIELDS):
        return "corrected"
    if translates:
        return "reworded"
    return "retitled" if names == ("title",) else "edited"


def _edited(before: Article, after: Article, texts: Sequence[FieldText]) -> list[FieldChange]:
    running: tuple[FieldName, ...] = ("lead", "body", "captions")
    known = vocabulary(
        text
        for side in (before, after)
        for name in running
        for text in readable(texts_of(name, side))
    )
    elsewhere = relocated(texts)
    return [field_change(text, known, elsewhere) for text in texts]


def _retold(text: FieldText) -> FieldChange:
    found: set[Reason] = {"retelling"}
    if _loose_figures(text.before) != _loose_figures(text.after):
        found.add("figures")
    more = _sentence_count(text.after) - _sentence_count(text.before)
    if text.name != "title" and more:
        found.add("sentence_added" if more > 0 else "sentence_removed")
    return described(text, frozenset(found), removed=text.removed, added=text.added)


def _sentence_count(text: str) -> int:
    return len(sentences(text))


def _loose_figures(text: str) -> Counter[str]:
    """Figures in any order; 4,7 and 4.7 are one, as translators write either."""
    return Counter(figure.replace(".", ",").rstrip("%") for figure in figures(text))


def _fact_change(name: FieldName, before: Article, after: Article) -> FieldChange:
    if name == "author":
        old, new = clean(before.author), clean(after.author)
        same = words(old) == words(new)
        found = reasons(old, new, vocabulary(())) if same else frozenset[Reason]({"author"})
    else:
        old, new = _minute(before.published_at), _minute(after.published_at)
        found = frozenset({"published_at"})
    return FieldChange(
        field=name,
        weight=weigh(found),
        reasons=tuple(reason for reason in WEIGHTS if reason in found),
        words_removed=(old,) if old else (),
        words_added=(new,) if new else (),
    )


def _minute(moment: datetime | None) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%MZ") if moment else ""
