"""How a crawl may end (Scrapy's ``finish_reason``)."""

from typing import Final

GOOD_ENDS: Final = frozenset({"finished", "budget_spent", "told_to_wait"})
"""The run ended by itself; what its sources listed is known, and a later run goes on."""
