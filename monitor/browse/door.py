"""Who may come in, and what every answer carries, whichever page gives it: an ASGI wrapper.

Pages are for browsers on this machine. The name they ask for must be this machine's own, or a
page from elsewhere could read the store by letting its own name point here.
"""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, Final
from urllib.parse import parse_qsl

from monitor.browse import spreadsheets
from monitor.browse.tables import BY_OLD_NAME, SEARCHABLE

Message = MutableMapping[str, Any]
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

OWN_NAMES: Final = frozenset({"127.0.0.1", "localhost", "[::1]"})
REFUSED: Final = {
    "_searchmode": "words are always searched folded",
    "_fts_table": "what is searched is fixed",
    "_fts_pk": "what is searched is fixed",
    "_through": "no table is joined by request",
    "_trace": "queries are not traced",
    "_context": "templates are not shown",
    "_timelimit": "the time limit is fixed",
    "_stream": "exports hold one page of rows",
    "_ttl": "how long a page may be kept is fixed",
}
"""Parameters of Datasette's that are not offered, and why not."""
_COUNTED: Final = frozenset({"_facet", "_facet_array", "_facet_date"})
MOST_COUNTED: Final = 10
"""Columns whose values are counted on one page: each may take half a second."""
_POLICY: Final = (
    b"default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
    b"base-uri 'none'; frame-ancestors 'none'"
)
"""No page of ours has a script; Datasette's, which had some, are drawn by our templates."""
_HEADERS: Final = {
    b"content-security-policy": _POLICY,
    b"x-frame-options": b"DENY",
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"no-referrer",
    b"cross-origin-opener-policy": b"same-origin",
    b"cross-origin-resource-policy": b"same-origin",
    b"permissions-policy": b"camera=(), geolocation=(), microphone=()",
}
_SPOKEN: Final = frozenset({b"access-control-allow-origin", *_HEADERS})


def guarded(app: App) -> App:
    """``app`` behind the door: refusals first, the headers on every answer."""

    async def door(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await app(scope, receive, send)
            return
        if scope["type"] != "http":
            return
        path = _path(scope)
        scope = {**scope, "query_string": without_empty_search(scope["query_string"])}
        told = _telling(send)
        reason = refusal(scope, path)
        if reason is not None:
            await _refuse(told, *reason)
        elif path.endswith(".csv"):
            await spreadsheets.neutralised(app, scope, receive, told)
        else:
            await app(scope, receive, told)

    return door


def refusal(scope: Scope, path: str) -> tuple[int, str] | None:
    """Status and reason, where a request is not to be answered."""
    headers = dict(scope["headers"])
    if not _is_own_name(headers.get(b"host", b"").decode("latin-1")):
        return 421, "This is not the name of this machine: ask for http://127.0.0.1."
    if scope["method"] not in ("GET", "HEAD"):
        return 405, "The store is read here, never written."
    asked = [name for name, _ in parse_qsl(scope["query_string"].decode("latin-1"), True)]
    for name in asked:
        if name in REFUSED:
            return 400, f"{name} is not offered: {REFUSED[name]}."
        if name.startswith("_search_"):
            return 400, f"{name} is not offered: _search finds words in every field."
    if sum(name in _COUNTED for name in asked) > MOST_COUNTED:
        return 400, f"The values of at most {MOST_COUNTED} columns are counted at a time."
    if "_search" in asked and not _is_searchable(path):
        return 400, "This cannot be searched by words: search in the articles or changes."
    return None


def without_empty_search(query: bytes) -> bytes:
    """A form that is sent with its search box left empty asks for no words: for all rows."""
    asked = query.split(b"&")
    return b"&".join(one for one in asked if not _is_empty_search(one.decode("latin-1")))


def _is_empty_search(asked: str) -> bool:
    return any(name == "_search" and not words.strip() for name, words in parse_qsl(asked, True))


def _is_own_name(host: str) -> bool:
    name, _, port = host.rpartition(":")
    return host.lower() in OWN_NAMES or (name.lower() in OWN_NAMES and port.isdigit())


def _is_searchable(path: str) -> bool:
    """Whether the table that is asked for, in whatever form, is wired for words."""
    name = path.rsplit("/", 1)[-1].split(".")[0]
    return BY_OLD_NAME.get(name, name) in SEARCHABLE


def _path(scope: Scope) -> str:
    raw = scope.get("raw_path")
    path: str = raw.decode("latin-1") if raw else scope["path"]
    return path.partition("?")[0]


def _telling(send: Send) -> Send:
    async def tell(message: Message) -> None:
        if message["type"] == "http.response.start":
            kept = [pair for pair in message.get("headers", []) if pair[0].lower() not in _SPOKEN]
            message = {**message, "headers": [*kept, *_HEADERS.items()]}
        await send(message)

    return tell


async def _refuse(send: Send, status: int, reason: str) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": f"{reason}\n".encode()})
