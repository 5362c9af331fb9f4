"""``/metrics`` and ``/healthz`` on 127.0.0.1, in a thread beside the daemon's loop."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Final

from prometheus_client import CONTENT_TYPE_LATEST

from crawlers.clock import Clock
from crawlers.errors import UserError
from monitor.metrics import Pulse, exposition
from pipelines.errors import StoreError
from pipelines.store import reports
from pipelines.store.opening import open_store

LOOPBACK: Final = "127.0.0.1"
STILL_BEATING: Final = 30.0
"""Real seconds within which a healthy loop goes round many times."""
TEXT: Final = "text/plain; charset=utf-8"


class PortTaken(UserError):
    """The port for metrics cannot be had."""


@contextmanager
def serving(store: Path, pulse: Pulse, clock: Clock, *, port: int) -> Iterator[int]:
    """Serve until the end of the block; yields the port (a free one for ``port`` 0).

    ``/healthz`` is 200 while the pulse beats and the store answers, else 503 with the
    reason. Raises PortTaken.
    """
    answering = partial(Answering, store, pulse, clock)
    try:
        server = ThreadingHTTPServer((LOOPBACK, port), answering)
    except (OSError, OverflowError) as error:
        raise PortTaken(
            f"port {port} of {LOOPBACK} cannot be had for metrics ({error}). Name another one."
        ) from error
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, name="metrics", daemon=True)
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def ailing(store: Path, pulse: Pulse) -> str:
    """Why the daemon is not well, in one line; empty when it is."""
    if (age := pulse.age()) > STILL_BEATING:
        return f"the daemon's loop has stood still for {age:.0f} seconds"
    try:
        opened = open_store(store)
        try:
            reports.site_names(opened.reader)
        finally:
            opened.close()
    except StoreError as error:
        return str(error)
    return ""


class Answering(BaseHTTPRequestHandler):
    """One request; a client that is slow is cut off."""

    timeout = 10.0

    def __init__(self, store: Path, pulse: Pulse, clock: Clock, *given: object) -> None:
        self._store, self._pulse, self._clock = store, pulse, clock
        super().__init__(*given)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        match self.path.partition("?")[0]:
            case "/metrics":
                self._metrics()
            case "/healthz":
                reason = ailing(self._store, self._pulse)
                status = HTTPStatus.SERVICE_UNAVAILABLE if reason else HTTPStatus.OK
                self._say(status, reason or "well")
            case _:
                self._say(HTTPStatus.NOT_FOUND, "here are /metrics and /healthz")

    def log_message(self, *_: object) -> None:
        """Scrapes are no news."""

    def _metrics(self) -> None:
        try:
            body = exposition(self._store, self._pulse, self._clock)
        except StoreError as error:
            self._say(HTTPStatus.SERVICE_UNAVAILABLE, str(error))
        else:
            self._send(HTTPStatus.OK, CONTENT_TYPE_LATEST, body)

    def _say(self, status: HTTPStatus, line: str) -> None:
        self._send(status, TEXT, f"{line}\n".encode())

    def _send(self, status: HTTPStatus, content_type: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
