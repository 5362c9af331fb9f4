"""Shapes of addresses, the patterns they make, and which of them are articles'."""

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from crawlers.page import Link
from crawlers.platformfile import Platform
from crawlers.site import Site
from monitor.adding import forms
from monitor.adding.forms import Forms, Seen, Verdict, judge, samples, seen_in
from monitor.adding.naming import home_of, owner, site_name
from monitor.adding.platforms import fitting
from monitor.adding.shapes import path_of, pattern_of, shape_of

HOME = "https://bao.example"
WORDS = st.sampled_from(["mua", "thu", "hoach", "nho", "o", "ninh", "phuoc", "2026", "tau", "ca"])
SLUG = st.lists(WORDS, min_size=4, max_size=6).map("-".join)


def number(digits: int) -> st.SearchStrategy[str]:
    return st.integers(10 ** (digits - 1), 10**digits - 1).map(str)


FORMS = {
    "number": st.tuples(SLUG, number(7)).map(lambda p: f"/{p[0]}-{p[1]}.html"),
    "post": st.tuples(SLUG, number(6)).map(lambda p: f"/{p[0]}-post{p[1]}.html"),
    "moment": st.tuples(SLUG, number(17)).map(lambda p: f"/{p[0]}/d{p[1]}.htm"),
    "month": st.tuples(SLUG, number(6)).map(lambda p: f"/kinh-te/202607/{p[0]}-{p[1][:3]}a1b2/"),
    "pair": st.tuples(SLUG, number(6)).map(lambda p: f"/news/{p[1]}p0c25/{p[0]}.htm"),
    "day": SLUG.map(lambda slug: f"/portal/pages/2026-03-01/{slug}.aspx"),
    "words": SLUG.map(lambda slug: f"/ar/{slug}"),
    "query": number(5).map(lambda n: f"/tin.aspx?id={n}&cat=7"),
    "root": number(5).map(lambda n: f"/?p={n}"),
    "hyphen": st.tuples(SLUG, number(7)).map(lambda p: f"/-{p[0]}-{p[1]}.html"),
    "bare": number(7).map(lambda n: f"/-{n}.html"),
}


@pytest.mark.parametrize("name", sorted(FORMS))
@settings(max_examples=15)
@given(st.data())
def test_a_pattern_knows_all_that_it_was_made_of_and_no_section(
    name: str, data: st.DataObject
) -> None:
    paths = data.draw(st.lists(FORMS[name], min_size=1, max_size=5))
    groups: dict[object, list[str]] = {}
    for path in paths:
        shape = shape_of(path)
        assert shape is not None
        assert shape.may_be_an_article
        groups.setdefault(shape, []).append(path)
    for group in groups.values():
        pattern = pattern_of(group)
        assert all(re.fullmatch(pattern, path) for path in group)
        for section in ("/", "/kinh-te/", "/kinh-te", "/thoi-su/chinh-tri", "/tag/ha-long.html"):
            assert not re.fullmatch(pattern, section), pattern


@given(st.text(alphabet=st.characters(), max_size=60))
@example("mua--thu-hoach-nho-o")
@example("-mua-thu-hoach-nho-/")
@example("_mua-thu-hoach-nho-.html")
@example("mua-thu?p=²")
@example("mua-thu?p")
@example("?=1")
@example(".html?x=1")
@example("-3345678?x&y=1")
def test_no_address_of_a_portal_makes_another_pattern_than_ours(text: str) -> None:
    shape = shape_of(f"/{text}")
    if shape is None:
        return
    pattern = pattern_of([f"/{text}"])
    assert re.fullmatch(pattern, f"/{text}")
    assert pattern.isascii()
    assert pattern.isprintable()
    plain = re.sub(r"\\[d.?-]|\[[^\]]*\]\*?|[+?/]|\(\?:|\)|\{\d+,(?:\d+)?\}|[&=-]", "", pattern)
    assert re.fullmatch(r"[A-Za-z0-9_]*", plain), pattern


def test_no_pattern_is_slow() -> None:
    """Were one of them to try all ways to part a long address, this would never end."""
    samples_of_all = ("/a-b-c-d-1234567.html", "/a-b-c-d-e", "/a/b-c-d-e-f.html", "/x-y-1a2b3c4/",
                      "/d20260301123456/a", "/tin?id=12&x=1")  # fmt: skip
    for path in samples_of_all:
        pattern = pattern_of([path])
        for hostile in ("a-" * 1000, "-" * 2000, "1" * 2000, "a-1" * 700, "/a" * 1000, "=&" * 1000):
            for end in ("", "!", ".html", ".htm", "?id=1"):
                re.fullmatch(pattern, f"/{hostile}{end}")


def test_a_hyphen_after_another_makes_no_word_more() -> None:
    shape = shape_of("/an-ninh--phap")
    assert shape is not None
    assert not shape.may_be_an_article
    pattern = pattern_of(["/mua-thu-hoach-nho", "/ca--tau-o-ninh-phuoc"])
    assert all(re.fullmatch(pattern, one) for one in ("/mua-thu--hoach-ca", "/a-b-c-d-e"))
    assert not re.fullmatch(pattern, "/an-ninh---phap")


@pytest.mark.parametrize("path", ["/", "/anh.jpg", "/a//b", "//a-b-c-d", "/a-b-c-d//", "//?p=1", "/tin\n/x-1234567.html", "/\u202ea-b-c-d", "tin"])  # fmt: skip  # noqa: E501
def test_what_is_odd_has_no_shape(path: str) -> None:
    assert shape_of(path) is None


def seen(*paths: str, source: str = "home") -> tuple[Seen, ...]:
    return seen_in([(Link(url=f"{HOME}{path}", key=path), source) for path in paths])


ARTICLES = [f"/ha-long-don-tau-du-lich-so-{n}-33456{n:02}.html" for n in range(20)]
TAGS = [f"/ha-long-va-bien-dao-tag{n}.html" for n in range(1000, 1030)]
SECTIONS = ["/kinh-te/", "/xa-hoi/", "/van-hoa/the-thao/"]


def told(given: tuple[Seen, ...], **kinds: Verdict) -> Forms:
    """What is judged where the pages of the samples are of a kind by a word in the address."""
    verdicts: dict[str, Verdict] = {}
    for url in samples(given):
        verdicts[url] = next((kinds[word] for word in kinds if word in url), "article")
    return judge(given, verdicts)


def test_pages_say_which_shape_is_the_articles() -> None:
    forms = told(seen(*ARTICLES, *TAGS, *SECTIONS), tag="listing")
    (form,) = forms.taken
    assert (form.pattern, form.number) == (r"/[^/]+-\d{5,}\.html", 20)
    assert (form.fetched, form.articles) == (3, 3)
    assert [(one.number, one.articles) for one in forms.refused] == [(30, 0)]
    assert forms.listings == ()


def test_nothing_is_guessed_where_no_page_could_be_read() -> None:
    assert told(seen(*ARTICLES), html="unread").taken == ()
    assert judge(seen(*ARTICLES), {}).taken == ()
    one_of_three = {f"{HOME}{ARTICLES[0]}": "article", f"{HOME}{ARTICLES[1]}": "listing"}
    assert judge(seen(*ARTICLES), one_of_three).taken == ()


def test_a_shape_of_articles_and_listings_alike_is_not_taken() -> None:
    verdicts: dict[str, Verdict] = {f"{HOME}{path}": "article" for path in ARTICLES[:3]}
    listings: dict[str, Verdict] = {f"{HOME}{path}": "listing" for path in ARTICLES[3:5]}
    forms = judge(seen(*ARTICLES), verdicts | listings)
    assert forms.taken == ()
    assert [(one.fetched, one.articles) for one in forms.refused] == [(5, 3)]


def test_long_sections_are_told_from_titles_by_their_words() -> None:
    titles = [f"/ar/hoi-nghi-trien-khai-nhiem-vu-nam-hoc-moi-thu-{n}" for n in range(20)]
    sections = ["/ar/xay-dung-dang-moi", "/ar/bien-dao-viet-nam"]
    forms = told(seen(*titles, *sections), dang="listing", dao="listing")
    (form,) = forms.taken
    assert form.words == 5
    assert not any(re.fullmatch(form.pattern, path) for path in sections)
    assert all(re.fullmatch(form.pattern, path) for path in titles)


def test_a_listing_that_no_number_of_words_tells_is_named() -> None:
    titles = [f"/hoi-nghi-trien-khai-nhiem-vu-{n}" for n in range(20)]
    section = "/chuyen-muc-nong-nghiep-nong-dan-nong-thon-moi-kieu-mau-2026"
    verdicts: dict[str, Verdict] = {f"{HOME}{path}": "article" for path in titles[:4]}
    forms = judge(seen(*titles, section), {**verdicts, f"{HOME}{section}": "listing"})
    assert forms.listings == (section,)


def test_a_pattern_that_leaves_out_one_of_its_own_is_not_proposed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(forms, "pattern_of", lambda *_: re.escape(ARTICLES[0]))
    found = told(seen(*ARTICLES))
    assert (found.taken, found.refused[0].number) == ((), 20)


def test_feeds_speak_before_the_front_page() -> None:
    fed = seen_in(
        [
            *((Link(url=f"{HOME}{path}", key=path), "home") for path in TAGS),
            *((Link(url=f"{HOME}{path}", key=path), "feed") for path in ARTICLES[:4]),
        ]
    )
    assert samples(fed)[0].removeprefix(HOME) in ARTICLES


def platform(*articles: str, not_articles: tuple[str, ...] = ()) -> Platform:
    forms = [{"path": path} for path in articles]
    return Platform.model_validate(
        {"title": "Một hệ", "why": "thử", "articles": forms, "not_articles": not_articles}
    )


def test_one_narrow_platform_is_named_and_of_several_none() -> None:
    given = seen(*ARTICLES)
    forms = told(given)
    numbered = platform(r"/[^/]+-\d{7}\.html")
    wide = platform(*[rf"/[^/]+-\d{{{n},}}\.html" for n in range(4, 9)])
    other = platform(r"/[^/]+-post\d+\.html")
    fits = fitting({"numbered": numbered, "other": other, "wide": wide}, forms, given, [])
    assert fits.chosen is not None
    assert (fits.chosen.name, fits.chosen.known, fits.others) == ("numbered", 20, ("wide",))
    both = fitting({"a": numbered, "b": numbered}, forms, given, [])
    assert (both.chosen, both.others) == (None, ("a", "b"))
    tag = TAGS[0]
    careless = platform(r"/[^/]+-(?:tag)?\d+\.html")
    assert fitting({"careless": careless}, forms, given, [tag]).chosen is None
    excepting = platform(r"/[^/]+\.html", not_articles=(r".*-so-1-.*",))
    assert fitting({"excepting": excepting}, forms, given, []).chosen is None


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("www.baoninhbinh.org.vn", "baoninhbinh"),
        ("baohatinh.vn", "baohatinh"),
        ("svhttdl.dienbien.gov.vn", "svhttdl_dienbien"),
        ("24h.com.vn", "s24h"),
        ("xn--bo-ninh-bnh-q7a8w.vn", "xn_bo_ninh_bnh_q7a8w"),
        ("a.vn", "a_site"),
    ],
)
def test_a_site_is_named_by_its_hosts_own_labels(host: str, name: str) -> None:
    assert site_name(host) == name


@pytest.mark.parametrize(
    ("url", "home"),
    [
        ("https://bao.example/kinh-te/a-1.html?x=1", "https://bao.example/"),
        ("http://Bao.Example", "http://bao.example/"),
        ("https://bao.example:8443/", None),
        ("https://ai:no@bao.example/", None),
        ("https://127.0.0.1/", None),
        ("https://bao.example\n.evil/", None),
        ("file:///etc/passwd", None),
        ("bao.example", None),
        ("https://[::1/", None),
    ],
)
def test_any_page_names_the_portal(url: str, home: str | None) -> None:
    assert home_of(url) == home


def test_a_host_that_has_a_site_is_known() -> None:
    site = Site.model_validate(
        {"name": "bao", "title": "Báo", "home": f"{HOME}/", "hosts": ["cu.example"],
         "verified": False, "articles": [{"path": "/x"}]}
    )  # fmt: skip
    assert owner("www.cu.example", [site]) is site
    assert owner("khac.example", [site]) is None


def test_a_path_is_what_site_files_match() -> None:
    assert path_of(f"{HOME}/tin%20a/b.html?id=%31") == "/tin a/b.html?id=1"
