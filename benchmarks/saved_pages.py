"""The saved pages beside the repository, with their gold texts, and how they are read."""

import csv
import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import lxml.html
from lxml.html import HtmlElement
from trafilatura import bare_extraction

from crawlers.markup import parse
from crawlers.page import Page, Validators
from crawlers.site import Site
from pipelines.reading import Reading, read

PAGES = Path(__file__).resolve().parents[2] / "shared" / "pages"
ZONES = {"vi": "Asia/Ho_Chi_Minh", "ar": "Asia/Riyadh", "fa": "Asia/Tehran"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A row of pages.csv. ``gold`` is the article's text as people gave it, else empty."""

    file: str
    url: str
    language: str
    kind: str
    title: str
    published: str
    gold: str

    @property
    def body(self) -> bytes:
        return load(self.file)


def cases() -> Iterator[Case]:
    with (PAGES / "pages.csv").open(newline="", encoding="utf-8") as rows:
        for row in csv.DictReader(rows):
            gold = (PAGES / row["text"]).read_text(encoding="utf-8") if row["text"] else ""
            yield Case(
                file=row["file"],
                url=row["url"] or "https://example.org/section/name",
                language=row["lang"],
                kind=row["type"],
                title=row["title"],
                published=row["published"],
                gold=gold,
            )


def load(name: str) -> bytes:
    body = (PAGES / name).read_bytes()
    return gzip.decompress(body) if name.endswith(".gz") else body


@cache
def neutral_site(host: str, language: str = "en") -> Site:
    """A site that says nothing about its pages: every address may be an article's."""
    return Site.model_validate(
        {
            "name": "neutral",
            "title": "Neutral",
            "home": f"https://{host}/",
            "languages": (language,),
            "timezone": ZONES.get(language, "UTC"),
            "verified": False,
            "articles": ({"path": ".*"},),
        }
    )


def site_of(case: Case) -> Site:
    return neutral_site(urlsplit(case.url).hostname or "example.org", case.language)


def page(body: bytes, url: str) -> Page:
    return Page(
        site="neutral",
        url=url,
        final_url=url,
        status=200,
        fetched_at=datetime(2026, 11, 1, tzinfo=UTC),
        body=body,
        content_type="text/html",
        validators=Validators(),
    )


def read_body(body: bytes, case: Case) -> Reading:
    return read(page(body, case.url), site_of(case))


def page_bytes(tree: HtmlElement) -> bytes:
    return lxml.html.tostring(tree, encoding="utf-8", doctype="<!DOCTYPE html>")


def gold_or_guess(case: Case) -> str:
    """The gold text; of the few pages without one, what trafilatura is most sure of."""
    if case.gold:
        return case.gold
    found = bare_extraction(
        parse(case.body, "text/html"),
        favor_precision=True,
        include_comments=False,
        with_metadata=False,
    )
    return getattr(found, "text", "") or ""
