"""Of which article is this one a translation? By what survives translation. Pure.

Each thing that both have speaks for one origin by how rare it is among the articles of those
days; each figure, day or document that one of them lacks speaks against it. A link is sure only
where it is well ahead of the second best, and more so the more is left unexplained: what that
takes was fitted by logistic regression to some seventy worlds of ``benchmarks/originals.py``.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log
from os.path import commonprefix
from typing import Final

from pipelines.links import Evidence
from pipelines.traits import LATIN_TONGUES, MOST, SLUG_KEY, Trait, TraitKind, grade_of, kind_of

BEFORE: Final = 14
AFTER: Final = 1
"""Days that an original may be older, or by its own clock younger, than its translation."""

Grades = tuple[tuple[float, float], ...]
SLUG_MOST: Final = 8.0
PRIORS: Final[dict[TraitKind, Grades]] = {
    # For each grade: the share of unrelated articles that have such a thing by chance, and the
    # most that it may speak for one origin.
    "slug": ((0.0005, SLUG_MOST),),
    "document": ((0.004, 5.0),),
    "date": ((0.01, 4.0),),
    "figure": ((0.001, 7.0), (0.01, 4.5), (0.03, 3.5), (0.1, 2.2)),
    "name": ((0.003, 5.5), (0.02, 3.0), (0.05, 2.0)),
}
EXPECTED: Final = (0.2, 1.2)
"""The same for the article's own day."""
PRIOR_ARTICLES: Final = 300
"""So many imagined articles, which have things by ``PRIORS``, are counted with the real ones."""
ABSENT: Final[dict[TraitKind, float]] = {"document": 2.5, "date": 1.2, "figure": 1.8}
"""What a translation has and the original lacks; a weak figure counts half."""
LOST: Final[dict[TraitKind, float]] = {"document": 1.0, "date": 0.4, "figure": 0.6}
"""What the translation has lost."""
MOST_AGAINST: Final = 12.0
SLUG_WORTH: Final = 0.3
"""For each letter that two addresses have in common from the start."""
SLUG_ASTRAY: Final = 3.0
"""Against it where the words of both addresses are known and are others."""
SLUG_BEYOND: Final = 0.15
"""For each letter beyond those by which a common beginning is looked up."""
SLUG_FORKED: Final = 0.05
"""For each letter in common where both go on, otherwise."""

SURE: Final = 9.0
"""The score from which a candidate is the original, where nothing differs. For each thing that
does, it takes so much more, as another paper's article on the same event shares about half:
"""
MISSING_COSTS: Final = 9.0
"""A fact that the translation has and the candidate lacks: translators add hardly any."""
LEFT_OUT_COSTS: Final = 4.0
"""One that the translation has lost."""
NAME_COSTS: Final = 4.0
"""A name that is missing though both write in Latin letters."""
ASTRAY_COSTS: Final = 12.0
"""The words of both addresses are known, and are others."""
MARGIN: Final = 4.0
BEHIND: Final = MOST_AGAINST + SLUG_ASTRAY + MARGIN
"""By so much less in common a candidate can neither be the best nor its rival."""
GUESS: Final = 5.0
"""Below it nothing is said at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """An article as it is compared. ``slugs`` and ``tongue`` as ``traits`` has them.

    ``copy_of``: the article whose text it has, if it is a copy.
    """

    article_id: int
    numbers: frozenset[int]
    slugs: tuple[str, ...]
    tongue: str
    copy_of: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An original: the article's id in the store, how sure, and what tells."""

    article_id: int
    sure: bool
    score: float
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighing:
    """What speaks for one candidate; from a score of ``needed`` on it is clear."""

    article_id: int
    score: float
    needed: float
    evidence: tuple[Evidence, ...]


def weight(trait: Trait, *, holders: int, articles: int) -> float:
    """How much a common trait speaks for one origin.

    ``holders``: other articles of those days that have it, the candidate not counted, among
    ``articles``.
    """
    chance, most = EXPECTED if trait.expected else PRIORS[trait.kind][trait.grade]
    share = (holders + PRIOR_ARTICLES * chance) / (articles + PRIOR_ARTICLES)
    return min(most, -log(min(share, 1.0)))


def find(
    article: Side,
    traits: Sequence[Trait],
    weights: Mapping[int, float],
    candidates: Sequence[Side],
) -> Found | None:
    """The original among ``candidates``, or the best guess, or None.

    ``traits`` are the article's; ``weights`` has the ``weight`` of each by its number.
    """
    weighed = sorted(
        (weigh(article, traits, weights, each) for each in candidates),
        key=lambda one: (-one.score, one.article_id),
    )
    if not weighed or weighed[0].score < GUESS:
        return None
    roots = {each.article_id: each.copy_of or each.article_id for each in candidates}
    near = [one for one in weighed if one.score > weighed[0].score - MARGIN]
    # Where the same text stands in several papers, it is the first one's.
    same = [one for one in near if roots[one.article_id] == roots[near[0].article_id]]
    best = next((one for one in same if roots[one.article_id] == one.article_id), near[0])
    return Found(
        article_id=best.article_id,
        sure=best.score >= best.needed and len(same) == len(near),
        score=round(best.score, 2),
        evidence=best.evidence,
    )


def weigh(
    article: Side, traits: Sequence[Trait], weights: Mapping[int, float], other: Side
) -> Weighing:
    """What speaks for and against ``article`` being a translation of ``other``."""
    slug, letters, whole = _slug_worth(article.slugs, other.slugs)
    rare = max((weights[one.number] for one in traits if one.kind == "slug"), default=SLUG_MOST)
    slug = min(slug, rare + SLUG_BEYOND * max(len(letters) - SLUG_KEY, 0))
    evidence = [Evidence(kind="slug", value=letters, weight=round(slug, 2))] if letters else []
    others = [one for one in traits if one.kind != "slug"]
    common = [one for one in others if one.number in other.numbers]
    missing = [one for one in others if one.number not in other.numbers]
    evidence += (
        Evidence(kind=one.kind, value=one.value, weight=round(weights[one.number], 2))
        for one in common
    )
    evidence.sort(key=lambda each: -each.weight)
    ours, theirs = _last_kept(article.numbers), _last_kept(other.numbers)
    absent = [one for one in missing if one.number <= theirs.get(one.kind, one.number)]
    left_out = [
        number
        for number in other.numbers - article.numbers
        if (kind := kind_of(number)) in LOST and number <= ours.get(kind, number)
    ]
    is_astray = slug < 0 or (bool(letters) and not whole)
    needed = (
        SURE
        + MISSING_COSTS * sum(_full(one.number) for one in absent if _is_fact(one))
        + LEFT_OUT_COSTS * sum(map(_full, left_out))
        + NAME_COSTS * _names_lost(absent, article, other)
        + ASTRAY_COSTS * is_astray
    )
    return Weighing(
        article_id=other.article_id,
        score=slug + sum(weights[one.number] for one in common) - _against(absent, left_out),
        needed=needed,
        evidence=tuple(evidence),
    )


def _is_fact(trait: Trait) -> bool:
    """Neither a name nor the article's own day."""
    return trait.kind in ABSENT and not trait.expected


def _names_lost(absent: Sequence[Trait], article: Side, other: Side) -> int:
    """Full names: they survive only from one Latin spelling into another."""
    if not {article.tongue, other.tongue} <= LATIN_TONGUES:
        return 0
    return sum(one.kind == "name" and one.grade == 0 for one in absent)


def _against(absent: Sequence[Trait], left_out: Sequence[int]) -> float:
    missed = sum(ABSENT[one.kind] * _full(one.number) for one in absent if _is_fact(one))
    lost = sum(LOST[kind_of(number)] * _full(number) for number in left_out)
    return min(missed + min(lost, MOST_AGAINST / 2), MOST_AGAINST)


def _full(number: int) -> float:
    """Half for a figure that stands in many a text, else 1."""
    return 0.5 if kind_of(number) == "figure" and grade_of(number) > 2 else 1.0


def _last_kept(numbers: frozenset[int]) -> dict[TraitKind, int]:
    """The last trait of each kind of which an article may have had more: what comes after it
    would not be among ``numbers`` though the article had it.
    """
    held: defaultdict[TraitKind, list[int]] = defaultdict(list)
    for number in numbers:
        held[kind_of(number)].append(number)
    return {kind: max(same) for kind, same in held.items() if len(same) >= MOST[kind]}


def _slug_worth(ours: Sequence[str], theirs: Sequence[str]) -> tuple[float, str, bool]:
    """What the words of two addresses say, the letters that they share from the start, and
    whether these are all of one.
    """
    if not ours or not theirs:
        return 0.0, "", False
    shared = ""
    whole = False
    for one in ours:
        for other in theirs:
            common = commonprefix([one, other])  # noqa: RUF071 - letters are meant
            complete = len(common) == min(len(one), len(other))
            if (complete, len(common)) > (whole, len(shared)):
                whole, shared = complete, common
    if len(shared) < SLUG_KEY:
        return -SLUG_ASTRAY, "", False
    return len(shared) * (SLUG_WORTH if whole else SLUG_FORKED), shared, whole
