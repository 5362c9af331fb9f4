"""Saved pages of real newspapers: what they are, their titles, dates and texts."""

import csv
import gzip
import re
import unicodedata
from collections import Counter
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pytest

from crawlers.page import Page, Validators
from crawlers.site import Site
from pipelines.dates import read_moment
from pipelines.normalise import comparable
from pipelines.reading import Reading, read

PAGES = Path(__file__).parents[2] / "shared" / "pages"
ZONES = {"vi": "Asia/Ho_Chi_Minh", "ar": "Asia/Riyadh", "fa": "Asia/Tehran"}
pytestmark = pytest.mark.skipif(
    not PAGES.exists(), reason="the saved pages are not beside the repository"
)


def rows(kind: str) -> list[dict[str, str]]:
    with (PAGES / "pages.csv").open(newline="") as lines:
        return [row for row in csv.DictReader(lines) if row["type"] == kind]


@cache
def read_row(file: str, url: str, language: str) -> Reading:
    body = (PAGES / file).read_bytes()
    url = url or "https://example.org/section/name"
    site = Site.model_validate(
        {
            "name": "neutral",
            "title": "Neutral",
            "home": f"https://{urlsplit(url).hostname}/",
            "languages": (language,),
            "timezone": ZONES.get(language, "UTC"),
            "verified": False,
            "articles": ({"path": ".*"},),
        }
    )
    page = Page(
        site=site.name,
        url=url,
        final_url=url,
        status=200,
        fetched_at=datetime(2026, 11, 1, tzinfo=UTC),
        body=gzip.decompress(body) if file.endswith(".gz") else body,
        content_type="text/html",
        validators=Validators(),
    )
    return read(page, site)


def readings(kind: str) -> list[tuple[dict[str, str], Reading]]:
    return [(row, read_row(row["file"], row["url"], row["lang"])) for row in rows(kind)]


def token_f1(text: str, gold: str) -> float:
    one, other = (
        Counter(re.findall(r"\w+", unicodedata.normalize("NFC", part).lower()))
        for part in (text, gold)
    )
    return 2 * (one & other).total() / max(one.total() + other.total(), 1)


def test_every_listing_is_a_listing() -> None:
    found = {row["file"]: reading.kind for row, reading in readings("listing")}
    assert found
    assert set(found.values()) == {"listing"}, found


def test_every_article_is_an_article() -> None:
    wrong = {
        row["file"]: reading.reason
        for row, reading in readings("article")
        if reading.kind != "article"
    }
    assert wrong == {}


def test_titles_and_dates_are_those_given() -> None:
    for row, reading in readings("article"):
        assert reading.article is not None
        if row["title"]:
            assert comparable(reading.article.title) == comparable(row["title"]), row["file"]
        if row["published"]:
            zone = ZoneInfo(ZONES.get(row["lang"], "UTC"))
            given = read_moment(row["published"], zone)
            assert given is not None
            assert reading.article.published_at == given.at, row["file"]


@pytest.mark.parametrize("lead", [False, True], ids=["blocks", "lead and blocks"])
def test_texts_are_the_gold_texts(lead: bool) -> None:
    scores = []
    for row, reading in readings("article"):
        if not row["text"] or reading.article is None:
            continue
        article = reading.article
        text = f"{article.lead}\n{article.text}" if lead else article.text
        scores.append(token_f1(text, (PAGES / row["text"]).read_text()))
        if row["lang"] == "vi" and lead:
            assert scores[-1] >= 0.95, row["file"]
    assert sum(score >= 0.9 for score in scores) >= 0.92 * len(scores)
    assert sum(scores) / len(scores) >= 0.97
