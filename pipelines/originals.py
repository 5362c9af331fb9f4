"""Of which article is this one a translation? By what survives translation. Pure."""

from dataclasses import dataclass

from pipelines.links import Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An original: the article's id in the store, how sure, and what tells."""

    article_id: int
    sure: bool
    score: float
    evidence: tuple[Evidence, ...]
