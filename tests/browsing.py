"""The store's pages, served by a real process: our command, or plain Datasette as documented."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

import hostile
import requests
from datasette.utils import tilde_encode
from desks import BODY, Newsroom
from loopback import ROOT

from crawlers.clock import FastClock
from pipelines.store import changes

Door = Literal["browse", "datasette"]
PATIENCE = 120.0
"""Real seconds for what takes two on a machine at rest."""


@dataclass(frozen=True)
class Served:
    """A server that answers; ``name`` is the store's in addresses."""

    origin: str
    name: str
    log: Path

    def get(self, path: str, **how: Any) -> requests.Response:
        how.setdefault("allow_redirects", False)
        return requests.get(f"{self.origin}{path}", timeout=PATIENCE, **how)

    def table(self, path: str, **asked: str) -> list[dict[str, Any]]:
        """The rows of a table or query of the store, as JSON has them."""
        answer = self.get(f"/{self.name}/{path}.json", params={"_shape": "objects", **asked})
        assert answer.status_code == 200, answer.text
        found: list[dict[str, Any]] = answer.json()["rows"]
        return found


def command(door: Door, store: Path) -> list[str]:
    if door == "browse":
        return [sys.executable, "-m", "monitor.cli", "browse", "--port", "0", "--store", str(store)]
    folder = ROOT / "monitor" / "browse"
    return [
        *(sys.executable, "-m", "datasette", str(store), "-p", "0"),
        *("-m", str(folder / "metadata.yml"), "--plugins-dir", str(folder / "plugins")),
    ]


@contextmanager
def served(
    store: Path, *more: str, door: Door = "browse", now: datetime | None = None, **environment: str
) -> Iterator[Served]:
    """Serve ``store`` from another folder than the project's; ``now`` is what the clock says."""
    log = store.with_suffix(f".{door}.log")
    told = {**os.environ, "PYTHONPATH": str(ROOT), **environment}
    if now is not None:
        clock = FastClock(start=now, real_start=time.time(), rate=1.0)
        told |= {"BAOWATCH_CLOCK": clock.variable(), "BAOWATCH_ORIGINS": "{}"}
    with log.open("wb") as out:
        process = subprocess.Popen(
            [*command(door, store), *more], cwd=store.parent, env=told, stdout=out, stderr=out
        )
    try:
        yield Served(_origin(process, log), tilde_encode(store.stem), log)
    finally:
        process.terminate()
        process.wait(timeout=PATIENCE)


def _origin(process: subprocess.Popen[bytes], log: Path) -> str:
    deadline = time.monotonic() + PATIENCE
    while True:
        said = log.read_text(errors="replace")
        if found := re.search(r"running on (http://[\w.:\[\]]+)", said):
            return found[1]
        assert process.poll() is None, said
        assert time.monotonic() < deadline, said
        time.sleep(0.05)


EDITED, COPIED, TWIN, GONE, UNTOLD, DISMISSED, RIGHT_TO_LEFT = (
    f"/tin/{name}" for name in ("sua", "chep", "doi", "mat", "kin", "nham", "phai")
)
LONG = ["Tỉnh Điện Biên công bố kế hoạch xây dựng cầu mới qua sông Nậm Rốm trong ba năm." * 3]


def fill(path: Path) -> Newsroom:
    """A store with one of everything: edited, withdrawn, copied, dismissed, not told yet."""
    room = Newsroom(path)
    pages: dict[str, dict[str, object]] = {
        EDITED: {"title": "Hội nghị ở Điện Biên", "body": ["một", "Tăng 4,7 % so với kỳ.", *LONG]},
        COPIED: {"title": "Bài chép lại", "body": ["hai", *BODY, *LONG]},
        TWIN: {"title": "Một bài như thế", "body": ["hai", *BODY, *LONG]},
        GONE: {"title": "Bài bị gỡ", "body": ["ba", *BODY]},
        UNTOLD: {"title": "Tên đã báo", "body": ["bốn", *BODY]},
        DISMISSED: {"title": "Bài báo nhầm", "body": ["năm", *BODY]},
        RIGHT_TO_LEFT: {"title": "أخبار المحافظة", "body": ["ستة مشاريع جديدة", *BODY]},
    }
    room.begin()
    room.listed(*pages)
    for url, fields in pages.items():
        room.answer(url, **fields)
    room.end()
    room.clock.pass_by(hours=8)
    _change(room, pages)
    return room


def _change(room: Newsroom, pages: dict[str, dict[str, object]]) -> None:
    edits: dict[str, dict[str, object]] = {
        EDITED: {"body": ["một", "Tăng 4,9 % so với kỳ.", *LONG]},
        DISMISSED: {"title": "Bài báo nhầm quảng cáo"},
        RIGHT_TO_LEFT: {"title": "أخبار المحافظة اليوم"},
    }
    room.begin()
    for _ in range(2):
        for url, fields in edits.items():
            room.answer(url, **{**pages[url], **fields})
        room.clock.pass_by(minutes=3)
    room.answer(GONE, status=404)
    room.answer(COPIED, **pages[COPIED])
    room.end()
    room.clock.pass_by(hours=8)
    room.begin()
    room.listed(COPIED)
    room.answer(GONE, status=404)
    room.answer(COPIED, **pages[COPIED])
    room.end()
    _keep_back(room, pages)


def _keep_back(room: Newsroom, pages: dict[str, dict[str, object]]) -> None:
    """An edit that was agreed on in a run that still goes on, and a false alarm."""
    told = room.store.reader.execute(
        "SELECT changes.id FROM changes JOIN articles ON articles.id = article_id "
        f"WHERE url LIKE '%{DISMISSED}'"
    ).fetchone()[0]
    with room.store.writing() as db:
        changes.dismiss(db, told, room.clock.now(), why="an <b>advert</b>")
    room.begin()
    for _ in range(2):
        room.answer(UNTOLD, **{**pages[UNTOLD], "title": "Tên chưa báo", "body": ["lộ", *BODY]})
        room.clock.pass_by(minutes=3)


def number_of(room: Newsroom, url: str) -> int:
    found = room.store.reader.execute(f"SELECT id FROM articles WHERE url LIKE '%{url}'").fetchone()
    return int(found[0])


def fill_hostile(path: Path) -> None:
    """A store whose texts and addresses carry everything, without the very large ones."""
    room = Newsroom(path)
    pages: dict[str, dict[str, object]] = {
        f"/tin/bai-{number}": {
            "title": title,
            "lead": title,
            "body": [f"{number} {hostile.EVERYTHING}", *hostile.FORMULAS, *BODY],
            "captions": [title],
            "author": hostile.EVERYTHING,
        }
        for number, title in enumerate((*hostile.FORMULAS, *hostile.MARKUP, *hostile.ADDRESSES))
    }
    room.begin()
    room.listed(*pages)
    for url, fields in pages.items():
        room.answer(url, **fields)
    room.end()
    room.clock.pass_by(hours=8)
    room.begin()
    for _ in range(2):
        for number in (0, 1, 11, 12):
            fields = pages[f"/tin/bai-{number}"]
            more = [f"Thêm {number} người {hostile.EVERYTHING}"]
            title = f"{hostile.FORMULAS[number % 11]} {number}"
            room.answer(f"/tin/bai-{number}", **{**fields, "title": title, "body": [*BODY, *more]})
        room.clock.pass_by(minutes=3)
    room.end()
    with room.store.writing() as db:
        changes.release(db, room.desk.site_id, room.clock.now(), news=True)
        for number, address in enumerate(hostile.ADDRESSES, 20):
            db.execute("UPDATE articles SET url = ? WHERE id = ?", [address, number])
    room.store.close()
