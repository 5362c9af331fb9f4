"""The daemon's log: one line a record, and never a secret."""

import io
import json
import logging
from collections.abc import Iterator

import hostile
import pytest

from monitor.logs import MASK, Secrets, set_up_logs

ENVIRONMENT = {
    "BAOWATCH_SMTP_PASSWORD": 'tr@ng"an\\2026',
    "TELEGRAM_BOT_TOKEN": "12345:AAFnd_x-9",
    "AWS_SECRET_ACCESS_KEY": "wJalrXUtnFEMI/K7MDENG",
    "DATABASE_DSN": "postgres://bao:mat-khau@db/news",
    "NUMERIC_TOKEN": "90817263",
    "SHORT_KEY": "abc",
    "HOME": "/home/bao",
    "MONKEY": "the monkey itself",
}
SECRETS = [ENVIRONMENT[name] for name in list(ENVIRONMENT)[:5]]


@pytest.fixture(autouse=True)
def root_as_before() -> Iterator[None]:
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    yield
    root.handlers[:] = before
    root.setLevel(level)


def logged(as_json: bool) -> io.StringIO:
    stream = io.StringIO()
    set_up_logs(ENVIRONMENT, as_json=as_json, stream=stream)
    return stream


@pytest.mark.parametrize("as_json", [False, True])
@pytest.mark.parametrize("secret", SECRETS)
def test_no_secret_is_in_message_error_or_extra(as_json: bool, secret: str) -> None:
    stream = logged(as_json)
    logger = logging.getLogger("test")
    try:
        raise ValueError(f"refused: {secret}")
    except ValueError:
        logger.exception("asked with %s", secret, extra={"site": {"sent": [secret]}})
    logger.info("Bearer %s", secret)
    assert secret not in stream.getvalue()
    assert json.dumps(secret)[1:-1] not in stream.getvalue()
    assert stream.getvalue().count(MASK) >= 3


def test_a_number_that_is_a_secret_is_masked_too() -> None:
    stream = logged(as_json=True)
    logging.getLogger("test").info("x", extra={"given": 90817263, "pages": 12})
    told = json.loads(stream.getvalue())
    assert (told["given"], told["pages"]) == (MASK, 12)


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://bao:mat-khau@host.vn/a", f"https://{MASK}@host.vn/a"),
        ("https://bao:m@t@host.vn/a", f"https://{MASK}@host.vn/a"),
        ("smtp://bao@host.vn", f"smtp://{MASK}@host.vn"),
        ("https://host.vn/a?id=3&access_token=xyz&b=1", f"https://host.vn/a?id=3&access_token={MASK}&b=1"),
        ("https://host.vn/?api_key=xyz", f"https://host.vn/?api_key={MASK}"),
        ("https://host.vn/a@b?token", "https://host.vn/a@b?token"),
        ("https://host.vn/tin-1.html?page=2", "https://host.vn/tin-1.html?page=2"),
        ("lien-he@host.vn", "lien-he@host.vn"),
    ],
)  # fmt: skip
def test_urls_lose_their_credentials_and_nothing_else(url: str, shown: str) -> None:
    assert Secrets({}).masked(f"GET {url} failed") == f"GET {shown} failed"


def test_what_is_no_secret_is_shown() -> None:
    text = "/home/bao: the monkey itself, abc"
    assert Secrets(ENVIRONMENT).masked(text) == text


def test_every_record_is_one_json_line() -> None:
    stream = logged(as_json=True)
    logger = logging.getLogger("test.json")
    logger.warning("hai dòng:\nBáo Hà Tĩnh", extra={"site": "baohatinh", "pages": 3})
    try:
        raise RuntimeError("hỏng")
    except RuntimeError:
        logger.exception("failed")
    lines = stream.getvalue().splitlines()
    assert len(lines) == 2, lines
    first, second = map(json.loads, lines)
    assert first["message"] == "hai dòng:\nBáo Hà Tĩnh"
    assert (first["level"], first["site"], first["pages"]) == ("warning", "baohatinh", 3)
    assert first["time"].endswith("+00:00")
    assert first["logger"] == "test.json"
    assert "RuntimeError: hỏng" in second["error"]


def test_a_message_cannot_forge_a_line() -> None:
    stream = logged(as_json=False)
    logging.getLogger("test").info("title: %s", "x\r\n2026-03-02 08:00:00 INFO all is well")
    assert len(stream.getvalue().splitlines()) == 1


@pytest.mark.parametrize("as_json", [False, True])
def test_what_a_page_says_forges_no_line_and_moves_no_cursor(as_json: bool) -> None:
    stream = logged(as_json)
    log = logging.getLogger("test")
    log.warning("a page says %s", hostile.EVERYTHING, extra={"title": hostile.EVERYTHING})
    try:
        raise ValueError(hostile.EVERYTHING)
    except ValueError:
        log.exception("a page that nobody can bear")
    told = stream.getvalue()
    hostile.assert_plain(told, set_in=True)
    assert len([line for line in told.splitlines() if not line.startswith(" ")]) == 2
