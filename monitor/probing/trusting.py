"""Whether a server's "not modified" can be believed. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from crawlers.page import Validators
from monitor.probing.probe import ArticleProbe

TRIED: Final = 2
"""Articles of a site that are asked for again, twice each: enough to meet a liar."""
NEVER_GIVEN: Final = Validators(
    etag='"baowatch-never-saw-this"', last_modified="Thu, 01 Jan 1970 00:00:00 GMT"
)


def foreign(own: Validators) -> Validators:
    """Validators of the same kinds that the server never gave: only the whole page answers."""
    return Validators(
        etag=NEVER_GIVEN.etag if own.etag else "",
        last_modified=NEVER_GIVEN.last_modified if own.last_modified else "",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """The statuses that came back for the page's own validators and for foreign ones.

    0 where nothing came.
    """

    own: int = 0
    foreign: int = 0


def judged(article: ArticleProbe, trial: Trial | None) -> ArticleProbe:
    """The article with what its validators proved to be."""
    if not article.is_article:
        return article
    if not article.validators:
        return replace(article, trust="none", trust_reason="the server gives no validators")
    if trial is None or not (trial.own and trial.foreign):
        return article
    if trial.foreign == 304:
        reason = "304 Not Modified to validators that the server never gave"
        return replace(article, trust="lying", trust_reason=reason)
    if trial.own == 304:
        reason = "304 to its own validators, the whole page to others"
        return replace(article, trust="true", trust_reason=reason)
    reason = f"its own validators were answered with {trial.own}"
    return replace(article, trust="useless", trust_reason=reason)


def shared(articles: Sequence[ArticleProbe], prints: Sequence[str]) -> list[ArticleProbe]:
    """The articles, those marked as lying whose ETag is also another text's.

    ``prints`` are the fingerprints of the articles' texts, in their order.
    """
    texts: dict[str, set[str]] = {}
    for article, fingerprint in zip(articles, prints, strict=True):
        if article.is_article and article.validators.etag:
            texts.setdefault(article.validators.etag, set()).add(fingerprint)
    reason = "the server gives one ETag to articles with different texts"
    return [
        replace(article, trust="lying", trust_reason=reason)
        if article.is_article and len(texts.get(article.validators.etag, ())) > 1
        else article
        for article in articles
    ]
