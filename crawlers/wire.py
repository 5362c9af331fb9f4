"""The download handler: every request leaves here, in its turn, to the place it may go."""

import os
from datetime import datetime
from types import SimpleNamespace
from typing import cast
from urllib.parse import urlsplit

from OpenSSL.SSL import Error as TlsError
from scrapy import Request
from scrapy.core.downloader.handlers.base import BaseDownloadHandler
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadFailedError,
    NotConfigured,
)
from scrapy.http import Headers, Response
from service_identity.exceptions import VerificationError

from crawlers.clock import clock_from_environment
from crawlers.exchanges import EXCHANGES, Exchange, Fields
from crawlers.names import PublicNames
from crawlers.origins import origins_from_environment, replica_url
from crawlers.site import Site
from crawlers.turns import Turns
from crawlers.unanswered import Unfetched, causes, said_of


class Wire(BaseDownloadHandler):
    """Scrapy's HTTP/1.1 handler behind the site's turns and the origin map."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        turns = crawler.get_extension(Turns)
        if turns is None:
            raise NotConfigured("the extension crawlers.turns.Turns is missing in EXTENSIONS")
        self._turns = turns
        self._clock = clock_from_environment(os.environ)
        self._origins = origins_from_environment(os.environ)
        self._verifying = HTTP11DownloadHandler(crawler)
        self._lenient = _lenient(crawler)

    async def download_request(self, request: Request) -> Response:
        sent = self._at_replica(request)
        handler = self._handler(request.url)

        async def send() -> Response:
            try:
                return await handler.download_request(sent)
            except Exception as error:
                if explained := _explained(error, sent.url):
                    raise explained from error
                raise  # with what Twisted knows as its cause

        response = await self._turns.take(send)
        if self._turns.is_closing:
            request.meta["dont_retry"] = True  # the answer is told as it is, not left for later
        if (wanted := request.meta.get(EXCHANGES)) is not None:
            wanted.append(_exchange(request, sent, response, self._clock.now()))
        return response.replace(url=request.url)

    async def close(self) -> None:
        await self._verifying.close()
        if self._lenient is not None:
            await self._lenient.close()

    def _at_replica(self, request: Request) -> Request:
        """The request as it goes out: to the replica, in the real host's name."""
        if self._origins is None:
            return request
        url = replica_url(request.url, self._origins)
        if url is None:
            raise Unfetched("refused", "not in the origin map, and the live web is closed to it")
        sent = request.replace(url=url)
        sent.headers["Host"] = urlsplit(request.url).netloc
        return sent

    def _handler(self, url: str) -> HTTP11DownloadHandler:
        site: Site = self.crawler.spidercls.site  # type: ignore[attr-defined]
        tolerated = site.insecure_tls.hosts if site.insecure_tls else ()
        if self._lenient is not None and urlsplit(url).hostname in tolerated:
            return self._lenient
        return self._verifying


def _lenient(crawler: Crawler) -> HTTP11DownloadHandler | None:
    """A handler that does not verify certificates, where the site has an exception."""
    if not crawler.spidercls.site.insecure_tls:  # type: ignore[attr-defined]
        return None
    settings = crawler.settings.copy()
    settings.frozen = False
    settings.set("DOWNLOAD_VERIFY_CERTIFICATES", False, priority="cmdline")
    # The handler reads these three of a crawler; verification is not a setting per host.
    stand_in = SimpleNamespace(settings=settings, signals=crawler.signals, spider=crawler.spider)
    return HTTP11DownloadHandler(cast("Crawler", stand_in))


def _exchange(request: Request, sent: Request, response: Response, at: datetime) -> Exchange:
    parts = urlsplit(request.url)
    asked = _fields(sent.headers)
    if b"Host" not in sent.headers:  # Twisted adds it
        asked = ((b"Host", parts.netloc.encode("ascii", "ignore")), *asked)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Exchange(
        url=request.url,
        at=at,
        target=target.encode("ascii", "ignore"),
        asked=asked,
        status=response.status,
        answered=_fields(response.headers),
        body=response.body,
        protocol=response.protocol or "HTTP/1.1",
        ip_address=str(response.ip_address or ""),
        truncated="disconnect" if "dataloss" in response.flags else "",
    )


def _fields(headers: Headers) -> Fields:
    return tuple((name, value) for name, values in headers.items() for value in values)


def _explained(error: Exception, url: str) -> Unfetched | None:
    """What is to be told as something else than "no answer"."""
    if isinstance(error, DownloadCancelledError):
        return Unfetched("too_large", str(error)[:200])
    if isinstance(error, DownloadFailedError) and _is_about_tls(error):
        return Unfetched(
            "certificate", f"the certificate could not be verified: {said_of(error)}"[:300]
        )
    if isinstance(error, CannotResolveHostError):
        host = urlsplit(url).hostname or ""
        if bad := _refused_addresses(host):
            return Unfetched("refused", f"{host} resolves to {', '.join(bad)}: not public")
    return None


def _is_about_tls(error: Exception) -> bool:
    return any(isinstance(cause, TlsError | VerificationError) for cause in causes(error))


def _refused_addresses(host: str) -> tuple[str, ...]:
    from twisted.internet import reactor  # installs the reactor when imported at the top

    names = getattr(reactor, "nameResolver", None)
    return names.refused.get(host, ()) if isinstance(names, PublicNames) else ()
