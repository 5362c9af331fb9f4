"""What an answer goes through before the spider sees it: redirects, content decoding."""

from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.redirect import RedirectMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

from crawlers.unanswered import Unanswered
from crawlers.unpacking import ACCEPTED, Broken, TooLarge, unpack

CONDITIONS = ("If-None-Match", "If-Modified-Since")


class Redirects(RedirectMiddleware):
    """Each hop is a request of its own before guard, robots.txt and turns."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Without Scrapy's search for a Referer middleware, whose absence it warns of."""
        redirects = cls(crawler.settings)
        redirects.crawler = crawler
        return redirects

    def handle_referer(self, request: Request, response: Response) -> None:  # noqa: ARG002
        """No Referer, ever."""
        request.headers.pop("Referer", None)

    def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]
        try:
            following = super().process_response(request, response)
        except IgnoreRequest:
            detail = f"more than {self.max_redirect_times} redirects, the last to {request.url}"
            return Unanswered(request.url, reason="too_many_redirects", detail=detail)
        except ValueError as error:  # "javascript:…", "http://[", a port of six digits
            detail = f"redirects to no address: {error}"
            return Unanswered(request.url, reason="refused", detail=detail)
        if isinstance(following, Request):
            # They are the first address's: a 304 of another page would say nothing about it.
            for name in CONDITIONS:
                following.headers.pop(name, None)
        return following


class Unpacking:
    """Downloader middleware: gzip, deflate, br and zstd, up to the cap of a body."""

    def __init__(self, cap: int) -> None:
        self._cap = cap

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler.settings.getint("DOWNLOAD_MAXSIZE"))

    def process_request(self, request: Request) -> None:
        request.headers.setdefault("Accept-Encoding", ACCEPTED)

    def process_response(self, request: Request, response: Response) -> Response:
        claimed = b",".join(response.headers.getlist("Content-Encoding")).decode("latin-1")
        if not claimed:
            return response
        cap = int(request.meta.get("download_maxsize") or self._cap)
        try:
            body = unpack(response.body, claimed.split(","), cap)
        except TooLarge as error:
            return Unanswered(request.url, reason="too_large", detail=f"unpacked: {error}")
        except Broken as error:
            return Unanswered(request.url, reason="unreachable", detail=f"broken answer: {error}")
        unpacked = response.replace(body=body)
        del unpacked.headers["Content-Encoding"]
        return unpacked
