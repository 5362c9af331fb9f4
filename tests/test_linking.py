"""What is read is linked at the end of the run: a translation with its original, in any order."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
import two_portals
from desks import HOME, SITE, START, Newsroom

from pipelines import linking, tracing
from pipelines.article import Article, Block
from pipelines.links import Link
from pipelines.store import articles, links
from pipelines.store.checking import faults
from pipelines.store.findings import open_findings
from pipelines.traits import Trait

TRANSLATING = SITE.model_copy(update={"name": "dich", "translates": True})
ORIGINAL, TRANSLATED = "/tin/hoi-nghi-trien-khai-ket-luan-moi", "/ar/news/77"
IN_VIETNAMESE: dict[str, object] = {
    "title": "Hội nghị triển khai kết luận mới của Bộ Chính trị",
    "body": [
        "Kết luận số 57-KL/TW và Nghị định 09/2017/NĐ-CP được quán triệt ngày 15/6/2023.",
        "Toàn tỉnh thu 1.250 tỷ đồng, tăng 4,75%, với 12.345 hộ tham gia trên cả nước.",
    ],
}
IN_ARABIC: dict[str, object] = {
    "title": "مؤتمر لتنفيذ الاستنتاج الجديد للمكتب السياسي",
    "body": [
        "استنتاج رقم ٥٧-KL/TW والمرسوم 09/2017/ND-CP بتاريخ 15 يونيو/حزيران 2023.",
        "جمعت المقاطعة 1.25 تريليون دونغ بزيادة ٤٫٧٥٪ بمشاركة ١٢٬٣٤٥ أسرة.",
    ],
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store.db"


def crawl(room: Newsroom, url: str, **article: object) -> None:
    room.begin()
    room.listed(url)
    room.answer(url, **article)
    room.end()


def edited(room: Newsroom, url: str, **article: object) -> None:
    """Seen otherwise twice, so that it is an edit."""
    room.clock.pass_by(days=1)
    room.begin()
    room.answer(url, **article)
    room.clock.pass_by(minutes=30)
    room.answer(url, **article)
    room.end()


def id_of(room: Newsroom, site: str, url: str) -> int:
    found = room.store.reader.execute(
        "SELECT articles.id FROM articles JOIN sites ON sites.id = site_id "
        "WHERE sites.name = ? AND url = ?",
        [site, HOME + url],
    ).fetchone()
    return int(found[0])


def translation_of(room: Newsroom) -> list[Link]:
    return links.of_article(room.store.reader, id_of(room, "dich", TRANSLATED))


def test_a_translation_is_linked_with_its_original_and_says_why(path: Path) -> None:
    paper, aggregator = Newsroom(path), Newsroom(path, TRANSLATING)
    crawl(paper, ORIGINAL, **IN_VIETNAMESE)
    crawl(aggregator, TRANSLATED, **IN_ARABIC)
    (link,) = translation_of(aggregator)
    assert (link.kind, link.sure) == ("translation", True)
    assert link.to_article_id == id_of(paper, "bao", ORIGINAL)
    assert {("document", "57-kl/tw"), ("figure", "1250000000000"), ("date", "2023-06-15")} <= {
        (each.kind, each.value) for each in link.evidence
    }
    assert links.to_article(paper.store.reader, link.to_article_id) == [link]
    assert paper.count("to_link") == 0
    assert faults(paper.store, lambda _done, _all: None) == []


def test_an_original_that_comes_later_is_linked_at_the_next_run(path: Path) -> None:
    paper, aggregator = Newsroom(path), Newsroom(path, TRANSLATING)
    crawl(aggregator, TRANSLATED, **IN_ARABIC)
    assert translation_of(aggregator) == []
    crawl(paper, ORIGINAL, **IN_VIETNAMESE)
    assert aggregator.count("to_link", "woken = 1") == 1
    aggregator.begin()
    aggregator.end()
    assert [link.sure for link in translation_of(aggregator)] == [True]


def test_two_papers_in_other_letters_do_not_wake_each_other_for_ever(path: Path) -> None:
    paper = Newsroom(path)
    other = Newsroom(path, SITE.model_copy(update={"name": "khac"}))
    crawl(paper, ORIGINAL, **IN_VIETNAMESE)
    crawl(other, TRANSLATED, **IN_ARABIC)
    for room in (paper, other):
        room.begin()
        room.end()
    assert paper.count("to_link") == 0
    assert paper.count("links") == 0


def test_the_link_keeps_how_the_original_stood_until_it_is_translated_anew(path: Path) -> None:
    paper, aggregator = Newsroom(path), Newsroom(path, TRANSLATING)
    crawl(paper, ORIGINAL, **IN_VIETNAMESE)
    crawl(aggregator, TRANSLATED, **IN_ARABIC)
    (first,) = translation_of(aggregator)
    body = [str(line).replace("12.345", "12.543") for line in IN_VIETNAMESE["body"]]  # type: ignore[attr-defined]
    edited(paper, ORIGINAL, **{**IN_VIETNAMESE, "body": body})
    aggregator.clock.pass_by(days=2)
    aggregator.begin()
    aggregator.end()
    (link,) = translation_of(aggregator)
    assert (link.from_version_id, link.to_version_id) == (
        first.from_version_id,
        first.to_version_id,
    )
    current = articles.by_id(paper.store.reader, link.to_article_id).current_version_id
    assert current != link.to_version_id
    anew = [str(line).replace("١٢٬٣٤٥", "١٢٬٥٤٣") for line in IN_ARABIC["body"]]  # type: ignore[attr-defined]
    edited(aggregator, TRANSLATED, **{**IN_ARABIC, "body": anew})
    (link,) = translation_of(aggregator)
    assert link.to_version_id == current
    assert link.from_version_id != first.from_version_id
    assert link.found_at == first.found_at


def test_killed_between_transactions_it_is_done_again(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paper, aggregator = Newsroom(path), Newsroom(path, TRANSLATING)
    crawl(paper, ORIGINAL, **IN_VIETNAMESE)
    monkeypatch.setattr(linking, "MOST_AT_ONCE", 0)  # as if killed before the first
    crawl(aggregator, TRANSLATED, **IN_ARABIC)
    assert translation_of(aggregator) == []
    monkeypatch.undo()
    before = [linking.link_waiting(aggregator.desk), linking.link_waiting(aggregator.desk)]
    assert before == [1, 0]
    assert [link.sure for link in translation_of(aggregator)] == [True]


def test_a_text_that_cannot_be_borne_holds_up_no_other_and_is_a_finding(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paper, aggregator = Newsroom(path), Newsroom(path, TRANSLATING)
    crawl(paper, ORIGINAL, **IN_VIETNAMESE)
    traits_on = tracing.traits_on

    def unbearable(article: Article, day: int | None) -> tuple[Trait, ...]:
        if article.title == "Bẫy":
            raise RecursionError("too deep")
        return traits_on(article, day)

    monkeypatch.setattr(tracing, "traits_on", unbearable)
    aggregator.begin()
    for url in ("/ar/trap", TRANSLATED):
        aggregator.listed(url)
    aggregator.answer("/ar/trap", title="Bẫy", body=["Một bài mà không ai đọc nổi, dài vừa đủ."])
    aggregator.answer(TRANSLATED, **IN_ARABIC)
    aggregator.end()
    assert [link.sure for link in translation_of(aggregator)] == [True]
    (found,) = open_findings(aggregator.store.reader)
    assert (found["kind"], found["url"]) == ("uncompared", HOME + "/ar/trap")
    assert found["detail"] == "RecursionError: too deep"
    assert aggregator.count("to_link") == 1, "it waits on"
    monkeypatch.undo()
    aggregator.begin()
    aggregator.end()
    assert open_findings(aggregator.store.reader) == []
    assert aggregator.count("to_link") == 0


def test_an_article_that_is_merged_has_no_links_any_more(path: Path) -> None:
    paper, aggregator = Newsroom(path), Newsroom(path, TRANSLATING)
    crawl(paper, ORIGINAL, **IN_VIETNAMESE)
    crawl(paper, "/tin/hai", title="Bài khác", body=["Không có gì chung với bài kia cả, thật thế."])
    crawl(aggregator, TRANSLATED, **IN_ARABIC)
    gone, survivor = (id_of(paper, "bao", url) for url in (ORIGINAL, "/tin/hai"))
    with paper.store.writing() as db:
        articles.merge(db, articles.by_id(db, gone), articles.by_id(db, survivor), START)
    assert translation_of(aggregator) == []
    assert paper.count("traits", f"article_id = {gone}") == 0
    aggregator.begin()
    aggregator.end()
    assert translation_of(aggregator) == []


def test_a_text_outside_the_store_is_traced_too(path: Path) -> None:
    paper = Newsroom(path)
    crawl(paper, ORIGINAL, **IN_VIETNAMESE)
    found = linking.original_of_text(paper.store.reader, outside(IN_ARABIC), (SITE, TRANSLATING))
    assert found is not None
    assert found.sure
    assert found.article_id == id_of(paper, "bao", ORIGINAL)
    unknown = Article(site="", url="", title="", lead="", blocks=(Block(text="لا شيء هنا"),))
    assert linking.original_of_text(paper.store.reader, unknown, (SITE,)) is None


def outside(told: dict[str, object], published_at: datetime | None = None) -> Article:
    """A text that is in no store."""
    return Article(
        site="",
        url="",
        title=str(told["title"]),
        lead="",
        blocks=tuple(Block(text=text) for text in told["body"]),  # type: ignore[attr-defined]
        published_at=published_at,
    )


def test_a_translation_is_not_the_original_of_its_original(path: Path) -> None:
    """Nor where its site does not say that it translates, nor by being nearer than another."""
    paper, abroad = Newsroom(path), Newsroom(path, SITE.model_copy(update={"name": "khac"}))
    crawl(abroad, TRANSLATED, **IN_ARABIC)
    found = linking.original_of_text(paper.store.reader, outside(IN_VIETNAMESE), (SITE,))
    assert found is None
    in_english = {
        "title": "Conference on the new conclusion of the Politburo",
        "body": [
            "Conclusion 57-KL/TW and Decree 09/2017/ND-CP were studied on June 15, 2023.",
            "The province collected 1.25 trillion VND, up 4.75%, from 12,345 households.",
        ],
    }
    assert linking.original_of_text(paper.store.reader, outside(in_english), (SITE,)) is None
    crawl(paper, ORIGINAL, **IN_VIETNAMESE)
    found = linking.original_of_text(paper.store.reader, outside(in_english), (SITE,))
    assert found is not None
    assert (found.article_id, found.sure) == (id_of(paper, "bao", ORIGINAL), True)


@pytest.mark.parametrize(("days", "sure"), [(-2, True), (0, True), (1, False)])
def test_what_is_younger_than_a_text_is_a_guess(path: Path, days: int, sure: bool) -> None:
    paper = Newsroom(path)
    published_at = (START + timedelta(days=days)).isoformat()
    crawl(paper, ORIGINAL, **IN_VIETNAMESE, published_at=published_at)
    found = linking.original_of_text(paper.store.reader, outside(IN_ARABIC, START), (SITE,))
    assert found is not None
    assert found.sure is sure


def test_what_prints_a_source_in_another_language_is_a_guess(tmp_path: Path) -> None:
    portals = two_portals.Portals(tmp_path / "store.db")
    crawl(portals.bao, ORIGINAL, **IN_VIETNAMESE)
    elsewhere = {"title": "خبر من وكالة", "body": ["عقد المؤتمر عبر الإنترنت صباح أمس."]}
    crawl(portals.dich, "/ar/tin/nguon", **elsewhere)
    original, source = (portals.article_id(url) for url in (ORIGINAL, "/ar/tin/nguon"))
    with portals.bao.store.writing() as db:
        db.execute(
            "INSERT INTO citations (article_id, position, label, name, url, how, "
            "cited_article_id, seen_at) VALUES (?, 0, 'Nguồn', '', 'https://a.example/', "
            "'printed', ?, '2026')",
            [original, source],
        )
    found = linking.original_of_text(portals.bao.store.reader, outside(IN_ARABIC), (SITE,))
    assert found is not None
    assert (found.article_id, found.sure) == (original, False)


def test_a_day_apart_is_a_translation_a_year_apart_is_none(path: Path) -> None:
    paper, aggregator = Newsroom(path), Newsroom(path, TRANSLATING)
    long_ago = (START - timedelta(days=365)).isoformat()
    crawl(paper, ORIGINAL, **{**IN_VIETNAMESE, "published_at": long_ago})
    crawl(aggregator, TRANSLATED, **IN_ARABIC)
    assert translation_of(aggregator) == []


@pytest.mark.parametrize(("told", "kinds"), [(IN_ARABIC, ["translation"]), (None, [])])
def test_a_printed_address_is_an_original_only_in_another_language(
    tmp_path: Path, told: dict[str, object] | None, kinds: list[str]
) -> None:
    """In its own language it is a copy, which the text shows, or is merely cited."""
    portals = two_portals.Portals(tmp_path / "store.db")
    portals.bao.begin()
    portals.bao.listed(ORIGINAL)
    portals.bao.answer(ORIGINAL, **IN_VIETNAMESE)
    portals.bao.end()
    another = {
        "title": "Người dân bàn về kết luận mới",
        "body": ["Chợ phiên Mường Khao đông khách hơn mọi năm.", "Giá gạo không đổi."],
    }
    portals.dich.begin()
    portals.dich.listed("/tin/binh-luan")
    portals.dich.answer("/tin/binh-luan", **(told or another), cites=[f"{HOME}{ORIGINAL}"])
    portals.dich.end()
    found = links.of_article(portals.dich.store.reader, portals.article_id("/tin/binh-luan"))
    assert [(link.kind, link.sure) for link in found] == [(kind, True) for kind in kinds]
