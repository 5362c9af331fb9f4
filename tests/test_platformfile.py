"""A platform's file: what it adds to a site's, and what is refused by file, key and remedy."""

from pathlib import Path

import pytest

from crawlers.discovery import article_key, is_article
from crawlers.platformfile import PlatformError, load_platform, schema
from crawlers.site import Site
from crawlers.sitefile import SiteError, load_site, load_sites
from monitor.configuration import accepted_copy, read_configuration
from monitor.project import Project

CONFIG = Path(__file__).parents[1] / "config"

PLATFORM = r"""
title: A system
why: seen on two portals
languages: [vi, en]
delay: 7
requests_per_hour: 90
articles:
  - {path: '/[^/]+-post\d+\.html', note: theirs}
  - {path: '/[^/]+-(?P<id>\d+)\.html', note: theirs}
not_articles: ['/video/.*']
sources:
  - {path: /rss/home.rss, kind: feed}
  - {path: '/tin', kind: listing, pages: 3, next_path: '/tin?trang={page}'}
selectors: {lead: [.sapo], body: [.body]}
noise: [{why: theirs, line: Zalo}]
"""
SITE = r"""
title: Báo Thử
home: https://baothu.example/
verified: false
platform: cms
articles:
  - {path: '/[^/]+-(?P<id>\d+)\.html', note: own}
"""


@pytest.fixture
def config(tmp_path: Path) -> Path:
    (tmp_path / "sites").mkdir()
    (tmp_path / "platforms").mkdir()
    (tmp_path / "platforms" / "cms.yml").write_text(PLATFORM, "utf-8")
    return tmp_path


def site(config: Path, text: str = SITE) -> Site:
    path = config / "sites" / "baothu.yml"
    path.write_text(text, "utf-8")
    return load_site(path)


def refusal(config: Path, text: str = SITE) -> str:
    with pytest.raises(SiteError) as caught:
        site(config, text)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_a_platform_says_what_the_sites_file_does_not(config: Path) -> None:
    found = site(config)
    assert found.platform == "cms"
    assert found.languages == ("vi", "en")
    assert (found.delay, found.requests_per_hour) == (7.0, 90)
    assert [source.url for source in found.sources] == [
        "https://baothu.example/rss/home.rss",
        "https://baothu.example/tin",
    ]
    assert found.sources[1].next_page == "https://baothu.example/tin?trang={page}"
    assert found.not_articles == ("/video/.*",)
    assert found.selectors.body == (".body",)
    assert found.noise[0].line == "Zalo"


def test_lists_are_the_sites_followed_by_the_platforms(config: Path) -> None:
    more = """
not_articles: ['/quiz/.*', '/video/.*']
selectors: {lead: [.lead], title: [h1]}
noise: [{why: own, selector: .ad}]
sources: [{url: 'https://baothu.example/moi', kind: listing}]
"""
    found = site(config, SITE + more)
    assert [form.note for form in found.articles] == ["own", "theirs", "theirs"]
    assert found.not_articles == ("/quiz/.*", "/video/.*")
    assert found.selectors.lead == (".lead", ".sapo")
    assert (found.selectors.title, found.selectors.body) == (("h1",), (".body",))
    assert [rule.why for rule in found.noise] == ["own", "theirs"]
    assert [source.kind for source in found.sources] == ["listing", "feed", "listing"]


def test_what_the_site_says_itself_wins(config: Path) -> None:
    found = site(config, SITE + "languages: [vi]\ndelay: 20\nrequests_per_hour: 30\n")
    assert (found.languages, found.delay, found.requests_per_hour) == (("vi",), 20.0, 30)


def test_a_platform_alone_can_give_the_forms_of_addresses(config: Path) -> None:
    text = SITE[: SITE.index("articles:")]
    assert [form.note for form in site(config, text).articles] == ["theirs", "theirs"]
    assert "'articles' is missing" in refusal(config, text.replace("platform: cms\n", ""))


def test_a_predecessor_may_have_been_on_another_platform(config: Path) -> None:
    forms = "title: Old\nwhy: K\narticles: [{path: '/old/[a-z-]+'}]\nnot_articles: ['/x']\n"
    (config / "platforms" / "old.yml").write_text(forms, "utf-8")
    one = "host: baocu.example, title: Báo Cũ, why: merged"
    own = "articles: [{path: '/own/[a-z-]+'}]"
    found = site(config, f"{SITE}predecessors:\n  - {{{one}, platform: old, {own}}}\n")
    (former,) = found.predecessors
    assert [form.path for form in former.articles] == ["/own/[a-z-]+", "/old/[a-z-]+"]
    assert found.not_articles == ("/video/.*",)
    said = refusal(config, f"{SITE}predecessors:\n  - {{{one}, platform: olld}}\n")
    assert "key 'predecessors.0.platform': there is no 'olld'" in said


@pytest.mark.parametrize(
    ("form", "path"),
    [
        (r"/[^/]+-post(?P<id>\d+)\.html", "/lu-lon-post5.html"),
        (r"/(?P<id>\d+)/[^/]+-(?P=id)0?\.html", "/5/lu-lon-50.html"),
        (r"/(?P<id>\d+)?(?(id)/[^/]+|[a-z]+)\.html", "/5/lu-lon.html"),
    ],
)
def test_a_platform_does_not_say_that_a_predecessors_numbers_were_kept(
    config: Path, form: str, path: str
) -> None:
    text = f"title: A system\nwhy: seen\narticles: [{{path: '{form}'}}]\n"
    (config / "platforms" / "cms.yml").write_text(text, "utf-8")
    one = "host: baocu.example, title: Báo Cũ, why: merged, platform: cms"
    own = r"articles: [{path: '/tin/(?P<id>\d+)'}]"
    found = site(config, f"{SITE[: SITE.index('articles:')]}predecessors: [{{{one}, {own}}}]\n")
    assert article_key(f"https://baothu.example{path}", found) == "id:5"
    assert is_article(f"https://baocu.example{path}", found)
    assert article_key(f"https://baocu.example{path}", found) == f"baocu.example{path}"
    assert article_key("https://baocu.example/tin/5", found) == "id:5"


def test_a_platform_that_does_not_exist_is_refused_by_name(config: Path) -> None:
    said = refusal(config, SITE.replace("platform: cms", "platform: csm"))
    for piece in ("baothu.yml: key 'platform': there is no 'csm'", "Known: cms", "leave the key"):
        assert piece in said
    assert "there is no '../sites/baothu'" in refusal(
        config, SITE.replace("platform: cms", "platform: ../sites/baothu")
    )
    assert "there is no ['cms']" in refusal(config, SITE.replace(": cms", ": [cms]"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (PLATFORM + "artikles: []\n", ["unknown key 'artikles'", "Did you mean 'articles'"]),
        (PLATFORM + "home: x\n", ["unknown key 'home'", "Known keys: articles, delay"]),
        (PLATFORM.replace("path: /rss", "url: /rss"), ["unknown key 'sources.0.url'"]),
        (PLATFORM.replace("/rss/", "https://x.example/"), ["'sources.0.path'", "no path"]),
        (PLATFORM.replace("{page}", "2"), ["'sources.1.next_path'", "{page}"]),
        (PLATFORM.replace("(?P<id>", "(?P<key>"), ["'articles.1.path'", "'key'", "'id'"]),
        (PLATFORM.replace("[.sapo]", "['h1[']"), ["'selectors.lead.0'", "not a CSS selector"]),
        (PLATFORM.replace("delay: 7", "delay: 0.1"), ["'delay'", "greater than or equal to 1"]),
        (PLATFORM.replace("why: seen on two portals\n", ""), ["'why' is missing"]),
        (PLATFORM + "title: [\n", ["line"]),
    ],
)
def test_a_wrong_platform_is_named_with_every_site_that_names_it(
    config: Path, text: str, said: list[str]
) -> None:
    path = config / "platforms" / "cms.yml"
    path.write_text(text, "utf-8")
    with pytest.raises(PlatformError):
        load_platform(path)
    told = refusal(config)
    for piece in ["baothu.yml: key 'platform': ", str(path), *said]:
        assert piece in told


def test_a_wrong_platform_stops_its_own_sites_only(config: Path) -> None:
    (config / "platforms" / "cms.yml").write_text("title: [\n", "utf-8")
    for name, text in (("baothu", SITE), ("xa", SITE.replace("platform: cms\n", ""))):
        (config / "sites" / f"{name}.yml").write_text(text.replace("baothu.", f"{name}."), "utf-8")
    sites, errors = load_sites(config / "sites")
    assert [one.name for one in sites] == ["xa"]
    assert [error.path.stem for error in errors] == ["baothu"]


def test_a_daemons_copy_keeps_a_platform_that_is_named_like_a_broken_site(config: Path) -> None:
    (config / "sites" / "baothu.yml").write_text(SITE, "utf-8")
    (config / "sites" / "cms.yml").write_text("title: [\n", "utf-8")
    (config / "schedule.yml").write_text("side_by_side: 1\n", "utf-8")
    project = Project(folder=config, config=config, store=config.parent / f"{config.name}.db")
    copy = accepted_copy(project, read_configuration(project))
    known, errors = copy.sites()
    assert (list(known), errors) == (["baothu"], ())


def test_a_wrong_site_on_a_sound_platform_is_named_by_its_own_key(config: Path) -> None:
    said = refusal(config, SITE + "selectors: .lead\nnoise: none\n")
    assert "key 'selectors'" in said
    assert "key 'noise'" in said
    assert "key 'home'" in refusal(config, SITE.replace("https://baothu.example/", "7"))


def test_the_schema_is_the_model_and_shipped_platforms_name_it() -> None:
    assert (CONFIG / "platform.schema.json").read_text("utf-8") == schema()
    for path in (CONFIG / "platforms").glob("*.yml"):
        first = path.read_text("utf-8").splitlines()[0]
        assert first == "# yaml-language-server: $schema=../platform.schema.json"
