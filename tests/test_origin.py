"""``baowatch origin``: printed, found, or honestly not known; of addresses, texts and pages."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from commandline import SITE_FILE, Told, baowatch, configure
from desks import HOME, SITE, Newsroom
from two_portals import FACTS, ORIGINAL, TOLD, TRANSLATION, Portals, linked_by_hand, written

from monitor.links import Named
from monitor.origin import Guess, Origin
from monitor.render.origin_text import as_text
from pipelines.links import Evidence
from pipelines.originals import Found

SEEDS = Path(__file__).parents[2] / "shared" / "seeds"
ADDRESS = f"{HOME}{ORIGINAL}"
NAMED = Named(
    article_id=1, site="bao", url=f"{HOME}{ORIGINAL}", title="Hội nghị", language="vi",
    published_at=None, status="live",
)  # fmt: skip
ARABIC = "\n".join(["مؤتمر لتقييم النتائج", *(line.format(rate="4.7") for line in TOLD)])


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = configure(tmp_path, monkeypatch)
    (tmp_path / "config" / "sites" / "dich.yml").write_text(
        SITE_FILE.replace("Báo", "Dịch")
        .replace("bao.example", "dich.example")
        .replace("/tin/", "/(?:ar/)?tin/")
        + "translates: true\n",
        encoding="utf-8",
    )
    return path


@pytest.fixture
def portals(path: Path, monkeypatch: pytest.MonkeyPatch) -> Portals:
    return linked_by_hand(path.parent, monkeypatch)


def asked(*words: str) -> list[dict[str, Any]]:
    told = baowatch("origin", "--json", *words)
    assert told.status == 0, told
    found: list[dict[str, Any]] = json.loads(told.out)
    return found


def text(path: Path, content: str) -> str:
    (path.parent / "text.txt").write_text(content, encoding="utf-8")
    return str(path.parent / "text.txt")


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the real seed documents are not here")
@pytest.mark.parametrize("store", ["none", "empty"])
def test_the_real_seeds(path: Path, store: str) -> None:
    if store == "empty":
        Newsroom(path).store.close()
    found = asked(*(str(one) for one in sorted(SEEDS.glob("*.txt"))))
    assert [one["verdict"] for one in found] == ["printed", "named", "printed", "named", "named"]
    printed = [[cited["url"] for cited in one["cites"] if cited["url"]] for one in found]
    assert [len(urls) for urls in printed] == [1, 0, 1, 0, 0]
    assert printed[0][0].endswith("/d20240625160152777.htm")
    assert printed[2][0].endswith("/Tang-cuong-cong-tac-thong-tin-tuyen-truyen-phuc-vu.aspx")
    labels = [[cited["label"] for cited in one["cites"] if cited["label"]] for one in found]
    assert labels == [["المصدر"], ["منبع"], ["المصدر"], ["مصدر"], ["مصدر"]]
    assert all(one["originals"] == [] for one in found)
    lines = baowatch("origin", *(str(one) for one in sorted(SEEDS.glob("*.txt")))).out
    assert lines.count("no original known") == 3
    assert path.exists() == (store == "empty"), "a question makes no store"


def test_a_text_that_prints_an_address_of_an_article_in_the_store(
    path: Path, portals: Portals
) -> None:
    (found,) = asked(text(path, f"{ARABIC}\nالمصدر: {ADDRESS}?utm_source=x"))
    assert found["verdict"] == "printed"
    assert found["cites"][0]["article"]["title"] == "Hội nghị đánh giá kết quả"
    assert found["originals"] == []


def test_a_text_without_an_address_whose_original_the_store_has(
    path: Path, portals: Portals, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = portals.article_id(ORIGINAL)
    for sure, verdict, words in (
        (True, "found", "its original was found"),
        (False, "perhaps", "its original is not sure"),
    ):
        answer = Found(article_id=number, sure=sure, score=12.5, evidence=())
        monkeypatch.setattr("monitor.origin.original_of_text", lambda *_, told=answer: told)
        (found,) = asked(text(path, f"{ARABIC}\nمصدر"))
        assert found["verdict"] == verdict
        (one,) = found["originals"]
        assert (one["article"]["url"], one["sure"], one["score"]) == (ADDRESS, sure, 12.5)
        assert words in baowatch("origin", text(path, f"{ARABIC}\nمصدر")).out


def test_the_store_is_asked_for_a_text_that_nobody_knows(path: Path, portals: Portals) -> None:
    told = baowatch("origin", text(path, "Một bài về chuyện khác.\nKhông có gì giống."))
    assert (told.status, "names no source; no original known" in told.out) == (0, True)


def test_an_address_shows_all_that_is_known(path: Path, portals: Portals) -> None:
    portals.link()
    portals.look(portals.bao, ORIGINAL, **written("5,1"))
    (found,) = asked(f"https://dich.example{TRANSLATION}")
    assert found["verdict"] == "found"
    (original,) = found["originals"]
    assert (original["article"]["url"], original["sure"]) == (ADDRESS, True)
    assert original["evidence"] == [{"kind": "document", "value": "57-kl/tw"}]
    since = original["changed_since"]
    assert any("4.7" in one for one in since["gone"])
    assert any("5.1" in one for one in since["came"])
    (of_original,) = asked(ADDRESS)
    assert [one["kind"] for one in of_original["made_of_it"]] == ["translation"]
    lines = baowatch("origin", f"https://dich.example{TRANSLATION}", ADDRESS).out
    assert "original (as a translation), score 9.5" in lines
    assert "that original changed since" in lines


def test_a_translation_that_names_its_source_is_told_once(path: Path, portals: Portals) -> None:
    portals.link()
    with portals.bao.store.writing() as db:
        db.execute(
            "INSERT INTO citations (article_id, position, label, name, url, how, "
            "cited_article_id, seen_at) VALUES (?, 0, 'المصدر', 'Báo', '', 'link', ?, '2026')",
            [portals.article_id(TRANSLATION), portals.article_id(ORIGINAL)],
        )
    lines = baowatch("origin", ADDRESS).out
    assert lines.count(TRANSLATION) == 1
    assert "translation: " in lines
    assert "names no source; itself the original of others" in lines
    (told,) = asked(ADDRESS)
    assert len(told["cited_by"]) == 1, "machines are told both"


def test_evidence_of_a_copy_is_put_in_words() -> None:
    alike = Evidence(kind="text", value="0.875", weight=0.875)
    guess = Guess(article=NAMED, sure=True, score=0.875, evidence=(alike,))
    assert "by 88% of its sentences" in as_text(Origin(asked="a.txt", guess=guess))


def test_any_address_that_an_article_had(path: Path, portals: Portals) -> None:
    portals.bao.begin()
    portals.bao.answer(ORIGINAL, final="/tin/moi", **written("4,7"))
    portals.bao.end()
    old, new = asked(ADDRESS, f"{HOME}/tin/moi?utm_source=x")
    assert old["article"] == new["article"]
    assert old["article"]["url"] == f"{HOME}/tin/moi"


def test_addresses_that_nobody_knows(path: Path) -> None:
    found = asked(ADDRESS, "https://elsewhere.example/x")
    assert [(one["known"], one["verdict"]) for one in found] == [(False, "none")] * 2
    told = baowatch("origin", ADDRESS)
    assert told.out.strip() == f"{ADDRESS}: not known to the store"
    assert f"there is no store at {path}" in told.said.replace("\n", "")
    assert not path.exists()


def test_an_address_that_was_not_read_yet(path: Path) -> None:
    room = Newsroom(path, SITE)
    room.begin()
    room.listed(ORIGINAL)
    assert "known by its address, not read yet" in baowatch("origin", ADDRESS).out


def test_an_article_that_was_read_and_not_told_yet(path: Path) -> None:
    room = Newsroom(path, SITE)
    room.baseline("/tin/mot")
    room.begin()
    room.listed(ORIGINAL)
    room.answer(ORIGINAL, **written("4,7"))
    told = baowatch("origin", ADDRESS).out
    assert told.strip() == f"{ADDRESS}: known, and nobody was told of it yet"
    (found,) = asked(ADDRESS)
    assert (found["known"], found["article"]) == (True, None)


def saved(path: Path, line: str, head: str = "") -> str:
    paragraphs = "".join(f"<p>{one.format(rate='4.7')} {FACTS[0]}</p>" for one in TOLD)
    page = (
        f'<!doctype html><html lang="ar"><head>{head}<title>مؤتمر لتقييم النتائج</title></head>'
        f"<body><article><h1>مؤتمر لتقييم النتائج</h1>{paragraphs}{line}</article></body></html>"
    )
    (path.parent / "page.html.gz").write_bytes(gzip.compress(page.encode()))
    return str(path.parent / "page.html.gz")


def test_a_saved_page_with_or_without_its_own_address(path: Path) -> None:
    source = f'<div>المصدر: <a href="{ADDRESS}">Báo</a></div>'
    own = '<link rel="canonical" href="https://dich.example/ar/tin/hoi-nghi">'
    for words in ([saved(path, source, own)], [saved(path, source)]):
        (found,) = asked(*words)
        assert (found["verdict"], found["cites"][0]["url"]) == ("printed", ADDRESS)
    alone = saved(path, "<div>المصدر</div>", own)
    (found,) = asked(alone, "--url", "https://dich.example/ar/tin/hoi-nghi")
    assert found["verdict"] == "named"


def test_a_saved_page_of_an_article_that_the_store_knows(path: Path, portals: Portals) -> None:
    portals.link()
    own = f'<meta property="og:url" content="https://dich.example{TRANSLATION}">'
    (found,) = asked(saved(path, "<div>المصدر</div>", own))
    assert (found["verdict"], found["article"]["site"]) == ("found", "dich")
    assert [one["article"]["url"] for one in found["originals"]] == [ADDRESS]


def test_a_page_of_a_site_that_writes_itself_has_no_original_elsewhere(
    path: Path, portals: Portals, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = Found(article_id=portals.article_id(TRANSLATION), sure=True, score=12.5, evidence=())
    monkeypatch.setattr("monitor.origin.original_of_text", lambda *_: answer)
    for url, verdict in ((ADDRESS, "none"), (f"{HOME}/tin/chua-doc", "none"), ("", "found")):
        own = f'<link rel="canonical" href="{url}">' if url else ""
        (found,) = asked(saved(path, "", own))
        assert found["verdict"] == verdict


def test_what_cannot_be_read_is_named_and_the_rest_is_told(path: Path) -> None:
    (path.parent / "photo.jpg").write_bytes(b"\x89PNG\xff\xfe\x00")
    wrong = [str(path.parent / name) for name in ("photo.jpg", "absent.txt", ".")]
    told: Told = baowatch("origin", *wrong, text(path, f"Bài.\nNguồn: {ADDRESS}"))
    assert told.status == 2
    assert all(one in told.said.replace(" ", "") for one in ("photo.jpg", "absent.txt"))
    assert f"cites {ADDRESS} (Nguồn)" in told.out
    alone = baowatch("origin", "https://[::1/x")
    assert (alone.status, alone.out) == (2, "")


def test_hostile_words_reach_no_terminal(path: Path) -> None:
    hostile = text(path, "Bài.\nNguồn: Báo\x1b[31m \u202eX\u2066 https://la.example/\u202ex")
    told = baowatch("origin", hostile)
    assert told.status == 0
    assert not any(one in told.out for one in "\x1b\u202e\u2066")
    absent = baowatch("origin", str(path.parent / "a\x1b[31m\u202e.html"))
    assert absent.status == 2
    assert not any(one in absent.said for one in "\x1b\u202e\u2066")
