"""CSV that a spreadsheet shows and never computes."""

import csv
import io
import re
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, Final

Message = MutableMapping[str, Any]
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "|", "%")
"""How a cell begins that a spreadsheet may take for a formula or a command."""

OBEYED: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Escape codes and overrides of direction: a file is printed in terminals, too."""


async def neutralised(app: App, scope: Scope, receive: Receive, send: Send) -> None:
    """Answer as ``app`` does, with every cell of a CSV answer made plain text.

    The answer is held back whole: it has at most as many rows as a page may have.
    """
    start: Message = {}
    body: list[bytes] = []

    async def hold(message: Message) -> None:
        if message["type"] == "http.response.start":
            start.update(message)
        elif message["type"] == "http.response.body":
            body.append(message.get("body", b""))

    await app(scope, receive, hold)
    told = b"".join(body)
    headers = list(start["headers"])
    if start["status"] == 200:
        told = plain_cells(told.decode("utf-8", "replace")).encode()
        headers = [pair for pair in headers if pair[0].lower() not in _REPLACED]
        headers += [
            (b"content-type", b"text/csv; charset=utf-8"),
            (b"content-disposition", b'attachment; filename="baowatch.csv"'),
        ]
    headers = [pair for pair in headers if pair[0].lower() != b"content-length"]
    headers.append((b"content-length", str(len(told)).encode()))
    await send({**start, "headers": headers})
    await send({"type": "http.response.body", "body": told})


_REPLACED: Final = (b"content-type", b"content-disposition")


def plain_cells(text: str) -> str:
    """The same table, a ``'`` before what a spreadsheet would compute. Numbers stay numbers.

    What a terminal would obey is left out.
    """
    csv.field_size_limit(max(csv.field_size_limit(), len(text)))
    out = io.StringIO()
    writer = csv.writer(out)
    for row in csv.reader(io.StringIO(text, newline="")):
        writer.writerow([_plain(cell) for cell in row])
    return out.getvalue()


def _plain(cell: str) -> str:
    cell = OBEYED.sub("", cell)
    begins = cell.lstrip(" \u00a0\ufeff\u200b")
    return f"'{cell}" if begins.startswith(_FORMULA) and not _is_number(cell) else cell


def _is_number(cell: str) -> bool:
    return cell.isascii() and cell.removeprefix("-").replace(".", "", 1).isdigit()
