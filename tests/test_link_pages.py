"""The browsed pages of articles that are copied, translated and cited."""

import json
from collections.abc import Iterator

import hostile
import pytest
from browsing import Served, served
from lxml import html
from two_portals import ORIGINAL, TRANSLATION, Portals, linked_by_hand, written

COPY, GUESS = "/tin/chep", "/tin/doan"


@pytest.fixture(scope="module")
def portals(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portals]:
    with pytest.MonkeyPatch.context() as patched:
        made = linked_by_hand(tmp_path_factory.mktemp("links"), patched)
        made.dich.begin()
        made.dich.listed(COPY, GUESS)
        fields = written("4,7")
        made.dich.answer(COPY, **{**fields, "body": [*fields["body"], "Theo Báo."]})  # type: ignore[misc]
        made.dich.answer(GUESS, title=hostile.EVERYTHING, body=[hostile.EVERYTHING])
        made.dich.end()
        made.clock.pass_by(hours=1)
        made.link()
        made.link(COPY, kind="copy")
        made.link(GUESS, sure=False)
        made.look(made.bao, ORIGINAL, **written("47"))
        poison(made)
        yield made


def poison(made: Portals) -> None:
    evidence = json.dumps([["name", hostile.EVERYTHING, 2.0]])
    guess, copy = made.article_id(GUESS), made.article_id(COPY)
    with made.bao.store.writing() as db:
        db.execute("UPDATE links SET evidence = ? WHERE from_article_id = ?", [evidence, guess])
        for position, address in enumerate(hostile.ADDRESSES):
            db.execute(
                "INSERT INTO citations (article_id, position, label, name, url, how, seen_at) "
                "VALUES (?, ?, ?, ?, ?, 'printed', '2026')",
                [copy, position, hostile.EVERYTHING, hostile.EVERYTHING, address],
            )
        db.execute(
            "INSERT INTO citations (article_id, position, label, name, url, how, "
            "cited_article_id, seen_at) VALUES (?, 0, 'Nguồn', 'Báo', '', 'named', NULL, '2026')",
            [guess],
        )
        db.execute(
            "INSERT INTO citations (article_id, position, label, name, url, how, "
            "cited_article_id, seen_at) VALUES (?, 1, '', 'Báo', ?, 'link', ?, '2026')",
            [guess, f"https://bao.example{ORIGINAL}", made.article_id(ORIGINAL)],
        )


@pytest.fixture(scope="module")
def pages(portals: Portals) -> Iterator[Served]:
    with served(portals.bao.store.path) as server:
        yield server


def shown(pages: Served, number: int) -> html.HtmlElement:
    answer = pages.get(f"/article/{number}")
    assert answer.status_code == 200, answer.text
    return html.document_fromstring(answer.text)


def said(root: html.HtmlElement, heading: str) -> str:
    (section,) = root.xpath(f"//section[h2/@id='{heading}']")
    return " ".join(section.text_content().split())


def test_an_originals_page_shows_what_was_made_of_it(pages: Served, portals: Portals) -> None:
    root = shown(pages, portals.article_id(ORIGINAL))
    translations = said(root, "translations")
    assert "مؤتمر لتقييم النتائج" in translations
    assert "the original said 4.7 % before, and says 47 % since" in translations
    assert "perhaps translation" in translations
    assert "document: 57-kl/tw" in translations
    assert "What the copy left out or added" in said(root, "copied-by")
    (added,) = root.xpath("//section[h2/@id='copied-by']//ins[contains(., 'Theo')]")
    assert "Theo Báo." in added.text_content()
    assert said(root, "cited-by")


def test_a_translations_page_shows_its_original(pages: Served, portals: Portals) -> None:
    original = said(shown(pages, portals.article_id(TRANSLATION)), "original")
    assert "Hội nghị đánh giá kết quả" in original
    assert "Sure, score 9.50" in original


def test_hostile_evidence_names_and_addresses_stay_inert(pages: Served, portals: Portals) -> None:
    for url in (GUESS, COPY, ORIGINAL):
        root = shown(pages, portals.article_id(url))
        assert root.xpath("//script | //iframe | //base | //@onload | //@onmouseover") == []
        for address in root.xpath("//a/@href"):
            assert address.startswith(("http://", "https://", "/", "#")), address
    cites = said(shown(pages, portals.article_id(COPY)), "cites")
    assert "window.pwned=1" in cites


@pytest.mark.parametrize(
    ("query", "column", "value"),
    [
        ("outdated_translations", "made_title", "مؤتمر لتقييم النتائج"),
        ("most_copied", "copies", 1),
        ("unaddressed_sources", "source", "Báo"),
    ],
)
def test_questions_about_links(pages: Served, query: str, column: str, value: object) -> None:
    assert value in [row[column] for row in pages.table(query)]
