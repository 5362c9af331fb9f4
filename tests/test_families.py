"""Standing portals: each family's pages are read as meant, and each fault shows as itself."""

import json
import shlex
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
import requests

from crawlers.clock import FastClock, clock_from_environment
from crawlers.page import Page, Validators
from crawlers.site import ArticleAddress, Site, SourceFile
from crawlers.sources import Answer, Ask, Reader
from monitor.checking.rehearsed import NAMED
from monitor.checking.verdict import judged
from monitor.probing.choosing import chosen
from monitor.probing.probe import ArticleProbe, Probe, SourceProbe
from monitor.probing.reading import article_probe, text_print
from monitor.probing.trusting import Trial, foreign, shared
from monitor.probing.trusting import judged as tried
from monitor.replica import Replica
from monitor.replica.__main__ import environment
from monitor.replica.answering import Response, asked
from monitor.replica.families import FAULTS, FamilyFault, StandingPortal, faults_of
from monitor.replica.families.forms import FORMS, NoForm, known_forms, strange_form
from monitor.replica.families.standing import standing_portals
from monitor.replica.families.styles import FAMILIES
from monitor.replica.noise import USUAL, Noise

START = datetime(2026, 11, 2, 1, 30, tzinfo=UTC)
NUMBERED = (ArticleAddress(path=r"/(?:[^/]+/){0,2}(?:[^/-]*-){2,}(?:post|a)?\d{5,}\.html"),)
BY_TRANSPORT: tuple[FamilyFault, ...] = ("robots_error", "robots_forbids", "silent")


def site(platform: str = "", **more: object) -> Site:
    return Site.model_validate(
        {
            "name": "bao",
            "title": "Báo Thử",
            "home": "https://bao.example/",
            "verified": False,
            "platform": platform,
            "articles": NUMBERED,
            **more,
        }
    )


def portal(of: Site, fault: FamilyFault | None = None, seed: int = 5) -> StandingPortal:
    faults = {of.name: fault} if fault else {}
    return standing_portals(seed, [of], START, faults, layout_seed=seed)["bao.example"]


class Walk:
    """What a probe would find, asked of the portal without a network."""

    def __init__(self, of: StandingPortal) -> None:
        self.of = of
        self.number = 0

    def get(self, url: str, **headers: str) -> Response:
        self.number += 1
        host, _, target = url.removeprefix("https://").partition("/")
        noise = Noise(str(self.number), on=USUAL, now=START)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        answer = self.of.answer(asked(host, f"/{target}"), named, noise)
        assert answer is not None
        return answer

    def sources(self) -> Iterator[SourceProbe]:
        reader = Reader(self.of.site)
        waiting = list(reader.first())
        found: dict[str, SourceProbe] = {}
        while waiting:
            ask = waiting.pop(0)
            known = found.get(ask.source.url) or self._begun(ask)
            further, found[ask.source.url] = self._read(reader, ask, known)
            waiting += further
        yield from found.values()

    def _begun(self, ask: Ask) -> SourceProbe:
        configured = ask.source.kind == "home" or ask.file is not None
        return SourceProbe(
            kind=ask.source.kind, url=ask.source.url, configured=configured, guessed=ask.guessed
        )

    def _read(self, reader: Reader, ask: Ask, known: SourceProbe) -> tuple[list[Ask], SourceProbe]:
        response = self.get(ask.url)
        known = replace(known, status=known.status or response.status)
        if response.status != 200:
            reason = {403: "blocked", 500: "server_error"}.get(response.status, "unreadable")
            return list(reader.without(ask)), replace(known, reason=reason)  # type: ignore[arg-type]
        sitemaps = ("https://bao.example/sitemap.xml",) if self.of.family.names_sitemap else ()
        content_type = dict(response.headers)["Content-Type"]
        answer = Answer(
            at=START, url=ask.url, body=response.body, content_type=content_type, sitemaps=sitemaps
        )
        read = reader.read(ask, answer)
        links = read.links or ()
        known = replace(
            known,
            number=known.number + len(links),
            links=(*known.links, *links),
            further=known.further + len(read.asks),
            reason=read.reason if read.problem else known.reason,
            detail=read.problem,
        )
        return list(read.asks), known

    def articles(self, sources: list[SourceProbe]) -> list[ArticleProbe]:
        found, prints = [], []
        for source_url, link in chosen(sources, 3):
            page = self._page(link.url)
            probe, article = article_probe(page, self.of.site, listed_by=source_url)
            prints.append(text_print(article) if article else "")
            found.append(tried(probe, self._trial(link.url, page.validators)))
        return shared(found, prints)

    def _page(self, url: str) -> Page:
        response = self.get(url)
        headers = dict(response.headers)
        validators = Validators(
            etag=headers.get("ETag", ""), last_modified=headers.get("Last-Modified", "")
        )
        return Page(
            site="bao",
            url=url,
            final_url=url,
            status=response.status,
            fetched_at=START,
            body=response.body,
            content_type=headers["Content-Type"],
            validators=validators,
        )

    def _trial(self, url: str, own: Validators) -> Trial | None:
        if not own:
            return None
        other = foreign(own)
        return Trial(
            own=self.get(url, if_none_match=own.etag).status,
            foreign=self.get(url, if_none_match=other.etag).status,
        )

    def probe(self) -> Probe:
        sources = list(self.sources())
        return Probe(
            site="bao",
            began_at=START,
            ended_at=START,
            end="finished",
            sources=tuple(sources),
            articles=tuple(self.articles(sources)),
        )


@pytest.mark.parametrize("platform", FAMILIES)
def test_a_sound_portal_of_each_family_passes_and_its_articles_are_read(platform: str) -> None:
    of = portal(site(platform))
    probe = Walk(of).probe()
    assert judged(of.site, probe).troubles == ()
    assert probe.home is not None
    assert probe.home.number == len(of.served.stories)
    stories = {story.url: story for story in of.served.stories}
    for article in probe.articles:
        story = stories[article.url]
        assert (article.title, article.author) == (story.title, story.author)
        assert article.published_at == story.published_at


@pytest.mark.parametrize("fault", [one for one in FAULTS if one not in BY_TRANSPORT])
@pytest.mark.parametrize("platform", FAMILIES)
def test_each_fault_is_named_in_each_family_and_nothing_else(
    platform: str, fault: FamilyFault
) -> None:
    of = portal(site(platform), fault)
    verdict = judged(of.site, Walk(of).probe())
    assert [one.code for one in verdict.troubles] == [NAMED[fault]]


def test_faults_of_robots_and_of_the_connection_are_answered_as_such() -> None:
    robots = asked("bao.example", "/robots.txt")
    quiet = Noise("1", on=frozenset(), now=START)
    broken = portal(site(), "robots_error").answer(robots, {}, quiet)
    assert broken is not None
    assert broken.status == 503
    forbidding = portal(site(), "robots_forbids").answer(robots, {}, quiet)
    assert forbidding is not None
    assert forbidding.text == "User-agent: *\nDisallow: /\n"
    assert portal(site(), "silent").answer(robots, {}, quiet) is None


def test_sources_that_the_site_file_names_stand_where_it_says() -> None:
    named = site(
        sources=(
            SourceFile(url="https://bao.example/feeds/tin.rss", kind="feed"),
            SourceFile(url="https://bao.example/tin-moi", kind="listing"),
            SourceFile(url="https://bao.example/map.xml", kind="sitemap"),
        )
    )
    probe = Walk(portal(named)).probe()
    assert {one.url: one.number for one in probe.sources if one.configured} == {
        "https://bao.example/": 14,
        "https://bao.example/feeds/tin.rss": 14,
        "https://bao.example/tin-moi": 10,
        "https://bao.example/map.xml": 14,
    }
    assert judged(named, probe).troubles == ()


def test_the_same_seed_gives_the_same_portal_and_another_one_another() -> None:
    assert portal(site()).served == portal(site()).served
    assert portal(site(), seed=6).served != portal(site(), seed=5).served


def test_every_form_is_recognised_by_a_file_that_names_it_and_no_strange_one() -> None:
    assert known_forms(site())
    with pytest.raises(NoForm, match="bao"):
        known_forms(site(articles=(ArticleAddress(path="/never/so"),)))
    with pytest.raises(NoForm, match="every address"):
        strange_form(site(articles=(ArticleAddress(path=".*"), ArticleAddress(path=r".*\?.*"))))
    assert len(known_forms(site(articles=(ArticleAddress(path="/.+"),)))) == len(FORMS)


def test_faults_are_drawn_from_the_seed_each_once_and_spare_half_of_the_sites() -> None:
    sites = [site(name=f"bao{number}") for number in range(40)]
    drawn = faults_of(3, sites)
    assert sorted(drawn.values()) == sorted(FAULTS)
    assert faults_of(3, sites) == drawn != faults_of(4, sites)
    assert len(faults_of(3, sites[:6])) == 3


def test_a_portal_whose_addresses_tell_the_day_is_never_undated() -> None:
    telling = ArticleAddress(path=r"/[^/]+/d(?P<published>\d{14,17})\.htm")
    sites = [site(name=f"bao{number}", articles=(telling,)) for number in range(40)]
    assert "undated" not in faults_of(3, sites).values()


def test_a_replica_serves_them_beside_the_scripted_ones_and_tells_a_shell_how() -> None:
    clock = FastClock(start=START, real_start=0.0, rate=600.0)
    with Replica(3, start=START, sites=[site()], family_faults={"bao": "refuses"}) as replica:
        assert replica.faults_scripted == {"bao": "refuses"}
        origin = replica.origins["https://www.bao.example"]
        assert replica.origins["https://baohatinh.vn"] == origin
        answer = requests.get(origin, headers={"Host": "bao.example"}, timeout=20)
        assert answer.status_code == 403
        written = environment(replica, clock)
    told = dict(shlex.split(line)[1].split("=", 1) for line in written.splitlines())
    assert json.loads(told["BAOWATCH_ORIGINS"]) == replica.origins
    assert clock_from_environment(told) == clock
