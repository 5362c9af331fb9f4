"""From a portal's answers to its proposed file, without a crawl: pages of the replica."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from crawlers.discovery import is_article
from crawlers.site import Site
from crawlers.sitefile import load_site
from monitor.adding.composing import propose
from monitor.adding.looking import (
    Answers,
    Looked,
    NothingFound,
    front_page,
    provisional,
    worth_reading,
)
from monitor.adding.looking import put_together as looked_at
from monitor.adding.writing import site_file
from monitor.probing import ArticleProbe, Probe, RobotsProbe, SourceProbe
from monitor.replica import Replica

ROOT = Path(__file__).parents[1]
NOW = datetime(2026, 3, 2, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def replica() -> Iterator[Replica]:
    with Replica(11, layout_seed=11) as replica:
        yield replica


class Fetching:
    """Answers of the replica, kept as a probe keeps them."""

    def __init__(self, replica: Replica, folder: Path) -> None:
        self.replica, self.folder, self.number = replica, folder, 0

    def get(self, url: str) -> tuple[int, str]:
        """The status, and the name of the file that holds the body."""
        self.number += 1
        parts = urlsplit(url)
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        answer = self.replica.answer(parts.netloc, target, {}, self.number)
        assert answer is not None
        name = f"answer-{self.number:03}"
        (self.folder / name).write_bytes(answer.body)
        return answer.status, name

    def sources(self, home: str, *listings: str) -> Answers:
        found = []
        for url in (home, *listings):
            status, saved = self.get(url)
            kind = "home" if url == home else "listing"
            found.append(
                SourceProbe(
                    kind=kind, url=url, final_url=url, status=status, content_type=HTML,
                    configured=True, number=9, saved=saved,
                )
            )  # fmt: skip
        return self._answers(sources=tuple(found))

    def articles(self, urls: tuple[str, ...]) -> Answers:
        found = []
        for url in urls:
            status, saved = self.get(url)
            found.append(
                ArticleProbe(
                    url=url, listed_by="", final_url=url, status=status, content_type=HTML,
                    kind="article", saved=saved,
                )
            )  # fmt: skip
        return self._answers(articles=tuple(found))

    def _answers(self, **found: object) -> Answers:
        robots = RobotsProbe(
            origin="", fetched_at=NOW, body="", crawl_delay=0, sitemaps=(), allows_home=True
        )
        probe = Probe(site="bao", began_at=NOW, ended_at=NOW, robots=robots, **found)
        return Answers(probe=probe, folder=self.folder)


HTML = "text/html; charset=utf-8"


def looked(replica: Replica, shipped: Site, folder: Path, url: str = "") -> Looked:
    fetching = Fetching(replica, folder)
    site = provisional(shipped.name, shipped.home, url or shipped.home)
    first = fetching.sources(shipped.home)
    wanted = worth_reading(site, first, url or shipped.home)
    return looked_at(site, first, fetching.articles(wanted))


@pytest.mark.parametrize("name", ["svhttdl_dienbien", "vietnamvn", "baoninhbinh", "baoquangninh"])
def test_the_proposed_file_finds_what_the_shipped_one_finds(
    name: str, replica: Replica, tmp_path: Path
) -> None:
    shipped = load_site(ROOT / "config" / "sites" / f"{name}.yml")
    articles = {story.url for story in replica.script.editions[0].portals[name].listed}
    url = min(url for url in articles if url.startswith(shipped.home))
    seen = looked(replica, shipped, tmp_path, url=url)
    proposal = propose(seen, {})
    assert proposal.home.why == "answers with 9 links", "also where a feed had them first"
    path = tmp_path / f"{name}.yml"
    path.write_text(site_file(proposal, NOW.date()), encoding="utf-8")
    proposed = load_site(path)
    linked = {one.url for one in seen.seen}
    by_shipped = {url for url in linked if is_article(url, shipped)}
    by_proposed = {url for url in linked if is_article(url, proposed)}
    assert len(by_shipped) > 3
    assert len(by_shipped & by_proposed) >= 0.95 * len(by_shipped)
    assert by_proposed <= by_shipped
    named = proposed.selectors.title
    assert named == ((".tandan-p-article-news-title",) if name == "svhttdl_dienbien" else ())


def test_a_section_that_was_given_is_a_source_and_no_article(
    replica: Replica, tmp_path: Path
) -> None:
    shipped = load_site(ROOT / "config" / "sites" / "baohatinh.yml")
    section = f"{shipped.home}kinh-te"
    fetching = Fetching(replica, tmp_path)
    site = provisional(shipped.name, shipped.home, section)
    first = fetching.sources(shipped.home, section)
    wanted = worth_reading(site, first, section)
    assert wanted[-1] == section
    proposal = propose(looked_at(site, first, fetching.articles(wanted)), {})
    (source,) = proposal.sources
    assert (source.url, source.kind) == (section, "listing")
    path = tmp_path / "baohatinh.yml"
    path.write_text(site_file(proposal, NOW.date()), encoding="utf-8")
    assert not is_article(section, load_site(path))


def test_a_portal_that_leads_elsewhere_is_not_described(replica: Replica, tmp_path: Path) -> None:
    fetching = Fetching(replica, tmp_path)
    site = provisional("cu", "https://baohatinh.vn/", "https://baohatinh.vn/")
    first = fetching.sources("https://baohatinh.vn/")
    (home,) = first.probe.sources
    moved = SourceProbe(kind="home", url=home.url, final_url="https://moi.example/", status=200,
                        content_type=HTML, saved=home.saved)  # fmt: skip
    probe = Probe(
        site="cu", began_at=NOW, ended_at=NOW, robots=first.probe.robots, sources=(moved,)
    )
    with pytest.raises(NothingFound, match=r"leads to https://moi\.example/: run baowatch add"):
        front_page(site, Answers(probe=probe, folder=tmp_path))


@pytest.mark.parametrize(
    ("probe", "told"),
    [
        (Probe(site="x", began_at=NOW, ended_at=NOW), "robots.txt cannot be had"),
        (Probe(site="x", began_at=NOW, ended_at=NOW, problem="no end"), "no end"),
    ],
)
def test_what_cannot_be_looked_at_is_said(probe: Probe, told: str, tmp_path: Path) -> None:
    site = provisional("bao", "https://bao.example/", "https://bao.example/")
    with pytest.raises(NothingFound, match=told):
        front_page(site, Answers(probe=probe, folder=tmp_path))
