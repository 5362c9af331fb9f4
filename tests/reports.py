"""Reports made of entries that say plainly what they hold; and what a fragment shows, read back."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

from lxml import html

from monitor.report import Choice, Dismissed, Entry, Problem, Report, SiteReport
from pipelines.article import Article, Block
from pipelines.changes import Kind
from pipelines.compare import compare

NOON = datetime(2026, 3, 2, 5, 0, tzinfo=UTC)
FIRST = "Sáng 2/3, Ủy ban nhân dân tỉnh tổ chức hội nghị đánh giá kết quả thực hiện nhiệm vụ quý I."
SECOND = "Tốc độ tăng trưởng đạt 4,7 %, thu ngân sách đạt 1.250 tỷ đồng, bằng 27 % dự toán."


def article(*texts: str, title: str = "Hội nghị", language: str = "vi", **more: Any) -> Article:
    """An article with these paragraphs."""
    return Article(
        site="bao",
        url="https://bao.example/tin/mot",
        title=title,
        lead=more.pop("lead", ""),
        blocks=tuple(Block(text=text) for text in texts or (FIRST, SECOND)),
        language=language,
        **more,
    )


def entry(
    kind: Kind = "edited",
    *,
    before: Article | None = None,
    after: Article | None = None,
    number: int = 1,
    **more: Any,
) -> Entry:
    """A released change between two readings, explained as the judge would."""
    found = compare(before, after) if before and after else None
    shown = after or before or article()
    facts: dict[str, Any] = {
        "change_id": number,
        "article_id": number + 100,
        "site": "bao",
        "kind": kind,
        "weight": found.weight if found else "substantive",
        "url": shown.url,
        "title": shown.title,
        "fields": found.fields if found else (),
        "explanation": found.explanation.as_json() if found else {},
        "published_at": NOON - timedelta(days=1),
        "detected_at": NOON + timedelta(minutes=number),
        "released_at": NOON + timedelta(minutes=number, hours=1),
        "before": before,
        "after": after,
    }
    return Entry(**{**facts, **more})


def site(*entries: Entry, name: str = "bao", **more: Any) -> SiteReport:
    facts: dict[str, Any] = {
        "site": name,
        "title": f"Báo {name}",
        "entries": entries,
        "dismissed": (),
        "problems": (),
        "baseline_articles": None,
        "unread_articles": 0,
        "hidden": 0,
        "looked_at": NOON + timedelta(hours=2),
    }
    return SiteReport(**{**facts, **more})


def report(*sites: SiteReport, choice: Choice = Choice()) -> Report:
    return Report(
        since=NOON - timedelta(hours=20),
        until=NOON + timedelta(hours=4),
        choice=choice,
        sites=sites,
    )


def dismissed(**more: Any) -> Dismissed:
    facts: dict[str, Any] = {
        "change_id": 9,
        "kind": "edited",
        "url": "https://bao.example/tin/chin",
        "title": "Tin chín",
        "fields": ("body",),
        "detected_at": NOON,
        "dismissed_at": NOON + timedelta(hours=1),
        "why": "một dòng quảng cáo",
    }
    return Dismissed(**{**facts, **more})


def problem(**more: Any) -> Problem:
    facts: dict[str, Any] = {
        "kind": "unreachable",
        "detail": "timeout",
        "url": "https://bao.example/",
        "since": NOON,
        "times": 3,
    }
    return Problem(**{**facts, **more})


def edited(old: str, new: str, **more: Any) -> Entry:
    """A change of one paragraph between two that stay."""
    return entry(before=article(FIRST, old, SECOND), after=article(FIRST, new, SECOND), **more)


def sides(fragment: str) -> dict[str, tuple[list[str], list[str]]]:
    """The paragraphs before and after, by field, as a reader of the HTML finds them."""
    root = html.fragment_fromstring(fragment, create_parent="div")
    found = {}
    for field in root.iter("div"):
        names = [c for c in (field.get("class") or "").split() if c.startswith("bw-of-")]
        for name in names:
            blocks = field.xpath('.//div[contains(concat(" ", @class, " "), " bw-block ")]')
            texts = [(_text(block, "ins"), _text(block, "del")) for block in blocks]
            before, after = ([t for t in side if t] for side in zip(*texts, strict=True))
            found[name.removeprefix("bw-of-")] = (before, after)
    return found


def _text(element: html.HtmlElement, without: str) -> str:
    """All text but that of ``without``, of summaries and of our own labels."""
    parts = [element.text or ""]
    for child in element:
        own = child.tag in (without, "summary") or (child.get("class") or "") == "bw-tag"
        parts.append("" if own else _text(child, without))
        parts.append(child.tail or "")
    return "".join(parts)


def letters(texts: list[str]) -> Counter[str]:
    """What is compared where paragraphs moved, were joined or split: letters, without spaces."""
    return Counter("".join("".join(texts).split()))
