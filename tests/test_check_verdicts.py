"""Verdicts of ``baowatch check``: from what a portal answered to what is named as wrong."""

from dataclasses import replace
from typing import Any

import pytest
from probes import ARTICLE, FEED, FRONT, HOME, LINK, NOON, SITE, SITEMAP, probe

from crawlers.page import SourceKind
from crawlers.site import Expect, SourceFile
from monitor.checking import told
from monitor.checking.trouble import REMEDIES, Code
from monitor.checking.verdict import Verdict, judged
from monitor.probing.probe import Probe, SourceProbe


def codes(verdict: Verdict) -> list[Code]:
    return [one.code for one in verdict.troubles]


def test_a_portal_that_works_passes_without_a_word() -> None:
    verdict = judged(SITE, probe())
    assert verdict.passed
    assert verdict.troubles == ()
    assert told.lines([verdict]) == []


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"reason": "unreachable", "status": 0}, "unreachable"),
        ({"reason": "certificate", "status": 0}, "certificate"),
        ({"reason": "robots_forbids", "status": 0}, "robots_forbids"),
        (
            {"reason": "robots_unreachable", "status": 0, "detail": "robots.txt: status 503; so"},
            "robots_unreachable",
        ),
        (
            {"reason": "robots_unreachable", "status": 0, "detail": "robots.txt: no connection"},
            "unreachable",
        ),
        ({"reason": "blocked", "status": 403}, "refused"),
        ({"reason": "blocked", "status": 200}, "walled"),
        ({"reason": "busy", "status": 429}, "refused"),
        ({"reason": "server_error", "status": 500}, "server_error"),
        ({"reason": "unreadable", "status": 404}, "home_failed"),
        ({}, "no_links"),
    ],
)
def test_a_home_page_that_fails_is_named_once(changed: dict[str, Any], expected: Code) -> None:
    dead = replace(FRONT, number=0, links=(), **changed)
    silent = replace(FEED, number=0, configured=bool(changed), reason=changed.get("reason", ""))
    named = SourceProbe(kind="pages", url="config", number=1, links=(LINK,))
    missed = replace(ARTICLE, kind="unreachable", status=0)
    verdict = judged(SITE, probe(named, dead, silent, articles=(missed,), end="unreachable"))
    assert codes(verdict) == [expected]
    assert not verdict.passed


def test_where_no_portal_answers_the_machine_itself_is_asked_about() -> None:
    silent = judged(SITE, probe(replace(FRONT, number=0, reason="unreachable", status=0)))
    asked = "is this machine on the net?"
    assert asked in told.lines([silent, silent])[-1]
    assert not any(asked in line for line in told.lines([silent]))
    assert not any(asked in line for line in told.lines([silent, judged(SITE, probe())]))


def test_what_fails_as_the_home_page_does_is_not_named_again() -> None:
    refused = {"status": 403, "reason": "blocked", "number": 0}
    home, feed = replace(FRONT, **refused), replace(FEED, configured=True, **refused)
    assert codes(judged(SITE, probe(home, feed, SITEMAP))) == ["refused"]
    gone = replace(feed, status=404, reason="unreadable")
    assert codes(judged(SITE, probe(home, gone, SITEMAP))) == ["refused", "feed_gone"]


def test_a_home_page_without_links_is_a_flaw_where_a_feed_lists_articles() -> None:
    verdict = judged(SITE, probe(replace(FRONT, number=0, links=()), FEED))
    assert codes(verdict) == ["home_without_links"]
    assert verdict.passed


def test_what_the_file_names_and_does_not_work_is_broken() -> None:
    gone = replace(FEED, configured=True, status=404, number=0, reason="unreadable")
    verdict = judged(SITE, probe(FRONT, gone, SITEMAP))
    assert codes(verdict) == ["feed_gone"]
    assert not verdict.passed


def test_of_found_sources_one_is_named_and_only_where_none_of_its_kind_works() -> None:
    broken = replace(FEED, number=0, reason="unreadable")
    assert codes(judged(SITE, probe(FRONT, broken, FEED))) == []
    verdict = judged(SITE, probe(FRONT, broken, replace(broken, url=f"{HOME}rss2")))
    assert codes(verdict) == ["feed_unreadable"]
    assert verdict.passed


def test_a_guessed_sitemap_may_be_absent_and_an_index_of_many_files_unread() -> None:
    absent = replace(SITEMAP, guessed=True, status=404, number=0, reason="unreadable")
    assert codes(judged(SITE, probe(FRONT, absent))) == []
    long = replace(SITEMAP, number=0, further=40)
    assert codes(judged(SITE, probe(FRONT, long))) == []
    assert codes(judged(SITE, probe(FRONT, replace(long, further=2)))) == ["sitemap_empty"]


@pytest.mark.parametrize("kind", ["feed", "sitemap", "listing"])
@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"reason": "robots_forbids", "status": 0}, "source_forbidden"),
        ({"reason": "unreachable", "status": 0}, "source_unavailable"),
        ({"reason": "busy", "status": 429}, "source_unavailable"),
        ({"reason": "server_error", "status": 500}, "source_unavailable"),
        ({"reason": "blocked", "status": 403}, "source_refused"),
        ({"reason": "blocked", "status": 200}, "source_refused"),
        ({"reason": "too_large", "status": 0}, "source_too_large"),
        ({"reason": "too_many_redirects", "status": 0}, "source_astray"),
        ({"reason": "refused", "status": 0}, "source_astray"),
        ({"reason": "certificate", "status": 0}, "certificate"),
    ],
)
def test_only_what_was_read_is_called_no_feed_and_no_sitemap(
    kind: SourceKind, changed: dict[str, Any], expected: Code
) -> None:
    failed = replace(FEED, kind=kind, number=0, configured=True, **changed)
    verdict = judged(SITE, probe(FRONT, failed))
    assert codes(verdict) == [expected]
    assert not verdict.passed


@pytest.mark.parametrize(
    ("source", "status", "expected"),
    [
        (FEED, 410, "feed_gone"),
        (FEED, 200, "feed_unreadable"),
        (FEED, 302, "source_astray"),
        (SITEMAP, 404, "sitemap_gone"),
        (SITEMAP, 200, "sitemap_unreadable"),
        (SITEMAP, 206, "source_astray"),
    ],
)
def test_an_answer_without_anything_to_read_is_told_as_it_was(
    source: SourceProbe, status: int, expected: Code
) -> None:
    failed = replace(source, number=0, configured=True, reason="unreadable", status=status)
    assert codes(judged(SITE, probe(FRONT, failed))) == [expected]


def test_a_file_of_an_index_that_is_gone_makes_the_index_no_wrong_address() -> None:
    index = replace(SITEMAP, configured=True, further=9, reason="unreadable", detail="s1: gone")
    assert codes(judged(SITE, probe(FRONT, index))) == []
    assert codes(judged(SITE, probe(FRONT, replace(index, number=0)))) == ["sitemap_empty"]


@pytest.mark.parametrize("kind", ["feed", "sitemap", "listing"])
def test_what_was_not_asked_for_is_not_called_broken(kind: SourceKind) -> None:
    unasked = replace(FEED, kind=kind, number=0, configured=True, status=0)
    verdict = judged(SITE, probe(FRONT, unasked, end="told_to_wait"))
    assert codes(verdict) == ["no_probe"]


def test_a_page_of_feeds_is_no_empty_feed() -> None:
    index = replace(FEED, url=f"{HOME}feeds", configured=True, number=0, further=3)
    assert codes(judged(SITE, probe(FRONT, index, FEED))) == []
    assert codes(judged(SITE, probe(FRONT, index))) == ["feed_empty"]


def test_an_empty_listing_of_the_file_is_broken() -> None:
    listing = replace(FRONT, kind="listing", url=f"{HOME}tin", number=0, links=())
    assert codes(judged(SITE, probe(FRONT, listing))) == ["listing_failed"]


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"kind": "gone", "status": 404}, "articles_gone"),
        ({"kind": "cookie_wall"}, "articles_walled"),
        ({"kind": "blocked", "status": 403}, "articles_refused"),
        ({"kind": "listing"}, "not_articles"),
        ({"kind": "server_error", "status": 500}, "server_error"),
        ({"title": ""}, "titles_missing"),
        ({"published_at": None}, "dates_missing"),
        ({"characters": 120}, "text_short"),
        ({"characters": 200_000}, "text_long"),
    ],
)
def test_articles_are_judged_by_most_of_them(changed: dict[str, Any], expected: Code) -> None:
    bad = replace(ARTICLE, **changed)
    few, many = (ARTICLE, ARTICLE, ARTICLE, bad, bad), (ARTICLE, ARTICLE, bad, bad, bad)
    assert codes(judged(SITE, probe(articles=few))) == []
    assert codes(judged(SITE, probe(articles=many))) == [expected]


def test_the_shortest_text_is_the_one_that_the_file_expects() -> None:
    site = SITE.model_copy(update={"expect": Expect(min_characters=1000)})
    assert codes(judged(site, probe())) == ["text_short"]
    brief = probe(articles=(replace(ARTICLE, characters=120),))
    lenient = SITE.model_copy(update={"expect": Expect(min_characters=100)})
    assert codes(judged(lenient, brief)) == []


def test_lying_validators_are_a_flaw_and_useless_ones_are_none() -> None:
    assert codes(judged(SITE, probe(articles=(replace(ARTICLE, trust="useless"),)))) == []
    verdict = judged(SITE, probe(articles=(ARTICLE, replace(ARTICLE, trust="lying"))))
    assert codes(verdict) == ["validators_lie"]
    assert verdict.passed


@pytest.mark.parametrize(
    "found",
    [
        Probe(site="bao", began_at=NOON, ended_at=NOON, problem="bao is being crawled by 7"),
        probe(end="budget_spent"),
        probe(crashes=("ValueError: no",)),
        replace(probe(), articles=()),
        probe(replace(FRONT, status=0, number=0), FEED),
        probe(FEED),
    ],
)
def test_what_was_not_looked_at_never_passes(found: Probe) -> None:
    verdict = judged(SITE, found)
    assert codes(verdict) == ["no_probe"]
    assert not verdict.passed


def test_a_portal_that_does_not_answer_is_not_also_called_slow() -> None:
    hanging = replace(FRONT, number=0, links=(), status=0, reason="unreachable")
    assert codes(judged(SITE, probe(hanging, unasked=1, delay=5.0))) == ["unreachable"]
    verdict = judged(SITE, probe(unasked=9, delay=120.0))
    assert codes(verdict) == ["asked_in_part"]
    assert verdict.passed


def test_why_nothing_was_asked_is_said() -> None:
    silent = replace(FRONT, status=0, number=0)
    (found,) = judged(SITE, probe(silent, end="told_to_wait")).troubles
    assert "asked to be left alone" in found.what


def test_each_trouble_is_told_with_place_and_remedy() -> None:
    gone = replace(FEED, configured=True, status=404, number=0, reason="unreadable")
    site = SITE.model_copy(update={"sources": (SourceFile(url=FEED.url, kind="feed"),)})
    lines = "\n".join(told.lines([judged(site, probe(FRONT, gone))]))
    assert FEED.url in lines
    assert REMEDIES["feed_gone"] in lines


def test_a_row_says_how_many_of_how_many() -> None:
    undated = replace(ARTICLE, published_at=None)
    verdict = judged(SITE, probe(articles=(ARTICLE, undated, replace(ARTICLE, kind="listing"))))
    row = dict(zip(told.HEADINGS, told.row(verdict), strict=True))
    assert (row["read"], row["dates"], row["text"]) == ("2/3", "1/2", "2/2")
    assert (row["check"], row["robots"], row["feeds"], row["home"]) == (
        "broken",
        "found",
        "1/1",
        "9",
    )


def test_json_holds_verdict_counts_and_the_whole_probe() -> None:
    found = told.as_json(judged(SITE, probe(articles=(replace(ARTICLE, characters=9),))))
    assert (found["passed"], found["verified"], found["file"]) == (False, False, None)
    assert found["troubles"][0].keys() == {"code", "level", "what", "remedy"}
    assert found["articles"] == {
        "fetched": 1, "read": 1, "with_title": 1, "with_date": 1, "with_author": 0,
        "of_sane_length": 0, "least_characters": 200,
    }  # fmt: skip
    source, article = found["probe"]["sources"][0], found["probe"]["articles"][0]
    assert (source["url"], source["number"]) == (HOME, 9)
    assert "links" not in source
    assert article["published_at"] == NOON.isoformat()
