# ruff: noqa: N802, N815 (Twisted's names)
"""What may be fetched: the site's own hosts, at public addresses, through the map if any."""

from collections.abc import Iterator
from typing import Any

import pytest
from loopback_names import Fixed
from twisted.internet.task import Clock

from crawlers.guard import is_public, refusal
from crawlers.names import PublicNames
from crawlers.origins import OriginsError, origins_from_environment, replica_url, targets

HOSTS = frozenset({"baothu.example", "www.baothu.example"})


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://baothu.example/",
        "http://169.254.169.254/latest/",
        "http://0x7f.1/",
        "http://[::ffff:127.0.0.1]/",
        "http://127.0.0.1/",
        "http://baothu.example:22/",
        "http://baothu.example.evil.example/",
        "http://evil.example/baothu.example",
        "http://baothu.example@evil.example/",
        "http://a:b@baothu.example/",
        "http://baothu.example:99999/",
        "http://[::1",
        "https://baothu.example/" + "a" * 9_000,
        "",
    ],
)
def test_what_is_not_the_sites_is_refused(url: str) -> None:
    assert refusal(url, HOSTS)


@pytest.mark.parametrize(
    "url", ["https://baothu.example/", "http://www.baothu.example:80/a?b", "https://BAOTHU.example"]
)
def test_what_is_the_sites_is_not(url: str) -> None:
    assert refusal(url, HOSTS) == ""


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "255.255.255.255",
        "198.18.0.1",
        "::1",
        "::",
        "fe80::1%eth0",
        "fc00::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "2001:0:1::1",
        "2001:db8::1",
    ],
)
def test_addresses_that_are_not_the_internets(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8"])
def test_addresses_that_are(address: str) -> None:
    assert is_public(address)


class Receiver:
    def __init__(self) -> None:
        self.addresses: list[str] = []
        self.completed = 0

    def resolutionBegan(self, _: Any) -> None:
        pass

    def addressResolved(self, address: Any) -> None:
        self.addresses.append(address.host)

    def resolutionComplete(self) -> None:
        self.completed += 1


class Reactor(Clock):
    nameResolver: Any = None


@pytest.fixture
def reactor(monkeypatch: pytest.MonkeyPatch) -> Iterator[Reactor]:
    monkeypatch.delenv("BAOWATCH_ORIGINS", raising=False)
    return Reactor()


def test_of_a_good_and_a_bad_address_the_good_one_is_dialled(reactor: Reactor) -> None:
    names = PublicNames(reactor, 20)
    names.inner = Fixed("10.0.0.1", "8.8.8.8", "::1")
    receiver = Receiver()
    names.resolveHostName(receiver, "baothu.example", 443)
    assert receiver.addresses == ["8.8.8.8"]
    assert names.refused == {}
    names.inner = Fixed("10.0.0.1", "100.64.9.9")
    names.resolveHostName(receiver, "baothu.example", 443)
    assert receiver.addresses == ["8.8.8.8"]
    assert names.refused == {"baothu.example": ("10.0.0.1", "100.64.9.9")}
    names.inner = Fixed("8.8.4.4")
    names.resolveHostName(receiver, "baothu.example", 443)
    assert names.refused == {}
    assert receiver.completed == 3


def test_a_resolver_that_never_ends_is_ended(reactor: Reactor) -> None:
    class Endless(Fixed):
        def resolveHostName(self, receiver: Any, host: str, port: int = 0, *_: Any) -> Any:
            receiver.resolutionBegan(self)
            self.receiver = receiver
            return self

    names = PublicNames(reactor, 20)
    names.inner = Endless()
    receiver = Receiver()
    names.resolveHostName(receiver, "baothu.example", 443)
    reactor.advance(21)
    assert receiver.completed == 1
    names.inner.receiver.resolutionComplete()
    assert receiver.completed == 1


def test_with_a_map_exactly_its_targets_are_dialled(
    monkeypatch: pytest.MonkeyPatch, reactor: Reactor
) -> None:
    given = '{"https://baothu.example": "http://127.0.0.1:4001"}'
    monkeypatch.setenv("BAOWATCH_ORIGINS", given)
    names = PublicNames(reactor, 20)
    assert names.may_dial("127.0.0.1", 4001)
    assert not names.may_dial("127.0.0.1", 4002)
    assert not names.may_dial("8.8.8.8", 443)


def test_the_map_leads_from_real_origins_to_replicas() -> None:
    given = (
        '{"https://baothu.example/": "http://127.0.0.1:4001", "http://b.example": "http://[::1]"}'
    )
    origins = origins_from_environment({"BAOWATCH_ORIGINS": given})
    assert origins is not None
    assert replica_url("https://baothu.example:443/a?b=c", origins) == "http://127.0.0.1:4001/a?b=c"
    assert replica_url("http://baothu.example/a", origins) is None
    assert targets(origins) == {("127.0.0.1", 4001), ("::1", 80)}
    assert origins_from_environment({}) is None


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("{", "not JSON"),
        ("[]", "not an object"),
        ('{"https://a.example": 1}', "not an object"),
        ('{"https://a.example": "http://8.8.8.8:80"}', "this machine"),
        ('{"https://a.example": "http://localhost:80"}', "127.0.0.1"),
        ('{"https://a.example": "ftp://127.0.0.1"}', "this machine"),
        ('{"https://a.example": "http://127.0.0.1:80/path"}', "this machine"),
        ('{"https://a.example": "http://127.0.0.1:99999"}', "127.0.0.1"),
    ],
)
def test_a_map_to_anywhere_else_is_refused(value: str, said: str) -> None:
    with pytest.raises(OriginsError, match=said):
        origins_from_environment({"BAOWATCH_ORIGINS": value})
