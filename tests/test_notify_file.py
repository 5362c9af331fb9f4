"""notify.yml is strict, says what is wrong where, and never repeats what may be secret."""

import json
from pathlib import Path

import pytest

from monitor.notify.filling import Mask
from monitor.notify.notifyfile import NotifyError, load_notifications, schema
from monitor.notify.routes import Notifications
from monitor.notify.words import told_route

ENVIRONMENT = {
    "HOOK_SECRET": "0123456789abcdef0123",
    "SHORT": "0123456789",
    "TOKEN": "1234567:AAbbCCddEE",
    "LINES": "one\ntwo",
    "HOOK": "https://hooks.example/T0/B0/xyzzyplugh",
}
CHANNEL = "channels: {desk: {webhook: 'https://x.example/', secret: '${HOOK_SECRET}'}}\n"
HUNTER = "hunter2hunter2"


def read(tmp_path: Path, text: str):
    path = tmp_path / "notify.yml"
    path.write_text(text)
    return load_notifications(path, ["bao", "tin"], ENVIRONMENT, broken=["xau"])


def channel(line: str) -> str:
    return f"channels: {{desk: {{{line}}}}}\n"


def route(line: str) -> str:
    return f"{CHANNEL}routes: {{r: {{{line}}}}}\n"


WRONG = {
    "no YAML": ("channels: [", ["line", "Mend"]),
    "unknown key": ("chanels: {}", ["unknown key 'chanels'", "Did you mean 'channels'?"]),
    "unknown key of a channel": (
        channel("webhok: x"),
        ["unknown key 'channels.desk.webhok'", "'webhook'"],
    ),
    "unknown key of a route": (
        route("to: desk, weigth: minor"),
        ["unknown key 'routes.r.weigth'", "'weight'"],
    ),
    "key twice": ("channels: {}\nchannels: {}\n", ["line 2", "given twice"]),
    "two ways": (
        channel("webhook: 'https://x/', secret: '${HOOK_SECRET}', apprise: 'json://x'"),
        ["'channels.desk'", "either apprise or webhook"],
    ),
    "no way": (channel("timeout: 3s"), ["'channels.desk'", "either apprise or webhook"]),
    "unsigned": (channel("webhook: 'https://x/'"), ["'channels.desk'", "needs a secret"]),
    "signed Apprise": (
        channel("apprise: 'json://x', secret: '${HOOK_SECRET}'"),
        ["'channels.desk'", "signs nothing"],
    ),
    "literal secret": (
        channel(f"webhook: 'https://x/', secret: '{HUNTER}'"),
        ["'channels.desk.secret'", "does not stand in the file", "${NAME}"],
    ),
    "short secret": (
        channel("webhook: 'https://x/', secret: '${SHORT}'"),
        ["'channels.desk.secret'", "SHORT is shorter than 16"],
    ),
    "unset": (
        channel("webhook: 'https://x/', secret: '${ABSENT}'"),
        ["'channels.desk.secret'", "the environment has no ABSENT"],
    ),
    "unset in an address": (
        channel("apprise: ['json://x', 'tgram://${ABSENT}/1']"),
        ["'channels.desk.apprise'", "the environment has no ABSENT"],
    ),
    "line break": (
        channel("apprise: 'tgram://${LINES}/1'"),
        ["'channels.desk.apprise'", "LINES holds a line break"],
    ),
    "broken name": (
        channel("apprise: 'tgram://${A B}/1'"),
        ["'channels.desk.apprise'", "'${' must be followed"],
    ),
    "password": (
        channel(f"apprise: 'mailto://me:{HUNTER}@x.example'"),
        ["'channels.desk.apprise'", "a user or password stands in the file"],
    ),
    "user of a webhook": (
        channel(f"webhook: 'https://{HUNTER}@x.example/', secret: '${{HOOK_SECRET}}'"),
        ["'channels.desk.webhook'", "a user or password stands in the file"],
    ),
    "token in the query": (
        channel(f"webhook: 'https://x/?api_token={HUNTER}', secret: '${{HOOK_SECRET}}'"),
        ["'channels.desk.webhook'", "the value of 'api_token' looks secret"],
    ),
    "token in a service's address": (
        channel(f"apprise: 'tgram://{HUNTER}/1'"),
        ["'channels.desk.apprise'", "an address of tgram holds its key in itself"],
    ),
    "native address of a service": (
        channel(f"apprise: 'https://hooks.slack.com/services/{HUNTER}'"),
        ["'channels.desk.apprise'", "an address of https holds its key in itself"],
    ),
    "no address": (channel("apprise: desk"), ["'channels.desk.apprise'", "no address"]),
    "no web address": (
        channel("webhook: 'ftp://${HOOK_SECRET}/', secret: '${HOOK_SECRET}'"),
        ["'channels.desk.webhook'", "no http or https address"],
    ),
    "span": (
        channel("apprise: 'json://x', first_retry: soon"),
        ["'channels.desk.first_retry'", "90s, 15m, 2h or 3d"],
    ),
    "span of nothing": (
        channel("apprise: 'json://x', first_retry: 0s"),
        ["'channels.desk.first_retry'", "no span"],
    ),
    "unknown channel": (
        route("to: dask"),
        ["'routes.r.to'", "unknown channel 'dask'", "'desk'"],
    ),
    "to nobody": (route("sites: [bao]"), ["'routes.r.to'", "this is needed"]),
    "unknown site": (
        route("to: desk, sites: [boa]"),
        ["'routes.r.sites'", "unknown site 'boa'", "'bao'"],
    ),
    "unknown kind": (route("to: desk, kinds: [gone]"), ["'routes.r.kinds.0'", "'withdrawn'"]),
    "unknown weight": (route("to: desk, weight: heavy"), ["'routes.r.weight'", "'heavy'"]),
    "cron": (route("to: desk, at: '61 * * * *'"), ["'routes.r.at'", "61 is not in 0 to 59"]),
    "empty word": (route("to: desk, words: ['…']"), ["'routes.r.words'", "no letter"]),
    "empty search": (route("to: desk, search: '!!'"), ["'routes.r.search'", "no letter"]),
    "time without quotes": (route("to: desk, at: 7:00"), ["'routes.r.at'", "in quotes"]),
    "name": (f"{CHANNEL}routes: {{a/b: {{to: desk}}}}\n", ["'routes.a/b'", "a name is of"]),
    "browse with a password": (
        f"browse_url: 'http://me:{HUNTER}@x.example/'\n",
        ["'browse_url'", "without user and password"],
    ),
    "browse": ("browse_url: 'file:///x'\n", ["'browse_url'", "file:///x"]),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_file_is_refused_by_file_key_and_remedy(tmp_path: Path, name: str) -> None:
    text, parts = WRONG[name]
    with pytest.raises(NotifyError) as refused:
        read(tmp_path, text)
    told = str(refused.value)
    assert told.startswith(f"{tmp_path / 'notify.yml'}: ")
    for part in parts:
        assert part in told
    told += "".join(map(str, (refused.value.__cause__, refused.value.__context__)))
    for secret in (HUNTER, *ENVIRONMENT.values()):
        assert secret not in told


def test_no_file_and_an_empty_one_are_no_routes(tmp_path: Path) -> None:
    assert load_notifications(tmp_path / "none.yml", [], {}).routes == {}
    assert read(tmp_path, "channels: {}\n").routes == {}


def test_what_was_made_a_comment_and_what_stands_alone_is_understood(tmp_path: Path) -> None:
    assert read(tmp_path, "channels:\nroutes:\n# all: {to: desk}\n") == Notifications()
    (one,) = read(tmp_path, route("to: desk, kinds: edited")).routes.values()
    assert one.kinds == {"edited"}


def test_a_right_file_is_filled_and_shows_no_secret(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        """
browse_url: http://127.0.0.1:8001/
channels:
  desk: {webhook: '${HOOK}', secret: '${HOOK_SECRET}'}
  people: {apprise: ['tgram://${TOKEN}/42', 'json://localhost']}
routes:
  news of Ninh Bình: {to: [desk, people, desk], sites: [bao, xau], kinds: [new], words: 'Bích Động'}
  each morning: {to: people, weight: substantive, at: '0 7 * * *', search: 57-KL/TW, watched: true}
""",
    )
    assert found.channels["desk"].addresses == (ENVIRONMENT["HOOK"],)
    assert found.channels["people"].addresses == (
        "tgram://1234567:AAbbCCddEE/42",
        "json://localhost",
    )
    first, second = found.routes.values()
    assert first.channels == ("desk", "people")
    assert first.words == ("bich dong",)
    assert told_route(first) == (
        "news of Ninh Bình: every change new of at least minor weight of bao or xau with the "
        "words bich dong → desk, people, at once"
    )
    assert told_route(second) == (
        "each morning: every change of at least substantive weight of any site found by a search "
        "for «57-KL/TW» of an article that is watched → people, as a digest at '0 7 * * *'"
    )
    for secret in (ENVIRONMENT["HOOK"], ENVIRONMENT["HOOK_SECRET"], ENVIRONMENT["TOKEN"]):
        assert secret not in repr(found)


def test_a_filled_value_is_masked_also_in_parts_and_otherwise_spelt() -> None:
    mask = Mask({}, [ENVIRONMENT["HOOK"], "pass word/ä"])
    for text in (
        "Max retries exceeded with url: /T0/B0/xyzzyplugh",
        "https://hooks.example/T0/B0/xyzzyplugh failed",
        "https%3A%2F%2Fhooks.example%2FT0%2FB0%2Fxyzzyplugh",
        "login pass word/ä refused",
        "login pass%20word%2F%C3%A4 refused",
    ):
        masked = mask.masked(text)
        assert "***" in masked
        assert "xyzzyplugh" not in masked
        assert "word" not in masked


def test_the_schema_for_editors_is_that_of_the_code() -> None:
    written = (Path(__file__).parents[1] / "config" / "notify.schema.json").read_text()
    assert written == schema()
    json.loads(written)


def test_the_file_that_comes_with_the_project_is_right() -> None:
    config = Path(__file__).parents[1] / "config"
    assert load_notifications(config / "notify.yml", [], {}).routes == {}
