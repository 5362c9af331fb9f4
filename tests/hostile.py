"""A store that an attacker filled: what every field could carry, further than a page gets it.

Pages are read plainly here, so nothing cleans a field before it is stored: what comes out
must be inert by itself. Whatever runs sets ``window.pwned``; whatever begins a line of its
own is called FORGED.
"""

import json
import re
import unicodedata
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Final

from desks import BODY, HOME, START, Newsroom

from pipelines.store import changes
from pipelines.store.findings import open_finding

MARKUP: Final = (
    "<script>window.pwned=1</script>",
    "<img src=x onerror=window.pwned=1>",
    "</title><script>window.pwned=1</script>",
    "</textarea></style></pre></details><svg/onload=window.pwned=1>",
    "]]><script>window.pwned=1</script>",
    "--><script>window.pwned=1</script><!--",
    "{{7*7}} {% raw %} ${7*7} {{ ''.__class__ }}",
    '" onmouseover="window.pwned=1" autofocus onfocus="window.pwned=1',
    "' onmouseover='window.pwned=1' x='",
    "&lt;script&gt;window.pwned=1&lt;/script&gt; &#60;b&#62; &amp;amp;",
    "</ins></del></summary><a href=javascript:window.pwned=1>x</a>",
    "<iframe srcdoc='<script>top.pwned=1</script>'></iframe>",
    "<form action=javascript:window.pwned=1><button>x</button></form>",
    "<meta http-equiv=refresh content='0;url=javascript:window.pwned=1'>",
    "<base href='http://evil.example/'><link rel=stylesheet href=//evil.example/x.css>",
    r"\u003cscript\u003ewindow.pwned=1\u003c/script\u003e",
)
ADDRESSES: Final = (
    "javascript:window.pwned=1",
    "JaVa\tScRiPt:window.pwned=1",
    " \x01javascript:window.pwned=1",
    "data:text/html,<script>window.pwned=1</script>",
    "vbscript:msgbox(1)",
    "file:///etc/passwd",
    "//evil.example/x",
    "http://bao.example/\"onmouseover=\"window.pwned=1' x='><script>window.pwned=1</script>",
)
BIDI: Final = "\u202egnp.exe\u202c \u2066a \u2067b\u2069 \u202bc \u200f\u200e\u061c \u2068open"
TERMINAL: Final = (
    "\x1b[2J\x1b[31mred \x1b]8;;http://evil.example/\x07link\x1b]8;;\x07 \x1b]0;title\x07"
    "\x1bP1$q\x1b\\ \x9b31m \x9d8;;x\x9c \x90 \x07\x08\x7f\x0e\x05"
)
LINES: Final = (
    "\nFORGED one\r\nFORGED two\rFORGED three\x85FORGED four\u2028FORGED five"
    "\u2029FORGED six\x0bFORGED seven\x0cFORGED eight\x1cFORGED nine"
)
UNFIT_FOR_XML: Final = "\x00\x01\x02\x1f\ufffe\uffff\U0001fffe"
MARKDOWN: Final = (
    "[x](javascript:window.pwned=1) ![y](http://evil.example/p.png) <http://evil.example/> "
    "`code` ```fence``` ~~~ | cell | ** __ # \\[z\\](javascript:window.pwned=1) [r]: javascript:x"
)
EMOJI: Final = "👨‍👩‍👧‍👦🏳️‍🌈🇻🇳"
MIXED: Final = "تصريح ۱۲٫۵ درصد مدیرکل Điện Biên 57-KL/TW 中文"
EVERYTHING: Final = " ".join(
    (*MARKUP, *ADDRESSES, BIDI, TERMINAL, LINES, UNFIT_FOR_XML, MARKDOWN, EMOJI, MIXED)
)
FORMULAS: Final = (
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://evil.example/","x")',
    "+1+1",
    "-1+1",
    "@SUM(1,1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    " =1+1",
    "\u200b=1+1",
    "＝1+1",
)
MEGABYTE: Final = 1_000_000
LONG_WORD: Final = "ứ" * 10_000
SITE_TITLE: Final = "Báo \"><script>window.pwned=1</script> [x](javascript:x) {{7*7}} | '"
SITE_FILE: Final = rf"""
title: {json.dumps(SITE_TITLE)}
home: {HOME}/
verified: false
articles:
  - path: '/[a-z0-9-]+-(?P<id>\d{{7}})\.html'
  - path: '/tin/[a-z0-9-]+'
"""
ALL, HUGE, GONE, OLD, OTHER, ADDRESSED = (
    f"/tin/{name}" for name in ("tat-ca", "lon", "mat", "cu", "khac", "dia-chi")
)
MOVED_TO: Final = "/tin/moi"
AFTERWARDS: Final = START + timedelta(days=1, hours=6)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """The store, and the numbers of what is in it."""

    store: Path
    articles: dict[str, int]
    changes: dict[str, int]


def fill(path: Path) -> Filled:
    """Make the store: five articles known, then edited, withdrawn, moved; eleven new ones."""
    room = Newsroom(path)
    _know(room)
    _change(room)
    _look_again(room)
    _dismissed(room)
    _wrong(room)
    _poisoned(room)
    _grow(room)
    by_url = room.store.reader.execute("SELECT url, id FROM articles").fetchall()
    by_title = room.store.reader.execute("SELECT kind, id FROM changes").fetchall()
    room.store.close()
    return Filled(
        store=path,
        articles={url.removeprefix(HOME): number for url, number in by_url},
        changes=dict(by_title),
    )


def first() -> dict[str, object]:
    """Every field carries everything."""
    return {
        "title": f"Hội nghị 12 {EVERYTHING}",
        "lead": f"Mở đầu 12 {EVERYTHING}",
        "body": [f"Đoạn {number} {one}" for number, one in enumerate((*MARKUP, *ADDRESSES))]
        + [f"Khối 12 {EVERYTHING}", f"Gỡ {EVERYTHING}", *FORMULAS],
        "captions": [f"Ảnh 12 {EVERYTHING}", *FORMULAS],
        "author": f"Người viết 12 {EVERYTHING}",
        "canonical": ADDRESSES[0],
    }


def second() -> dict[str, object]:
    """The same with other figures, so that every field is told word by word; a block moved."""
    edited = {
        name: value.replace(" 12 ", " 13 ") if isinstance(value, str) else value
        for name, value in first().items()
    }
    blocks = [str(one).replace(" 12 ", " 13 ") for one in first()["body"]]  # type: ignore[attr-defined]
    captions = [str(one).replace(" 12 ", " 13 ") for one in first()["captions"]]  # type: ignore[attr-defined]
    moved = [*blocks[1:8], blocks[0], *blocks[8:]]
    kept = [one for one in moved if not one.startswith("Gỡ ")]
    return {**edited, "body": [*kept, f"Thêm {EVERYTHING}"], "captions": captions}


def large(word: str) -> dict[str, object]:
    """What is to become huge: words of ten thousand characters, until ``_grow``."""
    return {
        "title": f"dài {word}",
        "lead": f"{LONG_WORD} {word}",
        "body": [f"{LONG_WORD}{word}", f"{word} {LONG_WORD}", "lớn", *BODY],
        "captions": [f"{word} ảnh"],
        "author": f"{word} {LONG_WORD}",
    }


def addressed(rate: str) -> dict[str, object]:
    return {"title": "Một địa chỉ lạ", "body": [f"Tăng trưởng đạt {rate} %.", "địa chỉ", *BODY]}


STAYING: Final[dict[str, dict[str, object]]] = {
    GONE: {"title": f"Rút {EVERYTHING}", "body": [f"rút {EVERYTHING}", *BODY]},
    OLD: {"title": f"Chuyển {EVERYTHING}", "body": [f"chuyển {EVERYTHING}", *BODY]},
    OTHER: {"title": "Bài khác", "body": ["khác", *BODY]},
}


def _know(room: Newsroom) -> None:
    """The first run: five articles and a plain one are known."""
    room.begin()
    pages = {ALL: first(), HUGE: large("trước"), ADDRESSED: addressed("4,7"), **STAYING}
    room.listed(*pages)
    for url, fields in pages.items():
        room.answer(url, **fields)
    room.end()
    room.clock.pass_by(hours=8)


def _change(room: Newsroom) -> None:
    """Three are edited, eleven are new, one is gone, one redirects."""
    room.begin()
    fresh = {f"/tin/cong-thuc-{number}": one for number, one in enumerate(FORMULAS)}
    room.listed(*fresh)
    for url, title in fresh.items():
        room.answer(url, title=title, body=[title, f"{title} {url}", *BODY])
    for _ in range(2):
        for url, fields in (
            (ALL, second()),
            (HUGE, large("sau")),
            (ADDRESSED, addressed("47")),
        ):
            room.answer(url, **fields)
        room.answer(OLD, final=MOVED_TO, **STAYING[OLD])
        room.clock.pass_by(minutes=3)
    _gone(room)


def _look_again(room: Newsroom) -> None:
    """What is gone is gone at a second look, eight hours later."""
    room.begin()
    room.listed(OTHER)
    _gone(room)


def _gone(room: Newsroom) -> None:
    room.answer(GONE, status=404)
    room.answer(OTHER, **STAYING[OTHER])
    room.end()
    room.clock.pass_by(hours=8)


def _dismissed(room: Newsroom) -> None:
    """The first title is given back, told, and called a false alarm for a hostile reason."""
    (edit, *_) = (
        row["id"]
        for row in changes.released(room.store.reader)
        if row["url"] == f"{HOME}{ADDRESSED}"
    )
    with room.store.writing() as db:
        changes.dismiss(db, edit, room.clock.now(), why=f"Vì {EVERYTHING}")


def _wrong(room: Newsroom) -> None:
    with room.store.writing() as db:
        for kind, url in zip(
            ("unreadable", "soft_404", "empty", "not_html", "listing"), ADDRESSES, strict=False
        ):
            open_finding(
                db,
                room.desk.site_id,
                kind=kind,
                detail=f"answered {EVERYTHING}",
                url=url,
                now=room.clock.now(),
            )
        open_finding(db, None, kind=EVERYTHING, detail=EVERYTHING, now=room.clock.now())
        db.execute(
            "UPDATE runs SET error = ?, reason = 'died' WHERE id = (SELECT max(id) FROM runs)",
            [EVERYTHING],
        )


def _poisoned(room: Newsroom) -> None:
    """Addresses that no crawl would have stored."""
    with room.store.writing() as db:
        for number, address in enumerate(ADDRESSES):
            db.execute(
                "UPDATE articles SET url = ? WHERE url = ?",
                [address, f"{HOME}/tin/cong-thuc-{number}"],
            )
            db.execute(
                "INSERT INTO addresses (article_id, url, seen_at) SELECT id, ?, first_seen_at "
                "FROM articles WHERE url = ?",
                [f"{address}?{number}", f"{HOME}{ALL}"],
            )
        db.execute(
            "UPDATE changes SET explanation = json_set(explanation, '$.from', ?, '$.to', ?) "
            "WHERE kind = 'moved'",
            [ADDRESSES[0], ADDRESSES[3]],
        )


def _grow(room: Newsroom) -> None:
    """Titles and captions of a megabyte, which a crawl would need seconds to compare."""
    filler = "dài " * (MEGABYTE // 4)
    with room.store.writing() as db:
        for word in ("trước", "sau"):
            db.execute(
                "UPDATE versions SET title = ?, captions = ? WHERE title = ?",
                [filler + word, json.dumps([f"{word} {'ả' * MEGABYTE}"]), f"dài {word}"],
            )
        db.execute("UPDATE articles SET title = ? WHERE title = 'dài sau'", [f"{filler}sau"])


_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


def assert_plain(text: str, *, set_in: bool = False) -> None:
    """Nothing in ``text`` is obeyed by a terminal, and no line of it was forged.

    ``set_in``: a line that is set in may begin with anything: it is a wrapped line, or a trace.
    """
    obeyed = {one for one in text if unicodedata.category(one)[0] == "C"} - set("\n\u200c\u200d")
    assert obeyed == set(), obeyed
    begins = (line if set_in else line.strip() for line in text.splitlines())
    forged = [line for line in begins if line.strip("│|>-*#").startswith("FORGED")]
    assert forged == [], forged[:3]


def without_colours(text: str) -> str:
    """What a terminal was sent, without our own colours and the terminal's line ends."""
    return _COLOUR.sub("", text).replace("\r\n", "\n")
