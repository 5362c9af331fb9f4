"""The replica's server: what the script says is what HTTP gives, under noise that varies."""

import contextlib
import gzip
import re
import threading
import unicodedata
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
import requests
from lxml import etree, html

from crawlers.sitefile import load_sites
from monitor.replica import Fault, Outage, Replica, Story
from monitor.replica.noise import EVERY
from monitor.replica.portals import PORTALS

START = datetime(2026, 11, 2, 1, 30, tzinfo=UTC)


class Stopped:
    """A clock that stands at the edition's beginning, plus an hour."""

    def __init__(self) -> None:
        self.moment = START + timedelta(hours=1)

    def now(self) -> datetime:
        return self.moment

    def wait_seconds(self, span: timedelta) -> float:
        return 0.0


@pytest.fixture(scope="module")
def quiet() -> Iterator[Replica]:
    with Replica(
        3, clock=Stopped(), start=START, layout_seed=1, noise=False, scripted_faults=False
    ) as replica:
        yield replica


@pytest.fixture
def noisy() -> Iterator[Replica]:
    with Replica(3, clock=Stopped(), start=START, layout_seed=1, scripted_faults=False) as replica:
        yield replica


def get(replica: Replica, url: str, **headers: str) -> requests.Response:
    parts = urlsplit(url)
    origin = replica.origins[f"{parts.scheme}://{parts.netloc}"]
    address = origin + (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    headers = {name.replace("_", "-"): value for name, value in headers.items()}
    return requests.get(
        address, headers={"Host": parts.netloc, **headers}, allow_redirects=False, timeout=20
    )


def read(text: str) -> str:
    """As a reader sees it: one form of each letter, no invisible characters, single spaces."""
    for invisible in "\N{ZERO WIDTH SPACE}":
        text = text.replace(invisible, "")
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text)).strip()


def blocks(answer: requests.Response) -> list[str]:
    tree = html.fromstring(answer.content.decode())
    return [read(node.text_content()) for node in tree.iter("p", "h1", "h2", "div", "figcaption")]


def listed(replica: Replica, site: str) -> tuple[Story, ...]:
    return replica.script.editions[replica.edition].portals[site].listed


def links(answer: requests.Response, base: str) -> set[str]:
    tree = html.fromstring(answer.content.decode())
    hrefs = {urljoin(base, str(href)) for href in tree.xpath("//a/@href")}
    return {href.partition("?")[0] for href in hrefs}


def test_every_address_answers_as_scripted(quiet: Replica) -> None:
    for edition in quiet.script.editions:
        quiet.set_edition(edition.number)
        for event in edition.events:
            if event.before and event.kind in ("withdrawn", "moved"):
                answer = get(quiet, event.before.url)
                assert answer.status_code == event.status
                if event.status == 301:
                    assert event.after is not None
                    assert answer.headers["Location"] == event.after.url
                else:
                    assert event.before.title not in answer.text
            if event.after:
                answer = get(quiet, event.after.url)
                assert answer.status_code == 200
                assert event.after.title in [read(block) for block in blocks(answer)]
    quiet.set_edition(0)


def test_a_page_holds_its_article_whatever_the_noise(noisy: Replica) -> None:
    for site, served in noisy.script.editions[0].portals.items():
        for story in served.stories:
            found = blocks(get(noisy, story.url))
            wanted = (story.title, *story.paragraphs, *story.captions)
            assert [text for text in wanted if read(text) not in found] == [], site
            assert any(block.endswith(read(story.lead)) for block in found), site


def test_noise_differs_from_answer_to_answer(noisy: Replica) -> None:
    for portal in PORTALS:
        story = listed(noisy, portal.site)[-1]
        answers = {get(noisy, story.url).content for _ in range(4)}
        assert len(answers) == 4


def test_without_noise_equal_articles_are_equal_bytes(quiet: Replica) -> None:
    for portal in PORTALS:
        story = listed(quiet, portal.site)[0]
        assert get(quiet, story.url).content == get(quiet, story.url).content


@pytest.mark.parametrize("operator", sorted(EVERY))
def test_each_operator_of_noise_can_work_alone(operator: str) -> None:
    only = frozenset({operator, *({"teasers"} if "summaries" in operator else ())})
    replica = Replica(3, clock=Stopped(), start=START, layout_seed=1, noise=only)
    clean = Replica(3, clock=Stopped(), start=START, layout_seed=1, noise=False)
    with replica, clean:
        pages = [(s.host, s.path) for p in PORTALS for s in listed(replica, p.site)[-1:]]
        pages += [(str(urlsplit(portal_home(portal.site)).hostname), "/") for portal in PORTALS]
        assert any(
            replica.answer(host, path, {}, number) != clean.answer(host, path, {}, number)
            for number in range(4)
            for host, path in pages
        )


def portal_home(site: str) -> str:
    return {
        "baoninhbinh": "https://baoninhbinh.org.vn/",
        "svhttdl_dienbien": "https://svhttdl.dienbien.gov.vn/",
        "vietnamvn": "https://www.vietnam.vn/",
        "baoninhthuan": "http://baoninhthuan.com.vn/",
        "baoquangninh": "https://baoquangninh.vn/",
        "baohatinh": "https://baohatinh.vn/",
    }[site]


def test_old_articles_of_baohatinh_carry_teasers_of_newer_ones(noisy: Replica) -> None:
    story = listed(noisy, "baohatinh")[-1]
    titles = {other.title for other in listed(noisy, "baohatinh")} - {story.title}
    leads = {other.lead for other in listed(noisy, "baohatinh")} - {story.lead}
    seen: set[str] = set()
    for _ in range(12):
        tree = html.fromstring(get(noisy, story.url).content.decode())
        inside = {read(node.text_content()) for node in tree.cssselect("div.article__body > p")}
        seen |= inside
    assert seen & titles
    assert seen & leads


def test_the_known_selectors_are_served_with_any_layout() -> None:
    for seed in range(3):
        with Replica(3, clock=Stopped(), start=START, layout_seed=seed) as replica:
            story = listed(replica, "baohatinh")[0]
            tree = html.fromstring(get(replica, story.url).content.decode())
            times = tree.cssselect("div.article__meta time[datetime]")
            assert [datetime.fromisoformat(t.get("datetime")) for t in times] == [
                story.published_at
            ]
            assert [read(n.text_content()) for n in tree.cssselect("span.author")] == [story.author]
            body = [read(n.text_content()) for n in tree.cssselect("div.article__body > p")]
            assert [text for text in body if text in story.paragraphs] == list(story.paragraphs)

            story = listed(replica, "svhttdl_dienbien")[0]
            tree = html.fromstring(get(replica, story.url).content.decode())
            prefix = ".tandan-p-article-news-"
            for part, text in (("title", story.title), ("summary", story.lead)):
                assert [read(n.text_content()) for n in tree.cssselect(prefix + part)] == [text]
            day = tree.cssselect(".tandan-span-date-publish")[0].text_content()
            assert re.fullmatch(r"Đăng ngày \d\d - \d\d - \d{4}", day)
            content = read(tree.cssselect(f"{prefix}content .ms-rtestate-field")[0].text_content())
            assert all(text in content for text in story.paragraphs)


def test_the_layout_is_drawn_anew_with_its_seed(quiet: Replica) -> None:
    story = listed(quiet, "baoninhbinh")[0]
    before = set(re.findall(r'class="([^"]+)"', get(quiet, story.url).text))
    quiet.relayout("baoninhbinh", 99)
    after = set(re.findall(r'class="([^"]+)"', get(quiet, story.url).text))
    quiet.relayout("baoninhbinh", 1)
    assert len(before & after) < len(before) / 2


def test_translations_name_their_source(quiet: Replica) -> None:
    words = {"ar": "المصدر", "fa": "منبع", "en": "Source", "vi": "Nguồn"}
    alone = {**words, "ar": "مصدر"}
    for story in listed(quiet, "vietnamvn"):
        answer = get(quiet, story.url)
        tree = html.fromstring(answer.content.decode())
        assert tree.get("lang") == story.language
        assert tree.get("dir") == ("rtl" if story.language in ("ar", "fa") else None)
        found = blocks(answer)
        if story.source_url:
            assert f"{words[story.language]}: {story.source_url}" in found
        else:
            assert alone[story.language] in found
        day = (story.published_at + timedelta(hours=7)).strftime("%d/%m/%Y")
        assert f"{story.source_name}{story.source_name}{day}" in found


def test_honest_validators_tell_what_changed(noisy: Replica) -> None:
    edited = {e.url for e in noisy.script.expected(1) if e.site == "baohatinh" and e.fields}
    events = noisy.script.editions[1].events
    touched = {e.after.url for e in events if e.kind == "touched" and e.after}
    stories = listed(noisy, "baohatinh")
    first = {story.url: get(noisy, story.url) for story in stories}
    for by in ("ETag", "Last-Modified"):
        header = {"ETag": "If-None-Match", "Last-Modified": "If-Modified-Since"}[by]
        for number in (0, 1):
            noisy.set_edition(number)
            for story in listed(noisy, "baohatinh"):
                if story.url not in first:
                    continue
                answer = get(noisy, story.url, **{header: first[story.url].headers[by]})
                differs = number == 1 and story.url in edited | touched
                assert answer.status_code == (200 if differs else 304)
                assert bool(answer.content) == differs
        assert edited & set(first)


def test_etags_of_baoninhthuan_are_useless_and_elsewhere_there_are_none(noisy: Replica) -> None:
    url = listed(noisy, "baoninhthuan")[0].url
    first = get(noisy, url)
    again = get(noisy, url, **{"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 200
    assert again.headers["ETag"] != first.headers["ETag"]
    for site in ("baoninhbinh", "svhttdl_dienbien", "vietnamvn", "baoquangninh"):
        answer = get(noisy, listed(noisy, site)[0].url)
        assert not {"ETag", "Last-Modified"} & set(answer.headers)


def test_robots_files(quiet: Replica) -> None:
    assert "Crawl-delay: 9" in get(quiet, "http://baoninhthuan.com.vn/robots.txt").text
    assert "Crawl-delay: 9" in get(quiet, "https://baokhanhhoa.vn/robots.txt").text
    hatinh = get(quiet, "https://baohatinh.vn/robots.txt").text
    assert "Sitemap: https://baohatinh.vn/sitemap.xml" in hatinh
    assert get(quiet, "https://www.vietnam.vn/robots.txt").status_code == 404
    assert get(quiet, "https://svhttdl.dienbien.gov.vn/robots.txt").status_code == 404


def test_feeds_name_title_address_and_time(quiet: Replica) -> None:
    tree = etree.fromstring(get(quiet, "https://baoninhbinh.org.vn/rss/home.rss").content)
    found = {
        item.findtext("link"): (
            item.findtext("title"),
            parsedate_to_datetime(item.findtext("pubDate") or ""),
        )
        for item in tree.iter("item")
    }
    stories = listed(quiet, "baoninhbinh")
    assert found == {story.url: (story.title, story.published_at) for story in stories}


def test_an_index_leads_to_all_feeds_of_baoquangninh(quiet: Replica) -> None:
    index = links(get(quiet, "https://baoquangninh.vn/rss"), "https://baoquangninh.vn/rss")
    urls = {
        link.text
        for feed in index
        for link in etree.fromstring(get(quiet, feed).content).iterfind(".//item/link")
    }
    assert urls == {story.url for story in listed(quiet, "baoquangninh")}


def locations(content: bytes) -> list[str]:
    return [node.text or "" for node in etree.fromstring(content).iter("{*}loc")]


def test_sitemaps_hold_every_listed_article(quiet: Replica) -> None:
    index = locations(get(quiet, "https://baohatinh.vn/sitemap.xml").content)
    news, posts = (locations(get(quiet, url).content) for url in index)
    urls = {story.url for story in listed(quiet, "baohatinh")}
    assert set(posts) == urls
    assert set(news) <= urls
    (file,) = locations(get(quiet, "https://www.vietnam.vn/sitemap.xml").content)
    packed = get(quiet, file)
    assert packed.headers["Content-Type"] == "application/gzip"
    unpacked = gzip.decompress(packed.content)
    assert set(locations(unpacked)) == {story.url for story in listed(quiet, "vietnamvn")}


def test_a_section_is_read_page_by_page(quiet: Replica) -> None:
    quiet.set_edition(5)
    url: str | None = "https://baoninhbinh.org.vn/s/lua"
    seen: list[str] = []
    while url:
        answer = get(quiet, url)
        tree = html.fromstring(answer.content.decode())
        page = {str(href) for href in tree.xpath("//h3/a/@href")}
        assert 0 < len(page) <= 10
        seen += page
        further = tree.xpath("//a[@rel='next']/@href")
        url = urljoin(url, str(further[0])) if further else None
    stories = listed(quiet, "baoninhbinh")
    assert sorted(seen) == sorted(story.path for story in stories)
    assert len(stories) > 20
    quiet.set_edition(0)


def test_every_new_article_stands_where_the_site_file_says_to_look(noisy: Replica) -> None:
    shipped, _ = load_sites(Path(__file__).parents[1] / "config" / "sites")
    scripted = {portal.site for portal in PORTALS}
    found = [site for site in shipped if site.name in scripted]
    for number in (0, 1, 2):
        noisy.set_edition(number)
        for site in found:
            places = [site.home, *(s.url for s in site.sources if s.kind == "listing")]
            linked = {link for place in places for link in links(get(noisy, place), place)}
            paths = {urlsplit(link).path for link in linked}
            stories = listed(noisy, site.name)
            missing = [s for s in stories if s.path not in paths and s.first_edition == number]
            assert missing == [], site.name


def test_listings_name_nothing_that_is_gone(noisy: Replica) -> None:
    noisy.set_edition(2)
    for portal in PORTALS:
        gone = {g.url for g in noisy.script.editions[2].portals[portal.site].gone}
        home = portal_home(portal.site)
        pages = [home, *(story.url for story in listed(noisy, portal.site)[:4])]
        assert gone.isdisjoint({link for page in pages for link in links(get(noisy, page), page)})


def test_hosts_are_told_apart_and_www_is_the_same(quiet: Replica) -> None:
    assert len(set(quiet.origins.values())) == 1
    for portal in PORTALS:
        for host in portal.hosts:
            for scheme in ("http", "https"):
                assert f"{scheme}://{host}" in quiet.origins
                assert f"{scheme}://www.{host.removeprefix('www.')}" in quiet.origins
    old = [s for s in listed(quiet, "baoninhthuan") if s.host == "baoninhthuan.com.vn"]
    assert get(quiet, old[0].url).status_code == 200
    assert get(quiet, old[0].url.replace("http://", "http://www.")).status_code == 200
    elsewhere = old[0].url.replace("http://baoninhthuan.com.vn", "https://baokhanhhoa.vn")
    assert get(quiet, elsewhere).status_code == 404
    story = listed(quiet, "vietnamvn")[0]
    for host in ("https://vietnam.vn", "https://thongtin.vietnam.vn"):
        assert get(quiet, story.url.replace("https://www.vietnam.vn", host)).status_code == 200


def test_a_browser_chooses_a_portal_by_parameter_and_keeps_it_by_cookie(quiet: Replica) -> None:
    origin = f"http://127.0.0.1:{quiet.port}"
    with requests.Session() as browser:
        assert "?portal=baohatinh.vn" in browser.get(f"{origin}/", timeout=20).text
        home = browser.get(f"{origin}/?portal=baohatinh.vn", timeout=20)
        assert "Báo Hà Tĩnh" in home.text
        story = listed(quiet, "baohatinh")[0]
        assert story.title in browser.get(origin + story.path, timeout=20).text


def test_some_portals_compress(quiet: Replica) -> None:
    compressed = {
        portal.site
        for portal in PORTALS
        if get(quiet, portal_home(portal.site)).headers.get("Content-Encoding") == "gzip"
    }
    assert compressed == {"vietnamvn", "baohatinh"}
    plain = get(quiet, portal_home("baohatinh"), Accept_Encoding="identity")
    assert "Content-Encoding" not in plain.headers


def test_an_unknown_address_is_404(quiet: Replica) -> None:
    for portal in PORTALS:
        assert get(quiet, portal_home(portal.site) + "khong-co-gi").status_code == 404


def test_relative_times_follow_the_clock() -> None:
    clock = Stopped()
    with Replica(3, clock=clock, start=START, noise=frozenset({"relative_times"})) as replica:
        replica.advance()
        story = listed(replica, "baohatinh")[0]
        clock.moment = replica.script.editions[1].begins_at + timedelta(hours=2)
        hours = int((clock.now() - story.published_at).total_seconds() // 3600)
        assert f"<span>{hours} giờ trước</span>" in get(replica, "https://baohatinh.vn/").text


def test_every_request_is_recorded_and_announced(noisy: Replica) -> None:
    numbers: list[int] = []
    noisy.on_request = numbers.append
    get(noisy, "https://baohatinh.vn/", User_Agent="a reader")
    get(noisy, "https://baoquangninh.vn/x", If_None_Match='"a"')
    first, second = noisy.requests
    assert numbers == [1, 2] == [first.number, second.number]
    assert (first.host, first.path, first.status) == ("baohatinh.vn", "/", 200)
    assert (first.user_agent, first.conditional) == ("a reader", False)
    assert (second.host, second.status, second.conditional) == ("baoquangninh.vn", 404, True)
    assert first.started <= first.ended <= second.started <= second.ended


def test_a_busy_spell_lasts_its_number_of_requests(noisy: Replica) -> None:
    noisy.faults = [Fault(host="baohatinh.vn", kind="busy", times=2, retry_after=3)]
    answers = [get(noisy, "https://www.baohatinh.vn/") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [503, 503, 200]
    assert answers[0].headers["Retry-After"] == "3"
    noisy.faults = [Fault(host="baohatinh.vn", kind="busy", status=429)]
    assert get(noisy, "https://baoquangninh.vn/").status_code == 200
    assert get(noisy, "https://baohatinh.vn/robots.txt").status_code == 200
    assert get(noisy, "https://baohatinh.vn/").status_code == 429
    noisy.faults = []
    assert get(noisy, "https://baohatinh.vn/").status_code == 200


def test_robots_txt_can_fail_by_itself(noisy: Replica) -> None:
    robots = frozenset({"/robots.txt"})
    noisy.faults = [Fault(host="*", kind="busy", paths=robots)]
    assert get(noisy, "https://baohatinh.vn/robots.txt").status_code == 503
    assert get(noisy, "https://baoquangninh.vn/robots.txt").status_code == 503
    assert get(noisy, "https://baohatinh.vn/").status_code == 200


def test_a_cookie_wall_has_status_200_and_no_article(noisy: Replica) -> None:
    story = listed(noisy, "baoninhbinh")[0]
    noisy.faults = [Fault(host="baoninhbinh.org.vn", kind="cookie_wall", times=1)]
    walled = get(noisy, story.url)
    assert walled.status_code == 200
    assert "D1N" in walled.text
    assert story.title not in walled.text
    assert story.title in blocks(get(noisy, story.url))


def test_a_reset_and_a_hang_give_no_answer(noisy: Replica) -> None:
    noisy.faults = [Fault(host="baohatinh.vn", kind="reset", times=1)]
    with pytest.raises(requests.ConnectionError):
        get(noisy, "https://baohatinh.vn/")
    noisy.faults = [Fault(host="baohatinh.vn", kind="hang", times=1)]
    with pytest.raises(requests.Timeout):
        requests.get(
            f"http://127.0.0.1:{noisy.port}/", headers={"Host": "baohatinh.vn"}, timeout=0.3
        )
    assert get(noisy, "https://baohatinh.vn/").status_code == 200
    assert noisy.requests[0].status == 0


def test_a_hang_is_over_when_the_client_leaves(noisy: Replica) -> None:
    noisy.faults = [Fault(host="baohatinh.vn", kind="hang", times=1)]
    with pytest.raises(requests.Timeout):
        requests.get(
            f"http://127.0.0.1:{noisy.port}/", headers={"Host": "baohatinh.vn"}, timeout=0.3
        )
    while not noisy.requests:
        threading.Event().wait(0.01)
    assert noisy.requests[0].ended - noisy.requests[0].started < 15


@pytest.mark.parametrize(
    ("kind", "page", "robots"),
    [
        ("reset", 0, 0),
        ("busy", 503, 503),
        ("cookie_wall", 200, 404),
        ("robots_error", 200, 500),
        ("forbidden", 200, 200),
    ],
)
def test_an_outage_has_a_beginning_and_an_end(kind: str, page: int, robots: int) -> None:
    clock = Stopped()
    first, last = START + timedelta(hours=3), START + timedelta(hours=5)
    outage = Outage(
        site="svhttdl_dienbien", kind=kind, begins_at=first, ends_at=last, retry_after=900
    )
    home = "https://svhttdl.dienbien.gov.vn"

    def statuses(replica: Replica) -> list[int]:
        for path in ("/", "/robots.txt"):
            with contextlib.suppress(requests.ConnectionError):
                get(replica, home + path)
        return [one.status for one in replica.requests[-2:]]

    with Replica(3, clock=clock, start=START, scripted_faults=False, outages=[outage]) as replica:
        for moment in (START, last):
            clock.moment = moment
            assert statuses(replica) == [200, 404]
        clock.moment = last - timedelta(seconds=1)
        assert statuses(replica) == [page, robots]
        assert get(replica, "https://baohatinh.vn/").status_code == 200
        asked_to_wait = {one.retry_after for one in replica.requests}
        assert asked_to_wait == ({0, 900} if kind == "busy" else {0})


def test_editions_can_follow_the_clock() -> None:
    clock = Stopped()
    with Replica(3, clock=clock, start=START, editions=4, by_clock=True) as replica:
        for hours, edition in ((0, 0), (11.99, 0), (12, 1), (36, 3), (9999, 3)):
            clock.moment = START + timedelta(hours=hours)
            assert replica.edition == edition
        new = next(s for s in listed(replica, "baohatinh") if s.first_edition == 3)
        assert get(replica, new.url).status_code == 200
        clock.moment = START
        assert get(replica, new.url).status_code == 404


def test_what_a_request_told_is_recorded_with_the_clock_of_the_portals(quiet: Replica) -> None:
    get(quiet, "https://baohatinh.vn/robots.txt", Accept_Encoding="gzip")
    answered = quiet.requests[-1]
    assert answered.robots is not None
    assert "Disallow: /api/" in answered.robots
    assert answered.started_at == answered.ended_at == START + timedelta(hours=1)


def test_the_scripted_faults_return_with_their_edition() -> None:
    with Replica(3, clock=Stopped(), start=START) as replica:
        for _ in range(2):
            walls, busy = 0, 0
            for edition in replica.script.editions[:3]:
                replica.set_edition(edition.number)
                for site in ("baoninhthuan", "baoquangninh"):
                    answers = [get(replica, story.url) for story in listed(replica, site)]
                    walls += sum("D1N" in answer.text for answer in answers)
                    busy += sum(answer.status_code == 503 for answer in answers)
            assert (walls, busy) == (2, 2)


def test_there_is_no_edition_beyond_the_last(quiet: Replica) -> None:
    quiet.set_edition(len(quiet.script.editions) - 1)
    with pytest.raises(IndexError, match=r"editions 0 to 5"):
        quiet.advance()
    quiet.set_edition(0)


def test_many_clients_at_once_are_answered(noisy: Replica) -> None:
    statuses: list[int] = []

    def fetch(site: str) -> None:
        for story in listed(noisy, site):
            statuses.append(get(noisy, story.url).status_code)

    threads = [threading.Thread(target=fetch, args=(portal.site,)) for portal in PORTALS]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(statuses) == {200}
    assert len({answered.number for answered in noisy.requests}) == len(statuses)
