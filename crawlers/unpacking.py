"""Content decoding, bounded and strict: half an answer must never pass for a whole page.

Scrapy's own keeps what it could unpack of a broken body, which would read as an edit.
"""

import sys
import zlib
from collections.abc import Callable, Iterable

import brotli  # type: ignore[import-untyped]

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

ACCEPTED = "gzip, deflate, br, zstd"
MOST_MEMBERS = 64
_STEP = 65_536


class Broken(ValueError):
    """The body is not, or not to its end, in the encoding it claims."""


class TooLarge(ValueError):
    """The body unpacks to more than the cap."""


def unpack(body: bytes, encodings: Iterable[str], cap: int) -> bytes:
    """``body`` with the encodings of ``Content-Encoding`` undone, the last first.

    Raises Broken and TooLarge (more than ``cap`` bytes).
    """
    for name in reversed([name.strip().lower() for name in encodings]):
        if name in ("", "identity") or not body:
            continue
        unpacked = _DECODERS.get(name)
        if unpacked is None:
            raise Broken(f"unknown encoding {name!r}")
        try:
            body = unpacked(body, cap)
        except (zlib.error, brotli.error, zstd.ZstdError, EOFError) as error:
            raise Broken(f"not {name}: {error}") from error
    return body


def _gzip(body: bytes, cap: int) -> bytes:
    text, members = bytearray(), 0
    while body.startswith(b"\x1f\x8b") or not members:  # a file may have several
        members += 1
        if members > MOST_MEMBERS:
            raise Broken(f"more than {MOST_MEMBERS} members")
        part, body = _inflated(body, cap - len(text), wbits=31)
        text += part
    return bytes(text)


def _deflate(body: bytes, cap: int) -> bytes:
    try:
        return _inflated(body, cap, wbits=15)[0]
    except zlib.error:  # raw, as some servers send it
        return _inflated(body, cap, wbits=-15)[0]


def _inflated(body: bytes, cap: int, *, wbits: int) -> tuple[bytes, bytes]:
    unpacker = zlib.decompressobj(wbits=wbits)
    text = unpacker.decompress(body, cap + 1)
    if len(text) > cap:
        raise TooLarge(f"more than {cap:,} bytes")
    if not unpacker.eof:
        raise Broken("breaks off")
    return text, unpacker.unused_data


def _brotli(body: bytes, cap: int) -> bytes:
    unpacker = brotli.Decompressor()
    pieces, size, given = [], 0, body
    while not unpacker.is_finished():
        piece = unpacker.process(given, output_buffer_limit=_STEP)
        given = b""
        size += len(piece)
        if size > cap:
            raise TooLarge(f"more than {cap:,} bytes")
        if not piece and not unpacker.is_finished():
            raise Broken("breaks off")
        pieces.append(piece)
    return b"".join(pieces)


def _zstd(body: bytes, cap: int) -> bytes:
    unpacker = zstd.ZstdDecompressor()
    text = unpacker.decompress(body, max_length=cap + 1)
    if len(text) > cap:
        raise TooLarge(f"more than {cap:,} bytes")
    if not unpacker.eof:
        raise Broken("breaks off")
    return bytes(text)


_DECODERS: dict[str, Callable[[bytes, int], bytes]] = {
    "gzip": _gzip,
    "x-gzip": _gzip,
    "deflate": _deflate,
    "br": _brotli,
    "zstd": _zstd,
}
