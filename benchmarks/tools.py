"""What other tools make of a page: the text that they would compare."""

from collections.abc import Callable

import html2text
from lxml.html import HtmlElement
from readability import Document
from trafilatura import bare_extraction, extract

from crawlers.markup import decoded_text, parse
from pipelines.normalise import comparable

Tool = Callable[[str], str]


def trafilatura_default(markup: str) -> str:
    return extract(markup) or ""


def trafilatura_precision(markup: str) -> str:
    return extract(markup, favor_precision=True) or ""


def plain_html2text(markup: str) -> str:
    reader = html2text.HTML2Text(bodywidth=0)
    reader.ignore_links = reader.ignore_images = True
    return reader.handle(markup)


def readability(markup: str) -> str:
    document = Document(markup)
    return f"{document.title()}\n{_text(parse(document.summary().encode()))}"


def visible_text(markup: str) -> str:
    return _text(parse(markup.encode()).find(".//body"))


def _text(tree: HtmlElement) -> str:
    for hidden in list(tree.iter("script", "style", "noscript", "template")):
        hidden.drop_tree()
    return tree.text_content()


TOOLS: dict[str, Tool] = {
    "trafilatura": trafilatura_default,
    "  precision": trafilatura_precision,
    "html2text": plain_html2text,
    "readability": readability,
    "visible text": visible_text,
}

SETTINGS = {
    "trafilatura": {},
    "  precision": {"favor_precision": True},
    "  recall": {"favor_recall": True},
    "  fast": {"fast": True},
    "  with comments": {"include_comments": True},
    "  no tables": {"include_tables": False},
}
"""Of trafilatura: comments off and no metadata unless they are named."""


def text_of(tool: str, body: bytes) -> str:
    """The text that ``tool`` compares, spacing and Unicode form unified for all alike."""
    return comparable(TOOLS[tool](decoded_text(body)))


def extracted(setting: str, body: bytes) -> str:
    """What trafilatura extracts in one of its settings."""
    options = {"include_comments": False, "with_metadata": False, **SETTINGS[setting]}
    return getattr(bare_extraction(decoded_text(body), **options), "text", None) or ""
