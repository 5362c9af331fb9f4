"""Names that a probe's parent and its child share."""

from typing import Final

FOLDER: Final = "BAOWATCH_PROBING"
"""Scrapy setting: the folder into which the child writes what came back."""
ARTICLES: Final = "BAOWATCH_PROBING_ARTICLES"
"""Scrapy setting: how many articles to fetch."""
RESULT: Final = "found.json"
