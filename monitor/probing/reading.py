"""What one article's page says, as a probe tells it. Pure."""

from dataclasses import replace
from typing import Final

from crawlers.page import Failure, Page
from crawlers.site import Site
from monitor.probing.probe import ArticleProbe
from pipelines.article import Article
from pipelines.fingerprint import text_fingerprint
from pipelines.reading import read

GONE: Final = (404, 410)


def article_probe(page: Page, site: Site, *, listed_by: str) -> tuple[ArticleProbe, Article | None]:
    """The page as it is read without any memory of the site, and the article if it is one."""
    told = ArticleProbe(
        url=page.url,
        listed_by=listed_by,
        final_url=page.final_url,
        status=page.status,
        content_type=page.content_type,
        kind="gone",
        reason=f"status {page.status}",
        validators=page.validators,
    )
    if page.status in GONE:
        return told, None
    reading = read(page, site)
    told = replace(told, kind=reading.kind, reason=reading.reason)
    article = reading.article
    if article is None:
        return told, None
    texts = (article.title, article.lead, *(block.text for block in article.blocks))
    told = replace(
        told,
        title=article.title,
        lead=article.lead,
        author=article.author,
        published_at=article.published_at,
        modified_at=article.modified_at,
        blocks=len(article.blocks),
        captions=len(article.captions),
        characters=sum(map(len, texts)),
    )
    return told, article


def unread(failure: Failure, status: int, listed_by: str) -> ArticleProbe:
    """An article's address that gave no page."""
    return ArticleProbe(
        url=failure.url,
        listed_by=listed_by,
        status=status,
        kind=failure.reason,
        reason=failure.detail,
    )


def text_print(article: Article) -> str:
    """A fingerprint of title and text, to tell two articles apart."""
    return text_fingerprint(f"{article.title}\n{article.lead}\n{article.text}")
