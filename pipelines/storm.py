"""Did a portal's template change, or its articles? Told by what many articles share. Pure.

A redesign, a new footer or a new advertisement shows in many articles at once. What came or
went in several of them is the template's; what is left over in one article is its own.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import exp, lgamma, log, log1p
from typing import Any, Final, Self

from pipelines.article import Article, Block
from pipelines.compare import changed_fields
from pipelines.memory import block_print
from pipelines.tokens import sentences
from pipelines.wording import is_correction_note

SHARED_BY: Final = 3
"""Articles in which the same piece came or went, or the same field changed."""
PIECE_SHARE: Final = 0.2
"""Share of the articles looked at in which a piece came or went, for it to be the template's:
the same correction in three articles of many is an edit."""
SHARED_SHARE: Final = 0.5
"""Share of the articles looked at in which a field changed, for the field to be the template's."""
USUAL_SHARE: Final = 0.1
"""More of a site's articles are hardly ever edited between two looks."""
IMPROBABLE: Final = 1e-4
LONGEST_SAMPLE: Final = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """What differs between two readings of one article: pieces, and fields by name.

    ``came`` and ``went`` map prints to the start of their sentences.
    """

    article_id: int
    came: dict[str, str]
    went: dict[str, str]
    fields: frozenset[str]

    def as_json(self) -> dict[str, Any]:
        return {"came": self.came, "went": self.went, "fields": sorted(self.fields)}

    @classmethod
    def from_json(cls, article_id: int, told: dict[str, Any]) -> Self:
        return cls(
            article_id=article_id,
            came=told.get("came", {}),
            went=told.get("went", {}),
            fields=frozenset(told.get("fields", ())),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """``came`` and ``went``: pieces shared by many articles, with how many; ``fields`` likewise.

    ``rotating``: pieces (print → text) that came in some articles and went from others on
    one day, which no editor does. ``holds``: even without these, improbably many articles differ.
    """

    came: dict[str, int]
    went: dict[str, int]
    fields: dict[str, int]
    rotating: dict[str, str]
    articles: int
    left_over: int
    holds: bool

    @property
    def is_storm(self) -> bool:
        """Whether many articles show the same, or improbably many differ."""
        return self.is_template or self.holds

    @property
    def is_template(self) -> bool:
        """Whether many articles show the same."""
        return bool(self.came or self.went or self.fields)


def shift_between(article_id: int, before: Article, after: Article) -> Shift:
    """What differs between two readings, sentence by sentence, wherever it stands."""
    old, new = dict(_pieces(before)), dict(_pieces(after))
    return Shift(
        article_id=article_id,
        came={key: text for key, text in new.items() if key not in old},
        went={key: text for key, text in old.items() if key not in new},
        fields=frozenset(changed_fields(before, after)),
    )


def _pieces(article: Article) -> Iterator[tuple[str, str]]:
    texts = (article.title, article.lead, article.text, *article.captions)
    for sentence in (sentence for text in texts for sentence in sentences(text)):
        yield block_print(sentence), sentence[:LONGEST_SAMPLE]


def rule(shifts: Iterable[Shift], *, looked_at: int, passing: Sequence[Shift] = ()) -> Ruling:
    """Weigh the shifts of one site's articles over a day, one per article.

    ``looked_at``: how many known articles answered with their text in that day. ``passing``:
    shifts that a later look refuted; they tell what rotates and nothing else.
    """
    told = [shift for shift in shifts if shift.fields]
    often_enough = max(SHARED_BY, PIECE_SHARE * looked_at)
    rotating = _rotating([*passing, *told])
    came = _shared((shift.came for shift in told), often_enough, but=rotating)
    went = _shared((shift.went for shift in told), often_enough, but=rotating)
    least = max(SHARED_BY, SHARED_SHARE * looked_at)
    fields = Counter(name for shift in told for name in _frame(shift, came, went))
    often = {name: number for name, number in fields.items() if number >= least}
    known = ({*came, *rotating}, {*went, *rotating}, often)
    left = [shift for shift in told if own_part(shift, *known)]
    return Ruling(
        came=came,
        went=went,
        fields=often,
        rotating=rotating,
        articles=len(told),
        left_over=len(left),
        holds=is_improbable(len(left), looked_at),
    )


def _shared(
    texts: Iterable[dict[str, str]], least: float, *, but: Collection[str]
) -> dict[str, int]:
    found: Counter[str] = Counter()
    for each in texts:
        found.update(key for key, text in each.items() if not is_correction_note(text))
    return {key: number for key, number in found.items() if number >= least and key not in but}


def _rotating(told: Sequence[Shift]) -> dict[str, str]:
    came = {(key, shift.article_id) for shift in told for key in shift.came}
    went = {(key, shift.article_id) for shift in told for key in shift.went}
    articles = Counter(key for key, _ in came | went)
    both = {key for key, _ in came} & {key for key, _ in went}
    texts = {key: text for shift in told for key, text in {**shift.came, **shift.went}.items()}
    return {
        key: texts[key]
        for key in both
        if articles[key] >= SHARED_BY and not is_correction_note(texts[key])
    }


def _frame(shift: Shift, came: Collection[str], went: Collection[str]) -> frozenset[str]:
    """Fields that changed with no sentence of the article's own: facts, or only moved."""
    if set(shift.came) <= set(came) and set(shift.went) <= set(went):
        return shift.fields
    return shift.fields & {"author", "published_at"}


def own_part(
    shift: Shift, came: Collection[str], went: Collection[str], fields: Collection[str]
) -> bool:
    """Whether anything is left of a shift without what is the template's."""
    if set(shift.came) - set(came) or set(shift.went) - set(went):
        return True
    return not shift.fields <= {*fields, *(_TEXTS if shift.came or shift.went else ())}


_TEXTS: Final = ("title", "lead", "body", "captions")


def is_improbable(changed: int, looked_at: int) -> bool:
    """Whether that many of so many articles are hardly ever edited at once (binomial tail)."""
    looked_at = max(looked_at, changed)
    if changed <= USUAL_SHARE * looked_at:
        return False
    # By logarithms: the numbers themselves leave the range of floats from 1,030 articles on.
    tail = sum(exp(_log_chance(n, looked_at)) for n in range(changed, looked_at + 1))
    return tail < IMPROBABLE


def _log_chance(changed: int, looked_at: int) -> float:
    rest = looked_at - changed
    ways = lgamma(looked_at + 1) - lgamma(changed + 1) - lgamma(rest + 1)
    return ways + changed * log(USUAL_SHARE) + rest * log1p(-USUAL_SHARE)


def without_template(before: Article, after: Article, fields: Collection[str]) -> Article:
    """``before`` with the fields that the new template shows otherwise as ``after`` has them.

    A lead that the new template prints inside the text is put before the text.
    """
    told: dict[str, Any] = {
        name: getattr(after, name) for name in fields if name in ("author", "published_at")
    }
    if "lead" in fields and before.lead and not after.lead:
        told |= {"lead": "", "blocks": (Block(text=before.lead), *before.blocks)}
    return replace(before, **told)


def only_moved(before: Article, after: Article) -> bool:
    """Whether two readings hold the same sentences, wherever they stand."""
    return dict(_pieces(before)).keys() == dict(_pieces(after)).keys()


def newest(shifts: Sequence[Shift]) -> tuple[Shift, ...]:
    """The last shift of each article."""
    return tuple({shift.article_id: shift for shift in shifts}.values())
