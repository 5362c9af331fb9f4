"""A site file is strict: what is wrong is named by file, key and remedy."""

from pathlib import Path

import pytest

from crawlers.discovery import article_key, is_article, published_in_address
from crawlers.site import Site
from crawlers.sitefile import SiteError, load_site, load_sites, schema

CONFIG = Path(__file__).parents[1] / "config"

GOOD = r"""
title: Báo Thử
home: https://baothu.example/
verified: false
articles:
  - path: '/[^/]+-(?P<id>\d+)\.html'
"""


def write(folder: Path, text: str, name: str = "baothu") -> Path:
    path = folder / f"{name}.yml"
    path.write_text(text, "utf-8")
    return path


def test_a_minimal_file_is_a_site_named_by_its_file(tmp_path: Path) -> None:
    site = load_site(write(tmp_path, GOOD))
    assert site.name == "baothu"
    assert site.all_hosts == {"baothu.example", "www.baothu.example"}
    assert site.delay >= 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (GOOD + "delai: 3\n", ["unknown key 'delai'", "Did you mean 'delay'"]),
        (GOOD + "zzz: 3\n", ["unknown key 'zzz'", "Known keys: articles"]),
        (
            GOOD + "sources:\n  - {url: 'https://baothu.example/rss', kindd: feed, kind: feed}\n",
            ["unknown key 'sources.0.kindd'", "Did you mean 'kind'"],
        ),
        (GOOD + "selectors: {title: ['h1[']}\n", ["'selectors.title.0'", "not a CSS selector"]),
        (GOOD + "noise: [{why: x, line: '(['}]\n", ["'noise.0.line'", "regular expression"]),
        (GOOD + "noise: [{why: x}]\n", ["'noise.0'", "exactly one"]),
        (GOOD + "noise: [{why: x, line: a, prefix: b}]\n", ["exactly one"]),
        (GOOD.replace("?P<id>", "?P<number>"), ["'articles.0.path'", "'number'", "'id'"]),
        (GOOD + "verified: soon\n", ["given twice", "line 7"]),
        (GOOD.replace("verified: false", "verified: soon"), ["'verified'"]),
        (GOOD + "title: [\n", ["line"]),
        (GOOD.replace("title: Báo Thử", "title: [unclosed"), ["line", "Mend the YAML"]),
        (GOOD.replace("title: Báo Thử\n", ""), ["'title' is missing"]),
        (GOOD + "name: other\n", ["'name'", "Remove the key"]),
        (GOOD + "timezone: Asia/Nowhere\n", ["'timezone'", "Asia/Ho_Chi_Minh"]),
        (GOOD + "delay: 0.01\n", ["'delay'", "greater than or equal to 1"]),
        (GOOD + "delay: .inf\n", ["'delay'", "finite number"]),
        (GOOD + "pages: ['https://elsewhere.example/a']\n", ["'elsewhere.example'", "'hosts'"]),
        (GOOD + "pages: ['https://baothu.example:8080/a']\n", ["'pages.0'", "usual ports"]),
        (GOOD + "hosts: ['https://x.example/']\n", ["'hosts.0'", "not a host name"]),
        (
            GOOD + "sources: [{url: 'https://baothu.example/t', kind: listing, pages: 3, "
            "next_page: 'https://baothu.example/t?page=2'}]\n",
            ["'sources.0.next_page'", "{page}"],
        ),
        (
            GOOD + "predecessors: [{host: baocu.example, title: Báo Cũ}]\n",
            ["'predecessors.0.why' is missing"],
        ),
        (
            GOOD + "predecessors: [{host: baocu.example, titel: x, title: Báo Cũ, why: x}]\n",
            ["unknown key 'predecessors.0.titel'", "Did you mean 'title'"],
        ),
        (
            GOOD + "predecessors: [{host: baothu.example, title: Báo Thử, why: x}]\n",
            ["'baothu.example' is named twice", "'predecessors.0.host'", "leave it in one place"],
        ),
        (GOOD + "expect: {articles_per_day: [9, 3]}\n", ["'expect'", "[9, 3]", "the least, then"]),
        (GOOD + "expect: {articles_per_day: 3}\n", ["'expect.articles_per_day'", "given: 3"]),
        (GOOD + "expect: {min_characters: 0}\n", ["'expect.min_characters'", "greater than"]),
        (GOOD + "expect: {min_character: 9}\n", ["'expect.min_character'", "'min_characters'"]),
        (
            GOOD.replace("verified: false", "verified: 2026-02-30"),
            ["line 4", "'verified'", "'2026-02-30' cannot be read", "Mend the YAML"],
        ),
        (
            GOOD + "predecessors: [{host: baocu.example, title: x, until: 2025-06-31, why: x}]\n",
            ["line 7", "'until'", "'2025-06-31' cannot be read"],
        ),
        (GOOD + "languages: [2026-02-30]\n", ["line 7", "'2026-02-30' cannot be read"]),
        (GOOD + "delay: !!int ten\n", ["line 7", "'delay'", "'ten' cannot be read"]),
        (GOOD + "timezone: !!timestamp soon\n", ["line 7", "'timezone'", "cannot be read"]),
        (GOOD + "? {a: 1}\n: b\n", ["line 7", "a key is one word"]),
        (GOOD + "? [a]\n: b\n", ["line 7", "a key is one word"]),
        (
            GOOD.replace("baothu.example", "www.baothu.example")
            + "predecessors: [{host: baothu.example, title: Báo Thử, why: x}]\n",
            ["'baothu.example' is named twice", "'predecessors.0.host'"],
        ),
        (
            GOOD + "predecessors: [{host: baocu.example, title: x, why: x}, "
            "{host: www.baocu.example, title: x, why: x}]\n",
            ["'www.baocu.example' is named twice", "'predecessors.1.host'"],
        ),
        ("", ["holds no keys"]),
        ("- a\n", ["holds no keys"]),
    ],
)
def test_what_is_wrong_is_named_with_its_remedy(tmp_path: Path, text: str, said: list[str]) -> None:
    path = write(tmp_path, text)
    with pytest.raises(SiteError) as caught:
        load_site(path)
    for piece in [str(path), *said]:
        assert piece in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_file_of_another_name_than_a_sites_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SiteError, match="Rename the file"):
        load_site(write(tmp_path, GOOD, "Báo-Thử"))


def test_a_file_that_is_not_text_or_absent_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "baothu.yml"
    with pytest.raises(SiteError, match="cannot be read"):
        load_site(path)
    path.write_bytes(b"title: \xff\xfe")
    with pytest.raises(SiteError, match="UTF-8"):
        load_site(path)


def test_one_broken_file_stops_one_site(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    write(tmp_path, GOOD + "delai: 3\n", "broken")
    write(tmp_path, GOOD.replace("verified: false", "verified: 2026-02-30"), "undated")
    sites, errors = load_sites(tmp_path)
    assert [site.name for site in sites] == ["baothu"]
    assert [error.path.stem for error in errors] == ["broken", "undated"]


def test_the_shipped_files_are_the_six_systems_and_a_paper_for_each_province() -> None:
    sites, errors = load_sites(CONFIG / "sites")
    assert errors == ()
    assert {site.name for site in sites} >= {
        "baohatinh",
        "baoninhbinh",
        "baoninhthuan",
        "baoquangninh",
        "svhttdl_dienbien",
        "vietnamvn",
    }
    assert [site.name for site in sites if site.translates] == ["vietnamvn"]
    assert not any(site.verified for site in sites)
    papers = [site.province for site in sites if site.province]
    assert len(papers) == len(set(papers)) == 34


@pytest.mark.parametrize("path", sorted((CONFIG / "sites").glob("*.yml")), ids=lambda p: p.stem)
def test_a_shipped_file_names_its_schema_and_marks_what_is_unverified(path: Path) -> None:
    lines = path.read_text("utf-8").splitlines()
    assert lines[0] == "# yaml-language-server: $schema=../site.schema.json"
    site = load_site(path)
    assert all(source.note.startswith("C.") for source in site.sources)
    assert all(rule.why[:2] in ("F.", "F,", "C.") for rule in site.noise)
    former = [form for one in site.predecessors for form in one.articles]
    assert all(form.note[:2] in ("F.", "F,", "F ", "C.", "C,", "K.") for form in former), former
    assert all(one.why.startswith(("The provinces merged", "K.")) for one in site.predecessors)


def test_the_schema_is_the_models() -> None:
    assert (CONFIG / "site.schema.json").read_text("utf-8") == schema()
    assert set(Site.model_fields) > {"home", "sources"}


def test_two_sites_cannot_have_one_host(tmp_path: Path) -> None:
    for name in ("bao_a", "bao_b"):
        (tmp_path / f"{name}.yml").write_text(
            "title: Báo\nhome: https://bao.example/\nverified: false\n"
            "articles: [{path: '/tin/[a-z]+'}]\n",
            "utf-8",
        )
    sites, errors = load_sites(tmp_path)
    assert [site.name for site in sites] == ["bao_a"]
    (error,) = errors
    assert "bao_b.yml" in str(error)
    assert "key 'home': 'bao.example' is a host of bao_a already" in str(error)


def test_a_predecessor_cannot_be_anothers_host(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    more = "predecessors: [{host: www.baothu.example, title: Báo Thử, why: merged}]\n"
    write(tmp_path, GOOD.replace("baothu", "baokhac") + more, "xa")
    (error,) = load_sites(tmp_path)[1]
    assert str(error).startswith(f"{tmp_path / 'xa.yml'}: key 'predecessors.0.host': ")
    assert "a host of baothu already; name it in one file only" in str(error)


FORMER = r"""
predecessors:
  - {host: baocu.example, title: Báo Cũ, until: 2025-07-01, why: merged}
  - host: baoxua.example
    title: Báo Xưa
    why: merged
    articles: [{path: '/tin/(?P<id>\d+)'}]
  - {host: baotruoc.example, title: Báo Trước, why: merged, articles: [{path: '/tin/[a-z-]+'}]}
"""


def test_a_predecessors_addresses_are_articles_on_its_own_host_only(tmp_path: Path) -> None:
    site = load_site(write(tmp_path, GOOD + FORMER))
    assert {"baocu.example", "www.baoxua.example", "baothu.example"} <= site.all_hosts
    assert is_article("https://baocu.example/lu-lon-12.html", site)
    assert is_article("https://www.baoxua.example/tin/12", site)
    assert not is_article("https://baoxua.example/lu-lon-12.html", site)
    assert not is_article("https://baothu.example/tin/12", site)
    assert published_in_address("https://baoxua.example/tin/12", site) is None


def test_two_papers_that_each_counted_by_itself_share_no_article(tmp_path: Path) -> None:
    """Only a form of the predecessor's own can say that the numbers were kept."""
    site = load_site(write(tmp_path, GOOD + FORMER))
    assert article_key("https://baothu.example/lu-lon-12.html", site) == "id:12"
    assert article_key("https://www.baoxua.example/tin/12", site) == "id:12"
    alone = article_key("https://www.baocu.example/lu-lon-12.html", site)
    assert alone == "baocu.example/lu-lon-12.html"
    assert article_key("https://baotruoc.example/tin/lu-lon", site) == "baotruoc.example/tin/lu-lon"
