"""One request and its answer as they went over the wire, for archives. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

EXCHANGES: Final = "exchanges"
"""Of a request's meta: the list to which each hop of it is added, where it is wanted."""
REDIRECTS: Final = range(300, 400)

Fields = tuple[tuple[bytes, bytes], ...]


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Exchange:
    """``url`` is the real address, under a replica too; ``body`` as received, only without
    chunks, so that its content encoding still stands.

    ``truncated``: why the body is known to be cut (a word of the WARC standard), else empty.
    """

    url: str
    at: datetime
    target: bytes
    asked: Fields
    status: int
    answered: Fields
    body: bytes
    protocol: str = "HTTP/1.1"
    ip_address: str = ""
    truncated: str = ""

    def __repr__(self) -> str:
        return f"<Exchange {self.status} {self.url} {len(self.body)} bytes>"


def chain(exchanges: Sequence[Exchange]) -> tuple[Exchange, ...]:
    """The redirects that led to the last answer, and this; tries that were repeated are not."""
    return tuple(one for one in exchanges[:-1] if one.status in REDIRECTS) + tuple(exchanges[-1:])
