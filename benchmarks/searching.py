"""What search costs: ``python -m benchmarks.searching [ARTICLES]`` prints a table.

A generated store of so many articles (100,000) of some 450 words, drawn by Zipf's law from
Vietnamese syllables, numbers and names, which was made without search and is then opened.
"""

import random
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import accumulate
from pathlib import Path
from typing import Final

from pipelines.article import Article, Block
from pipelines.fingerprint import fingerprints
from pipelines.store import search
from pipelines.store.opening import Store, Writer, open_store
from pipelines.store.rows import as_json, blocks_as_json

WORDS: Final = 450
NOW: Final = "2026-03-01T00:00:00.000000+00:00"
ONSETS: Final = "b c ch d đ g gh gi h k kh l m n ng nh p ph qu r s t th tr v x"
RHYMES: Final = (
    "a á à ạ ã ả an án àn ạn anh ánh ành ang áng àng ai ái ài ao áo ay áy ăn ăng âm ân ây âu e é "
    "em en eo ê ế ể ên ến ền ệnh i í ì iên iến iền iện im in inh ính ình o ó òa oà oan oán oàn "
    "ong óng òng ô ố ồ ộ ôn ông ống ồng ơ ớ ờ ợ ơn u ú ù ụ un ung úng ùng uyên uyền ư ứ ừ ưa ưng "
    "ước ương ường ượng y ý"
)
QUERIES: Final = (
    ("a common word", "{0}"),
    ("three common words", "{0} {1} {2}"),
    ("a phrase of common words", '"{0} {1}"'),
    ("a rare word", "{2500}"),
    ("the beginning of a word", "ngh*"),
    ("a document's number", "1250-KL/TW"),
    ("nothing", "zzzz"),
)


def main() -> None:
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    draw = random.Random(7)
    words = [onset + rhyme for onset in ONSETS.split() for rhyme in RHYMES.split()]
    draw.shuffle(words)
    with tempfile.TemporaryDirectory(prefix="searching") as folder:
        path = Path(folder) / "store.db"
        _make(path, number, draw, words)
        before = path.stat().st_size
        migration = _taken(lambda: open_store(path).close())
        store = open_store(path)
        _tell(f"articles of {WORDS} words", f"{number:,}")
        texts = store.reader.execute("SELECT sum(length(CAST(text AS BLOB))) FROM texts")
        _tell("texts", f"{texts.fetchone()[0] / 1e6:.0f} MB")
        _tell("the file grew by", f"{(path.stat().st_size - before) / 1e6:.0f} MB")
        _tell("a store made without it is opened", migration)
        for name, asked in QUERIES:
            _tell(f"find: {name}", _find(store, asked.format(*words)))
        _tell("an article indexed anew", f"{_indexed(store, number) * 1000:.2f} ms of CPU")
        check = _taken(lambda: list(search.faults(store.reader)))
        _tell("check-store compares all", check)
        with store.writing() as db:
            search.remove(db, 1)
        _tell("forgetting: the index condensed", _taken(lambda: search.condense(store)))
        with store.writing() as db:
            search.remove(db, 2)
        _tell("and once more", _taken(lambda: search.condense(store)))
        store.close()


def _tell(what: str, figure: str) -> None:
    print(f"{what:40} {figure:>24}")


def _taken(call: Callable[[], object]) -> str:
    began, worked = time.perf_counter(), time.process_time()
    call()
    seconds, cpu = time.perf_counter() - began, time.process_time() - worked
    return f"{seconds:.1f} s, {cpu:.1f} of CPU"


def _find(store: Store, words: str) -> str:
    taken = []
    for _ in range(5):
        began = time.process_time()
        search.find(store.reader, words, limit=20)
        taken.append(time.process_time() - began)
    return f"{sorted(taken)[2] * 1000:.1f} ms of CPU"


def _indexed(store: Store, number: int) -> float:
    """CPU seconds for one article whose text has changed; without the disk's share."""
    ids = random.Random(1).sample(range(10, number), 200)
    with store.writing() as db:
        for article_id in ids:
            search.remove(db, article_id)
        began = time.process_time()
        for article_id in ids:
            search.index(db, article_id)
        return (time.process_time() - began) / len(ids)


def _make(path: Path, number: int, draw: random.Random, words: list[str]) -> None:
    store = open_store(path)
    store.reader.execute("PRAGMA synchronous = OFF")
    weights = list(accumulate(1 / (rank + 3) for rank in range(len(words))))
    with store.writing() as db:
        db.execute("DROP TABLE articles_fts")
        db.execute("DELETE FROM _sqlite_migrations WHERE name = '0006_search'")
        db.execute("INSERT INTO sites (id, name) VALUES (1, 'bao')")
    for start in range(1, number + 1, 2000):
        with store.writing() as db:
            for each in range(start, min(start + 2000, number + 1)):
                _add(db, each, _article(draw, words, weights))
    store.close()


def _article(draw: random.Random, words: list[str], weights: list[float]) -> Article:
    def some(count: int) -> str:
        told = draw.choices(words, cum_weights=weights, k=count)
        told[count // 2] = f"{draw.randrange(10_000):,}".replace(",", ".")
        return f"{' '.join(told).capitalize()}."

    blocks = tuple(Block(text=some(WORDS // 9)) for _ in range(8))
    return Article(
        site="bao", url="", title=some(12), lead=some(WORDS // 9), blocks=blocks, recipe="plain 1",
        captions=(some(8),), author=some(3),
    )  # fmt: skip


def _add(db: Writer, number: int, article: Article) -> None:
    _insert(db, "articles", (number, 1, f"id:{number}", f"https://bao.example/{number}", NOW),
            "id, site_id, key, url, first_seen_at")  # fmt: skip
    _insert(db, "snapshots", (number, number, "", "", "", 200, NOW, "", "plain", b""),
            "id, article_id, sha256, url, final_url, status, fetched_at, content_type, encoding, "
            "body")  # fmt: skip
    print_ = fingerprints(article).body
    _insert(db, "texts", (number, print_, article.text, blocks_as_json(article.blocks), 1),
            "id, fingerprint, text, blocks, length")  # fmt: skip
    _insert(
        db,
        "versions",
        (number, number, 1, number, NOW, NOW, article.title, article.lead, number,
         as_json(article.captions), article.author, "", "[]", "", "", "{}", ""),
        "id, article_id, number, snapshot_id, seen_at, last_seen_at, title, lead, text_id, "
        "captions, author, language, tags, canonical, fingerprint, field_fingerprints, recipe",
    )  # fmt: skip
    db.execute(
        "UPDATE articles SET current_version_id = id, status = 'live' WHERE id = ?", [number]
    )


def _insert(db: Writer, table: str, values: tuple[object, ...], names: str) -> None:
    marks = ", ".join("?" * len(values))
    db.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", list(values))


if __name__ == "__main__":
    main()
