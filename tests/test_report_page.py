"""A report as one HTML file: what it tells, what it never holds, and that it is well made."""

import itertools
import re
from dataclasses import replace
from datetime import timedelta

import pytest
from lxml import html
from reports import FIRST, NOON, SECOND, article, dismissed, edited, entry, problem, report, site

from monitor.render.html import STYLES, DayCount, day_picture
from monitor.render.report_html import MAX_WHOLE, render_html
from monitor.report import Archived, Choice

NEW = entry("new", after=article(title="Khánh thành cầu"), number=2)
EDIT = edited("Thu hoạch được 4,7 tấn mỗi héc-ta.", "Thu hoạch được 47 tấn mỗi héc-ta.")
GONE = entry("withdrawn", before=article(title="Tin bị gỡ"), number=3)
PAGE = report(site(EDIT, NEW, GONE, problems=(problem(),), dismissed=(dismissed(),)))


def page(made=PAGE, **more):
    return html.document_fromstring(render_html(made, **more))


def words(element):
    return " ".join(element.text_content().split())


def test_the_exact_words_that_changed_are_marked_and_no_others():
    made = page()
    (change,) = made.xpath('//*[@id="change-1"]')
    assert [words(e) for e in change.iter("del")] == ["4,7"]
    assert [words(e) for e in change.iter("ins")] == ["47"]


def test_a_change_says_what_when_and_where():
    (change,) = page().xpath('//*[@id="change-1"]')
    (title,) = change.xpath(".//h3/a")
    assert title.get("href") == "https://bao.example/tin/mot"
    assert [t.get("datetime") for t in change.iter("time")][:1] == ["2026-03-02T05:01:00+00:00"]
    assert "seen 2 Mar 2026, 12:01 +07:00" in words(change)
    assert "figures" in words(change)


def test_before_and_after_are_one_click_away():
    (change,) = page().xpath('//*[@id="change-1"]')
    before, after = change.xpath('.//details[@class="text"]')
    assert "4,7 tấn" in words(before)
    assert "47 tấn" in words(after)
    assert before.get("open") is after.get("open") is None
    (gone,) = page().xpath('//*[@id="change-3"]')
    assert "Last known text" in words(gone)
    assert SECOND in words(gone)


def test_problems_dismissals_and_news_are_told():
    (told,) = page(dismissed=True).xpath('//section[@class="site"]')
    assert "Problem: does not answer, or with server errors only" in words(told)
    assert "Khánh thành cầu" in words(told)
    assert "một dòng quảng cáo" in words(told)
    assert "một dòng quảng cáo" not in words(page())


def test_many_new_articles_are_folded():
    news = [entry("new", after=article(title=f"Tin {n}"), number=n) for n in range(1, 13)]
    (fold,) = page(report(site(*news))).xpath('//div[@class="new"]/details')
    assert words(fold.find("summary")) == "7 more new articles"
    assert len(fold.findall(".//li")) == 7


def test_links_into_the_store_and_the_archived_copy_only_where_there_are():
    archived = replace(EDIT, archived=Archived(file="chay-1.warc.gz", offset=512))
    made = page(report(site(archived)), browse_url="http://127.0.0.1:8001/")
    assert made.xpath('//a[@href="http://127.0.0.1:8001/article/101"]')
    assert "archived copy: chay-1.warc.gz @ 512" in words(made)
    assert "in the store" not in words(page())
    assert "archived" not in words(page())


def test_the_weightiest_changes_come_first():
    minor = edited("Sau đó mọi người ra về hết.", "Sau đó mọi người cùng ra về hết.", number=4)
    made = page(report(site(minor, EDIT, GONE, edited("một hai ba", "một hai bốn", number=5))))
    shown = [a.get("id") for a in made.xpath("//article")]
    assert shown[0] == "change-3"
    assert shown[-1] in ("change-4", "change-5")
    assert made.xpath('//ol[@class="weightiest"]/li[1]//a[@href="#change-3"]')


def test_one_article_that_is_edited_all_day_does_not_hide_the_others():
    restless = [
        edited(f"Có {n} ca mắc.", f"Có {n + 1} ca mắc.", number=n, article_id=1) for n in range(20)
    ]
    other = edited("Mọi người ra về hết.", "Mọi người cùng 3 em nhỏ ra về.", number=99)
    made = page(report(site(*restless, other)))
    shown = made.xpath('//ol[@class="weightiest"]/li//a/@href')
    assert len(shown) == 10
    assert "#change-99" in shown


def test_a_moved_paragraph_is_no_preview_of_a_change():
    third = "Đại biểu thảo luận về ba nhóm giải pháp cho vùng cao trong mùa mưa lũ sắp tới."
    before = article(FIRST, SECOND, third, "Tối hôm ấy có 4 đoàn ra về.")
    after = article(third, FIRST, SECOND, "Tối hôm ấy có 5 đoàn ra về.")
    made = page(report(site(entry(before=before, after=after), *(GONE,) * 3)))
    (preview,) = made.xpath('//ol[@class="weightiest"]//p[contains(@class, "bw-preview")]')
    assert "4" in [one.text_content() for one in preview.iter("del")]
    assert "thảo luận" not in preview.text_content()


def test_a_portal_s_trouble_is_told_at_a_glance():
    glance = page(report(site(problems=(problem(),)))).xpath('//section[@class="digest"]')[0]
    assert "1 problem" in glance.text_content()


def test_nothing_is_said_to_be_nothing_only_where_that_is_known():
    assert "Nothing new, nothing changed." in words(page(report(site())))
    unseen = report(site(looked_at=NOON - timedelta(days=3)))
    assert "Nothing new" not in words(page(unseen))
    assert "bao: not crawled to the end in this time, last on 2026-02-27" in words(page(unseen))
    until = replace(report(site()), until=NOON + timedelta(days=20))
    assert "bao: last crawled to the end on 2026-03-02" in words(page(until))
    assert "nothing is known since" not in words(page(report(site())))
    never = report(site(looked_at=None))
    assert "no crawl of it ever ended well" in words(page(never))
    assert "No site was ever crawled." in words(page(report()))
    wrong = words(page(report(site(problems=(problem(),)))))
    assert "Nothing new" not in wrong
    assert "does not answer" in wrong
    hidden = words(page(report(site(hidden=2))))
    assert "Nothing new" not in hidden
    assert "2 lesser changes left out (--all)" in hidden
    narrow = words(page(report(site(), choice=Choice(kinds=("moved",)))))
    assert "Nothing of what was asked for." in narrow
    assert "Only these kinds: moved" in narrow


def test_the_first_crawl_is_one_line():
    made = page(report(site(baseline_articles=1, unread_articles=0)))
    assert "First crawl: 1 article known." in words(made)
    made = page(report(site(baseline_articles=3, unread_articles=2)))
    assert "First crawl: 3 articles known, 2 still to be read." in words(made)


@pytest.mark.parametrize(
    ("language", "direction", "said"),
    [
        ("en", "ltr", "At a glance"),
        ("vi", "ltr", "Tóm tắt"),
        ("ar", "rtl", "نظرة سريعة"),
        ("fa", "rtl", "در یک نگاه"),
    ],
)
def test_the_language_switches_words_and_direction_and_no_scraped_text(language, direction, said):
    made = page(language=language)
    assert (made.get("lang"), made.get("dir")) == (language, direction)
    assert said in words(made)
    assert "Khánh thành cầu" in words(made)
    assert made.xpath('//article//h3[@lang="vi"][@dir="auto"]')


def test_one_page_holds_four_scripts_each_in_its_own_language():
    texts = {
        "ar": ("صرفت القرية 14 مليون دونغ", "أنفقت القرية 15 مليون دونغ"),
        "fa": ("روستا ۱۴ میلیون پرداخت", "روستا ۱۵ میلیون پرداخت"),
        "zh": ("村里花了十四万元", "村里花了十五万元"),
        "vi": ("Xã chi 14 triệu đồng", "Xã chi 15 triệu đồng"),
    }
    entries = [
        entry(
            before=article(FIRST, old, language=code),
            after=article(FIRST, new, language=code),
            number=n,
        )
        for n, (code, (old, new)) in enumerate(texts.items(), 1)
    ]
    made = page(report(site(*entries)))
    for n, (code, (old, new)) in enumerate(texts.items(), 1):
        (block,) = made.xpath(
            f'//*[@id="change-{n}"]//div[contains(@class, "bw-edited") and @lang="{code}"]'
        ) or made.xpath(f'//*[@id="change-{n}"]//div[contains(@class, "bw-removed")]')
        assert block.get("dir") == "auto"
        assert set(words(block)) & set(old) & set(new)


def test_the_page_asks_for_nothing_and_runs_nothing():
    written = render_html(PAGE, browse_url="http://127.0.0.1:8001", dismissed=True)
    made = html.document_fromstring(written)
    assert not made.xpath("//script|//link|//img|//iframe|//object|//form|//*[@src]|//*[@style]")
    assert not made.xpath("//@*[starts-with(name(), 'on')]")
    assert not re.search(r"url\(|@import|expression", written)
    assert "default-src 'none'" in written


def test_the_page_has_landmarks_headings_in_order_and_labels():
    made = page(report(site(EDIT, NEW), site(edited("a 1", "a 2", number=7), name="khac")))
    assert [len(made.findall(f".//{tag}")) for tag in ("header", "main", "footer", "h1")] == [1] * 4
    levels = [int(h.tag[1]) for h in made.xpath("//h1|//h2|//h3|//h4")]
    assert all(b <= a + 1 for a, b in itertools.pairwise(levels))
    ids = made.xpath("//@id")
    assert len(ids) == len(set(ids))
    for labels in made.xpath("//@aria-labelledby"):
        assert all(label in ids for label in labels.split())


def test_hostile_words_stay_words():
    nasty = '"><script>alert(1)</script><img src=x onerror=alert(1)>{{7*7}}\u202e'
    mine = article(nasty, title=nasty, lead=nasty, captions=(nasty,), author=nasty, language=nasty)
    changed = replace(mine, title=f"{nasty}!", author="x", captions=(f"{nasty}2",))
    told = entry(before=mine, after=changed, url=f"javascript:alert(1)//{nasty}")
    moved = entry("moved", after=mine, number=2, explanation={"from": nasty})
    wrong = problem(kind=nasty, detail=nasty, url=nasty)
    made_of = report(
        site(
            told,
            moved,
            entry("new", after=mine, number=3, url="JAVASCRIPT:1"),
            problems=(wrong,),
            dismissed=(dismissed(title=nasty, why=nasty, url="data:text/html,x"),),
            title=nasty,
        )
    )
    for language in ("en", "ar"):
        made = page(made_of, dismissed=True, language=language)
        assert not made.xpath("//script|//img|//@onerror")
        links = made.xpath("//a/@href")
        assert all(link.startswith(("#", "https://")) for link in links), links
        assert "49" not in words(made)


def test_a_page_of_many_changes_keeps_every_change_and_drops_whole_texts_first():
    many = [edited(f"{n} tấn lúa và ngô", f"{n}5 tấn lúa và ngô", number=n) for n in range(1, 221)]
    made = page(report(site(*many)))
    assert len(made.xpath("//article")) == 220
    assert len(made.xpath('//details[@class="text"]')) == 2 * MAX_WHOLE


def test_the_picture_says_its_numbers_in_words():
    today = NOON.date()
    drawn = str(day_picture([DayCount(day=today, new=2, changed=1)]))
    assert '<svg class="bw-picture" role="img"' in drawn
    assert "2 Mar 2026: 2 new articles, 1 change" in drawn
    assert drawn.count("<rect") == 2
    assert day_picture([]) == ""
    assert "style=" not in drawn


def test_the_styles_load_nothing():
    assert "url(" not in STYLES
    assert "@import" not in STYLES
