"""Which addresses may be links. Pure."""

import re
from typing import Final
from urllib.parse import quote, urlsplit

_UNFIT: Final = re.compile(r"[^\w!#$%&()*+,\-./:;=?@\[\]~]")
"""What would end an address, or break out of what it stands in; letters of any script stay."""


def web_address(url: str) -> str:
    """``url`` where a reader may follow it, else nothing: only http and https are links.

    Quotes, spaces, angle brackets and controls in it are percent-encoded.
    """
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not parts.netloc:
        return ""
    return _UNFIT.sub(lambda found: quote(found[0], errors="replace"), url.strip())
