"""A site: who publishes, where its articles stand, how to read them (read by ``sitefile``)."""

import re
from datetime import date
from functools import cached_property
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from cssselect import SelectorError
from parsel.csstranslator import HTMLTranslator
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator


def _address(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError(f"{value!r} is not an address; write it as https://host/path")
    if parts.port is not None or parts.username is not None:
        raise ValueError(f"{value!r}: portals are met on their usual ports and without a password")
    return value


def _pattern(value: str) -> str:
    try:
        re.compile(value)
    except re.error as error:
        raise ValueError(f"{value!r} is not a regular expression: {error}") from error
    return value


def _path_pattern(value: str) -> str:
    unknown = set(re.compile(_pattern(value)).groupindex) - {"id", "published"}
    if unknown:
        raise ValueError(
            f"{value!r} names the group {min(unknown)!r}; only 'id' and 'published' mean something"
        )
    return value


def _selector(value: str) -> str:
    try:
        HTMLTranslator().css_to_xpath(value)
    except SelectorError as error:
        raise ValueError(f"{value!r} is not a CSS selector: {error}") from error
    return value


def _host(value: str) -> str:
    if value != value.lower() or not re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)+", value):
        raise ValueError(f"{value!r} is not a host name; write it like baoninhbinh.org.vn")
    return value


def _timezone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (OSError, ValueError, ZoneInfoNotFoundError) as error:
        raise ValueError(f"{value!r} is no time zone; write it like Asia/Ho_Chi_Minh") from error
    return value


def _next_page(value: str) -> str:
    if value and "{page}" not in value:
        raise ValueError(f"{value!r} does not say where the page's number goes; write {{page}}")
    return _address(value) if value else value


Address = Annotated[str, AfterValidator(_address)]
Pattern = Annotated[str, AfterValidator(_pattern)]
PathPattern = Annotated[str, AfterValidator(_path_pattern)]
Selector = Annotated[str, AfterValidator(_selector)]
Host = Annotated[str, AfterValidator(_host)]


class StrictModel(BaseModel):
    """Frozen, and refuses keys that it does not know and numbers that are none."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, allow_inf_nan=False, ignored_types=(cached_property,)
    )


class ArticleAddress(StrictModel):
    r"""One form of the site's article addresses.

    ``path`` is matched against the whole path, percent-decoded (and, where it contains
    ``\?``, against path and query). A group ``id`` is the article's stable identity on
    the site; without one its canonical address is. A group ``published`` holds the local
    publication time as digits ``YYYYMMDDHHMM…``, used where the page itself gives none.
    """

    path: PathPattern
    note: str = ""


class SourceFile(StrictModel):
    """A place that lists addresses of articles."""

    url: Address
    kind: Literal["feed", "sitemap", "listing"]
    pages: int = Field(default=1, ge=1, le=50, description="listing pages to read at most")
    next_page: Annotated[str, AfterValidator(_next_page)] = Field(
        default="", description="address of a further page, with {page} for its number"
    )
    note: str = ""


class Selectors(StrictModel):
    """Where the parts of an article stand: CSS selectors, tried in order."""

    title: tuple[Selector, ...] = ()
    lead: tuple[Selector, ...] = ()
    body: tuple[Selector, ...] = ()
    captions: tuple[Selector, ...] = ()
    author: tuple[Selector, ...] = ()
    published: tuple[Selector, ...] = ()


class NoiseRule(StrictModel):
    """Something on the site's pages that is not the article. Give one of the three."""

    why: str = Field(min_length=1)
    selector: Selector | None = Field(default=None, description="elements to leave out")
    line: Pattern | None = Field(default=None, description="a block that matches as a whole")
    prefix: Pattern | None = Field(default=None, description="removed at the start of lead or text")

    @model_validator(mode="after")
    def _one_of_three(self) -> Self:
        if [self.selector, self.line, self.prefix].count(None) != 2:
            raise ValueError("give exactly one of selector, line and prefix")
        return self


class InsecureTls(StrictModel):
    """Certificates that are accepted although they cannot be verified."""

    hosts: tuple[Host, ...]
    why: str = Field(min_length=1)


class Predecessor(StrictModel):
    """A paper that this one took over; its host is one of the site's from then on.

    Without ``articles`` its addresses have the forms of the site's own, and an ``id`` in them
    means nothing: two papers counted their articles each by itself. A group ``id`` in a form of
    its own says that the successor kept the numbers.
    """

    host: Host
    title: str = Field(min_length=1)
    until: date | None = Field(default=None, description="its last day, where known")
    why: str = Field(min_length=1, description="what says that it was taken over")
    platform: str = Field(default="", description="whose forms of addresses follow its own")
    articles: tuple[ArticleAddress, ...] = ()


class Expect(StrictModel):
    """What a day of the site usually brings; what is not given is learned."""

    articles_per_day: tuple[int, int] | None = Field(
        default=None, description="new articles in a day: the least and the most, like [3, 200]"
    )
    min_characters: int | None = Field(
        default=None, ge=1, description="an article's text is hardly ever shorter"
    )

    @model_validator(mode="after")
    def _least_before_most(self) -> Self:
        if self.articles_per_day:
            least, most = self.articles_per_day
            if not 0 <= least <= most:
                raise ValueError(f"[{least}, {most}] is no range; write the least, then the most")
        return self


class Site(StrictModel):
    """A portal. Its name is the stem of its file's name."""

    name: str = Field(pattern=r"^[a-z][a-z0-9_]{1,39}$")
    title: str
    home: Address
    hosts: tuple[Host, ...] = Field(default=(), description="further hosts of the same portal")
    province: str = Field(default="", description="whose newspaper it is, as written there")
    platform: str = Field(
        default="", description="config/platforms/NAME.yml says what is not said here"
    )
    predecessors: tuple[Predecessor, ...] = ()
    languages: tuple[str, ...] = Field(default=("vi",), min_length=1)
    timezone: Annotated[str, AfterValidator(_timezone)] = "Asia/Ho_Chi_Minh"
    verified: date | Literal[False] = Field(
        description="the day on which `baowatch check` passed on the live site, or false"
    )
    translates: bool = Field(default=False, description="republishes others in translation")
    articles: tuple[ArticleAddress, ...] = Field(min_length=1)
    not_articles: tuple[Pattern, ...] = Field(default=(), description="paths that only look so")
    sources: tuple[SourceFile, ...] = ()
    pages: tuple[Address, ...] = Field(default=(), description="articles to fetch in any case")
    selectors: Selectors = Selectors()
    noise: tuple[NoiseRule, ...] = ()
    delay: float = Field(default=5.0, ge=1.0, description="seconds between requests, at least")
    requests_per_hour: int = Field(default=360, ge=1, le=3600)
    insecure_tls: InsecureTls | None = None
    expect: Expect = Expect()
    note: str = ""

    @model_validator(mode="after")
    def _names_each_host_once(self) -> Self:
        named = (urlsplit(self.home).hostname or "", *self.hosts)
        own = {host.removeprefix("www.") for host in named}
        for number, one in enumerate(self.predecessors):
            bare = one.host.removeprefix("www.")
            if bare in own:
                raise ValueError(
                    f"{one.host!r} is named twice, at the last under 'predecessors.{number}.host'; "
                    "leave it in one place"
                )
            own.add(bare)
        return self

    @model_validator(mode="after")
    def _stays_on_its_hosts(self) -> Self:
        named = [*self.pages, *(source.url for source in self.sources)]
        named += [source.next_page for source in self.sources if source.next_page]
        hosts = [urlsplit(address).hostname or "" for address in named]
        for host in [*hosts, *(self.insecure_tls.hosts if self.insecure_tls else ())]:
            if host not in self.all_hosts:
                raise ValueError(f"{host!r} is not a host of the site; add it under 'hosts'")
        return self

    @cached_property
    def all_hosts(self) -> frozenset[str]:
        """Every host of the site, lower case, predecessors' too, each with and without ``www.``"""
        named = (*self.hosts, *(one.host for one in self.predecessors))
        hosts = {urlsplit(self.home).hostname or "", *(host.lower() for host in named)}
        bare = {host.removeprefix("www.") for host in hosts}
        return frozenset(bare | {f"www.{host}" for host in bare})

    def forms_at(self, host: str) -> tuple[ArticleAddress, ...]:
        """The forms of article addresses on one of the site's hosts."""
        former = self._former.get(host.removeprefix("www."))
        return former.articles if former and former.articles else self.articles

    def counts_alone(self, host: str) -> bool:
        """Whether ids in the addresses of ``host`` are not in one range with the site's."""
        former = self._former.get(host.removeprefix("www."))
        return former is not None and not former.articles

    @cached_property
    def _former(self) -> dict[str, Predecessor]:
        return {one.host.removeprefix("www."): one for one in self.predecessors}
