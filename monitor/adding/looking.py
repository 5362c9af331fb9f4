"""A portal that no file describes, looked at: its sources first, then pages of each shape.

Both looks are crawls of a provisional site under which every address may be an article's, by
the one engine. The pages come back as they were, and what they are is decided here.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final
from urllib.parse import urljoin

import yaml
from lxml.html import HtmlElement

from crawlers.discovery import canonical_address
from crawlers.listings import read_listing
from crawlers.markup import Unparsable, parse
from crawlers.page import Link, Page, SourceKind, Validators
from crawlers.site import ArticleAddress, Selectors, Site, SourceFile
from crawlers.structured import Structured, read_structured
from monitor.adding.forms import Seen, Verdict, samples, seen_in
from monitor.adding.titles import title_selector
from monitor.probing import ArticleProbe, Probe, ProbeOrder, SourceProbe, probe_site
from monitor.project import Project
from pipelines.reading import Reading, read

COMMON_FEEDS: Final = ("/rss/home.rss", "/rss", "/feed", "/rss.xml", "/home.rss")
ANY: Final = (ArticleAddress(path=r"/.*\?.+"), ArticleAddress(path="/.*"))
NONE: Final = (ArticleAddress(path="(?!)"),)
LEAST_CHARACTERS: Final = 200


class NothingFound(Exception):
    """The portal could not be looked at; the message says why and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Met:
    """A page that was fetched. ``page`` is None where nothing came."""

    probe: ArticleProbe
    page: Page | None
    reading: Reading | None
    verdict: Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """A probe and the folder that holds the answers as they came."""

    probe: Probe
    folder: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """All that two looks brought; ``site`` is the provisional one."""

    site: Site
    sources: Probe
    home: Page
    structured: Structured
    page_title: str
    declared_language: str
    seen: tuple[Seen, ...]
    pages: tuple[Met, ...]
    title_selector: str = ""

    @property
    def verdicts(self) -> dict[str, Verdict]:
        return {met.probe.url: met.verdict for met in self.pages}


async def look(
    project: Project, name: str, home: str, url: str, environment: Mapping[str, str]
) -> Looked:
    """Look at the portal of ``home``; ``url`` is any page of it.

    Raises NothingFound, StoreError.
    """
    with TemporaryDirectory(prefix="baowatch-") as scratch:
        url = canonical_address(url, provisional(name, home, home))
        site = provisional(name, home, url)
        apart = replace(project, config=_configuration(Path(scratch), site))
        folders = [Path(scratch) / name for name in ("sources", "pages")]
        for folder in folders:
            folder.mkdir()
        order = ProbeOrder(site=site, articles=0, folder=folders[0], environment=environment)
        first = Answers(probe=await probe_site(apart, order), folder=folders[0])
        front_page(site, first)
        wanted = worth_reading(site, first, url)
        if not wanted:
            return put_together(site, first, None)
        probe = await probe_site(apart, replace(order, urls=wanted, folder=folders[1]))
        return put_together(site, first, Answers(probe=probe, folder=folders[1]))


def worth_reading(site: Site, first: Answers, url: str) -> tuple[str, ...]:
    """Addresses of the second look: some of each shape, and the one that was given."""
    given = [url] if url != site.home else []
    return tuple(dict.fromkeys([*samples(seen_in(_links(site, first))), *given]))


def put_together(site: Site, first: Answers, second: Answers | None) -> Looked:
    """What two looks brought. Raises NothingFound."""
    page = front_page(site, first)
    seen = seen_in(_links(site, first))
    if second is not None and second.probe.problem:
        raise NothingFound(f"{site.home}: {second.probe.problem}")
    met = tuple(_met(one, site, second) for one in second.probe.articles) if second else ()
    pages, selector = _titled(met, seen, site)
    tree = _tree(page)
    if tree is None:
        raise NothingFound(f"{site.home}: its front page cannot be read as HTML")
    return Looked(
        site=site,
        sources=first.probe,
        home=page,
        structured=read_structured(tree),
        page_title=tree.findtext(".//title") or "",
        declared_language=(tree.get("lang") or "").lower().partition("-")[0],
        seen=seen,
        pages=pages,
        title_selector=selector,
    )


def provisional(name: str, home: str, url: str) -> Site:
    feeds = [SourceFile(url=urljoin(home, path), kind="feed") for path in COMMON_FEEDS]
    listings = [SourceFile(url=url, kind="listing")] if url != home else []
    return Site(
        name=name,
        title=name,
        home=home,
        verified=False,
        articles=ANY,
        sources=(*feeds, *listings),
    )


def _configuration(scratch: Path, site: Site) -> Path:
    """A folder of configuration with this one site."""
    folder = scratch / "config" / "sites"
    folder.mkdir(parents=True)
    keys = site.model_dump(mode="json", exclude={"name"}, exclude_defaults=True)
    written = yaml.safe_dump({"verified": False, **keys}, allow_unicode=True)
    (folder / f"{site.name}.yml").write_text(written, encoding="utf-8")
    return folder.parent


def front_page(site: Site, first: Answers) -> Page:
    """The portal's front page. Raises NothingFound."""
    probe = first.probe
    if probe.problem:
        raise NothingFound(f"{site.home}: {probe.problem}")
    if probe.robots is None:
        raise NothingFound(
            f"{site.home}: its robots.txt cannot be had, so nothing may be fetched. Is the address "
            "right? Try again later."
        )
    home = probe.home
    if home is None or home.reason or not home.saved:
        told = home.detail or home.reason if home else "no answer"
        raise NothingFound(f"{site.home}: {told}. Open it in a browser, then try again.")
    page = _page(home, site, first)
    if not home.final_url.startswith(("http://", "https://")) or _host(home) not in site.all_hosts:
        raise NothingFound(f"{site.home} leads to {home.final_url}: run baowatch add on that.")
    return page


def _host(source: SourceProbe) -> str:
    return source.final_url.split("/")[2].partition(":")[0].lower()


def _page(answer: SourceProbe | ArticleProbe, site: Site, answers: Answers) -> Page:
    return Page(
        site=site.name,
        url=answer.url,
        final_url=answer.final_url,
        status=answer.status,
        fetched_at=answers.probe.began_at,
        body=(answers.folder / answer.saved).read_bytes(),
        content_type=answer.content_type,
        validators=Validators(),
    )


def _links(site: Site, first: Answers) -> Iterator[tuple[Link, SourceKind]]:
    for source in first.probe.sources:
        if source.kind in ("home", "listing") and source.saved and not source.reason:
            page = _page(source, site, first)
            yield from ((link, source.kind) for link in _listed(page, site))
        else:
            yield from ((link, source.kind) for link in source.links)


def _listed(page: Page, site: Site) -> Iterable[Link]:
    try:
        tree = parse(page.body, page.content_type)
    except Unparsable:
        return ()
    return read_listing(tree, page.final_url, site).links


def _met(probe: ArticleProbe, site: Site, answers: Answers) -> Met:
    """What a page is, if it does not count that its address may be an article's."""
    if not probe.saved:
        return Met(probe=probe, page=None, reading=None, verdict="unread")
    page = _page(probe, site, answers)
    return _read(probe, page, site)


def _read(probe: ArticleProbe, page: Page, site: Site) -> Met:
    hinted = read(page, site)
    unhinted = read(page, site.model_copy(update={"articles": NONE}))
    return Met(probe=probe, page=page, reading=hinted, verdict=verdict(hinted, unhinted))


def verdict(hinted: Reading, unhinted: Reading) -> Verdict:
    """``hinted`` was read as if its address were an article's, ``unhinted`` as if it were not."""
    if hinted.kind in ("listing", "front_page"):
        return "listing"
    article = hinted.article
    if article is None or len(article.lead) + len(article.text) < LEAST_CHARACTERS:
        return "unread"
    is_sure = unhinted.kind == "article" or article.published_at is not None
    return "article" if is_sure else "unread"


def _titled(
    pages: tuple[Met, ...], seen: Sequence[Seen], site: Site
) -> tuple[tuple[Met, ...], str]:
    """The pages read once more with a selector for titles, where most showed none of their own.

    What leads to a page in many words is its title; a class that holds these words on each
    page is where titles stand.
    """
    lost = [met for met in pages if met.page and met.verdict != "article"]
    titles = {one.url: one.title for one in seen}
    if not lost or 2 * len(lost) < len(pages):
        return pages, ""
    trees = [(_tree(met.page), titles.get(met.probe.url, "")) for met in lost if met.page]
    selector = title_selector([(tree, title) for tree, title in trees if tree is not None])
    if not selector:
        return pages, ""
    named = site.model_copy(update={"selectors": Selectors(title=(selector,))})
    again = tuple(_read(met.probe, met.page, named) if met.page else met for met in pages)
    gained = sum(met.verdict == "article" for met in again)
    if gained <= sum(met.verdict == "article" for met in pages):
        return pages, ""
    return again, selector


def _tree(page: Page) -> HtmlElement | None:
    try:
        return parse(page.body, page.content_type)
    except Unparsable:
        return None
