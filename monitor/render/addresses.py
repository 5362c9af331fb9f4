"""Which addresses may be links. Pure."""

from urllib.parse import urlsplit


def web_address(url: str) -> str:
    """``url`` where a reader may follow it, else nothing: only http and https are links."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    return url.strip() if parts.scheme in ("http", "https") and parts.netloc else ""
