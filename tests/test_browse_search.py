"""Datasette's own search box folds, is always applied, and is never a mistake."""

from collections.abc import Iterator

import pytest
from browsing import Door, Served, served
from desks import Newsroom

from monitor.browse.tables import SEARCHABLE, TABLES

TITLES = (
    "Điện Biên đón khách",
    "Đà Nẵng hoà bình",
    "Kết luận số 57-KL/TW của Bộ Chính trị",
    "مُحَافَظَة نينه بينه",
    "استان نین‌بین می‌خواهد ۱۲",
    "宁平省发展旅游",
)
ASKED = {
    "dien bien": [0],
    "ĐIỆN BIÊN": [0],
    "Điện Biên": [0],
    "da nang": [1],
    "hòa bình": [1],
    "hoà bình": [1],
    "57-KL/TW": [2],
    "محافظة": [3],
    "محـــافظة": [3],
    "می خواهد 12": [4],
    "旅游": [5],
    "dien da": [],
    "khongco": [],
}
ODD = ('"', "'", "*", "NEAR(", "a OR", "AND", "title:x", "-", "^a", "{a b}:", "(", '"a" "', "\x00")


@pytest.fixture(scope="module", params=["browse", "datasette"])
def pages(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Served]:
    door: Door = request.param
    path = tmp_path_factory.mktemp("search") / "tim.db"
    room = Newsroom(path)
    room.begin()
    urls = [f"/tin/bai-{number}" for number in range(len(TITLES))]
    room.listed(*urls)
    for url, title in zip(urls, TITLES, strict=True):
        room.answer(url, title=title, body=[f"Bài viết {url}"])
    room.end()
    with served(path, door=door) as found:
        yield found


def found(pages: Served, words: str, table: str = "article_list") -> list[int]:
    return sorted(
        TITLES.index(row["title"]) for row in pages.table(table, _search=words, _size="max")
    )


@pytest.mark.parametrize("words", ASKED)
def test_words_are_found_however_they_are_spelt(pages: Served, words: str) -> None:
    assert found(pages, words) == ASKED[words]


def test_versions_are_searched_too(pages: Served) -> None:
    assert found(pages, "dien bien", "article_history") == [0]


def test_the_search_box_is_there_and_says_how_many_were_found(pages: Served) -> None:
    html = pages.get("/tim/article_list?_search=dien+bien").text
    assert 'type="search" name="_search" value="dien bien"' in html
    assert "1 row where search matches" in html
    assert "Đà Nẵng" not in html


@pytest.mark.parametrize("empty", ["_search=", "_search=+", "_search=&_sort_desc=id", "_search"])
def test_a_search_box_left_empty_hides_nothing(pages: Served, empty: str) -> None:
    page = pages.get(f"/tim/article_list?{empty}").text
    assert f"{len(TITLES)} rows" in page
    assert "search matches" not in page


@pytest.mark.parametrize("words", ODD)
def test_nothing_that_is_typed_is_a_mistake(pages: Served, words: str) -> None:
    answer = pages.get("/tim/article_list.json", params={"_search": words, "_shape": "array"})
    assert answer.status_code == 200
    assert len(answer.json()) < len(TITLES)


@pytest.mark.parametrize("table", [table.name for table in TABLES] + ["latest", "copies"])
def test_a_search_is_applied_or_refused_and_never_passed_over(pages: Served, table: str) -> None:
    answer = pages.get(f"/tim/{table}.json", params={"_search": "khongco", "_shape": "array"})
    if table in SEARCHABLE:
        assert answer.json() == []
    else:
        assert answer.status_code == 400
    assert pages.get(f"/tim/{table}", params={"_search_title": "dien"}).status_code == 400


def test_the_table_s_own_name_is_searched_as_well(pages: Served) -> None:
    answer = pages.get("/tim/articles.json?_search=dien+bien&_shape=array", allow_redirects=True)
    assert [row["title"] for row in answer.json()] == [TITLES[0]]
