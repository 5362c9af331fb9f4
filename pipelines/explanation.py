"""What a difference consists of, as plain frozen values for reports and the store."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Any, Literal

from pipelines.reasons import Reason, Weight

OriginalState = Literal["changed", "same"]
"""What is known of a translation's original since the former wording: it changed in substance
and the translation took that over, or it stands as it did."""

FieldName = Literal["title", "lead", "body", "captions", "author", "published_at"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    """How one field changed.

    ``words_*`` are runs of words within sentences that stayed (for author and
    published_at the whole value, a time as ISO 8601 in UTC), ``sentences_*`` whole
    sentences; ``moved`` counts sentences that stand elsewhere. Lists are cut at
    ``MAX_LISTED`` entries of ``MAX_SHOWN`` characters.
    """

    field: FieldName
    weight: Weight
    reasons: tuple[Reason, ...]
    words_removed: tuple[str, ...] = ()
    words_added: tuple[str, ...] = ()
    figures_before: tuple[str, ...] = ()
    figures_after: tuple[str, ...] = ()
    sentences_removed: tuple[str, ...] = ()
    sentences_added: tuple[str, ...] = ()
    moved: int = 0

    def as_json(self) -> dict[str, Any]:
        """Reasons and weight, and of the rest what is not empty."""
        lists = {
            "words_removed": self.words_removed,
            "words_added": self.words_added,
            "figures_before": self.figures_before,
            "figures_after": self.figures_after,
            "sentences_removed": self.sentences_removed,
            "sentences_added": self.sentences_added,
        }
        filled = {name: list(values) for name, values in lists.items() if values}
        moved = {"moved": self.moved} if self.moved else {}
        return {"weight": self.weight, "reasons": list(self.reasons), **filled, **moved}


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """The changed fields, in the order of an article, and the notes that admit a correction.

    ``original``: of a translation whose original is surely known.
    """

    fields: tuple[FieldChange, ...]
    correction_notes: tuple[str, ...] = ()
    original: OriginalState | None = None

    def as_json(self) -> dict[str, Any]:
        """``{"fields": {name: …}, "correction_notes": […]}`` and ``"original"`` where it is known:
        nothing but plain JSON values.
        """
        return {
            "fields": {change.field: change.as_json() for change in self.fields},
            "correction_notes": list(self.correction_notes),
            **({"original": self.original} if self.original else {}),
        }


MAX_LISTED = 50
MAX_SHOWN = 300


def listed(texts: Iterable[str]) -> tuple[str, ...]:
    """``texts`` without empty ones, cut to what an explanation may hold."""
    filled = (text.strip() for text in texts if text.strip())
    return tuple(
        text if len(text) <= MAX_SHOWN else f"{text[: MAX_SHOWN - 1]}…"
        for text in islice(filled, MAX_LISTED)
    )
