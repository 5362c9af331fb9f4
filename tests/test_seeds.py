import json
from pathlib import Path

import pytest
import typer
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from crawlers.site import ArticleAddress, Site
from monitor.cli.seeds import seeds as command
from monitor.seeds import CitedSource, SeedError, add_sources, cited_source, read_seed
from pipelines.store.opening import open_store

SHARED = Path(__file__).parents[2] / "shared" / "seeds"


def site(name, host):
    return Site(
        name=name,
        title=name,
        home=f"https://{host}/",
        verified=False,
        articles=(ArticleAddress(path=".*"),),
    )


SITES = {"mau": site("mau", "baomau.example"), "khac": site("khac", "so.khac.example")}
URL = "https://baomau.example/hoi-nghi/d20240625160152777.htm"


@pytest.mark.parametrize(
    ("text", "label", "url"),
    [
        (f"نص المقال.\nالمصدر: {URL}\nتعليق (0)", "المصدر", URL),
        (f"متن\nمنبع:{URL}", "منبع", URL),
        (f"Bài viết.\n\nNguồn: {URL}.\n", "Nguồn", URL),
        (f"Bài viết.\nTheo {URL}", "Theo", URL),
        (f"Text.\r\nSource : <{URL}>\r\n", "Source", URL),
        (f"Text.\n- Source：{URL})", "Source", URL),
        (f"Bài viết.\nNguồn:\n\n{URL}\n", "Nguồn", URL),
        (f"Bài viết.\nNguồn\u200b:\u00a0\u202a{URL}\u202c", "Nguồn", URL),
        (f"NGUỒN TIN: Báo Mẫu ({URL})\n", "NGUỒN TIN", URL),
        ("Nguồn: baomau.example/a/d1.htm", "Nguồn", "https://baomau.example/a/d1.htm"),
        ("نص\nمصدر\nتعليق (0)", "مصدر", ""),
        ("Bài viết.\nNguồn: Báo Mẫu", "Nguồn", ""),
        ("Theo báo cáo của tỉnh, sản lượng tăng.\nHết.", "", ""),
        (f"Xem {URL} để biết thêm.", "", ""),
        ("", "", ""),
        (f"Nguồn: ảnh của tác giả\nThân bài.\nNguồn: {URL}\nNguồn", "Nguồn", URL),
    ],
)
def test_the_source_a_text_cites(text, label, url):
    assert cited_source(text) == CitedSource(label=label, url=url)


@given(st.text())
def test_any_text_can_be_a_seed(text):
    assert cited_source(text).url == "" or cited_source(text).label


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("end", ["", "\n", "\r\n\r\n"])
def test_a_document_in_any_usual_encoding_and_ending(tmp_path, encoding, end):
    path = tmp_path / "seed.txt"
    path.write_bytes(f"نص\nالمصدر: {URL}{end}".encode(encoding))
    seed = read_seed(path, SITES)
    assert (seed.verdict, seed.site, seed.source.url) == ("cited", "mau", URL)


def test_verdicts(tmp_path):
    texts = {
        "foreign": "Nguồn: https://elsewhere.example/a.htm",
        "no_address": "Nguồn",
        "none": "Chỉ có văn bản.",
        "cited": f"Source: {URL.replace('https://', 'https://www.')}",
    }
    for verdict, text in texts.items():
        path = tmp_path / f"{verdict}.txt"
        path.write_text(text, encoding="utf-8")
        assert read_seed(path, SITES).verdict == verdict


def test_only_addresses_of_configured_sites_are_added_once(tmp_path):
    for number, text in enumerate([f"Nguồn: {URL}", f"Nguồn: {URL}", "Nguồn: https://x.example/a"]):
        (tmp_path / f"{number}.txt").write_text(text, encoding="utf-8")
    added: list[tuple[str, str]] = []
    found = [read_seed(path, SITES) for path in sorted(tmp_path.iterdir())]
    assert add_sources(found, lambda site, url: bool(added.append((site, url))) or True) == 1
    assert added == [("mau", URL)]


def test_an_unreadable_document_is_named(tmp_path):
    (tmp_path / "binary.txt").write_bytes(b"\x89PNG\xff\xfe\x00")
    for name in ("binary.txt", "absent.txt", "."):
        with pytest.raises(SeedError, match=str(tmp_path)):
            read_seed(tmp_path / name, SITES)


@pytest.mark.skipif(not SHARED.is_dir(), reason="the real seed documents are not here")
def test_the_five_real_seeds_name_two_addresses():
    project_sites = {
        "one": site("one", "baoninhbinh.org.vn"),
        "two": site("two", "svhttdl.dienbien.gov.vn"),
    }
    found = [read_seed(path, project_sites) for path in sorted(SHARED.glob("*.txt"))]
    assert [seed.verdict for seed in found] == [
        *("cited", "no_address", "cited", "no_address", "no_address"),
    ]
    assert [seed.site for seed in found if seed.site] == ["one", "two"]
    assert found[0].source.url.endswith("/d20240625160152777.htm")
    assert found[2].source.url.endswith("/Tang-cuong-cong-tac-thong-tin-tuyen-truyen-phuc-vu.aspx")


@pytest.fixture
def run(tmp_path, monkeypatch):
    sites = tmp_path / "config" / "sites"
    sites.mkdir(parents=True)
    (tmp_path / "scrapy.cfg").write_text("[settings]\n")
    (sites / "mau.yml").write_text(
        "title: Báo Mẫu\nhome: https://baomau.example/\nverified: false\n"
        "articles:\n  - path: /.+/d(?P<id>\\d+)\\.htm\n",
        encoding="utf-8",
    )
    monkeypatch.chdir(tmp_path)
    for variable in ("BAOWATCH_STORE", "BAOWATCH_CONFIG", "BAOWATCH_CLOCK"):
        monkeypatch.delenv(variable, raising=False)
    app = typer.Typer()
    app.command()(command)
    return lambda *words: CliRunner().invoke(app, [str(word) for word in words])


def addresses(store):
    opened = open_store(store)
    with opened.writing() as db:
        found = [row[0] for row in db.execute("SELECT url FROM articles").fetchall()]
    opened.close()
    return found


def test_the_command_reports_and_adds_what_is_cited(run, tmp_path):
    (tmp_path / "one.txt").write_text(f"المصدر: {URL}", encoding="utf-8")
    (tmp_path / "two.txt").write_text("مصدر", encoding="utf-8")
    result = run("one.txt", "two.txt", "--store", "kept.db")
    assert result.exit_code == 0
    assert f"one.txt: cites {URL} of mau" in result.stdout
    assert "two.txt: names a source (مصدر) without an address" in result.stdout
    assert "1 addresses cited, 1 new to the store" in result.stdout
    assert addresses(tmp_path / "kept.db") == [URL]
    assert "1 addresses cited, 0 new" in run("one.txt", "--store", "kept.db").stdout


def test_a_dry_run_touches_no_store_and_json_is_json(run, tmp_path):
    (tmp_path / "one.txt").write_text(f"Nguồn: {URL}", encoding="utf-8")
    result = run("one.txt", "--dry-run", "--json")
    assert json.loads(result.stdout) == [
        {"file": "one.txt", "verdict": "cited", "site": "mau", "url": URL, "label": "Nguồn"}
    ]
    assert not (tmp_path / "baowatch.db").exists()


def test_an_unreadable_file_is_told_and_the_others_are_still_read(run, tmp_path):
    (tmp_path / "one.txt").write_text(f"Nguồn: {URL}", encoding="utf-8")
    result = run("absent.txt", "one.txt")
    assert result.exit_code == 2
    assert "absent.txt" in result.stderr
    assert f"cites {URL}" in result.stdout
