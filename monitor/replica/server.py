"""Six portals on 127.0.0.1, one port, told apart by the Host header."""

import contextlib
import socket
import struct
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from http.cookies import SimpleCookie
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self
from urllib.parse import parse_qs, urlsplit

from crawlers.clock import Clock, SystemClock
from monitor.replica import answering
from monitor.replica.answering import Response
from monitor.replica.faults import Fault
from monitor.replica.layout import Layout
from monitor.replica.noise import USUAL, Noise
from monitor.replica.portals import PORTALS, portal_at
from monitor.replica.script import EDITIONS, Script, script


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """One request as the server saw it; times in seconds of ``time.monotonic()``.

    ``status`` 0: no answer was given (a fault). ``conditional``: validators were sent.
    """

    number: int
    started: float
    ended: float
    host: str
    path: str
    status: int
    conditional: bool
    user_agent: str


class Replica:
    """The portals of one script, served while the context is open.

    ``noise`` False serves clean pages, True the usual operators of noise.py, a set of
    names just those. ``layout_seed`` is drawn anew when not given. ``faults`` are the
    tests' own and go before the edition's; ``scripted_faults`` turns the latter off.
    ``clock`` may be replaced at any time; only relative times and the portals' clocks ask it.
    ``on_request`` is called with the running number (from 1) before a request is answered.
    """

    def __init__(
        self,
        seed: int,
        *,
        clock: Clock | None = None,
        start: datetime | None = None,
        layout_seed: int | None = None,
        noise: bool | frozenset[str] = True,
        editions: int = EDITIONS,
        scripted_faults: bool = True,
    ) -> None:
        self.clock = clock or SystemClock()
        start = start or self.clock.now()
        self.script: Script = script(seed, start=start, editions=editions)
        self.layout_seed = time.time_ns() if layout_seed is None else layout_seed
        self.on_request: Callable[[int], None] | None = None
        self.requests: list[Answered] = []
        self._layouts = {portal.site: self.layout_seed for portal in PORTALS}
        self._redesigned: set[str] = set()
        self._noise = noise if isinstance(noise, frozenset) else USUAL if noise else frozenset()
        self._scripted_faults = scripted_faults
        self._lock = threading.Lock()
        self._faults: list[tuple[Fault, list[int]]] = []
        self._edition_faults: list[tuple[Fault, list[int]]] = []
        self._number = 0
        self._stopped = threading.Event()
        self._server = _Server(self)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))
        self.set_edition(0)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stopped.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def port(self) -> int:
        return self._server.server_port

    @property
    def origins(self) -> dict[str, str]:
        """Real origin (scheme and host) → the replica's, for every host of every portal."""
        target = f"http://127.0.0.1:{self.port}"
        bare = {host.removeprefix("www.") for portal in PORTALS for host in portal.hosts}
        hosts = sorted(bare | {f"www.{host}" for host in bare})
        return {f"{scheme}://{host}": target for host in hosts for scheme in ("https", "http")}

    @property
    def edition(self) -> int:
        return self._edition

    def set_edition(self, number: int) -> None:
        """Serve edition ``number`` (0-based) from now on. Raises IndexError beyond the script."""
        if not 0 <= number < len(self.script.editions):
            raise IndexError(
                f"the script has the editions 0 to {len(self.script.editions) - 1}, not {number}; "
                "ask for more with editions=…"
            )
        faults = self.script.editions[number].faults if self._scripted_faults else ()
        with self._lock:
            self._edition = number
            self._edition_faults = [(fault, [0]) for fault in faults]

    def advance(self) -> None:
        """Serve the next edition."""
        self.set_edition(self._edition + 1)

    @property
    def faults(self) -> tuple[Fault, ...]:
        """The tests' own faults; assign a sequence to replace them (counts begin anew)."""
        return tuple(fault for fault, _ in self._faults)

    @faults.setter
    def faults(self, faults: tuple[Fault, ...] | list[Fault]) -> None:
        with self._lock:
            self._faults = [(fault, [0]) for fault in faults]

    def relayout(self, site: str, layout_seed: int) -> None:
        """Give a portal a new template: other class names, another depth of wrappers."""
        self._layouts[site] = layout_seed

    def redesign(self, site: str, layout_seed: int) -> None:
        """Give a portal a new template that also prints lines of its own in every article."""
        self._layouts[site] = layout_seed
        self._redesigned.add(site)

    def answer(
        self, host: str, target: str, headers: Mapping[str, str], number: int
    ) -> Response | None:
        """The answer to request ``number``; None: tear the connection down."""
        request = answering.asked(host, target)
        portal = portal_at(request.host)
        if portal is None:
            return answering.directory(self.port)
        seed = f"{self.script.seed} {number}"
        noise = Noise(seed, on=self._noise, now=self.clock.now())
        fault = self._struck(request.host, request.path)
        if fault and fault.kind == "slow":
            self._stopped.wait(fault.seconds)
        elif fault and fault.kind == "busy":
            wait = (("Retry-After", str(fault.retry_after)), ("Content-Type", "text/html"))
            return Response(status=fault.status, headers=wait, body=b"<h1>Service Unavailable</h1>")
        elif fault and fault.kind == "cookie_wall":
            return answering.wall(noise)
        elif fault and fault.kind == "hang":
            self._stopped.wait()
            return None
        elif fault:
            return None
        return answering.respond(
            request,
            portal,
            served=self.script.editions[self._edition].portals[portal.site],
            layout=Layout(
                site=portal.site,
                seed=self._layouts[portal.site],
                redesigned=portal.site in self._redesigned,
            ),
            noise=noise,
            headers=headers,
        )

    def _struck(self, host: str, path: str) -> Fault | None:
        with self._lock:
            for fault, count in (*self._faults, *self._edition_faults):
                if fault.fits(host, path) and (fault.times is None or count[0] < fault.times):
                    count[0] += 1
                    return fault
        return None

    def begin(self) -> int:
        """The number of a request that has just come in."""
        with self._lock:
            self._number += 1
            number = self._number
        if self.on_request:
            self.on_request(number)
        return number

    def note(self, answered: Answered) -> None:
        """Remember a request."""
        with self._lock:
            self.requests.append(answered)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self, replica: Replica) -> None:
        self.replica = replica
        super().__init__(("127.0.0.1", 0), _Connection)

    def handle_error(self, request: object, client_address: object) -> None:
        """Clients that are killed mid-answer are what this server is for."""


class _Connection(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server
    timeout = 60
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        replica, started = self.server.replica, time.monotonic()
        number = replica.begin()
        headers = {name.lower(): value for name, value in self.headers.items()}
        host = self._portal_host(headers)
        response = replica.answer(host, self.path, headers, number)
        replica.note(  # before it is sent: whoever has the answer finds it recorded
            Answered(
                number=number,
                started=started,
                ended=time.monotonic(),
                host=host,
                path=self.path,
                status=response.status if response else 0,
                conditional="if-none-match" in headers or "if-modified-since" in headers,
                user_agent=headers.get("user-agent", ""),
            )
        )
        if response is None:
            self._tear_down()
        else:
            self._send(response)

    do_HEAD = do_GET  # noqa: N815

    def _portal_host(self, headers: Mapping[str, str]) -> str:
        """The Host header's; for a browser ``?portal=HOST``, remembered in a cookie."""
        host = headers.get("host", "").partition(":")[0].lower()
        if portal_at(host):
            return host
        wanted = parse_qs(urlsplit(self.path).query).get("portal")
        cookie = SimpleCookie(headers.get("cookie", "")).get("portal")
        return wanted[0] if wanted else cookie.value if cookie else host

    def _send(self, response: Response) -> None:
        self.send_response(response.status)
        for name, value in response.headers:
            self.send_header(name, value)
        if "portal=" in self.path:
            self.send_header("Set-Cookie", f"portal={self._portal_host({})}; Path=/")
        if response.status != 304:
            self.send_header("Content-Length", str(len(response.body)))
        self.end_headers()
        if self.command != "HEAD" and response.status != 304:
            self.wfile.write(response.body)

    def _tear_down(self) -> None:
        linger = struct.pack("ii", 1, 0)  # close with RST
        with contextlib.suppress(OSError):
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """The requests are in ``Replica.requests``."""
