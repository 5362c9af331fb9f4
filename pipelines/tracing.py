"""The store is asked for the originals of a text, and for the translations of one."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from pipelines import originals
from pipelines.article import Article
from pipelines.links import Evidence
from pipelines.originals import Found, Side
from pipelines.store import citations, links
from pipelines.store import traits as stored
from pipelines.store.opening import Reader, Writer
from pipelines.store.rows import Row
from pipelines.store.traits import Days
from pipelines.traits import EVERY, Trait, numbers, slug_of, slugs_of, tongue, traits_of

MOST_HOLDERS: Final = 60
"""A trait that more articles of those days have brings no candidates and says little."""
COMMON: Final = 0.2
"""Share of articles that such a trait is taken to have."""
MOST_COUNTED: Final = 3_000
"""Articles of those days; of more it is not asked how many."""
MOST_CANDIDATES: Final = 12
MOST_LOOKED_AT: Final = 30
WAKE: Final = 6.0
"""What a translation must have in common with an article to be compared with it again."""
MOST_WOKEN: Final = 20
EPOCH: Final = date(1970, 1, 1)
PRINTED: Final = 20.0
"""The weight of an address that a page prints as its source."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """A text with its traits, and what each of them weighs in the days that were asked.

    ``tally``: articles by the sum of what they have in common with it.
    """

    traits: tuple[Trait, ...]
    weights: dict[int, float]
    tally: dict[int, float]


def traits_on(article: Article, day: int | None) -> tuple[Trait, ...]:
    """``day``: days since 1970, or None where it is not known."""
    return traits_of(article, None if day is None else EPOCH + timedelta(days=day))


def original(
    db: Reader | Writer,
    article: Article,
    traits: Sequence[Trait],
    *,
    day: int | None,
    besides: Collection[int],
    article_id: int = 0,
    written_in: str = "",
) -> Found | None:
    """The original of a text that was published on a day; on none of the sites ``besides``.

    ``written_in``: the tongue that it is in, if only of one an article can be the original.
    """
    days = stored.ALL_DAYS if day is None else (day - originals.BEFORE, day + originals.AFTER)
    sought = seek(db, traits, days, besides=article_id)
    ours = _side(article, article_id, numbers(sought.traits))
    candidates = _candidates(db, sought, ours.tongue, besides, written_in)
    return originals.find(ours, sought.traits, sought.weights, candidates)


def translations(
    db: Reader | Writer,
    article: Article,
    traits: Sequence[Trait],
    *,
    day: int,
    site_id: int,
    article_id: int,
) -> list[int]:
    """Articles of other sites and in other languages that may be translations of this one."""
    days = (day - originals.AFTER, day + originals.BEFORE)
    sought = seek(db, traits, days, besides=article_id)
    near = [each for each in _nearest(sought) if sought.tally[each] >= WAKE]
    own = tongue(_beginning(article))
    found = stored.read_articles(db, near, besides=[site_id])
    return [row["id"] for row in found if _tongue(row) != own][:MOST_WOKEN]


def printed(db: Reader | Writer, article_id: int, article: Article) -> Found | None:
    """The original whose address the article prints, if that is an article which was read.

    In the same language it is a copy or merely cited, and a text is compared for that.
    """
    own = tongue(_beginning(article))
    for each in citations.of_article(db, article_id):
        cited = each.cited_article_id
        read = stored.read_articles(db, [cited]) if cited not in (None, article_id) else []
        if not read or _tongue(read[0]) == own:
            continue
        evidence = Evidence(kind="address", value=each.citation.url, weight=PRINTED)
        return Found(article_id=read[0]["id"], sure=True, score=PRINTED, evidence=(evidence,))
    return None


def seek(db: Reader | Writer, traits: Sequence[Trait], days: Days, *, besides: int) -> Sought:
    """Weigh traits by how many articles of those days have them; bounded for any of them."""
    articles = stored.count(db, EVERY, days, most=MOST_COUNTED)
    weights: dict[int, float] = {}
    tally: defaultdict[int, float] = defaultdict(float)
    for trait in traits:
        holders = stored.holders(db, trait.number, days, most=MOST_HOLDERS)
        others = [each for each in holders if each != besides]
        count = max(len(others) - 1, 0)
        if len(holders) == MOST_HOLDERS:
            others, count = [], max(count, int(COMMON * articles))
        weights[trait.number] = originals.weight(trait, holders=count, articles=articles)
        for each in others:
            tally[each] += weights[trait.number]
    return Sought(traits=tuple(traits), weights=weights, tally=tally)


def _nearest(sought: Sought) -> list[int]:
    ranked = sorted(sought.tally.items(), key=lambda held: (-held[1], held[0]))
    return [article_id for article_id, _ in ranked[:MOST_LOOKED_AT]]


def _candidates(
    db: Reader | Writer, sought: Sought, own: str, besides: Collection[int], written_in: str
) -> list[Side]:
    near = _nearest(sought)
    found = stored.read_articles(db, near, besides=besides)
    tongues = {row["id"]: _tongue(row) for row in found}
    fitting = {written_in} if written_in else {*tongues.values()}
    other = {row["id"]: row for row in found if tongues[row["id"]] in fitting - {own}}
    ranked = [each for each in near if each in other][:MOST_CANDIDATES]
    held = stored.of_articles(db, ranked)
    best = _not_behind(sought, ranked, held)
    copies = links.copied_from(db, best)
    return [
        Side(
            article_id=each,
            numbers=held[each] - {EVERY},
            slugs=slugs_of(_outline(other[each])),
            tongue=tongues[each],
            copy_of=copies.get(each, 0),
        )
        for each in best
    ]


def _not_behind(
    sought: Sought, ranked: Sequence[int], held: Mapping[int, frozenset[int]]
) -> list[int]:
    """Those of the candidates that can still be the best, or a rival of it."""
    words = {trait.number for trait in sought.traits if trait.kind == "slug"}
    common = {
        each: sum(sought.weights[number] for number in held[each] & sought.weights.keys())
        for each in ranked
    }
    least = max(common.values(), default=0.0) - originals.BEHIND
    return [each for each in ranked if common[each] >= least or held[each] & words]


def _side(article: Article, article_id: int, held: frozenset[int]) -> Side:
    return Side(
        article_id=article_id,
        numbers=held,
        slugs=tuple(filter(None, [slug_of(article.url)])),
        tongue=tongue(_beginning(article)),
    )


def _beginning(article: Article) -> str:
    return f"{article.title} {article.lead} {article.text[:400]}"


def _tongue(row: Row) -> str:
    return tongue(f"{row['title']} {row['lead']} {row['beginning']}")


def _outline(row: Row) -> Article:
    return Article(site="", url=row["url"], title=row["title"], lead="", blocks=())
