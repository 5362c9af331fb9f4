"""What a report tells of copies, translations and cited sources: once, and only what is sure."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from desks import BODY, START
from two_portals import (
    ORIGINAL,
    SITES,
    TOLD_AGAIN,
    TRANSLATION,
    Portals,
    linked_by_hand,
    translated,
    written,
)

from monitor.links import known_links
from monitor.render.report_text import render_text
from monitor.report import Choice, Report, make_report
from pipelines.store import articles, links

LATEST = datetime(9999, 1, 1, tzinfo=UTC)


@pytest.fixture
def portals(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Portals:
    return linked_by_hand(tmp_path, monkeypatch)


def report(
    portals: Portals,
    since: datetime = START,
    until: datetime = LATEST,
    choice: Choice = Choice(weight="cosmetic"),
) -> Report:
    return make_report(portals.bao.store.reader, SITES, since=since, until=until, choice=choice)


def notes(made: Report) -> list[tuple[str, str, str]]:
    """Kind of the change, role and the other article's site, of every line."""
    return [
        (entry.kind, note.role, note.other.site)
        for site in made.sites
        for entry in site.entries
        for note in entry.notes
    ]


def publish(portals: Portals, url: str, **fields: object) -> None:
    portals.dich.begin()
    portals.dich.listed(TRANSLATION, url)
    portals.dich.answer(url, **fields)
    portals.dich.end()
    portals.clock.pass_by(hours=1)


def withdraw(portals: Portals) -> None:
    """The original is gone at two looks, while another article of its portal answers."""
    for _ in range(2):
        portals.bao.begin()
        portals.bao.listed("/tin/khac")
        portals.bao.answer("/tin/khac", title="Khác", body=["khác", *BODY])
        portals.bao.answer(ORIGINAL, status=404)
        portals.bao.end()
        portals.clock.pass_by(hours=8)


def test_an_original_that_changes_is_told_with_the_figures_that_differ(portals: Portals) -> None:
    portals.link()
    portals.look(portals.bao, ORIGINAL, **written("47"))
    (one,) = report(portals).links.outdated
    assert (one.kind, one.original.site, one.made.site) == ("translation", "bao", "dich")
    assert [fact.value for fact in one.drift.gone] == ["4.7 %"]
    assert [fact.value for fact in one.drift.came] == ["47 %"]
    assert one.follows_at is None
    assert notes(report(portals)) == [("edited", "translated_before", "dich")]


def test_a_guess_is_never_told_in_a_report(portals: Portals) -> None:
    portals.link(sure=False)
    portals.look(portals.bao, ORIGINAL, **written("47"))
    made = report(portals)
    assert not made.links
    assert notes(made) == []
    known = known_links(portals.bao.store.reader, portals.article_id(ORIGINAL))
    assert known is not None
    (tie,) = known.ties
    assert (tie.sure, tie.is_original, tie.other.site) == (False, False, "dich")
    assert tie.since is not None
    assert [fact.value for fact in tie.since.drift.gone] == ["4.7 %"]


def test_a_translation_that_follows_is_an_edit_and_its_original_is_named(portals: Portals) -> None:
    portals.link()
    portals.look(portals.bao, ORIGINAL, **written("47"))
    portals.look(portals.dich, TRANSLATION, **translated("47", TOLD_AGAIN))
    made = report(portals)
    (one,) = made.links.outdated
    assert one.follows_at is not None
    assert notes(made) == [
        ("edited", "translated_before", "dich"),
        ("edited", "after_original", "bao"),
    ]
    known = known_links(portals.bao.store.reader, portals.article_id(TRANSLATION))
    assert known is not None
    assert [tie.since for tie in known.originals] == [None]


def test_of_a_link_that_a_run_found_the_report_says_that_the_original_changed(
    tmp_path: Path,
) -> None:
    portals = Portals(tmp_path / "store.db")
    portals.baseline()
    (link,) = links.of_article(portals.bao.store.reader, portals.article_id(TRANSLATION))
    assert (link.kind, link.sure) == ("translation", True)
    portals.look(portals.bao, ORIGINAL, **written("47"))
    (before,) = report(portals).links.outdated
    assert [fact.value for fact in before.drift.gone] == ["4.7 %"]
    assert before.follows_at is None
    portals.look(portals.dich, TRANSLATION, **translated("47", TOLD_AGAIN))
    assert portals.told()[-1] == ("dich", "edited", "substantive", "changed")
    made = report(portals)
    assert notes(made) == [
        ("edited", "translated_before", "dich"),
        ("edited", "after_original", "bao"),
    ]
    said = render_text(made, colour=False)
    assert "its original had changed: Hội nghị đánh giá kết quả (bao)" in said


def test_a_translation_made_anew_names_its_original_as_unchanged(portals: Portals) -> None:
    portals.link()
    portals.retell(**translated("4.7", TOLD_AGAIN))
    assert notes(report(portals)) == [("retranslated", "original_same", "bao")]
    assert not report(portals).links.outdated
    assert report(portals, choice=Choice()).entries == 0


def test_an_original_that_is_withdrawn_is_a_source_that_is_gone(portals: Portals) -> None:
    portals.link()
    withdraw(portals)
    made = report(portals)
    (one,) = made.links.gone
    assert (one.how, one.source.site, one.by.site) == ("translation", "bao", "dich")
    assert notes(made) == [("withdrawn", "translated", "dich")]


def test_a_source_that_came_back_is_not_gone(portals: Portals) -> None:
    portals.link()
    withdraw(portals)
    portals.look(portals.bao, ORIGINAL, **written("4,7"))
    made = report(portals)
    kinds = [entry.kind for site in made.sites for entry in site.entries]
    assert kinds[-2:] == ["withdrawn", "restored"]
    assert made.links.gone == ()


def test_a_page_that_cites_what_is_withdrawn_cites_a_source_that_is_gone(portals: Portals) -> None:
    with portals.bao.store.writing() as db:
        db.execute(
            "INSERT INTO citations (article_id, position, label, name, url, how, "
            "cited_article_id, seen_at) VALUES (?, 0, 'المصدر', 'Báo', '', 'link', ?, '2026')",
            [portals.article_id(TRANSLATION), portals.article_id(ORIGINAL)],
        )
    withdraw(portals)
    made = report(portals)
    (one,) = made.links.gone
    assert (one.how, one.by.site) == ("citation", "dich")
    assert notes(made) == [("withdrawn", "cited", "dich")]


def test_a_new_copy_or_translation_is_told_with_its_original(portals: Portals) -> None:
    publish(portals, "/tin/chep", **written("4,7"))
    portals.link("/tin/chep", kind="copy")
    made = report(portals)
    (one,) = made.links.found
    assert (one.kind, one.original.url, one.made.site) == (
        "copy",
        "https://bao.example/tin/hoi-nghi",
        "dich",
    )
    assert notes(made) == [("new", "copy_of", "bao")]


def test_a_guess_that_becomes_sure_is_found_then(portals: Portals) -> None:
    store = portals.bao.store
    portals.link(sure=False)
    (guess,) = links.of_article(store.reader, portals.article_id(TRANSLATION))
    portals.clock.pass_by(hours=5)
    later = portals.clock.now()
    for link in (guess, replace(guess, sure=True), replace(guess, sure=True)):
        found = replace(link, found_at=portals.clock.now())
        with store.writing() as db:
            links.replace_links(db, guess.from_article_id, "translation", [found])
        portals.clock.pass_by(hours=5)
    assert report(portals, until=later).links.older == 0
    assert report(portals, later, later + timedelta(hours=9)).links.older == 1
    assert report(portals, later + timedelta(hours=9)).links.older == 0


def relinked(portals: Portals, made: str, *sures: bool | None) -> datetime:
    """One link after the other of an article is found anew: sure, a guess, or (None) none.

    When the last of them was found.
    """
    store, number = portals.bao.store, portals.article_id(made)
    (link,) = links.of_article(store.reader, number)
    for sure in sures:
        portals.clock.pass_by(hours=5)
        now = portals.clock.now()
        found = [] if sure is None else [replace(link, sure=sure, found_at=now)]
        with store.writing() as db:
            links.replace_links(db, number, link.kind, found)
    return now


@pytest.mark.parametrize("between", [(False,), (None,), (None, False), (False, None, True, None)])
def test_a_link_that_is_sure_again_is_not_found_again(
    portals: Portals, between: tuple[bool | None, ...]
) -> None:
    publish(portals, "/tin/chep", **written("4,7"))
    portals.link("/tin/chep", kind="copy")
    later = portals.clock.now() + timedelta(hours=1)
    (first,) = report(portals, until=later).links.found
    relinked(portals, "/tin/chep", *between, True)
    assert report(portals, until=later).links.found == (first,)
    assert report(portals, later).links.found == ()


def test_a_copy_that_is_dropped_and_found_again_is_not_told_again(portals: Portals) -> None:
    publish(portals, "/tin/chep", **written("4,7"))
    portals.link("/tin/chep", kind="copy")
    later = portals.clock.now() + timedelta(hours=1)
    made, original = (portals.article_id(url) for url in ("/tin/chep", ORIGINAL))
    (link,) = links.of_article(portals.bao.store.reader, made)
    with portals.bao.store.writing() as db:
        links.drop_copy(db, made, original)
        assert links.of_article(db, made) == []
        links.replace_links(db, made, "copy", [replace(link, found_at=later)])
    assert report(portals, later).links.found == ()


def test_what_nobody_could_be_told_of_is_found_when_it_is_sure_again(portals: Portals) -> None:
    portals.dich.begin()
    portals.dich.listed(TRANSLATION, "/tin/chep")
    portals.dich.answer("/tin/chep", **written("4,7"))
    portals.link("/tin/chep", kind="copy")
    relinked(portals, "/tin/chep", False)
    portals.dich.end()
    told_at = portals.clock.now()
    assert report(portals, until=told_at + timedelta(hours=1)).links.found == ()
    sure_at = relinked(portals, "/tin/chep", True)
    (one,) = report(portals, told_at + timedelta(hours=1)).links.found
    assert one.known_at == sure_at


def test_a_link_that_was_told_is_no_news_of_the_article_it_is_merged_into(
    portals: Portals,
) -> None:
    store = portals.bao.store
    publish(portals, "/tin/chep", **written("4,7"))
    publish(portals, "/tin/chep-moi", **written("4,7"))
    portals.link("/tin/chep", kind="copy")
    (link,) = links.of_article(store.reader, portals.article_id("/tin/chep"))
    later = portals.clock.now() + timedelta(hours=1)
    assert len(report(portals, until=later).links.found) == 1
    portals.clock.pass_by(hours=5)
    gone, survivor = (portals.article_id(url) for url in ("/tin/chep", "/tin/chep-moi"))
    with store.writing() as db:
        both = articles.by_id(db, gone), articles.by_id(db, survivor)
        articles.merge(db, *both, portals.clock.now())
        again = replace(link, from_article_id=survivor, found_at=portals.clock.now())
        links.replace_links(db, survivor, "copy", [again])
    assert not report(portals, later).links
    assert report(portals, until=later).links.older == 1
    found = store.reader.execute("SELECT from_article_id, to_article_id FROM once_sure")
    assert found.fetchall() == [(survivor, portals.article_id(ORIGINAL))]


def test_links_between_articles_known_before_are_only_counted(portals: Portals) -> None:
    portals.link()
    made = report(portals)
    assert (made.links.found, made.links.older) == ((), 1)


def test_what_nobody_was_told_of_is_in_no_report(portals: Portals) -> None:
    portals.dich.begin()
    portals.dich.listed(TRANSLATION, "/tin/chep")
    portals.dich.answer("/tin/chep", **written("4,7"))
    portals.link("/tin/chep", kind="copy")
    assert not report(portals).links
    known = known_links(portals.bao.store.reader, portals.article_id(ORIGINAL))
    assert known is not None
    assert known.ties == ()
    assert known_links(portals.bao.store.reader, portals.article_id("/tin/chep")) is None


def test_a_text_that_nobody_was_told_of_follows_nothing_yet(portals: Portals) -> None:
    portals.link()
    portals.look(portals.bao, ORIGINAL, **written("47"))
    portals.dich.begin()
    for _ in range(2):
        portals.dich.answer(TRANSLATION, **translated("47", TOLD_AGAIN))
        portals.clock.pass_by(minutes=10)
    for url in (ORIGINAL, TRANSLATION):
        known = known_links(portals.bao.store.reader, portals.article_id(url))
        assert known is not None
        assert known.ties[0].since is not None
    portals.dich.end()
    known = known_links(portals.bao.store.reader, portals.article_id(ORIGINAL))
    assert known is not None
    assert known.ties[0].since is None


def test_each_thing_is_told_in_one_span_only(portals: Portals) -> None:
    """Whatever the spans: cut anywhere, they tell together what the whole tells."""
    portals.link()
    publish(portals, "/tin/chep", **written("4,7"))
    portals.link("/tin/chep", kind="copy")
    portals.look(portals.bao, ORIGINAL, **written("47"))
    publish(portals, "/ar/tin/sau", **translated("4.7", TOLD_AGAIN))
    portals.link("/ar/tin/sau")  # found only now, of a text that is not there any more
    withdraw(portals)
    whole = report(portals).links
    assert (len(whole.outdated), len(whole.gone), len(whole.found), whole.older) == (3, 3, 2, 1)
    for hours in (1, 5, 24):
        spans = [START + timedelta(hours=hours * n) for n in range(80 // hours)]
        parts = [
            report(portals, since, until).links
            for since, until in zip(spans, [*spans[1:], LATEST], strict=True)
        ]
        assert [one for part in parts for one in part.outdated] == list(whole.outdated)
        assert {(one.by.url, one.known_at) for part in parts for one in part.gone} == {
            (one.by.url, one.known_at) for one in whole.gone
        }
        assert sum(len(part.gone) for part in parts) == len(whole.gone)
        assert [one for part in parts for one in part.found] == list(whole.found)
        assert sum(part.older for part in parts) == whole.older


@pytest.mark.parametrize(
    ("choice", "told"),
    [
        (Choice(sites=("bao",)), (1, 1)),
        (Choice(sites=("dich",)), (1, 1)),
        (Choice(sites=("bao",), kinds=("edited",)), (1, 0)),
        (Choice(kinds=("new",)), (0, 1)),
        (Choice(kinds=("withdrawn",)), (0, 0)),
    ],
)
def test_links_are_told_with_what_was_asked_for(
    portals: Portals, choice: Choice, told: tuple[int, int]
) -> None:
    publish(portals, "/tin/chep", **written("47"))
    portals.link("/tin/chep", kind="copy")
    portals.link()
    portals.look(portals.bao, ORIGINAL, **written("47"))
    found = report(portals, choice=choice).links
    assert (len(found.outdated), len(found.found)) == told
