"""The shipped sites: a newspaper for each province, with the papers that it took over."""

import csv
from collections import Counter
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import yaml

from crawlers.discovery import article_key, canonical_address, is_article
from crawlers.loader import SiteLoader
from crawlers.site import Site
from crawlers.sitefile import load_sites

CONFIG = Path(__file__).parents[1] / "config"
SHARED = Path(__file__).parents[2] / "shared"
PROVINCES = (
    *("An Giang", "Bắc Ninh", "Cao Bằng", "Cà Mau", "Cần Thơ", "Gia Lai", "Huế", "Hà Nội"),
    *("Hà Tĩnh", "Hưng Yên", "Hải Phòng", "Hồ Chí Minh", "Khánh Hòa", "Lai Châu", "Lào Cai"),
    *("Lâm Đồng", "Lạng Sơn", "Nghệ An", "Ninh Bình", "Phú Thọ", "Quảng Ngãi", "Quảng Ninh"),
    *("Quảng Trị", "Sơn La", "Thanh Hóa", "Thái Nguyên", "Tuyên Quang", "Tây Ninh", "Vĩnh Long"),
    *("Điện Biên", "Đà Nẵng", "Đắk Lắk", "Đồng Nai", "Đồng Tháp"),
)
"""Vietnam's since 2025-07-01."""

# Addresses as public code and documents have them; titles are shortened, numbers another's.
ARTICLES = [
    "https://baoangiang.com.vn/nu-nong-dan-xuat-sac-a465150.html",
    "https://www.baokiengiang.vn/le-hoi/hoi-thi-chim-hot-nghe-thuat-17028.html",
    "https://baobacninhtv.vn/le-hoi-lim-mo-rong-postid412345.bbg",
    "https://baobacninh.com.vn/web/en/news/-/details/20182/hoi-nghi-khoa-hoc-nganh-y-te",
    "https://baobacgiang.vn/bg/suc-khoe/371838/cai-thuoc-la-hieu-qua.html",
    "https://baocamau.vn/bi-quyet-on-thi-tot-nghiep-a129291.html",
    "https://www.baobaclieu.vn/quoc-phong-an-ninh/manh-tay-xu-ly-tin-gia-72306.html",
    "https://baosoctrang.org.vn/van-hoa/202411/hao-huc-cho-ngay-khai-hoi-67c01d9/",
    "https://baohaugiang.com.vn/thoi-su-trong-tinh/khoi-cong-cau-moi-134567.html",
    "https://baocaobang.vn/Huong-vi-pho-chua-Cao-Bang-38371.html",
    "https://baodaklak.vn/xa-hoi/202510/nuoc-rut-cham-o-vung-trung-4f51234/",
    "https://baodanang.vn/video-trai-nghiem-thac-noong-lau-3127291.html",
    "https://baoquangnam.vn/dem-tuoi-mot-cau-ca-3154504.html",
    "https://baodienbienphu.vn/tin-bai/xa-hoi/mo-duong-len-ban-xa",
    "https://baodongnai.com.vn/kinh-te/202508/thong-xe-cau-moi-0b51f1a/",
    "https://baobinhphuoc.com.vn/news/200/99817/mot-so-thong-tin-ve-doan-cuoi-duong",
    "https://baodongthap.vn/mua-nuoc-noi-ve-som-a262262.html",
    "https://baolaocai.vn/di-tim-ve-dep-cua-chiec-khan-ran-post392263.html",
    "https://baobinhdinh.vn/viewer.aspx?macm=39&macmp=39&mabb=222823",
    "https://baohaiduong.vn/phat-trien-van-hoa-doc-suot-doi-394829.html",
    "https://baohaiduong.vn/nong-nghiep/ty-phu-trung-ga-151256",
    "https://baothaibinh.com.vn/tin-tuc/206/140540/van-tai-phuong-vy-dich-vu-gui-hang",
    "https://huengaynay.vn/du-lich/so-hoa-ban-do-co-163431.html",
    "https://baolaichau.vn/kinh-te/trong-rung-tren-da-123456",
    "https://baolamdong.vn/chi-tiet-hoc-phi-2026-cua-vinuni-438111.html",
    "https://baolamdong.vn/thong-tin-can-biet/202405/le-ky-ket-mou-b180e1a/",
    "https://baobinhthuan.com.vn/hoi-thi-chim-chao-mao-114280.html",
    "https://baolangson.vn/hanh-trinh-hoi-nhap-5071654.html",
    "https://baonamdinh.vn/channel/5087/201112/Co-lua-ngo-2141513/",
    "https://baohanam.com.vn/van-hoa/le-hoi/le-hoi-truyen-thong-chua-long-doi-son-122101.html",
    "https://baophutho.vn/qua-vang-danh-thuc-dat-can-245476.htm",
    "https://baophutho.vn/van-de-hom-nay/xu-huong-doc-sach-hien-nay/157147.html",
    "https://www.baoquangbinh.vn/kinh-te/202503/cung-chung-tay-bao-ve-moi-truong-2225092/",
    "https://baosonla.vn/thoi-su-chinh-tri/dam-bao-cac-dieu-kien-51YnYvXDR.html",
    "https://www.sggp.org.vn/thong-xe-cau-moi-post812345.html",
    "https://www.baobariavungtau.com.vn/the-thao/202309/lan-toa-phong-trao-bong-da-990870/",
    "https://baobinhduong.vn/khoi-cong-duong-vanh-dai-a345678.html",
    "https://baolongan.vn/vinh-hung-nong-dan-gieo-trong-hon-250ha-a186458.html",
    "https://baothanhhoa.vn/chu-trong-hoat-dong-nbsp-y-te-hoc-duong-244736.htm",
    "https://baothanhhoa.vn/thi-truong/gui-hang-sai-gon-thanh-hoa/148739.htm",
    "https://baotuyenquang.com.vn/khoa-hoc-cong-nghe/202603/he-sinh-thai-ai-viet-nam-52f6361/",
    "https://baohagiang.vn/xa-hoi/202306/he-thong-be-boi-nuoc-am-794512/",
    "https://dongkhoi.baovinhlong.vn/xoai-tu-quy-vao-mua-a151234.html",
]
NO_ARTICLES = [
    "https://baoangiang.com.vn/kinh-te/",
    "https://baobacninhtv.vn/chinh-tri",
    "https://baocantho.com.vn/thoi-su/",
    "https://baohaugiang.com.vn/thoi-su-trong-tinh-215.html",
    "https://baodienbienphu.vn/tin-tuc/xa-hoi",
    "https://baobinhdinh.vn/ViewCat.aspx?macm=1&macmp=1",
    "https://hanoimoi.vn/dai-hoi-dang-bo-thanh-pho-event123456.html",
    "https://baosonla.vn/van-hoa-xa-hoi.html",
    "https://baotravinh.vn/anh-dep-tra-vinh-9020/tag.html",
    "https://baothainguyen.vn/file/e7837c02/082026/anh-lu-lut_20260812211322.jpg",
    "https://baolaichau.vn/tags/xay-dung-nong-thon-moi-12345",
    "https://baogialai.com.vn/video/ban-tin-trua-post123456.html",
]


@pytest.fixture(scope="module")
def sites() -> dict[str, Site]:
    found, errors = load_sites(CONFIG / "sites")
    assert errors == ()
    return {site.name: site for site in found}


def owner(url: str, sites: dict[str, Site]) -> Site:
    (site,) = (one for one in sites.values() if urlsplit(url).hostname in one.all_hosts)
    return site


def test_every_province_has_exactly_one_newspaper(sites: dict[str, Site]) -> None:
    papers = Counter(site.province for site in sites.values() if site.province)
    assert len(PROVINCES) == 34
    assert papers == Counter(PROVINCES)


@pytest.mark.parametrize("url", ARTICLES)
def test_an_address_of_a_provinces_paper_is_an_article_known_by_it(
    url: str, sites: dict[str, Site]
) -> None:
    site = owner(url, sites)
    address = canonical_address(url, site)
    assert is_article(address, site)
    host = str(urlsplit(url).hostname).removeprefix("www.")
    assert article_key(address, site).startswith(f"{host}/")


@pytest.mark.parametrize("url", NO_ARTICLES)
def test_an_address_that_only_looks_so_is_none(url: str, sites: dict[str, Site]) -> None:
    site = owner(url, sites)
    assert not is_article(canonical_address(url, site), site)


def test_two_articles_of_a_page_that_takes_a_query_are_two(sites: dict[str, Site]) -> None:
    site = sites["baogialai"]
    keys = {
        article_key(f"https://baobinhdinh.vn/viewer.aspx?macm=3&mabb={number}", site)
        for number in (1, 2)
    }
    assert len(keys) == 2


def test_what_nobody_verified_says_on_what_it_rests(sites: dict[str, Site]) -> None:
    for site in sites.values():
        assert not site.verified
        path = CONFIG / "sites" / f"{site.name}.yml"
        written = yaml.safe_load(path.read_text("utf-8"))
        for form in written.get("articles", ()):
            assert form["note"][:2] in ("F ", "F.", "F,", "C ", "C.", "C,", "K."), path.name
        for former in site.predecessors:
            assert former.articles, f"{path.name}: old addresses of {former.host} are unknown"
            assert (former.until is None) == former.why.startswith("K."), path.name


def test_a_crawl_has_a_spider_for_each(sites: dict[str, Site]) -> None:
    loader = SiteLoader(CONFIG / "sites")
    assert loader.list() == sorted(sites)


@pytest.mark.skipif(not SHARED.is_dir(), reason="the list of hosts is not on this machine")
def test_every_host_of_the_list_is_a_host_of_its_provinces_paper(sites: dict[str, Site]) -> None:
    papers = {site.province: site for site in sites.values() if site.province}
    text = (SHARED / "provinces_hosts.csv").read_text("utf-8")
    for row in csv.DictReader(text.splitlines()):
        paper = papers[row["province_34"]]
        named = f"{row['newspaper_host_seen']} {row['absorbed_hosts_seen']}"
        hosts = [word.strip("();,") for word in named.split() if "." in word]
        assert [host for host in hosts if host not in paper.all_hosts] == [], paper.name


@pytest.mark.skipif(not SHARED.is_dir(), reason="the stored pages are not on this machine")
def test_every_stored_article_of_a_configured_host_is_recognised(sites: dict[str, Site]) -> None:
    """And what the seed documents cite; of the stored pages no host is configured yet."""
    rows = csv.DictReader((SHARED / "pages" / "pages.csv").read_text("utf-8").splitlines())
    stored = [row["url"] for row in rows if row["type"] == "article"]
    cited = [address for site in sites.values() for address in site.pages]
    known = {host for site in sites.values() for host in site.all_hosts}
    checked = [url for url in (*stored, *cited) if urlsplit(url).hostname in known]
    assert len(checked) >= 2
    for url in checked:
        site = owner(url, sites)
        assert is_article(canonical_address(url, site), site), url
        assert not is_article(canonical_address(site.home, site), site)
