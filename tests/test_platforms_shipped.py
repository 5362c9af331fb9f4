"""The shipped platforms: every form fits what it was written for, and nothing beside it."""

import csv
import gzip
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from lxml import html

from crawlers.discovery import canonical_address, is_article, published_in_address, site_address
from crawlers.platformfile import Platform, load_platform
from crawlers.site import ArticleAddress, Site

CONFIG = Path(__file__).parents[1] / "config"
PAGES = Path(__file__).parents[2] / "shared" / "pages"
HOME = "https://bao.example"
SERVICES = (
    "/",
    "/thoi-su",
    "/thoi-su/",
    "/thoi-su.html",
    "/kinh-te/nong-nghiep-nong-thon.htm",
    "/tim-kiem/?q=lu+lut",
    "/tim-kiem/ket-qua-tim-kiem-bai-viet-123456.html",
    "/search/lu-lut-mien-trung-2025-123456.html",
    "/login",
    "/dang-nhap.html",
    "/rss/thoi-su.rss",
    "/tags/xay-dung-nong-thon-moi/",
    "/tag/xay-dung-nong-thon-moi-123456.html",
    "/video/ban-tin-thoi-su-sang-123456.html",
    "/podcast/nghe-doc-truyen-dem-khuya-123456.html",
    "/dataimages/202105/original/images1657435_8M_1.jpg",
)
"""What every paper has and no platform may take for an article."""

# Each form of a platform, in order: an address that fits it and no former one, one that must not.
EXAMPLES: dict[str, list[tuple[str, str]]] = {
    "generic": [
        ("/xa-hoi/lu-len-nhanh-trong-dem-12345.html", "/tin-tuc-dai-hoi-2025.html"),
        ("/lu-len-nhanh-trong-dem-a1234.html", "/lu-len-nhanh-trong-dem-tag1234.html"),
        ("/lu-len-nhanh/d20250629081500123.htm", "/lu-len-nhanh/d2025.htm"),
        ("/thoi-su/lu-len-20180131022927642p1c24.htm", "/thoi-su/lu-len-2018p1c24.htm"),
        ("/xa-hoi/202503/lu-len-nhanh-0a1b2c3/", "/xa-hoi/202503/trang-2/"),
        ("/xa-hoi/1234p1c30/lu-len.htm", "/xa-hoi/1234/lu-len.htm"),
        ("/tin-tuc/206/140540/lu-len-nhanh-trong-dem", "/tin-tuc/206/140540/trang-hai"),
        ("/xa-hoi/lu-len-nhanh-trong-dem/157147.html", "/xa-hoi/nong-thon/157147.html"),
        ("/xa-hoi/lu-len-nhanh-trong-dem-123456", "/xa-hoi/nong-thon-moi-2025"),
        ("/portal/Pages/2025-5-29/Lu-len.aspx", "/portal/Pages/Tin-tuc.aspx"),
    ],
    "post_id": [("/xa-hoi/lu-len-post12345.html", "/lu-len-tag12345.html")],
    "letter_a": [("/lu-len-nhanh-a464618.html", "/lu-len-nhanh-464618.html")],
    "month_folder": [("/xa-hoi/202503/lu-len-nhanh-0a1b2c3/", "/xa-hoi/202513/lu-len-0a1b2c3/")],
    "numbered": [("/lu-len-nhanh-3149144.html", "/lu-len-nhanh-event3149144.html")],
}


def platforms() -> dict[str, Platform]:
    found = {path.stem: load_platform(path) for path in (CONFIG / "platforms").glob("*.yml")}
    assert set(found) == set(EXAMPLES), "each platform has its examples here"
    return found


def site_on(
    platform: Platform, forms: tuple[ArticleAddress, ...] | None = None, home: str = HOME
) -> Site:
    return Site(
        name="bao",
        title="Báo",
        home=f"{home}/",
        verified=False,
        articles=platform.articles if forms is None else forms,
        not_articles=platform.not_articles,
    )


def is_one(path: str, site: Site) -> bool:
    return is_article(canonical_address(f"{HOME}{path}", site), site)


@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_each_form_has_an_address_that_fits_and_one_that_does_not(name: str) -> None:
    platform = platforms()[name]
    assert len(platform.articles) == len(EXAMPLES[name])
    whole = site_on(platform)
    for number, (fits, other) in enumerate(EXAMPLES[name]):
        form = platform.articles[number]
        assert is_one(fits, site_on(platform, (form,))), form.path
        assert is_one(fits, whole), fits
        assert not is_one(other, whole), other
        if before := platform.articles[:number]:
            assert not is_one(fits, site_on(platform, before)), f"{fits} needs no {form.path}"


@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_no_platform_takes_a_section_a_service_or_a_film_for_an_article(name: str) -> None:
    site = site_on(platforms()[name])
    assert [path for path in SERVICES if is_one(path, site)] == []


@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_no_platform_says_that_a_number_is_an_articles_identity(name: str) -> None:
    """Nobody saw it stay when a title changed; two articles under one key would be one lost."""
    platform = platforms()[name]
    assert not any("(?P<id>" in form.path for form in platform.articles)
    assert all(form.note[:2] in ("F ", "F.", "C ", "C.") for form in platform.articles)
    assert platform.sources == (), "an address that nobody saw fails at every run"


def test_the_digits_of_a_generic_address_tell_the_time() -> None:
    site = site_on(platforms()["generic"])
    told = published_in_address(f"{HOME}/lu-len-nhanh/d20250629081500123.htm", site)
    assert told is not None
    assert told.isoformat() == "2025-06-29T01:15:00+00:00"


def test_the_longest_addresses_are_judged_at_once() -> None:
    """No form may take time that grows with the square of a hostile address, or worse."""
    sites = [site_on(platform) for platform in platforms().values()]
    for piece in ("a-", "-", "a", "1", "a/", "-1", "/a-1", "202503/a-", "1p1c1/"):
        path = f"/{piece * 2000}"[:2000]
        assert not any(is_one(f"{path}!", site) for site in sites)


def saved(kind: str) -> Iterator[tuple[str, str]]:
    """Address and file of the stored Vietnamese pages of a kind; a listing's host is its file's."""
    with (PAGES / "pages.csv").open(encoding="utf-8", newline="") as rows:
        found = [row for row in csv.DictReader(rows) if row["lang"] == "vi"]
    homes = {Path(row["file"]).name.split("_")[0]: row["url"] for row in found if row["url"]}
    for row in found:
        if row["type"] == kind:
            yield row["url"] or homes[Path(row["file"]).name.split("_")[0]], row["file"]


@pytest.mark.skipif(not PAGES.is_dir(), reason="the stored pages are not on this machine")
def test_the_generic_forms_fit_real_articles_and_their_links_only() -> None:
    """On four national papers that nobody had in mind: every article, no section of the menus."""
    generic = platforms()["generic"]
    seen = 0
    for address, file in (*saved("article"), *saved("listing")):
        home = f"https://{urlsplit(address).hostname}"
        site = site_on(generic, home=home)
        assert is_article(address, site), address
        tree = html.fromstring(gzip.decompress((PAGES / file).read_bytes()))
        links = {site_address(str(href), site, base=home) for href in tree.xpath("//a/@href")}
        articles = [link for link in links if link and is_article(link, site)]
        sections = {path for link in articles if (path := urlsplit(link).path).count("-") < 4}
        assert sections == set()
        assert len(articles) >= (15 if "_list" in file else 5), file
        seen += 1
    assert seen == 9
