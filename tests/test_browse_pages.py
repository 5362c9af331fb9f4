"""What the browsed pages tell, of a real store, served by a real process."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path

import feedparser
import pytest
from browsing import (
    COPIED,
    DISMISSED,
    EDITED,
    GONE,
    RIGHT_TO_LEFT,
    TWIN,
    UNTOLD,
    Served,
    fill,
    number_of,
    served,
)
from desks import Newsroom

from monitor.browse.canned import FEEDS, QUERIES, documented
from monitor.browse.tables import TABLES
from pipelines.store import changes
from pipelines.store.opening import open_store


@dataclass(frozen=True)
class Site:
    room: Newsroom
    pages: Served


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    store = tmp_path_factory.mktemp("browse") / "tin tức.2026.db"
    room = fill(store)
    with served(store, now=room.clock.now()) as pages:
        yield Site(room, pages)


def words(html: str) -> str:
    """What stands on the page, tags and runs of space aside."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def page(site: Site, path: str) -> str:
    answer = site.pages.get(path)
    assert answer.status_code == 200, answer.text
    return answer.text


def test_the_front_page_tells_what_happened_today_and_how_the_portals_are(site: Site) -> None:
    front = words(page(site, "/"))
    assert "2 substantive changes" in front
    assert "1 withdrawn" in front
    assert "Hội nghị ở Điện Biên" in front
    assert "Bài bị gỡ" in front
    assert "bao 6 articles" in front
    assert "nothing is known" not in front


def test_an_article_s_page_marks_exactly_the_words_that_changed(site: Site) -> None:
    html = page(site, f"/article/{number_of(site.room, EDITED)}")
    gone, come = (
        words(" ".join(re.findall(rf"<{tag}\b[^>]*>(.*?)</{tag}>", html))) for tag in ("del", "ins")
    )
    assert (gone, come) == ("4,7 %", "4,9 %")
    assert "first read" in html
    assert f"https://bao.example{EDITED}" in words(html)


def test_a_change_has_a_page_with_both_texts(site: Site) -> None:
    (change,) = site.pages.table("latest_changes", kind="edited")
    told = words(page(site, f"/change/{change['id']}"))
    assert "Before: version 1" in told
    assert "After: version 2" in told
    assert f"article {change['article_id']}" in told


def test_copies_are_told_where_the_same_text_stands_elsewhere(site: Site) -> None:
    html = page(site, f"/article/{number_of(site.room, COPIED)}")
    assert f'href="/article/{number_of(site.room, TWIN)}"' in html
    assert "No other article" not in html


def test_what_is_dismissed_says_so_and_is_no_change_any_more(site: Site) -> None:
    told = page(site, f"/article/{number_of(site.room, DISMISSED)}")
    assert "Called a false alarm" in told
    assert "an &lt;b&gt;advert&lt;/b&gt;" in told
    titles = [row["title"] for row in site.pages.table("latest_changes")]
    assert "Bài báo nhầm quảng cáo" not in titles


@pytest.mark.parametrize("asked", ["", "/article/{}", "/site/bao", "/{name}/article_list"])
def test_what_was_not_released_is_on_no_page(site: Site, asked: str) -> None:
    path = asked.format(number_of(site.room, UNTOLD), name="x") or "/"
    if "{name}" in asked:
        path = f"/{site.pages.name}/article_list"
    html = page(site, path)
    assert "Tên chưa báo" not in html
    assert "lộ" not in words(html).split()


def test_no_table_and_no_query_tells_what_was_not_released(site: Site) -> None:
    for name in [*(table.name for table in TABLES), *(query.name for query in QUERIES)]:
        answer = site.pages.get(f"/{site.pages.name}/{name}.json")
        assert answer.status_code == 200, name
        assert "Tên chưa báo" not in json.dumps(answer.json(), ensure_ascii=False), name
    (change,) = site.room.store.reader.execute(
        "SELECT id FROM changes WHERE released_at IS NULL AND dismissed_at IS NULL"
    ).fetchone()
    assert site.pages.get(f"/change/{change}").status_code == 404


def test_a_site_s_page_shows_its_crawls_its_findings_and_its_days(site: Site) -> None:
    html = page(site, "/site/bao")
    assert "<svg" in html
    told = words(html)
    assert "5 live, 1 withdrawn" in told or "6 live, 1 withdrawn" in told
    assert "everything that was due was looked at" in told
    assert "listing https://bao.example/" in told


@pytest.mark.parametrize(
    "path", ["/article/99999", "/change/99999", "/site/nope", "/nope", "/nope/x"]
)
def test_what_is_not_there_is_said_plainly(site: Site, path: str) -> None:
    answer = site.pages.get(path)
    assert answer.status_code == 404
    assert "Traceback" not in answer.text


def test_the_catalogue_names_every_table_and_every_query(site: Site) -> None:
    told = words(page(site, f"/{site.pages.name}"))
    for one in (*TABLES, *QUERIES):
        assert one.title in told
        assert one.description in told
    assert [name for name, *_ in documented()] == [query.name for query in QUERIES]


@pytest.mark.parametrize("query", [query.name for query in QUERIES])
def test_every_query_answers_and_lists_are_feeds(site: Site, query: str) -> None:
    assert "Traceback" not in page(site, f"/{site.pages.name}/{query}")
    answer = site.pages.get(f"/{site.pages.name}/{query}.atom")
    if query not in FEEDS:
        assert answer.status_code == 404
        return
    assert answer.headers["content-type"].startswith("application/atom+xml")
    read = feedparser.parse(answer.content)
    assert not read.bozo
    assert read.feed.id.startswith("urn:uuid:")
    for entry in read.entries:
        assert entry.id.startswith("urn:uuid:")
        assert entry.link.startswith(f"{site.pages.origin}/change/")


def test_a_change_has_one_id_in_every_feed_and_for_ever(site: Site) -> None:
    def ids(path: str) -> dict[str, str]:
        read = feedparser.parse(site.pages.get(f"/{site.pages.name}/{path}").content)
        return {entry.link: entry.id for entry in read.entries}

    everything = ids("latest_changes.atom")
    assert ids("latest.atom").items() <= everything.items()
    assert ids("withdrawn.atom").items() <= everything.items()
    assert len(set(everything.values())) == len(everything) == 3


def test_the_feed_of_the_withdrawn_names_the_withdrawn(site: Site) -> None:
    (entry,) = feedparser.parse(
        site.pages.get(f"/{site.pages.name}/withdrawn.atom").content
    ).entries
    assert "Bài bị gỡ" in entry.title
    assert site.pages.table("withdrawn")[0]["article_id"] == number_of(site.room, GONE)


def test_times_are_local_and_say_what_they_are_in_utc(site: Site) -> None:
    html = page(site, f"/article/{number_of(site.room, EDITED)}")
    assert re.search(
        r'<time datetime="2026-03-02T01:00:00\+00:00" title="2026-03-02 01:00:00 UTC">'
        r"2 Mar 2026, 08:00 \+07:00</time>",
        html,
    )


def test_scraped_text_carries_its_own_direction(site: Site) -> None:
    html = page(site, f"/article/{number_of(site.room, RIGHT_TO_LEFT)}")
    assert re.search(r'<h1><span[^>]* dir="auto">أخبار', html)


def test_facets_count_what_is_shown_and_lead_to_it(site: Site) -> None:
    answer = site.pages.get(f"/{site.pages.name}/latest_changes.json").json()
    kinds = {one["value"]: one for one in answer["facet_results"]["kind"]["results"]}
    assert {name: one["count"] for name, one in kinds.items()} == {
        "edited": 1,
        "retitled": 1,
        "withdrawn": 1,
    }
    assert set(answer["facet_results"]) == {"kind", "site"}


def test_a_table_that_is_asked_for_by_its_name_in_the_store_is_its_view(site: Site) -> None:
    answer = site.pages.get(f"/{site.pages.name}/articles.json?_shape=array&site=bao")
    assert answer.status_code == 302
    assert answer.headers["location"].endswith("/article_list.json?_shape=array&site=bao")


def test_the_store_is_read_live(tmp_path: Path) -> None:
    room = fill(tmp_path / "live.db")
    with served(tmp_path / "live.db", door="datasette") as pages:
        before = len(pages.table("latest_changes"))
        with room.store.writing() as db:
            changes.release(db, room.desk.site_id, room.clock.now(), news=True)
        assert len(pages.table("latest_changes")) == before + 1


def test_a_portal_that_nobody_looked_at_is_not_called_well(tmp_path: Path) -> None:
    room = fill(tmp_path / "cu.db")
    room.clock.pass_by(hours=25)
    with served(tmp_path / "cu.db", now=room.clock.now()) as pages:
        front = pages.get("/").text
    assert "not looked at in the last 24 hours" in words(front)
    assert 'class="well"' not in front


def test_an_older_store_is_brought_up_to_date_or_refused(tmp_path: Path) -> None:
    store = tmp_path / "old.db"
    made = open_store(store)
    made.reader.execute("DROP VIEW article_list")
    made.close()
    with (
        pytest.raises(AssertionError, match="no store of this baowatch"),
        served(store, door="datasette"),
    ):
        pass
