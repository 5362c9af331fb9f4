"""The originals, compressed: what is needed to read a page again with tomorrow's rules."""

import hashlib
import sys
from typing import Final

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

ENCODING: Final = "zstd"
LEVEL: Final = 3


def sha256(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


def compressed(body: bytes) -> bytes:
    return zstd.compress(body, LEVEL)


def decompressed(body: bytes, encoding: str) -> bytes:
    """The original bytes. Raises ValueError for an encoding this version does not know."""
    if encoding != ENCODING:
        raise ValueError(f"snapshot encoding {encoding!r} is not known to this baowatch")
    return zstd.decompress(body)
