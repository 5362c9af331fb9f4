"""What a probe chooses to ask for, what it makes of validators, and how it is kept."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from crawlers.page import Link, Source, Validators
from crawlers.sources import Ask
from monitor.probing.choosing import FILES, FOUND_SOURCES, Bounds, chosen, fitting
from monitor.probing.probe import ArticleProbe, Probe, RobotsProbe, SourceProbe
from monitor.probing.saved import probe_json, probe_of
from monitor.probing.trusting import Trial, foreign, judged, shared

NOON = datetime(2026, 11, 22, 5, tzinfo=UTC)
HOME = "https://bao.example/"


def _links(*names: str) -> tuple[Link, ...]:
    return tuple(Link(url=f"{HOME}{name}", key=name) for name in names)


def _article(name: str = "a", etag: str = "") -> ArticleProbe:
    return ArticleProbe(
        url=f"{HOME}{name}", listed_by=HOME, kind="article", validators=Validators(etag=etag)
    )


def test_articles_are_chosen_from_each_source_in_turn_and_of_sitemaps_last() -> None:
    sources = [
        SourceProbe(kind="sitemap", url="s", links=_links("old1", "old2")),
        SourceProbe(kind="home", url="h", links=_links("a", "b", "c")),
        SourceProbe(kind="feed", url="f", links=_links("b", "d")),
    ]
    assert [link.key for _, link in chosen(sources, 5)] == ["a", "b", "d", "c", "old1"]
    assert [url for url, _ in chosen(sources, 3)] == ["h", "f", "f"]


def test_an_article_that_two_sources_name_is_fetched_once() -> None:
    sources = [SourceProbe(kind="home", url=str(n), links=_links("a")) for n in range(3)]
    assert len(chosen(sources, 5)) == 1


def test_of_found_sources_few_are_asked_and_no_further_pages() -> None:
    bounds = Bounds()
    feeds = [Ask(source=Source(kind="feed", url=f"f{n}"), url=f"f{n}") for n in range(20)]
    assert sum(bounds.allow(ask, configured=False) for ask in feeds) == FOUND_SOURCES
    assert all(bounds.allow(ask, configured=True) for ask in feeds)
    listing = Source(kind="listing", url="l")
    assert not bounds.allow(Ask(source=listing, url="l?p=2", page=2), configured=True)
    index = Source(kind="sitemap", url="s")
    files = [Ask(source=index, url=f"s{n}", page=n, depth=2) for n in range(1, 50)]
    assert sum(bounds.allow(ask, configured=True) for ask in files) == FILES


def test_as_many_requests_fit_as_turns_of_the_longest() -> None:
    hour = timedelta(hours=1)
    assert fitting(hour, 5.0) > 100
    assert fitting(hour, 120.0) == 19
    assert fitting(hour, 3600.0) == 0


def test_validators_are_believed_only_where_foreign_ones_bring_the_page() -> None:
    article = _article(etag='"1"')
    assert judged(article, Trial(own=304, foreign=200)).trust == "true"
    assert judged(article, Trial(own=304, foreign=304)).trust == "lying"
    assert judged(article, Trial(own=200, foreign=304)).trust == "lying"
    assert judged(article, Trial(own=200, foreign=200)).trust == "useless"
    assert judged(article, Trial(own=304, foreign=0)).trust == "untried"
    assert judged(article, None).trust == "untried"
    assert judged(_article(), None).trust == "none"


def test_one_etag_for_two_texts_is_a_lie_and_for_one_text_is_none() -> None:
    articles = [_article("a", '"1"'), _article("b", '"1"'), _article("c", '"2"')]
    assert [one.trust for one in shared(articles, "xyz")] == ["lying", "lying", "untried"]
    assert {one.trust for one in shared(articles, "xxz")} == {"untried"}


def test_foreign_validators_are_of_the_kinds_that_the_server_gives() -> None:
    assert not foreign(Validators())
    assert foreign(Validators(etag='"1"')).last_modified == ""
    assert foreign(Validators(last_modified="x")).etag == ""
    assert foreign(Validators(etag='"1"')).etag != '"1"'


@given(st.text(), st.text(), st.integers(min_value=0), st.booleans())
def test_a_probe_is_kept_and_read_again(title: str, detail: str, number: int, yes: bool) -> None:
    link = Link(url=HOME, key="k", title=title, published_at=NOON if yes else None)
    robots = RobotsProbe(
        origin=HOME, fetched_at=NOON, body=detail, crawl_delay=2.5, sitemaps=(title,),
        allows_home=yes,
    )  # fmt: skip
    probe = Probe(
        site="bao",
        began_at=NOON,
        ended_at=NOON,
        robots=robots if yes else None,
        sources=(SourceProbe(kind="home", url=HOME, number=number, links=(link,), detail=detail),),
        articles=(replace(_article(etag=title), title=title, published_at=NOON),),
        crashes=(detail,),
    )
    assert probe_of(probe_json(probe)) == probe
