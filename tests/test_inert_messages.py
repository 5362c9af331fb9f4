"""What goes to webhooks and to services of all sorts about an attacker's pages."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime

import hostile
import pytest
from desks import SITE

from monitor.notify.as_text import body_of, title_of
from monitor.notify.message import Message, MessageKind, as_json
from monitor.notify.told import Told, told_of
from pipelines.store.opening import open_store

KINDS: tuple[MessageKind, ...] = ("change", "digest", "correction")
MOST_TEXT = 20_000
MOST_JSON = 600_000
"""Bytes about one change, where a title alone had a million letters."""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Told]]:
    filled = hostile.fill(tmp_path_factory.mktemp("hostile") / "store.db")
    store = open_store(filled.store)
    site = SITE.model_copy(update={"title": hostile.SITE_TITLE})
    numbers = [row[0] for row in store.reader.execute("SELECT id FROM changes")]
    yield told_of(store.reader, numbers, {"bao": site})
    store.close()


def message(kind: MessageKind, changes: list[Told]) -> Message:
    return Message(
        key="0",
        kind=kind,
        channel="ban",
        route="tat-ca",
        made_at=datetime(2026, 3, 3, tzinfo=UTC),
        changes=changes,
        browse_url="http://127.0.0.1:8001",
    )


@pytest.mark.parametrize("kind", KINDS)
def test_a_message_for_people_is_plain_and_short(told: list[Told], kind: MessageKind) -> None:
    each = [told] if kind == "digest" else [[one] for one in told]
    for changes in each:
        one = message(kind, changes)
        title, body = title_of(one), body_of(one)
        assert "\n" not in title
        assert len(title) <= 200
        assert len(body) <= MOST_TEXT
        hostile.assert_plain(f"{title}\n{body}".replace("\u2060", ""))
        # The marks of other services: mentions, links with a text of their own, tags.
        for obeyed in ("@SUM", "](javascript", "<script", "<img", "<http", "`code`"):
            assert obeyed not in f"{title}\n{body}"


@pytest.mark.parametrize("kind", KINDS)
def test_a_webhook_gets_small_ascii_json(told: list[Told], kind: MessageKind) -> None:
    for one in told:
        body = as_json(message(kind, [one]))
        body.decode("ascii")
        assert json.loads(body)["changes"][0]["id"] == one.change_id
        assert len(body) <= MOST_JSON, one.kind
    whole = as_json(message(kind, told))
    assert len(whole) <= MOST_JSON * len(told)
