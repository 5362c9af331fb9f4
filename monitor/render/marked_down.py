"""Scraped text inside Markdown: shown as it is, and never markup."""

import re
import unicodedata
from typing import Final

from monitor.render.addresses import web_address

MAX_TITLE: Final = 400
_MARKUP: Final = re.compile(r"([\\`*_\[\]~|$^])")
_OPENERS: Final = ("#", "+", "=", "-")
_NUMBERED: Final = re.compile(r"^(\d+)(?=[.)](?:\s|$))")
_ADDRESS: Final = re.compile(
    r"(?i)(?<=https)(?=://)|(?<=http)(?=://)|(?<=ftp)(?=://)|(?<=www)(?=\.)"
)
_NO_ADDRESS: Final = re.compile(r"[\s<>\\]")


def escaped(text: str) -> str:
    """``text`` on one line, so that Markdown shows it as it is."""
    line = "".join(letter for letter in " ".join(text.split()) if _is_shown(letter))
    line = line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    line = _ADDRESS.sub("\\\\", _MARKUP.sub(r"\\\1", line))
    return _NUMBERED.sub(r"\1\\", f"\\{line}" if line[:1] in _OPENERS else line)


def _is_shown(letter: str) -> bool:
    return letter in "\u200c\u200d" or unicodedata.category(letter)[0] != "C"


def isolated(markdown: str) -> str:
    """``markdown`` in a direction of its own where it is written from right to left."""
    if any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in markdown):
        return f'<span dir="auto">{markdown}</span>'
    return markdown


def link(title: str, url: str) -> str:
    """A link where the address may be one, else the words alone."""
    words = isolated(escaped(title[:MAX_TITLE]) or escaped(url))
    address = web_address(url)
    if not address:
        return words
    return f"[{words}](<{_NO_ADDRESS.sub(lambda found: f'%{ord(found[0]):02X}', address)}>)"
