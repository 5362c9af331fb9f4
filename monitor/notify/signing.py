"""Signatures by which a receiver knows that a message is ours and fresh. Pure."""

import hashlib
import hmac
from collections.abc import Mapping
from datetime import datetime
from typing import Final

KEY: Final = "Idempotency-Key"
TIMESTAMP: Final = "X-Baowatch-Timestamp"
SIGNATURE: Final = "X-Baowatch-Signature"


def signed_headers(body: bytes, *, key: str, secret: str, now: datetime) -> dict[str, str]:
    """The headers of a message: its key, the moment, and the signature of moment and body."""
    timestamp = str(int(now.timestamp()))
    return {
        KEY: key,
        TIMESTAMP: timestamp,
        SIGNATURE: f"sha256={signature(body, timestamp=timestamp, secret=secret)}",
    }


def signature(body: bytes, *, timestamp: str, secret: str) -> str:
    """HMAC-SHA256 by the shared secret over ``timestamp`` + ``.`` + ``body``, in hexadecimal."""
    message = timestamp.encode("ascii") + b"." + body
    return hmac.new(secret.encode(), message, hashlib.sha256).hexdigest()


def is_signed(
    body: bytes, headers: Mapping[str, str], *, secret: str, now: datetime, tolerance: int = 300
) -> bool:
    """What a receiver should ask: signed by the secret, at most ``tolerance`` seconds ago."""
    timestamp, given = headers.get(TIMESTAMP, ""), headers.get(SIGNATURE, "")
    if not timestamp.isascii() or not timestamp.isdigit():
        return False
    expected = f"sha256={signature(body, timestamp=timestamp, secret=secret)}"
    is_fresh = abs(now.timestamp() - int(timestamp)) <= tolerance
    return is_fresh and hmac.compare_digest(given.encode(), expected.encode())
