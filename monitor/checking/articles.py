"""What is wrong with the articles of a portal, as far as a few of them tell. Pure."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from crawlers.site import Site
from monitor.checking.trouble import Code, Trouble, trouble
from monitor.probing.probe import ArticleProbe

ENOUGH: Final = 0.6
"""Share of the pages that must be right: one film or photo series in three breaks nothing."""
SHORTEST: Final = 200
"""Characters of title, lead and text, where the site's file expects nothing else."""
LONGEST: Final = 100_000
_KINDS: Final[dict[str, Code]] = {
    "gone": "articles_gone",
    "soft_404": "articles_gone",
    "blocked": "articles_refused",
    "busy": "articles_refused",
    "robots_forbids": "articles_refused",
    "server_error": "server_error",
    "unreachable": "unreachable",
    "block_page": "articles_walled",
    "cookie_wall": "articles_walled",
}


def shortest(site: Site) -> int:
    """Characters that an article of the site has at least."""
    return site.expect.min_characters or SHORTEST


def article_troubles(site: Site, articles: Sequence[ArticleProbe]) -> Iterator[Trouble]:
    """At most one trouble of each kind, however many articles have it."""
    if not articles:
        return
    read = [one for one in articles if one.is_article]
    if len(read) < ENOUGH * len(articles):
        yield _unread(articles)
    if read:
        yield from _titles(read)
        yield from _dates(read)
        yield from _lengths(site, read)
        yield from _validators(read)


def _unread(articles: Sequence[ArticleProbe]) -> Trouble:
    failed = [one for one in articles if not one.is_article]
    kind, _ = Counter(one.kind for one in failed).most_common(1)[0]
    example = next(one for one in failed if one.kind == kind)
    what = (
        f"{len(failed)} of {len(articles)} pages are no articles; {example.url}: {_said(example)}"
    )
    return trouble(_KINDS.get(kind, "not_articles"), what)


def _said(article: ArticleProbe) -> str:
    kind = article.kind.replace("_", " ")
    return f"{kind} ({article.reason})" if article.reason else kind


def _titles(read: Sequence[ArticleProbe]) -> Iterator[Trouble]:
    titled = [one for one in read if one.title]
    if len(titled) < ENOUGH * len(read):
        example = next(one for one in read if not one.title)
        what = f"{len(read) - len(titled)} of {len(read)} articles show no title; {example.url}"
        yield trouble("titles_missing", what)


def _dates(read: Sequence[ArticleProbe]) -> Iterator[Trouble]:
    dated = [one for one in read if one.published_at]
    if len(dated) < ENOUGH * len(read):
        example = next(one for one in read if not one.published_at)
        what = f"{len(read) - len(dated)} of {len(read)} articles show no date; {example.url}"
        yield trouble("dates_missing", what)


def _lengths(site: Site, read: Sequence[ArticleProbe]) -> Iterator[Trouble]:
    least = shortest(site)
    short = [one for one in read if one.characters < least]
    if len(read) - len(short) < ENOUGH * len(read):
        what = f"{len(short)} of {len(read)} articles have under {least} characters; {short[0].url}"
        yield trouble("text_short", what)
    long = [one for one in read if one.characters > LONGEST]
    if len(read) - len(long) < ENOUGH * len(read):
        what = (
            f"{len(long)} of {len(read)} articles have over {LONGEST:,} characters; {long[0].url}"
        )
        yield trouble("text_long", what)


def _validators(read: Sequence[ArticleProbe]) -> Iterator[Trouble]:
    lying = next((one for one in read if one.trust == "lying"), None)
    if lying is not None:
        yield trouble("validators_lie", f"{lying.url}: {lying.trust_reason}", level="flaw")
