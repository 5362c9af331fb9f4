"""Archives: what went over the wire, where the store says it lies, readable by others' tools."""

import gzip
import hashlib
import io
import os
import subprocess
import sys
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from http.client import HTTPResponse, parse_headers
from pathlib import Path
from types import SimpleNamespace

import pytest
from commandline import baowatch, configure
from desks import HOME as DESK_HOME
from desks import Newsroom
from hypothesis import given
from hypothesis import strategies as st
from loopback import HOME, ROOT, Crawl, Portal, Reply, crawl
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from crawlers.exchanges import Exchange, chain
from monitor import upkeep
from monitor.configuration import accepted_copy, read_configuration
from monitor.crawls import _order, _usable
from monitor.project import find_project
from monitor.schedulefile import ScheduleError, load_schedule
from pipelines.store import archive
from pipelines.store.opening import open_store
from pipelines.warc import ArchiveFailed, WarcFile

AT = datetime(2026, 3, 1, 2, 3, 4, 567890, tzinfo=UTC)
TEXT = "Sáng 1/3, tỉnh tổ chức hội nghị đánh giá kết quả thực hiện nhiệm vụ quý I năm 2026. " * 5


@dataclass(frozen=True)
class Record:
    """A record as plain gzip and an HTTP parser see it."""

    fields: dict[str, str]
    block: bytes

    @property
    def body(self) -> bytes:
        return self.block.partition(b"\r\n\r\n")[2]


def plainly_read(path: Path) -> list[Record]:
    """Every record, without the library that wrote them: a gzip member each."""
    left, found = path.read_bytes(), []
    while left:
        unpacker = zlib.decompressobj(wbits=31)
        found.append(_record(unpacker.decompress(left)))
        if not unpacker.eof:
            raise EOFError("the last member breaks off")
        left = unpacker.unused_data
    return found


def record_at(path: Path, offset: int) -> Record:
    return _record(zlib.decompressobj(wbits=31).decompress(path.read_bytes()[offset:]))


def _record(member: bytes) -> Record:
    stream = io.BytesIO(member)
    assert stream.readline() == b"WARC/1.1\r\n"
    fields = dict(parse_headers(stream).items())
    block = stream.read(int(fields["Content-Length"]))
    assert stream.read() == b"\r\n\r\n"
    return Record(fields, block)


def is_right(path: Path) -> bool:
    """What ``warcio check`` says of its digests."""
    checker = Checker(SimpleNamespace(inputs=[str(path)], verbose=False))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("builtins.print", lambda *_: None)
        checker.process_all()
    return not checker.exit_value


def exchange(url: str = "https://bao.example/tin/1", **more: object) -> Exchange:
    given = {
        "url": url,
        "at": AT,
        "target": b"/tin/1",
        "asked": ((b"Host", b"bao.example"), (b"User-Agent", b"test")),
        "status": 200,
        "answered": ((b"Content-Type", b"text/html"),),
        "body": b"<p>x</p>",
    }
    return Exchange(**{**given, **more})  # type: ignore[arg-type]


VALUES = st.text(st.characters(min_codepoint=0x20, max_codepoint=0xFF, exclude_categories=["Cc"]))


@given(st.binary(max_size=3000), st.lists(VALUES.map(str.strip), max_size=4), st.booleans())
def test_bytes_and_fields_come_back_as_they_were(body: bytes, values: list[str], cut: bool) -> None:
    fields = tuple((b"X-A", value.encode("latin-1")) for value in values)
    sent = exchange(body=body, answered=fields, truncated="disconnect" if cut else "")
    with tempfile.TemporaryDirectory() as folder:
        file = WarcFile(Path(folder), "bao-1", {"software": "test"})
        place = file.add([sent])
        file.close()
        assert is_right(place.file)
        info, response, request = plainly_read(place.file)
        assert record_at(place.file, place.offset) == response
    assert info.fields["WARC-Type"] == "warcinfo"
    head = b"".join(b"X-A: " + value + b"\r\n" for _, value in fields)
    assert response.block == b"HTTP/1.1 200 OK\r\n" + head + b"\r\n" + body
    assert response.fields["WARC-Target-URI"] == sent.url
    assert response.fields["WARC-Date"] == "2026-03-01T02:03:04.567890Z"
    assert response.fields.get("WARC-Truncated", "") == sent.truncated
    assert request.fields["WARC-Concurrent-To"] == response.fields["WARC-Record-ID"]
    assert request.block.startswith(b"GET /tin/1 HTTP/1.1\r\nHost: bao.example\r\n")


def test_what_was_repeated_is_no_part_of_the_way() -> None:
    steps = [
        exchange("https://a/", status=301),
        exchange("https://b/", status=503),
        exchange("https://b/", status=302),
        exchange("https://c/"),
    ]
    assert chain(steps) == (steps[0], steps[2], steps[3])
    assert chain(steps[:2]) == tuple(steps[:2])
    assert chain([]) == ()


def test_nothing_to_archive_leaves_no_file_and_a_namesake_is_left_alone(tmp_path: Path) -> None:
    WarcFile(tmp_path, "bao-1", {}).close()
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "bao-1.warc.gz").write_bytes(b"another store's")
    file = WarcFile(tmp_path, "bao-1", {})
    assert file.add([exchange()]).file.name == "bao-1-2.warc.gz"
    assert (tmp_path / "bao-1.warc.gz").read_bytes() == b"another store's"


def test_a_full_disk_leaves_the_file_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = WarcFile(tmp_path, "bao-1", {})
    first = file.add([exchange()])
    size = first.file.stat().st_size

    def no_space(_: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("pipelines.warc.os.fsync", no_space)
        with pytest.raises(ArchiveFailed, match="No space left"):
            file.add([exchange(body=os.urandom(100_000))])
    assert first.file.stat().st_size == size
    second = file.add([exchange("https://bao.example/tin/2")])
    assert second.offset == size
    assert is_right(first.file)
    little = WarcFile(tmp_path, "bao-2", {}, least_free=2**62)
    with pytest.raises(ArchiveFailed, match="too little space"):
        little.add([exchange()])


def test_a_file_whose_last_write_broke_off_is_readable_before(tmp_path: Path) -> None:
    file = WarcFile(tmp_path, "bao-1", {})
    path = file.add([exchange()]).file
    with path.open("ab") as torn:
        torn.write(gzip.compress(os.urandom(500))[:40])
    kinds = []
    # What its own reader says of the rest depends on where it broke off.
    with path.open("rb") as stream, suppress(Exception):
        for one in ArchiveIterator(stream):
            kinds.append(one.rec_type)
            one.content_stream().read()
    assert kinds[:3] == ["warcinfo", "response", "request"]


ENDLESS = """
import os, sys
from pathlib import Path
from test_warc import WarcFile, exchange
file = WarcFile(Path(sys.argv[1]), "bao-1", {})
while True:
    place = file.add([exchange(body=os.urandom(20_000))])
    print(place.offset, flush=True)
"""


def test_what_was_named_before_a_kill_is_there(tmp_path: Path) -> None:
    named = []
    with subprocess.Popen(
        [sys.executable, "-c", ENDLESS, str(tmp_path)],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}"},
    ) as child:
        assert child.stdout is not None
        while len(named) < 20:
            named.append(int(child.stdout.readline()))
        child.kill()
        named += [int(line) for line in child.stdout.read().split(b"\n")[:-1]]
    path = tmp_path / "bao-1.warc.gz"
    for offset in named:
        assert len(record_at(path, offset).body) == 20_000


# Crawls of a portal of our own: gzip, no length told, redirects, headers beyond ASCII.

PAGES = (f"{HOME}nen-1.html", f"{HOME}dai-2.html", f"{HOME}cu-3.html")


def article(number: int, more: str = "") -> bytes:
    page = (
        f"<html><head><title>Hội nghị số {number}</title></head><body><main>"
        f"<h1>Hội nghị số {number}</h1><p>{number}. {TEXT}</p><p>{TEXT}{more}</p>"
        "</main></body></html>"
    )
    return page.encode()


HTML = {"Content-Type": "text/html; charset=utf-8"}


def packed(body: bytes) -> Reply:
    return Reply(gzip.compress(body, mtime=0), headers={**HTML, "Content-Encoding": "gzip"})


def unmeasured(body: bytes) -> Reply:
    def chunks() -> Iterator[bytes]:
        for start in range(0, len(body), 500):
            piece = body[start : start + 500]
            yield b"%x\r\n%b\r\n" % (len(piece), piece)
        yield b"0\r\n\r\n"

    return Reply(
        chunks(), headers={**HTML, "Transfer-Encoding": "chunked", "X-Author": "Nguy\xean"}
    )


@dataclass
class World:
    portal: Portal
    folder: Path
    warc: Path

    @property
    def store(self) -> Path:
        return self.folder / "store.db"

    def crawl(self, *more: str, warc: Path | None = None) -> Crawl:
        named = ["-a", "url=" + ",".join(PAGES), "-a", f"warc={warc or self.warc}"]
        extra = {
            "SCRAPY_SETTINGS_MODULE": "crawlers.settings",
            "BAOWATCH_STORE": str(self.store),
            "BAOWATCH_CONFIRM_WAIT": "600",
        }
        return crawl(self.folder, self.portal, *named, *more, extra=extra)

    def files(self) -> list[Path]:
        return sorted(self.warc.glob("*.warc.gz"))

    def rows(self, query: str) -> list[tuple[object, ...]]:
        store = open_store(self.store)
        found = store.reader.execute(query).fetchall()
        store.close()
        return found


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    (tmp_path / "warc").mkdir()
    with Portal().open() as portal:
        portal.replies["/nen-1.html"] = lambda _: packed(article(1))
        portal.replies["/dai-2.html"] = lambda _: unmeasured(article(2))
        portal.replies["/cu-3.html"] = Reply(status=301, headers={"Location": f"{HOME}moi-3.html"})
        portal.replies["/moi-3.html"] = Reply(article(3), headers=HTML)
        yield World(portal, tmp_path, tmp_path / "warc")


ARCHIVED = (
    "SELECT file, offset, sha256, snapshots.final_url, snapshots.url FROM archived "
    "JOIN snapshots ON snapshots.id = snapshot_id ORDER BY snapshot_id"
)


def test_what_a_crawl_keeps_is_archived_as_it_came(world: World) -> None:
    world.crawl()
    (path,) = world.files()
    assert path.name.startswith("baothu-20260301T")
    assert path.name.endswith("-1.warc.gz")
    assert is_right(path)
    found = world.rows(ARCHIVED)
    assert [row[4] for row in found] == list(PAGES)
    for file, offset, digest, final_url, _ in found:
        assert file == str(path)
        record = record_at(path, int(str(offset)))
        assert record.fields["WARC-Target-URI"] == final_url
        assert hashlib.sha256(unpacked(record)).hexdigest() == digest
    records = plainly_read(path)
    assert "replica" in records[0].block.decode()
    told = [
        (one.fields["WARC-Type"], one.fields["WARC-Target-URI"].removeprefix(HOME), one.block[:12])
        for one in records[1:]
    ]
    assert told == [
        ("response", "nen-1.html", b"HTTP/1.1 200"),
        ("request", "nen-1.html", b"GET /nen-1.h"),
        ("response", "dai-2.html", b"HTTP/1.1 200"),
        ("request", "dai-2.html", b"GET /dai-2.h"),
        ("response", "cu-3.html", b"HTTP/1.1 301"),
        ("request", "cu-3.html", b"GET /cu-3.ht"),
        ("response", "moi-3.html", b"HTTP/1.1 200"),
        ("request", "moi-3.html", b"GET /moi-3.h"),
    ]
    first, long, request = records[1], records[3], records[2].block.decode()
    assert b"Content-Encoding: gzip\r\n" in first.block
    assert first.body == gzip.compress(article(1), mtime=0)
    assert b"X-Author: Nguy\xean\r\n" in long.block
    assert b"Transfer-Encoding" not in long.block
    assert long.body == article(2)
    assert f"\r\nHost: {HOME.split('/')[2]}\r\n" in request
    assert "\r\nUser-Agent: baowatch/" in request
    for word in ("Cookie", "Authorization", "127.0.0.1"):
        assert word not in request


def unpacked(record: Record) -> bytes:
    """The page, by Python's own HTTP client."""
    stream = io.BytesIO(record.block)
    stream.makefile = lambda *_: stream  # type: ignore[attr-defined]
    response = HTTPResponse(stream)  # type: ignore[arg-type]
    response.begin()
    body = response.read()
    return gzip.decompress(body) if response.headers["Content-Encoding"] == "gzip" else body


def test_what_says_nothing_new_is_not_archived_and_an_edit_is(world: World) -> None:
    world.crawl()
    world.crawl("-a", "recheck=all")
    assert len(world.files()) == 1
    world.portal.replies["/nen-1.html"] = lambda _: packed(article(1, "Tổng vốn 1.250 tỷ đồng."))
    world.crawl("-a", "recheck=all")
    assert len(world.files()) == 2
    assert world.rows("SELECT count(*) FROM changes") == [(1,)]
    later = plainly_read(world.files()[1])
    assert [one.fields["WARC-Type"] for one in later] == ["warcinfo", "response", "request"]
    kept = world.rows("SELECT count(*) FROM snapshots")
    assert world.rows("SELECT count(*) FROM archived") == kept


def test_without_the_argument_nothing_is_archived_and_a_wrong_one_is_one_line(
    world: World,
) -> None:
    told = world.crawl(warc=world.folder / "absent")
    assert told.status == 2
    assert "there is no such folder; make it first" in told.log
    assert len(told.log.splitlines()) == 1
    assert not world.store.exists() or world.rows("SELECT count(*) FROM runs") == [(0,)]


def test_an_archive_that_fails_ends_no_crawl_and_is_told(world: World) -> None:
    (world.folder / "warc").rename(world.folder / "gone")
    (world.folder / "warc").symlink_to("/dev/shm")
    world.portal.replies["/nen-1.html"] = lambda _: self_removing(world)
    world.crawl()
    assert world.rows("SELECT count(*) FROM versions") == [(3,)]
    assert world.rows("SELECT count(*) FROM archived") == [(0,)]
    ((kind, detail),) = world.rows("SELECT kind, detail FROM findings")
    assert kind == "archive_failed"
    assert "No such file" in str(detail)


def self_removing(world: World) -> Reply:
    """The folder for archives goes while the page is fetched."""
    (world.folder / "warc").unlink(missing_ok=True)
    return packed(article(1))


def test_baowatch_forget_names_the_archives(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = Newsroom(configure(tmp_path, monkeypatch))
    room.baseline("/tin/mot", "/tin/hai")
    with room.store.writing() as db:
        for snapshot_id in (1, 2):
            archive.note(db, snapshot_id, file=f"/a/bao-{snapshot_id}.warc.gz", offset=7, now=AT)
    told = baowatch("forget", f"{DESK_HOME}/tin/mot", "--why", "request")
    assert told.status == 0
    assert "outside the store still holds it: /a/bao-1.warc.gz" in told.out
    assert "bao-2" not in told.out
    assert room.count("archived") == 1


@pytest.mark.parametrize("broken", ["absent", "file"])
def test_baowatch_crawl_refuses_a_wrong_folder_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    configure(tmp_path, monkeypatch)
    (tmp_path / "file").touch()
    told = baowatch("crawl", "--warc", str(tmp_path / broken))
    assert told.status == 2
    assert "there is no such folder" in told.said


def test_warcio_itself_reads_it_from_its_command(tmp_path: Path) -> None:
    path = WarcFile(tmp_path, "bao-1", {}).add([exchange()]).file
    ended = subprocess.run(
        [sys.executable, "-m", "warcio.cli", "check", "-v", str(path)],
        capture_output=True,
        text=True,
    )
    assert ended.returncode == 0, ended
    assert "digest pass" in ended.stdout


SCHEDULE = "warc: {folder}\nsites:\n  bao: {{cron: '@hourly'}}\n"


def test_the_schedule_names_a_folder_for_the_daemons_crawls(tmp_path: Path) -> None:
    path = tmp_path / "config" / "schedule.yml"
    path.parent.mkdir()
    (tmp_path / "archives").mkdir()
    for folder in ("archives", tmp_path / "archives"):
        path.write_text(SCHEDULE.format(folder=folder), encoding="utf-8")
        schedule = load_schedule(path, ["bao"])
        assert schedule.warc == tmp_path / "archives"
    order = _order(schedule.sites["bao"], is_probe=False, warc=_usable(schedule.warc))
    assert f"warc={tmp_path / 'archives'}" in order.command()
    (tmp_path / "archives").rmdir()
    with pytest.raises(ScheduleError, match=r"key .warc.: .*make it first"):
        load_schedule(path, ["bao"])
    assert load_schedule(path, ["bao"], archives=False).warc is None
    assert _usable(schedule.warc) is None, "a crawl without an archive is better than none"
    path.write_text("warc: null\n", encoding="utf-8")
    assert load_schedule(path, ["bao"]).warc is None


def test_the_nights_upkeep_reads_a_copy_that_stands_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    configure(tmp_path, monkeypatch)
    config = Path(os.environ["BAOWATCH_CONFIG"])
    (config.parent / "archives").mkdir(exist_ok=True)
    (config / "schedule.yml").write_text("warc: archives\n", encoding="utf-8")
    project = find_project()
    copy = accepted_copy(project, read_configuration(project))
    monkeypatch.setenv("BAOWATCH_CONFIG", str(copy.config))
    assert upkeep.main() == 0
    assert "stored pages removed" in capsys.readouterr().out
