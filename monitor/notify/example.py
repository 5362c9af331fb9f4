"""A message as a webhook gets it, for the documentation: composed like any other."""

import json
from datetime import UTC, datetime
from typing import Final

from monitor.notify.message import Message, as_json
from monitor.notify.signing import signed_headers
from monitor.notify.told import Told
from pipelines.article import Article, Block

SHOWN_SECRET: Final = "the documentation's secret"  # noqa: S105 - it is
_NOW: Final = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
_URL: Final = "https://portal.example/tin/cau-moi-1234567.html"


def example() -> tuple[dict[str, str], str]:
    """The headers of our own and the JSON body, indented for people, of an edited figure."""
    message = Message(
        key="6f1f0a52-7f0e-4e3c-9d5b-0c9a2f4b8d11",
        kind="change",
        channel="archive",
        route="what is edited",
        made_at=_NOW,
        changes=(_change(),),
        browse_url="http://127.0.0.1:8001",
    )
    body = as_json(message)
    headers = signed_headers(body, key=message.key, secret=SHOWN_SECRET, now=_NOW)
    return headers, json.dumps(json.loads(body), ensure_ascii=False, indent=2)


def _change() -> Told:
    return Told(
        change_id=12,
        article_id=7,
        site="portal",
        site_title="Báo Tỉnh",
        kind="edited",
        weight="substantive",
        url=_URL,
        title="Khởi công cầu mới",
        fields=("body",),
        explanation={"reasons": ["numbers"]},
        published_at=_NOW,
        detected_at=_NOW,
        released_at=_NOW,
        dismissed_at=None,
        dismissed_why="",
        before=_article("Vốn đầu tư là 50 tỷ đồng."),
        after=_article("Vốn đầu tư là 90 tỷ đồng."),
    )


def _article(text: str) -> Article:
    return Article(
        site="portal",
        url=_URL,
        title="Khởi công cầu mới",
        lead="",
        blocks=(Block(text=text),),
        published_at=_NOW,
        recipe="",
    )
