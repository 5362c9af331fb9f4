"""The replica's script: every kind of event, told truly, whatever the seed."""

import re
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import get_args
from urllib.parse import urlsplit

import pytest

from crawlers.discovery import canonical_address, is_article
from crawlers.site import Site
from crawlers.sitefile import load_sites
from monitor.replica.newsroom import Plot
from monitor.replica.script import Script, script
from monitor.replica.story import EventKind, Expected, ExpectedKind, Story, changed_fields

START = datetime(2026, 11, 2, 1, 30, 17, tzinfo=UTC)
SEEDS = range(20)
SITES = {
    "baoninhbinh",
    "svhttdl_dienbien",
    "vietnamvn",
    "baoninhthuan",
    "baoquangninh",
    "baohatinh",
}
FORMS = {
    "baoninhbinh": (
        r"https://baoninhbinh\.org\.vn/[a-z0-9-]+/d\d{14,17}\.htm",
        r"http://baoninhbinh\.org\.vn/[a-z0-9-]+-\d{17}p\d+c\d+\.htm",
    ),
    "svhttdl_dienbien": (
        r"https://svhttdl\.dienbien\.gov\.vn/portal/pages/\d{4}-\d\d-\d\d/[A-Za-z0-9-]{1,50}\.aspx",
        r"http://svhttdl\.dienbien\.gov\.vn/portal/pages/\d{4}-\d{1,2}-\d{1,2}/[\w-]+\.aspx",
    ),
    "vietnamvn": (r"https://www\.vietnam\.vn/((ar|fa|en)/)?[a-z0-9]+(-[a-z0-9]+){3,}",),
    "baoninhthuan": (
        r"https://baokhanhhoa\.vn/[a-z-]+/\d{6}/[a-z0-9-]+/",
        r"http://baoninhthuan\.com\.vn/[a-z-]+/\d+p\d+c\d+/[a-z0-9-]+\.htm",
    ),
    "baoquangninh": (r"https?://baoquangninh\.(com\.)?vn/[a-z0-9-]+-\d{7}\.html",),
    "baohatinh": (
        r"https://baohatinh\.vn/[a-z0-9-]+-post\d+\.html",
        r"https://baohatinh\.vn/[a-z-]+/[a-z0-9-]+/\d+\.htm",
    ),
}


@pytest.fixture(scope="module", params=SEEDS)
def drawn(request: pytest.FixtureRequest) -> Script:
    return script(request.param, start=START)


@pytest.fixture(scope="module")
def sites() -> dict[str, Site]:
    found, broken = load_sites(Path(__file__).parents[1] / "config" / "sites")
    assert not broken
    return {site.name: site for site in found if site.name in SITES}


def all_expected(drawn: Script) -> list[Expected]:
    return [one for edition in drawn.editions for one in drawn.expected(edition.number)]


def content(story: Story) -> tuple[object, ...]:
    fields = (story.title, story.lead, story.paragraphs, story.captions)
    return (*fields, story.author, story.published_at)


def digits(text: str) -> Counter[str]:
    return Counter(re.findall(r"\d+", text))


def whole(story: Story) -> str:
    return "\n".join((story.title, story.lead, *story.paragraphs))


def test_equal_seeds_give_equal_scripts() -> None:
    assert script(5, start=START) == script.__wrapped__(5, start=START)
    assert script(5, start=START) != script(6, start=START)


def test_a_longer_script_begins_as_the_shorter_one() -> None:
    short, long = script(5, start=START, editions=4), script(5, start=START, editions=11)
    for one, other in zip(short.editions, long.editions, strict=False):
        assert one.events == other.events
        assert dict(one.portals) == dict(other.portals)
    assert [edition.number for edition in long.editions] == list(range(11))


def test_every_kind_of_event_happens(drawn: Script) -> None:
    events = [event for edition in drawn.editions for event in edition.events]
    assert {event.kind for event in events} == set(get_args(EventKind))
    assert {event.status for event in events} == {None, 301, 404, 410}
    expected = all_expected(drawn)
    assert {one.kind for one in expected} == set(get_args(ExpectedKind))
    fields = {one.fields for one in expected}
    for wanted in ("title",), ("lead",), ("body",), ("captions",), ("author",), ("published_at",):
        assert wanted in fields
    assert ("title", "body") in fields
    assert any(one.text_after.startswith("Đính chính: ") for one in expected)
    assert any(one.text_before and not one.text_after for one in expected)
    assert {one.to_url != "" for one in expected if one.kind == "moved"} == {True}
    assert {one.delayed for one in expected if one.kind == "moved"} == {True, False}
    assert {one.reported for one in expected if one.kind == "retranslated"} == {False}


def test_every_portal_gets_several_events_in_every_edition(drawn: Script) -> None:
    assert drawn.editions[0].events == ()
    for edition in drawn.editions[1:]:
        per_site = Counter(event.site for event in edition.events)
        assert set(per_site) == SITES
        assert min(per_site.values()) >= 3


def test_sizes_are_those_of_a_small_portal(drawn: Script) -> None:
    for served in drawn.editions[0].portals.values():
        assert 12 <= len(served.listed) <= 18
    for edition in drawn.editions[1:]:
        new = Counter(event.site for event in edition.events if event.kind in NEW)
        assert set(new) == SITES
        assert all(2 <= number <= 4 for number in new.values())


NEW = {"appeared", "translated", "copied"}


def test_what_differs_between_editions_is_exactly_what_the_events_say(drawn: Script) -> None:
    for old, new in zip(drawn.editions, drawn.editions[1:], strict=False):
        for site in SITES:
            before = {story.url: story for story in old.portals[site].stories}
            after = {story.url: story for story in new.portals[site].stories}
            told = [event for event in new.events if event.site == site]
            came = {e.after.url for e in told if e.after and e.after.url not in before}
            went = {e.before.url for e in told if e.before and e.before.url not in after}
            assert came == set(after) - set(before)
            assert went == set(before) - set(after)
            changed = {url for url in before.keys() & after.keys() if before[url] != after[url]}
            kept = {e.after.url for e in told if e.before and e.after} - came
            assert changed == kept
            moves = sum(event.kind == "moved" for event in told)  # one comes, one goes
            assert len(told) == len(came | went | changed) - moves


def test_what_is_gone_says_how(drawn: Script) -> None:
    for edition in drawn.editions:
        for event in edition.events:
            if event.before and event.status:
                gone = {one.url: one for one in edition.portals[event.site].gone}
                assert gone[event.before.url].status == event.status
                to_url = event.after.url if event.after and event.status == 301 else ""
                assert gone[event.before.url].to_url == to_url


def test_an_edit_shows_the_words_that_changed(drawn: Script) -> None:
    for edition in drawn.editions:
        for event in edition.events:
            if event.kind not in ("edited", "reverted", "cosmetic"):
                continue
            assert event.before is not None
            assert event.after is not None
            assert event.text_before != event.text_after
            dates = {"published_at"} & set(changed_fields(event.before, event.after))
            if not dates:
                assert event.text_before in str(content(event.before))
                assert event.text_after in str(content(event.after))
            assert event.before.modified_at < event.after.modified_at <= edition.begins_at


def test_a_touch_changes_the_modification_time_only(drawn: Script) -> None:
    for edition in drawn.editions:
        for event in edition.events:
            if event.kind == "touched":
                assert event.before is not None
                assert event.after is not None
                assert content(event.before) == content(event.after)
                assert event.before.modified_at != event.after.modified_at
                url = event.after.url
                assert url not in {one.url for one in drawn.expected(edition.number)}


def test_what_is_reverted_reads_as_before(drawn: Script) -> None:
    seen = 0
    for old, new in zip(drawn.editions[1:], drawn.editions[2:], strict=False):
        for event in new.events:
            if event.kind == "reverted":
                first = next(e for e in old.events if e.after == event.before)
                assert first.before is not None
                assert event.after is not None
                assert content(first.before) == content(event.after)
                seen += 1
    assert seen >= 3


def test_an_article_comes_back_unchanged_after_two_editions_at_least(drawn: Script) -> None:
    left: dict[str, tuple[int, Story]] = {}
    restored = 0
    for edition in drawn.editions:
        for event in edition.events:
            if event.kind == "withdrawn" and event.before:
                left[event.before.url] = (edition.number, event.before)
            if event.kind == "restored" and event.after:
                number, story = left[event.after.url]
                assert edition.number - number >= 2
                assert content(story) == content(event.after)
                restored += 1
    assert restored >= 2


def test_times_fit_the_editions(drawn: Script) -> None:
    for number, edition in enumerate(drawn.editions):
        assert edition.begins_at == START + timedelta(hours=12 * number)
        for served in edition.portals.values():
            for story in served.stories:
                assert story.published_at < edition.begins_at
                assert story.published_at.second == story.published_at.microsecond == 0
        for event in edition.events:
            if event.kind in NEW:
                assert event.after is not None
                assert edition.begins_at - event.after.published_at < timedelta(hours=6)
            if event.kind == "appeared_late":
                assert event.after is not None
                assert edition.begins_at - event.after.published_at > timedelta(days=7)
                urls = {one.url for one in drawn.expected(number)}
                assert event.after.url not in urls


def test_a_copy_repeats_an_article_that_lives_on(drawn: Script) -> None:
    for edition in drawn.editions:
        stories = [story for served in edition.portals.values() for story in served.stories]
        for event in edition.events:
            if event.kind == "copied":
                assert event.after is not None
                same = [s.url for s in stories if s.paragraphs == event.after.paragraphs]
                assert len(same) == 2
                assert event.after.title in {s.title for s in stories if s.url != event.after.url}


def test_articles_that_are_no_copies_differ_clearly(drawn: Script) -> None:
    blocks: Counter[str] = Counter()
    for served in drawn.editions[0].portals.values():
        assert len({story.title for story in served.stories}) == len(served.stories)
        for story in served.stories:
            assert len(story.paragraphs) >= 5
            assert all(2 <= len(re.findall(r"[.?!](?:\s|$)", p)) <= 4 for p in story.paragraphs)
            assert len(set(story.captions)) == len(story.captions)
            blocks.update(set(story.paragraphs))
    assert max(blocks.values()) <= 2  # a translation or copy of the same original


def test_a_translation_worded_anew_keeps_figures_and_sentences(drawn: Script) -> None:
    for event in (event for edition in drawn.editions for event in edition.events):
        if event.kind not in ("retranslated", "followed"):
            continue
        assert event.before is not None
        assert event.after is not None
        before, after = whole(event.before), whole(event.after)
        for one, other in zip(event.before.paragraphs, event.after.paragraphs, strict=True):
            assert one != other
            assert len(re.findall(r"[.?!](?:\s|$)", one)) == len(
                re.findall(r"[.?!](?:\s|$)", other)
            )
        assert (digits(before) == digits(after)) == (event.kind == "retranslated")


def test_a_translation_follows_its_original_one_edition_later(drawn: Script) -> None:
    for old, new in zip(drawn.editions[1:], drawn.editions[2:], strict=False):
        for event in new.events:
            if event.kind == "followed":
                assert event.after is not None
                origin = event.after.original
                assert any(e.before and e.before.ident == origin for e in old.events)
                assert not any(e.before and e.before.ident == origin for e in new.events)


def test_translations_exist_in_four_languages_and_name_their_sources() -> None:
    stories = script(3, start=START).editions[0].portals["vietnamvn"].stories
    assert {story.language for story in stories} == {"ar", "fa", "en", "vi"}
    assert {bool(story.source_url) for story in stories} == {True, False}
    assert all(story.source_name for story in stories)


def test_the_cited_addresses_are_served_but_not_listed(
    drawn: Script, sites: dict[str, Site]
) -> None:
    for edition in drawn.editions:
        for name, site in sites.items():
            served = edition.portals[name]
            named = set(site.pages)
            assert named == {story.url for story in served.stories if not story.listed}


def test_addresses_have_the_forms_of_the_portals(drawn: Script) -> None:
    forms = {site: Counter[str]() for site in SITES}
    for story in (s for e in drawn.editions for p in e.portals.values() for s in p.stories):
        form = next((f for f in FORMS[story.site] if re.fullmatch(f, story.url)), None)
        assert form, story.url
        forms[story.site][form] += 1
    assert all(set(forms[site]) == set(FORMS[site]) for site in SITES)


def test_addresses_fit_the_site_files(drawn: Script, sites: dict[str, Site]) -> None:
    for edition in drawn.editions:
        for name, served in edition.portals.items():
            for url in (*(s.url for s in served.stories), *(g.url for g in served.gone)):
                assert is_article(canonical_address(url, sites[name]), sites[name]), url


def test_no_two_articles_have_one_address(drawn: Script) -> None:
    for edition in drawn.editions:
        for served in edition.portals.values():
            paths = [urlsplit(s.url)[1:3] for s in served.stories]
            paths += [urlsplit(gone.url)[1:3] for gone in served.gone]
            assert len(set(paths)) == len(paths)


def test_faults_strike_only_articles_of_which_the_edition_tells_nothing(drawn: Script) -> None:
    kinds = Counter(fault.kind for edition in drawn.editions for fault in edition.faults)
    assert kinds["busy"] == kinds["cookie_wall"] == 1
    for edition in drawn.editions:
        stories = [s for e in edition.events for s in (e.before, e.after) if s]
        for fault in edition.faults:
            if fault.kind != "slow":
                assert fault.paths
                assert fault.paths.isdisjoint(story.path for story in stories)


def test_forty_editions_are_no_trouble() -> None:
    drawn = script(1, start=START, editions=40)
    late = Counter(event.kind for edition in drawn.editions[30:] for event in edition.events)
    assert set(late) == set(get_args(EventKind))


CALM = Plot(
    rest=6,
    reverted=6,
    restored=8,
    followed=3,
    oldest=timedelta(days=4),
    sparse=True,
    quiet=4,
    moves_at=10,
    hushed=(("baohatinh", 12, 15),),
)


@pytest.fixture(scope="module", params=range(4))
def calm(request: pytest.FixtureRequest) -> Script:
    return script(request.param, start=START, editions=24, plot=CALM)


def test_a_calm_plot_leaves_an_article_alone_for_a_while(calm: Script) -> None:
    last: dict[str, int] = {}
    seen = 0
    for edition in calm.editions:
        for event in edition.events:
            story = event.after or event.before
            assert story is not None
            before = last.get(story.ident)
            if before is not None and edition.number != CALM.moves_at:
                appeared = (event.before or story).first_edition == before
                follows = {"restored": CALM.restored, "followed": CALM.followed}
                least = CALM.fresh if appeared else CALM.rest
                assert edition.number - before >= min(least, follows.get(event.kind, 99))
                seen += 1
            last[story.ident] = edition.number
    assert seen > 50


def test_a_calm_plot_leaves_old_articles_alone(calm: Script) -> None:
    promised = ("reverted", "restored", "followed", "moved")
    assert CALM.oldest is not None
    for edition in calm.editions:
        for event in edition.events:
            if event.before and event.kind not in promised:
                assert edition.begins_at - event.before.published_at <= CALM.oldest


def test_where_it_is_hushed_articles_appear_and_nothing_else_happens(calm: Script) -> None:
    def kinds(*editions: int) -> set[str]:
        told = (event for n in editions for event in calm.editions[n].events)
        return {event.kind for event in told if event.site == "baohatinh"}

    assert kinds(12, 13, 14, 15) == {"appeared"}
    assert kinds(16, 17, 18, 19) & {"reverted", "restored"}


def test_nothing_happens_in_the_quiet_editions(calm: Script) -> None:
    assert not any(edition.events for edition in calm.editions[-4:])
    assert all(edition.events for edition in calm.editions[1:-4])


def test_a_portal_moves_at_once_and_wholly(calm: Script) -> None:
    old = "baoninhthuan.com.vn"
    (before, after) = (
        {s.url for s in calm.editions[n].portals["baoninhthuan"].stories} for n in (9, 10)
    )
    restored = {e.after.url for e in calm.editions[10].events if e.kind == "restored" and e.after}
    assert not [url for url in after - restored if old in url]
    moved = [e for e in calm.editions[10].events if e.before and e.before.host == old]
    moved = [event for event in moved if event.kind == "moved"]
    assert len(moved) == sum(old in url for url in before)
    assert len(moved) > 15
    assert {event.status for event in moved} == {301}


def test_no_two_articles_of_baoquangninh_have_one_number() -> None:
    numbers: dict[str, str] = {}
    for seed in range(6):
        drawn = script(seed, start=START, editions=40)
        numbers.clear()
        for edition in drawn.editions:
            for story in edition.portals["baoquangninh"].stories:
                number = story.url[-12:-5]
                assert numbers.setdefault(number, story.ident) == story.ident
