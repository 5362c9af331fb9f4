"""Apprise: what people read, inert; and secrets, nowhere."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from commandline import baowatch, configure
from desks import START
from posts import OTHER, Post
from receivers import Does, Receiver

from monitor.notify.as_text import body_of, inert, title_of
from monitor.notify.message import Message
from monitor.notify.told import Told
from monitor.notify.webhook import post as post_to
from pipelines.article import Article, Block

TOKEN = "xyzzyplughfrotz"
PEOPLE = """
channels:
  people: {{apprise: '{address}', time_limit: 20s}}
routes:
"""


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with Receiver().open() as receiver:
        yield receiver


def told(**more: object) -> Told:
    given: dict[str, object] = {
        "change_id": 7,
        "article_id": 3,
        "site": "bao",
        "site_title": "Báo",
        "kind": "edited",
        "weight": "substantive",
        "url": "https://bao.example/tin/mot",
        "title": "Hội nghị",
        "fields": ("body",),
        "explanation": {},
        "published_at": None,
        "detected_at": START,
        "released_at": START,
        "dismissed_at": None,
        "dismissed_why": "",
        "before": None,
        "after": None,
    }
    return Told(**{**given, **more})  # type: ignore[arg-type]


def message(kind: str, *changes: Told) -> Message:
    return Message(
        key="k", kind=kind, channel="people", route="r", made_at=START, changes=changes,  # type: ignore[arg-type]
        browse_url="http://127.0.0.1:8001",
    )  # fmt: skip


def article(*lines: str) -> Article:
    return Article(
        site="bao",
        url="https://bao.example/tin/mot",
        title="Hội nghị",
        lead="",
        blocks=tuple(Block(text=line) for line in lines),
        recipe="plain 1",
    )


def test_a_change_reads_at_a_glance() -> None:
    one = told(before=article("Vốn là 50 tỷ đồng."), after=article("Vốn là 90 tỷ đồng."))
    assert title_of(message("change", one)) == "Báo: edited: «Hội nghị»"
    assert body_of(message("change", one)).split("\n") == [
        "Báo: edited (substantive: body)",
        "Hội nghị",
        "https://bao.example/tin/mot",
        "http://127.0.0.1:8001/change/7",
        "Text: Vốn là ⟦−50⟧⟦+90⟧ tỷ đồng.",
        "seen 2026-03-02 08:00 +0700; change 7",
    ]


def test_a_digest_is_a_short_list() -> None:
    many = [told(change_id=n, kind="new", fields=()) for n in range(60)]
    body = body_of(message("digest", told(site="so", site_title="Sở"), *many))
    assert title_of(message("digest", told(site="so"), *many)) == "baowatch: 61 changes of 2 sites"
    assert body.startswith("Báo\n- new: Hội nghị\n  https://bao.example/tin/mot\n")
    assert body.endswith("… and 21 more changes")


def test_a_correction_says_what_was_wrong() -> None:
    one = told(dismissed_at=START, dismissed_why="only a counter")
    assert title_of(message("correction", one)) == "Correction: Báo: «Hội nghị»"
    assert "taken back: it was a false alarm" in body_of(message("correction", one))
    assert "Why: only a counter" in body_of(message("correction", one))


def test_scraped_text_is_obeyed_by_no_service() -> None:
    evil = (
        "@everyone <!channel> [x](https://evil.example) `x` *x* ⟦+x⟧ \x1b[31m\u202egpj\nSubject: x"
    )
    one = told(title=evil, url="javascript:alert(1)", site_title=evil, dismissed_why=evil)
    for kind in ("change", "digest", "correction"):
        text = title_of(message(kind, one)) + body_of(message(kind, one))
        for mark in ("@e", "<!", "](", "`", "*", "\x1b", "\u202e", "javascript:", "⟦+x"):
            assert mark not in text, (kind, mark)
        assert "\n" not in title_of(message(kind, one))
    assert "\n" not in inert(evil)


def test_people_are_told_over_apprise(tmp_path: Path, receiver: Receiver) -> None:
    post = Post(tmp_path, receiver.address)
    address = receiver.address.replace("http:", "json:")
    post.route(
        "all: {to: people}\ndaily: {to: people, at: '0 7 * * *'}",
        channels=PEOPLE.format(address=address),
    )
    post.edit(line="Vốn đầu tư là 90 tỷ đồng.")
    post.edit(OTHER)
    post.send()
    post.room.clock.pass_by(days=1)
    post.send()
    assert post.statuses() == ["sent"] * 3
    assert {came.told["title"] for came in receiver.came} >= {"baowatch: 2 changes of 1 site"}
    assert any("90 tỷ đồng" in came.told["message"] for came in receiver.came)
    assert {came.told["title"] for came in receiver.came} >= {"Báo: edited: «Hội nghị số 0»"}


@pytest.mark.parametrize("kind", ["webhook", "apprise"])
def test_no_proxy_of_the_environment_is_asked(
    tmp_path: Path, receiver: Receiver, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    with Receiver().open() as proxy:
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
            monkeypatch.setenv(name, proxy.address)
        post = Post(tmp_path, receiver.address)
        post.has_children = True
        address = receiver.address.replace("http:", "json:")
        if kind == "webhook":
            post.route("all: {to: desk}")
        else:
            post.route("all: {to: people}", channels=PEOPLE.format(address=address))
        post.edit()
        assert post.send().sent == 1
        assert len(receiver.came) == 1
        assert proxy.came == []


def test_each_address_of_a_channel_is_tried_for_itself(tmp_path: Path, receiver: Receiver) -> None:
    with Receiver(lambda came: Does(500)).open() as bad:
        post = Post(tmp_path, receiver.address)
        both = [one.address.replace("http:", "json:") for one in (receiver, bad)]
        post.route("all: {to: people}", channels=PEOPLE.format(address="', '".join(both)).replace(
            "apprise: '", "apprise: ['").replace("', time", "'], time"))  # fmt: skip
        post.edit()
        post.send()
        post.room.clock.pass_by(hours=1)
        post.send()
        assert len(receiver.came) == 1
        assert len(bad.came) == 2
    assert [row["why"] for row in post.deliveries()] == ["", "the receiver answered 500"]


def test_a_secret_is_nowhere_but_in_its_environment(
    tmp_path: Path,
    receiver: Receiver,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Whatever fails, and wherever in the address it stands."""
    caplog.set_level(logging.DEBUG)
    path = configure(tmp_path, monkeypatch)
    monkeypatch.setenv("PLAIN_NAME", TOKEN)
    monkeypatch.setenv("HOOK_SECRET", f"{TOKEN}{TOKEN}")
    post = Post(tmp_path, receiver.address)
    host = receiver.address.removeprefix("http://").removesuffix("/hook")
    with Receiver().open() as closed:
        nobody = closed.address.removeprefix("http://").removesuffix("/hook")
    file = tmp_path / "config" / "notify.yml"
    lines = [
        f"{name}{number}: {{{what.format(host=place)}}}"
        for number, place in enumerate((host, nobody, "bad_[host"))
        for name, what in (
            ("path", "webhook: 'http://{host}/${{PLAIN_NAME}}', secret: '${{HOOK_SECRET}}'"),
            ("user", "webhook: 'http://u:${{PLAIN_NAME}}@{host}/', secret: '${{HOOK_SECRET}}'"),
            ("json", "apprise: 'json://u:${{PLAIN_NAME}}@{host}/${{PLAIN_NAME}}'"),
        )
        if "[" not in place or name == "json"
    ]
    names = [line.partition(":")[0] for line in lines]
    file.write_text(
        "channels:\n" + "".join(f"  {line}\n" for line in lines)
        + f"routes:\n  all: {{to: [{', '.join(names)}]}}\n"
    )  # fmt: skip
    receiver.does = lambda came: Does(403)
    told = [baowatch("notify", "check"), *(baowatch("notify", "test", name) for name in names[:3])]
    with post.room.store.writing() as db:
        db.execute("INSERT INTO routes VALUES ('all', '2020-01-01T00:00:00+00:00')")
    post.edit()
    told += [baowatch("notify", "send"), baowatch("notify", "pending")]
    told += [baowatch("notify", "pending", "--json"), baowatch("health")]
    assert any(TOKEN in came.path for came in receiver.came)
    for one in told:
        assert TOKEN not in one.out + one.said
    assert TOKEN not in caplog.text
    post.room.store.close()
    for one in path.parent.rglob("*"):
        assert not one.is_file() or TOKEN.encode() not in one.read_bytes(), one


def test_an_error_that_holds_the_address_is_told_without_it() -> None:
    for address in (
        f"http://127.0.0.1:1/{TOKEN}",
        f"http://name.invalid/{TOKEN}",
        f"http://[::1/{TOKEN}",
        f"http://127.0.0.1:99999/{TOKEN}",
        f"nothing://{TOKEN}",
        f"https://127.0.0.1:1/{TOKEN}",
        f"http://{TOKEN * 30}/",
    ):
        outcome = post_to(address, b"{}", {}, timeout=2)
        assert outcome.answer == "failed"
        assert TOKEN not in repr(outcome)
