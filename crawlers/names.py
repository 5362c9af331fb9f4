"""Host names → addresses that may be dialled: the resolver is the pin.

Twisted connects only to what its name resolver yields, literals (``0x7f.1``) included, so
what is dropped here cannot be reached by redirect, by robots.txt or by a changing DNS.
"""

import os
from collections.abc import Sequence
from typing import Any, Self

from scrapy.crawler import Crawler
from twisted.internet.base import ReactorBase
from twisted.internet.interfaces import (
    IAddress,
    IHostResolution,
)

from crawlers.guard import is_public
from crawlers.origins import origins_from_environment, targets


class PublicNames:
    """A resolver that yields public addresses only, or the replicas' only.

    Of a host with good and bad addresses the good ones are dialled. ``refused`` keeps the
    bad ones of hosts that had no other, so that the refusal is told as one.
    """

    def __init__(self, reactor: ReactorBase, timeout: float) -> None:
        origins = origins_from_environment(os.environ)
        self.permitted = None if origins is None else targets(origins)
        self.refused: dict[str, tuple[str, ...]] = {}
        self.reactor: Any = reactor
        self.timeout = timeout
        self.inner: Any = self.reactor.nameResolver

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: ReactorBase) -> Self:
        return cls(reactor, crawler.settings.getfloat("DNS_TIMEOUT"))

    def install_on_reactor(self) -> None:
        self.reactor.installNameResolver(self)

    def resolveHostName(  # noqa: N802 (Twisted's name)
        self,
        resolutionReceiver: Any,  # noqa: N803
        hostName: str,  # noqa: N803
        portNumber: int = 0,  # noqa: N803
        addressTypes: Sequence[type[IAddress]] | None = None,  # noqa: N803
        transportSemantics: str = "TCP",  # noqa: N803
    ) -> IHostResolution:
        sieve = _Sieve(self, resolutionReceiver, hostName)
        return self.inner.resolveHostName(  # type: ignore[no-any-return]
            sieve, hostName, portNumber, addressTypes, transportSemantics
        )

    def may_dial(self, host: str, port: int) -> bool:
        if self.permitted is not None:
            return (host, port) in self.permitted
        return is_public(host)


class _Sieve:
    """Passes on what may be dialled, and ends after the time limit in any case."""

    def __init__(self, names: PublicNames, receiver: Any, host: str) -> None:
        self._names, self._receiver, self._host = names, receiver, host
        self._bad: list[str] = []
        self._good = 0
        self._done = False
        self._timer: Any = None

    def resolutionBegan(self, resolution: IHostResolution) -> None:  # noqa: N802
        self._timer = self._names.reactor.callLater(self._names.timeout, self.resolutionComplete)
        self._receiver.resolutionBegan(resolution)

    def addressResolved(self, address: Any) -> None:  # noqa: N802
        if self._done:
            return
        if self._names.may_dial(address.host, address.port):
            self._good += 1
            self._receiver.addressResolved(address)
        else:
            self._bad.append(address.host)

    def resolutionComplete(self) -> None:  # noqa: N802
        if self._done:
            return
        self._done = True
        if self._timer.active():
            self._timer.cancel()
        self._names.refused.pop(self._host, None)
        if self._bad and not self._good:
            self._names.refused[self._host] = tuple(self._bad)
        self._receiver.resolutionComplete()
