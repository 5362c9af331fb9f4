"""The interface words that the code and the templates of reports use, found in their source."""

import ast
from collections.abc import Iterator
from pathlib import Path

from jinja2 import Environment
from jinja2.ext import extract_from_ast

from monitor.render import link_items, link_words, words

RENDER = Path(words.__file__).parent
CALLS = ("say", "put", "count")
TABLES = (
    words.KINDS,
    words.FIELD_NAMES,
    words.WEIGHT_NAMES,
    words.REASON_NAMES,
    words.PROBLEMS,
    link_words.NOTES,
    link_words.DRIFTS,
    link_items.GROUPS,
)
Message = str | tuple[str, str]


def used() -> set[Message]:
    """Every text, or singular and plural, that a catalog must have."""
    tables = {text for table in TABLES for text in table.values()}
    return (
        tables
        | {words.LEFT_OUT, words.ALL_LEFT_OUT, link_items.HEADING, link_words.FOLLOWED}
        | set(_called())
    )


def _called() -> Iterator[Message]:
    for path in sorted(RENDER.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and _name(node.func) in CALLS:
                texts = [one.value for one in node.args if isinstance(one, ast.Constant)]
                yield from _message([text for text in texts if isinstance(text, str)])
    for path in sorted((RENDER / "templates").glob("*.[hs][tv][mg]*")):
        parsed = Environment().parse(path.read_text(encoding="utf-8"))
        for _, _, found in extract_from_ast(parsed, CALLS):
            yield from _message([found] if isinstance(found, str) else list(found or ()))


def _name(called: ast.expr) -> str:
    if isinstance(called, ast.Attribute):
        return called.attr
    return called.id if isinstance(called, ast.Name) else ""


def _message(texts: list[str | None]) -> Iterator[Message]:
    told = [text for text in texts if text]
    if told:
        yield told[0] if len(told) == 1 else (told[0], told[1])
