"""Scrapy's settings: the one ordered table of what a page goes through.

Whatever Scrapy does by default that is unsafe or rude is switched off here by name.
"""

import os
from contextlib import suppress
from datetime import timedelta
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from crawlers.clock import ORIGINS_VARIABLE, ClockError, clock_from_environment
from crawlers.robots import AGENT

_PROJECT = Path(__file__).parents[1]


def _refuse_namesakes() -> None:
    """Scrapy puts the project last on ``sys.path``, where an installed namesake hides it."""
    for name in ("crawlers", "pipelines", "monitor"):
        spec = find_spec(name)
        if spec is None or Path(spec.origin or "").parent != _PROJECT / name:
            raise SystemExit(
                f"baowatch: the package {name!r} that Python finds is not this project's "
                f"({spec.origin if spec else 'none'}). Uninstall the other, or start Scrapy as "
                f"`python -m scrapy` in {_PROJECT}."
            )


def _patience() -> float:
    """Seconds for an answer. A fast clock waits less, but no machine answers in no time."""
    patience = timedelta(seconds=60)
    with suppress(ClockError):  # told where the clock is asked
        return max(clock_from_environment(os.environ).wait_seconds(patience), 5.0)
    return patience.total_seconds()


_refuse_namesakes()

BOT_NAME = AGENT
SPIDER_MODULES: list[str] = []
SPIDER_LOADER_CLASS = "crawlers.loader.SiteLoader"
COMMANDS_MODULE = "crawlers.commands"

# Ours
BAOWATCH_CONFIG = os.environ.get("BAOWATCH_CONFIG") or str(_PROJECT / "config")
BAOWATCH_STORE = os.environ.get("BAOWATCH_STORE") or "baowatch.db"
BAOWATCH_FREE_DISK_MB = os.environ.get("BAOWATCH_FREE_DISK_MB") or 200  # else no run
BAOWATCH_PREFLIGHT = "pipelines.disk.preflight"  # refuses an unusable store in one line
BAOWATCH_LEDGER = "pipelines.ledger.StoreLedger"
BAOWATCH_LEDGER_STORE = ""  # empty: BAOWATCH_STORE; a probe's ledger is not in its own store
BAOWATCH_ROBOTS_COPIES = "pipelines.ledger.StoreRobotsCopies"
BAOWATCH_CONTACT = os.environ.get("BAOWATCH_CONTACT") or "https://baowatch.example/contact"

# Who we are. The default contact reaches nobody (RFC 2606): whoever crawls gives their own.
USER_AGENT = f"{AGENT}/{version('baowatch')} (+{BAOWATCH_CONTACT})"
DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "vi,en;q=0.5",
}

# The stages, from the engine to the wire. None switches one of Scrapy's off.
_SCRAPY = "scrapy.downloadermiddlewares"
DOWNLOADER_MIDDLEWARES = {
    "crawlers.unanswered.Unanswering": 10,  # a failed fetch → an answer of status 0
    "crawlers.guard.Guard": 50,  # scheme, host and port of every hop
    "crawlers.obedience.Obedience": 100,  # robots.txt
    # 350 DownloadTimeout, 400 DefaultHeaders, 500 UserAgent, 550 Retry: Scrapy's
    "crawlers.hops.Unpacking": 590,  # content decoding, bounded and strict
    "crawlers.hops.Redirects": 600,  # five hops, without Referer
    # 850 DownloaderStats: Scrapy's
    f"{_SCRAPY}.offsite.OffsiteMiddleware": None,  # the guard does it, for dont_filter too
    f"{_SCRAPY}.robotstxt.RobotsTxtMiddleware": None,  # takes a 503 page for rules
    f"{_SCRAPY}.httpauth.HttpAuthMiddleware": None,
    f"{_SCRAPY}.redirect.MetaRefreshMiddleware": None,  # a page must not move us
    f"{_SCRAPY}.redirect.RedirectMiddleware": None,
    f"{_SCRAPY}.httpcompression.HttpCompressionMiddleware": None,  # keeps half a body
    f"{_SCRAPY}.cookies.CookiesMiddleware": None,
    f"{_SCRAPY}.httpproxy.HttpProxyMiddleware": None,  # obeys proxy variables
    f"{_SCRAPY}.httpcache.HttpCacheMiddleware": None,  # stale pages as fresh ones
}
DOWNLOAD_HANDLERS = {
    "http": "crawlers.wire.Wire",  # in its turn, to the place it may go
    "https": "crawlers.wire.Wire",
    "data": None,
    "file": None,
    "ftp": None,
    "s3": None,
}
SPIDER_MIDDLEWARES = {
    "pipelines.due.DueArticles": 500,  # Listings and Failures into the store, due articles out
    "scrapy.spidermiddlewares.referer.RefererMiddleware": None,
    "scrapy.spidermiddlewares.depth.DepthMiddleware": None,  # the sources bound themselves
}
ITEM_PIPELINES = {
    "pipelines.stages.KnownBytes": 100,  # 304 or the same bytes: nothing to read
    "pipelines.stages.Record": 200,  # read, compare; version, look, change
    "pipelines.archiving.Archive": 250,  # -a warc=DIR
    "pipelines.stages.Tell": 300,  # what -O exports
}
EXTENSIONS = {
    "pipelines.runs.RunRecorder": 0,  # the run's row
    "pipelines.disk.DiskGuard": 0,  # ends a run before the disk is full
    "crawlers.turns.Turns": 0,  # when the site may be asked again
    "crawlers.outage.Outage": 0,  # a site that does not answer is left alone
    "scrapy.extensions.telnet.TelnetConsole": None,
    "scrapy.extensions.remote_control.RemoteControl": None,
    "scrapy.extensions.throttle.AutoThrottle": None,
    "scrapy.extensions.spiderstate.SpiderState": None,
}

# One request at a time for a site, in the order asked; Turns does the waiting.
CONCURRENT_REQUESTS = 1
CONCURRENT_REQUESTS_PER_DOMAIN = 1
DOWNLOAD_DELAY = 0
DUPEFILTER_CLASS = "scrapy.dupefilters.BaseDupeFilter"  # the store is the memory
SCHEDULER_PRIORITY_QUEUE = "scrapy.pqueues.ScrapyPriorityQueue"
SCHEDULER_MEMORY_QUEUE = "scrapy.squeues.FifoMemoryQueue"
JOBDIR = None  # loses most of a killed crawl

# Bounds
DOWNLOAD_MAXSIZE = 5_000_000
DOWNLOAD_WARNSIZE = 0
DOWNLOAD_TIMEOUT = _patience()
DOWNLOAD_FAIL_ON_DATALOSS = True  # half a page is no page
DNS_TIMEOUT = 20
REDIRECT_MAX_TIMES = 5
RETRY_TIMES = 1
RETRY_HTTP_CODES = [429, 503]  # after the wait that was asked for
RETRY_PRIORITY_ADJUST = 1000  # the same request next, before any other
RETRY_GIVE_UP_LOG_LEVEL = "INFO"
URLLENGTH_LIMIT = 2083
MEMUSAGE_LIMIT_MB = 1500

# Safety
DOWNLOAD_VERIFY_CERTIFICATES = True  # exceptions: insecure_tls of a site file
TWISTED_DNS_RESOLVER = "crawlers.names.PublicNames"
TWISTED_REACTOR = "twisted.internet.asyncioreactor.AsyncioSelectorReactor"
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False
COOKIES_ENABLED = False
HTTPCACHE_ENABLED = False
METAREFRESH_ENABLED = False
REFERER_ENABLED = False
HTTPPROXY_ENABLED = False
HTTPERROR_ALLOW_ALL = True  # every status is an answer; the spider says which

# Logs and exports
LOG_LEVEL = "INFO"
LOG_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"
LOG_DATEFORMAT = "%H:%M:%S"
LOG_VERSIONS: list[str] = []
LOG_FORMATTER = "crawlers.logs.ShortLines"
FEED_EXPORT_ENCODING = "utf-8"
if os.environ.get(ORIGINS_VARIABLE):
    LOG_FORMAT = "%(asctime)s %(levelname)s %(name)s (replica): %(message)s"
