"""A portal on 127.0.0.1 for tests, and crawls of it as real child processes."""

import json
import multiprocessing
import os
import pickle
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from crawlers.clock import FastClock
from crawlers.page import Failure, Listing, Page, Validators
from crawlers.politeness import Allowance
from crawlers.robots import RobotsCopy

ROOT = Path(__file__).parents[1]
HOST = "baothu.example"
HOME = f"https://{HOST}/"
SITE = rf"""
title: Báo Thử
home: {HOME}
verified: false
delay: 2
articles:
  - path: '/[^/]+-(?P<id>\d+)\.html'
"""
RATE = 600.0

# Crawls fork from a process that has imported what takes seconds, but nothing that
# reads the environment (our settings), and no reactor.
_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload(
    [
        "pytest",
        "aiohttp",
        "lxml.html",
        "protego",
        "pydantic",
        "yaml",
        "scrapy.cmdline",
        "scrapy.commands.crawl",
        "scrapy.core.downloader.handlers.http11",
        "scrapy.extensions.feedexport",
        "tldextract",
        "twisted.internet.asyncioreactor",
        "crawlers.hops",
        "crawlers.loader",
        "crawlers.logs",
        "crawlers.obedience",
        "crawlers.wire",
    ]
)


@dataclass(frozen=True)
class Reply:
    body: bytes | Iterator[bytes] = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


def html(*links: str, text: str = "Tin tức") -> Reply:
    anchors = "".join(f'<a href="{link}">Tin {number}</a>' for number, link in enumerate(links))
    page = f"<html><body><p>{text}</p>{anchors}</body></html>"
    return Reply(page.encode(), headers={"Content-Type": "text/html; charset=utf-8"})


@dataclass
class Asked:
    """One request as the portal saw it."""

    host: str
    path: str
    headers: Mapping[str, str]
    began: float
    ended: float = 0.0


class Portal:
    """Answers from ``replies``: a Reply per path, or a function that makes one."""

    def __init__(self, tls: Any = None) -> None:
        self.replies: dict[str, Reply | Callable[[Asked], Reply]] = {}
        self.asked: list[Asked] = []
        self.at_once = 0
        self._now = 0
        self._lock = threading.Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._class())
        self._server.daemon_threads = True
        if tls is not None:
            self._server.socket = tls.wrap_socket(self._server.socket, server_side=True)
        scheme = "https" if tls is not None else "http"
        self.origin = f"{scheme}://127.0.0.1:{self._server.server_address[1]}"

    def paths(self) -> list[str]:
        return [asked.path for asked in self.asked]

    def count(self, path: str) -> int:
        return self.paths().count(path)

    @contextmanager
    def open(self) -> Iterator["Portal"]:
        thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield self
        finally:
            self._server.shutdown()
            self._server.server_close()

    def answer(self, asked: Asked) -> Reply:
        reply = self.replies.get(asked.path, Reply(b"nothing here", status=404))
        return reply(asked) if callable(reply) else reply

    @contextmanager
    def one_more(self, asked: Asked) -> Iterator[None]:
        with self._lock:
            self.asked.append(asked)
            self._now += 1
            self.at_once = max(self.at_once, self._now)
        try:
            yield
        finally:
            with self._lock:
                self._now -= 1
                asked.ended = time.monotonic()

    def _class(self) -> type[BaseHTTPRequestHandler]:
        portal = self

        class Answering(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                host = self.headers["Host"]
                asked = Asked(host, self.path, dict(self.headers), time.monotonic())
                with portal.one_more(asked):
                    self._send(portal.answer(asked))

            def _send(self, reply: Reply) -> None:
                self.send_response(reply.status)
                for name, value in reply.headers.items():
                    self.send_header(name, value)
                whole = isinstance(reply.body, bytes)
                if whole and "Content-Length" not in reply.headers and reply.status != 304:
                    self.send_header("Content-Length", str(len(reply.body)))
                if not whole:
                    self.send_header("Connection", "close")
                    self.close_connection = True
                self.end_headers()
                try:
                    for piece in [reply.body] if whole else reply.body:
                        self.wfile.write(piece)
                except OSError:  # the crawler hung up, as it should on endless bodies
                    self.close_connection = True

            def log_message(self, *_: Any) -> None:
                pass

        return Answering


@dataclass(frozen=True)
class Crawl:
    """What a crawl in a child process yielded and said."""

    listings: list[dict[str, Any]]
    pages: list[dict[str, Any]]
    failures: list[dict[str, Any]]
    reason: str
    log: str
    status: int

    def links(self, kind: str) -> list[str]:
        of_kind = (one for one in self.listings if one["source"]["kind"] == kind)
        return [link["url"] for listing in of_kind for link in listing["links"]]

    def reasons(self) -> dict[str, str]:
        return {failure["url"]: failure["reason"] for failure in self.failures}


def environment(folder: Path, origins: Mapping[str, str], *, rate: float = RATE) -> dict[str, str]:
    clock = FastClock(start=datetime(2026, 3, 1, tzinfo=UTC), real_start=time.time(), rate=rate)
    return {
        **os.environ,
        "PYTHONPATH": str(ROOT / "tests"),
        "SCRAPY_SETTINGS_MODULE": "loopback_settings",
        "BAOWATCH_CONFIG": str(folder),
        "BAOWATCH_ORIGINS": json.dumps(dict(origins)),
        "BAOWATCH_CLOCK": clock.variable(),
        "BAOWATCH_TEST_OUTPUT": str(folder / "seen.jsonl"),
    }


def crawl(
    folder: Path,
    portal: Portal,
    *arguments: str,
    site: str = SITE,
    origins: Mapping[str, str] | None = None,
    rate: float = RATE,
    extra: Mapping[str, str] | None = None,
) -> Crawl:
    """Crawls the site ``baothu`` once; every article that is listed is asked for."""
    (folder / "sites").mkdir(exist_ok=True)
    (folder / "sites" / "baothu.yml").write_text(site, "utf-8")
    seen = folder / "seen.jsonl"
    seen.unlink(missing_ok=True)
    known = origins if origins is not None else {HOME: portal.origin}
    variables = {**environment(folder, known, rate=rate), **(extra or {})}
    log = folder / "crawl.log"
    child = _FORKS.Process(target=_scrapy, args=(["crawl", "baothu", *arguments], variables, log))
    child.start()
    child.join(timeout=120)
    if child.is_alive():
        child.kill()
        raise TimeoutError(f"the crawl did not end: {log.read_text('utf-8', 'replace')}")
    lines = [json.loads(line) for line in seen.read_text().splitlines()] if seen.exists() else []
    by_kind = {
        kind: [line for line in lines if line["is"] == kind]
        for kind in ("Listing", "Page", "Failure", "Closed")
    }
    return Crawl(
        listings=by_kind["Listing"],
        pages=by_kind["Page"],
        failures=by_kind["Failure"],
        reason=by_kind["Closed"][0]["reason"] if by_kind["Closed"] else "",
        log=log.read_text("utf-8", "replace"),
        status=child.exitcode or 0,
    )


def _scrapy(arguments: list[str], variables: Mapping[str, str], log: Path) -> None:
    """``scrapy …`` in a process of its own, with these environment variables."""
    from scrapy.cmdline import execute

    os.environ.clear()
    os.environ.update(variables)
    os.chdir(ROOT)
    with log.open("wb") as file:
        os.dup2(file.fileno(), 1)
        os.dup2(file.fileno(), 2)
    execute(["scrapy", *arguments])


class Collect:
    """Spider middleware in the store's place: asks for each listed article once."""

    def __init__(self, crawler: Any) -> None:
        self._crawler = crawler
        self._asked: set[str] = set()

    @classmethod
    def from_crawler(cls, crawler: Any) -> "Collect":
        from scrapy import signals

        made = cls(crawler)
        crawler.signals.connect(made.closed, signal=signals.spider_closed)
        return made

    def closed(self, reason: str) -> None:
        _write({"is": "Closed", "reason": reason})

    async def process_start(self, start: AsyncIterator[Any]) -> AsyncIterator[Any]:
        async for each in start:
            for request in self._taken(each):
                yield request

    async def process_spider_output(
        self, response: Any, result: AsyncIterator[Any]
    ) -> AsyncIterator[Any]:
        async for each in result:
            for request in self._taken(each):
                yield request

    def _taken(self, each: Any) -> Iterator[Any]:
        if not isinstance(each, Listing | Page | Failure):
            yield each
            return
        plain = {"is": type(each).__name__, **asdict(each)}
        if isinstance(each, Page):
            plain["body"] = each.body.decode("utf-8", "replace")[:2000]
        _write(plain)
        if isinstance(each, Listing) and not os.environ.get("BAOWATCH_TEST_ONLY_LIST"):
            for link in each.links:
                if link.key not in self._asked:
                    self._asked.add(link.key)
                    yield self._request(link.url)

    def _request(self, url: str) -> Any:
        etag = os.environ.get("BAOWATCH_TEST_ETAG", "")
        again = bool(os.environ.get("BAOWATCH_TEST_PAST_CACHES"))
        validators = Validators(etag=etag) if etag else None
        return self._crawler.spider.article_request(url, validators=validators, past_caches=again)


def _write(plain: dict[str, Any]) -> None:
    with Path(os.environ["BAOWATCH_TEST_OUTPUT"]).open("a", encoding="utf-8") as file:
        file.write(json.dumps(plain, default=str, ensure_ascii=False) + "\n")


class FileLedger:
    """Allowances in a file beside the output, pickled: for one test at a time."""

    def __init__(self) -> None:
        self._path = Path(os.environ["BAOWATCH_TEST_OUTPUT"]).with_name("ledger")

    def load(self, site_name: str) -> Allowance:
        return pickle.loads(self._path.read_bytes()) if self._path.exists() else Allowance()

    def record(self, site_name: str, allowance: Allowance) -> None:
        self._path.write_bytes(pickle.dumps(allowance))


class BrokenLedger(FileLedger):
    def record(self, site_name: str, allowance: Allowance) -> None:
        raise RuntimeError("the ledger is full")


class KeptCopies:
    """A copy of robots.txt that was kept seven hours before the crawls of these tests."""

    kept_at = datetime(2026, 2, 28, 17, tzinfo=UTC)

    def load(self, origin: str) -> RobotsCopy:
        body = b"User-agent: *\nDisallow: /sitemap.xml\n"
        return RobotsCopy(body=body, fetched_at=self.kept_at)

    def save(self, origin: str, copy: RobotsCopy) -> None:
        raise AssertionError("nothing was answered that could be kept")


class FreshCopies(KeptCopies):
    kept_at = datetime(2026, 2, 28, 23, tzinfo=UTC)
