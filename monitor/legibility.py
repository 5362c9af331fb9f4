"""Whether a site's pages are still read as well as they were. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from monitor.expectations import is_improbable, least_characters
from monitor.vitals import Judgement, Vitals

LEAST_PAGES: Final = 5
EMPTY_SHARE: Final = 0.3
UNDATED_SHARE: Final = 0.3
UNDATED_JUMP: Final = 3
UNFIT_SHARE: Final = 0.5
SHORT_SHARE: Final = 0.3


def extraction_broken(vitals: Vitals, now: datetime) -> Judgement:  # noqa: ARG001 - a site rule
    """Many pages at once that are read without text, without a date, or by no known layout."""
    pages = vitals.read + vitals.empty
    if pages < LEAST_PAGES:
        return Judgement(kind="extraction_broken", is_wrong=None)
    measures = tuple(_faults(vitals))
    bad = [one for one in measures if one.is_bad]
    fine = all(one.share < one.limit / 2 for one in measures)
    told = ", ".join(f"{one.share:.0%} {one.words}" for one in bad)
    return Judgement(
        kind="extraction_broken",
        is_wrong=True if bad else (False if fine else None),
        detail=f"of {pages} pages read in a day {told}",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """``bad`` of so many pages have it; a share of ``usual`` had it before."""

    words: str
    bad: int
    of: int
    limit: float
    usual: float = 0.0

    @property
    def share(self) -> float:
        return _share(self.bad, self.of)

    @property
    def is_bad(self) -> bool:
        return self.share >= self.limit and is_improbable(self.bad, self.of, self.usual)


def _faults(vitals: Vitals) -> Iterator[Fault]:
    """Empty pages have neither title nor text."""
    pages = vitals.read + vitals.empty
    words = "without text, or with little of it"
    yield Fault(words=words, bad=vitals.empty, of=pages, limit=EMPTY_SHARE)
    before = _share(vitals.undated_before, vitals.dated_or_not_before)
    limit = max(UNDATED_SHARE, before * UNDATED_JUMP)
    of = vitals.dated_or_not
    yield Fault(words="without a date", bad=vitals.undated, of=of, limit=limit, usual=before)
    words = "built as none before"
    yield Fault(words=words, bad=vitals.unfit, of=vitals.read, limit=UNFIT_SHARE)
    least = vitals.expect.min_characters or least_characters(vitals.lengths_before)
    if least is not None:
        before = _share(_shorter(vitals.lengths_before, least), len(vitals.lengths_before))
        yield Fault(
            words=f"with fewer than {least} characters",
            bad=_shorter(vitals.lengths, least),
            of=len(vitals.lengths),
            limit=max(SHORT_SHARE, before * UNDATED_JUMP),
            usual=before,
        )


def _shorter(lengths: tuple[int, ...], least: int) -> int:
    return sum(length < least for length in lengths)


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
