"""Which sources a page names: in many languages, by link, by text, to machines; never too many."""

import gzip
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.markup import parse
from crawlers.page import Page, Validators
from crawlers.site import ArticleAddress, Site
from monitor.saved import site_for
from pipelines.citation import Citation
from pipelines.citations import MOST_CITATIONS, citations_in_text, citations_of, day_beside_name
from pipelines.extract import extract
from pipelines.normalise import clean, fold
from pipelines.reading import read
from pipelines.source_labels import LABELS
from pipelines.sourceline import Anchor, may_name, source_in

ORIGINAL = "https://baomau.example/hoi-nghi/d20240625160152777.htm"
HOME = "https://tong-hop.example"
URL = f"{HOME}/ar/khanh-thanh-tuyen-duong-ven-ho"
SITE = Site(
    name="tong_hop",
    title="Tổng Hợp",
    home=f"{HOME}/",
    verified=False,
    translates=True,
    articles=(ArticleAddress(path=r"/(?:ar/)?[a-z0-9]+(?:-[a-z0-9]+){3,}"),),
)
TEXT = (
    "Sáng 12/3, huyện tổ chức lễ khánh thành tuyến đường dài 4,7 km ven hồ, phục vụ 2.300 hộ.",
    "Tổng mức đầu tư của dự án là 96 tỷ đồng, trong đó 60 tỷ đồng từ ngân sách của tỉnh nhà.",
    "Tuyến đường rộng 7,5 m, có hệ thống thoát nước và 210 cột đèn chiếu sáng dọc hai bên hồ.",
)


def page_of(
    *, after: str = "", before: str = "", between: str = "", head: str = "", url: str = URL
) -> Page:
    first, *others = (f"<p>{line}</p>" for line in TEXT)
    body = (
        f'<html lang="vi"><head><title>Khánh thành đường ven hồ</title>{head}</head><body>'
        '<nav><a href="/">Nguồn tin</a></nav>'
        f"<article><h1>Khánh thành đường ven hồ</h1>{before}{first}{between}{''.join(others)}"
        f"{after}</article><footer><p>Nguồn: https://chan-trang.example/khong-phai-nguon</p>"
        "</footer></body></html>"
    )
    return Page(
        site=SITE.name,
        url=url,
        final_url=url,
        status=200,
        fetched_at=datetime(2026, 3, 2, tzinfo=UTC),
        body=body.encode(),
        content_type="text/html; charset=utf-8",
        validators=Validators(),
    )


def named(**parts: str) -> list[tuple[str, str, str, str]]:
    found = read(page_of(**parts), SITE)
    assert found.article is not None, found.reason
    return [
        (one.label, one.name, one.url, one.how)
        for one in found.citations
        if "chan-trang" not in one.url
    ]


@pytest.mark.parametrize(
    ("line", "label", "name", "url"),
    [
        (f"المصدر: {ORIGINAL}", "المصدر", "", ORIGINAL),
        (f"مَصْدَر : {ORIGINAL}", "مَصْدَر", "", ORIGINAL),
        (f"منبع: {ORIGINAL}", "منبع", "", ORIGINAL),
        (f"Nguồn: Báo Mẫu ({ORIGINAL})", "Nguồn", "Báo Mẫu", ORIGINAL),
        (f"Link bài gốc Lấy link! {ORIGINAL}", "Link bài gốc", "", ORIGINAL),
        (f"Source : {ORIGINAL}.", "Source", "", ORIGINAL),
        ("Источник: РИА Новости", "Источник", "РИА Новости", ""),
        ("来源：新华社", "来源", "新华社", ""),
        ("出典：共同通信", "出典", "共同通信", ""),
        ("출처: 연합뉴스", "출처", "연합뉴스", ""),
        ("ที่มา : สำนักข่าวเวียดนาม", "ที่มา", "สำนักข่าวเวียดนาม", ""),
        ("स्रोत: पीटीआई", "स्रोत", "पीटीआई", ""),
        ("ແຫຼ່ງຂ່າວ: ຂປລ", "ແຫຼ່ງຂ່າວ", "ຂປລ", ""),
        ("ប្រភព៖ AKP".replace("៖", ":"), "ប្រភព", "AKP", ""),
        ("Fuente: Prensa Latina", "Fuente", "Prensa Latina", ""),
        ("Fonte: Lusa", "Fonte", "Lusa", ""),
        ("Quelle: dpa-Meldung".replace("dpa", "Dpa"), "Quelle", "Dpa-Meldung", ""),
        ("Sumber: Antara", "Sumber", "Antara", ""),
        ("Nguồn: vietnamnet.example", "Nguồn", "vietnamnet.example", ""),
        ("Theo Báo Nhân Dân", "Theo", "Báo Nhân Dân", ""),
        ("(Theo TTXVN)", "Theo", "TTXVN", ""),
        ("Theo Đời sống & Pháp luật", "Theo", "Đời sống & Pháp luật", ""),
        ("(Nguồn: Cổng TTĐT Chính phủ)", "Nguồn", "Cổng TTĐT Chính phủ", ""),
        ("Nguồn TTXVN", "Nguồn", "TTXVN", ""),
        ("Theo Nhịp sống thị trường Copy link", "Theo", "Nhịp sống thị trường", ""),
        ("منبع", "منبع", "", ""),
        ("مصدر", "مصدر", "", ""),
        ("* Nguồn:", "Nguồn", "", ""),
        ("This article originally appeared on Fox News.", "This article originally appeared on",
         "Fox News", ""),
    ],
)  # fmt: skip
def test_a_line_after_a_text_names_its_source(line: str, label: str, name: str, url: str) -> None:
    how = "printed" if url else "named"
    assert source_in(clean(line), at_end=True) == Citation(
        label=clean(label), name=name, url=url, how=how
    )


RUNNING = [
    "Theo báo cáo của Ủy ban nhân dân tỉnh, sản lượng lúa đạt 58,2 tạ/ha, tăng 4,7 %.",
    "Theo đó, tỉnh sẽ hỗ trợ 2.300 hộ dân.",
    "Theo ông Nguyễn Văn A",
    "Theo Nghị định 57/2019/NĐ-CP",
    "Theo kế hoạch",
    "theo Báo Nhân Dân",
    "Nguồn: vốn ngân sách tỉnh và xã hội hóa",
    "Nguồn vốn: ngân sách trung ương",
    "Nguồn thu ngân sách đạt 1.250 tỷ đồng.",
    "Nguồn nhân lực là khâu đột phá",
    "Source of income: farming and fishing in the lagoon.",
    "Sources said the plan would be approved.",
    "The source, who declined to be named, added nothing.",
    "According to the report, output rose by 4.7 %.",
    "مصدر مسؤول: الاقتصاد ينمو هذا العام بنسبة كبيرة",
    "وقال مصدر طلب عدم نشر اسمه إن الاجتماع تأجل",
    "منبع درآمد روستاییان کشاورزی است",
    "به گزارش خبرنگار ما این نشست دیروز برگزار شد.",
    "Источник в правительстве сообщил, что решение принято.",
    "来源于农业的收入增长了百分之五。",
    "Fuente de agua: el río de la provincia abastece a dos mil hogares.",
    "Quelle surprise : le festival revient cette année encore.",
    "Nach Angaben der Polizei wurde niemand verletzt.",
    "Ghi rõ nguồn khi phát hành lại thông tin từ trang này.",
    "Nguồn: xem https://",
    "THEO DÕI BÁO NINH BÌNH",
    "Theo Dõi Chúng Tôi",
    "Theo dòng sự kiện",
    "NGUỒN NHÂN LỰC",
    "Originally published authors keep their rights.",
]


@pytest.mark.parametrize("line", RUNNING)
def test_a_label_in_running_text_names_nothing(line: str) -> None:
    found = source_in(clean(line), at_end=True)
    assert found is None or not (found.name or found.url), found


@pytest.mark.parametrize("line", RUNNING[:2])
def test_a_sentence_with_an_address_in_it_names_nothing(line: str) -> None:
    assert source_in(f"{line} Xem {ORIGINAL}", at_end=True) is None


def test_an_address_may_stand_alone_on_the_next_line() -> None:
    found = source_in("Nguồn:", ORIGINAL)
    assert found == Citation(label="Nguồn", url=ORIGINAL, how="printed")
    assert source_in("Nguồn:", f"Xem {ORIGINAL}") == Citation(label="Nguồn")


def test_a_link_in_or_after_the_label_is_the_address() -> None:
    link = Anchor(text="Báo Mẫu", url=ORIGINAL)
    told = Citation(label="Nguồn", name="Báo Mẫu", url=ORIGINAL, how="link")
    assert source_in("Nguồn: Báo Mẫu", "", [link]) == told
    assert source_in("Nguồn Báo Mẫu", "", [link]) == told
    assert source_in("Nguồn:", "Báo Mẫu", (), [link]) == told
    alone = source_in("منبع", "", [Anchor(text="منبع", url=ORIGINAL)])
    assert alone == Citation(label="منبع", url=ORIGINAL, how="link")


def test_an_address_that_is_cut_short_is_none() -> None:
    assert source_in("Nguồn: https://baomau.example/hoi-nghi-tong-k...") == Citation(label="Nguồn")


@pytest.mark.parametrize(
    "line",
    [
        f"<p>المصدر: {ORIGINAL}</p>",
        f'<div>Nguồn: <a href="{ORIGINAL}">Báo Mẫu</a></div>',
        f'<div><a href="{ORIGINAL}" rel="nofollow">منبع</a></div>',
        f'<a href="{ORIGINAL}"><span>Nguồn</span></a>',
        f'<div>Nguồn</div><div><a href="{ORIGINAL}">Báo Mẫu</a></div>',
        f"<p>Nguồn:</p><p>{ORIGINAL}</p>",
        f'<p>Nguồn: <a href="https://chuyen-huong.example/?u=1">{ORIGINAL}</a></p>',
    ],
)
def test_the_source_below_a_text_on_a_page(line: str) -> None:
    assert [url for _, _, url, _ in named(after=line)] == [ORIGINAL]


def test_what_machines_are_told() -> None:
    graph = (
        '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Khánh thành", '
        f'"isBasedOn": {{"@type": "NewsArticle", "url": "{ORIGINAL}", "name": "Bài gốc"}}, '
        '"sourceOrganization": {"name": "Báo Mẫu"}, "citation": ["Quyết định 57", 7, null]}'
        "</script>"
    )
    told = named(head=graph)
    assert ("", "Bài gốc", ORIGINAL, "link") in told
    assert {name for _, name, _, _ in told} >= {"Báo Mẫu", "Quyết định 57"}
    for head in (
        f'<link rel="canonical" href="{ORIGINAL}">',
        f'<meta name="original-source" content="{ORIGINAL}">',
    ):
        assert named(head=head) == [("", "", ORIGINAL, "link")]


@pytest.mark.parametrize(
    "head",
    [
        f'<link rel="canonical" href="{URL}">',
        f'<link rel="canonical" href="https://m.{HOME[8:]}/x">',
        f'<meta name="original-source" content="{URL}?utm_source=x">',
        '<meta name="original-source" content="javascript:alert(1)">',
    ],
)
def test_a_page_that_names_itself_cites_nobody(head: str) -> None:
    assert [one for one in named(head=head) if one[2]] == []


def test_a_link_to_the_site_itself_is_a_source_only_if_it_is_another_article() -> None:
    author = '<div>Nguồn: <a href="/tac-gia/bao-mau">Báo Mẫu</a></div>'
    assert named(after=author) == [("Nguồn", "Báo Mẫu", "", "named")]
    other = f'<div>Nguồn: <a href="{HOME}/mot-bai-viet-khac">Bài khác</a></div>'
    assert named(after=other) == [("Nguồn", "Bài khác", f"{HOME}/mot-bai-viet-khac", "link")]
    assert named(after="<p>Nguồn: Tổng Hợp</p>") == []
    assert named(after=f'<p>Nguồn: <a href="{URL}">Bài này</a></p>') == []


HEADLINES = [
    "Theo Bộ Công an, tội phạm giảm mạnh",
    "Theo Thủ tướng: Kinh tế tăng mạnh",
    "Theo Dấu Chân Người Lính",
    "Nguồn Lực Mới Cho Đồng Bằng",
]


@pytest.mark.parametrize("headline", HEADLINES)
@pytest.mark.parametrize("path", ["/mot-bai-viet-khac", "/video/7"])
def test_a_related_headline_that_begins_like_a_source_is_none(headline: str, path: str) -> None:
    others = f'<ul><li><a href="{path}">{headline}</a></li><li><a href="/x">Khác</a></li></ul>'
    assert named(after=f"<h3>Tin liên quan</h3>{others}") == []


@pytest.mark.parametrize("headline", HEADLINES[:2])
def test_what_goes_on_after_a_comma_or_colon_is_no_reported_name(headline: str) -> None:
    assert source_in(headline, at_end=True) is None
    assert source_in(headline, "", [Anchor(text=headline, url=ORIGINAL)], at_end=True) is None


def test_a_reporting_word_before_a_link() -> None:
    told = [("Theo", "Báo Mẫu", ORIGINAL, "link")]
    assert named(after=f'<p>Theo <a href="{ORIGINAL}">Báo Mẫu</a></p>') == told
    assert named(after=f'<p><a href="{ORIGINAL}">Theo Báo Mẫu</a></p>') == told
    assert named(after=f'<p>Theo <a href="{HOME}/mot-bai-viet-khac">Báo Mẫu</a></p>') == []
    author = named(after='<p>Theo <a href="/tac-gia/bao-mau">Báo Mẫu</a></p>')
    assert author == [("Theo", "Báo Mẫu", "", "named")]


@pytest.mark.parametrize(
    ("name", "is_own"),
    [
        ("VietNamNet", False),
        ("VietnamPlus", False),
        ("Vietnam+", False),
        ("Viet Nam News", False),
        ("Vietnam.vn", True),
        ("vietnam", True),
        ("Vietnam.vn Media", True),
        ("thongtin.vietnam.vn", True),
    ],
)
def test_what_begins_like_the_sites_own_address_is_another_paper(name: str, is_own: bool) -> None:
    site = Site(
        name="vietnamvn",
        title="Vietnam.vn",
        home="https://www.vietnam.vn/",
        hosts=("thongtin.vietnam.vn",),
        verified=False,
        articles=SITE.articles,
    )
    page = page_of(after=f"<p>Nguồn: {name}</p>", url="https://www.vietnam.vn/ar/a-b-c-d")
    found = [one.name for one in read(page, site).citations if not one.url]
    assert found == ([] if is_own else [name])


@pytest.mark.parametrize(
    "line",
    [
        "<div><span>Báo Mẫu</span><span>Báo Mẫu</span><span>12/03/2025</span></div>",
        "<div>Báo Mẫu</div><div>Báo Mẫu</div><div>12/03/2025</div>",
    ],
)
def test_a_name_that_is_printed_twice_before_the_date(line: str) -> None:
    assert named(before=line) == [("", "Báo Mẫu", "", "named")]


def test_between_two_paragraphs_only_an_address_counts() -> None:
    assert named(between="<p>Nguồn: Tổng cục Thống kê</p>") == []
    assert named(between=f"<p>Nguồn: {ORIGINAL}</p>") == [("Nguồn", "", ORIGINAL, "printed")]


def test_the_credit_of_a_picture_is_no_source_of_the_article() -> None:
    picture = '<figure><img src="/a.jpg"><figcaption>Nguồn: AFP</figcaption></figure>'
    assert named(between=picture) == []


def test_a_plain_text_names_its_sources() -> None:
    copied = "\n".join(
        ["Báo MẫuBáo Mẫu23/03/2025", *(line * 3 for line in TEXT), "منبع", "نظر (0)"]
    )
    assert citations_in_text(copied) == (Citation(name="Báo Mẫu"), Citation(label="منبع"))
    assert str(day_beside_name(copied.splitlines())) == "2025-03-23"
    assert day_beside_name(["Báo MẫuBáo Mẫu33/13/2025", "Việt Nam 12/03/2025"]) is None


def test_each_label_of_the_file_is_a_label() -> None:
    assert len(LABELS) > 120
    for label in sorted(LABELS):
        assert label == fold(label)
        assert may_name(f"{label}: X"), label
        found = source_in(f"{label}: {ORIGINAL}")
        assert found is not None, label
        assert found.url == ORIGINAL


@given(st.text(max_size=300), st.text(max_size=80))
def test_any_line_is_borne_and_what_it_names_is_bounded(line: str, after: str) -> None:
    for text in (line, f"Nguồn: {line}", f"Theo {line}", f"({line})", f"来源：{line}"):
        found = source_in(clean(text), clean(after), at_end=True)
        if found is not None:
            assert found.label
            assert len(found.name) <= 120
            assert not found.url or found.url.startswith(("http://", "https://"))


HOSTILE = {
    "ten thousand addresses": "".join(
        f"<p>Nguồn: https://baomau.example/bai-so-{n}</p>" for n in range(3_000)
    ),
    "one label, many links": "<p>Nguồn: "
    + "".join(f'<a href="https://baomau.example/{n}">x</a>' for n in range(6_000))
    + "</p>",
    "many labels in one block": "<div>"
    + "".join(f'Nguồn: <a href="https://baomau.example/{n}">x</a><br>' for n in range(3_000))
    + "</div>",
    "dots": f"<p>Nguồn: {'a.' * 200_000}</p>",
    "words": f"<p>Nguồn: {'a' * 400_000}</p>",
    "brackets": f"<p>{'(Nguồn: ' * 50_000}</p>",
    "labels": f"<p>{'nguồn ' * 100_000}</p>",
    "long links": "".join(
        f'<p>Nguồn: <a href="https://baomau.example/{"a" * 3_000}">{"b" * 200}</a></p>'
        for _ in range(500)
    ),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_page_brings_few_citations(kind: str) -> None:
    page = page_of(after=HOSTILE[kind])
    tree = parse(page.body, page.content_type)
    extraction = extract(tree, page, SITE)
    found = citations_of(extraction, page, SITE)
    assert len(found) <= MOST_CITATIONS
    assert all(len(one.url) <= 2083 and len(one.name) <= 120 for one in found)


PAGES = Path(__file__).parents[2] / "shared" / "pages"


@pytest.mark.skipif(not PAGES.is_dir(), reason="the real pages are not here")
@pytest.mark.parametrize(
    ("file", "url", "cited"),
    [
        (
            "vi/cafef_article.html.gz",
            "https://cafef.vn/thoi-diem-nang-hang-can-ke-18826030622484142.chn",
            ["https://markettimes.vn/"],
        ),
        (
            "vi/cafef_article_batdongsan.html.gz",
            "https://cafef.vn/tang-ho-tro-giam-ap-luc-188260307071033787.chn",
            ["https://daidoanket.vn/"],
        ),
        ("vi/tuoitre_article.html.gz", "https://tuoitre.vn/hoa-nhap-khau-20260307075519.htm", []),
        ("vi/vnexpress_article.html.gz", "https://vnexpress.net/cach-cac-nuoc-5047363.html", []),
    ],
)
def test_real_pages(file: str, url: str, cited: list[str]) -> None:
    site = site_for(url, name=None, sites={})
    body = gzip.decompress((PAGES / file).read_bytes())
    page = Page(
        site=site.name,
        url=url,
        final_url=url,
        status=200,
        fetched_at=datetime(2026, 3, 8, tzinfo=UTC),
        body=body,
        content_type="text/html; charset=utf-8",
        validators=Validators(),
    )
    found = [one.url for one in read(page, site).citations if one.url]
    assert [url[: len(start)] for url, start in zip(found, cited, strict=True)] == cited
