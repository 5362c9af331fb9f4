"""The hosts of a site in one run: one that is dead costs two requests, and ends nothing.

A portal that moved may leave a host behind that answers no more. That is no outage of the
site; the articles that stand there are put off, and the others are asked for.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from typing import Final
from urllib.parse import urlsplit

from crawlers.page import Failure
from crawlers.site import Site
from pipelines.changes import ArticleRow
from pipelines.desk import Desk
from pipelines.store import planning

SILENT_AFTER: Final = 2
"""Requests in a row without an answer; as many are sent at once to a host not heard of yet."""
PUT_OFF: Final = timedelta(hours=12)
SILENCE: Final = ("unreachable", "robots_unreachable")


class Hosts:
    """Which of a site's hosts answered this run, and which did not."""

    def __init__(self) -> None:
        self._heard: set[str] = set()
        self._missed: Counter[str] = Counter()

    def heard(self, *urls: str) -> None:
        """These addresses answered; one that redirects did, too."""
        for host in filter(None, map(host_of, urls)):
            self._heard.add(host)
            self._missed.pop(host, None)

    def missed(self, desk: Desk, failure: Failure) -> None:
        """No answer: what else is due on a host that is silent is put off."""
        host = host_of(failure.url)
        if failure.source is not None or failure.reason not in SILENCE:
            return
        self._missed[host] += 1
        self._heard.discard(host)
        if self._missed[host] < SILENT_AFTER or not self._heard or _is_home(host, desk.site):
            return  # alone, or as the whole site is: an outage, which ends the run
        with desk.store.writing() as db:
            now = desk.now()
            planning.put_off_host(db, desk.site_id, host, now=now, until=now + PUT_OFF)

    def few_of_each(self, site: Site, due: Sequence[ArticleRow]) -> list[ArticleRow]:
        """The articles in their order, but none of a silent host and few of one not heard of."""
        chosen: list[ArticleRow] = []
        asked = Counter(self._missed)
        for row in due:
            host = host_of(row.url)
            asked[host] += 1
            if _is_home(host, site) or host in self._heard or asked[host] <= SILENT_AFTER:
                chosen.append(row)
        return chosen


def _is_home(host: str, site: Site) -> bool:
    return host == host_of(site.home)


def host_of(url: str) -> str:
    """The host of an address without ``www.``; they are taken for one."""
    return (urlsplit(url).hostname or "").removeprefix("www.")
