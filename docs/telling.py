"""The parts of the reference that tell how people are told; printed by ``generate.py``."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime

from cells import cell, type_of

from monitor.browse.canned import QUERIES
from monitor.links import Named
from monitor.notes import Note
from monitor.notify.message import Message, as_json
from monitor.notify.signing import signed_headers
from monitor.notify.told import Told
from monitor.render.report_schema import report_schema
from pipelines.article import Article, Block
from pipelines.compare import compare
from pipelines.drift import Drift, Fact

MOMENT = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)


def report_members() -> Iterator[str]:
    """What ``baowatch report --format json`` holds."""
    described = report_schema()
    yield "## The report as JSON"
    yield ""
    yield "A [JSON Schema](report.schema.json) describes `baowatch report --format json`; `schema_version` is raised when a reader could notice a difference."
    for name, definition in {"the report": described, **described["$defs"]}.items():
        yield from ("", f"### {name}", "", "| member | type | what it is |", "|---|---|---|")
        for key, value in definition.get("properties", {}).items():
            yield f"| `{key}` | {type_of(value)} | {cell(value.get('description', ''))} |"


def webhook() -> Iterator[str]:
    """A message as it goes over the wire."""
    message = Message(
        key="6f0c0e0a-3d0e-4a5f-9a58-2f2f3f7f9b11",
        kind="change",
        channel="archive",
        route="every edit",
        made_at=MOMENT,
        changes=[_example()],
        browse_url="http://127.0.0.1:8001",
    )
    body = as_json(message)
    yield "## What a webhook is sent"
    yield ""
    yield "A POST with JSON, and these headers (here signed with the secret `example`). The signature is HMAC-SHA256 by the secret over timestamp, `.` and body; refuse what is signed wrongly or long ago, and pass over a key that was seen before. `kind` is `change`, `digest`, `correction` or `test`; a large digest comes in several messages of up to 500 changes, each under its own key. `notes` say what a change means for copies, translations and pages that cite the article, as in the report. `version` is raised when a reader could notice a difference. Answer with a status of 200 to 299; `Retry-After` is kept."
    yield from ("", "```")
    headers = signed_headers(body, key=message.key, secret="example", now=MOMENT)  # noqa: S106
    yield from (f"{name}: {value}" for name, value in headers.items())
    yield from ("```", "", "```json")
    yield json.dumps(json.loads(body), ensure_ascii=False, indent=2)
    yield "```"


def _example() -> Told:
    def article(figure: str) -> Article:
        return Article(
            site="baovidu",
            url="https://baovidu.example/thu-ngan-sach-0000001.html",
            title="Thu ngân sách quý I",
            lead="",
            blocks=(Block(text=f"Thu ngân sách đạt {figure} tỷ đồng."),),
            published_at=datetime(2026, 3, 1, 23, 0, tzinfo=UTC),
        )

    before, after = article("1.250"), article("1.520")
    difference = compare(before, after)
    assert difference is not None
    return Told(
        change_id=42,
        article_id=7,
        site="baovidu",
        site_title="Báo Ví Dụ",
        kind=difference.kind,
        weight=difference.weight,
        url=after.url,
        title=after.title,
        fields=difference.fields,
        explanation=difference.explanation.as_json(),
        published_at=after.published_at,
        detected_at=datetime(2026, 3, 2, 1, 10, tzinfo=UTC),
        released_at=datetime(2026, 3, 2, 1, 29, tzinfo=UTC),
        dismissed_at=None,
        dismissed_why="",
        before=before,
        after=after,
        notes=(_note(),),
    )


def _note() -> Note:
    translation = Named(
        article_id=9,
        site="dich",
        url="https://dich.example/ar/thu-ngan-sach",
        title="إيرادات الميزانية",
        language="ar",
        published_at=None,
        status="live",
    )
    drift = Drift(
        gone=(Fact(kind="figure", value="1250000000000"),),
        came=(Fact(kind="figure", value="1520000000000"),),
    )
    return Note(role="translated_before", other=translation, at=MOMENT, drift=drift)


def questions() -> Iterator[str]:
    """The questions of ``baowatch browse``."""
    yield "## Questions in the browser"
    yield ""
    yield "Each is a page of `baowatch browse`, with JSON and CSV; those that list changes are Atom feeds too (`.atom`)."
    for query in QUERIES:
        feed = " Also a feed." if query.is_feed else ""
        yield from ("", f"### {query.title} (`{query.name}`)", "", f"{query.description}{feed}", "")
        yield from ("```sql", query.sql.strip(), "```")
