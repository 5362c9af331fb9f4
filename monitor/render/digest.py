"""What a report says first: how many of what, the weightiest changes, the days. Pure."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Final

from monitor.render.picture import DayCount
from monitor.render.pieces import ShownPiece
from monitor.render.shown import Shown, show_told
from monitor.render.words import KINDS, LOCAL
from monitor.report import WEIGHTS, Entry, Report, SiteReport
from pipelines.changes import Kind
from pipelines.reasons import Reason

MOST_WEIGHTY: Final = 10
MAX_DAYS: Final = 31
PREVIEW_LENGTH: Final = 220
"""Characters of a difference that is told in a line."""

REASON_SCORES: Final[dict[Reason, int]] = {
    "correction_note": 100,
    "negation": 70,
    "figures": 60,
    "names": 50,
    "number_words": 50,
    "directions": 45,
    "quotation": 40,
    "sentence_removed": 40,
    "title": 35,
    "days": 30,
    "passage": 30,
    "sentence_added": 25,
    "author": 20,
    "published_at": 15,
}
"""What an editor wants to see first; every other reason counts 1."""
KIND_SCORES: Final[dict[Kind, int]] = {"withdrawn": 200, "restored": 90}


def reasons_of(entry: Entry) -> tuple[Reason, ...]:
    """Why a change weighs what it weighs, the weightiest first."""
    fields = entry.explanation.get("fields", {})
    found = {reason for field in fields.values() for reason in field.get("reasons", ())}
    return tuple(sorted(found, key=lambda reason: (-_score(reason), reason)))


def _score(reason: Reason) -> int:
    return REASON_SCORES.get(reason, 1)


def in_order(entries: Iterable[Entry]) -> list[Entry]:
    """The weightiest first; of equals the oldest."""
    return sorted(entries, key=_rank)


def _rank(entry: Entry) -> tuple[int, int, str, int]:
    score = KIND_SCORES.get(entry.kind, 0) + sum(map(_score, reasons_of(entry)))
    told = entry.released_at.isoformat()
    return WEIGHTS.index(entry.weight), -score, told, entry.change_id


def changes_of(site: SiteReport) -> list[Entry]:
    """A site's changes, the weightiest first: neither what is new nor what was translated again."""
    return in_order(entry for entry in site.entries if entry.kind not in ("new", "retranslated"))


def translated_again(site: SiteReport) -> list[Entry]:
    """A site's translations that are worded anew while their originals stand as they did."""
    return in_order(entry for entry in site.entries if entry.kind == "retranslated")


def news_of(site: SiteReport) -> list[Entry]:
    """A site's new articles, the latest first."""
    news = [entry for entry in site.entries if entry.kind == "new"]
    return sorted(news, key=lambda entry: (entry.released_at, entry.change_id), reverse=True)


def weightiest(report: Report) -> list[Entry]:
    """The few changes that are told at the very top.

    The kinds take turns, so that ten withdrawals do not hide an edit; so do the changes of
    one article, so that one which is corrected all day does not hide the others.
    """
    every = in_order(
        entry
        for site in report.sites
        for entry in changes_of(site)
        if entry.weight == "substantive"
    )
    turns: Counter[tuple[str, int] | Kind] = Counter()
    ranked = []
    for entry in every:
        article = (entry.site, entry.article_id)
        ranked.append((turns[article], turns[entry.kind], entry))
        turns.update([article, entry.kind])
    ranked.sort(key=lambda turn: turn[:2])
    return in_order(entry for *_, entry in ranked[:MOST_WEIGHTY])


def counts(entries: Iterable[Entry]) -> list[tuple[Kind, int]]:
    """How many of each kind there are, in the order of ``KINDS``."""
    found = Counter(entry.kind for entry in entries)
    return [(kind, found[kind]) for kind in KINDS if found[kind]]


def days(report: Report, entries: Sequence[Entry]) -> list[DayCount]:
    """New articles and other changes by local day: the whole span, or its last month."""
    last = report.until.astimezone(LOCAL).date()
    told = [_local_day(entry) for entry in entries]
    first = max(
        report.since.astimezone(LOCAL).date(),
        last - timedelta(days=MAX_DAYS - 1),
    )
    counted = Counter(zip(told, map(_counted_as, entries), strict=True))
    return [
        DayCount(day=day, new=counted[day, "new"], changed=counted[day, "changed"])
        for day in (first + timedelta(days=n) for n in range((last - first).days + 1))
    ]


def _counted_as(entry: Entry) -> str:
    """A translation made anew is neither news nor an edit."""
    return entry.kind if entry.kind in ("new", "retranslated") else "changed"


def _local_day(entry: Entry) -> date:
    return entry.released_at.astimezone(LOCAL).date()


def difference_of(entry: Entry) -> Shown | None:
    """What differs, for a change between two readings; None for any other."""
    if entry.before is None or entry.after is None:
        return None
    return show_told(entry.before, entry.after, entry.fields, entry.explanation)


def preview(shown: Shown) -> tuple[ShownPiece, ...]:
    """The first words that came or went, as far as they fit into a line or two.

    A paragraph that only moved is no preview: it would look like one that nothing happened to.
    """
    blocks = (block for field in (*shown.fields, *shown.left_out) for block in field.changed)
    block = next((block for block in blocks if block.op != "moved"), None)
    kept: list[ShownPiece] = []
    room = PREVIEW_LENGTH
    for piece in block.pieces if block else ():
        if room <= 0:
            break
        kept.append(piece.shortened(room))
        room -= 0 if piece.folded else len(piece.text)
    return tuple(kept)
