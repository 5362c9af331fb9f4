"""How well pages are read: extraction against gold texts, quiet under noise.

    python benchmarks/reading.py [pages|recaptures]… [-v]

Needs the saved pages beside the repository (../shared/pages). Prints tables; every comparison
with trafilatura is made in the same run. ``-v`` also prints each page that falls short.
"""

import csv
import gzip
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import lxml.html
from lxml.html import HtmlElement
from trafilatura import bare_extraction

from crawlers.markup import parse
from crawlers.page import Page, Validators
from crawlers.site import Site
from pipelines.article import Article
from pipelines.dates import read_moment
from pipelines.fingerprint import fingerprints
from pipelines.normalise import comparable
from pipelines.reading import Reading, read

PAGES = Path(__file__).resolve().parents[2] / "shared" / "pages"
ZONES = {"vi": "Asia/Ho_Chi_Minh", "ar": "Asia/Riyadh", "fa": "Asia/Tehran"}
FIELDS = ("title", "lead", "body", "captions", "author", "published_at")


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A row of pages.csv with its bytes and gold text."""

    file: str
    url: str
    language: str
    kind: str
    title: str
    published: str
    body: bytes
    gold: str


def cases() -> Iterator[Case]:
    with (PAGES / "pages.csv").open(newline="") as rows:
        for row in csv.DictReader(rows):
            gold = (PAGES / row["text"]).read_text() if row["text"] else ""
            yield Case(
                file=row["file"],
                url=row["url"] or "https://example.org/section/name",
                language=row["lang"],
                kind=row["type"],
                title=row["title"],
                published=row["published"],
                body=load(row["file"]),
                gold=gold,
            )


def load(name: str) -> bytes:
    body = (PAGES / name).read_bytes()
    return gzip.decompress(body) if name.endswith(".gz") else body


def neutral_site(url: str, language: str = "en") -> Site:
    """A site that says nothing about its pages: every address may be an article's."""
    return Site.model_validate(
        {
            "name": "neutral",
            "title": "Neutral",
            "home": f"https://{urlsplit(url).hostname or 'example.org'}/",
            "languages": (language,),
            "timezone": ZONES.get(language, "UTC"),
            "verified": False,
            "articles": ({"path": ".*"},),
        }
    )


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


def read_body(body: bytes, url: str, language: str = "en") -> Reading:
    return read(page(body, url), neutral_site(url, language))


def tokens(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", unicodedata.normalize("NFC", text).lower()))


def shingles(text: str) -> Counter[tuple[str, ...]]:
    found = re.findall(r"\w+", unicodedata.normalize("NFC", text).lower())
    size = min(4, max(len(found), 1))
    return Counter(zip(*(found[start:] for start in range(size)), strict=False))


def f1(one: Counter[object], other: Counter[object]) -> float:
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 0.0


def whole_text(article: Article) -> str:
    return "\n".join((article.lead, article.text, *article.captions))


def trafilatura_text(body: bytes) -> str:
    document = bare_extraction(
        parse(body, "text/html"), favor_recall=True, include_comments=False, with_metadata=False
    )
    return getattr(document, "text", "") or ""


def measure_pages(*, verbose: bool) -> None:
    scores: dict[str, list[float]] = {}
    wrong: list[str] = []
    vietnamese: dict[str, list[float]] = {}
    for case in cases():
        reading = read_body(case.body, case.url, case.language)
        if reading.kind != case.kind:
            wrong.append(f"kind   {case.file}: {reading.kind} ({reading.reason})")
        article = reading.article
        if case.kind != "article" or article is None:
            continue
        if case.title and comparable(article.title) != comparable(case.title):
            wrong.append(f"title  {case.file}: {article.title!r}, not {case.title!r}")
        if case.published:
            zone = neutral_site(case.url, case.language)
            from zoneinfo import ZoneInfo

            moment = read_moment(case.published, ZoneInfo(zone.timezone))
            if moment is None or moment.at != article.published_at:
                wrong.append(f"date   {case.file}: {article.published_at}, not {case.published}")
        if not case.gold:
            continue
        texts = {
            "blocks": article.text,
            "lead and blocks": f"{article.lead}\n{article.text}",
            "with captions": whole_text(article),
            "trafilatura": trafilatura_text(case.body),
        }
        for name, text in texts.items():
            score = f1(tokens(text), tokens(case.gold))
            scores.setdefault(name, []).append(score)
            scores.setdefault(f"{name}, shingles", []).append(
                f1(shingles(text), shingles(case.gold))
            )
            if case.language == "vi":
                vietnamese.setdefault(name, []).append(score)
        if verbose and scores["lead and blocks"][-1] < 0.95:
            row = " ".join(f"{scores[name][-1]:.3f}" for name in texts)
            print(f"  {row} {case.file[:26]} {case.url[:70]}")
    print(f"\n{'extraction':<28}{'mean F1':>9}{'>= 0.9':>9}{'vi mean':>9}{'vi min':>9}")
    for name, values in scores.items():
        good = sum(value >= 0.9 for value in values) / len(values)
        local = vietnamese.get(name, [])
        more = f"{sum(local) / len(local):9.3f}{min(local):9.3f}" if local else ""
        print(f"{name:<28}{sum(values) / len(values):9.3f}{good:9.1%}{more}")
    print(f"{len(wrong)} facts wrong")
    for line in wrong:
        print(" ", line)


def differing(before: Reading, after: Reading) -> list[str]:
    if before.article is None or after.article is None:
        return [] if before.kind == after.kind else ["kind"]
    one, other = fingerprints(before.article), fingerprints(after.article)
    return [name for name in FIELDS if getattr(one, name) != getattr(other, name)]


def measure_recaptures(*, verbose: bool) -> None:
    with (PAGES / "recaptures" / "pairs.csv").open(newline="") as rows:
        pairs = list(csv.DictReader(rows))
    ours: Counter[str] = Counter()
    theirs: Counter[str] = Counter()
    fields: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    short = 0
    for pair in pairs:
        bodies = [load(f"recaptures/{pair[side]}") for side in ("file_a", "file_b")]
        before, after = (read_body(body, pair["url"]) for body in bodies)
        label = pair["label"]
        ours[f"{label} pairs"] += 1
        changed = differing(before, after)
        ours[label] += bool(changed)
        fields.update(f"{label} {name}" for name in changed)
        if before.article is None or after.article is None:
            kinds[f"{label} {before.kind} / {after.kind}"] += 1
        elif len(whole_text(before.article)) < 300:
            short += 1
        plain = [comparable(trafilatura_text(body)) for body in bodies]
        theirs[label] += plain[0] != plain[1]
        if verbose and changed:
            _print_difference(pair, before, after, changed)
    print(f"\n{'recaptures':<20}{'pairs':>7}{'changed':>9}{'trafilatura':>13}")
    for label in ("noise_only", "different_page"):
        print(f"{label:<20}{ours[f'{label} pairs']:7}{ours[label]:9}{theirs[label]:13}")
    print("fields:", dict(fields), "\nno article:", dict(kinds), "\nunder 300 characters:", short)


def _print_difference(
    pair: dict[str, str], before: Reading, after: Reading, changed: list[str]
) -> None:
    print(f"  {pair['label']} {pair['file_a']} {pair['file_b'][-36:]} {changed}")
    print_lines(before, after, changed)


def print_lines(before: Reading, after: Reading, changed: list[str]) -> None:
    if before.article is None or after.article is None:
        print(f"    {before.kind}: {before.reason} -> {after.kind}: {after.reason}")
        return
    for name in changed:
        one, other = _lines(before.article, name), _lines(after.article, name)
        for line in sorted((one - other) | (other - one))[:6]:
            print(f"    {'-' if line in one else '+'} {name}: {line[:150]}")


def _lines(article: Article, name: str) -> set[str]:
    if name == "body":
        return {block.text for block in article.blocks}
    value = getattr(article, name)
    return set(value) if isinstance(value, tuple) else {str(value)}


def page_bytes(tree: HtmlElement) -> bytes:
    return lxml.html.tostring(tree, encoding="utf-8", doctype="<!DOCTYPE html>")


if __name__ == "__main__":
    asked = [word for word in sys.argv[1:] if not word.startswith("-")]
    for name, measure in (
        ("pages", measure_pages),
        ("recaptures", measure_recaptures),
    ):
        if not asked or name in asked:
            measure(verbose="-v" in sys.argv)
