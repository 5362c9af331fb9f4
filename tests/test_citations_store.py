"""What pages cite, in the store: with the current version, by article, bounded, forgotten."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from commandline import SITE_FILE, baowatch, configure
from desks import BODY, HOME, SITE, Newsroom, read_plainly

from crawlers.page import Page
from crawlers.site import Site
from pipelines import citing
from pipelines.citation import Citation
from pipelines.citing import follow_waiting
from pipelines.desk import Desk
from pipelines.fingerprint import fingerprints
from pipelines.noise import Memory
from pipelines.profile import NO_PROFILE, Profile
from pipelines.reading import Reading
from pipelines.rebase import Reread, rewrite
from pipelines.store import articles, citations, readings, sites, versions
from pipelines.store.citations import Cited
from pipelines.store.opening import Reader

COPIER_HOME = "https://chep.example"
COPIER = Site.model_validate(
    {
        "name": "chep",
        "title": "Chép",
        "home": f"{COPIER_HOME}/",
        "verified": False,
        "articles": [{"path": r"/bai/[a-z0-9-]+"}],
        "not_articles": ["/bai/tim-kiem.*"],
    }
)
KNOWN = {"bao": SITE, "chep": COPIER}
COPY, OTHER_COPY, ORIGINAL = "/bai/ban-chep", "/bai/ban-khac", "/tin/goc"
TEXT = {"title": "Bản chép", "body": ["Bản chép", *BODY]}


def read_citing(page: Page, site: Site, memory: Memory, profile: Profile = NO_PROFILE) -> Reading:
    """As ``read_plainly``; the field ``cites`` holds addresses and names that the page prints."""
    reading = read_plainly(page, site, memory, profile)
    told = json.loads(page.body).get("cites", ())
    found = tuple(
        Citation(label="Nguồn", url=one, how="printed")
        if one.startswith("http")
        else Citation(label="Nguồn", name=one)
        for one in told
    )
    return replace(reading, citations=found)


class Copier(Newsroom):
    """A site whose pages cite those of ``bao``."""

    def begin(self) -> Desk:
        self.desk = replace(super().begin(), read=read_citing, sites=KNOWN)
        return self.desk

    def cites(self, *told: str, url: str = COPY, **fields: Any) -> str:
        return self.answer(url, **{**TEXT, **fields}, cites=list(told)).name


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = configure(tmp_path, monkeypatch)
    (tmp_path / "config" / "sites" / "chep.yml").write_text(
        SITE_FILE.replace("Báo", "Chép").replace("bao.example", "chep.example"), encoding="utf-8"
    )
    return path


@pytest.fixture
def copier(path: Path) -> Copier:
    room = Copier(path, COPIER)
    room.begin()
    return room


def bao(copier: Copier) -> Newsroom:
    return Newsroom(copier.store.path, SITE, clock=copier.clock)


def number(db: Reader, url: str) -> int:
    return int(db.execute("SELECT id FROM articles WHERE url = ?", [url]).fetchone()[0])


def cited(copier: Copier, url: str = COPY) -> list[Cited]:
    db = copier.store.reader
    return citations.of_article(db, number(db, f"{COPIER_HOME}{url}"))


def addresses(copier: Copier, site: str) -> list[str]:
    found = copier.store.reader.execute(
        "SELECT articles.url FROM articles JOIN sites ON sites.id = site_id WHERE name = ? "
        "AND merged_into IS NULL ORDER BY articles.id",
        [site],
    )
    return [url for (url,) in found]


def test_what_the_current_version_cites_is_kept_with_it(copier: Copier) -> None:
    copier.cites(f"{HOME}{ORIGINAL}", "Báo Mẫu", "https://la.example/x")
    db = copier.store.reader
    original = number(db, f"{HOME}{ORIGINAL}")
    told = [
        (each.citation.url or each.citation.name, each.cited_article_id) for each in cited(copier)
    ]
    assert told == [
        (f"{HOME}{ORIGINAL}", original),
        ("Báo Mẫu", None),
        ("https://la.example/x", None),
    ]
    (one,) = citations.citing(db, original)
    assert (one.url, one.title, one.site) == (f"{COPIER_HOME}{COPY}", "Bản chép", "chep")


def test_a_source_line_alone_that_changes_is_no_edit_and_is_kept(copier: Copier) -> None:
    copier.cites("Báo Mẫu")
    copier.end()
    copier.clock.pass_by(hours=8)
    copier.begin()
    assert copier.count("to_link") == 0
    assert copier.cites(f"{HOME}{ORIGINAL}") == "unchanged"
    assert copier.count("to_link") == 1, "with the address its original may be known"
    copier.end()
    assert [one.citation.url for one in cited(copier)] == [f"{HOME}{ORIGINAL}"]
    assert copier.released() == []


def test_a_suspected_text_cites_nothing_until_it_is_agreed(copier: Copier) -> None:
    copier.cites("Báo Mẫu")
    copier.end()
    copier.clock.pass_by(hours=8)
    edited = [*TEXT["body"], "Tỉnh sẽ họp lại vào ngày 15/3."]
    copier.begin()
    assert copier.cites("Báo Khác", body=edited) == "suspected"
    assert [one.citation.name for one in cited(copier)] == ["Báo Mẫu"]
    copier.clock.pass_by(minutes=10)
    assert copier.cites("Báo Khác", body=edited) == "changed"
    copier.end()
    assert [one.citation.name for one in cited(copier)] == ["Báo Khác"]


def test_a_cited_address_is_fetched_by_its_site_and_is_no_news(copier: Copier) -> None:
    room = bao(copier)
    room.baseline("/tin/mot", "/tin/hai")
    copier.cites(f"{HOME}{ORIGINAL}?utm_source=chep")
    assert addresses(copier, "bao")[-1] == f"{HOME}{ORIGINAL}"
    db = copier.store.reader
    row = articles.by_id(db, number(db, f"{HOME}{ORIGINAL}"))
    assert (row.status, row.announced_by) == ("known", None)
    assert row.due_at is not None
    assert row.due_at <= copier.clock.now()
    room.begin()
    assert room.answer(ORIGINAL, title="Gốc", body=["Gốc", *BODY]).name == "older"
    room.end()
    assert room.released() == []


def test_what_is_cited_before_its_site_lists_it_is_news_all_the_same(copier: Copier) -> None:
    room = bao(copier)
    room.baseline("/tin/mot", "/tin/hai")
    assert due_sources(copier) == 0
    copier.cites(f"{HOME}{ORIGINAL}")
    assert due_sources(copier) > 0, "its sources are read before it is"
    room.begin()
    room.listed(ORIGINAL, "/tin/mot")
    assert room.answer(ORIGINAL, title="Gốc", body=["Gốc", *BODY]).name == "new"
    room.end()
    assert room.released() == [("new", ORIGINAL)]


def test_what_an_old_article_cites_wakes_nobody(copier: Copier) -> None:
    room = bao(copier)
    room.baseline("/tin/mot", "/tin/hai")
    copier.cites(f"{HOME}{ORIGINAL}", published_at="2026-01-05T00:00:00+00:00")
    assert f"{HOME}{ORIGINAL}" in addresses(copier, "bao")
    assert due_sources(copier) == 0


def due_sources(copier: Copier) -> int:
    return copier.count(
        "sources JOIN sites ON sites.id = site_id",
        f"name = 'bao' AND due_at <= '{copier.clock.now().isoformat(timespec='microseconds')}'",
    )


def test_an_article_that_becomes_known_later_is_the_one_that_was_cited(
    copier: Copier, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(citing, "MOST_NEW_OF_PAGE", 0)
    copier.cites(f"{HOME}{ORIGINAL}")
    assert [one.waits for one in cited(copier)] == [True]
    room = bao(copier)
    room.begin()
    room.listed(ORIGINAL)
    (one,) = cited(copier)
    expected = number(copier.store.reader, f"{HOME}{ORIGINAL}")
    assert (one.waits, one.cited_article_id) == (False, expected)


def test_a_cited_article_that_moves_is_still_the_one_that_is_cited(copier: Copier) -> None:
    room = bao(copier)
    room.baseline(ORIGINAL, "/tin/hai")
    copier.cites(f"{HOME}{ORIGINAL}")
    (before,) = cited(copier)
    room.begin()
    room.listed("/tin/moi")
    room.answer(ORIGINAL, final="/tin/moi", title="Hội nghị số 0", body=["0", *BODY])
    room.end()
    (after,) = cited(copier)
    db = copier.store.reader
    assert after.cited_article_id is not None
    assert articles.by_id(db, after.cited_article_id).url == f"{HOME}/tin/moi"
    assert [one.url for one in citations.citing(db, after.cited_article_id)] == [
        f"{COPIER_HOME}{COPY}"
    ]
    assert before.cited_article_id is not None


@pytest.mark.parametrize(
    "url",
    [
        f"{HOME}/",
        HOME,
        "https://la.example/tin/goc",
        f"{COPIER_HOME}/bai/tim-kiem?q=1",
        f"https://ai:mat-khau@bao.example{ORIGINAL}",
        f"https://bao.example:8080{ORIGINAL}",
        f"https://bao.example.evil.example{ORIGINAL}",
        "http://127.0.0.1/tin/goc",
        "http://[::1]/tin/goc",
        "https://bao.example:99999/tin/goc",
    ],
)
def test_what_the_guard_would_refuse_and_what_is_no_page_is_never_asked_for(
    copier: Copier, url: str
) -> None:
    copier.cites(url)
    assert addresses(copier, "bao") == []
    assert addresses(copier, "chep") == [f"{COPIER_HOME}{COPY}"]
    (one,) = cited(copier)
    assert (one.citation.url, one.cited_article_id, one.waits) == (url, None, False)


def test_pages_that_cite_thousands_bring_few_a_day(
    copier: Copier, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(citing, "MOST_NEW_OF_SITE", 5)
    for page in range(4):
        told = [f"{HOME}/tin/so-{page}-{n}" for n in range(10)]
        copier.cites(*told, url=f"/bai/so-{page}", title=f"Bài {page}", body=[f"{page}", *BODY])
    assert len(addresses(copier, "bao")) == 5
    with copier.store.writing() as db:
        assert follow_waiting(copier.desk, db) == 0
    copier.clock.pass_by(days=1)
    copier.begin()
    with copier.store.writing() as db:
        assert follow_waiting(copier.desk, db) == 5
    assert len(addresses(copier, "bao")) == 10
    assert copier.count("cited_days") == 1


def test_what_a_site_without_a_file_is_cited_for_holds_up_nothing(
    copier: Copier, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = COPIER.model_dump(exclude_unset=True) | {"name": "khac", "home": "https://khac.example/"}
    other = Site.model_validate(told | {"articles": [{"path": "/tin/.+"}]})
    copier.desk = replace(copier.desk, sites={**KNOWN, "khac": other})
    monkeypatch.setattr(citing, "MOST_NEW_OF_SITE", 0)
    copier.cites("https://khac.example/tin/mot")
    copier.cites(f"{HOME}{ORIGINAL}", url=OTHER_COPY, title="Khác", body=["khác", *BODY])
    assert copier.count("citations", "cited_article_id IS NULL AND cited_key != ''") == 2
    monkeypatch.undo()
    monkeypatch.setattr(citing, "LEFT_OVER", 1)
    copier.begin()
    with copier.store.writing() as db:
        assert follow_waiting(copier.desk, db) == 1
    assert addresses(copier, "bao") == [f"{HOME}{ORIGINAL}"]


def test_a_forgotten_article_is_cited_by_nobody(copier: Copier, path: Path) -> None:
    secret = "/tin/ong-tran-van-bi"
    room = bao(copier)
    room.baseline(secret, "/tin/hai")
    copier.cites(f"{HOME}{secret}", "Báo Mẫu")
    copier.cites(f"{HOME}{secret}", url=OTHER_COPY, title="Khác", body=["khác", *BODY])
    copier.end()
    told = baowatch("forget", f"{HOME}{secret}", "--why", "request 17/2026")
    assert told.status == 0, told
    assert [one.citation for one in cited(copier)] == [
        Citation(label="Nguồn"),
        Citation(label="Nguồn", name="Báo Mẫu"),
    ]
    assert copier.count("citations", "url LIKE '%bi%' OR cited_key LIKE '%bi%'") == 0
    copier.clock.pass_by(hours=8)
    copier.begin()
    copier.cites(f"{HOME}{secret}", "Báo Khác")
    assert copier.count("citations", "url LIKE '%bi%' OR cited_key LIKE '%bi%'") == 0
    assert addresses(copier, "bao") == [f"{HOME}/tin/hai"]


def test_what_a_forgotten_article_cited_goes_with_it(copier: Copier, path: Path) -> None:
    copier.cites("Báo Mẫu")
    copier.end()
    assert baowatch("forget", f"{COPIER_HOME}{COPY}", "--why", "request 18/2026").status == 0
    assert copier.count("citations") == 0


def test_it_holds_after_every_kill(copier: Copier) -> None:
    """Version and citations are one transaction: a writer that ends in between leaves neither."""

    class Killed(Exception):
        pass

    def die(*_: object, **__: object) -> int:
        raise Killed

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("pipelines.store.versions.add", die)
        with pytest.raises(Killed):
            copier.cites(f"{HOME}{ORIGINAL}")
    assert (copier.count("citations"), copier.count("versions")) == (0, 0)
    assert addresses(copier, "bao") == []
    copier.cites(f"{HOME}{ORIGINAL}")
    assert (copier.count("citations"), copier.count("versions")) == (1, 1)


def test_a_site_row_that_a_citation_made_is_that_sites_own(copier: Copier) -> None:
    copier.cites(f"{HOME}{ORIGINAL}")
    row = sites.site_row(copier.store.reader, "bao")
    assert row is not None
    assert row["baseline_at"] is None


def test_reading_stored_pages_again_refreshes_what_is_cited(copier: Copier) -> None:
    copier.cites("Báo Mẫu")
    copier.end()
    (stored,) = readings.stored_readings(copier.store.reader, copier.desk.site_id, every=True)
    article = versions.by_id(copier.store.reader, stored.version_id).article
    today = Citation(label="Nguồn", url=f"{HOME}{ORIGINAL}", how="printed")
    again = Reread(stored=stored, article=article, prints=fingerprints(article), citations=(today,))
    with copier.store.writing() as db:
        rewrite(copier.desk, db, [again])
    assert [one.citation for one in cited(copier)] == [today]
    assert addresses(copier, "bao") == [f"{HOME}{ORIGINAL}"]
    # The page may cite otherwise since; the next look shall read it, whatever its bytes.
    row = copier.store.reader.execute("SELECT body_sha256 FROM articles WHERE id = 1").fetchone()
    assert row == ("",)
