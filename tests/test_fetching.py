"""Hostile and broken answers end early, and are told for what they are."""

import gzip
import shutil
import ssl
import subprocess
import threading
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from loopback import HOME, HOST, SITE, Asked, Portal, Reply, crawl, html

HTML = {"Content-Type": "text/html"}
_SELF_SIGNED = f"openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN={HOST}".split()


@pytest.fixture
def portal() -> Iterator[Portal]:
    with Portal().open() as portal:
        yield portal


def endless(sent: list[int], megabytes: int) -> Iterator[bytes]:
    for _ in range(megabytes):
        yield b"x" * 1_000_000
        sent.append(1)


def hang_up(_: Asked) -> Reply:
    raise ConnectionError("the portal hangs up without an answer")


def bomb(megabytes: int) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    pieces = [packer.compress(bytes(1_000_000)) for _ in range(megabytes)]
    return b"".join(pieces) + packer.flush()


def test_bodies_that_are_too_large_or_not_whole_are_no_pages(
    tmp_path: Path, portal: Portal
) -> None:
    sent: list[int] = []
    whole = gzip.compress(b"<p>" + b"tin tuc moi " * 9_000)
    portal.replies |= {
        "/": html(*(f"/tin-{number}.html" for number in range(1, 8))),
        "/tin-1.html": lambda _: Reply(endless(sent, 200), headers=HTML),
        "/tin-2.html": Reply(endless([], 1), headers={**HTML, "Content-Length": "200000000"}),
        "/tin-3.html": Reply(bomb(200), headers={**HTML, "Content-Encoding": "gzip"}),
        "/tin-4.html": Reply(whole[:-200], headers={**HTML, "Content-Encoding": "gzip"}),
        "/tin-5.html": Reply(iter([b"half"]), headers={**HTML, "Content-Length": "99"}),
        "/tin-6.html": Reply(whole, headers={**HTML, "Content-Encoding": "gzip"}),
        "/tin-7.html": hang_up,
    }
    seen = crawl(tmp_path, portal)
    assert {url[-6]: reason for url, reason in seen.reasons().items()} == {
        "1": "too_large",
        "2": "too_large",
        "3": "too_large",
        "4": "unreachable",
        "5": "unreachable",
        "7": "unreachable",
    }
    assert [page["url"][-6] for page in seen.pages] == ["6"]
    assert seen.pages[0]["body"].startswith("<p>tin tuc")
    assert len(sent) < 100
    assert portal.count("/tin-1.html") == portal.count("/tin-3.html") == 1
    assert portal.count("/tin-5.html") == 2  # a broken connection is tried once more
    (broke,) = (each["detail"] for each in seen.failures if each["url"].endswith("-7.html"))
    assert broke == "the connection broke (Connection was closed cleanly.)"


def test_redirects_lead_nowhere_but_to_the_site(tmp_path: Path, portal: Portal) -> None:
    targets = {
        1: "/tin-1.html",
        2: "http://169.254.169.254/latest/meta-data/",
        3: "https://elsewhere.example/tin-3.html",
        4: "http://baothu.example:8080/tin-4.html",
        5: "file:///etc/passwd",
        6: "https://user:secret@baothu.example/tin-6.html",
        7: "http://0x7f.1/tin-7.html",
        8: "/moi-80.html",
        9: "javascript:alert(1)",
        10: "http://[bad/",
        11: "https://baothu.example:99999/",
        12: "/" + "a" * 9_000 + "-12.html",
    }
    portal.replies["/"] = html(*(f"/tin-{number}.html" for number in targets))
    for number, target in targets.items():
        moved = Reply(status=301, headers={"Location": target})
        portal.replies[f"/tin-{number}.html"] = moved
    portal.replies["/moi-80.html"] = html(text="moved")
    seen = crawl(tmp_path, portal)
    assert {number: seen.reasons().get(f"{HOME}tin-{number}.html", "") for number in targets} == {
        1: "too_many_redirects",
        **dict.fromkeys((2, 3, 4, 6, 7, *range(9, 13)), "refused"),
        5: "unreadable",
        8: "",
    }
    assert "Traceback" not in seen.log
    assert [page["final_url"] for page in seen.pages] == [f"{HOME}moi-80.html"]
    assert portal.count("/tin-1.html") == 6
    assert portal.count("/tin-2.html") == 1


def test_slow_answers_are_waited_for_but_not_for_ever(tmp_path: Path, portal: Portal) -> None:
    over = threading.Event()

    def slow(_: Asked) -> Reply:
        over.wait(60)  # no answer before the crawl has ended without it
        return html()

    portal.replies |= {"/": html("/tin-1.html"), "/tin-1.html": slow}
    seen = crawl(tmp_path, portal, "-s", "DOWNLOAD_TIMEOUT=1")
    over.set()
    assert seen.reasons() == {f"{HOME}tin-1.html": "unreachable"}
    assert "no answer in time" in seen.failures[0]["detail"]


def test_an_address_outside_the_origin_map_is_never_fetched(tmp_path: Path, portal: Portal) -> None:
    site = (
        SITE
        + "hosts: [other.example]\n"
        + "sources:\n  - {url: 'https://other.example/', kind: listing}\n"
    )
    portal.replies["/"] = html()
    seen = crawl(tmp_path, portal, site=site)
    assert seen.reasons() == {"https://other.example/": "refused"}
    assert "origin map" in seen.failures[0]["detail"]


def test_a_dead_host_is_unreachable_and_proxy_variables_are_ignored(
    tmp_path: Path, portal: Portal
) -> None:
    proxy = dict.fromkeys(("http_proxy", "https_proxy", "HTTPS_PROXY"), portal.origin)
    seen = crawl(tmp_path, portal, origins={HOME: "http://127.0.0.1:9"}, extra=proxy)
    assert seen.reasons() == {
        HOME: "robots_unreachable",
        f"{HOME}sitemap.xml": "robots_unreachable",
    }
    assert portal.asked == []


def test_a_host_that_resolves_to_a_private_address_is_refused(
    tmp_path: Path, portal: Portal
) -> None:
    fake = {
        "BAOWATCH_ORIGINS": "",
        "BAOWATCH_CLOCK": "",
        "BAOWATCH_TEST_NAMES": "10.0.0.1",
    }
    seen = crawl(
        tmp_path, portal, "-s", "TWISTED_DNS_RESOLVER=loopback_names.FakeNames", extra=fake
    )
    assert set(seen.reasons().values()) == {"refused"}
    assert "10.0.0.1" in seen.failures[0]["detail"]


@pytest.fixture
def secured(tmp_path: Path) -> Iterator[Portal]:
    if shutil.which("openssl") is None:
        pytest.skip("openssl makes the self-signed certificate of this test")
    subprocess.run(
        [*_SELF_SIGNED, "-keyout", str(tmp_path / "key"), "-out", str(tmp_path / "cert")],
        check=True,
        capture_output=True,
    )
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(tmp_path / "cert", tmp_path / "key")
    with Portal(tls).open() as portal:
        portal.replies["/"] = html("/tin-1.html")
        portal.replies["/tin-1.html"] = html()
        yield portal


def test_a_certificate_nobody_vouches_for_is_refused(tmp_path: Path, secured: Portal) -> None:
    seen = crawl(tmp_path, secured)
    assert seen.reasons()[HOME] == "certificate"
    assert secured.asked == []


def test_unless_the_site_file_says_why(tmp_path: Path, secured: Portal) -> None:
    site = SITE + f"insecure_tls: {{hosts: [{HOST}], why: their chain is broken}}\n"
    seen = crawl(tmp_path, secured, site=site)
    assert [page["url"] for page in seen.pages] == [f"{HOME}tin-1.html"]
