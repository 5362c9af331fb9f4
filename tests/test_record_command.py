"""Live pages become test cases: what is read today, to be looked at, and nothing written over."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import yaml
from commandline import baowatch, configure
from hypothesis import given
from hypothesis import strategies as st

from crawlers.page import Page, Validators
from crawlers.site import Site
from crawlers.sitefile import load_site
from monitor.recording import RecordError, case_of, default_name, write_case
from pipelines.article import Article, Block
from pipelines.reading import Reading, read

ROOT = Path(__file__).parents[1]
CASES = ROOT / "tests" / "pages"
SHIPPED = sorted(path.parent for path in CASES.glob("*/article*/page.html"))
DAY = date(2026, 12, 1)


def site_of(case: Path) -> Site:
    return load_site(ROOT / "config" / "sites" / f"{case.parent.name}.yml")


def page_of(case: Path) -> Page:
    meta = yaml.safe_load((case / "meta.yml").read_text("utf-8"))
    return page((case / "page.html").read_bytes(), meta["url"], meta["content_type"])


def page(body: bytes, url: str, kind: str = "text/html; charset=utf-8") -> Page:
    return Page(
        site="bao",
        url=url,
        final_url=url,
        status=200,
        fetched_at=datetime(2026, 3, 1, tzinfo=UTC),
        body=body,
        content_type=kind,
        validators=Validators(),
    )


def test_a_name_that_is_none_is_refused_before_the_portal_is_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    configure(tmp_path, monkeypatch)
    told = baowatch("record", "https://bao.example/tin/mot", "--name", "../../mot")
    assert told.status == 2, told
    assert "'../../mot' is no name of a case" in told.said
    assert not list(tmp_path.rglob("*.locks")), "nobody was asked"


@pytest.mark.parametrize("shipped", SHIPPED, ids=lambda path: path.parent.name)
def test_an_article_is_kept_as_it_came_with_what_is_read_of_it(
    shipped: Path, tmp_path: Path
) -> None:
    site, seen = site_of(shipped), page_of(shipped)
    reading = read(seen, site)
    assert reading.article is not None
    folder = write_case(case_of(seen, reading, site, name="moi", day=DAY), tmp_path)
    assert folder == tmp_path / site.name / "moi"
    assert (folder / "page.html").read_bytes() == seen.body
    meta = yaml.safe_load((folder / "meta.yml").read_text("utf-8"))
    assert (meta["url"], meta["content_type"]) == (seen.final_url, seen.content_type)
    written = (folder / "expected.yml").read_text("utf-8")
    assert "Nobody has compared it with the page yet" in written
    told = yaml.safe_load(written)
    article = reading.article
    assert (told["kind"], told["unchecked"]) == ("article", True)
    for name in ("title", "lead", "author", "language", "published_at"):
        assert told[name] == getattr(article, name)
    assert told["captions"] == list(article.captions)
    assert told["blocks"] == len(article.blocks)
    whole = "\n".join((article.title, article.lead, article.text))
    assert told["has"]
    assert all(part in whole for part in told["has"])


FRONT = """<html><head><title>Báo</title></head><body><ul>{}</ul></body></html>"""


def front_page(site: Site) -> Page:
    """A listing of twenty articles."""
    links = "".join(
        f'<li><a href="/hoi-nghi-trien-khai-nhiem-vu-so-{n}-33456{n}.html">Hội nghị triển khai '
        f"nhiệm vụ trọng tâm số {n}</a></li>"
        for n in range(10, 30)
    )
    return page(FRONT.format(links).encode(), site.home)


def test_a_listing_is_kept_with_the_links_that_are_found(tmp_path: Path) -> None:
    site = load_site(ROOT / "config" / "sites" / "baoquangninh.yml")
    seen = front_page(site)
    case = case_of(seen, read(seen, site), site, name=None, day=DAY)
    assert (case.kind, case.name) == ("listing", "listing")
    told = yaml.safe_load(case.files["expected.yml"])
    assert (told["kind"], told["number"], told["unchecked"]) == ("listing", 20, True)
    assert told["links"][0] == (
        "https://baoquangninh.vn/hoi-nghi-trien-khai-nhiem-vu-so-10-3345610.html"
    )


def test_nothing_is_written_over(tmp_path: Path) -> None:
    shipped = SHIPPED[0]
    site, seen = site_of(shipped), page_of(shipped)
    case = case_of(seen, read(seen, site), site, name="moi", day=DAY)
    folder = write_case(case, tmp_path)
    (folder / "expected.yml").write_text("looked at", encoding="utf-8")
    with pytest.raises(RecordError, match="exists already; give the case another name"):
        write_case(case, tmp_path)
    assert (folder / "expected.yml").read_text("utf-8") == "looked at"


@pytest.mark.parametrize("cut", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_a_case_is_written_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cut: BaseException
) -> None:
    shipped = SHIPPED[0]
    site, seen = site_of(shipped), page_of(shipped)
    case = case_of(seen, read(seen, site), site, name="moi", day=DAY)
    write = Path.write_bytes

    def full(path: Path, body: bytes) -> int:
        if path.name != "page.html":
            raise cut
        return write(path, body)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "write_bytes", full)
        with pytest.raises((RecordError, KeyboardInterrupt)):
            write_case(case, tmp_path)
    assert not [path for path in tmp_path.rglob("*") if path.name != site.name]
    assert len(list(write_case(case, tmp_path).iterdir())) == 3


def test_a_page_that_tells_nothing_is_no_case() -> None:
    site = site_of(SHIPPED[0])
    empty = page(b"<html><body><p>404</p></body></html>", site.home + "x.htm")
    with pytest.raises(RecordError, match="Nothing is recorded"):
        case_of(empty, read(empty, site), site, name=None, day=DAY)


@pytest.mark.parametrize("name", ["../../etc", "a/b", "", "Á", "x" * 90])
def test_a_case_stays_in_its_folder(name: str, tmp_path: Path) -> None:
    shipped = SHIPPED[0]
    site, seen = site_of(shipped), page_of(shipped)
    case = case_of(seen, read(seen, site), site, name=name or None, day=DAY)
    if name:
        with pytest.raises(RecordError, match="is no name of a case"):
            write_case(case, tmp_path)
        assert list(tmp_path.iterdir()) == []
    else:
        assert case.name.startswith("article_")


@given(st.text(max_size=80))
def test_a_case_is_named_in_plain_letters(tail: str) -> None:
    name = default_name(page(b"", f"https://bao.example/{tail}"), "article")
    assert name.isascii()
    assert set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789_")
    assert len(name) <= 80


@given(st.text(alphabet=st.sampled_from("a \u202e\x1b\n\x85\u2028'\"#:"), min_size=1, max_size=30))
def test_what_is_kept_of_a_hostile_page_is_inert(text: str) -> None:
    site = site_of(SHIPPED[0])
    article = Article(
        site=site.name, url=site.home, title=text, lead="", blocks=(Block(text=text),), recipe="x"
    )
    reading = Reading(kind="article", reason="thử", article=article)
    case = case_of(page(b"", site.home), reading, site, name=None, day=DAY)
    written = case.files["expected.yml"].decode()
    assert yaml.safe_load(written)["title"] == text
    assert not set(written) & set("\u202e\x1b\x85\u2028")
