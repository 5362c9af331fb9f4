"""A real receiver of webhooks on 127.0.0.1 that misbehaves as it is told, and honours keys."""

import json
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from monitor.notify.signing import KEY


@dataclass(frozen=True)
class Came:
    """A message as it came."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def key(self) -> str:
        return self.headers.get(KEY, "")

    @property
    def told(self) -> dict[str, Any]:
        return json.loads(self.body)


@dataclass(frozen=True)
class Does:
    """What a receiver does with a message: its status (0: closes without one), and how."""

    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    takes: bool | None = None
    """Whether it keeps the message; None: when its status says so."""
    hangs: bool = False
    drips: bool = False

    @property
    def keeps(self) -> bool:
        return self.takes if self.takes is not None else 200 <= self.status < 300


class Receiver:
    """``accepted``: the messages it took, one by key; ``came``: all that reached it."""

    def __init__(self, does: Callable[[Came], Does] = lambda came: Does()) -> None:
        self.does = does
        self.came: list[Came] = []
        self.accepted: dict[str, Came] = {}
        self.repeats: Counter[str] = Counter()
        self.closing = threading.Event()
        self._lock = threading.Lock()

    @contextmanager
    def open(self) -> Iterator["Receiver"]:
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                receiver._answer(self)

            def log_message(self, *args: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield self
        finally:
            self.closing.set()
            self._server.shutdown()
            self._server.server_close()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}/hook"

    @property
    def changes(self) -> list[int]:
        """The changes of what it took, each as often as it was told."""
        return [one["id"] for came in self.accepted.values() for one in came.told["changes"]]

    def _answer(self, request: BaseHTTPRequestHandler) -> None:
        length = int(request.headers.get("Content-Length", 0))
        came = Came(request.path, dict(request.headers), request.rfile.read(length))
        if len(came.body) < length:  # the sender was killed while it sent
            return
        with self._lock:
            does = self.does(came)
            self.came.append(came)
            if does.keeps:
                if came.key in self.accepted:
                    self.repeats[came.key] += 1
                else:
                    self.accepted[came.key] = came
        if does.hangs:
            self.closing.wait()
        if does.drips:
            self._drip(request)
        if does.status and not does.hangs:
            self._say(request, does)
        request.close_connection = True

    def _drip(self, request: BaseHTTPRequestHandler) -> None:
        """A header that never ends."""
        try:
            request.wfile.write(b"HTTP/1.1 200 OK\r\nX-Long: ")
            while not self.closing.is_set():
                request.wfile.write(b"x")
                request.wfile.flush()
                time.sleep(0.02)
        except OSError:
            return

    def _say(self, request: BaseHTTPRequestHandler, does: Does) -> None:
        try:
            request.send_response(does.status)
            for name, value in does.headers.items():
                request.send_header(name, value)
            request.end_headers()
        except OSError:  # the sender was killed
            return
