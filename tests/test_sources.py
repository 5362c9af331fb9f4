"""Of a sitemap index only what may be new is read; what a listing hints pulls a look forward."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from desks import BODY, HOME, SITE, START, Newsroom

from crawlers.discovery import article_key
from crawlers.page import Link, Listing, Source, SourceKind
from crawlers.sources import Answer, Ask, Reader
from pipelines.record import record_listing
from pipelines.store import planning
from pipelines.store.articles import DueWish

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
ROOT = Source(kind="sitemap", url=f"{HOME}/sitemap.xml")
MONTHS = {f"{HOME}/{number}.xml": NOW - timedelta(days=30 * number) for number in range(14)}


def index() -> bytes:
    files = "".join(
        f"<sitemap><loc>{url}</loc><lastmod>{at.isoformat()}</lastmod></sitemap>"
        for url, at in MONTHS.items()
    )
    return f"<sitemapindex>{files}</sitemapindex>".encode()


def asked(read_at: datetime | None, now: datetime) -> list[str]:
    reader = Reader(SITE)
    answer = Answer(at=now, url=ROOT.url, body=index(), content_type="text/xml")
    (ask,) = reader.further([ROOT])
    ask = Ask(source=ask.source, url=ask.url, read_at=read_at)
    return [further.url for further in reader.read(ask, answer).asks]


def test_an_index_that_was_never_read_is_read_whole() -> None:
    assert asked(None, NOW) == list(MONTHS)


def test_files_that_were_read_since_they_changed_are_left_out() -> None:
    assert asked(NOW - timedelta(hours=3), NOW) == [f"{HOME}/0.xml"]


def test_a_time_that_may_be_a_day_off_is_not_believed() -> None:
    later = NOW + timedelta(hours=30)
    assert f"{HOME}/0.xml" in asked(NOW + timedelta(hours=20), later)


def test_each_file_is_read_once_a_week_whatever_it_says() -> None:
    times = Counter(
        url
        for day in range(7)
        for hour in (1, 7, 13)
        for url in asked(
            # read six hours before; the first reading of a day comes after yesterday's
            NOW.replace(hour=hour) + timedelta(days=90 + day) - timedelta(hours=6),
            NOW.replace(hour=hour) + timedelta(days=90 + day),
        )
    )
    assert times == Counter(dict.fromkeys(MONTHS, 1))


@pytest.mark.parametrize(
    ("kind", "body", "is_complete"),
    [
        ("home", "<html><body><script src='/x.js'></script></body></html>", False),
        ("home", "<html><body><a href='/tin/mot'>Hội nghị</a></body></html>", True),
        ("feed", "<rss><channel></channel></rss>", False),
        (
            "feed",
            f"<rss><channel><item><link>{HOME}/tin/mot</link></item></channel></rss>",
            True,
        ),
    ],
)
def test_a_first_page_that_lists_nothing_is_not_the_whole_of_a_source(
    kind: SourceKind, body: str, is_complete: bool
) -> None:
    source = Source(kind=kind, url=f"{HOME}/")
    answer = Answer(at=NOW, url=source.url, body=body.encode(), content_type="")
    found = Reader(SITE).read(Ask(source=source, url=source.url), answer)
    assert found.links is not None
    assert found.complete is is_complete


@pytest.fixture
def room(tmp_path: Path) -> Newsroom:
    made = Newsroom(tmp_path / "store.db")
    made.baseline(*(f"/tin/so-{number}" for number in range(10)))
    made.begin()
    for number in range(10):
        made.answer(f"/tin/so-{number}", title=f"Hội nghị số {number}", body=[f"{number}", *BODY])
    return made


def hint(room: Newsroom, *numbers: int, modified_at: datetime) -> set[str]:
    """List all ten articles, some with a time of modification; which of them are due then."""
    links = []
    for number in range(10):
        url = f"{HOME}/tin/so-{number}"
        modified = modified_at if number in numbers else None
        links.append(Link(url=url, key=article_key(url, SITE), modified_at=modified))
    listing = Listing(
        site=SITE.name,
        source=Source(kind="feed", url=f"{HOME}/rss"),
        page=1,
        fetched_at=room.clock.now(),
        links=tuple(links),
        complete=True,
    )
    record_listing(room.desk, listing)
    wish = DueWish(now=room.clock.now())
    found = planning.due(room.store.reader, room.desk.site_id, wish, limit=20)
    return {row.url.removeprefix(f"{HOME}/tin/so-") for row in found}


def test_a_time_of_modification_since_the_last_look_makes_an_article_due(room: Newsroom) -> None:
    room.clock.pass_by(minutes=5)
    before = room.clock.now() - timedelta(minutes=1)
    assert hint(room, 3, 7, modified_at=before) == {"3", "7"}


def test_one_before_the_last_look_or_yet_to_come_does_not(room: Newsroom) -> None:
    room.clock.pass_by(minutes=5)
    assert hint(room, 3, modified_at=START - timedelta(hours=1)) == set()
    assert hint(room, 3, modified_at=room.clock.now() + timedelta(hours=1)) == set()


def test_a_listing_that_calls_all_its_articles_modified_says_nothing(room: Newsroom) -> None:
    room.clock.pass_by(minutes=5)
    before = room.clock.now() - timedelta(minutes=1)
    assert hint(room, *range(10), modified_at=before) == set()
