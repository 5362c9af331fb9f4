"""A generated store to browse: articles of many sites with their versions, runs and changes.

Rows go in through the store's own schema, so that a column or constraint that is new breaks
this at once. The same seed gives the same store.
"""

import random
import zlib
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Final

from pipelines.article import Article, Block
from pipelines.fingerprint import fingerprints
from pipelines.search import searchable
from pipelines.store.opening import Writer, open_store
from pipelines.store.rows import Row, as_json, blocks_as_json, iso

NOW: Final = datetime(2026, 6, 1, tzinfo=UTC)
DAYS: Final = 400
SITES: Final = 30
ONSETS: Final = ("b", "c", "ch", "d", "đ", "g", "h", "kh", "l", "m", "n", "ng", "nh", "ph", "qu")
RHYMES: Final = ("a", "á", "ai", "am", "an", "ang", "anh", "ao", "ay", "ê", "ên", "i", "uy", "oa")
ENDS: Final = ("", "t", "c", "m", "p", "u", "o", "i", "y", "nh", "ch", "ng")
WORDS: Final = [f"{a}{b}{c}" for a in ONSETS for b in RHYMES for c in ENDS]
PLACES: Final = ("Ninh Bình", "Điện Biên", "Đà Nẵng", "Hà Tĩnh", "Quảng Ninh", "Ninh Thuận")
KINDS: Final = (("edited", "substantive", 50), ("edited", "minor", 20), ("edited", "cosmetic", 12))
KINDS_MORE: Final = (("retitled", "substantive", 8), ("corrected", "substantive", 4))
MOST: Final = 2000


def fill(path: Path, *, articles: int, seed: int) -> None:
    """Make a store of ``articles`` read articles at ``path``; one in twelve was edited."""
    store = open_store(path)
    store.reader.conn.execute("PRAGMA synchronous = OFF")
    draw = random.Random(seed)
    with store.writing() as db:
        _insert(db, "sites", _sites())
        _insert(db, "runs", _runs(draw))
        _insert(db, "findings", _findings(draw))
        _insert(db, "sources", _sources())
    made = _articles(draw, articles)
    for _ in range(0, articles, MOST):
        with store.writing() as db:
            _write(db, [row for _, row in zip(range(MOST), made, strict=False)])
    store.close()


def _sites() -> Iterator[Row]:
    for number in range(1, SITES + 1):
        began = iso(NOW - timedelta(days=DAYS))
        yield {"id": number, "name": f"bao{number}", "baseline_at": began, "answered_at": iso(NOW)}


def _runs(draw: random.Random) -> Iterator[Row]:
    for number in range(SITES * 200):
        began = NOW - timedelta(hours=number / SITES * 3)
        times = {"started_at": iso(began), "heartbeat_at": iso(began), "lease_until": iso(began)}
        yield {
            "id": SITES * 200 - number,
            "site_id": number % SITES + 1,
            **times,
            "finished_at": iso(began + timedelta(minutes=9)),
            "reason": "finished",
            "host": "",
            "pid": 1,
            "requests": draw.randrange(40),
        }


def _findings(draw: random.Random) -> Iterator[Row]:
    for number in range(SITES * 40):
        opened = NOW - timedelta(hours=draw.uniform(0, DAYS * 24))
        yield {
            "site_id": number % SITES + 1,
            "kind": draw.choice(("unanswered", "template_changed", "soft_404")) + str(number),
            "detail": "status 503",
            "url": "",
            "opened_at": iso(opened),
            "last_at": iso(opened),
            "last_run_id": 1,
            "closed_at": iso(opened + timedelta(hours=3)) if number % 20 else None,
        }


def _sources() -> Iterator[Row]:
    for number in range(SITES * 8):
        url = f"https://bao{number % SITES + 1}.example/{number}"
        yield {"site_id": number % SITES + 1, "kind": "listing", "url": url, "read_at": iso(NOW)}


def _articles(draw: random.Random, articles: int) -> Iterator[tuple[Row, list[Article], Row]]:
    """Each article's row, its texts in order, and of which article it is a copy."""
    copied: list[Article] = []
    for number in range(1, articles + 1):
        born = NOW - timedelta(hours=draw.uniform(0, DAYS * 24))
        site = draw.randrange(1, SITES + 1)
        address = f"https://bao{site}.example/tin/{number}.html"
        first = _article(draw, site, address, born)
        if draw.random() < 0.02 and copied:
            first = draw.choice(copied)
        elif draw.random() < 0.05:
            copied = [*copied[-50:], first]
        texts = [first]
        while draw.random() < 0.08:
            texts.append(_edited(draw, texts[-1]))
        status = "live" if draw.random() < 0.97 else "withdrawn"
        yield {"id": number, "site_id": site, "url": address, "status": status}, texts, {"at": born}


def _article(draw: random.Random, site: int, address: str, born: datetime) -> Article:
    lines = (" ".join(draw.choices(WORDS, k=draw.randrange(15, 30))) for _ in range(5))
    return Article(
        site=f"bao{site}",
        url=address,
        title=f"{' '.join(draw.choices(WORDS, k=6)).capitalize()} {_place(draw)}",
        lead=" ".join(draw.choices(WORDS, k=15)),
        blocks=tuple(Block(text=f"{line} {draw.randrange(10_000)}.") for line in lines),
        published_at=born,
        language="vi",
        author="Nguyễn An",
    )


def _place(draw: random.Random) -> str:
    return draw.choice(PLACES) if draw.random() < 0.1 else ""


def _edited(draw: random.Random, article: Article) -> Article:
    place = draw.randrange(len(article.blocks))
    blocks = list(article.blocks)
    blocks[place] = Block(text=f"{blocks[place].text} Đính chính: {draw.randrange(10_000)} người.")
    return Article(
        site=article.site,
        url=article.url,
        title=article.title,
        lead=article.lead,
        blocks=tuple(blocks),
        published_at=article.published_at,
        language=article.language,
        author=article.author,
    )


_version_ids = count(1)


def _write(db: Writer, made: list[tuple[Row, list[Article], Row]]) -> None:
    """The rows of some articles, from the first look to the last change."""
    tables: dict[str, list[Row]] = {
        name: [] for name in ("articles", "addresses", "texts", "snapshots", "versions", "changes")
    }
    current: list[tuple[int, int]] = []
    found: list[Row] = []
    draw = random.Random(made[0][0]["id"])
    for row, texts, story in made:
        born = story["at"]
        tables["articles"].append(_article_row(row, texts[-1], born))
        tables["addresses"].append(
            {"article_id": row["id"], "url": row["url"], "seen_at": iso(born)}
        )
        before = None
        for number, text in enumerate(texts, 1):
            seen = born + timedelta(hours=1 + (number - 1) * 7)
            version_id = _version(tables, row["id"], number, text, seen)
            kind = ("new", "substantive") if number == 1 else _kind(draw)
            if number > 1 or draw.random() < 0.6:
                tables["changes"].append(_change(row, kind, before, version_id, seen))
            before = version_id
        if row["status"] == "withdrawn":
            gone = ("withdrawn", "substantive")
            tables["changes"].append(_change(row, gone, before, None, born + timedelta(days=3)))
        current.append((before or 0, row["id"]))
        found.append(_found(row["id"], texts[-1]))
    for name in ("articles", "addresses", "texts", "snapshots", "versions", "changes"):
        _insert(db, name, tables[name])
    _insert(db, "articles_fts", found)
    db.conn.executemany("UPDATE articles SET current_version_id = ? WHERE id = ?", current)


def _article_row(row: Row, text: Article, born: datetime) -> Row:
    return {
        **row,
        "key": str(row["id"]),
        "title": text.title,
        "announced_by": "feed",
        "published_at": iso(born),
        "first_seen_at": iso(born + timedelta(hours=1)),
        "last_seen_at": iso(NOW),
        "checked_at": iso(NOW),
        "due_at": iso(NOW + timedelta(hours=row["id"] % 500)),
        "looked_at": iso(NOW),
    }


def _version(
    tables: dict[str, list[Row]], article_id: int, number: int, text: Article, seen: datetime
) -> int:
    version_id = next(_version_ids)
    prints = fingerprints(text)
    tables["texts"].append(
        {
            "fingerprint": prints.body,
            "text": text.text,
            "blocks": blocks_as_json(text.blocks),
            "length": len(text.text),
        }
    )
    tables["snapshots"].append(
        {
            "id": version_id,
            "article_id": article_id,
            "sha256": f"{version_id:064x}",
            "url": text.url,
            "final_url": text.url,
            "status": 200,
            "fetched_at": iso(seen),
            "content_type": "text/html",
            "encoding": "zlib",
            "body": zlib.compress(text.text.encode()),
        }
    )
    tables["versions"].append(
        {
            "id": version_id,
            "article_id": article_id,
            "number": number,
            "run_id": 1,
            "snapshot_id": version_id,
            "seen_at": iso(seen),
            "last_seen_at": iso(NOW),
            "title": text.title,
            "lead": text.lead,
            "text_id": prints.body,
            "captions": "[]",
            "author": text.author,
            "published_at": iso(text.published_at) if text.published_at else None,
            "language": text.language,
            "tags": "[]",
            "canonical": "",
            "fingerprint": prints.all,
            "field_fingerprints": "{}",
            "recipe": "generated",
        }
    )
    return version_id


def _kind(draw: random.Random) -> tuple[str, str]:
    kinds = (*KINDS, *KINDS_MORE)
    kind, weight, _ = draw.choices(kinds, weights=[share for *_, share in kinds])[0]
    return kind, weight


def _change(
    row: Row, kind: tuple[str, str], before: int | None, after: int | None, at: datetime
) -> Row:
    return {
        "article_id": row["id"],
        "run_id": SITES + 1 - row["site_id"],
        "kind": kind[0],
        "weight": kind[1],
        "before_version_id": before,
        "after_version_id": after,
        "fields": "[]" if kind[0] in ("new", "withdrawn") else '["body"]',
        "explanation": as_json({"fields": {}, "correction_notes": []}),
        "detected_at": iso(at),
        "confirmed_at": iso(at),
        "released_at": iso(at + timedelta(minutes=12)),
    }


def _found(article_id: int, text: Article) -> Row:
    told = {"title": text.title, "lead": text.lead, "text": text.text, "author": text.author}
    folded = {name: searchable(words) for name, words in told.items()}
    return {"rowid": article_id, **folded, "captions": ""}


def _insert(db: Writer, table: str, made: Iterable[Row]) -> None:
    """Insert rows of equal columns; a text that is there already is not repeated."""
    made = list(made)
    if not made:
        return
    names = list(made[0])
    marks = [
        "(SELECT id FROM texts WHERE fingerprint = ?)" if name == "text_id" else "?"
        for name in names
    ]
    db.conn.executemany(
        f"INSERT OR IGNORE INTO {table} ({', '.join(names)}) VALUES ({', '.join(marks)})",
        [list(row.values()) for row in made],
    )
