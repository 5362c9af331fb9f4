"""What stands in an article's place becomes no version, no suspicion, no change: it is named."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from desks import HOME, SITE, START, Newsroom
from no_articles import ANSWERS, WHOLE, Answer, framed, teasers
from real_articles import ARTICLES, RealArticle
from scrapy.http import Request, Response

from crawlers.answers import page_of
from crawlers.page import Failure, Page, Validators
from monitor.comparison import compare_pages
from pipelines.conditions import TROUBLES
from pipelines.desk import Verdict
from pipelines.reading import read
from pipelines.record import record_failure, record_known_bytes, record_page

KNOWN = "/khanh-thanh-1234567.html"
NEW = "/mo-duong-7654321.html"


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Newsroom]:
    room = Newsroom(tmp_path / "baowatch.db")
    yield room
    room.store.close()


def begin(room: Newsroom) -> None:
    room.desk = replace(room.begin(), read=read)


def give(room: Newsroom, path: str, answer: Answer) -> Verdict | None:
    """``answer`` on the road of a crawl: from the response to the store."""
    url, now = f"{HOME}{path}", room.clock.now()
    response = Response(
        f"{HOME}{answer.final or path}",
        status=answer.status,
        headers={"Content-Type": answer.content_type, **answer.headers},
        body=answer.body,
        request=Request(url),
    )
    found = page_of(response, url, room.site, now)
    if isinstance(found, Failure):
        record_failure(room.desk, found)
        return None
    return record_known_bytes(room.desk, found) or record_page(room.desk, found)


def page(body: str) -> Answer:
    return Answer(name="article", kind="article", body=body.encode())


def names(room: Newsroom) -> set[str]:
    return {row[0] for row in room.store.reader.execute("SELECT kind FROM findings")}


def told_as(answer: Answer) -> str:
    """The finding's kind: what troubles one address of a site is one condition."""
    trouble = TROUBLES.get(answer.kind)
    return trouble.address if trouble else answer.kind


def written(room: Newsroom) -> tuple[int, int, int]:
    return room.count("versions"), room.count("looks"), room.count("changes")


@pytest.mark.parametrize("answer", ANSWERS, ids=lambda answer: answer.name)
def test_no_answer_in_an_articles_place_is_believed(room: Newsroom, answer: Answer) -> None:
    begin(room)
    room.listed(KNOWN)
    accepted = give(room, KNOWN, page(WHOLE))
    room.end()
    assert accepted is not None
    assert accepted.article is not None
    for _ in range(3):
        room.clock.pass_by(hours=5)
        begin(room)
        verdict = give(room, KNOWN, answer)
        room.end(complete=False)
    assert written(room) == (1, 0, 0)
    assert verdict is None or verdict.name in ("missing", "not_an_article"), verdict
    if answer.status not in (404, 410):
        assert names(room) == {told_as(answer)}, verdict
    room.clock.pass_by(hours=5)
    begin(room)
    again = give(room, KNOWN, page(WHOLE.replace("Tin mới nhất", "Tin nóng")))
    room.end()
    assert again is not None
    assert again.name == "unchanged"
    assert written(room) == (1, 0, 0)
    assert room.released() == []


@pytest.mark.parametrize("answer", ANSWERS, ids=lambda answer: answer.name)
def test_no_such_answer_makes_a_new_article(room: Newsroom, answer: Answer) -> None:
    begin(room)
    room.listed(NEW)
    verdict = give(room, NEW, answer)
    room.end()
    assert written(room) == (0, 0, 0)
    if verdict is None:
        assert names(room) == {told_as(answer)}
    elif answer.status == 200:
        assert verdict.kind == answer.kind, verdict


@pytest.mark.parametrize("answer", ANSWERS, ids=lambda answer: answer.name)
def test_a_reason_is_one_line_for_people(room: Newsroom, answer: Answer) -> None:
    begin(room)
    verdict = give(room, NEW, answer)
    if verdict is not None:
        assert verdict.reason
        assert verdict.reason.isprintable()
        assert len(verdict.reason) < 300


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.name)
def test_a_short_or_strange_article_is_read(room: Newsroom, article: RealArticle) -> None:
    begin(room)
    room.listed(NEW)
    verdict = give(room, NEW, page(article.body))
    room.end()
    assert verdict is not None
    assert verdict.article is not None, verdict
    assert verdict.article.title == article.title
    said = " ".join((verdict.article.lead, verdict.article.text, *verdict.article.captions))
    assert article.says in said
    assert room.count("versions") == 1


def saved(body: str) -> Page:
    url = f"{HOME}{NEW}"
    return Page(
        site="bao",
        url=url,
        final_url=url,
        status=200,
        fetched_at=START,
        body=body.encode(),
        content_type="text/html",
        validators=Validators(),
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (framed("<h1>404</h1><p>Mã 17.</p>"), framed("<h1>404</h1><p>Mã 18.</p>")),
        (framed(teasers(16), "Thời sự"), framed(teasers(18), "Thời sự")),
        (framed(""), framed("")),
    ],
    ids=["notice", "listing", "bytes"],
)
def test_the_same_notice_again_is_comparable_and_unchanged(before: str, after: str) -> None:
    found = compare_pages(saved(before), saved(after), SITE)
    told = found.as_json()
    assert (told["comparable"], told["changed"], told["kind"]) == (True, False, None)
    assert "again" in told["reason"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (framed("<h1>404</h1>"), WHOLE),
        (framed("<h1>404</h1>"), framed("<h2>Không tìm thấy trang</h2>")),
        (
            framed(f"<h1>Thời sự</h1><p>Có 3 tin.</p>{teasers(15)}"),
            framed(f"<h1>Thời sự</h1><p>Có 4 tin.</p>{teasers(15)}"),
        ),
    ],
    ids=["article", "another notice", "another text beside the teasers"],
)
def test_what_is_no_article_and_not_the_same_is_not_comparable(before: str, after: str) -> None:
    told = compare_pages(saved(before), saved(after), SITE).as_json()
    assert (told["comparable"], told["changed"], told["kind"]) == (False, None, None)
