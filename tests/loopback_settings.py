"""The project's settings with everything of the store left out, for crawls in tests."""

from crawlers.settings import *  # noqa: F403
from crawlers.settings import EXTENSIONS as _EXTENSIONS
from crawlers.settings import SPIDER_MIDDLEWARES as _SPIDER_MIDDLEWARES

EXTENSIONS = {k: v for k, v in _EXTENSIONS.items() if not k.startswith("pipelines.")}
SPIDER_MIDDLEWARES = {
    **{k: v for k, v in _SPIDER_MIDDLEWARES.items() if not k.startswith("pipelines.")},
    "loopback.Collect": 500,
}
ITEM_PIPELINES: dict[str, int] = {}
BAOWATCH_PREFLIGHT = ""
BAOWATCH_LEDGER = ""
BAOWATCH_ROBOTS_COPIES = ""
LOG_VERSIONS: list[str] = []
