"""The interface words that the code and the templates of reports use, found in their source."""

from collections.abc import Iterator
from pathlib import Path

from babel.messages.extract import extract
from jinja2 import Environment
from jinja2.ext import extract_from_ast

from monitor.render import words

RENDER = Path(words.__file__).parent
KEYWORDS = {"say": None, "put": None, "gettext": None, "count": (1, 2)}
TABLES = (
    words.KINDS,
    words.FIELD_NAMES,
    words.WEIGHT_NAMES,
    words.REASON_NAMES,
    words.PROBLEMS,
)
Message = str | tuple[str, str]


def used() -> set[Message]:
    """Every text, or singular and plural, that a catalog must have."""
    tables = {text for table in TABLES for text in table.values()}
    return tables | {words.LEFT_OUT, words.ALL_LEFT_OUT} | set(_called())


def _called() -> Iterator[Message]:
    for path in sorted(RENDER.glob("*.py")):
        with path.open("rb") as source:
            for _, message, *_ in extract("python", source, keywords=KEYWORDS):
                yield message if isinstance(message, str) else (message[0], message[1])
    for path in sorted((RENDER / "templates").glob("*.[hs][tv][mg]*")):
        parsed = Environment().parse(path.read_text(encoding="utf-8"))
        for _, _, found in extract_from_ast(parsed, ("say", "put", "count")):
            texts = [text for text in ([found] if isinstance(found, str) else found) if text]
            if texts:
                yield texts[0] if len(texts) == 1 else (texts[0], texts[1])
