"""CSS selectors of a site file on a parsed page. Pure."""

from collections.abc import Sequence
from functools import cache

from cssselect import HTMLTranslator
from lxml.html import HtmlElement


@cache
def _xpath(selector: str) -> str:
    return HTMLTranslator().css_to_xpath(selector)


def select(tree: HtmlElement, selectors: Sequence[str]) -> list[HtmlElement]:
    """The elements of the first selector that finds any, in the order of the page."""
    for selector in selectors:
        if found := tree.xpath(_xpath(selector)):
            return list(found)
    return []
