"""Numbers of documents, "57-KL/TW" or "09/2017/NĐ-CP", which survive translation. Pure."""

import re
from typing import Final

from pipelines.normalise import fold

DOCUMENT: Final = re.compile(
    r"(?<![\w/.-])\d{1,5}(?:/\d{4}/|[-/]|\s[-–]\s?)"
    r"[A-ZĐÐ]{1,6}[a-z]{0,3}\d?(?:[-/][A-ZĐÐ][A-ZĐÐa-zđ&]{0,7}){1,3}(?!\w)"
    r"|(?<![\w/.-])\d{1,5}/\d{4}/[A-ZĐÐ]{2,6}\d{0,2}(?!\w)"
)
"""In a text with ASCII digits. A number with its unit ("20ha") is none."""


def document_key(written: str) -> str:
    """Equal for numbers that differ only in case, diacritics, dashes and spaces."""
    return fold(written.replace("–", "-")).replace(" ", "")
