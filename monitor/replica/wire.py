"""HTTP on 127.0.0.1, one port: the portals are told apart by the Host header."""

import contextlib
import select
import socket
import struct
import time
from collections.abc import Mapping
from http.cookies import SimpleCookie
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from monitor.replica.answered import Answered
from monitor.replica.answering import Response

if TYPE_CHECKING:
    from monitor.replica.server import Replica


class PortalServer(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self, replica: "Replica") -> None:
        self.replica = replica
        super().__init__(("127.0.0.1", 0), _Connection)

    def handle_error(self, request: object, client_address: object) -> None:
        """Clients that are killed mid-answer are what this server is for."""


class _Connection(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: PortalServer
    timeout = 60
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        replica = self.server.replica
        started, started_at = time.monotonic(), replica.clock.now()
        number = replica.begin()
        headers = {name.lower(): value for name, value in self.headers.items()}
        host = self._portal_host(headers)
        response = replica.answer(host, self.path, headers, number, has_left=self._has_left)
        given = dict(response.headers) if response else {}
        is_robots = self.path == "/robots.txt" and response and response.status == 200
        replica.note(  # before it is sent: whoever has the answer finds it recorded
            Answered(
                number=number,
                started=started,
                ended=time.monotonic(),
                started_at=started_at,
                ended_at=replica.clock.now(),
                host=host,
                path=self.path,
                status=response.status if response else 0,
                conditional="if-none-match" in headers or "if-modified-since" in headers,
                user_agent=headers.get("user-agent", ""),
                retry_after=int(given.get("Retry-After", 0)),
                robots=response.text if response and is_robots else None,
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
        if self.server.replica.serves(host):
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

    def _has_left(self) -> bool:
        """Whether the client closes the connection within a moment; one that waits is silent."""
        readable, _, _ = select.select([self.connection], [], [], 0.05)
        try:
            return bool(readable) and not self.connection.recv(1, socket.MSG_PEEK)
        except ConnectionError:
            return True

    def _tear_down(self) -> None:
        linger = struct.pack("ii", 1, 0)  # close with RST
        with contextlib.suppress(OSError):
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """The requests are in ``Replica.requests``."""
