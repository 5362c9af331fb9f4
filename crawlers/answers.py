"""A response → a Page or a Failure. Pure but for Scrapy's response type."""

from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

from scrapy.http import Response

from crawlers.exchanges import EXCHANGES, chain
from crawlers.hops import CONDITIONS
from crawlers.page import Failure, FailureReason, Page, Source, Validators
from crawlers.plain import short
from crawlers.site import Site
from crawlers.unanswered import Unanswered

_WHOLE = (200, 203)
"""What holds a page; a 206 is a part of one, and 202, 204 and 205 hold none yet."""
_GONE = (404, 410)
NO_INFORMATION = timedelta(seconds=5)
"""A Last-Modified so near to Date is when the page was built for us."""


def page_of(response: Response, url: str, site: Site, now: datetime) -> Page | Failure:
    """The answer for an article's address: 200, 304 to our validators, 404 and 410 are Pages."""
    asked = response.request.headers if response.request else {}
    conditional = any(name in asked for name in CONDITIONS)
    status = response.status
    if not (status in _WHOLE or status in _GONE or (status == 304 and conditional)):
        return _failure(response, url, site, now, None)
    return Page(
        site=site.name,
        url=url,
        final_url=response.url,
        status=status,
        fetched_at=now,
        body=response.body,
        content_type=_header(response, "Content-Type"),
        validators=Validators(
            etag=_header(response, "ETag"), last_modified=_last_modified(response)
        ),
        conditional=conditional,
        exchanges=chain(response.meta.get(EXCHANGES, ())) if response.request else (),
    )


def failure_of(
    response: Response, url: str, site: Site, now: datetime, source: Source
) -> Failure | None:
    """Why a source gave nothing to read; None when it did."""
    if response.status in _WHOLE:
        return None
    return _failure(response, url, site, now, source)


def _failure(
    response: Response, url: str, site: Site, now: datetime, source: Source | None
) -> Failure:
    if isinstance(response, Unanswered):
        reason, detail = response.reason, response.detail
    else:
        reason, detail = _reason(response.status), f"status {response.status}"
        if response.status == 206:
            detail += ": a part of a page, unasked"
    return Failure(
        site=site.name,
        url=url,
        reason=reason,
        detail=short(detail, 300),
        failed_at=now,
        source=source,
    )


def _reason(status: int) -> FailureReason:
    if status == 429:
        return "busy"
    if status >= 500:
        return "server_error"
    if status == 202 or (400 <= status < 500 and status not in _GONE):
        return "blocked"  # 202: what some walls answer while they look at us
    return "unreadable"  # a source that is gone, a redirect that leads nowhere, a part


def _last_modified(response: Response) -> str:
    """Empty where it is only the moment of the answer, which says nothing."""
    told, answered = _header(response, "Last-Modified"), _header(response, "Date")
    try:
        span = parsedate_to_datetime(answered) - parsedate_to_datetime(told)
    except (ValueError, TypeError, OverflowError):
        return told
    return told if abs(span) > NO_INFORMATION else ""


def _header(response: Response, name: str) -> str:
    return (response.headers.get(name) or b"").decode("latin-1")
