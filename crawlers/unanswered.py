"""A request that got no usable answer, as a response: so that it takes the pages' road.

Scrapy shows a callback's output to spider middlewares, but not an errback's.
"""

import logging
from typing import Any

from scrapy import Request
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)
from scrapy.http import Response
from twisted.internet.error import ConnectError, ConnectionClosed
from twisted.python.failure import Failure as TwistedFailure

from crawlers.page import FailureReason

logger = logging.getLogger(__name__)

_NO_ANSWER = {
    CannotResolveHostError: "the host name cannot be resolved",
    DownloadConnectionRefusedError: "the connection was refused",
    DownloadTimeoutError: "no answer in time",
    ResponseDataLossError: "the answer broke off",
    DownloadFailedError: "the connection broke",
    ConnectError: "no connection",
    ConnectionClosed: "the connection was closed",
    OSError: "no connection",
}


def causes(error: BaseException) -> tuple[BaseException, ...]:
    """What Twisted gathered of a connection that failed."""
    reasons = getattr(error.__cause__ or error, "reasons", None) or ()
    found = (r.value if isinstance(r, TwistedFailure) else r for r in reasons)
    return tuple(cause for cause in found if cause is not None)


def said_of(error: BaseException) -> str:
    """The message of the first cause, or the error's own."""
    return str(next(iter(causes(error)), error))


class Unfetched(IgnoreRequest):
    """A request that must not or cannot be answered; never retried."""

    def __init__(self, reason: FailureReason, detail: str) -> None:
        super().__init__(detail)
        self.reason: FailureReason = reason
        self.detail = detail


class Crashed(Exception):
    """Our own code failed where no answer could stand in for it."""


class NotNow(IgnoreRequest):
    """A request left for a later run, through no fault of the site: the run is closing."""


class Unanswered(Response):
    """Stands for the answer that did not come; its status is 0."""

    def __init__(self, url: str, *, reason: FailureReason, detail: str, **given: Any) -> None:
        super().__init__(url, status=0, **given)
        self.reason: FailureReason = reason
        self.detail = detail


class Unanswering:
    """Downloader middleware: the exceptions of a fetch become Unanswered.

    Every one but NotNow: what nobody has a word for is a defect of ours, and told as one.
    """

    def process_exception(self, request: Request, exception: Exception) -> Response | None:
        if isinstance(exception, Unfetched):
            return Unanswered(request.url, reason=exception.reason, detail=exception.detail)
        for kind, words in _NO_ANSWER.items():
            if isinstance(exception, kind):
                why = said_of(exception)
                said = f"{words} ({why})" if why else words
                return Unanswered(request.url, reason="unreachable", detail=said[:300])
        if isinstance(exception, NotNow):
            return None
        logger.error("%s: %r", request.url, exception, exc_info=exception)
        said = f"{type(exception).__name__}: {exception}"[:300]
        return Unanswered(request.url, reason="crashed", detail=said)
