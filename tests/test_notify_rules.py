"""The rules that decide without store or network: routes, retries, signatures, outcomes."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.notify.outcome import answered
from monitor.notify.retrying import LONGEST_ASKED, REFUSALS, asked_wait, next_try, pause
from monitor.notify.routes import WEIGHTS, Facts, Patience, Route, goes
from monitor.notify.signing import SIGNATURE, TIMESTAMP, is_signed, signed_headers
from pipelines.changes import Kind, Weight
from pipelines.search import searchable

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
PATIENCE = Patience(
    first_retry=timedelta(seconds=30),
    longest_retry=timedelta(hours=1),
    tries=10,
    give_up_after=timedelta(days=3),
)
SITES = ("bao", "tin", "so")
KINDS: tuple[Kind, ...] = get_args(Kind)

facts = st.builds(
    Facts,
    site=st.sampled_from(SITES),
    kind=st.sampled_from(KINDS),
    weight=st.sampled_from(WEIGHTS),
    text=st.sampled_from(["", "dien bien phu", "ninh binh", "xa dien bien"]),
    found_by=st.frozensets(st.sampled_from(["a", "b"])),
    is_watched=st.booleans(),
)
routes = st.builds(
    Route,
    name=st.just("r"),
    channels=st.just(("desk",)),
    sites=st.frozensets(st.sampled_from(SITES)),
    kinds=st.frozensets(st.sampled_from(KINDS), max_size=3),
    weight=st.sampled_from(WEIGHTS),
    words=st.sampled_from([(), ("dien bien",), ("binh", "phu")]),
    search=st.sampled_from(["", "a", "c"]),
    watched=st.booleans(),
)


@given(routes, facts)
def test_a_route_takes_what_it_asks_for_and_nothing_else(route: Route, change: Facts) -> None:
    refusals = [
        bool(route.sites) and change.site not in route.sites,
        bool(route.kinds) and change.kind not in route.kinds,
        WEIGHTS.index(change.weight) < WEIGHTS.index(route.weight),
        bool(route.words)
        and not {"dien bien": "dien bien" in change.text}.get(route.words[0], False)
        and not ("binh" in route.words and ("binh" in change.text or "phu" in change.text)),
        bool(route.search) and route.search not in change.found_by,
        route.watched and not change.is_watched,
    ]
    assert goes(route, change) == (not any(refusals))


def test_words_are_whole_words_in_any_spelling() -> None:
    route = Route(name="r", channels=("desk",), words=(searchable("Điện Biên"),))

    def takes(text: str) -> bool:
        return goes(
            route, Facts(site="bao", kind="new", weight="minor", text=searchable(text))
        )  # fmt: skip

    assert takes("Tỉnh ĐIỆN BIÊN họp")
    assert takes("dien-bien")
    assert not takes("điện biêng")


def test_cosmetic_changes_are_told_only_where_the_route_says_so() -> None:
    cosmetic = Facts(site="bao", kind="edited", weight="cosmetic")
    assert not goes(Route(name="r", channels=()), cosmetic)
    assert goes(Route(name="r", channels=(), weight="cosmetic"), cosmetic)
    assert set(get_args(Weight)) == set(WEIGHTS)


@given(st.integers(1, 500), st.floats(0, 1))
def test_waits_double_and_never_grow_above_the_longest(failures: int, jitter: float) -> None:
    waited = pause(PATIENCE, failures, jitter=jitter)
    assert timedelta(seconds=15) <= waited <= PATIENCE.longest_retry
    assert waited <= PATIENCE.first_retry * 2 ** min(failures - 1, 20)
    assert waited >= min(PATIENCE.first_retry * 2 ** min(failures - 1, 20), waited * 2) / 2


def test_what_a_receiver_asks_for_is_waited_within_bounds() -> None:
    def waited(header: str) -> timedelta:
        return pause(PATIENCE, 1, jitter=0, asked=asked_wait(header, NOW))

    assert waited("120") == timedelta(seconds=120)
    assert waited("1") == timedelta(seconds=30)
    assert waited("999999999999999") == LONGEST_ASKED
    assert waited(format_datetime(NOW + timedelta(minutes=7), usegmt=True)) == timedelta(minutes=7)
    assert waited(format_datetime(NOW - timedelta(days=7))) == timedelta(seconds=30)
    endless = f"Mon, 01 Jan 2024 00:00:00 +{'9' * 30}"
    for nonsense in ("soon", "-5", "1.5", "", "٣", "Mon, 99 Foo", endless):
        assert waited(nonsense) == timedelta(seconds=30), nonsense


@given(st.integers(1, 30), st.booleans(), st.floats(0, 200))
def test_a_delivery_is_given_up_by_tries_or_age(tries: int, refused: bool, hours: float) -> None:
    due = next_try(
        PATIENCE,
        tries=tries,
        since=NOW - timedelta(hours=hours),
        now=NOW,
        wait=timedelta(seconds=40),
        refused=refused,
    )
    is_dead = tries >= (REFUSALS if refused else 10) or hours >= 72
    assert due == (None if is_dead else NOW + timedelta(seconds=40))


def test_a_signature_holds_for_its_body_its_moment_and_its_secret_only() -> None:
    body = b'{"key": "x"}'
    headers = signed_headers(body, key="x", secret="s", now=NOW)

    def holds(body: bytes = body, secret: str = "s", later: int = 0, **other: str) -> bool:
        given = headers | other
        return is_signed(body, given, secret=secret, now=NOW + timedelta(seconds=later))

    assert holds()
    assert holds(later=299)
    assert not holds(body=body + b" ")
    assert not holds(secret="t")
    assert not holds(later=301)
    assert not holds(later=-301)
    assert not holds(**{TIMESTAMP: str(int(NOW.timestamp()) + 1)})
    assert not holds(**{SIGNATURE: "sha256=" + "0" * 64})
    assert not holds(**{SIGNATURE: "ä"})
    assert not holds(**{TIMESTAMP: "²"})


def test_a_signature_is_what_the_reference_says() -> None:
    """By the words of the reference and the standard library alone."""
    import hashlib
    import hmac

    headers = signed_headers(b"body", key="k", secret="s", now=NOW)
    expected = hmac.new(b"s", headers[TIMESTAMP].encode() + b".body", hashlib.sha256).hexdigest()
    assert headers[SIGNATURE] == f"sha256={expected}"
    assert headers["Idempotency-Key"] == "k"


@pytest.mark.parametrize(
    ("status", "answer", "is_of_channel"),
    [
        (200, "accepted", True),
        (204, "accepted", True),
        (301, "refused", True),
        (400, "refused", False),
        (401, "refused", True),
        (404, "refused", True),
        (408, "failed", True),
        (410, "refused", True),
        (413, "refused", False),
        (422, "refused", False),
        (425, "failed", True),
        (429, "failed", True),
        (500, "failed", True),
        (503, "failed", True),
    ],
)
def test_what_a_status_says(status: int, answer: str, is_of_channel: bool) -> None:
    outcome = answered(status, "5" * 1000)
    assert outcome.answer == answer
    if answer != "accepted":
        assert outcome.is_of_channel == is_of_channel
        assert len(outcome.retry_after) <= 64
