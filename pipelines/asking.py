"""How an article is asked for: with its validators where they are trusted, past caches in doubt."""

from typing import Final

from scrapy import Request

from crawlers.page import Validators
from crawlers.spider import SiteSpider
from pipelines.changes import ArticleRow
from pipelines.desk import Desk
from pipelines.store import sites, versions

AUDIT_EVERY: Final = 20


def article_request(desk: Desk, spider: SiteSpider, row: ArticleRow) -> Request:
    """The request for an article as it is due now."""
    look = versions.open_look(desk.store.reader, row.id)
    doubtful = look is not None or row.refutations > 0
    return spider.article_request(
        row.url,
        validators=None if doubtful else _validators(desk, row),
        past_caches=doubtful,
    )


def _validators(desk: Desk, row: ArticleRow) -> Validators | None:
    """The accepted look's validators, where the site's have proved true; now and then none."""
    if row.status != "live" or row.moved_from or row.conditional_checks >= AUDIT_EVERY - 1:
        return None
    if not sites.trusts_validators(desk.store.reader, desk.site_id, desk.now()):
        return None
    return Validators(etag=row.etag, last_modified=row.last_modified) or None
