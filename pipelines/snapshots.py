"""The originals, compressed: what is needed to read a page again with tomorrow's rules. Pure.

A later page of an article is compressed against the former one (zstd with a prefix, RFC 8878)
where that is smaller, which costs hundreds of bytes instead of tens of thousands.
"""

import hashlib
import sys
from dataclasses import dataclass
from typing import Final, Literal

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

Encoding = Literal["zstd", "zstd-against", "removed"]
"""``zstd-against``: readable only with the page it is based on; ``removed``: no bytes any more."""

LEVEL: Final = 3
KEYFRAME_EVERY: Final = 20
"""Of so many pages in a row at least one stands alone."""
WIDEST_WINDOW: Final = 27
"""Logarithm of what a decoder reaches back to at most."""


class DamagedPage(ValueError):
    """Stored bytes that do not give the page they were made of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Packed:
    encoding: Encoding
    body: bytes


def sha256(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


def pack(body: bytes, former: bytes | None = None) -> Packed:
    """``body`` compressed, against ``former`` where there is one and that is smaller."""
    alone = zstd.compress(body, options=_options(len(body)))
    if former:
        reach = len(former) + len(body)
        against = zstd.compress(body, options=_options(reach), zstd_dict=_prefix(former))
        if len(against) < len(alone):
            return Packed(encoding="zstd-against", body=against)
    return Packed(encoding="zstd", body=alone)


def unpack(body: bytes, encoding: str, former: bytes | None = None) -> bytes:
    """The original bytes; raises DamagedPage when these are not to be had."""
    try:
        match encoding:
            case "zstd":
                return zstd.decompress(body)
            case "zstd-against" if former is not None:
                return zstd.decompress(body, zstd_dict=_prefix(former))
    except zstd.ZstdError as error:
        raise DamagedPage(f"the stored bytes are damaged ({error})") from error
    if encoding == "zstd-against":
        raise DamagedPage("the page that it is kept against cannot be had")
    raise DamagedPage(f"encoding {encoding!r} cannot be read by this baowatch")


def _prefix(former: bytes) -> tuple[zstd.ZstdDict, int]:
    prefix: tuple[zstd.ZstdDict, int] = zstd.ZstdDict(former, is_raw=True).as_prefix
    return prefix


def _options(reach: int) -> dict[int, int]:
    """A window that reaches over the page and the one before it, and a checksum in the frame."""
    window = max(10, min(WIDEST_WINDOW, reach.bit_length()))
    parameter = zstd.CompressionParameter
    return {
        parameter.compression_level: LEVEL,
        parameter.window_log: window,
        parameter.checksum_flag: 1,
    }
