"""An archive of one run, as a WARC 1.1 file that others' tools read.

Written so that a process that dies leaves a file which is whole up to its last record: a gzip
member per record, and whatever is named anywhere is on the disk before it is named.
"""

import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO, Final

from warcio.recordloader import ArcWarcRecord  # type: ignore[import-untyped]
from warcio.statusandheaders import StatusAndHeaders  # type: ignore[import-untyped]
from warcio.warcwriter import WARCWriter  # type: ignore[import-untyped]

from crawlers.exchanges import Exchange

VERSION: Final = "1.1"
STANDARD: Final = "https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"
NAMESAKES: Final = 100
"""Files of one name in a folder, by stores that share it; more are refused."""


class ArchiveFailed(OSError):
    """The archive cannot be written; what is in it before stays readable."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a response record begins, in bytes of the compressed file."""

    file: Path
    offset: int


class WarcFile:
    """A run's archive; there is no file before there is something to archive.

    ``about`` stands in the warcinfo record. ``least_free``: bytes of disk that are left alone.
    """

    def __init__(
        self, folder: Path, name: str, about: Mapping[str, str], *, least_free: int = 0
    ) -> None:
        self._folder = folder.absolute()
        self._name = name
        self._about = about
        self._least_free = least_free
        self._file: BinaryIO | None = None
        self._path = self._folder / f"{name}.warc.gz"

    def add(self, exchanges: Sequence[Exchange]) -> Place:
        """Archive a page with the redirects that led to it; returns where the page's lies.

        When this returns it is on the disk. Raises ArchiveFailed.
        """
        try:
            file = self._file or self._begun()
            return self._appended(file, exchanges)
        except OSError as error:
            raise ArchiveFailed(f"{self._path}: {error.strerror or error}") from error

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None

    def _begun(self) -> BinaryIO:
        for path in _names(self._folder, self._name):
            try:
                self._file = path.open("xb", buffering=0)
            except FileExistsError:
                continue
            self._path = path
            _sync_folder(self._folder)
            self._write(self._file, _warcinfo(path.name, self._about))
            return self._file
        raise FileExistsError(f"there are {NAMESAKES} files of this name")

    def _appended(self, file: BinaryIO, exchanges: Sequence[Exchange]) -> Place:
        written = BytesIO()
        writer = WARCWriter(written, gzip=True, warc_version=VERSION)
        offset = 0
        for exchange in exchanges:
            offset = written.tell()
            writer.write_request_response_pair(
                _request(writer, exchange), _response(writer, exchange)
            )
        start = file.seek(0, os.SEEK_END)
        self._write(file, written.getvalue())
        return Place(file=self._path, offset=start + offset)

    def _write(self, file: BinaryIO, content: bytes) -> None:
        """Append all of it or nothing."""
        if shutil.disk_usage(self._folder).free - len(content) < self._least_free:
            raise OSError("too little space is free on its disk")
        start = file.seek(0, os.SEEK_END)
        try:
            left = memoryview(content)
            while left:
                left = left[file.write(left) :]
            os.fsync(file.fileno())
        except OSError:
            file.truncate(start)
            raise


def _names(folder: Path, name: str) -> Iterator[Path]:
    yield folder / f"{name}.warc.gz"
    for number in range(2, NAMESAKES + 1):
        yield folder / f"{name}-{number}.warc.gz"


def _sync_folder(folder: Path) -> None:
    """A new file's name is on the disk only when its folder is."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


class _AsSent(StatusAndHeaders):  # type: ignore[misc]
    """Header fields byte by byte as they were: warcio would write others than ASCII anew."""

    def to_ascii_bytes(self, filter_func: Any = None) -> bytes:
        return self.to_str(filter_func).encode("latin-1") + b"\r\n"  # type: ignore[no-any-return]


def _warcinfo(name: str, about: Mapping[str, str]) -> bytes:
    written = BytesIO()
    writer = WARCWriter(written, gzip=True, warc_version=VERSION)
    told = {
        **about,
        "format": f"WARC File Format {VERSION}",
        "conformsTo": STANDARD,
        "robots": "obey",
    }
    writer.write_record(writer.create_warcinfo_record(name, told))
    return written.getvalue()


def _request(writer: WARCWriter, exchange: Exchange) -> ArcWarcRecord:
    line = f"GET {exchange.target.decode('latin-1')} HTTP/1.1"
    http = _AsSent(line, _decoded(exchange.asked), is_http_request=True)
    return writer.create_warc_record(
        exchange.url, "request", http_headers=http, warc_headers_dict=_facts(exchange)
    )


def _response(writer: WARCWriter, exchange: Exchange) -> ArcWarcRecord:
    http = _AsSent(
        f"{exchange.status} {_phrase(exchange.status)}",
        _decoded(exchange.answered),
        protocol=exchange.protocol,
    )
    facts = _facts(exchange)
    if exchange.ip_address:
        facts["WARC-IP-Address"] = exchange.ip_address
    if exchange.truncated:
        facts["WARC-Truncated"] = exchange.truncated
    return writer.create_warc_record(
        exchange.url,
        "response",
        payload=BytesIO(exchange.body),
        length=len(exchange.body),
        http_headers=http,
        warc_headers_dict=facts,
    )


def _facts(exchange: Exchange) -> dict[str, str]:
    return {"WARC-Date": _stamp(exchange.at)}


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Unknown"  # a status of the server's own


def _decoded(fields: Sequence[tuple[bytes, bytes]]) -> list[tuple[str, str]]:
    return [(name.decode("latin-1"), value.decode("latin-1")) for name, value in fields]
