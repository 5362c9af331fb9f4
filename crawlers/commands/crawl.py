"""``scrapy crawl SITE``, refusing what is wrong with one line and exit status 2."""

import argparse
import difflib
import logging
import os
import sys
from pathlib import Path

from scrapy import Spider
from scrapy.commands.crawl import Command as ScrapyCrawl
from scrapy.crawler import Crawler
from scrapy.utils.misc import load_object

from crawlers.arguments import ArgumentError, parse_arguments
from crawlers.clock import ClockError, clock_from_environment
from crawlers.ends import GOOD_ENDS
from crawlers.errors import UserError
from crawlers.loader import sites_folder
from crawlers.origins import OriginsError, origins_from_environment
from crawlers.sitefile import SiteError, load_site

_TALKATIVE = ("scrapy.middleware", "scrapy.crawler", "scrapy.addons")
"""They list all settings and stages at every start."""


class UnknownSite(ValueError):
    """There is no file for a site of this name."""


class Command(ScrapyCrawl):
    """Checked before anything starts, so that the line stands alone."""

    _begun: Crawler | None = None

    def syntax(self) -> str:
        return "[options] <site>"

    def short_desc(self) -> str:
        return "Crawl a site: its sources, and its articles that are due"

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        super().process_options(args, opts)
        assert self.settings is not None, "Scrapy gives a command its settings"
        if len(args) != 1:
            return  # Scrapy prints the usage
        try:
            clock_from_environment(os.environ)
            origins = origins_from_environment(os.environ)
            site = load_site(_file_of(args[0], sites_folder(self.settings)))
            parse_arguments(opts.spargs, site)
            if self.settings["BAOWATCH_PREFLIGHT"]:
                load_object(self.settings["BAOWATCH_PREFLIGHT"])(self.settings)
        except (
            ArgumentError,
            ClockError,
            OriginsError,
            SiteError,
            UnknownSite,
            UserError,
        ) as error:
            sys.stderr.write(f"baowatch: {error}\n")
            raise SystemExit(2) from error
        if origins is None and not os.environ.get("BAOWATCH_CONTACT"):
            sys.stderr.write(
                "baowatch: warning: BAOWATCH_CONTACT is not set, so the portal cannot reach you; "
                "set it to an address of yours, https://… or mailto:…\n"
            )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        assert self.settings is not None, "Scrapy gives a command its settings"
        if self.settings["LOG_LEVEL"] != "DEBUG":
            for name in _TALKATIVE:
                logging.getLogger(name).setLevel(logging.WARNING)
        super().run(args, opts)
        if self._begun is not None and self._begun.stats is not None:
            reason = self._begun.stats.get_value("finish_reason")
            self.exitcode = self.exitcode or int(reason not in GOOD_ENDS)

    def _create_crawler(self, spidercls: type[Spider] | str) -> Crawler:
        self._begun = super()._create_crawler(spidercls)
        return self._begun


def _file_of(name: str, folder: Path) -> Path:
    path = folder / f"{name}.yml"
    known = sorted(file.stem for file in folder.glob("*.yml"))
    if name in known:
        return path
    near = difflib.get_close_matches(name, known, n=3, cutoff=0.5) or known
    advice = f"did you mean {' or '.join(near)}?" if near else f"{folder} holds no site files."
    raise UnknownSite(f"unknown site {name!r}; {advice}")
